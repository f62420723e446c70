"""Sliding windows of images: their number, their matrix (im2col), and the sum back into images (col2im).

Images are (batch, height, width, channels) here, filters (height, width, channels in, channels out).
"""

import itertools
import math
import operator
from collections.abc import Sequence
from typing import Any

import numpy as np

from minigraph.graph.recordable import recordable
from minigraph.graph.shapes import ShapeError

__all__ = ["output_size", "check_window", "paddings", "windows", "padded", "inner", "positions", "columns", "images"]


def output_size(
    size: int | None, window: int | None, stride: int, padding: str, dilation: int = 1, explicit: tuple = (0, 0)
) -> int | None:
    """Return the output size along one axis, or None if it is unknown.

    Raises:
        ShapeError: if the window is larger than the input.
    """
    if stride < 1:
        raise ShapeError(f"Stride must be > 0, but got {stride}")
    if size is None or window is None and padding != "SAME":
        return None
    if padding == "SAME":
        return -(-size // stride)
    reach = (window - 1) * dilation + 1  # type: ignore[operator]
    size += sum(explicit)
    if size < reach:
        raise ShapeError(f"Negative dimension size caused by subtracting {reach} from {size}")
    return (size - reach) // stride + 1


def check_window(size: int, reach: int, stride: int) -> None:
    """Raise ValueError, in the words of a run, if a window does not fit into the elements of an axis."""
    found = int((size - reach + stride) / stride)
    if found < 0:
        raise ValueError(
            f"Computed output size would be negative: {found} [input_size: {size}, "
            f"effective_filter_size: {reach}, stride: {stride}]"
        )


def paddings(
    size: int, window: int, stride: int, padding: str, dilation: int = 1, explicit: tuple = (0, 0)
) -> tuple[int, int]:
    """Return the number of zeros before and after the input along one axis."""
    if padding == "EXPLICIT":
        return explicit
    if padding == "VALID":
        return 0, 0
    total = max((-(-size // stride) - 1) * stride + (window - 1) * dilation + 1 - size, 0)
    return total // 2, total - total // 2


def windows(x: np.ndarray, sizes: Sequence[int], strides: Sequence[int], dilations: Sequence[int]) -> Any:
    """Return a view of the windows of images or volumes: (batch, positions…, sizes of the window…, channels)."""
    batch, *lengths, channels = x.shape
    first, *steps, last = x.strides
    counts = [(n - (k - 1) * d - 1) // s + 1 for n, k, s, d in zip(lengths, sizes, strides, dilations)]
    return np.lib.stride_tricks.as_strided(
        x,
        (batch, *counts, *sizes, channels),
        (first, *map(operator.mul, steps, strides), *map(operator.mul, steps, dilations), last),
        writeable=False,
    )


def padded(x: np.ndarray, pads: Sequence) -> np.ndarray:
    """Return images or volumes with zeros around them."""
    if not any(map(any, pads)):
        return x
    batch, *lengths, channels = x.shape
    whole = np.zeros((batch, *[b + n + a for n, (b, a) in zip(lengths, pads)], channels), x.dtype)
    whole[inner(lengths, pads)] = x
    return whole


def inner(lengths: Sequence[int], pads: Sequence) -> tuple:
    """Return the key of what lies inside the padding."""
    return (slice(None), *[slice(b, b + n) for n, (b, _) in zip(lengths, pads)])


def positions(window: Sequence[int], counts: Sequence[int], strides: Sequence[int], dilations: Sequence[int]) -> Any:
    """Yield each position in a window, and the key of the elements that all windows have there."""
    for position in itertools.product(*map(range, window)):
        firsts = [i * d for i, d in zip(position, dilations)]
        yield position, (slice(None), *[slice(f, f + n * s, s) for f, n, s in zip(firsts, counts, strides)])


@recordable("into")
def columns(
    x: Any, sizes: Sequence[int], strides: Sequence[int], dilations: Sequence[int], pads: Sequence, out: Any = None
) -> Any:
    """Return the windows of padded images or volumes: (batch, positions…, sizes of the window…, channels).

    The forward and the backward direction need the same ones.
    """
    view = windows(padded(x, pads), sizes, strides, dilations)
    if out is None:
        return np.ascontiguousarray(view)
    np.copyto(out, view)
    return out


@recordable("into")
def images(
    dy: Any,
    filter: Any,
    size: Sequence[int],
    strides: Sequence[int],
    dilations: Sequence[int],
    pads: Sequence,
    out: Any = None,
) -> Any:
    """Return the images or volumes to which each window's part is added at its position.

    There is one product for each element of the filter, so that the summands are contiguous in memory.
    """
    batch, *counts, after = dy.shape
    *window, depth, _ = filter.shape
    whole = np.zeros((batch, *[b + n + a for n, (b, a) in zip(size, pads)], depth), dy.dtype)
    turned = np.ascontiguousarray(np.swapaxes(filter, -1, -2))
    lines, product = dy.reshape(batch * math.prod(counts), after), np.empty((batch, *counts, depth), dy.dtype)
    for position, key in positions(window, counts, strides, dilations):
        np.matmul(lines, turned[position], out=product.reshape(len(lines), depth))
        place = whole[key]
        place += product
    found = whole[inner(size, pads)]
    if out is None:
        return np.ascontiguousarray(found)
    np.copyto(out, found)
    return out
