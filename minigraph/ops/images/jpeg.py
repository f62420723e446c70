"""JPEG by Pillow, with the numbers of TF1's decoder.

TF1 asks libjpeg for the fast transform (`INTEGER_FAST`) and smooth colours (`fancy_upscaling`). Pillow offers the fast
transform without smoothing only; so colours are smoothed and converted here, by libjpeg's own integer arithmetic.
"""

from __future__ import annotations

from typing import Any

import numpy as np

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
    sampling = [tuple(layer[1:3]) for layer in image.layer]
    pixels = _read(image, "L" if channels == 1 else "YCbCr", ratio, is_accurate)
    if is_smooth and not is_accurate and pixels.ndim == 3:
        pixels = _smoothed(pixels, sampling, ratio)
    if image.mode in ("YCbCr", "CMYK"):
        return _colours(pixels) if image.mode == "YCbCr" else _of_inks(pixels)
    return np.repeat(pixels[..., None], channels or 1, 2) if pixels.ndim == 2 else pixels


def _read(image: Any, mode: str, ratio: int, is_accurate: bool) -> np.ndarray:
    """Return the pixels of a file as they are, or in a mode that libjpeg makes of them."""
    if mode == "L" and image.mode == "CMYK":
        raise OSError("libjpeg makes no grey of four inks")
    has_colours = [layer[0] for layer in image.layer] == [*b"RGB"] or image.info.get("adobe_transform") == 0
    image.draft("RGB" if mode != "L" and (is_accurate or has_colours) else mode, [side / ratio for side in image.size])
    if not is_accurate:
        image.decoderconfig = (image.decoderconfig[0], 1)  # the fast transform
    return np.asarray(image)


def _smoothed(pixels: np.ndarray, sampling: list, ratio: int) -> np.ndarray:
    """Return pixels whose components of every other pixel are interpolated, where libjpeg does so."""
    height, width = pixels.shape[:2]
    most = [max(sides) for sides in zip(*sampling)]
    planes = list(np.moveaxis(pixels, -1, 0))
    for i, (across, down) in enumerate(sampling):
        step = most[0] // across, most[1] // down
        if step == (2, 1) and ratio < 8 and width > 4:
            planes[i] = _wider(planes[i][:, ::2])[:, :width]
        elif step == (2, 2) and ratio == 1 and width > 4:
            planes[i] = _larger(planes[i][::2, ::2])[:height, :width]
    return np.stack(planes, -1)


def _of_inks(pixels: np.ndarray) -> np.ndarray:
    """Return red, green and blue for cyan, magenta, yellow and black."""
    light = 255 - pixels.astype(np.int32)
    return (light[..., :3] * light[..., 3:] // 255).astype(np.uint8)


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


def _colours(pixels: np.ndarray) -> np.ndarray:
    """Return red, green and blue, given brightness and two differences of colour."""
    y, cb, cr = np.moveaxis(pixels.astype(np.int32), -1, 0)
    cb, cr = cb - 128, cr - 128
    red = y + ((_fixed(1.402) * cr + 32768) >> 16)
    green = y + ((32768 - _fixed(0.34414) * cb - _fixed(0.71414) * cr) >> 16)
    blue = y + ((_fixed(1.772) * cb + 32768) >> 16)
    return np.clip(np.stack([red, green, blue], -1), 0, 255).astype(np.uint8)
