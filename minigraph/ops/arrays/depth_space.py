"""`space_to_depth` and `depth_to_space`: blocks of pixels as channels, and back."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import ShapeError, TensorShape

__all__ = ["depth_to_space", "space_to_depth"]


class _Blocks(OpDef, base=True):
    """Base: images of shape [batch, height, width, channels], or with the channels second."""

    block_size: int
    data_format: str = "NHWC"

    inputs = ("input: T",)
    minimum = {"block_size": 2}
    choices = {"data_format": ("NHWC", "NCHW", "NCHW_VECT_C")}

    def shape(self, input):
        batch, *sizes = with_rank(input, 4).tuple
        channels_first = self.data_format != "NHWC"
        channels = sizes.pop(0 if channels_first else 2)
        height, width, channels = self.sizes(sizes[0], sizes[1], channels)
        return TensorShape.of((batch, channels, height, width) if channels_first else (batch, height, width, channels))

    def sizes(self, height: Any, width: Any, channels: Any) -> tuple:
        """Return the sizes of the result."""
        raise NotImplementedError

    def kernel(self, xp, input):
        demand(self.data_format == "NHWC", f"Only NHWC data_format supported on CPU. Got {self.data_format}")
        return self.rearranged(xp, input)

    def rearranged(self, xp: Any, input: Any) -> Any:
        """Return the images with the channels last."""
        raise NotImplementedError


def _divided(size: int | None, by: int) -> int | None:
    if size is not None and size % by:
        raise ShapeError(f"Dimension size must be evenly divisible by {by} but is {size}")
    return None if size is None else size // by


def _times(size: int | None, by: int) -> int | None:
    return None if size is None else size * by


class SpaceToDepth(_Blocks):
    """The pixels of each block as channels of one pixel."""

    def sizes(self, height, width, channels):
        size = self.block_size
        return _divided(height, size), _divided(width, size), _times(channels, size * size)

    def rearranged(self, xp, input):
        batch, height, width, channels = input.shape
        size = self.block_size
        x = xp.reshape(input, (batch, height // size, size, width // size, size, channels))
        x = xp.transpose(x, (0, 1, 3, 2, 4, 5))
        return xp.reshape(x, (batch, height // size, width // size, size * size * channels))

    def gradient(self, tf, dy, y, input):
        return tf.depth_to_space(dy, self.block_size, data_format=self.data_format)


class DepthToSpace(_Blocks):
    """The channels of each pixel as a block of pixels."""

    def sizes(self, height, width, channels):
        size = self.block_size
        return _times(height, size), _times(width, size), _divided(channels, size * size)

    def rearranged(self, xp, input):
        batch, height, width, channels = input.shape
        size = self.block_size
        left = channels // (size * size)
        x = xp.reshape(input, (batch, height, width, size, size, left))
        x = xp.transpose(x, (0, 1, 3, 2, 4, 5))
        return xp.reshape(x, (batch, height * size, width * size, left))

    def gradient(self, tf, dy, y, input):
        return tf.space_to_depth(dy, self.block_size, data_format=self.data_format)


def space_to_depth(input: Any, block_size: int, name: str | None = None, data_format: str = "NHWC") -> Tensor:
    """Turn blocks of pixels into channels.

    Args:
        input: images of shape [batch, height, width, channels], whose sides are multiples of `block_size`.
        block_size: the side of a block, 2 or more.
        name: the name of the node.
        data_format: "NHWC"; a graph may have "NCHW" too, but not run it.

    Returns:
        Images of shape [batch, height / block_size, width / block_size, channels * block_size ** 2].

    Raises:
        ValueError: if the sizes do not fit.

    Example:
        >>> print(tf.space_to_depth([[[[1], [2]], [[3], [4]]]], 2).eval())
        [[[[1 2 3 4]]]]
    """
    return apply(SpaceToDepth(block_size, data_format), input, name=name)


def depth_to_space(input: Any, block_size: int, name: str | None = None, data_format: str = "NHWC") -> Tensor:
    """Turn channels into blocks of pixels: the inverse of `space_to_depth`.

    Example:
        >>> print(tf.depth_to_space([[[[1, 2, 3, 4]]]], 2).eval().tolist())
        [[[[1], [2]], [[3], [4]]]]
    """
    return apply(DepthToSpace(block_size, data_format), input, name=name)
