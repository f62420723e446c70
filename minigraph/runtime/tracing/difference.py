"""`Difference`: how far a write moved a variable. A mean may look unchanged where every element has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Difference", "difference"]


@dataclass(frozen=True)
class Difference:
    """What is different between two arrays of numbers.

    Attributes:
        changed: how many elements differ.
        index: where the largest change is; of several equal ones the first.
        before, after: the elements there.
        largest: `after - before` there, as float64.
        norm: the length of the whole change: the square root of the sum of its squares.
    """

    changed: int
    index: tuple[int, ...]
    before: Any
    after: Any
    largest: float
    norm: float


def difference(before: Any, after: Any) -> Difference | None:
    """Tell how two arrays differ; None unless both are arrays of real numbers, with elements, of one shape.

    What becomes NaN or infinite is the largest change of all. NaN that stays NaN is none.

    Example:
        >>> found = difference(np.float32([1.0, 2.0, 3.0]), np.float32([1.0, 6.0, 0.0]))
        >>> found.changed, found.index, found.before, found.after, found.largest, found.norm
        (2, (1,), 2.0, 6.0, 4.0, 5.0)
    """
    arrays = [np.asarray(each) for each in (before, after)]
    if arrays[0].shape != arrays[1].shape or not arrays[0].size or any(a.dtype.kind not in "biufV" for a in arrays):
        return None
    old, new = (a.astype(np.float64) for a in arrays)
    is_same = (old == new) | (np.isnan(old) & np.isnan(new))
    with np.errstate(all="ignore"):
        moved = np.where(is_same, 0.0, new - old)
        far = np.where(np.isfinite(moved), np.abs(moved), np.inf)
        norm = float(np.sqrt(np.sum(np.square(moved))))
    at = np.unravel_index(int(np.argmax(far)), far.shape)
    return Difference(
        int(old.size - np.count_nonzero(is_same)),
        tuple(map(int, at)),
        arrays[0][at].item(),
        arrays[1][at].item(),
        float(moved[at]),
        norm,
    )
