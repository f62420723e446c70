"""Rules of definitions that many operations share: `gradient = no_gradient`, `shape = scalar`."""

from __future__ import annotations

from typing import Any

from minigraph.graph.opdef import OpDef
from minigraph.graph.shapes import TensorShape

__all__ = ["no_gradient", "scalar"]


def no_gradient(self: OpDef, tf: Any, dy: Any, y: Any, /, *inputs: Any) -> list[None]:
    """Return None for each input: no gradient flows through the operation, as in TF1."""
    return [None] * len(inputs)


def scalar(self: OpDef, *shapes: Any) -> TensorShape:
    """Return the shape of an operation whose result is a scalar."""
    return TensorShape.of(())
