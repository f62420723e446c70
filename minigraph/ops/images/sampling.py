"""Where the pixels of a resized image come from: positions along one axis, and the elements taken there.

All positions are computed in float32, as TF1's kernels do, so that they round to the same pixels.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from minigraph.graph import errors

__all__ = ["Taps", "invalid", "positions", "scale_of", "spread", "summed", "used"]


class Taps(NamedTuple):
    """What each element of a resized axis is a sum of: `indices` and `weights` have a row for each summand."""

    indices: np.ndarray
    weights: np.ndarray


def invalid(text: str) -> errors.OpError:
    """Return TF1's error for inputs that a kernel refuses."""
    return errors.InvalidArgumentError(None, None, text)


def scale_of(before: int, after: int, align_corners: bool) -> np.float32:
    """Return the distance, in pixels of the given image, of the pixels of the resized one.

    Example:
        >>> print(scale_of(4, 8, False), scale_of(5, 9, True))
        0.5 0.5
    """
    if align_corners and after > 1:
        return np.float32(before - 1) / np.float32(after - 1)
    return np.float32(before) / np.float32(after)


def positions(count: int, scale: np.float32, half_pixel_centers: bool) -> np.ndarray:
    """Return the positions of the pixels of a resized axis in the given one.

    Example:
        >>> print(positions(3, np.float32(2), False), positions(3, np.float32(2), True))
        [0. 2. 4.] [0.5 2.5 4.5]
    """
    at = np.arange(count, dtype=np.float32)
    half = np.float32(0.5)
    return (at + half) * scale - half if half_pixel_centers else at * scale


def used(indices: np.ndarray) -> tuple[Any, np.ndarray]:
    """Return which elements of an axis are used at all (a slice if they are contiguous), and the indices among them.

    Example:
        >>> used(np.array([4, 6, 4]))
        (array([4, 6]), array([0, 1, 0]))
    """
    found, places = np.unique(indices, return_inverse=True)
    places = places.reshape(indices.shape)
    if found.size and found[-1] - found[0] + 1 == found.size:
        return slice(int(found[0]), int(found[-1]) + 1), places
    return found, places


def summed(x: np.ndarray, taps: Taps, axis: int) -> np.ndarray:
    """Return an axis resized: the weighted sums of elements along it.

    Example:
        >>> summed(np.array([1.0, 5.0]), Taps(np.array([[0, 1], [1, 1]]), np.array([[0.5, 1.0], [0.5, 0.0]])), 0)
        array([3., 5.])
    """
    after = (1,) * (x.ndim - axis - 1)
    total = np.zeros((*x.shape[:axis], taps.indices.shape[1], *x.shape[axis + 1 :]), x.dtype)
    for i, (indices, weights) in enumerate(zip(*taps)):
        part = np.take(x, indices, axis)
        part *= weights.reshape(-1, *after)
        total = np.add(total, part, out=total) if i else part
    return total


def spread(grad: np.ndarray, axis: int, taps: Taps, size: int) -> np.ndarray:
    """Return the gradient for an axis of that size, given the one for the axis that was made of it by these taps.

    Indices never decrease, so those that are equal are neighbours.

    Example:
        >>> taps = Taps(np.array([[0, 0, 2]]), np.ones((1, 3), np.float32))
        >>> spread(np.array([1.0, 2.0, 3.0], np.float32), 0, taps, 4)
        array([3., 0., 3., 0.], dtype=float32)
    """
    result = np.zeros((*grad.shape[:axis], size, *grad.shape[axis + 1 :]), grad.dtype)
    before, after = (slice(None),) * axis, (1,) * (grad.ndim - axis - 1)
    for indices, weights in zip(*taps):
        part = grad * weights.reshape(-1, *after)
        starts = np.flatnonzero(np.diff(indices, prepend=-1))
        if starts.size < indices.size:
            part = np.add.reduceat(part, starts, axis)
        result[(*before, indices[starts])] += part
    return result
