"""How large the elements of a type are: in bytes, and as numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["Limits", "ml_dtypes"]


def ml_dtypes() -> Any:
    """Return the package that has bfloat16; TypeError if it is not installed."""
    try:
        import ml_dtypes
    except ImportError:
        raise TypeError("bfloat16 has no numpy type; pip install ml_dtypes") from None
    return ml_dtypes


class Limits:
    """The part of `DType` that knows the sizes and ranges of numbers."""

    __slots__ = ()
    _numpy: Any
    base_dtype: Any
    as_numpy_dtype: Any
    is_floating: Any
    is_integer: Any

    @property
    def size(self) -> int:
        """The number of bytes of an element (for strings a pointer, for handles 1, as in TF1)."""
        if self.base_dtype.name in ("resource", "variant"):
            return 1
        return 2 if self._numpy is None else np.dtype(self._numpy).itemsize

    @property
    def min(self) -> Any:
        """The smallest finite value."""
        return self._limits("minimum").min

    @property
    def max(self) -> Any:
        """The largest finite value."""
        return self._limits("maximum").max

    def _limits(self, which: str) -> Any:
        if self.is_floating:
            return (np if self._numpy is not None else ml_dtypes()).finfo(self.as_numpy_dtype)
        if self.is_integer:
            return np.iinfo(self.as_numpy_dtype)
        raise TypeError(f"Cannot find {which} value of {self}.")

    @property
    def limits(self) -> tuple:
        """The (smallest, largest) intensity of an image: (0, 1) for floats, as in TF1's image functions."""
        return (0, 1) if self.is_floating else (0, self.max)
