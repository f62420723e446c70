"""Draw class ids from a range, without repetitions or with, as TF1's candidate samplers do.

A sampler turns the words of a random stream into class ids, one after the other; what is drawn twice is drawn again.
"""

from typing import Any

import numpy as np

from minigraph.ops.random.philox import Philox, unit

__all__ = ["RangeSampler", "Uniform", "LogUniform", "LearnedUnigram", "FixedUnigram", "All"]

_RESERVED = 2048  # random numbers that a kernel reserves for each id that it draws


class RangeSampler:
    """The stream of an operation in a session, and a distribution over [0, count).

    Args:
        stream: the random stream, which advances.
        count: the number of classes.

    Example:
        >>> ids, drawn = Uniform(Philox(1, 2), 4).sample(4, unique=True)
        >>> sorted(ids.tolist()), drawn >= 4
        ([0, 1, 2, 3], True)
    """

    def __init__(self, stream: Philox, count: int):
        self.stream, self.count = stream, count

    def ids(self, words: np.ndarray) -> np.ndarray:
        """Return the class ids drawn with these random numbers, in order."""
        raise NotImplementedError

    def probability(self, ids: np.ndarray) -> Any:
        """Return the probability of each class, in single precision."""
        raise NotImplementedError

    def learn(self, ids: np.ndarray) -> None:
        """Take notice of the true classes of a batch."""

    def sample(self, size: int, unique: bool) -> tuple[np.ndarray, int]:
        """Draw `size` ids; return them and how many had to be drawn."""
        start = self.stream.reserve(size * _RESERVED // 4)
        blocks = size
        while True:
            drawn = self.ids(self.stream.blocks_from(start, blocks).reshape(-1))
            firsts = np.sort(np.unique(drawn, return_index=True)[1]) if unique else np.arange(len(drawn))
            if len(firsts) >= size:
                return drawn[firsts[:size]], int(firsts[size - 1]) + 1
            blocks *= 2

    def expected(self, ids: np.ndarray, size: int, drawn: int) -> np.ndarray:
        """Return how often each class is expected among `size` ids, for which so many were drawn."""
        p = np.asarray(self.probability(ids), np.float32)
        if drawn == size:
            return p * np.float32(size)
        # The kernels' single-precision functions are nearly always correctly rounded: so are rounded double ones.
        with np.errstate(divide="ignore"):
            log = np.log1p(-p.astype(np.float64)).astype(np.float32)
        return -np.expm1((np.float32(drawn) * log).astype(np.float64)).astype(np.float32)


def _below(numbers: np.ndarray, count: int, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Return unbiased integers below `count`, and which numbers must be rejected for that."""
    if not count & (count - 1):
        return numbers & numbers.dtype.type(count - 1), np.zeros(numbers.shape, bool)
    return numbers % numbers.dtype.type(count), numbers < numbers.dtype.type(2**bits % count)


class Uniform(RangeSampler):
    """All classes are equally likely."""

    def ids(self, words: np.ndarray) -> np.ndarray:
        numbers = words[0::2] | (words[1::2].astype(np.uint64) << np.uint64(32))
        found, rejected = _below(numbers, self.count, 64)
        return found[~rejected].astype(np.int64)

    def probability(self, ids: np.ndarray) -> Any:
        return np.full(ids.shape, 1.0 / self.count, np.float32)


class LogUniform(RangeSampler):
    """Zipf's law: a class is the less likely, the greater its id."""

    def ids(self, words: np.ndarray) -> np.ndarray:
        return (np.exp(unit(words, np.float64) * np.log1p(self.count)).astype(np.int64) - 1) % self.count

    def probability(self, ids: np.ndarray) -> Any:
        with np.errstate(all="ignore"):
            return (np.log((ids + 2.0) / (ids + 1.0)) / np.log1p(self.count)).astype(np.float32)


class LearnedUnigram(RangeSampler):
    """A class is as likely as it has often been a true one, and once more."""

    def __init__(self, stream: Philox, count: int):
        super().__init__(stream, count)
        self._weights = np.ones(count, np.int32)

    def ids(self, words: np.ndarray) -> np.ndarray:
        found, rejected = _below(words, int(self._weights.sum()), 32)
        return np.searchsorted(np.cumsum(self._weights), found[~rejected], side="right")

    def probability(self, ids: np.ndarray) -> Any:
        return self._weights[ids].astype(np.float32) / np.float32(self._weights.sum())

    def learn(self, ids: np.ndarray) -> None:
        np.add.at(self._weights, ids, 1)


class FixedUnigram(RangeSampler):
    """A class is as likely as its weight says.

    A number chooses a column, and another one between the two classes that share the column (Walker's alias method).

    Args:
        stream: the random stream.
        weights: the weights in single precision, one for each class.
    """

    def __init__(self, stream: Philox, weights: np.ndarray):
        super().__init__(stream, len(weights))
        self._weights = weights
        self._total = np.add.accumulate(weights, dtype=np.float32)[-1]  # one by one, as the kernel adds them
        self._least, self._other = _alias_table(weights)

    def ids(self, words: np.ndarray) -> np.ndarray:
        while True:
            pairs = words[: len(words) // 2 * 2].reshape(-1, 2)
            column, rejected = _below(pairs[:, 1], self.count, 32)
            if not rejected.any():
                break
            words = np.delete(words, 2 * np.argmax(rejected) + 1)
        own = unit(pairs[:, 0], np.float32) < self._least[column]
        return np.where(own, column, self._other[column]).astype(np.int64)

    def probability(self, ids: np.ndarray) -> Any:
        inside = (ids >= 0) & (ids < self.count)
        return np.where(inside, self._weights[np.where(inside, ids, 0)] / self._total, np.float32(0))


def _alias_table(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return, for each column, the part of it that its own class has, and the class that has the rest."""
    scaled = (weights * np.float32(len(weights))).astype(np.float64) / weights.astype(np.float64).cumsum()[-1]
    other = np.arange(len(weights))
    low, high = ([i for i, p in enumerate(scaled) if (p < 1.0) is is_low] for is_low in (np.True_, np.False_))
    while high and low:
        small, large = low.pop(), high.pop()
        other[small] = large
        scaled[large] -= 1.0 - scaled[small]
        (low if scaled[large] < 1.0 else high).append(large)
    scaled[low + high] = 1.0  # what rounding has left over
    return scaled.astype(np.float32), other


class All(RangeSampler):
    """Every class, once."""

    def sample(self, size: int, unique: bool) -> tuple[np.ndarray, int]:
        return np.arange(size), size

    def expected(self, ids: np.ndarray, size: int, drawn: int) -> np.ndarray:
        return np.ones(ids.shape, np.float32)
