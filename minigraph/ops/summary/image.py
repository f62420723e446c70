"""Summaries of images, as PNG."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import brackets
from minigraph.ops.summary.base import SummaryOp, collect, summary_scope
from minigraph.ops.summary.messages import integer, part, string, summary, text_of, value
from minigraph.ops.summary.png import png

__all__ = ["image"]


class ImageSummary(SummaryOp):
    """Images, as PNG."""

    max_images: int = 3
    bad_color: Any = np.array([255, 0, 0, 255], np.uint8)

    inputs = ("tag: string", "tensor: T")
    allowed = {"T": (dtypes.uint8, dtypes.float32, dtypes.float16, dtypes.float64)}
    type_defaults = {"T": dtypes.float32}
    minimum = {"max_images": 1}

    def kernel(self, xp, tag, tensor):
        if tensor.ndim != 4 or tensor.shape[3] not in (1, 3, 4):
            raise ValueError(f"Tensor must be 4-D with last dim 1, 3, or 4, not {brackets(tensor.shape)}")
        name = text_of(tag)
        values = []
        for i, image in enumerate(tensor[: self.max_images]):
            sizes = b"".join(integer(field, size) for field, size in enumerate(image.shape, 1))
            encoded = string(4, png(as_bytes(image, self.bad_color)))
            tag = f"{name}/image" if self.max_images == 1 else f"{name}/image/{i}"
            values.append(value(tag, part(4, sizes + encoded)))
        return summary(*values)


def as_bytes(image: np.ndarray, bad_color: np.ndarray) -> np.ndarray:
    """Return an image as bytes: floats are scaled to a maximum of 255; with negative ones, 0 becomes the middle."""
    if image.dtype == np.uint8:
        return image
    finite = np.isfinite(image)
    found = image[finite].astype(np.float64)
    low, high = (found.min(), found.max()) if found.size else (0.0, 0.0)
    if low < 0:
        largest = max(abs(low), abs(high))
        scale, offset = (127.0 / largest if largest >= 1e-6 else 0.0), 128.0
    else:
        scale, offset = (255.0 / high if high >= 1e-6 else 0.0), 0.0
    shown = np.where(finite, image.astype(np.float64) * scale + offset, 0.0).astype(np.uint8)
    if not finite.all():
        shown[~finite.all(axis=-1)] = bad_color[: image.shape[2]]
    return shown


def image(name: str, tensor: Any, max_outputs: int = 3, collections: Any = None, family: str | None = None) -> Tensor:
    """Build a summary of images.

    Args:
        name, collections, family: as for `scalar`.
        tensor: images, (batch, height, width, channels) with 1, 3 or 4 channels, of bytes or floats.
        max_outputs: the maximum number of images.

    Example:
        >>> print(tf.summary.image("digits", tf.zeros([1, 8, 8, 1])).name)
        digits:0
    """
    with summary_scope(name, family, [tensor]) as (tag, scope):
        return collect(apply(ImageSummary(max_outputs), tag, tensor, name=scope), collections)
