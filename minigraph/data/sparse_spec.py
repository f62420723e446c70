"""The spec of a sparse tensor that is a component of an element: one tensor of variants stands for it."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.operation import Tensor
from minigraph.graph.read_only import read_only
from minigraph.graph.shapes import TensorShape, as_shape, unknown_shape
from minigraph.graph.sparse_tensor import SparseTensor
from minigraph.ops.sparse import packed

__all__ = ["SparseTensorSpec"]


class SparseTensorSpec:
    """The type and static shape of a sparse tensor that is part of an element.

    Args:
        shape: the shape of the whole, or what can be converted to one.
        dtype: the type of its elements.

    Example:
        >>> SparseTensorSpec([2, None], tf.float32)
        SparseTensorSpec(TensorShape([Dimension(2), Dimension(None)]), tf.float32)
    """

    # A vector of three variants stands for one, a matrix for a batch: so the rank is not known.
    tensor_type, tensor_shape = dtypes.variant, unknown_shape()
    legacy_class = SparseTensor

    def __init__(self, shape: Any = None, dtype: Any = "float32"):
        self._shape, self._dtype = as_shape(shape), as_dtype(dtype).base_dtype

    shape: TensorShape = read_only("_shape", "The static shape of the whole.")
    dtype: DType = read_only("_dtype", "The type of the elements.")

    legacy_type, legacy_shape = dtype, shape

    def is_compatible_with(self, other: Any) -> bool:
        """Return True if a sparse tensor (or what another spec describes) may be one of these."""
        return (
            isinstance(other, (SparseTensorSpec, SparseTensor))
            and self._dtype == other.dtype
            and self._shape.is_compatible_with(other.shape)
        )

    def batched(self, size: int | None) -> SparseTensorSpec:
        """Return the spec of a batch."""
        return SparseTensorSpec(TensorShape([size]).concatenate(self._shape), self._dtype)

    def unbatched(self) -> SparseTensorSpec:
        """Return the spec of a row; ValueError for a scalar."""
        if self._shape.ndims == 0:
            raise ValueError("Unbatching a tensor is only supported for rank >= 1")
        return SparseTensorSpec(self._shape[1:], self._dtype)

    def with_shape(self, shape: TensorShape) -> SparseTensorSpec:
        """Return a spec of the same type and another shape."""
        return SparseTensorSpec(shape, self._dtype)

    def from_tensor(self, tensor: Tensor) -> SparseTensor:
        """Return the sparse tensor that a tensor of variants holds."""
        result = packed.unpacked(tensor, self._dtype)
        result.indices.set_shape([None, self._shape.ndims])
        result.dense_shape.set_shape([self._shape.ndims])
        return result

    def to_tensor(self, value: Any) -> Tensor:
        """Return the tensor of variants that holds a sparse tensor."""
        return packed.packed(SparseTensor.from_value(value))

    def to_rows(self, value: Any) -> Tensor:
        """Return the tensor whose rows hold the rows of a sparse tensor."""
        return packed.packed_rows(SparseTensor.from_value(value))

    def __eq__(self, other: Any) -> bool:
        mine = self._dtype, self._shape.tuple
        return isinstance(other, SparseTensorSpec) and mine == (other._dtype, other._shape.tuple)

    def __hash__(self) -> int:
        return hash((self._dtype, self._shape.tuple))

    def __repr__(self) -> str:
        return f"SparseTensorSpec({self._shape!r}, {self._dtype!r})"
