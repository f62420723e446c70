"""The random numbers of TF1's CPU kernels: Philox 4x32-10 and the distributions built on it.

Philox maps a counter of 128 bits and a key of 64 to four numbers of 32 bits, independently for each counter, so that
whole arrays are computed at once. Source: Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (2011); Box and
Muller (1958).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["Philox", "uniform", "uniform_int", "standard_normal", "truncated_normal", "shuffle", "multinomial"]

_MULTIPLIERS = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_KEY_STEPS = 0x9E3779B9, 0xBB67AE85
_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_CHUNK = 1 << 13  # blocks computed at a time, which fit into the cache
_RESERVED = 256  # reserved by the kernels for each number, in case of rejections
_SMALLEST = 1e-7  # keeps the logarithm finite


class Philox:
    """A random stream: the key, and the counter of the next block of four numbers.

    Args:
        seed: the key, 64 bits; if both seeds are omitted, the system chooses them.
        seed2: the upper half of the counter, 64 bits.

    Example:
        >>> uniform(Philox(1, 2), (2,), np.float32).tolist() == uniform(Philox(1, 2), (2,), np.float32).tolist()
        True
    """

    __slots__ = ("key", "high", "next", "_lock")

    def __init__(self, seed: int | None = None, seed2: int | None = None):
        if seed is None and seed2 is None:
            seed, seed2 = (int.from_bytes(os.urandom(8), "little") for _ in range(2))
        seed = (seed or 0) & 0xFFFFFFFFFFFFFFFF
        self.key = seed & 0xFFFFFFFF, seed >> 32
        self.high = (seed2 or 0) & 0xFFFFFFFFFFFFFFFF
        self.next = 0
        self._lock = threading.Lock()

    def reserve(self, count: int) -> int:
        """Reserve `count` blocks; return the counter of the first."""
        with self._lock:
            start = self.next
            self.next += count
            return start

    def blocks(self, counters: Any) -> np.ndarray:
        """Return the four numbers of each counter: uint32, with an axis of 4 at the end."""
        c0, c1 = counters & _LOW, counters >> _SHIFT
        c2: Any = np.uint64(self.high & 0xFFFFFFFF)
        c3: Any = np.uint64(self.high >> 32)
        k0, k1 = self.key
        for _ in range(10):
            p0, p1 = c0 * _MULTIPLIERS[0], c2 * _MULTIPLIERS[1]
            c0, c2 = (p1 >> _SHIFT) ^ c1 ^ np.uint64(k0), (p0 >> _SHIFT) ^ c3 ^ np.uint64(k1)
            c1, c3 = p1 & _LOW, p0 & _LOW
            k0, k1 = (k0 + _KEY_STEPS[0]) & 0xFFFFFFFF, (k1 + _KEY_STEPS[1]) & 0xFFFFFFFF
        result = np.empty((*counters.shape, 4), np.uint32)
        for i, column in enumerate((c0, c1, c2, c3)):
            result[..., i] = column
        return result


def _counters(start: int, count: int) -> np.ndarray:
    return np.arange(count, dtype=np.uint64) + np.uint64(start)


def _fill(rng: Philox, shape: tuple, dtype: Any, group: int, transform: Callable) -> np.ndarray:
    """Fill an array: `transform` makes `group` elements of each block of four numbers."""
    result = np.empty(shape, dtype)
    flat = result.reshape(-1)
    start = rng.reserve(flat.size * _RESERVED)
    for at in range(0, flat.size, _CHUNK * group):
        part = flat[at : at + _CHUNK * group]
        blocks = -(-part.size // group)
        part[:] = transform(rng.blocks(_counters(start + at // group, blocks))).reshape(-1)[: part.size]
    return result


def fraction(words: np.ndarray, dtype: Any) -> np.ndarray:
    """Convert random bits to numbers in [0, 1); a double takes two words."""
    if dtype == np.float64:
        bits = ((words[..., 0::2].astype(np.uint64) & np.uint64(0xFFFFF)) << _SHIFT) | words[..., 1::2]
        return bits * 2.0**-52
    bits, scale = (0x3FF, 2.0**-10) if dtype == np.float16 else (0x7FFFFF, 2.0**-23)
    return (words & np.uint32(bits)).astype(np.float32) * np.float32(scale)


def _group(dtype: Any) -> int:
    return 2 if dtype in (np.float64, np.int64) else 4


def uniform(rng: Philox, shape: tuple, dtype: Any) -> np.ndarray:
    """Return uniform numbers in [0, 1).

    Args:
        rng: the stream, which advances.
        shape: the shape.
        dtype: float16, float32 or float64.

    Example:
        >>> uniform(Philox(1, 2), (3,), np.float64).dtype
        dtype('float64')
    """
    return _fill(rng, shape, dtype, _group(dtype), lambda words: fraction(words, dtype))


def uniform_int(rng: Philox, shape: tuple, minval: Any, maxval: Any, dtype: Any) -> np.ndarray:
    """Return uniform integers in [minval, maxval).

    Args:
        rng: the stream, which advances.
        shape: the shape.
        minval, maxval: the limits.
        dtype: int32 or int64.

    Example:
        >>> uniform_int(Philox(1, 2), (100,), -3, 4, np.int32).min()
        np.int32(-3)
    """
    dtype = np.dtype(dtype)
    width = int(maxval) - int(minval)

    def transform(words: np.ndarray) -> np.ndarray:
        if dtype == np.int64:
            bits = words[..., 0::2] | (words[..., 1::2].astype(np.uint64) << _SHIFT)
            return (bits % np.uint64(width)).astype(np.int64) + np.int64(minval)
        return ((words % np.uint32(width)).astype(np.int64) + int(minval)).astype(np.int32)

    return _fill(rng, shape, dtype, _group(dtype), transform)


def _normal(words: np.ndarray, dtype: Any) -> np.ndarray:
    """Convert pairs of uniform numbers to pairs of normal ones (Box and Muller)."""
    if dtype == np.float64:
        unit = fraction(words, np.float64)
        radius = np.sqrt(-2.0 * np.log(np.maximum(unit[..., 0::2], _SMALLEST)))
        angle = 2.0 * np.pi * unit[..., 1::2]
        return _interleaved(radius * np.sin(angle), radius * np.cos(angle))
    unit = fraction(words, np.float32)
    # The kernels' single-precision functions are nearly always correctly rounded: so are rounded double ones.
    logs = np.log(np.maximum(unit[..., 0::2], np.float32(_SMALLEST)).astype(np.float64)).astype(np.float32)
    radius = np.sqrt(np.float32(-2.0) * logs)
    angle = (2.0 * np.pi * unit[..., 1::2].astype(np.float64)).astype(np.float32).astype(np.float64)
    return _interleaved(radius * np.sin(angle).astype(np.float32), radius * np.cos(angle).astype(np.float32))


def _interleaved(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    result = np.empty((*a.shape[:-1], 2 * a.shape[-1]), a.dtype)
    result[..., 0::2], result[..., 1::2] = a, b
    return result


def standard_normal(rng: Philox, shape: tuple, dtype: Any) -> np.ndarray:
    """Return normal numbers of mean 0 and standard deviation 1.

    Args:
        rng: the stream, which advances.
        shape: the shape.
        dtype: float16, float32 or float64.

    Example:
        >>> abs(float(standard_normal(Philox(1, 2), (10000,), np.float32).mean())) < 0.05
        True
    """
    return _fill(rng, shape, dtype, _group(dtype), lambda words: _normal(words, dtype))


def truncated_normal(rng: Philox, shape: tuple, dtype: Any) -> np.ndarray:
    """Return normal numbers, redrawn until they are less than 2 away from 0.

    Each group of four numbers (two doubles) draws from its own part of the stream.

    Args:
        rng: the stream, which advances.
        shape: the shape.
        dtype: float16, float32 or float64.

    Example:
        >>> float(abs(truncated_normal(Philox(1, 2), (1000,), np.float32)).max()) < 2
        True
    """
    group = _group(dtype)
    result = np.empty(shape, dtype)
    flat = result.reshape(-1)
    first = rng.reserve(flat.size * _RESERVED)
    distance = group * _RESERVED // 4
    for at in range(0, flat.size, _CHUNK * group):
        part = flat[at : at + _CHUNK * group]
        groups = -(-part.size // group)
        starts = _counters(0, groups) * np.uint64(distance) + np.uint64(first + at // group * distance)
        part[:] = _first_inside(rng, starts, group, dtype).reshape(-1)[: part.size]
    return result


def _first_inside(rng: Philox, starts: np.ndarray, group: int, dtype: Any) -> np.ndarray:
    """Return, for each start, the first `group` normal numbers of its part that are less than 2 away from 0."""
    found = _normal(rng.blocks(starts), dtype)
    todo = np.flatnonzero((np.abs(found) >= 2).any(axis=-1))
    blocks = 2
    while todo.size:
        counters = starts[todo, None] + np.arange(blocks, dtype=np.uint64)
        drawn = _normal(rng.blocks(counters).reshape(todo.size, -1), dtype)
        inside = np.abs(drawn) < 2
        enough = inside.sum(axis=-1) >= group
        order = np.argsort(~inside[enough], axis=-1, kind="stable")[:, :group]
        found[todo[enough]] = np.take_along_axis(drawn[enough], order, -1)
        todo = todo[~enough]
        blocks *= 2
    return found


def shuffle(rng: Philox, array: np.ndarray) -> np.ndarray:
    """Return the rows in a random order (Fisher and Yates).

    Args:
        rng: the stream, which advances.
        array: an array; a scalar is returned unchanged.

    Example:
        >>> sorted(shuffle(Philox(1, 2), np.arange(5)).tolist())
        [0, 1, 2, 3, 4]
    """
    if array.size <= 1 or len(array) <= 1:
        return array
    count = len(array)
    blocks = (count - 1 + 3) // 4
    words = rng.blocks(_counters(rng.reserve(blocks), blocks)).reshape(-1)[: count - 1]
    steps = (words % np.arange(count, 1, -1, dtype=np.uint32)).tolist()
    order = list(range(count))
    for i, step in enumerate(steps):
        j = i + step
        order[i], order[j] = order[j], order[i]
    return array[order]


def multinomial(rng: Philox, logits: np.ndarray, num_samples: int, dtype: Any) -> np.ndarray:
    """Draw class indices with probabilities that are the softmax of the rows of `logits`.

    Args:
        rng: the stream, which advances.
        logits: a matrix, a row for each distribution.
        num_samples: the number to draw for each.
        dtype: int32 or int64.

    Example:
        >>> multinomial(Philox(1, 2), np.array([[0.0, -np.inf]]), 3, np.int64).tolist()
        [[0, 0, 0]]
    """
    rows = len(logits)
    start = rng.reserve(rows * ((num_samples + 3) // 4 * 4) * 2 * _RESERVED)
    count = rows * num_samples
    words = rng.blocks(_counters(start, -(-count // 2))).reshape(-1)[: 2 * count]
    draws = fraction(words, np.float64).reshape(rows, num_samples)
    finite = np.isfinite(logits)
    top = np.max(np.where(finite, logits, np.finfo(logits.dtype).min), axis=1, keepdims=True).astype(np.float64)
    with np.errstate(all="ignore"):
        weights = np.where(finite, np.exp(logits.astype(np.float64) - top), 0.0)
    sums = np.cumsum(weights, axis=1)
    found = [np.searchsorted(s, d * s[-1], side="right") for s, d in zip(sums, draws)] if logits.shape[1] else []
    return np.array(found, dtype).reshape(rows, num_samples)
