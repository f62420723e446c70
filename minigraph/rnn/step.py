"""One step of a network whose sequences have lengths of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import nest
from minigraph.graph.operation import Tensor
from minigraph.graph.same_structure import assert_same_structure
from minigraph.graph.scopes import colocate_with
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays import fill, stack, where
from minigraph.ops.control import cond
from minigraph.ops.math import reduce_max_min
from minigraph.rnn.sizes import joined_shape, joined_static_shape

__all__ = ["Lengths", "state_dtype", "zero_output"]


def state_dtype(explicit: Any, state: Any) -> Any:
    """Return the element type of a state: the given one, or else the one that all its parts have.

    Raises:
        ValueError: if its parts have different types, or it has no parts.

    Example:
        >>> state_dtype(None, (tf.zeros([2]), tf.zeros([3])))
        tf.float32
    """
    if explicit is not None:
        return explicit
    if not nest.is_nested(state):
        return state.dtype
    found = [part.dtype for part in nest.flatten(state)]
    if not found:
        raise ValueError("Unable to infer dtype from empty state.")
    if any(dtype != found[0] for dtype in found):
        raise ValueError(
            "State has tensors of different inferred_dtypes. Unable to infer a single representative dtype."
        )
    return found[0]


def zero_output(output_size: Any, batch_size: Any, static_batch: int | None, dtype: Any) -> Any:
    """Build the output of finished sequences: zeros, nested like `output_size`.

    Example:
        >>> print(zero_output(3, 2, 2, tf.float32).shape)
        (2, 3)
    """

    def zeros(size: Any) -> Tensor:
        found = fill.zeros(stack.stack(joined_shape(batch_size, size)), dtype)
        found.set_shape(TensorShape(joined_static_shape(static_batch, size)))
        return found

    return nest.map_structure(zeros, output_size)


class Lengths:
    """The lengths of the sequences of a batch, by which a step keeps the state of those that are finished.

    Args:
        lengths: an int32 vector.

    Attributes:
        most: the greatest length, an int32 scalar.

    Example:
        >>> lengths = Lengths(tf.constant([1, 2]))
        >>> add = lambda: (tf.ones([2, 1]), tf.fill([2, 1], 5.0))
        >>> output, state = lengths.step(1, tf.zeros([2, 1]), tf.fill([2, 1], 3.0), add)
        >>> print(sess.run(output).tolist(), sess.run(state).tolist())
        [[0.0], [1.0]] [[3.0], [5.0]]
    """

    def __init__(self, lengths: Tensor):
        self._lengths = lengths
        self._least, self.most = reduce_max_min.reduce_min(lengths), reduce_max_min.reduce_max(lengths)

    def step(self, time: Any, zeros: Any, state: Any, call_cell: Callable, skip_conditionals: bool = False) -> tuple:
        """Build one step.

        Args:
            time: the index of the step, an int or an int32 scalar.
            zeros: the output of finished sequences.
            state: the state before the step.
            call_cell: a function that builds the step and returns output and new state.
            skip_conditionals: call the cell even where all sequences are finished, or none is.

        Returns:
            The output and the new state: for sequences that are finished zeros, and their old state.
        """
        before = nest.flatten(zeros) + nest.flatten(state)
        finished: Any = time >= self._lengths

        def called() -> list:
            found = call_cell()
            for own, given in zip((zeros, state), found):
                assert_same_structure(own, given)
            return nest.flatten(found[0]) + nest.flatten(found[1])

        def selected(after: list) -> list:
            return [_either(finished, old, new) for old, new in zip(before, after)]

        def called_for_some() -> Any:
            after = called()
            return cond.cond(time < self._least, lambda: after, lambda: selected(after))

        if skip_conditionals:
            after = selected(called())
        else:
            after = cond.cond(time >= self.most, lambda: before, called_for_some)
            after = after if isinstance(after, list) else [after]
        for old, new in zip(before, after):
            if isinstance(new, Tensor):
                new.set_shape(old.shape)
        count = len(nest.flatten(zeros))
        return nest.pack_sequence_as(zeros, after[:count]), nest.pack_sequence_as(state, after[count:])


def _either(finished: Tensor, old: Any, new: Any) -> Any:
    """Return the old rows of finished sequences, and the new ones of others; scalars have no rows."""
    if not isinstance(old, Tensor) or old.shape.ndims == 0:
        return new
    with colocate_with(new):
        return where.where(finished, old, new)
