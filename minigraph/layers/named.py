"""Lookup of an argument given by name, such as "relu". The names are those of Keras, as in TF1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.layers.activations import ACTIVATIONS
from minigraph.layers.constraints import CONSTRAINTS
from minigraph.layers.initializers import INITIALIZERS
from minigraph.layers.regularizers import REGULARIZERS

__all__ = ["activation", "initializer", "regularizer", "constraint", "linear"]


def linear(x: Any) -> Any:
    """Return x: the activation of a layer without one."""
    return x


def _found(given: Any, table: dict[str, Callable], unknown: str, kind: str) -> Any:
    if given is None or callable(given):
        return given
    if not isinstance(given, str):
        raise ValueError(f"Could not interpret {kind} identifier: {given}")
    if given not in table:
        raise ValueError(f"{unknown}{given}\nThere are: {', '.join(table)}.")
    return table[given]


def activation(given: Any) -> Callable:
    """Return an activation function; `linear` for None.

    Example:
        >>> activation("relu").__name__, activation(None).__name__
        ('relu', 'linear')
    """
    if given is None:
        return linear
    if not (callable(given) or isinstance(given, str)):
        raise TypeError(f"Could not interpret activation function identifier: {given!r}")
    return _found(given, {"linear": linear, **ACTIVATIONS}, "Unknown activation function:", "activation")


def initializer(given: Any) -> Any:
    """Return an initializer, or None."""
    found = _found(given, INITIALIZERS, "Unknown initializer:", "initializer")
    return found() if isinstance(given, str) else found


def regularizer(given: Any) -> Any:
    """Return a regularizer, or None."""
    found = _found(given, REGULARIZERS, "Unknown regularizer:", "regularizer")
    return found() if isinstance(given, str) else found


def constraint(given: Any) -> Any:
    """Return a constraint, or None."""
    return _found(given, CONSTRAINTS, "Unknown constraint: ", "constraint")
