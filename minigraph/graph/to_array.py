"""Conversion of Python values to arrays: which elements a type accepts, and the default types."""

from __future__ import annotations

import numbers
from collections.abc import Iterator
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.conversion_errors import no_common_type, none_value, not_dense, wrong_element
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.operation import Tensor

__all__ = ["check_size", "encoded", "leaves", "to_array"]


def to_array(value: Any, dtype: DType | None = None) -> tuple[np.ndarray, DType]:
    """Return the array (strings are bytes in an array of objects) and element type that TF1 makes of a Python value.

    With a `dtype` a numpy array is cast to it, and a Python value must fit. Without one Python's floats are float32,
    and its integers int32 if they are small enough.

    Raises:
        TypeError: if an element does not fit the type, or the elements have no common type.
        ValueError: if the value is None, or its rows have different lengths.
        OverflowError: if an integer has more than 64 bits.

    Example:
        >>> to_array(1.5), to_array([1, 2])[1], to_array("a")[0].item()
        ((array(1.5, dtype=float32), tf.float32), tf.int32, b'a')
    """
    if hasattr(value, "__array__") and not isinstance(value, Tensor):
        array = np.array(value)  # a copy: later changes to the caller's array have no effect here
        if array.dtype.kind in "SUO" or dtype is dtypes.string:
            array = _string_array(array) if dtype in (None, dtypes.string) else _parsed(array, dtype)
        return _cast(array, dtype)
    if value is None:
        raise none_value()
    _check_elements(value, dtype)
    array = _array_of_list(value, dtype)
    if array.dtype.kind in "SUO":
        array = _strings_of_list(array, value)
    elif dtype is None:
        array = _in_default_type(array)
    return _cast(array, dtype)


def leaves(value: Any) -> Iterator[Any]:
    """Yield the elements of nested lists, tuples and ranges, in order."""
    todo = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, (list, tuple, range)):
            todo.extend(reversed(item))
        else:
            yield item


def check_size(array: np.ndarray, shape: tuple, verify: bool) -> int:
    """Return the number of elements of a shape that an array is extended to, or (`verify`) has."""
    if verify and array.shape != shape:
        raise TypeError(f"Expected Tensor's shape: {shape}, got {array.shape}.")
    if array.size > (size := int(np.prod(shape, dtype=np.int64))):
        raise ValueError(f"Too many elements provided. Needed at most {size}, but received {array.size}")
    return size


def _cast(array: np.ndarray, dtype: DType | None) -> tuple[np.ndarray, DType]:
    found = as_dtype(array.dtype)
    if dtype is None or dtype is found:
        return array, found
    with np.errstate(all="ignore"):
        return array.astype(dtype.as_numpy_dtype), dtype


def _in_default_type(array: np.ndarray) -> np.ndarray:
    """Convert an array to TF1's default types, which are half as wide as numpy's."""
    if array.dtype == np.float64:
        with np.errstate(over="ignore"):
            return array.astype(np.float32)
    if array.dtype == np.int64:
        small = array.astype(np.int32)
        return small if np.array_equal(small, array) else array
    return array


def _array_of_list(value: Any, dtype: DType | None) -> np.ndarray:
    if dtype is not None and dtype.is_integer and any(_is_dimension(item, dtype) for item in leaves(value)):
        value = np.array(value, np.int64)
    kind = None if dtype is None else np.dtype(dtype.as_numpy_dtype)
    try:
        array = np.array(value, kind if kind is not None and kind.kind in "fcO" else None)
    except ValueError:  # numpy 1.24 and later reject what TF1's numpy took for a list of objects
        raise not_dense(value) if dtype is None else ValueError("setting an array element with a sequence.") from None
    if kind is not None and kind.kind in "iu" and array.size:
        _check_integers(array, kind)
    return array


def _check_integers(array: np.ndarray, kind: np.dtype) -> None:
    """Raise OverflowError if numpy took integers for objects or uint64, which they fit, and not for what is wanted."""
    if array.dtype == object or array.dtype == np.uint64 != kind:
        raise OverflowError("Python int too large to convert to C long")


def _strings_of_list(array: np.ndarray, value: Any) -> np.ndarray:
    """Return strings as an array of objects, built anew because numpy's own strings lose trailing zeros."""
    flat = list(leaves(value))
    if not all(isinstance(v, (str, bytes)) for v in flat):
        raise no_common_type(value)
    if len(flat) != array.size:
        raise not_dense(value)
    return encoded(flat, array.shape)


def _string_array(array: np.ndarray) -> np.ndarray:
    flat = array.ravel().tolist()
    for item in flat:
        if not isinstance(item, (str, bytes)):
            raise TypeError(f"Expected binary or unicode string, got {item!r}")
    return encoded(flat, array.shape)


def encoded(strings: list, shape: tuple) -> np.ndarray:
    """Return strings as an array of objects, all of them bytes."""
    result = np.empty(len(strings), dtype=object)
    result[:] = [v.encode() if isinstance(v, str) else v for v in strings]
    return result.reshape(shape)


def _parsed(array: np.ndarray, dtype: DType) -> np.ndarray:
    """Parse an array of strings or objects as numbers by numpy's rules: ["1.5"] is valid, ["a"] is not."""
    if array.dtype.kind in "SU":
        array = array.astype(np.str_).astype(object)
    return array.astype(np.int64).astype(bool) if dtype.is_bool else array.astype(dtype.as_numpy_dtype)


_ACCEPTED: dict[str, tuple] = {
    "f": (numbers.Real, np.integer, np.floating),
    "i": (numbers.Integral, np.integer),
    "u": (numbers.Integral, np.integer),
    "b": (bool,),
    "c": (numbers.Complex, np.number),
    "O": (str, bytes),
}


def _check_elements(value: Any, dtype: DType | None) -> None:
    if dtype is None:
        if any(isinstance(item, Tensor) for item in leaves(value)):
            raise TypeError("List of Tensors when single Tensor expected")
        return
    accepted = _accepted(dtype)
    for item in leaves(value):
        if not (isinstance(item, accepted) or isinstance(item, np.ndarray) and item.ndim or _is_dimension(item, dtype)):
            raise wrong_element(item, dtype)


def _accepted(dtype: DType) -> tuple:
    """Return the Python and numpy types of the elements that a type takes."""
    kind = np.dtype(dtype.as_numpy_dtype).kind
    if kind == "V" and not dtype.is_floating:  # only bfloat16 has numbers
        raise TypeError(f"There are no tensors of {dtype.name}.")
    return _ACCEPTED["f" if dtype.is_floating else kind]


def _is_dimension(item: Any, dtype: DType) -> bool:
    """Return True for a size of a static shape, which may stand among integers."""
    return dtype.is_integer and hasattr(item, "__index__") and hasattr(item, "value")
