"""`searchsorted`: where values belong in sorted sequences."""

from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, merge_sizes, with_rank
from minigraph.ops.arrays import reshape, shape_ops

__all__ = ["searchsorted"]


class _Bound(OpDef, base=True):
    """Base: for each value, a position in the sorted row with the same number."""

    out_type: DType = dtypes.int32

    inputs = ("sorted_inputs: T", "values: T")
    outputs = ("out_type",)
    allowed = {"out_type": dtypes.INDICES}
    gradient = no_gradient
    side: ClassVar[Any] = "left"

    def shape(self, sorted_inputs, values):
        merge_sizes(with_rank(sorted_inputs, 2).tuple[0], with_rank(values, 2).tuple[0])
        return values

    def kernel(self, xp, sorted_inputs, values):
        sorted_inputs, values = np.asarray(sorted_inputs), np.asarray(values)
        demand(len(sorted_inputs) == len(values), "Leading dim_size of both tensors must match.")
        found = np.empty(values.shape, self.out_type.as_numpy_dtype)
        for row, order, wanted in zip(found, sorted_inputs, values):
            row[:] = np.searchsorted(order, wanted, side=self.side)
        return found


class LowerBound(_Bound):
    """The position of the first element that is not less than a value."""


class UpperBound(_Bound):
    """The position of the first element that is greater than a value."""

    side = "right"


def searchsorted(
    sorted_sequence: Any, values: Any, side: str = "left", out_type: Any = dtypes.int32, name: str | None = None
) -> Tensor:
    """Return the positions at which values would be put into sorted sequences.

    Args:
        sorted_sequence: a tensor of shape [..., n], sorted along the last axis.
        values: a tensor of the same type and of shape [..., m], with the same leading sizes.
        side: "left": before elements that are equal; "right": after them.
        out_type: int32 or int64.
        name: the name of the node.

    Returns:
        A tensor like `values`, of positions from 0 to n.

    Raises:
        ValueError: for another side.

    Example:
        >>> print(tf.searchsorted([1, 3, 5], [0, 3, 4]).eval(), tf.searchsorted([1, 3, 5], [3], side="right").eval())
        [0 1 2] [2]
    """
    if side not in ("left", "right"):
        raise ValueError(f"side must be either 'right' or 'left'.  Saw: {side}.")
    size, count = (_last_size(x) for x in (sorted_sequence, values))
    rows, wanted = reshape.reshape(sorted_sequence, [-1, size]), reshape.reshape(values, [-1, count])
    kind = LowerBound if side == "left" else UpperBound
    found = apply(kind(as_dtype(out_type)), rows, wanted, name=name)
    return reshape.reshape(found, shape_ops.shape_internal(values))


def _last_size(x: Any) -> Any:
    return shape_ops.shape_internal(x)[-1]
