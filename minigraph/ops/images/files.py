"""Image files as arrays: what the formats JPEG, PNG, GIF and BMP hold, read by Pillow (BMP by hand, as TF1 does)."""

from __future__ import annotations

import io
import struct
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.invalid import invalid
from minigraph.ops.images.jpeg import jpeg

__all__: list[str] = []  # for the operations on files only

_MAGIC = {b"\xff\xd8\xff": "JPEG", b"\x89PNG": "PNG", b"GIF8": "GIF"}


def pillow() -> Any:
    """Return Pillow's module of images; ImportError, which says what to install, if there is none."""
    try:
        from PIL import Image
    except ImportError:
        raise ImportError("Image files need Pillow: pip install 'minigraph[images]'") from None
    return Image


def content(contents: Any) -> bytes:
    """Return the bytes of a scalar tensor of strings."""
    if np.ndim(contents):
        raise invalid(f"contents must be scalar, got shape [{','.join(map(str, np.shape(contents)))}]")
    return np.asarray(contents, object).item()


def format_of(data: bytes) -> str:
    """Return "JPEG", "PNG" or "GIF".

    Raises:
        InvalidArgumentError: if it is none of these.
    """
    found = next((name for magic, name in _MAGIC.items() if data.startswith(magic)), None)
    if found is None:
        text = f"unknown format starting with '{_shown(data[:16])}'" if data else "empty file"
        raise invalid(f"Expected image (JPEG, PNG, or GIF), got {text}")
    return found


_ESCAPES = {ord(c): "\\" + shown for c, shown in ("\nn", "\rr", "\tt", '""', "''", "\\\\")}


def _shown(data: bytes) -> str:
    """Return bytes as C writes them."""
    return "".join(_ESCAPES.get(b) or (chr(b) if 32 <= b < 127 else f"\\{b:03o}") for b in data)


def opened(data: bytes) -> Any:
    """Return an image that is not yet read; InvalidArgumentError if it cannot be."""
    library = pillow()
    try:
        return library.open(io.BytesIO(data))
    except Exception:
        if data.startswith(b"\x89PNG"):
            raise invalid(f"Invalid PNG header, data size {len(data)}") from None
        raise damaged(data) from None


def damaged(data: bytes) -> errors.OpError:
    """Return the error for a file that cannot be read."""
    kind = format_of(data)
    return invalid(f"Invalid {kind} data{' or crop window, data' if kind == 'JPEG' else ','} size {len(data)}")


def frames_of(data: bytes) -> np.ndarray:
    """Return the pictures of a GIF, each as it is shown: (pictures, height, width, 3)."""
    image = opened(data)
    try:
        found = []
        for i in range(getattr(image, "n_frames", 1)):
            image.seek(i)
            found.append(np.asarray(image.convert("RGB")))
        return np.stack(found)
    except (OSError, EOFError, SyntaxError, ValueError):
        raise damaged(data) from None


def pixels_of(data: bytes, channels: int, is_wide: bool = False, **of_jpeg: Any) -> np.ndarray:
    """Return the pixels of an image file: (height, width, channels), uint8 or uint16.

    Args:
        data: the contents of the file.
        channels: 1, 3 or 4, or 0 for those in the file.
        is_wide: return uint16, which PNG only can have.
        **of_jpeg: the options of `jpeg`.
    """
    kind = format_of(data)
    if is_wide and kind != "PNG":
        raise invalid(f"{kind} does not support uint16 output")
    if kind == "GIF":
        return _only_frame(data, channels)
    if kind == "PNG":
        return _png(data, channels, is_wide)
    if channels == 4:
        raise invalid("channels must be 0, 1, or 3 for JPEG, got 4")
    options = {"ratio": 1, "is_smooth": True, "is_accurate": False, **of_jpeg}
    try:
        return jpeg(opened(data), channels, **options)
    except (OSError, SyntaxError):
        raise damaged(data) from None


