"""Conversion of Python values to tensors, by TF1's registry of conversion functions."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import Any

from minigraph.graph.conversion_errors import tensor_of_other_type, wrong_result
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.operation import Tensor

__all__ = ["convert_to_tensor", "convert_n_to_tensor"]

registry: list[tuple[int, Any, Callable]] = []  # priorities, types and functions, in the order to try them
by_type: dict[type, list[Callable]] = {}  # the functions for a type that has been seen


def convert_to_tensor(
    value: Any,
    dtype: Any = None,
    name: str | None = None,
    preferred_dtype: Any = None,
    dtype_hint: Any = None,
    as_ref: bool = False,
) -> Tensor:
    """Convert a number, list, numpy array, variable or tensor to a `Tensor`.

    Args:
        value: the value to convert.
        dtype: the type that the result must have; by default it follows from the value.
        name: the name of the node, if one is made.
        preferred_dtype, dtype_hint: a type to try first where `dtype` is None.
        as_ref: for a variable, return its ref tensor.

    Raises:
        TypeError: if the value cannot have that type.
        ValueError: if a tensor has another type.

    Example:
        >>> convert_to_tensor([1, 2], tf.float32, name="v")
        <tf.Tensor 'v:0' shape=(2,) dtype=float32>
    """
    if dtype is not None:
        dtype = as_dtype(dtype)
    if isinstance(value, Tensor):
        if not _has_type(value, dtype):
            raise tensor_of_other_type(value, dtype)
        return value
    prefix = f"{name}: " if name else ""
    hint = preferred_dtype if preferred_dtype is not None else dtype_hint
    for function in _functions_for(type(value)):
        result = NotImplemented
        if dtype is None and hint is not None:
            with contextlib.suppress(TypeError, ValueError):
                result = function(value, dtype=as_dtype(hint), name=name, as_ref=as_ref)
        if result is NotImplemented:
            result = function(value, dtype=dtype, name=name, as_ref=as_ref)
        if result is not NotImplemented:
            if not isinstance(result, Tensor) or not _has_type(result, dtype):
                raise wrong_result(result, value, dtype, prefix, function)
            return result
    raise TypeError(
        f"{prefix}Cannot convert {value!r} with type {type(value)} to Tensor: no conversion function registered."
    )


def _has_type(tensor: Tensor, dtype: DType | None) -> bool:
    return dtype is None or dtype.is_compatible_with(tensor.dtype)


def _functions_for(kind: type) -> list[Callable]:
    found = by_type.get(kind)
    if found is None:
        found = by_type[kind] = [f for _, base, f in registry if issubclass(kind, base)]
    return found


def convert_n_to_tensor(
    values: Any, dtype: Any = None, name: str | None = None, preferred_dtype: Any = None
) -> list[Tensor]:
    """Convert each value of a list to a tensor; new nodes are named `name_0`, `name_1`…"""
    if not isinstance(values, Sequence):
        raise TypeError("values must be a sequence.")
    return [
        convert_to_tensor(v, dtype, None if name is None else f"{name}_{i}", preferred_dtype)
        for i, v in enumerate(values)
    ]
