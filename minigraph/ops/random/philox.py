"""The random numbers of TF1's CPU kernels: Philox 4x32-10, on which all distributions are built.

Philox maps a counter of 128 bits and a key of 64 to four numbers of 32 bits, independently for each counter, so that
whole arrays are computed at once. Source: Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (2011).
"""

import os
import threading
from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["CHUNK", "RESERVED", "SHIFT", "Philox", "elements_of_block", "filled", "unit"]

_MULTIPLIERS = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_KEY_STEPS = 0x9E3779B9, 0xBB67AE85
_LOW = np.uint64(0xFFFFFFFF)
SHIFT = np.uint64(32)
CHUNK = 1 << 13  # blocks computed at a time, which fit into the cache
RESERVED = 256  # reserved by the kernels for each number, in case of rejections


class Philox:
    """A random stream: the key, and the counter of the next block of four numbers.

    Args:
        seed: the key, 64 bits; if both seeds are omitted, the system chooses them.
        seed2: the upper half of the counter, 64 bits.
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

    @classmethod
    def of_pair(cls, first: int, second: int) -> Any:
        """Return the stream that stateless operations derive from a pair of seeds, mixed so that any bits may vary."""
        mixer = cls(0x02461E293EC8F720, second)
        words = [int(word) for word in mixer.blocks(np.array([first & 0xFFFFFFFFFFFFFFFF], np.uint64))[0]]
        return cls(words[0] | words[1] << 32, words[2] | words[3] << 32)

    def __deepcopy__(self, memo: Any) -> Any:
        """Return a stream of its own that continues with the same numbers."""
        other = Philox(0, 0)
        other.key, other.high, other.next = self.key, self.high, self.next
        return other

    def reserve(self, count: int) -> int:
        """Reserve `count` blocks; return the counter of the first."""
        with self._lock:
            start = self.next
            self.next += count
            return start

    def blocks(self, counters: Any) -> np.ndarray:
        """Return the four numbers of each counter: uint32, with an axis of 4 at the end."""
        c0, c1 = counters & _LOW, counters >> SHIFT
        c2: Any = np.uint64(self.high & 0xFFFFFFFF)
        c3: Any = np.uint64(self.high >> 32)
        k0, k1 = self.key
        for _ in range(10):
            p0, p1 = c0 * _MULTIPLIERS[0], c2 * _MULTIPLIERS[1]
            c0, c2 = (p1 >> SHIFT) ^ c1 ^ np.uint64(k0), (p0 >> SHIFT) ^ c3 ^ np.uint64(k1)
            c1, c3 = p1 & _LOW, p0 & _LOW
            k0, k1 = (k0 + _KEY_STEPS[0]) & 0xFFFFFFFF, (k1 + _KEY_STEPS[1]) & 0xFFFFFFFF
        result = np.empty((*counters.shape, 4), np.uint32)
        for i, column in enumerate((c0, c1, c2, c3)):
            result[..., i] = column
        return result

    def blocks_from(self, start: int, count: int) -> np.ndarray:
        """Return the numbers of `count` blocks, from that of the counter `start`."""
        return self.blocks(np.arange(count, dtype=np.uint64) + np.uint64(start))


def filled(rng: Philox, shape: tuple, dtype: Any, transform: Callable) -> np.ndarray:
    """Return an array that `transform(words, dtype)` makes of the next blocks of a stream.

    Example:
        >>> filled(Philox(1, 2), (3,), np.float64, unit).dtype
        dtype('float64')
    """
    result, group = np.empty(shape, dtype), elements_of_block(dtype)
    flat = result.reshape(-1)
    start = rng.reserve(flat.size * RESERVED)
    for at in range(0, flat.size, CHUNK * group):
        part = flat[at : at + CHUNK * group]
        words = rng.blocks_from(start + at // group, -(-part.size // group))
        part[:] = transform(words, dtype).reshape(-1)[: part.size]
    return result


def elements_of_block(dtype: Any) -> int:
    """Return how many numbers of a type are made of the four words of a block."""
    return 2 if dtype in (np.float64, np.int64) else 4


def unit(words: np.ndarray, dtype: Any) -> np.ndarray:
    """Convert random bits to numbers in [0, 1); a double takes two words."""
    if dtype == np.float64:
        bits = ((words[..., 0::2].astype(np.uint64) & np.uint64(0xFFFFF)) << SHIFT) | words[..., 1::2]
        return bits * 2.0**-52
    bits, scale = (0x3FF, 2.0**-10) if dtype == np.float16 else (0x7FFFFF, 2.0**-23)
    return (words & np.uint32(bits)).astype(np.float32) * np.float32(scale)
