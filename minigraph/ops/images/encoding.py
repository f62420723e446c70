"""Images as contents of files: JPEG and PNG."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.invalid import invalid
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import with_rank
from minigraph.graph.shapes import TensorShape
from minigraph.ops.images.files import pillow
from minigraph.ops.summary.png import png

__all__ = ["encode_jpeg", "encode_jpeg_variable_quality", "encode_png"]


class _Encoding(OpDef):
    """Base: an image that becomes a text."""

    outputs = ("string",)
    gradient = no_gradient

    def shape(self, image, *others):
        with_rank(image, 3)
        return TensorShape.of(())


def _shown(image: np.ndarray) -> str:
    return f"[{','.join(map(str, image.shape))}]"


def _jpeg(image: np.ndarray, quality: int, **options: Any) -> np.ndarray:
    """Return the contents of a JPEG; what the options mean, Pillow says."""
    if image.ndim != 3:
        raise invalid(f"image must be 3-dimensional {_shown(image)}")
    if image.shape[2] not in (1, 3):
        raise invalid(f"image must have 1 or 3 channels, got {_shown(image)}")
    if not 0 <= quality <= 100:
        raise invalid(f"quality must be in [0,100], got {quality}")
    file = io.BytesIO()
    pixels = image[..., 0] if image.shape[2] == 1 else image
    pillow().fromarray(np.ascontiguousarray(pixels)).save(file, "JPEG", quality=quality or 1, **options)
    return np.array(file.getvalue(), object)


class EncodeJpeg(_Encoding):
    """An image as JPEG."""

    outputs = ("contents: string",)

    format: str = ""
    quality: int = 95
    progressive: bool = False
    optimize_size: bool = False
    chroma_downsampling: bool = True
    density_unit: str = "in"
    x_density: int = 300
    y_density: int = 300
    xmp_metadata: str = ""

    inputs = ("image: uint8",)
    choices = {"format": ("", "grayscale", "rgb"), "density_unit": ("in", "cm")}

    def kernel(self, xp, image):
        wanted = {"grayscale": 1, "rgb": 3}.get(self.format)
        if wanted and image.ndim == 3 and image.shape[2] in (1, 3) and image.shape[2] != wanted:
            raise invalid(f"format {self.format} expects {wanted} channels, got {_shown(image)}")
        inches = 1.0 if self.density_unit == "in" else 2.54
        options = {"xmp": self.xmp_metadata.encode()} if self.xmp_metadata else {}
        return _jpeg(
            image,
            self.quality,
            progressive=self.progressive,
            optimize=self.optimize_size,
            subsampling=2 if self.chroma_downsampling else 0,
            dpi=(round(self.x_density * inches), round(self.y_density * inches)),
            **options,
        )


class EncodeJpegVariableQuality(_Encoding):
    """An image as JPEG, in a quality that is known in the run."""

    outputs = ("contents: string",)

    inputs = ("images: uint8", "quality: int32")

    def shape(self, images, quality):
        with_rank(quality, 0)
        return super().shape(images)

    def kernel(self, xp, images, quality):
        return _jpeg(images, min(max(int(quality), 0), 100), subsampling=2)


class EncodePng(_Encoding):
    """An image as PNG."""

    outputs = ("contents: string",)

    compression: int = -1

    inputs = ("image: T",)
    allowed = {"T": (dtypes.uint8, dtypes.uint16)}
    type_defaults = {"T": dtypes.uint8}

    def kernel(self, xp, image):
        if image.ndim != 3:
            raise invalid(f"image must be 3-dimensional {_shown(image)}")
        if not -1 <= self.compression <= 9:
            raise invalid(f"compression should be in [-1,9], got {self.compression}")
        if not 1 <= image.shape[2] <= 4:
            raise invalid(f"image must have 1, 2, 3, or 4 channels, got {image.shape[2]}")
        return np.array(png(image, self.compression), object)


def encode_jpeg(
    image: Any,
    format: str = "",
    quality: int = 95,
    progressive: bool = False,
    optimize_size: bool = False,
    chroma_downsampling: bool = True,
    density_unit: str = "in",
    x_density: int = 300,
    y_density: int = 300,
    xmp_metadata: str = "",
    name: str | None = None,
) -> Tensor:
    r"""Encode an image as JPEG. Needs Pillow: `pip install 'minigraph[images]'`.

    Args:
        image: uint8, (height, width, 1 or 3).
        format: "grayscale", "rgb", or "" for what the image is.
        quality: 0 to 100.
        progressive: make a file that can be shown while it is loaded.
        optimize_size: make a smaller file, in more time.
        chroma_downsampling: store the colours of every other pixel only.
        density_unit: "in" or "cm".
        x_density, y_density: pixels by unit.
        xmp_metadata: a text about the image.
        name: the name of the node.

    Returns:
        A scalar string, the contents of a file for `tf.write_file`.

    Raises:
        ValueError: if the image does not have 3 axes, or there is no such format.
        InvalidArgumentError: in a run, for other channels or qualities.
        ImportError: in a run, if Pillow is not installed.

    Example:
        >>> print(sess.run(tf.image.encode_jpeg(tf.zeros([2, 2, 3], tf.uint8)))[:3])
        b'\xff\xd8\xff'
    """
    op_def = EncodeJpeg(
        format,
        quality,
        progressive,
        optimize_size,
        chroma_downsampling,
        density_unit,
        x_density,
        y_density,
        xmp_metadata,
    )
    return apply(op_def, image, name=name)


def encode_jpeg_variable_quality(images: Any, quality: Any, name: str | None = None) -> Tensor:
    """Encode an image as JPEG in a quality that is an int32 scalar of the graph; see `encode_jpeg`."""
    return apply(EncodeJpegVariableQuality(), images, quality, name=name)


def encode_png(image: Any, compression: int = -1, name: str | None = None) -> Tensor:
    r"""Encode an image as PNG.

    Args:
        image: uint8 or uint16, (height, width, 1 to 4 channels).
        compression: 0 for none, up to 9 for the most.
        name: the name of the node.

    Returns:
        A scalar string, the contents of a file for `tf.write_file`.

    Raises:
        ValueError: if the image does not have 3 axes.

    Example:
        >>> print(sess.run(tf.image.encode_png(tf.zeros([2, 2, 3], tf.uint8)))[:4])
        b'\x89PNG'
    """
    return apply(EncodePng(compression), image, name=name)
