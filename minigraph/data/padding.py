"""Batches of elements of different sizes, filled up to one."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.data import structure
from minigraph.data.base import DatasetBase
from minigraph.data.sparse_spec import SparseTensorSpec
from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import constant_value, constant_value_as_shape
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape, as_shape
from minigraph.ops.data import batching

__all__ = ["padded_batches"]


def padded_batches(
    dataset: DatasetBase, batch_size: Any, padded_shapes: Any, padding_values: Any, drop_remainder: Any
) -> tuple[Tensor, Any, list]:
    """Return the parts of a dataset of padded batches: its tensor, the structure of its elements, its inputs."""
    specs = structure.flatten(dataset.element_spec)
    if any(isinstance(each, SparseTensorSpec) for each in specs):
        raise TypeError(
            "Batching of padded sparse tensors is not currently supported\n"
            "Batch them by dataset.batch, which does not ask for equal sizes, or map tf.sparse_tensor_to_dense first."
        )
    size = convert_to_tensor(batch_size, dtypes.int64, name="batch_size")
    given = structure.flatten_up_to(dataset.output_shapes, padded_shapes)
    shapes = [_shape_tensor(shape, each.shape) for shape, each in zip(given, specs)]
    fill = [_default(each.dtype) for each in specs]
    if padding_values is not None:
        fill = structure.flatten_up_to(dataset.output_shapes, padding_values)
    values = [_value_tensor(value, each.dtype) for value, each in zip(fill, specs)]
    drop = convert_to_tensor(drop_remainder, dtypes.bool_, name="drop_remainder")
    rows = TensorShape([constant_value(size) if constant_value(drop) else None])
    batches = [each.with_shape(rows.concatenate(constant_value_as_shape(shape))) for each, shape in zip(specs, shapes)]
    spec = structure.pack(dataset.element_spec, batches)
    flat = structure.flat(spec)
    kind = batching.PaddedBatchDatasetV2(flat["output_types"], flat["output_shapes"])
    return apply(kind, dataset._variant_tensor, size, *shapes, *values, drop), spec, [dataset]


def _default(dtype: DType) -> Any:
    return "" if dtype is dtypes.string else np.zeros((), dtype.as_numpy_dtype)


def _shape_tensor(shape: Any, of: TensorShape) -> Tensor:
    """Return a shape to which a component is filled up as a vector, -1 for the largest size in the batch."""
    try:
        known = as_shape(shape)
        sizes = [-1 if size is None else size for size in known.as_list()]
        tensor = convert_to_tensor(np.array(sizes, np.int64), dtypes.int64)
    except (TypeError, ValueError):
        tensor = convert_to_tensor(shape, preferred_dtype=dtypes.int64)
        if tensor.shape.ndims not in (None, 1):
            raise ValueError(
                f"Padded shape {shape} must be a 1-D tensor of tf.int64 values, but its shape was {tensor.shape}."
            ) from None
        if tensor.dtype != dtypes.int64:
            raise TypeError(
                f"Padded shape {shape} must be a 1-D tensor of tf.int64 values, but its element type was "
                f"{tensor.dtype.name}."
            ) from None
        known = constant_value_as_shape(tensor)
    if not _fits(known, of):
        raise ValueError(
            f"The padded shape {known} is not compatible with the corresponding input component shape {of}."
        )
    return tensor


def _fits(padded: TensorShape, own: TensorShape) -> bool:
    if padded.ndims is None or own.ndims is None:
        return True
    if padded.ndims != own.ndims:
        return False
    return all(a is None or b is None or a >= b for a, b in zip(padded.as_list(), own.as_list()))


def _value_tensor(value: Any, dtype: DType) -> Tensor:
    tensor = convert_to_tensor(value, name="padding_value")
    if not tensor.shape.is_compatible_with(TensorShape([])):
        raise ValueError(f"Padding value should be a scalar, but is not: {tensor}")
    if tensor.dtype != dtype:
        raise TypeError(f"Padding value tensor ({tensor}) does not match output type: {dtype}")
    return tensor
