"""`RNNCell`: one step of a recurrent network, from (input, state) to (output, new state)."""

from __future__ import annotations

from typing import Any

from minigraph.graph import nest
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.layers.base import InputSpec, Layer
from minigraph.layers.named import activation as named_activation
from minigraph.ops.arrays import shape_ops
from minigraph.ops.math import hyperbolic
from minigraph.rnn.sizes import zero_tensors
from minigraph.variables.collections import trainable_variables
from minigraph.variables.scope import get_variable_scope
from minigraph.variables.variable_scope import variable_scope

__all__ = ["LayerRNNCell", "RNNCell", "UnitsCell", "assert_like_rnncell", "check_floats"]


def assert_like_rnncell(cell_name: str, cell: Any) -> None:
    """Raise TypeError if `cell` lacks something that a cell must have.

    Example:
        >>> assert_like_rnncell("cell", tf.nn.rnn_cell.GRUCell(4))
        >>> assert_like_rnncell("cell", abs)
        Traceback (most recent call last):
        ...
        TypeError: The argument 'cell' (<built-in function abs>) is not an RNNCell: 'output_size' property is missing, \
'state_size' property is missing, either 'zero_state' or 'get_initial_state' method is required.
    """
    found = {
        "'output_size' property is missing": hasattr(cell, "output_size"),
        "'state_size' property is missing": hasattr(cell, "state_size"),
        "either 'zero_state' or 'get_initial_state' method is required": hasattr(cell, "get_initial_state")
        or hasattr(cell, "zero_state"),
        "is not callable": callable(cell),
    }
    errors = [error for error, holds in found.items() if not holds]
    if errors:
        raise TypeError(f"The argument {cell_name!r} ({cell}) is not an RNNCell: {', '.join(errors)}.")


class RNNCell(Layer):
    """The base class of cells.

    A subclass defines the properties `state_size` and `output_size` (an int, a shape, or a nested tuple of these) and
    `call(inputs, state)`, which returns the output and the new state and may call `tf.get_variable`.

    Args:
        trainable, name, dtype: as for `tf.layers.Layer`.

    Example:
        >>> class Sum(tf.nn.rnn_cell.RNNCell):
        ...     state_size = output_size = 3
        ...     def call(self, inputs, state):
        ...         total = state + inputs * tf.get_variable("factor", [])
        ...         return total, total
        >>> output, state = Sum()(tf.zeros([2, 3]), tf.zeros([2, 3]))
        >>> print(output.name, [v.name for v in tf.trainable_variables()])
        sum/add:0 ['sum/factor:0']
    """

    _outer_scope: Any = None  # the scope around the first call, entered again by each later one

    def __init__(self, trainable: bool = True, name: Any = None, dtype: Any = None, **kwargs: Any):
        super().__init__(trainable=trainable, name=name, dtype=dtype, **kwargs)

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> tuple:
        """Build one step.

        Args:
            inputs: a tensor of shape [batch, depth], or a structure of tensors.
            state: the state before the step, as `zero_state` returns it.
            scope: the variable scope; by default one with the name of the class.

        Returns:
            The output and the state after the step.
        """
        if scope is not None:
            with variable_scope(scope, custom_getter=self._keep_variable) as scope:
                return super().__call__(inputs, state, scope=scope)
        if self._outer_scope is None:
            self._outer_scope = variable_scope(get_variable_scope(), custom_getter=self._keep_variable)
        with self._outer_scope:
            return super().__call__(inputs, state)

    def _keep_variable(self, getter: Any, *args: Any, **kwargs: Any) -> Any:
        """Call the getter, and keep the variable among the cell's own."""
        variable = getter(*args, **kwargs)
        trainable = any(variable is v for v in trainable_variables())
        kept = self._trainable_weights if trainable else self._non_trainable_weights
        if all(variable is not v for v in kept):
            kept.append(variable)
        return variable

    @property
    def state_size(self) -> Any:
        """The size of the state, without the batch: an int, a shape, or a nested tuple of these."""
        raise NotImplementedError("Abstract method")

    @property
    def output_size(self) -> Any:
        """The size of the output, without the batch: an int, a shape, or a nested tuple of these."""
        raise NotImplementedError("Abstract method")

    def build(self, input_shape: Any) -> None:
        """Make nothing; the variables come with the first `call`."""

    def get_initial_state(self, inputs: Any = None, batch_size: Any = None, dtype: Any = None) -> Any:
        """Return a state of zeros for some inputs, or for a batch size and a type.

        Raises:
            ValueError: if batch size or type are missing, or the inputs have others.

        Example:
            >>> print(tf.nn.rnn_cell.GRUCell(4).get_initial_state(tf.zeros([2, 3])).shape)
            (2, 4)
        """
        if inputs is not None:
            inputs = convert_to_tensor(inputs, name="inputs")
            static = inputs.shape[0].value
            _check_same("batch size", "batch", "batch_size", static, _static_size(batch_size), batch_size)
            _check_same("dtype", "dtype", "dtype", inputs.dtype, dtype and as_dtype(dtype), dtype)
            batch_size, dtype = static or shape_ops.shape(inputs)[0], inputs.dtype
        if batch_size is None or dtype is None:
            raise ValueError(
                "batch_size and dtype cannot be None while constructing initial "
                f"state: batch_size={batch_size}, dtype={dtype}"
            )
        return self.zero_state(batch_size, dtype)

    def zero_state(self, batch_size: Any, dtype: Any) -> Any:
        """Return a state of zeros, nested like `state_size`: for each size a tensor of shape [batch_size, size].

        Args:
            batch_size: an int or an integer scalar.
            dtype: the element type.

        Example:
            >>> print(tf.nn.rnn_cell.GRUCell(4).zero_state(2, tf.float32).shape)
            (2, 4)
        """
        with self._zero_state_scope(batch_size):
            return zero_tensors(self.state_size, batch_size, dtype)

    def _zero_state_scope(self, batch_size: Any) -> atomic_scope:
        return atomic_scope(type(self).__name__ + "ZeroState", values=[batch_size])


