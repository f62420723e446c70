"""Sums of rows that follow each other, group by group."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

__all__: list[str] = []

_LONG = 64  # rows: longer groups are summed one by one, the others row after row, all at once


def grouped_sums(take: Callable, starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return the sum of each group of rows, none of them empty.

    Args:
        take: returns the rows at given positions, as an array of its own.
        starts: the position of the first row of each group.
        lengths: the number of rows of each group.

    Example:
        >>> rows = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
        >>> print(grouped_sums(lambda at: rows[at], np.array([0, 2]), np.array([2, 1])).tolist())
        [[4.0, 6.0], [5.0, 6.0]]
    """
    order = np.argsort(-lengths, kind="stable")
    starts, shorter = starts[order], -lengths[order]
    found = take(starts)
    long = int(np.searchsorted(shorter, -_LONG))
    for i in range(long):
        found[i] = take(np.arange(starts[i], starts[i] - shorter[i])).sum(axis=0)
    for j in range(1, -int(shorter[long]) if long < len(shorter) else 1):
        end = int(np.searchsorted(shorter, -j))  # the groups with more than j rows
        found[long:end] += take(starts[long:end] + j)
    result = np.empty_like(found)
    result[order] = found
    return result
