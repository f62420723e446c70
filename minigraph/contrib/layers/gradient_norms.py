"""The norm of a gradient, dense or sparse."""

from __future__ import annotations

from minigraph.graph.operation import Tensor
from minigraph.ops.math import global_norm

__all__ = ["norm_of"]


def norm_of(pairs: list) -> Tensor:
    """Return the global norm of the gradients; duplicate rows of an `IndexedSlices` are not summed first, as in TF1."""
    return global_norm.global_norm([gradient for gradient, _ in pairs])
