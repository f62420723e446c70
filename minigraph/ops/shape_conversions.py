"""Conversions of static shapes and sizes to tensors."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.operation import Tensor
from minigraph.graph.register_conversion import register_tensor_conversion_function
from minigraph.graph.shapes import Dimension, TensorShape
from minigraph.ops.arrays import constant

__all__: list[str] = []  # registers conversions


def _from_shape(value: TensorShape, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Tensor:
    if not value.is_fully_defined():
        raise ValueError(f"Cannot convert a partially known TensorShape to a Tensor: {value}")
    sizes = value.as_list()
    large = next((d for d in sizes if d >= 2**31), None)
    if dtype is None:
        dtype = dtypes.int64 if large else dtypes.int32
    _check_size_type(dtype)
    if large and as_dtype(dtype) is dtypes.int32:
        raise ValueError(f"Cannot convert a TensorShape to dtype int32; a dimension is too large ({large})")
    return constant.constant(sizes, dtype, name=name or "shape_as_tensor")


def _check_size_type(dtype: Any) -> None:
    if as_dtype(dtype) not in dtypes.INDICES:
        raise TypeError(f"Cannot convert a TensorShape to dtype: {as_dtype(dtype)}")


def _from_dimension(value: Dimension, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Tensor:
    if value.value is None:
        raise ValueError(f"Cannot convert an unknown Dimension to a Tensor: {value}")
    _check_size_type(dtype or dtypes.int32)
    return constant.constant(value.value, dtype or dtypes.int32, name=name or "shape_as_tensor")


register_tensor_conversion_function(TensorShape, _from_shape, 100)
register_tensor_conversion_function(Dimension, _from_dimension, 100)
