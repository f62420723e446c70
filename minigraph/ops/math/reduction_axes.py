"""The common base of reductions: the axes as a second input, the shapes, and the spellings of the arguments."""

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import ShapeError, TensorShape, unknown_shape
from minigraph.ops.arrays import constant, ranges, shape_ops, size_ops


def _reduced(axes: list[int], ndims: int) -> set[int]:
    """Return axes counted from the front; ShapeError if there is no such axis."""
    for axis in axes:
        if not -ndims <= axis < ndims:
            raise ShapeError(f"Invalid reduction dimension {axis} for input with {ndims} dimensions.")
    return {axis % ndims for axis in axes}


class Reduction(OpDef, base=True):
    """Base: an input, and the axes as a second input."""

    keep_dims: bool = False

    inputs = ("input: T", "reduction_indices: Tidx")
    allowed = {"T": dtypes.NUMBERS, "Tidx": dtypes.INDICES}
    type_defaults = {"Tidx": dtypes.int32}
    static_inputs = (1,)
    forwards = True
    reduce: ClassVar[Callable]

    def shape(self, input, axes):
        if axes.shape.ndims not in (None, 0, 1):
            raise ShapeError(f"Shape must be at most rank 1 but is rank {axes.shape.ndims}")
        if axes.value is None or input.ndims is None:
            return unknown_shape(input.ndims if self.keep_dims else None)
        gone = _reduced(np.atleast_1d(axes.value).tolist(), input.ndims)
        return TensorShape.of(
            tuple(1 if i in gone else n for i, n in enumerate(input.tuple) if i not in gone or self.keep_dims)
        )

    def kernel(self, xp, input, axes):
        ndims, sizes = np.ndim(input), np.shape(input)
        axes = np.reshape(axes, -1).tolist()
        for a in axes:
            if not -ndims <= a < ndims:
                raise ValueError(f"Invalid reduction dimension ({a} for input with {ndims} dimension(s)")
        key = tuple({a % ndims: None for a in axes})
        if all(sizes[a] == 1 for a in key):  # TF1 then copies: a negative number is its own norm, NaN its own maximum
            left = [n for i, n in enumerate(sizes) if self.keep_dims or i not in key]
            return xp.reshape(input, left)
        return self.reduce(xp, input, key)


def axes_or_all(x: Any, axis: Any) -> Any:
    """Return the axes; all of them if `axis` is None."""
    if axis is not None:
        return axis
    if isinstance(x, Tensor) and x.shape.ndims is not None:
        return constant.constant(np.arange(x.shape.ndims), dtype=dtypes.int32)
    return ranges.range(0, size_ops.rank(x))


def reduced(
    op_def: type,
    input_tensor: Any,
    axis: Any,
    keepdims: Any,
    name: str | None,
    reduction_indices: Any = None,
    keep_dims: Any = None,
) -> Tensor:
    """Apply a reduction along the axes given by one of two spellings."""
    with get_default_graph().atomic():
        axis = shape_ops.either("axis", axis, "reduction_indices", reduction_indices)
        keepdims = bool(shape_ops.either("keepdims", keepdims, "keep_dims", keep_dims))
        result = apply(op_def(keepdims), input_tensor, axes_or_all(input_tensor, axis), name=name)
        if axis is None and not keepdims:
            result.set_shape(())
        return result
