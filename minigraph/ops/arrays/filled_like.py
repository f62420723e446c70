"""`zeros_like` and `ones_like`: one value everywhere, in the shape of another tensor."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import shape_ops
from minigraph.ops.arrays.fill import ones, zeros

__all__ = ["zeros_like", "ones_like"]


class ZerosLike(OpDef, output="y"):
    """Zeros of the input's shape and type."""

    inputs = ("x",)
    gradient = no_gradient

    def kernel(self, xp, x):
        return zero_like(xp, x)


def zero_like(xp: Any, x: Any) -> Any:
    """Return the zero that can be added to a value like x: an array of zeros; a variant value knows its own."""
    return getattr(type(x), "zero", xp.zeros_like)(x)


def zeros_like(tensor: Any, dtype: Any = None, name: str | None = None, optimize: bool = True) -> Tensor:
    """Build zeros of the shape and (by default) the type of `tensor`.

    Args:
        tensor: a tensor.
        dtype: the element type.
        name: the name of the node.
        optimize: use the static shape if it is known.

    Example:
        >>> print(tf.zeros_like([1.5, 2.5]).eval())
        [0. 0.]
    """
    with atomic_scope(name, "zeros_like", [tensor]) as scope:
        tensor = convert_to_tensor(tensor, name="tensor")
        if optimize and tensor.shape.is_fully_defined() and tensor.dtype != dtypes.variant:
            return zeros(tensor.shape, dtype or tensor.dtype, name=scope)
        if dtype is not None and as_dtype(dtype) != tensor.dtype.base_dtype:
            return zeros(shape_ops.shape_internal(tensor, optimize=optimize), dtype, name=scope)
        return apply(ZerosLike(), tensor, name=scope)


def ones_like(tensor: Any, dtype: Any = None, name: str | None = None, optimize: bool = True) -> Tensor:
    """Build ones of the shape and (by default) the type of `tensor`.

    Args:
        tensor: a tensor.
        dtype: the element type.
        name: the name of the node.
        optimize: use the static shape if it is known.

    Example:
        >>> print(tf.ones_like([5, 6]).eval())
        [1 1]
    """
    with atomic_scope(name, "ones_like", [tensor]) as scope:
        tensor = convert_to_tensor(tensor, name="tensor")
        result = ones(shape_ops.shape_internal(tensor, optimize=optimize), dtype or tensor.dtype, name=scope)
        result.set_shape(tensor.shape)
        return result
