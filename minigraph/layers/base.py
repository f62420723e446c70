"""`Layer`: variables made once, in a scope of their own, and operations on inputs made at each call.

A subclass gives `call`, and `build` where it has variables, which it makes by `add_weight`.
"""
from __future__ import annotations

import re
from typing import Any, Callable, NamedTuple

from minigraph.graph.collections import GraphKeys
from minigraph.graph.context import add_to_collection, get_default_graph, name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import as_dtype, float32
from minigraph.graph.operation import Operation, Tensor
from minigraph.ops import array, cast
from minigraph.variables import Variable, get_variable, global_variables, variable_scope
from minigraph.variables.store import default_initializer

__all__ = ["Layer", "InputSpec"]


class InputSpec(NamedTuple):
    """What a layer's input must be like.

    Attributes: `ndim` the number of axes, `min_ndim` the least number of them, `axes` a dict from axes to sizes.
    """
    ndim: int | None = None
    min_ndim: int | None = None
    axes: dict | None = None

    def check(self, tensor: Tensor, layer_name: str) -> None:
        """Raises ValueError where the static shape of an input does not fit."""
        shape = tensor.shape
        prefix = f"Input 0 of layer {layer_name} is incompatible with the layer: "
        if (self.ndim or self.min_ndim) is not None and shape.ndims is None:
            raise ValueError(f"{prefix}its rank is undefined, but the layer requires a defined rank.\n"
                             f"Call {tensor.op.name}.set_shape first.")
        if self.ndim is not None and shape.ndims != self.ndim:
            raise ValueError(f"{prefix}expected ndim={self.ndim}, found ndim={shape.ndims}. Full shape received: "
                             f"{shape.as_list()}")
        if self.min_ndim is not None and (shape.ndims or 0) < self.min_ndim:
            raise ValueError(f"{prefix}: expected min_ndim={self.min_ndim}, found ndim={shape.ndims}. Full shape "
                             f"received: {shape.as_list()}")
        for axis, size in (self.axes or {}).items():
            if shape.ndims is not None and size is not None and shape.as_list()[axis] not in (size, None):
                raise ValueError(f"{prefix}expected axis {axis} of input shape to have value {size} but received input "
                                 f"with shape {shape.as_list()}")


def _snake_case(name: str) -> str:
    """"MaxPooling2D" as "max_pooling2d"."""
    name = re.sub("(.)([A-Z][a-z0-9]+)", r"\1_\2", name)
    name = re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
    return "private" + name if name.startswith("_") else name


def _numbered(base_name: str) -> str:
    """Gives the name of a layer that was given none: "dense_1" for the first of its class, though its scope is "dense".
    """
    counts = get_default_graph().kept("layers", dict)
    counts[base_name] = counts.get(base_name, 0) + 1
    return f"{base_name}_{counts[base_name]}"


