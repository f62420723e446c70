"""Gradient functions that programs have registered by name."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["gradient_registry", "gradients_of"]

gradient_registry: dict[str, Callable | None] = {}  # what the program has registered  # what the program has registered


def gradients_of(graph: Any) -> Mapping[str, Callable | None]:
    """Return the gradients registered by name that apply in a graph: the global ones and those of its
    `custom_gradient`s.
    """
    own = graph.kept("gradients", dict)
    return ChainMap(own, gradient_registry) if own else gradient_registry
