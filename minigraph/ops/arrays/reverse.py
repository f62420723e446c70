"""`reverse`: reverse the order along axes."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import ShapeError

__all__ = ["reverse", "reverse_v2"]


class ReverseV2(OpDef):
    """The elements in reverse order along axes."""

    inputs = ("tensor: T", "axis: Tidx")
    allowed = {"Tidx": dtypes.INDICES}
    type_defaults = {"Tidx": dtypes.int32}
    static_inputs = (1,)
    forwards = True

    def shape(self, tensor, axis):
        with_rank(axis.shape, 1)
        if axis.value is not None and tensor.ndims is not None:
            _check_axes(axis.value.tolist(), tensor.ndims)
        return tensor

    def kernel(self, xp, tensor, axis):
        if not np.ndim(tensor):
            return tensor
        demand(np.ndim(axis) == 1, f"'dims' must be 1-dimension, not {np.ndim(axis)}")
        _check_axes(np.asarray(axis).tolist(), np.ndim(tensor))
        return xp.flip(tensor, tuple(np.asarray(axis).tolist()))

    def gradient(self, tf, dy, y, tensor, axis):
        return tf.reverse(dy, axis), None


def _check_axes(axes: list, ndims: int) -> None:
    seen: set = set()
    for i, axis in enumerate(axes):
        if not -ndims <= axis < ndims:
            # TF1's message does not close the bracket either
            raise ShapeError(f"'axis'[{i}] = {axis} is out of valid range [0, {ndims - 1}")
        if axis % ndims in seen:
            raise ShapeError(f"axis {axis % ndims} specified more than once.")
        seen.add(axis % ndims)


def reverse(tensor: Any, axis: Any, name: str | None = None) -> Tensor:
    """Reverse the order of the elements along axes.

    Args:
        tensor: a tensor.
        axis: a list of axes.
        name: the name of the node.

    Example:
        >>> print(tf.reverse([1, 2, 3], [0]).eval())
        [3 2 1]
    """
    return apply(ReverseV2(), tensor, axis, name=name)


reverse_v2 = reverse