class Layer:
    """Base of the layers.

    Args:
        trainable: do its variables belong to the trainable ones?
        name: the name of its scope; by default that of the class, made unique.
        dtype: the type of its variables; by default that of the first input.
        activity_regularizer: a function of the output whose result becomes a regularization loss.
        _reuse, _scope: for the functions such as `dense`.

    Example:
        >>> import minigraph as tf
        >>> class Scale(tf.layers.Layer):
        ...     def build(self, input_shape):
        ...         self.factor = self.add_weight("factor", [], initializer=tf.ones_initializer())
        ...         super().build(input_shape)
        ...     def call(self, inputs):
        ...         return inputs * self.factor
        >>> with tf.Graph().as_default():
        ...     scale = Scale()
        ...     a, b = scale(tf.constant([1.0])), scale(tf.constant([2.0]))
        ...     print([v.name for v in tf.trainable_variables()], a.name, b.name)
        ['scale/factor:0'] scale/mul:0 scale/mul_1:0
    """

    def __init__(self, trainable: bool = True, name: str | None = None, dtype: Any = None,
                 activity_regularizer: Callable | None = None, _reuse: Any = None, _scope: Any = None, **kwargs: Any):
        if kwargs:
            raise TypeError(f"('Keyword argument not understood:', {next(iter(kwargs))!r})")
        self.trainable, self.built = trainable, False
        self.input_spec: InputSpec | None = None
        self._activity_regularizer = activity_regularizer
        self._dtype = None if dtype is None else as_dtype(dtype).base_dtype
        self._reuse, self._called_in = _reuse, None         # type: Any, Any
        self._trainable_weights: list[Variable] = []
        self._non_trainable_weights: list[Variable] = []
        self._losses: list[Tensor] = []
        self._updates: list[Operation] = []
        self._base_name = name or _snake_case(type(self).__name__)
        self._name = name or _numbered(self._base_name)
        self._given_name = name
        self._scope: Any = None
        if _scope is not None:
            with variable_scope(_scope) as self._scope:
                pass

    # What it is

    @property
    def name(self) -> str:
        """The name given, or that of the class and a number; the variables have `scope_name` in their names."""
        return self._name

    @property
    def scope_name(self) -> str:
        """The name of the variable scope, once there is one."""
        if self._scope is None:
            raise ValueError(f'No name available for layer scope because the layer "{self.name}" has not been used '
                             "yet. The scope name is determined the first time the layer instance is called. You must "
                             "therefore call the layer before querying `scope_name`.")
        return self._scope.name

    @property
    def dtype(self) -> Any:
        """The name of the variables' type, or None."""
        return None if self._dtype is None else self._dtype.name

    @property
    def graph(self) -> None:
        """Always None, as in TF1."""
        return None

    @property
    def trainable_weights(self) -> list:
        """The trainable variables."""
        return list(self._trainable_weights) if self.trainable else []

    @property
    def non_trainable_weights(self) -> list:
        """The other variables."""
        return list(self._non_trainable_weights) + ([] if self.trainable else list(self._trainable_weights))

    @property
    def weights(self) -> list:
        """All variables, the trainable ones first."""
        return self.trainable_weights + self.non_trainable_weights

    variables = weights
    trainable_variables, non_trainable_variables = trainable_weights, non_trainable_weights

    @property
    def losses(self) -> list:
        """The losses that it has added."""
        return list(self._losses)

    @property
    def updates(self) -> list:
        """The updates that it has added; none where the layer is not to be trained."""
        return list(self._updates) if self.trainable else []

    # What subclasses give and use

    def build(self, input_shape: Any) -> None:
        """Makes the variables; called once, before the first `call`."""
        self.built = True

    def call(self, inputs: Any, **kwargs: Any) -> Any:
        """Makes the operations."""
        return inputs

    def add_weight(self, name: str, shape: Any, dtype: Any = None, initializer: Any = None, regularizer: Any = None,
                   trainable: bool | None = None, constraint: Any = None, use_resource: Any = None,
                   synchronization: Any = None, aggregation: Any = None, partitioner: Any = None) -> Variable:
        """Makes a variable in the layer's scope, or shares it where the scope shares variables.

        Args:
            name: its name.
            shape: its shape.
            dtype: its type, by default the layer's.
            initializer, regularizer, constraint: as for `tf.get_variable`.
            trainable: by default True.
            use_resource, synchronization, aggregation, partitioner: accepted, as in TF1.
        """
        self._set_scope(None)
        before = set(global_variables())
        dtype = as_dtype(dtype) if dtype is not None else self._dtype or float32
        trainable = trainable is None or trainable
        with variable_scope(self._scope, reuse=self.built or self._reuse, auxiliary_name_scope=False) as scope, \
                name_scope(self._name_scope()):
            initializer = initializer or getattr(scope, "initializer") or default_initializer(name, dtype)
            variable = get_variable(name, shape, dtype, initializer, trainable=trainable and self.trainable,
                                    constraint=constraint, partitioner=partitioner)
            if regularizer is not None and variable not in before:
                with name_scope(name + "/Regularizer"):
                    loss = regularizer(variable)
                if loss is not None:
                    self.add_loss(loss)
        (self._trainable_weights if trainable else self._non_trainable_weights).append(variable)
        return variable

    add_variable = add_weight

    def add_loss(self, losses: Any, inputs: Any = None) -> None:
        """Adds losses: to the layer, and to the collection REGULARIZATION_LOSSES."""
        for loss in losses if isinstance(losses, (list, tuple)) else [losses]:
            self._losses.append(loss)
            add_to_collection(GraphKeys.REGULARIZATION_LOSSES, loss)

    def add_update(self, updates: Any, inputs: Any = None) -> None:
        """Adds operations to be run in each training step: to the layer, and to the collection UPDATE_OPS."""
        for update in updates if isinstance(updates, (list, tuple)) else [updates]:
            update = update if isinstance(update, Operation) else update.op
            self._updates.append(update)
            if self.trainable:
                add_to_collection(GraphKeys.UPDATE_OPS, update)

    # Calling it

    def __call__(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        with get_default_graph().atomic():
            self._remember_graph(inputs)
            self._set_scope(kwargs.pop("scope", None))
            reuse = True if self.built else self._reuse
            with variable_scope(self._scope, reuse=reuse, auxiliary_name_scope=False), name_scope(self._name_scope()):
                inputs = _converted(inputs)
                if not self.built:
                    self._build_for(inputs)
                elif self.input_spec is not None and isinstance(inputs, Tensor):
                    self.input_spec.check(inputs, self.name)
                outputs = self.call(inputs, *args, **kwargs)
                if self._activity_regularizer is not None:
                    self._regularize_activity(outputs)
                get_default_graph().get_collection_ref(GraphKeys.UPDATE_OPS)
                return outputs

    apply = __call__

    def _remember_graph(self, inputs: Any) -> None:
        graph = get_default_graph()
        while graph.outer_graph is not None:
            graph = graph.outer_graph
        if self._called_in is None:
            self._called_in = graph
        elif self._called_in is not graph:
            raise ValueError(f"Input graph and Layer graph are not the same: {inputs} is not from the passed-in graph.")

    def _set_scope(self, scope: Any) -> None:
        if self._scope is not None:
            return
        if self._reuse:
            with variable_scope(scope if scope is not None else self._base_name) as self._scope:
                pass
        else:
            with variable_scope(scope if scope is not None else self._given_name,
                                default_name=self._base_name) as self._scope:
                pass

        def forget() -> None:
            self._scope, self.built = None, False

        get_default_graph().on_rollback(forget)

    def _name_scope(self) -> str:
        return self._scope.original_name_scope

    def _build_for(self, inputs: Any) -> None:
        if isinstance(inputs, Tensor):
            if self._dtype is None:
                self._dtype = inputs.dtype.base_dtype
            if self.input_spec is not None:
                self.input_spec.check(inputs, self.name)
            self.build(inputs.shape)
        else:
            self.build([x.shape for x in inputs] if isinstance(inputs, (list, tuple)) else None)
        self.built = True

    def _regularize_activity(self, outputs: Any) -> None:
        with name_scope("ActivityRegularizer"):
            for output in outputs if isinstance(outputs, (list, tuple)) else [outputs]:
                loss = self._activity_regularizer(output)       # type: ignore[misc]
                count = cast.cast(array.shape(output)[0], loss.dtype)
                self.add_loss(loss / count)


def _converted(inputs: Any) -> Any:
    if isinstance(inputs, (list, tuple)) and any(isinstance(x, Tensor) for x in inputs):
        return inputs
    return inputs if isinstance(inputs, Tensor) else convert_to_tensor(inputs)
