"""The rules of `lint`: functions from a `Scene` to findings."""

from __future__ import annotations

from collections.abc import Callable

from minigraph.explain.rules import building, running, training

__all__ = ["RULES"]

RULES: list[Callable] = [getattr(module, name) for module in (training, running, building) for name in module.__all__]
