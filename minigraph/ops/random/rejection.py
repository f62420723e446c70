"""Random numbers drawn until one is accepted: each element has a part of the stream for itself, as in TF1's kernels."""

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.ops.math.special import lgamma_of
from minigraph.ops.random import philox
from minigraph.ops.random.normal import normal

__all__ = ["Elements", "draw_gamma", "draw_poisson"]


class Elements:
    """The streams of many elements, from which doubles are drawn as TF1's kernels do, the last of a block first.

    Args:
        rng: the stream.
        start: its block at which the first element begins; each has `philox.RESERVED` blocks.
        count: the number of elements.
    """

    def __init__(self, rng: philox.Philox, start: int, count: int):
        self._rng = rng
        self._next = np.uint64(start) + np.arange(count, dtype=np.uint64) * np.uint64(philox.RESERVED)
        self._left: dict[Any, np.ndarray] = {}
        self._stored: dict[Any, np.ndarray] = {}

    def draw(self, kind: Callable, which: np.ndarray) -> np.ndarray:
        """Return one number for each of the elements `which` (indices), of `kind`: `philox.unit` or `normal`."""
        left = self._left.setdefault(kind, np.zeros(self._next.size, np.int8))
        stored = self._stored.setdefault(kind, np.empty((self._next.size, 2)))
        empty = which[left[which] == 0]
        if empty.size:
            stored[empty] = kind(self._rng.blocks(self._next[empty]), np.float64)
            self._next[empty] += np.uint64(1)
            left[empty] = 2
        left[which] -= 1
        return stored[which, left[which]]


def draw_gamma(alphas: np.ndarray, elements: Elements) -> np.ndarray:
    """Return a draw from the gamma distribution of each parameter (Marsaglia and Tsang, 2000)."""
    result = np.full(alphas.shape, np.nan)
    one = np.flatnonzero(alphas == 1.0)
    result[one] = -np.log1p(-elements.draw(philox.unit, one))
    todo = np.flatnonzero((alphas != 1.0) & (alphas > 0))
    d = alphas + np.where(alphas < 1, 2.0 / 3, -1.0 / 3)
    while todo.size:
        x = elements.draw(normal, todo)
        v = 1 + 1.0 / 3 / np.sqrt(d[todo]) * x
        positive = v > 0
        trying, x, v = todo[positive], x[positive], v[positive] ** 3
        u = elements.draw(philox.unit, trying)
        with np.errstate(divide="ignore"):
            accepted = (u < 1 - 0.0331 * (x * x) * (x * x)) | (
                np.log(u) < 0.5 * x * x + d[trying] * (1 - v + np.log(v))
            )
        done = trying[accepted]
        result[done] = d[done] * v[accepted]
        small = done[alphas[done] < 1]
        result[small] *= elements.draw(philox.unit, small) ** (1 / alphas[small])
        todo = np.setdiff1d(todo, done, assume_unique=True)
    return result


def draw_poisson(rates: np.ndarray, elements: Elements, largest: float) -> np.ndarray:
    """Return a draw from the Poisson distribution of each rate: products below 10, Hörmann's rejection (1993) above."""
    result = np.full(rates.shape, np.nan)
    small = np.flatnonzero((rates >= 0) & (rates < 10))
    product, count = np.ones(small.size), np.zeros(small.size)
    open_ = np.arange(small.size)
    while open_.size:
        product[open_] *= elements.draw(philox.unit, small[open_])
        done = product[open_] <= np.exp(-rates[small[open_]])
        result[small[open_[done]]] = count[open_[done]]
        open_ = open_[~done]
        count[open_] += 1
    todo = np.flatnonzero((rates >= 10) & np.isfinite(rates))
    while todo.size:
        u = elements.draw(philox.unit, todo) - 0.5
        v = elements.draw(philox.unit, todo)
        k, accepted = _hoermann(rates[todo], u, v)
        accepted &= k <= largest
        result[todo[accepted]] = k[accepted]
        todo = todo[~accepted]
    return result


def _hoermann(rate: np.ndarray, u: np.ndarray, v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return candidates of two uniform numbers, and which of them are accepted."""
    b = 0.931 + 2.53 * np.sqrt(rate)
    a = -0.059 + 0.02483 * b
    shifted = 0.5 - np.abs(u)
    with np.errstate(all="ignore"):
        k = np.floor((2 * a / shifted + b) * u + rate + 0.43)
        at_once = (shifted >= 0.07) & (v <= 0.9277 - 3.6224 / (b - 2))
        never = (k < 0) | ((shifted < 0.013) & (v > shifted))
        log_v = np.log(v * (1.1239 + 1.1328 / (b - 3.4)) / (a / (shifted * shifted) + b))
        fits = log_v <= -rate + k * np.log(rate) - lgamma_of(np.maximum(k, 0) + 1)
    return k, at_once | (~never & fits)
