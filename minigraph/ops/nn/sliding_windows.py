"""Sliding windows of images: their number, their matrix (im2col), and the sum back into images (col2im).

Images are (batch, height, width, channels) here, filters (height, width, channels in, channels out).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from minigraph.graph.recordable import recordable
from minigraph.graph.shapes import ShapeError

__all__ = ["output_size", "check_window", "paddings", "windows", "columns", "images"]


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


def windows(x: np.ndarray, sizes: Sequence[int], strides: Sequence[int], dilations: Sequence[int] = (1, 1)) -> Any:
    """Return a view of the windows of images: (batch, rows, columns, window rows, window columns, channels)."""
    batch, height, width, channels = x.shape
    s0, s1, s2, s3 = x.strides
    rows = (height - (sizes[0] - 1) * dilations[0] - 1) // strides[0] + 1
    columns = (width - (sizes[1] - 1) * dilations[1] - 1) // strides[1] + 1
    return np.lib.stride_tricks.as_strided(
        x,
        (batch, rows, columns, sizes[0], sizes[1], channels),
        (s0, s1 * strides[0], s2 * strides[1], s1 * dilations[0], s2 * dilations[1], s3),
        writeable=False,
    )


@recordable("into")
def columns(
    x: Any, sizes: Sequence[int], strides: Sequence[int], dilations: Sequence[int], pads: Sequence, out: Any = None
) -> Any:
    """Return the windows of padded images as a matrix: (batch, rows, columns, window rows, window columns, channels).

    The forward and the backward direction need the same ones.
    """
    if any(map(any, pads)):
        (top, bottom), (left, right) = pads
        batch, height, width, channels = x.shape
        whole = np.zeros((batch, top + height + bottom, left + width + right, channels), x.dtype)
        whole[:, top : top + height, left : left + width] = x
        x = whole
    view = windows(x, sizes, strides, dilations)
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
    """Return the images to which each window's part is added at its position.

    There is one product for each element of the filter, so that the summands are contiguous in memory.
    """
    batch, rows, cols, after = dy.shape
    kh, kw, depth, _ = filter.shape
    (top, bottom), (left, right) = pads
    whole = np.zeros((batch, top + size[0] + bottom, left + size[1] + right, depth), dy.dtype)
    turned = np.ascontiguousarray(filter.transpose(0, 1, 3, 2))
    lines, product = dy.reshape(batch * rows * cols, after), np.empty((batch, rows, cols, depth), dy.dtype)
    for i in range(kh):
        for j in range(kw):
            y, x = i * dilations[0], j * dilations[1]
            place = whole[:, y : y + rows * strides[0] : strides[0], x : x + cols * strides[1] : strides[1]]
            np.matmul(lines, turned[i, j], out=product.reshape(len(lines), depth))
            place += product
    inner = whole[:, top : top + size[0], left : left + size[1]]
    if out is None:
        return np.ascontiguousarray(inner)
    np.copyto(out, inner)
    return out
