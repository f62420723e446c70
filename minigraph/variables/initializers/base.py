"""`Initializer`, the base of all initializers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.operation import Tensor

__all__ = ["Initializer", "floating"]


class Initializer:
    """A function of (shape, dtype) that builds an initial value; `get_config()` gives its arguments.

    Example:
        >>> zeros = tf.zeros_initializer()
        >>> zeros.get_config(), tf.zeros_initializer.from_config(zeros.get_config()).dtype
        ({'dtype': 'float32'}, tf.float32)
    """

    _arguments: tuple[str, ...] = ()

    def __init__(self, dtype: Any = dtypes.float32):
        self.dtype = as_dtype(dtype)

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        raise NotImplementedError

    def _dtype(self, dtype: Any) -> DType:
        return self.dtype if dtype is None else as_dtype(dtype)

    def get_config(self) -> dict:
        """Return the arguments, as plain values."""
        return {**{name: getattr(self, name) for name in self._arguments}, "dtype": self.dtype.name}

    @classmethod
    def from_config(cls, config: dict) -> Initializer:
        """Make an initializer of what `get_config` gave."""
        return cls(**config)


def floating(dtype: Any) -> DType:
    """Return `dtype` as a `DType`; raise ValueError if it is not a floating point type."""
    dtype = as_dtype(dtype)
    if not dtype.is_floating:
        raise ValueError(f"Expected floating point type, got {dtype}.")
    return dtype
