"""Rows of different lengths as the parts of a sparse matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

__all__: list[str] = []


def sparse_parts(rows: Sequence[Sequence], kind: Any = np.int64) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the index vectors, the elements and the shape of the sparse matrix with given rows.

    Example:
        >>> for part in sparse_parts([[5, 6], [], [7]]):
        ...     print(part.tolist())
        [[0, 0], [0, 1], [2, 0]]
        [5, 6, 7]
        [3, 2]
    """
    places = [(i, j) for i, row in enumerate(rows) for j in range(len(row))]
    values = [value for row in rows for value in row]
    shape = np.array([len(rows), max(map(len, rows), default=0)], np.int64)
    return np.array(places, np.int64).reshape(-1, 2), np.array([*values, None], object)[:-1].astype(kind), shape
