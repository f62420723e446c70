"""`sort` and `argsort`."""

from typing import Any

import numpy as np

from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import concat, constant, ranges, shape_ops, size_ops, transpose
from minigraph.ops.nn.top_k import top_k

__all__ = ["argsort", "sort"]


def sort(values: Any, axis: int = -1, direction: str = "ASCENDING", name: str | None = None) -> Tensor:
    """Sort the elements along an axis.

    Args:
        values: a tensor of numbers, of rank 1 or more.
        axis: the axis, a constant.
        direction: "ASCENDING" or "DESCENDING".
        name: the name scope.

    Raises:
        ValueError: for another direction, or an axis that is not a constant.

    Example:
        >>> print(tf.sort([1.0, 10.0, 5.0], direction="DESCENDING").eval())
        [10.  5.  1.]
    """
    with atomic_scope(name, "sort"):
        return _sorted(values, axis, direction, 0)


def argsort(
    values: Any, axis: int = -1, direction: str = "ASCENDING", stable: bool = False, name: str | None = None
) -> Tensor:
    """Return the indices that sort the elements along an axis.

    Args:
        values, axis, direction, name: as for `sort`.
        stable: accepted; of equal elements the first comes first anyway.

    Returns:
        An int32 tensor of the shape of `values`.

    Example:
        >>> print(tf.argsort([1.0, 10.0, 5.0]).eval())
        [0 2 1]
    """
    with atomic_scope(name, "argsort"):
        return _sorted(values, axis, direction, 1)


def _sorted(values: Any, axis: Any, direction: str, which: int) -> Tensor:
    """Return the sorted values (`which` is 0) or their indices (1)."""
    if direction not in ("ASCENDING", "DESCENDING"):
        raise ValueError(f"{direction} should be one of ASCENDING, DESCENDING")
    axis = convert_to_tensor(axis, name="axis")
    known = constant_value(axis)
    if axis.shape.ndims != 0 or known is None:
        raise ValueError("axis must be a constant scalar")
    values = convert_to_tensor(values, name="values")
    if direction == "DESCENDING":
        return _descending(values, int(known), which)
    found = _descending(-values, int(known), which)
    return found if which else -found


def _descending(values: Tensor, axis: int, which: int) -> Tensor:
    size = shape_ops.shape(values)[axis]
    rank, ndims = size_ops.rank(values), values.shape.ndims
    if axis == -1 or axis + 1 == ndims:
        return top_k(values, size)[which]
    order = _exchanged(axis, rank, ndims)
    return transpose.transpose(top_k(transpose.transpose(values, order), size)[which], order)


def _exchanged(axis: int, rank: Tensor, ndims: int | None) -> Tensor:
    """Return the order of axes with `axis` and the last one exchanged."""
    if ndims is not None:
        order = np.arange(ndims)
        order[[axis, -1]] = order[[-1, axis]]
        return constant.constant(order, name="transposition")
    place: Any = axis + rank if axis < 0 else axis
    middle = ranges.range(place + 1, rank - 1)
    return concat.concat([ranges.range(place), [rank - 1], middle, [place]], axis=0)
