"""Gradients registered by name, which go before the rules of the definitions."""
from __future__ import annotations

from collections import ChainMap
from typing import Any, Callable, Mapping

__all__ = ["RegisterGradient", "gradients_of", "NotDifferentiable", "NoGradient", "gradient_registry"]

gradient_registry: dict[str, Callable | None] = {}


def gradients_of(graph: Any) -> Mapping[str, Callable | None]:
    """The gradients registered by name that count in a graph: those of all graphs, and its own of `custom_gradient`."""
    own = graph.kept("gradients", dict)
    return ChainMap(own, gradient_registry) if own else gradient_registry


def _register_gradient(name: str, function: Callable | None) -> None:
    if name in gradient_registry:
        raise KeyError(f"Registering two gradient with name '{name}'!")
    gradient_registry[name] = function


class RegisterGradient:
    """Registers a gradient function under a name, for `Graph.gradient_override_map` or a type without a gradient.

    Args:
        op_type: the name.

    Example:
        >>> @RegisterGradient("PassThrough")
        ... def _pass_through(op, grad):
        ...     return grad
        >>> RegisterGradient("PassThrough")(print)
        Traceback (most recent call last):
        ...
        KeyError: "Registering two gradient with name 'PassThrough'!"
        >>> del gradient_registry["PassThrough"]
    """

    def __init__(self, op_type: str):
        if not isinstance(op_type, str):
            raise TypeError("op_type must be a string")
        self._op_type = op_type

    def __call__(self, function: Callable) -> Callable:
        _register_gradient(self._op_type, function)
        return function


def NotDifferentiable(op_type: str) -> None:
    """Declares that operations of this type have no gradient: they pass None on.

    Args:
        op_type: the type, as `op.type` gives it.

    Raises:
        TypeError: if it is not a string.
        KeyError: if there is a gradient of that name already.

    Example:
        >>> NotDifferentiable("MyCounter")
        >>> gradient_registry.pop("MyCounter") is None
        True
    """
    if not isinstance(op_type, str):
        raise TypeError("op_type must be a string")
    _register_gradient(op_type, None)


NoGradient = NotDifferentiable
