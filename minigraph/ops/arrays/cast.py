"""`cast`: conversion of the element type."""

import warnings
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.apply import apply
from minigraph.graph.c_names import c_name
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope

__all__ = ["cast"]


class Cast(OpDef):
    """x in another type; conversion to an integer type truncates, as in C."""

    DstT: DType
    Truncate: bool = False

    inputs = ("x: SrcT",)
    outputs = ("y: DstT",)
    forwards = True

    def shape(self, x):
        return x

    def kernel(self, xp, x):
        target = self.DstT.as_numpy_dtype
        if target is object or x.dtype.kind == "O":
            both = f"{c_name(as_dtype(x.dtype))} to {c_name(self.DstT)}"
            raise errors.UnimplementedError(None, None, f"Cast {both} is not supported")
        if x.dtype == target:
            return x
        if x.dtype.kind == "c" and self.DstT.name[:7] != "complex" and not self.DstT.is_bool:
            x = xp.real(x)
        if x.dtype.kind == "f" and target in _BY_WAY_OF:
            x = x.astype(_BY_WAY_OF[target])  # values beyond that type become 0, those within it wrap around
        return x.astype(target)

    def gradient(self, tf, dy, y, x):
        source, target = x.dtype.base_dtype, dy.dtype.base_dtype
        both_continuous = all(t.is_floating or t.is_complex for t in (source, target))
        return tf.cast(dy, source) if both_continuous else None


# How TF1's target machine converts floats to integer types for which it has no instruction.
_BY_WAY_OF = {np.int8: np.int32, np.uint8: np.int32, np.int16: np.int32, np.uint16: np.int32, np.uint32: np.int64}


def cast(x: Any, dtype: Any, name: str | None = None) -> Any:
    """Convert the elements to another type; a tensor of that type is returned unchanged, without a node.

    Args:
        x: a numeric or bool tensor, or `IndexedSlices`.
        dtype: the type to convert to. Conversion of floats to integers truncates towards zero.
        name: the name of the node.

    Returns:
        A tensor of the same shape. Its gradient is cast back, and None where either type is an integer or bool.

    Raises:
        TypeError: if `dtype` does not name a type.

    Example:
        >>> print(tf.cast([1.8, -1.8], tf.int32).eval())
        [ 1 -1]
    """
    target = as_dtype(dtype).base_dtype
    if getattr(x, "dtype", None) == target and (isinstance(x, Tensor) or hasattr(x, "_as_graph_element")):
        return x
    with atomic_scope(name, "Cast", [x]) as scope:
        if isinstance(x, IndexedSlices):
            return IndexedSlices(cast(x.values, target, name=scope), x.indices, x.dense_shape)
        if hasattr(x, "with_values"):  # a SparseTensor
            return x.with_values(cast(x.values, target, name=scope))
        x = convert_to_tensor(x, name="x")
        if x.dtype.is_complex and target.is_floating:
            warnings.warn("Casting complex to real discards imaginary part.", stacklevel=2)
        return x if x.dtype.base_dtype is target else apply(Cast(target), x, name=scope)
