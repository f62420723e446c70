"""`shape`: the shape of a tensor, as a tensor."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays import constant
from minigraph.ops.arrays.cast import Cast

__all__ = ["shape"]


class Shape(OpDef):
    """The shape, as a vector of integers."""

    out_type: DType = dtypes.int32
    inputs = ("input",)
    allowed = {"out_type": dtypes.INDICES}
    outputs = ("out_type",)
    gradient = no_gradient

    def shape(self, input):
        return TensorShape.of((input.ndims,))

    def as_shape(self, input):
        return input.shape

    def static_value(self, input):
        if input.shape.is_fully_defined():
            return np.array(input.shape.as_list(), self.out_type.as_numpy_dtype)
        return None if input.value is None else np.array(input.value.shape, self.out_type.as_numpy_dtype)

    def kernel(self, xp, input):
        return np.array(np.shape(input), self.out_type.as_numpy_dtype)


def shape(input: Any, name: str | None = None, out_type: Any = dtypes.int32) -> Tensor:
    """Return the shape at run time, a vector; a constant if it is known statically.

    Args:
        input: a tensor.
        name: the name of the node.
        out_type: int32 or int64.

    Example:
        >>> print(tf.shape([[1, 2, 3]]).eval())
        [1 3]
    """
    return shape_internal(input, name, True, out_type)


def shape_internal(input: Any, name: str | None = None, optimize: bool = True, out_type: Any = dtypes.int32) -> Tensor:
    """Return the shape as `shape` does; with `optimize=False` always by a Shape node."""
    with atomic_scope(name, "Shape", [input]) as scope:
        if hasattr(input, "with_values"):  # a SparseTensor
            return apply(Cast(as_dtype(out_type)), input.dense_shape)
        known = convert_to_tensor(input).shape
        if optimize and known.is_fully_defined():
            return constant.constant(known.as_list(), out_type, name=scope)
        return apply(Shape(as_dtype(out_type)), input, name=scope)


def either(new_name: str, new: Any, old_name: str, old: Any) -> Any:
    """Return whichever of two spellings of an argument is not None."""
    if old is None:
        return new
    if new is not None:
        raise ValueError(f"Cannot specify both '{old_name}' and '{new_name}'")
    return old
