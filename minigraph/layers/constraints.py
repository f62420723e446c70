"""The constraints that layers accept by name: functions applied to a variable after each optimizer update."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.ops.arrays import cast
from minigraph.ops.math import clip, comparison, powers, reductions

__all__ = ["CONSTRAINTS"]

_EPSILON = 1e-7


def _non_neg(w: Any) -> Any:
    return w * cast.cast(comparison.greater_equal(w, 0.0), w.dtype.base_dtype)


def _clipped(x: Any, least: float, most: float) -> Any:
    low, high = (convert_to_tensor(number, x.dtype.base_dtype) for number in (least, most))
    return clip.clip_by_value(x, low, high)


def _norms(w: Any) -> Any:
    squares = reductions.reduce_sum(powers.square(w), axis=0, keepdims=True)
    return powers.sqrt(_clipped(squares, 0.0, float("inf")))


def _max_norm(w: Any) -> Any:
    norms = _norms(w)
    return w * (_clipped(norms, 0.0, 2.0) / (_EPSILON + norms))


def _unit_norm(w: Any) -> Any:
    return w / (_EPSILON + _norms(w))


CONSTRAINTS: dict[str, Callable] = {"non_neg": _non_neg, "max_norm": _max_norm, "unit_norm": _unit_norm}
