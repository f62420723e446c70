"""Summaries: operations whose values are `Summary` messages, for the event files that TensorBoard reads."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.opdef import OpDef
from minigraph.graph.shapes import TensorShape, brackets

__all__: list[str] = []


def protos() -> Any:
    """Return the module of TensorBoard's Summary messages.

    Raises:
        ImportError: if TensorBoard is not installed; the message says how to install it.
    """
    try:
        from tensorboard.compat.proto import summary_pb2
    except ImportError as error:
        raise ImportError("Summaries need TensorBoard's messages: pip install 'minigraph[tensorboard]'") from error
    return summary_pb2


def _text(value: Any) -> str:
    value = np.asarray(value).item()
    return value.decode() if isinstance(value, bytes) else str(value)


def _message(**fields: Any) -> np.ndarray:
    summary = protos().Summary
    return np.array(summary(value=[summary.Value(**fields)]).SerializeToString(), dtype=object)


class _Summary(OpDef):
    outputs = ("string",)

    def shape(self, *inputs):
        return TensorShape.of(())

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


class ScalarSummary(_Summary):
    """A number for each tag."""

    inputs = ("tags: string", "values: T")
    allowed = {"T": dtypes.REALS}

    def kernel(self, xp, tags, values):
        if np.shape(tags) != np.shape(values):
            one = f" (tag '{_text(tags)}')" if np.size(tags) == 1 else ""
            raise ValueError(
                f"tags and values not the same shape: {brackets(np.shape(tags))} != {brackets(np.shape(values))}{one}"
            )
        summary = protos().Summary
        pairs = zip(np.ravel(tags), np.ravel(values))
        return np.array(
            summary(
                value=[summary.Value(tag=_text(tag), simple_value=float(value)) for tag, value in pairs]
            ).SerializeToString(),
            dtype=object,
        )


def _bucket_limits() -> np.ndarray:
    positive, limit = [], 1e-12
    while limit < 1e20:
        positive.append(limit)
        limit *= 1.1
    positive.append(np.finfo(np.float64).max)
    return np.array([-v for v in reversed(positive)] + [0.0] + positive)


_LIMITS = _bucket_limits()


def histogram_fields(values: Any) -> dict:
    """Return the fields of a histogram message: extremes, sums, and the buckets (runs of empty ones merged).

    Example:
        >>> fields = histogram_fields(np.array([1.0, 2.0, 2.0]))
        >>> fields["num"], fields["sum"], sum(fields["bucket"])
        (3.0, 5.0, 3.0)
    """
    flat = np.ravel(values).astype(np.float64)
    counts = np.bincount(np.searchsorted(_LIMITS, flat, side="right"), minlength=len(_LIMITS)).astype(float)
    full = counts > 0
    last_of_run = np.append(full[:-1] | full[1:], True)
    return dict(
        min=float(flat.min()) if flat.size else float(np.finfo(float).max),
        max=float(flat.max()) if flat.size else -float(np.finfo(float).max),
        num=float(flat.size),
        sum=float(flat.sum()),
        sum_squares=float(flat @ flat),
        bucket_limit=_LIMITS[last_of_run].tolist(),
        bucket=counts[last_of_run].tolist(),
    )


class HistogramSummary(_Summary):
    """A histogram of a tensor's elements."""

    inputs = ("tag: string", "values: T")
    allowed = {"T": dtypes.REALS}
    type_defaults = {"T": dtypes.float32}

    def kernel(self, xp, tag, values):
        if not np.isfinite(values).all():
            word = "Nan" if np.isnan(values).any() else "Infinity"
            raise errors.InvalidArgumentError(None, None, f"{word} in summary histogram for: {_text(tag)}")
        return _message(tag=_text(tag), histo=protos().HistogramProto(**histogram_fields(values)))


class ImageSummary(_Summary):
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
        summary = protos().Summary
        count, name = min(self.max_images, len(tensor)), _text(tag)
        values = []
        for i, image in enumerate(tensor[:count]):
            part = summary.Image(
                height=image.shape[0],
                width=image.shape[1],
                colorspace=image.shape[2],
                encoded_image_string=png(as_bytes(image, self.bad_color)),
            )
            values.append(
                summary.Value(tag=f"{name}/image" if self.max_images == 1 else f"{name}/image/{i}", image=part)
            )
        return np.array(summary(value=values).SerializeToString(), dtype=object)


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


def png(image: np.ndarray) -> bytes:
    """Encode an image of bytes with 1, 3 or 4 channels as PNG.

    Example:
        >>> png(np.zeros((2, 2, 1), np.uint8))[:4]
        b'\\x89PNG'
    """
    height, width, channels = image.shape
    colour = {1: 0, 3: 2, 4: 6}[channels]
    rows = np.concatenate([np.zeros((height, 1), np.uint8), image.reshape(height, -1)], axis=1)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows.tobytes()))
        + chunk(b"IEND", b"")
    )


class TensorSummaryV2(_Summary):
    """A tensor for the TensorBoard plugin named in the metadata."""

    inputs = ("tag: string", "tensor: T", "serialized_summary_metadata: string")

    def kernel(self, xp, tag, tensor, metadata):
        from tensorboard.util import tensor_util

        summary_metadata = protos().SummaryMetadata.FromString(np.asarray(metadata).item())
        return _message(
            tag=_text(tag), tensor=tensor_util.make_tensor_proto(np.asarray(tensor)), metadata=summary_metadata
        )


class MergeSummary(_Summary):
    """The values of several summaries in one message."""

    inputs = ("*inputs: string",)

    def kernel(self, xp, *inputs):
        merged = protos().Summary()
        for message in inputs:
            for part in np.ravel(message):
                try:
                    merged.MergeFromString(part)
                except Exception as error:  # DecodeError of a package that may not be installed
                    raise ValueError("Could not parse one of the summary inputs") from error
        tags = [value.tag for value in merged.value]
        twice = next((tag for i, tag in enumerate(tags) if tag in tags[:i]), None)
        if twice is not None:
            raise ValueError(f"Duplicate tag {twice} found in summary inputs")
        return np.array(merged.SerializeToString(), dtype=object)
