"""Conversion of Python values to tensors, by TF1's registry of conversion functions."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import Any

from minigraph.graph.advice import element
from minigraph.graph.code import code, name_of
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.operation import Operation, Tensor

__all__ = ["convert_to_tensor", "convert_n_to_tensor", "register_tensor_conversion_function"]

_registry: list[tuple[int, Any, Callable]] = []
_by_type: dict[type, list[Callable]] = {}


def register_tensor_conversion_function(base_type: Any, conversion_func: Callable, priority: int = 100) -> None:
    """Register a function that converts values of a type to tensors.

    Args:
        base_type: a type or a tuple of types; instances of subclasses are converted too.
        conversion_func: called as `f(value, dtype=None, name=None, as_ref=False)`; returns a Tensor or NotImplemented.
        priority: functions with smaller numbers are tried first.

    Raises:
        TypeError: if `base_type` is not a type or the function is not callable.

    Example:
        >>> class Celsius:
        ...     degrees = 21.0
        >>> register_tensor_conversion_function(
        ...     Celsius, lambda v, dtype=None, name=None, as_ref=False: tf.constant(v.degrees, dtype, name=name))
        >>> print(sess.run(Celsius() + tf.constant(1.0)))
        22.0
    """
    types = base_type if isinstance(base_type, tuple) else (base_type,)
    if not all(isinstance(t, type) for t in types):
        raise TypeError("base_type must be a type or a tuple of types.")
    if not callable(conversion_func):
        raise TypeError("conversion_func must be callable.")
    _registry.append((priority, base_type, conversion_func))
    _registry.sort(key=lambda entry: entry[0])  # stable: equal priorities keep their order
    _by_type.clear()


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
        if dtype is not None and not dtype.is_compatible_with(value.dtype):
            told = code(f"tf.cast({name_of(value)}, tf.{dtype.name})", "x")
            raise ValueError(
                f"Tensor conversion requested dtype {dtype.name} for Tensor with dtype "
                f"{value.dtype.name}: {value!r}\nCast it: {told}"
            )
        return value
    hint = preferred_dtype if preferred_dtype is not None else dtype_hint
    for function in _functions_for(type(value)):
        result = NotImplemented
        if dtype is None and hint is not None:
            with contextlib.suppress(TypeError, ValueError):
                result = function(value, dtype=as_dtype(hint), name=name, as_ref=as_ref)
        if result is NotImplemented:
            result = function(value, dtype=dtype, name=name, as_ref=as_ref)
        if result is not NotImplemented:
            return _checked(result, value, dtype, name, function)
    prefix = f"{name}: " if name else ""
    raise TypeError(
        f"{prefix}Cannot convert {value!r} with type {type(value)} to Tensor: no conversion function registered."
    )


def _checked(result: Any, value: Any, dtype: DType | None, name: str | None, function: Callable) -> Tensor:
    is_tensor = isinstance(result, Tensor)
    if is_tensor and (dtype is None or dtype.is_compatible_with(result.dtype)):
        return result
    text = f"{name}: " if name else ""
    text += f"Conversion function {function!r} for type {type(value)} returned"
    if dtype is None or not is_tensor:
        raise RuntimeError(f"{text} non-Tensor: {result!r}")
    text += f" incompatible dtype: requested = {dtype.name}, actual = {result.dtype.name}"
    if dtype._is_ref:
        text += f"\n{dtype.name} is the type of a variable; its value has the type v.dtype.base_dtype."
    raise RuntimeError(text)


def _functions_for(kind: type) -> list[Callable]:
    found = _by_type.get(kind)
    if found is None:
        found = _by_type[kind] = [f for _, base, f in _registry if issubclass(kind, base)]
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


def _refuse(op: Operation, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Tensor:
    advice = f"\nYou may have meant one of its outputs: {code(element(op.outputs[0]))}" if op.outputs else ""
    raise TypeError(
        f"Can't convert Operation '{op.name}' to Tensor (target dtype={dtype!r}, name={name!r}, "
        f"as_ref={as_ref!r}){advice}"
    )


register_tensor_conversion_function(Operation, _refuse, priority=0)
