"""Where the pixels of a resized image come from: positions along one axis, and the elements taken there.

All positions are computed in float32, as TF1's kernels do, so that they round to the same pixels.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

__all__ = ["Taps", "along", "pixel_positions", "scale_of", "spread", "summed", "transposed", "used"]


class Taps(NamedTuple):
    """What each element of a resized axis is a sum of: `indices` and `weights` have a row for each summand."""

    indices: np.ndarray
    weights: np.ndarray


def scale_of(before: int, after: int, align_corners: bool) -> np.float32:
    """Return the distance, in pixels of the given image, of the pixels of the resized one.

    Example:
        >>> print(scale_of(4, 8, False), scale_of(5, 9, True))
        0.5 0.5
    """
    if align_corners and after > 1:
        return np.float32(before - 1) / np.float32(after - 1)
    return np.float32(before) / np.float32(after)


def pixel_positions(count: int, scale: np.float32, half_pixel_centers: bool) -> np.ndarray:
    """Return the positions of the pixels of a resized axis in the given one.

    Example:
        >>> print(pixel_positions(3, np.float32(2), False), pixel_positions(3, np.float32(2), True))
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


def along(values: np.ndarray, x: np.ndarray, axis: int) -> np.ndarray:
    """Return one number for each element of an axis in a shape that broadcasts against an array.

    Over channels, which are few, they are repeated: numpy's inner loop then runs over more than these.

    Example:
        >>> along(np.array([1, 2]), np.zeros((4, 2, 3)), 1).tolist()
        [[1, 1, 1], [2, 2, 2]]
    """
    inner = x.shape[axis + 1 :]
    if len(inner) > 1:
        return values.reshape(-1, *(1,) * len(inner))
    return np.repeat(values, *inner).reshape(-1, *inner)


def summed(x: np.ndarray, taps: Taps, axis: int) -> np.ndarray:
    """Return an axis resized: the weighted sums of elements along it.

    Example:
        >>> summed(np.array([[1.0], [5.0]]), Taps(np.array([[0, 1], [1, 1]]), np.array([[0.5, 1.0], [0.5, 0.0]])), 0)
        array([[3.],
               [5.]])
    """
    total = np.zeros((*x.shape[:axis], taps.indices.shape[1], *x.shape[axis + 1 :]), x.dtype)
    for i, (indices, weights) in enumerate(zip(*taps)):
        part = np.take(x, indices, axis)
        part *= along(weights, x, axis)
        total = np.add(total, part, out=total) if i else part
    return total


def transposed(taps: Taps, size: int) -> Taps:
    r"""Return of which elements of the resized axis the gradient for each of the given one is the sum.

    Example:
        >>> print(*transposed(Taps(np.array([[0, 0, 2]]), np.ones((1, 3))), 3), sep="\n")
        [[0 0 2]
         [1 0 0]]
        [[1. 0. 1.]
         [1. 0. 0.]]
    """
    order = np.argsort(taps.indices, axis=None, kind="stable")
    targets, weights = taps.indices.ravel()[order], taps.weights.ravel()[order]
    counts = np.bincount(targets, minlength=size)
    ranks = np.arange(targets.size) - np.repeat(np.cumsum(counts) - counts, counts)
    result = Taps(np.zeros((counts.max(), size), np.intp), np.zeros((counts.max(), size), weights.dtype))
    result.indices[ranks, targets] = order % taps.indices.shape[1]
    result.weights[ranks, targets] = weights
    return result


def spread(grads: np.ndarray, rows: Taps, columns: Taps, height: int, width: int) -> np.ndarray:
    """Return the gradient for images of that height and width, of which resized ones were made by these taps."""
    back_rows, back_columns = transposed(rows, height), transposed(columns, width)
    result = np.empty((len(grads), height, width, grads.shape[3]), grads.dtype)
    for grad, place in zip(grads, result):  # one by one: an image fits into the cache
        place[...] = summed(summed(grad, back_rows, 0), back_columns, 1)
    return result
