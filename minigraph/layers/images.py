"""The common base of convolution and pooling layers: the layout of images and the sizes of windows."""

from __future__ import annotations

from typing import Any

from minigraph.graph.shapes import TensorShape
from minigraph.layers.base import Layer

__all__ = ["Images", "checked_data_format", "checked_padding", "integers", "length"]


def integers(value: Any, count: int, name: str) -> tuple:
    """Return the given number of integers, from one integer or a list."""
    if isinstance(value, int):
        return (value,) * count
    received = f"The `{name}` argument must be a tuple of {count} integers. Received: {value}"
    try:
        found = tuple(value)
    except TypeError:
        raise ValueError(received) from None
    if len(found) != count:
        raise ValueError(received)
    for each in found:
        try:
            int(each)
        except (TypeError, ValueError):
            raise ValueError(f"{received} including element {each} of type {type(each)}") from None
    return found


def checked_padding(padding: str, causal: bool = False) -> str:
    """Return the padding in small letters; ValueError for an unknown one, or "causal" where it has no meaning."""
    if padding.lower() == "causal" and not causal:
        raise ValueError("Causal padding is only supported for `Conv1D`and ``SeparableConv1D`.")
    if padding.lower() not in ("valid", "same", "causal"):
        raise ValueError(
            f'The `padding` argument must be a list/tuple or one of "valid", "same" (or "causal", only '
            f"for `Conv1D). Received: {padding}"
        )
    return padding.lower()


def checked_data_format(data_format: str) -> str:
    """Return the data format in small letters; ValueError for an unknown one."""
    if data_format.lower() not in ("channels_first", "channels_last"):
        raise ValueError(
            f'The `data_format` argument must be one of "channels_first", "channels_last". Received: {data_format}'
        )
    return data_format.lower()


def length(size: int | None, window: int, padding: str, stride: int, dilation: int = 1) -> int | None:
    """Return the number of windows along an axis of that size."""
    if size is None:
        return None
    places = size if padding in ("same", "causal") else size - (window - 1) * dilation
    return (places + stride - 1) // stride


class Images(Layer):
    """Base of layers on images (or sequences), with spatial axes and a channel axis."""

    data_format: str

    @property
    def _layout(self) -> str:
        return "NHWC" if self.data_format == "channels_last" else "NCHW"

    @property
    def channel_axis(self) -> int:
        """The axis of the channels."""
        return -1 if self.data_format == "channels_last" else 1

    def _split(self, shape: Any) -> tuple:
        """Return the batch size, the sizes of the images, and the number of channels."""
        batch, *rest = TensorShape(shape).as_list()
        return (batch, rest[:-1], rest[-1]) if self.data_format == "channels_last" else (batch, rest[1:], rest[0])

    def _arranged(self, batch: Any, sizes: Any, channels: Any) -> list:
        last = self.data_format == "channels_last"
        return [batch, *sizes, channels] if last else [batch, channels, *sizes]
