"""Image files of any format, and images as JPEG would spoil them."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.images.checks import is_tensor
from minigraph.images.conversion import convert_image_dtype
from minigraph.ops.control import assertions, cond
from minigraph.ops.images import decoding, encoding
from minigraph.ops.math import comparison
from minigraph.ops.random import uniform
from minigraph.ops.rows import gather
from minigraph.ops.strings import parts

__all__ = ["adjust_jpeg_quality", "decode_image", "is_jpeg", "random_jpeg_quality"]


def is_jpeg(contents: Any, name: str | None = None) -> Tensor:
    """Return True if the contents of a file begin as a JPEG does.

    Example:
        >>> print(tf.image.is_jpeg(tf.image.encode_png(tf.zeros([1, 1, 1], tf.uint8))).eval())
        False
    """
    with atomic_scope(name, "is_jpeg"):
        return comparison.equal(parts.substr(contents, 0, 3), b"\xff\xd8\xff", name=name)


class _File:
    """The contents of a file of an unknown format, and what is to become of it."""

    def __init__(self, contents: Any, channels: int | None, dtype: Any, expand_animations: bool):
        self._contents, self._channels, self._dtype = contents, channels or 0, as_dtype(dtype)
        self._expand = expand_animations
        self._start: Any = parts.substr(contents, 0, 3)

    def jpeg_or_other(self) -> Any:
        """Return the image, a JPEG if it begins as one."""
        return cond.cond(is_jpeg(self._contents), self._jpeg, self._png_or_other, name="cond_jpeg")

    def _checked(self, allowed: Tensor, kind: str, channels: str) -> Any:
        text = f"Channels must be in (None, 0, {channels}) when decoding {kind} images"
        return assertions.Assert(allowed, [text])

    def _jpeg(self) -> Any:
        allowed = comparison.not_equal(self._channels, 4, name="check_jpeg_channels")
        with control_dependencies([self._checked(allowed, "JPEG", "1, 3")]):
            return convert_image_dtype(decoding.decode_jpeg(self._contents, self._channels), self._dtype)

    def _png_or_other(self) -> Any:
        with atomic_scope(None, "is_png"):
            is_png = comparison.equal(parts.substr(self._contents, 0, 3), b"\x89PN", name=None)
        return cond.cond(is_png, self._png, self._gif_or_other, name="cond_png")

    def _png(self) -> Any:
        kind = dtypes.uint8 if self._dtype == dtypes.uint8 else dtypes.uint16
        return convert_image_dtype(decoding.decode_png(self._contents, self._channels, dtype=kind), self._dtype)

    def _gif_or_other(self) -> Any:
        is_gif = comparison.equal(self._start, b"GIF", name="is_gif")
        return cond.cond(is_gif, self._gif, self._bmp, name="cond_gif")

    def _gif(self) -> Any:
        allowed = comparison.logical_and(
            comparison.not_equal(self._channels, 1, name="check_gif_channels"),
            comparison.not_equal(self._channels, 4, name="check_gif_channels"),
        )
        with control_dependencies([self._checked(allowed, "GIF", "3")]):
            result = convert_image_dtype(decoding.decode_gif(self._contents), self._dtype)
            return result if self._expand else gather.gather(result, 0)

    def _bmp(self) -> Any:
        is_bmp = comparison.equal(parts.substr(self._contents, 0, 2), "BM", name="is_bmp")
        known = assertions.Assert(is_bmp, ["Unable to decode bytes as JPEG, PNG, GIF, or BMP"])
        allowed = comparison.not_equal(self._channels, 1, name="check_channels")
        with control_dependencies([known, self._checked(allowed, "BMP", "3")]):
            return convert_image_dtype(decoding.decode_bmp(self._contents), self._dtype)


def decode_image(
    contents: Any,
    channels: int | None = None,
    dtype: Any = dtypes.uint8,
    name: str | None = None,
    expand_animations: bool = True,
) -> Tensor:
    """Decode a JPEG, PNG, GIF or BMP. Needs Pillow, BMP aside: `pip install 'minigraph[images]'`.

    Args:
        contents: the contents of the file, a scalar string, as from `tf.read_file`.
        channels: 1, 3 or 4, or 0 for what the file has.
        dtype: the type of the result; floats go from 0 to 1.
        name: the name scope.
        expand_animations: return all pictures of a GIF, (pictures, height, width, 3), instead of the first.

    Returns:
        A tensor (height, width, channels), whose shape is not known before the run.

    Raises:
        ValueError: for another number of channels.
        InvalidArgumentError: in a run, if the file is none of these, or is damaged.
        ImportError: in a run, if Pillow is not installed.

    Example:
        >>> contents = tf.image.encode_png(tf.constant([[[0], [255]]], tf.uint8))
        >>> print(sess.run(tf.image.decode_image(contents, dtype=tf.float32)).ravel())
        [0. 1.]
    """
    with atomic_scope(name, "decode_image"):
        if channels not in (None, 0, 1, 3, 4):
            raise ValueError("channels must be in (None, 0, 1, 3, 4)")
        return _File(contents, channels, dtype, expand_animations).jpeg_or_other()


def adjust_jpeg_quality(image: Any, jpeg_quality: Any, name: str | None = None) -> Tensor:
    """Encode an image as JPEG, and decode it: what is lost by that is missing.

    Args:
        image: (height, width, 1 or 3), bytes, or floats from 0 to 1.
        jpeg_quality: 0 to 100, an integer or an int32 scalar.
        name: the name scope.

    Returns:
        A tensor of the same type; its shape is not known before the run.
    """
    with atomic_scope(name, "adjust_jpeg_quality", [image]):
        image = convert_to_tensor(image, name="image")
        pixels = convert_image_dtype(image, dtypes.uint8)
        if not is_tensor(jpeg_quality):
            jpeg_quality = convert_to_tensor(jpeg_quality, dtypes.int32)
        encoded = encoding.encode_jpeg_variable_quality(pixels, jpeg_quality)
        return convert_image_dtype(decoding.decode_jpeg(encoded), image.dtype)


def random_jpeg_quality(image: Any, min_jpeg_quality: int, max_jpeg_quality: int, seed: int | None = None) -> Tensor:
    """Encode an image as JPEG in a random quality, and decode it; see `adjust_jpeg_quality`.

    Args:
        image: as for `adjust_jpeg_quality`.
        min_jpeg_quality, max_jpeg_quality: the limits, 0 to 100.
        seed: the operation's seed; see `tf.set_random_seed`.

    Raises:
        ValueError: for limits outside of that, or in the wrong order.
    """
    if not (0 <= min_jpeg_quality <= 100 and 0 <= max_jpeg_quality <= 100):
        raise ValueError("jpeg encoding range must be between 0 and 100.")
    if min_jpeg_quality >= max_jpeg_quality:
        raise ValueError("`min_jpeg_quality` must be less than `max_jpeg_quality`.")
    with get_default_graph().atomic():
        limits = min_jpeg_quality, max_jpeg_quality
        return adjust_jpeg_quality(image, uniform.random_uniform([], *limits, seed=seed, dtype=dtypes.int32))
