"""The gradients that programs have registered by name."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["gradient_registry", "gradients_of"]

gradient_registry: dict[str, Callable | None] = {}  # what the program has registered  # what the program has registered


def gradients_of(graph: Any) -> Mapping[str, Callable | None]:
    """Return the gradients registered by name that count in a graph: those of all graphs, and its own of
    `custom_gradient`.
    """
    own = graph.kept("gradients", dict)
    return ChainMap(own, gradient_registry) if own else gradient_registry
