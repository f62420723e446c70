"""JPEG by Pillow, with the numbers of TF1's decoder.

TF1 asks libjpeg for the fast transform (`INTEGER_FAST`) and smooth colours (`fancy_upscaling`). Pillow offers the fast
transform without smoothing only; so colours are smoothed and converted here, by libjpeg's own integer arithmetic.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import errors

__all__: list[str] = []  # for the operations on files only


def jpeg(image: Any, channels: int, ratio: int, is_smooth: bool, is_accurate: bool) -> np.ndarray:
    """Return the pixels of a JPEG that Pillow has opened but not yet read: (height, width, channels), uint8.

    Args:
        image: the image.
        channels: 1 or 3, or 0 for those in the file.
        ratio: the part of the size: 1, 2, 4 or 8.
        is_smooth: interpolate the colours, which most files have for every other pixel only.
        is_accurate: use the slower transform.
    """
    if is_accurate and not is_smooth:
        text = "dct_method='INTEGER_ACCURATE' without fancy_upscaling is not supported: leave one of them out"
        raise errors.UnimplementedError(None, None, text)
    kind, sampling = image.mode, [tuple(layer[1:3]) for layer in image.layer]
    is_inverted = kind == "CMYK"
    if channels == 1 and is_inverted:
        raise OSError("libjpeg makes no grey of four inks")
    mode = "L" if channels == 1 else "YCbCr"
    image.draft("RGB" if is_accurate and mode != "L" else mode, [max(side // ratio, 1) for side in image.size])
    if not is_accurate:
        image.decoderconfig = (image.decoderconfig[0], 1)  # the fast transform
    pixels = np.asarray(image)
    if is_inverted:
        inks = 255 - pixels.astype(np.int32)
        return (inks[..., :3] * inks[..., 3:] // 255).astype(np.uint8)
    if image.mode == "YCbCr":
        pixels = _colours(*_planes(pixels, sampling, ratio, is_smooth))
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[..., None], channels or 1, 2)
    return pixels


def _planes(pixels: np.ndarray, sampling: list, ratio: int, is_smooth: bool) -> list[np.ndarray]:
    """Return brightness and both differences of colour, the latter smoothed if they are not there for each pixel."""
    y, cb, cr = np.moveaxis(pixels, -1, 0)
    across, down = sampling[0]
    is_coarse = sampling[1:] == [(1, 1), (1, 1)] and pixels.shape[1] > 4
    if is_smooth and is_coarse and (across, down) == (2, 1) and ratio < 8:
        cb, cr = (_wider(plane[:, ::2])[:, : y.shape[1]] for plane in (cb, cr))
    elif is_smooth and is_coarse and (across, down) == (2, 2) and ratio == 1:
        cb, cr = (_larger(plane[::2, ::2])[: y.shape[0], : y.shape[1]] for plane in (cb, cr))
    return [plane.astype(np.int32) for plane in (y, cb, cr)]


def _neighbours(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the elements before and after each along the last axis, where the ends are repeated."""
    return np.concatenate([x[:, :1], x[:, :-1]], 1), np.concatenate([x[:, 1:], x[:, -1:]], 1)


def _alternating(even: np.ndarray, odd: np.ndarray) -> np.ndarray:
    return np.stack([even, odd], -1).reshape(len(even), -1)


def _wider(plane: np.ndarray) -> np.ndarray:
    """Return twice as many columns, each three quarters of the nearer one and one of the other."""
    x = plane.astype(np.int32)
    before, after = _neighbours(x)
    return _alternating((3 * x + before + 1) >> 2, (3 * x + after + 2) >> 2)


def _larger(plane: np.ndarray) -> np.ndarray:
    """Return twice as many rows and columns, interpolated both ways."""
    x = plane.astype(np.int32)
    above, below = (each.T for each in _neighbours(x.T))
    rows = _alternating((3 * x + above).T, (3 * x + below).T).T
    before, after = _neighbours(rows)
    return _alternating((3 * rows + before + 8) >> 4, (3 * rows + after + 7) >> 4)


def _fixed(factor: float) -> int:
    return int(factor * 65536 + 0.5)


def _colours(y: np.ndarray, cb: np.ndarray, cr: np.ndarray) -> np.ndarray:
    """Return red, green and blue."""
    cb, cr = cb - 128, cr - 128
    red = y + ((_fixed(1.402) * cr + 32768) >> 16)
    green = y + ((32768 - _fixed(0.34414) * cb - _fixed(0.71414) * cr) >> 16)
    blue = y + ((_fixed(1.772) * cb + 32768) >> 16)
    return np.clip(np.stack([red, green, blue], -1), 0, 255).astype(np.uint8)
