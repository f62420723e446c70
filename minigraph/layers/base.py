"""`Layer`: variables made once, in their own scope, and operations built for the inputs of each call.

A subclass defines `call`, and `build` if it has variables, which it creates with `add_weight`.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from operator import attrgetter
from typing import Any

import numpy as np

from minigraph.graph import nest
from minigraph.graph.collections import GraphKeys, get_collection_ref
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import DType, as_dtype, float32
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.layers import calling
from minigraph.layers.collecting import Collecting, collect
from minigraph.layers.input_spec import InputSpec, check_inputs
from minigraph.layers.unconnected import Unconnected
from minigraph.layers.weights import Weights
from minigraph.variables.collections import global_variables, trainable_variables
from minigraph.variables.get_single import default_initializer
from minigraph.variables.get_variable import get_variable
from minigraph.variables.modes import VariableAggregation, VariableSynchronization
from minigraph.variables.scope import VariableScope
from minigraph.variables.variable import Variable
from minigraph.variables.variable_scope import variable_scope

__all__ = ["Layer", "InputSpec", "applied"]

_VALUES = (np.ndarray, float, int)  # inputs that are made tensors


def _snake_case(name: str) -> str:
    """Convert "MaxPooling2D" to "max_pooling2d"."""
    name = re.sub("(.)([A-Z][a-z0-9]+)", r"\1_\2", name)
    name = re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
    return "private" + name if name.startswith("_") else name


def _numbered(base_name: str) -> str:
    """Return the name of an unnamed layer: "dense_1" for the first of its class, though its scope is "dense"."""
    counts = get_default_graph().kept("layers", dict)
    counts[base_name] = counts.get(base_name, 0) + 1
    return f"{base_name}_{counts[base_name]}"


class Layer(Collecting, Unconnected, Weights):
    """The base class of layers.

    Args:
        trainable: add its variables to the trainable ones.
        name: the name of its scope, made unique at the first call; by default that of the class.
        dtype: the type of its variables; by default that of the first input.
        activity_regularizer: a function of the output whose result becomes a regularization loss.
        weights: arrays to which the variables are set if the layer is built in a session.
        _reuse, _scope: for the functions such as `dense`.

    Attributes:
        built: True once the variables have been made.
        stateful: True collects the updates even if the layer is not trainable.

    Example:
        >>> class Scale(tf.layers.Layer):
        ...     def build(self, input_shape):
        ...         self.factor = self.add_weight("factor", [], initializer=tf.ones_initializer())
        ...         super().build(input_shape)
        ...     def call(self, inputs):
        ...         return inputs * self.factor
        >>> scale = Scale()
        >>> a, b = scale(tf.constant([1.0])), scale(tf.constant([2.0]))
        >>> print([v.name for v in tf.trainable_variables()], a.name, b.name)
        ['scale/factor:0'] scale/mul:0 scale/mul_1:0
    """

    supports_masking = stateful = dynamic = False

    def __init__(
        self,
        trainable: bool = True,
        name: Any = None,
        dtype: Any = None,
        dynamic: bool = False,
        activity_regularizer: Callable | None = None,
        _reuse: Any = None,
        _scope: Any = None,
        weights: Any = None,
        autocast: bool = False,
        input_shape: Any = None,
        batch_input_shape: Any = None,
        batch_size: Any = None,
        **kwargs: Any,
    ):
        if kwargs:
            raise TypeError("Keyword argument not understood:", next(iter(kwargs)))
        self.trainable, self.built = trainable, False
        self.input_spec: Any = None
        self.activity_regularizer = activity_regularizer
        self._dtype = as_dtype(dtype).base_dtype if dtype else None
        self._reuse, self._initial_weights = _reuse, weights
        self._trainable_weights, self._non_trainable_weights = [], []
        self._losses, self._updates = [], []
        own = _snake_case(type(self).__name__)
        is_scope = isinstance(name, VariableScope)
        self._base_name: str = name.name if is_scope else name or own
        self._name: str = name if name and not is_scope else _numbered(own)
        self._scope: Any = None
        self._current_scope: Any = None
        if _scope:
            self._set_scope(_scope)

    # Attributes

    name = property(attrgetter("_name"), doc="The given name, or the class name with a number; see `scope_name`.")

    @property
    def scope_name(self) -> str:
        """The name of the variable scope, once it is open: names of variables begin with it."""
        if self._scope is None:
            raise ValueError(
                f'No name available for layer scope because the layer "{self.name}" has not been used '
                "yet. The scope name  is determined the first time the layer instance is called. You must "
                "therefore call the layer before querying `scope_name`."
            )
        return self._scope.name

    @property
    def dtype(self) -> Any:
        """The name of the variables' type, or None."""
        return None if self._dtype is None else self._dtype.name

    @property
    def input_spec(self) -> Any:
        """The requirements on the inputs: an `InputSpec`, a list of them, or None."""
        return self._input_spec

    @input_spec.setter
    def input_spec(self, value: Any) -> None:
        for each in nest.flatten(value):
            if each is not None and not isinstance(each, InputSpec):
                raise TypeError(f"Layer input_spec must be an instance of InputSpec. Got: {each}")
        self._input_spec = value

    # Variables

    def add_weight(
        self,
        name: str,
        shape: Any,
        dtype: Any = None,
        initializer: Any = None,
        regularizer: Any = None,
        trainable: bool | None = None,
        constraint: Any = None,
        use_resource: Any = None,
        synchronization: Any = VariableSynchronization.AUTO,
        aggregation: Any = VariableAggregation.NONE,
        partitioner: Any = None,
        **kwargs: Any,
    ) -> Variable:
        """Create a variable in the layer's scope, or share it if the scope shares variables.

        Args:
            name: its name.
            shape: its shape.
            dtype: its type, by default the layer's.
            trainable: by default True, unless `synchronization` is ON_READ.
            initializer, regularizer and the others: as for `tf.get_variable`.

        Raises:
            ValueError: if it is both trainable and ON_READ.
        """
        for key in kwargs.keys() - {"experimental_autocast"}:
            raise TypeError("Unknown keyword argument:", key)
        trainable = _is_trainable(trainable, synchronization)
        existing, dtype = set(global_variables()), self._type_of_weight(dtype)
        self._set_scope(None)
        with (
            variable_scope(self._scope, reuse=self.built or self._reuse, auxiliary_name_scope=False) as scope,
            atomic_scope(scope.original_name_scope),
        ):
            self._current_scope = scope
            initializer = initializer or scope.initializer or default_initializer(name, dtype)
            variable = get_variable(
                name,
                shape,
                dtype,
                initializer,
                trainable=trainable and self.trainable,
                constraint=constraint,
                partitioner=partitioner,
                use_resource=use_resource or scope.use_resource,
                synchronization=synchronization,
                aggregation=aggregation,
            )
            parts = getattr(variable, "_variable_list", [variable])  # of one with a partitioner
            for part in parts if regularizer is not None and existing.isdisjoint(parts) else ():
                self._regularize(name, part, regularizer)
        trained = trainable and self.trainable and parts[0] in trainable_variables()
        (self._trainable_weights if trained else self._non_trainable_weights).extend(parts)
        return variable

    def _type_of_weight(self, dtype: Any) -> DType:
        """Return the type for a new variable; the first one is that of the layer too, if it has none."""
        found = as_dtype(dtype) if dtype is not None else self._dtype or float32
        if self._dtype is None:
            self._dtype = found.base_dtype
        return found

    def add_variable(self, *args: Any, **kwargs: Any) -> Variable:
        """Call `add_weight` under its older name."""
        return self.add_weight(*args, **kwargs)

    # Defined by subclasses

    def build(self, input_shape: Any) -> None:
        """Create the variables; called once, before the first `call`."""
        self.built = True

    def call(self, inputs: Any, **kwargs: Any) -> Any:
        """Build the operations."""
        return inputs

    def compute_output_shape(self, input_shape: Any) -> Any:
        """Return the output shape for an input shape."""
        raise NotImplementedError

    # Calling it

    @property
    def updates(self) -> list:
        """The updates that it has added; none if the layer is not trainable."""
        return [update for update, _ in self._updates] if self.trainable or self.stateful else []

    def __call__(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        graph = get_default_graph()
        with graph.atomic():
            self._undo_with(graph)
            self._set_scope(kwargs.pop("scope", None))
            reuse = self.built or self._reuse
            with variable_scope(self._scope, reuse=reuse, auxiliary_name_scope=False) as self._current_scope:
                outputs = self._call_in_scope(inputs, args, kwargs)
            get_collection_ref(GraphKeys.UPDATE_OPS)  # which is there from now on, as in TF1
            if self.updates:
                collect(self.updates, GraphKeys.UPDATE_OPS)
            return outputs

    apply = __call__

    def _undo_with(self, graph: Any) -> None:
        """Register how to undo what a failed call made, together with its nodes."""
        kept = "built _scope _dtype _trainable_weights _non_trainable_weights _losses _updates _input_spec".split()
        before = {key: copy.copy(self.__dict__[key]) for key in kept}
        graph.on_rollback(lambda: self.__dict__.update(before))

    def _set_scope(self, scope: Any) -> None:
        """Open the scope of the variables, unless it is already open."""
        if self._scope is None:
            name = self._base_name if scope is None and self._reuse else scope
            with variable_scope(name, default_name=self._base_name) as self._scope:
                pass

    def _call_in_scope(self, inputs: Any, args: tuple, kwargs: dict) -> Any:
        names, takes_any = calling.parameters(self.call)
        if "scope" in names:
            kwargs["scope"] = self._current_scope
        symbolic = all(isinstance(x, (Tensor, Variable)) for x in nest.flatten(inputs))
        inputs = _converted(inputs)
        training = self._training(names, takes_any, args, kwargs)
        with calling.inside(calling.LayerCall(inputs, training)):
            if symbolic or not self.built:
                check_inputs(self.input_spec, inputs, self.name)
            with atomic_scope(self._current_scope.original_name_scope):
                self._build_for(inputs)
                outputs = self.call(inputs, *args, **kwargs)
                if outputs is None and symbolic:
                    wanted = "A layer's `call` method should return a Tensor or a list of Tensors, not None"
                    raise ValueError(f"{wanted} (layer: {self.name}).")
                if self.activity_regularizer is not None:
                    self._regularize_activity(inputs, outputs)
        return outputs

    def _training(self, names: list, takes_any: bool, args: tuple, kwargs: dict) -> Any:
        """Return the `training` of this call: the given one, or else that of the layer that calls this one."""
        expects = takes_any or "training" in names
        given = dict(zip(names[1:], args)) | kwargs
        if not expects:
            kwargs.pop("training", None)
        if "training" in given:
            return given["training"]
        call = calling.current()
        if call is None or call.training is None:
            return None
        if expects:
            kwargs["training"] = call.training if isinstance(call.training, Tensor) else bool(call.training)
        return call.training

    def _build_for(self, inputs: Any) -> None:
        if self.built:
            return
        flat = nest.flatten(inputs)
        if self._dtype is None and flat and hasattr(flat[0], "dtype"):
            self._dtype = flat[0].dtype.base_dtype
        known = all(hasattr(x, "shape") for x in flat)
        self.build(nest.map_structure(lambda x: x.shape, inputs) if known else None)
        self.built = True
        if self._initial_weights is not None:
            self.set_weights(self._initial_weights)
            self._initial_weights = None

    def __deepcopy__(self, memo: dict) -> Layer:
        """Copy the layer; tensors and the scope are shared with the original."""
        result = memo[id(self)] = type(self).__new__(type(self))
        for key, value in self.__dict__.items():
            shared = value if isinstance(value, list) else [value]
            if key in ("_scope", "_current_scope") or shared and all(isinstance(v, Tensor) for v in shared):
                result.__dict__[key] = copy.copy(value) if key == "_scope" else value
            else:
                result.__dict__[key] = copy.deepcopy(value, memo)
        return result


def _converted(inputs: Any) -> Any:
    """Return the inputs with tensors for numbers and arrays; the same object if there are none."""
    if not any(isinstance(x, _VALUES) for x in nest.flatten(inputs)):
        return inputs
    return nest.map_structure(lambda x: convert_to_tensor(x) if isinstance(x, _VALUES) else x, inputs)


def _is_trainable(trainable: bool | None, synchronization: Any) -> bool:
    on_read = synchronization is VariableSynchronization.ON_READ
    if trainable and on_read:
        first = "Synchronization value can be set to VariableSynchronization.ON_READ only for non-trainable variables."
        given = "trainable=True and synchronization=VariableSynchronization.ON_READ"
        raise ValueError(f"{first} You have specified {given}.")
    return not on_read if trainable is None else bool(trainable)


def applied(layer: Callable, given: dict, *of_call: str) -> Any:
    """Build a layer of the arguments of a function such as `dense` and call it with those that `of_call` names."""
    options = dict(given)
    if "reuse" in options:
        options |= {"_reuse": options.pop("reuse"), "_scope": options["name"]}
    inputs, call_options = options.pop("inputs"), {key: options.pop(key) for key in of_call}
    return layer(**options)(inputs, **call_options)