def _static_size(batch_size: Any) -> Any:
    return constant_value(batch_size, partial=True) if isinstance(batch_size, Tensor) else batch_size


def _check_same(what: str, short: str, argument: str, found: Any, asked: Any, given: Any) -> None:
    if given is not None and found != asked:
        raise ValueError(
            f"{what} from input tensor is different from the input param. "
            f"Input tensor {short}: {found}, {argument}: {given}"
        )


class LayerRNNCell(RNNCell):
    """A cell that makes its variables in `build`, as a layer does."""

    def __call__(self, inputs: Any, state: Any, scope: Any = None, *args: Any, **kwargs: Any) -> tuple:
        """Build one step; see `RNNCell`."""
        return Layer.__call__(self, inputs, state, *args, scope=scope, **kwargs)


class UnitsCell(LayerRNNCell):
    """Base of the cells with a number of units, an activation, and inputs of shape [batch, depth]."""

    def __init__(self, num_units: int, activation: Any, reuse: Any, name: Any, dtype: Any, **kwargs: Any):
        super().__init__(_reuse=reuse, name=name, dtype=dtype, **kwargs)
        check_floats(self._dtype)
        self.input_spec = InputSpec(ndim=2)
        self._num_units = num_units
        self._activation = named_activation(activation) if activation else hyperbolic.tanh

    @property
    def state_size(self) -> Any:
        return self._num_units

    @property
    def output_size(self) -> Any:
        return self._num_units

    def build(self, input_shape: Any) -> None:
        sizes = tuple(input_shape.as_list())
        if sizes[-1] is None:
            raise ValueError(
                f"Expected inputs.shape[-1] to be known, saw shape: {sizes}\n"
                "Declare the last size of the inputs, or call set_shape."
            )
        check_floats(self._dtype)
        self._add_variables(sizes[-1])
        self.built = True

    def _add_variables(self, depth: int) -> None:
        raise NotImplementedError

    def call(self, inputs: Any, state: Any) -> tuple:  # type: ignore[override]
        for x in nest.flatten([inputs, state]):
            check_floats(x.dtype)
        return self._step(inputs, state)

    def _step(self, inputs: Any, state: Any) -> tuple:
        raise NotImplementedError


def check_floats(dtype: Any) -> None:
    """Raise ValueError for a type that is neither real nor complex."""
    if dtype is not None and not (dtype.is_floating or dtype.is_complex):
        raise ValueError(f"RNN cell only supports floating point inputs, but saw dtype: {dtype}")
