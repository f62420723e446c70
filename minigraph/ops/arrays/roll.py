"""`roll`: elements moved along axes, those at the end to the beginning."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, with_rank_at_least
from minigraph.graph.shapes import ShapeError

__all__ = ["roll"]


class Roll(OpDef):
    """Move elements along axes; those that leave at one end come in at the other."""

    inputs = ("input: T", "shift: Tshift", "axis: Taxis")
    allowed = {"Tshift": dtypes.INDICES, "Taxis": dtypes.INDICES}
    type_defaults = {"Tshift": dtypes.int32, "Taxis": dtypes.int32}

    def shape(self, input, shift, axis):
        if shift.ndims is not None and shift.ndims > 1:
            raise ShapeError(f"Shape must be at most rank 1 but is rank {shift.ndims}")
        return with_rank_at_least(input, 1)

    def kernel(self, xp, input, shift, axis):
        demand(np.ndim(input) >= 1, "input must be 1-D or higher")
        demand(np.shape(shift) == np.shape(axis), "shift and axis must have the same size")
        axes = np.atleast_1d(np.asarray(axis)).tolist()
        for each in axes:
            demand(-np.ndim(input) <= each < np.ndim(input), f"axis {each} is out of range")
        return xp.roll(input, tuple(np.atleast_1d(np.asarray(shift)).tolist()), tuple(axes))

    def gradient(self, tf, dy, y, input, shift, axis):
        return tf.roll(dy, -shift, axis), None, None


def roll(input: Any, shift: Any, axis: Any, name: str | None = None) -> Tensor:
    """Move elements along axes; those that leave at one end come in at the other.

    Args:
        input: a tensor of rank 1 or more.
        shift: by how many elements, an integer or a list of them; negative to the front.
        axis: the axis, or a list of as many axes.
        name: the name of the node.

    Example:
        >>> print(tf.roll([0, 1, 2, 3, 4], shift=2, axis=0).eval())
        [3 4 0 1 2]
    """
    return apply(Roll(), input, shift, axis, name=name)
