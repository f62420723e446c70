"""What all lookup tables have in common."""

from __future__ import annotations

from typing import Any

from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.operation import Tensor
from minigraph.graph.sparse_tensor import SparseTensor

__all__ = ["LookupInterface", "check_keys", "values_of", "with_values_of"]


class LookupInterface:
    """The base of lookup tables.

    Args:
        key_dtype, value_dtype: the types of keys and values.
    """

    def __init__(self, key_dtype: Any, value_dtype: Any):
        self._key_dtype, self._value_dtype = as_dtype(key_dtype), as_dtype(value_dtype)

    @property
    def key_dtype(self) -> DType:
        """The type of the keys."""
        return self._key_dtype

    @property
    def value_dtype(self) -> DType:
        """The type of the values."""
        return self._value_dtype

    @property
    def name(self) -> Any:
        """The name of the table."""
        return NotImplementedError

    def size(self, name: str | None = None) -> Tensor:
        """Return the number of entries."""
        raise NotImplementedError

    def lookup(self, keys: Any, name: str | None = None) -> Any:
        """Return the values at keys."""
        raise NotImplementedError


def check_keys(table: LookupInterface, keys: Any) -> None:
    """Raise TypeError unless keys have the type of the table's."""
    if keys.dtype.base_dtype != table.key_dtype:
        raise TypeError(f"Signature mismatch. Keys must be dtype {table.key_dtype}, got {keys.dtype}.")


def values_of(keys: Any) -> Tensor:
    """Return the elements of a sparse tensor, any other tensor as it is."""
    return keys.values if isinstance(keys, SparseTensor) else keys


def with_values_of(keys: Any, values: Tensor) -> Any:
    """Return values in the place of keys: as a sparse tensor if the keys are one."""
    return keys.with_values(values) if isinstance(keys, SparseTensor) else values
