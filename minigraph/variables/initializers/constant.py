"""Zeros, ones and other constants as initial values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor
from minigraph.ops.arrays import constant, fill
from minigraph.variables.initializers.base import Initializer

__all__ = ["Zeros", "Ones", "Constant", "zeros_initializer", "ones_initializer", "constant_initializer"]


class Zeros(Initializer):
    """Zeros."""

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        return fill.zeros(shape, self._dtype(dtype))


class Ones(Initializer):
    """Ones."""

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        return fill.ones(shape, self._dtype(dtype))


class Constant(Initializer):
    """A value, or the elements of a list; a short list is continued with its last element.

    Args:
        value: a number, list or array.
        dtype: the type where none is asked for.
        verify_shape: raise TypeError where the value does not have just the shape asked for.

    Raises:
        TypeError: if the value is of another kind.

    Example:
        >>> print(tf.constant_initializer([1, 2, 3])([2, 2]).eval())
        [[1. 2.]
         [3. 3.]]
    """

    _arguments = ("value",)

    def __init__(self, value: Any = 0, dtype: Any = dtypes.float32, verify_shape: bool = False):
        if not (np.isscalar(value) or isinstance(value, (list, tuple, np.ndarray))):
            wanted = "Python scalar, list or tuple of values, or numpy.ndarray"
            raise TypeError(f"Invalid type for initial value: {type(value)} (expected {wanted}).")
        super().__init__(dtype)
        self.value, self._verify_shape = value, verify_shape

    def __call__(
        self, shape: Sequence, dtype: Any = None, partition_info: Any = None, verify_shape: bool | None = None
    ) -> Tensor:
        verify = self._verify_shape if verify_shape is None else verify_shape
        return constant.constant(self.value, self._dtype(dtype), shape, verify_shape=verify)


zeros_initializer, ones_initializer, constant_initializer = Zeros, Ones, Constant