def _only_frame(data: bytes, channels: int) -> np.ndarray:
    if channels in (1, 4):
        raise invalid(f"channels must be 0 or 3 for GIF, got {channels}")
    found = frames_of(data)
    if len(found) > 1:
        text = "but animated gifs can only be decoded by tf.image.decode_gif or tf.image.decode_image"
        raise invalid(f"Got {len(found)} frames, {text}")
    return found[0]


_OWN = {"1": 1, "L": 1, "I;16": 1, "I": 1, "LA": 2, "RGB": 3, "RGBA": 4}  # the channels of Pillow's modes


def _png(data: bytes, channels: int, is_wide: bool) -> np.ndarray:
    image = opened(data)
    depth, colour = data[24], data[25]
    if is_wide and depth == 16 and colour != 0:
        text = "PNG with 16 bits and colours or transparency: Pillow reads 8 of them; decode it as tf.uint8"
        raise errors.UnimplementedError(None, None, text)
    wanted = channels or _OWN.get(image.mode) or (4 if "transparency" in image.info else 3)
    try:
        pixels = _gray16(image) if image.mode.startswith("I") else _pixels(image, wanted)
    except (OSError, SyntaxError):
        raise damaged(data) from None
    return _opaque(_in_bits(pixels, is_wide), wanted)


def _in_bits(pixels: np.ndarray, is_wide: bool) -> np.ndarray:
    """Return pixels as uint16 or uint8."""
    if pixels.dtype == np.uint16:
        return pixels if is_wide else (pixels >> 8).astype(np.uint8)
    return pixels.astype(np.uint16) * np.uint16(257) if is_wide else pixels


def _opaque(pixels: np.ndarray, channels: int) -> np.ndarray:
    """Return grey pixels in more channels; others as they are."""
    if pixels.shape[2] == channels:
        return pixels
    opaque = np.full((*pixels.shape[:2], channels - 3), np.iinfo(pixels.dtype).max, pixels.dtype)
    return np.concatenate([pixels, pixels, pixels, opaque], 2)


def _gray16(image: Any) -> np.ndarray:
    return np.asarray(image).astype(np.uint16)[..., None]


def _pixels(image: Any, channels: int) -> np.ndarray:
    """Return 8-bit pixels with 1 to 4 channels."""
    image = image.convert("L") if image.mode == "1" else image
    if channels == 1 and image.mode not in ("L", "LA"):
        return _luma(np.asarray(image.convert("RGB")))
    found = np.asarray(image.convert({1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}[channels]))
    return found.reshape(*found.shape[:2], channels)


def _luma(pixels: np.ndarray) -> np.ndarray:
    """Return grey pixels, in the arithmetic of libpng."""
    r, g, b = np.moveaxis(pixels.astype(np.int32), -1, 0)
    red, green = 9797, 19234
    return ((red * r + green * g + (32768 - red - green) * b) >> 15).astype(np.uint8)[..., None]


def bitmap(data: bytes, channels: int) -> np.ndarray:
    """Return the pixels of an uncompressed BMP; with 8 bits these are the numbers of colours, as in TF1."""
    if len(data) < 32:
        text = "Incomplete bmp content, requires at least 32 bytes to find the header size, width, height, and bpp"
        raise invalid(f"{text}, got {len(data)} bytes")
    start, _, width, height = struct.unpack_from("<iiii", data, 10)
    found = int(struct.unpack_from("<i", data, 28)[0] / 8)
    if channels and channels != found:
        raise invalid(f"channels attribute {channels} does not match bits per pixel from file {found}")
    if found not in (1, 3, 4):
        raise invalid(f"Number of channels must be 1, 3 or 4, was {found}")
    rows, step = abs(height), (found * width + 3) // 4 * 4
    needed = start + (rows - 1) * step + width * found if rows else start
    if len(data) < needed:
        raise invalid(f"Incomplete bmp content, requires at least {needed} bytes, got {len(data)} bytes")
    padded = np.frombuffer(data[start:].ljust(rows * step, b"\0"), np.uint8, rows * step).reshape(rows, step)
    pixels = padded[:, : width * found].reshape(rows, width, found)
    pixels = pixels[::-1] if height > 0 else pixels  # the last row comes first
    return pixels[..., [2, 1, 0, 3][:found] if found > 1 else [0]]
