"""Conversions of values, lists and sparse gradients to tensors."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Tensor
from minigraph.graph.register_conversion import register_tensor_conversion_function
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.to_array import leaves
from minigraph.ops.arrays import cast_all, constant, stack
from minigraph.ops.math import segments


def _from_value(value: Any, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Tensor:
    return constant.constant(value, dtype, name=name or "Const")


def _from_list(value: Any, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Any:
    """Convert a list that contains tensors: `[tf.shape(x)[0], 10]`."""
    first = next((v for v in leaves(value) if _is_tensor_like(v)), None)
    if as_ref or first is None:
        return NotImplemented
    inferred = first.dtype.base_dtype
    wanted = inferred if dtype is None else as_dtype(dtype)
    return _pack(value if wanted == inferred else cast_all.cast_all(value, wanted), wanted, name or "packed")


def _is_tensor_like(value: Any) -> bool:
    return isinstance(value, Tensor) or hasattr(value, "_as_graph_element")


def _pack(values: Any, dtype: DType, name: str) -> Any:
    """Pack a list that contains tensors; return any other list unchanged (though its name is used up, as in TF1)."""
    with atomic_scope(name) as scope:
        items = [_pack(v, dtype, str(i)) if isinstance(v, (list, tuple)) else v for i, v in enumerate(values)]
        for value in items:
            if _is_tensor_like(value) and value.dtype.base_dtype != dtype:
                both = f"a tensor of dtype {value.dtype} to {dtype} (Tensor is: {value!r})"
                raise TypeError(f"Cannot convert a list containing {both}")
        if not any(_is_tensor_like(v) for v in items):
            return items
        tensors = [v if _is_tensor_like(v) else constant.constant(v, dtype, name=str(i)) for i, v in enumerate(items)]
        return apply(stack.Pack(axis=0), *tensors, name=scope)


def _from_slices(value: IndexedSlices, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Tensor:
    """Densify rows, summing those with the same index."""
    if dtype is not None and not as_dtype(dtype).is_compatible_with(value.dtype):
        both = f"dtype {as_dtype(dtype).name} for IndexedSlices with dtype {value.dtype.name}"
        raise ValueError(f"Tensor conversion requested {both}")
    if value.dense_shape is None:
        raise ValueError(f"Tensor conversion requested for IndexedSlices without dense_shape: {value}")
    return segments.unsorted_segment_sum(value.values, value.indices, value.dense_shape[0], name=name)


register_tensor_conversion_function(object, _from_value, 200)
register_tensor_conversion_function((list, tuple), _from_list, 99)
register_tensor_conversion_function(IndexedSlices, _from_slices, 100)
