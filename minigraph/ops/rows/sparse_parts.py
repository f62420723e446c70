"""Rows of different lengths as the parts of a sparse matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

__all__: list[str] = []


def sparse_parts(rows: Sequence, kind: Any = np.int64) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the index vectors, the elements and the shape of the sparse matrix with given rows.

    Example:
        >>> for part in sparse_parts([[5, 6], [], [7]]):
        ...     print(part.tolist())
        [[0, 0], [0, 1], [2, 0]]
        [5, 6, 7]
        [3, 2]
    """
    lengths = np.array([len(row) for row in rows], np.int64)
    values = [value for row in rows for value in row]
    column = np.arange(len(values)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    places = np.stack([np.repeat(np.arange(len(rows)), lengths), column], axis=1)
    found = np.array([*values, None], object)[:-1].astype(kind, copy=False)
    return places.astype(np.int64, copy=False), found, np.array([len(rows), lengths.max(initial=0)], np.int64)
