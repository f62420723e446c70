"""Registration of functions that convert Python values to tensors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph.advice import element
from minigraph.graph.code import code
from minigraph.graph.convert import by_type, registry
from minigraph.graph.operation import Operation, Tensor

__all__ = ["register_tensor_conversion_function"]


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
    registry.append((priority, base_type, conversion_func))
    registry.sort(key=lambda entry: entry[0])  # stable: equal priorities keep their order
    by_type.clear()


def _refuse(op: Operation, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Tensor:
    advice = f"\nYou may have meant one of its outputs: {code(element(op.outputs[0]))}" if op.outputs else ""
    raise TypeError(
        f"Can't convert Operation '{op.name}' to Tensor (target dtype={dtype!r}, name={name!r}, "
        f"as_ref={as_ref!r}){advice}"
    )


register_tensor_conversion_function(Operation, _refuse, priority=0)
