"""`tf.nn.dynamic_rnn`: a network that a loop unrolls when it runs, as many steps as the inputs have."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes, nest
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import control_dependencies
from minigraph.graph.shapes import TensorShape, as_shape
from minigraph.ops.arrays import cast, concat, constant, fill, identity, ranges, shape_ops, size_ops, stack, transpose
from minigraph.ops.control import assertions, while_loop
from minigraph.ops.lists.tensor_array import TensorArray
from minigraph.ops.math import comparison, maximum_minimum, reduce_max_min
from minigraph.rnn.cells_base import assert_like_rnncell
from minigraph.rnn.network_scopes import network_scope
from minigraph.rnn.sizes import joined_shape, joined_static_shape
from minigraph.rnn.step import Lengths, state_dtype

__all__ = ["batch_size_of", "dynamic_rnn", "transposed"]


def dynamic_rnn(
    cell: Any,
    inputs: Any,
    sequence_length: Any = None,
    initial_state: Any = None,
    dtype: Any = None,
    parallel_iterations: int | None = None,
    swap_memory: bool = False,
    time_major: bool = False,
    scope: Any = None,
) -> tuple:
    """Call a cell for each step of the inputs, each time with the state after the last, in one `while_loop`.

    Args:
        cell: a cell, for instance of `tf.nn.rnn_cell`.
        inputs: a tensor of shape [batch, time, depth, ...], or a nested tuple of such; the depths must be known.
        sequence_length: the number of steps of each sequence, an integer vector of size [batch]. Where a sequence is
            finished its outputs are zeros, and its state stays.
        initial_state: the state before the first step, nested like `cell.state_size`; by default zeros.
        dtype: the type of these zeros; required without `initial_state`.
        parallel_iterations, swap_memory: accepted, as in TF1.
        time_major: inputs and outputs are of shape [time, batch, depth, ...], which saves two transpositions.
        scope: the variable scope, by default "rnn".

    Returns:
        The outputs, of shape [batch, time, output size], nested like `cell.output_size`, and the state after the last
        step.

    Raises:
        TypeError: if `cell` is not a cell.
        ValueError: if neither state nor type is given, a depth is not known, or the inputs differ in length.
        InvalidArgumentError: in a run, if `sequence_length` has another size than the batch.

    Example:
        >>> cell = tf.nn.rnn_cell.GRUCell(4)
        >>> outputs, state = tf.nn.dynamic_rnn(cell, tf.ones([2, 5, 3]), [1, 2], dtype=tf.float32)
        >>> sess.run(tf.global_variables_initializer())
        >>> print(outputs.shape, state.shape, (sess.run(outputs) != 0).any(axis=2).sum(axis=1))
        (2, 5, 4) (2, 4) [1 2]
    """
    assert_like_rnncell("cell", cell)
    with get_default_graph().atomic(), network_scope(scope):
        flat = nest.flatten(inputs)
        if not time_major:
            flat = [transposed(t) for t in [convert_to_tensor(t) for t in flat]]
        lengths = None if sequence_length is None else _as_lengths(sequence_length)
        batch_size = batch_size_of(flat)
        state = initial_state
        if state is None:
            state = _zero_state(cell, batch_size, dtype)
        if lengths is not None:
            with control_dependencies([_assert_shape(lengths, [batch_size])]):
                lengths = identity.identity(lengths, name="CheckSeqLen")
        network = _Loop(cell, nest.pack_sequence_as(inputs, flat), state, lengths, dtype)
        outputs, state = network.build(parallel_iterations or 32, swap_memory)
        return (outputs if time_major else nest.map_structure(transposed, outputs)), state


def transposed(x: Tensor) -> Tensor:
    """Exchange the first two axes of a tensor that has them (in `tf.contrib.rnn`: `transpose_batch_time`).

    Args:
        x: a tensor of shape [batch, time, ...] or [time, batch, ...].

    Example:
        >>> print(transposed(tf.zeros([5, 2, 3])).shape)
        (2, 5, 3)
    """
    if x.shape.ndims is not None and x.shape.ndims < 2:
        return x
    rank = size_ops.rank(x)
    found = transpose.transpose(x, concat.concat(([1, 0], ranges.range(2, rank)), axis=0))
    first, second = x.shape.as_list()[:2] if x.shape.ndims is not None else (None, None)
    found.set_shape(TensorShape([second, first]).concatenate(x.shape[2:]))
    return found


def _as_lengths(sequence_length: Any) -> Tensor:
    lengths = cast.cast(sequence_length, dtypes.int32)
    if lengths.shape.ndims not in (None, 1):
        raise ValueError(f"sequence_length must be a vector of length batch_size, but saw shape: {lengths.shape}")
    return identity.identity(lengths, name="sequence_length")


def batch_size_of(flat: list[Tensor]) -> Any:
    """Return the batch size of time-major inputs: an int if one of them has it, else a scalar tensor.

    In `tf.contrib.rnn` it is called `best_effort_input_batch_size`.

    Args:
        flat: a list of tensors of shape [time, batch, ...].

    Raises:
        ValueError: if one has no axis for the batch.

    Example:
        >>> batch_size_of([tf.zeros([5, 2, 3])])
        2
    """
    for t in flat:
        if t.shape.ndims is None:
            continue
        if t.shape.ndims < 2:
            raise ValueError(f"Expected input tensor {t} to have rank at least 2")
        if t.shape[1].value is not None:
            return t.shape[1].value
    return shape_ops.shape(flat[0])[1]


def _zero_state(cell: Any, batch_size: Any, dtype: Any) -> Any:
    if not dtype:
        raise ValueError("If there is no initial_state, you must give a dtype.")
    if getattr(cell, "get_initial_state", None) is not None:
        return cell.get_initial_state(inputs=None, batch_size=batch_size, dtype=dtype)
    return cell.zero_state(batch_size, dtype)


def _assert_shape(x: Tensor, shape: list) -> Any:
    found, wanted = shape_ops.shape(x), stack.stack(shape)
    return assertions.Assert(
        reduce_max_min.reduce_all(comparison.equal(found, wanted)),
        [f"Expected shape for Tensor {x.name} is ", wanted, " but saw shape: ", found],
    )


class _Loop:
    """The loop of a network.

    Args:
        cell: the cell.
        inputs: time-major inputs.
        state: the state before the first step.
        lengths: the lengths of the sequences, or None.
        dtype: the type of the outputs, or None.
    """

    def __init__(self, cell: Any, inputs: Any, state: Any, lengths: Tensor | None, dtype: Any):
        self._cell, self._inputs, self._state = cell, inputs, state
        self._flat = nest.flatten(inputs)
        self._steps = shape_ops.shape(self._flat[0])[0]
        batch_size = batch_size_of(self._flat)
        self._shapes = [t.shape.with_rank_at_least(3) for t in self._flat]
        self._static = self._shapes[0].as_list()[:2]
        self._check_shapes()
        self._dtype = state_dtype(dtype, state)
        self._zeros = nest.map_structure(
            lambda size: fill.zeros(stack.stack(joined_shape(batch_size, size)), self._dtype), cell.output_size
        )
        self._lengths = None if lengths is None else Lengths(lengths)

    def _check_shapes(self) -> None:
        for shape in self._shapes:
            if not shape[2:].is_fully_defined():
                raise ValueError(
                    "Input size (depth of inputs) must be accessible via shape inference, but saw value None."
                )
            if shape[0].value != self._static[0]:
                raise ValueError("Time steps is not the same for all the elements in the input in a batch.")
            if shape[1].value != self._static[1]:
                raise ValueError("Batch_size is not the same for all the elements in the input.")

    def build(self, parallel_iterations: int, swap_memory: bool) -> tuple:
        """Build the loop; return the time-major outputs, and the last state."""
        time = constant.constant(0, dtypes.int32, name="time")
        get_default_graph().unique_name("dynamic_rnn")  # TF1 takes this name here, for its arrays
        sizes = nest.flatten(self._cell.output_size)
        outputs = [self._array(batch_shape(self._static[1], size), self._dtype) for size in sizes]
        rows = [self._array(t.shape[1:], t.dtype) for t in self._flat]
        self._rows = [array.unstack(t) for array, t in zip(rows, self._flat)]
        most = self._steps if self._lengths is None else self._lengths.most
        bound = maximum_minimum.minimum(self._steps, maximum_minimum.maximum(1, most))  # at least one: for the shapes
        _, found, state = while_loop.while_loop(
            lambda time, *_: time < bound,
            self._step,
            (time, tuple(outputs), self._state),
            parallel_iterations=parallel_iterations,
            maximum_iterations=self._steps,
            swap_memory=swap_memory,
        )
        stacked = [array.stack() for array in found]
        for output, size in zip(stacked, sizes):
            output.set_shape(joined_static_shape(self._static, size))
        return nest.pack_sequence_as(self._cell.output_size, stacked), state

    def _array(self, shape: TensorShape, dtype: Any) -> TensorArray:
        return TensorArray(dtype, size=self._steps, element_shape=shape)

    def _step(self, time: Tensor, arrays: tuple, state: Any) -> tuple:
        inputs = [array.read(time) for array in self._rows]
        for t, shape in zip(inputs, self._shapes):
            t.set_shape(shape[1:])
        packed = nest.pack_sequence_as(self._inputs, inputs)
        if self._lengths is None:
            output, state = self._cell(packed, state)
        else:
            before = state
            output, state = self._lengths.step(
                time, self._zeros, before, lambda: self._cell(packed, before), skip_conditionals=True
            )
        arrays = tuple([array.write(time, value) for array, value in zip(arrays, nest.flatten(output))])
        return time + 1, arrays, state


def batch_shape(batch_size: int | None, size: Any) -> TensorShape:
    """Return the static shape of the outputs in a step, for an output size that may be a tensor."""
    known = constant_value(size) if isinstance(size, Tensor) else size
    return as_shape([batch_size]).concatenate(as_shape(known))
