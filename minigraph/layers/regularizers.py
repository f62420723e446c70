"""The regularizers that layers accept by name, with Keras's factors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.ops.math import powers, reductions, signs

__all__ = ["REGULARIZERS"]


def _l1_l2(l1: float, l2: float) -> Callable:
    def regularize(x: Any) -> Any:
        total: Any = 0.0
        if l1:
            total += l1 * reductions.reduce_sum(signs.abs(x))
        if l2:
            total += l2 * reductions.reduce_sum(powers.square(x))
        return total

    return regularize


REGULARIZERS: dict[str, Callable] = {
    "l1": lambda: _l1_l2(0.01, 0.0),
    "l2": lambda: _l1_l2(0.0, 0.01),
    "l1_l2": lambda: _l1_l2(0.01, 0.01),
}
