"""Image files as operations: JPEG, PNG, GIF and BMP as tensors."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.invalid import invalid
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import with_rank, with_size
from minigraph.graph.shapes import ShapeError, TensorShape
from minigraph.ops.images.files import bitmap, content, damaged, format_of, frames_of, opened, pixels_of

__all__ = ["decode_and_crop_jpeg", "decode_bmp", "decode_gif", "decode_jpeg", "decode_png", "extract_jpeg_shape"]


class _Decoding(OpDef):
    """Base: one file, and how many channels are wanted."""

    channels: int = 0

    inputs = ("contents: string",)
    outputs = ("uint8",)
    gradient = no_gradient

    def shape(self, contents, *others):
        with_rank(contents, 0)
        if self.channels < 0:
            raise ShapeError(f"channels must be non-negative, got {self.channels}")
        return TensorShape.of((None, None, self.channels or None))

    def check_channels(self, text: str = "channels must be 0, 1, 3, or 4, got") -> None:
        """Raise InvalidArgumentError for a number of channels that no file has."""
        if self.channels not in (0, 1, 3, 4):
            raise invalid(f"{text} {self.channels}")


class DecodePng(_Decoding):
    """A PNG, or a file of another format, as pixels of 8 or 16 bits."""

    dtype_: DType = dtypes.uint8

    outputs = ("image: dtype",)
    allowed = {"dtype": (dtypes.uint8, dtypes.uint16)}

    def kernel(self, xp, contents):
        self.check_channels()
        return pixels_of(content(contents), self.channels, self.dtype_ is dtypes.uint16)


_METHODS = ("", "INTEGER_FAST", "INTEGER_ACCURATE")


class _DecodeJpeg(_Decoding, base=True):
    """Base: the options of JPEG."""

    ratio: int = 1
    fancy_upscaling: bool = True
    try_recover_truncated: bool = False
    acceptable_fraction: float = 1.0
    dct_method: str = ""

    def decoded(self, contents: Any) -> np.ndarray:
        """Return the pixels of the file."""
        self.check_channels()
        if self.ratio not in (1, 2, 4, 8):
            raise invalid(f"ratio must be 1, 2, 4, or 8, got {self.ratio}")
        if self.dct_method not in _METHODS:
            raise invalid("dct_method must be one of {'', 'INTEGER_FAST', 'INTEGER_ACCURATE'}")
        if self.dct_method == _METHODS[-1] and not self.fancy_upscaling:
            text = "dct_method='INTEGER_ACCURATE' without fancy_upscaling: Pillow cannot do that; leave one of them out"
            raise errors.UnimplementedError(None, None, text)
        return pixels_of(
            content(contents),
            self.channels,
            ratio=self.ratio,
            is_smooth=self.fancy_upscaling,
            is_accurate=self.dct_method == "INTEGER_ACCURATE",
        )


class DecodeJpeg(_DecodeJpeg):
    """A JPEG, or a file of another format, as pixels."""

    outputs = ("image: uint8",)

    def kernel(self, xp, contents):
        return self.decoded(contents)


class DecodeAndCropJpeg(_DecodeJpeg):
    """A part of a JPEG as pixels."""

    outputs = ("image: uint8",)

    inputs = ("contents: string", "crop_window: int32")  # type: ignore[assignment]
    static_inputs = (1,)

    def shape(self, contents, *others):
        channels = super().shape(contents).tuple[2]
        (crop_window,) = others
        with_size(with_rank(crop_window.shape, 1).tuple[0], 4)
        sides = (None, None) if crop_window.value is None else crop_window.value.tolist()[2:]
        return TensorShape.of((*[n if n is None or n >= 0 else None for n in sides], channels))

    def kernel(self, xp, contents, crop_window):
        pixels = self.decoded(contents)
        data = content(contents)
        if format_of(data) != "JPEG":
            return pixels
        top, left, height, width = np.asarray(crop_window).tolist()
        fits = 0 <= top and 0 <= left and top + height <= pixels.shape[0] and left + width <= pixels.shape[1]
        if not fits or height <= 0 or width <= 0:
            raise damaged(data)
        return pixels[top : top + height, left : left + width]


class DecodeGif(OpDef):
    """A GIF as pictures one after the other."""

    inputs = ("contents: string",)
    outputs = ("image: uint8",)
    gradient = no_gradient

    def shape(self, contents):
        with_rank(contents, 0)
        return TensorShape.of((None, None, None, 3))

    def kernel(self, xp, contents):
        data = content(contents)
        return frames_of(data) if format_of(data) == "GIF" else pixels_of(data, 3)[None]


class DecodeBmp(_Decoding):
    """A BMP as pixels."""

    outputs = ("image: uint8",)

    def kernel(self, xp, contents):
        self.check_channels("channels must be 0, 1, 3 or 4, got")
        return bitmap(content(contents), self.channels)


class ExtractJpegShape(OpDef):
    """The shape of a JPEG, of which only the head is read."""

    output_type: DType = dtypes.int32

    inputs = ("contents: string",)
    outputs = ("image_shape: output_type",)
    allowed = {"output_type": dtypes.INDICES}
    gradient = no_gradient

    def shape(self, contents):
        with_rank(contents, 0)
        return TensorShape.of((3,))

    def kernel(self, xp, contents):
        data = content(contents)
        if not data.startswith(b"\xff\xd8\xff"):
            raise invalid(f"Invalid JPEG data, size {len(data)}")
        image = opened(data)
        return np.array([*image.size[::-1], len(image.getbands())], self.output_type.as_numpy_dtype)


def decode_jpeg(
    contents: Any,
    channels: int = 0,
    ratio: int = 1,
    fancy_upscaling: bool = True,
    try_recover_truncated: bool = False,
    acceptable_fraction: float = 1,
    dct_method: str = "",
    name: str | None = None,
) -> Tensor:
    """Decode a JPEG; a PNG or a GIF of one picture is decoded too. Needs Pillow: `pip install 'minigraph[images]'`.

    Args:
        contents: the contents of the file, a scalar string, as from `tf.read_file`.
        channels: 1 for grey, 3 for red, green and blue, or 0 for what the file has.
        ratio: make the image smaller by 2, 4 or 8.
        fancy_upscaling: interpolate the colours, which most files have for every other pixel only.
        try_recover_truncated, acceptable_fraction: a truncated file is an error here in each case.
        dct_method: "INTEGER_FAST", which is the default, or "INTEGER_ACCURATE".
        name: the name of the node.

    Returns:
        A uint8 tensor, (height, width, channels), with TensorFlow's numbers.

    Raises:
        InvalidArgumentError: in a run, if the file is none of these, or is damaged.
        ImportError: in a run, if Pillow is not installed.

    Example:
        >>> image = tf.fill([2, 3, 1], tf.constant(200, tf.uint8))
        >>> print(sess.run(tf.image.decode_jpeg(tf.image.encode_jpeg(image)))[..., 0])
        [[200 200 200]
         [200 200 200]]
    """
    options = channels, ratio, fancy_upscaling, try_recover_truncated, acceptable_fraction, dct_method
    return apply(DecodeJpeg(*options), contents, name=name)


def decode_and_crop_jpeg(
    contents: Any,
    crop_window: Any,
    channels: int = 0,
    ratio: int = 1,
    fancy_upscaling: bool = True,
    try_recover_truncated: bool = False,
    acceptable_fraction: float = 1,
    dct_method: str = "",
    name: str | None = None,
) -> Tensor:
    """Decode a part of a JPEG.

    Args:
        contents, channels, ratio, fancy_upscaling, try_recover_truncated, acceptable_fraction, dct_method, name: as for
            `decode_jpeg`.
        crop_window: int32, [row, column, height, width].

    Returns:
        A uint8 tensor, (height, width, channels).
    """
    options = channels, ratio, fancy_upscaling, try_recover_truncated, acceptable_fraction, dct_method
    return apply(DecodeAndCropJpeg(*options), contents, crop_window, name=name)


def decode_png(contents: Any, channels: int = 0, dtype: Any = dtypes.uint8, name: str | None = None) -> Tensor:
    """Decode a PNG; a JPEG or a GIF of one picture is decoded too. Needs Pillow: `pip install 'minigraph[images]'`.

    Args:
        contents: the contents of the file, a scalar string.
        channels: 1 for grey, 3 for red, green and blue, 4 with transparency, or 0 for what the file has.
        dtype: uint8 or uint16; for colours of 16 bits uint8 only.
        name: the name of the node.

    Returns:
        A tensor of that type, (height, width, channels).

    Raises:
        InvalidArgumentError: in a run, if the file is none of these, or is damaged.
        ImportError: in a run, if Pillow is not installed.

    Example:
        >>> image = tf.constant([[[1, 2, 3], [4, 5, 6]]], tf.uint8)
        >>> print(sess.run(tf.image.decode_png(tf.image.encode_png(image))))
        [[[1 2 3]
          [4 5 6]]]
    """
    return apply(DecodePng(channels, as_dtype(dtype)), contents, name=name)


def decode_gif(contents: Any, name: str | None = None) -> Tensor:
    """Decode all pictures of a GIF, each as it is shown. Needs Pillow: `pip install 'minigraph[images]'`.

    TensorFlow 1.15 paints transparent pixels; here what lies under them is seen.

    Returns:
        A uint8 tensor, (pictures, height, width, 3).
    """
    return apply(DecodeGif(), contents, name=name)


def decode_bmp(contents: Any, channels: int = 0, name: str | None = None) -> Tensor:
    """Decode a BMP that is not compressed.

    Args:
        contents: the contents of the file, a scalar string.
        channels: 1, 3 or 4, which must be those of the file, or 0.
        name: the name of the node.

    Returns:
        A uint8 tensor, (height, width, channels).
    """
    return apply(DecodeBmp(channels), contents, name=name)


def extract_jpeg_shape(contents: Any, output_type: Any = dtypes.int32, name: str | None = None) -> Tensor:
    """Return [height, width, channels] of a JPEG, of which only the head is read.

    Args:
        contents: the contents of the file, a scalar string.
        output_type: int32 or int64.
        name: the name of the node.
    """
    return apply(ExtractJpegShape(as_dtype(output_type)), contents, name=name)
