"""Conversion between blocks of images and batches, by which a dilated convolution becomes a plain one."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand, with_rank, with_rank_at_least, with_size
from minigraph.graph.shapes import ShapeError, TensorShape, unknown_shape
from minigraph.ops.arrays import concat, constant, fill, shape_ops, stack

__all__ = ["space_to_batch_nd", "batch_to_space_nd", "required_space_to_batch_paddings", "with_holes"]


class _Blocks(OpDef):
    """Base: the input, the block sizes, and two numbers for each axis that has blocks."""

    static_inputs = (1, 2)

    def shape(self, input, block_shape, edges):
        (count,) = with_rank(block_shape.shape, 1).tuple
        with_size(with_rank(edges.shape, 2).tuple[1], 2)
        if count is None:
            return unknown_shape(input.ndims)
        batch, *sizes = with_rank_at_least(input, count + 1).tuple or (None,) * (count + 1)
        if input.ndims is None:
            return unknown_shape()
        blocks: list[Any] = [None] * count if block_shape.value is None else block_shape.value.tolist()
        sides = [None] * count if edges.value is None else edges.value.sum(axis=1).tolist()
        whole = None if None in (*blocks, batch) else self.batch(batch, math.prod(blocks))
        return TensorShape.of((whole, *map(self._size, sizes, blocks, sides), *sizes[count:]))

    def batch(self, batch: int, places: int) -> int:
        """Return the number of resulting images."""
        raise NotImplementedError

    def size(self, size: int, block: int, side: int) -> int:
        """Return the resulting size along an axis."""
        raise NotImplementedError

    def _size(self, size: int | None, block: int | None, side: int | None) -> int | None:
        return None if size is None or block is None or side is None else self.size(size, block, side)


def _divided(a: int, b: int) -> int:
    if a % b:
        raise ShapeError(f"Dimension size must be evenly divisible by {b} but is {a}")
    return a // b


class SpaceToBatchND(_Blocks):
    """Pad images with zeros, and make a separate image of each position in a block."""

    inputs = ("input: T", "block_shape: Tblock_shape", "paddings: Tpaddings")
    allowed = {"Tblock_shape": dtypes.INDICES, "Tpaddings": dtypes.INDICES}
    type_defaults = {"Tblock_shape": dtypes.int32, "Tpaddings": dtypes.int32}

    def batch(self, batch, places):
        return batch * places

    def size(self, size, block, side):
        return _divided(size + side, block)

    def kernel(self, xp, input, block_shape, paddings):
        blocks, count = np.asarray(block_shape).tolist(), len(block_shape)
        demand(input.ndim > count, f"input rank should be >= {count + 1} instead of {input.ndim}")
        rest = input.shape[count + 1 :]
        x = xp.pad(input, [(0, 0), *np.asarray(paddings).tolist(), *[(0, 0)] * len(rest)])
        for i, (n, b) in enumerate(zip(x.shape[1:], blocks)):
            demand(not n % b, f"padded_shape[{i}]={n} is not divisible by block_shape[{i}]={b}")
        split = [n for size, b in zip(x.shape[1:], blocks) for n in (size // b, b)]
        x = xp.reshape(x, (x.shape[0], *split, *rest))
        places, images = range(2, 2 * count + 1, 2), range(1, 2 * count + 1, 2)
        x = xp.transpose(x, (*places, 0, *images, *range(2 * count + 1, x.ndim)))
        return xp.reshape(x, (-1, *split[::2], *rest))

    def gradient(self, tf, dy, y, input, block_shape, paddings):
        return tf.batch_to_space_nd(dy, block_shape, paddings), None, None


class BatchToSpaceND(_Blocks):
    """Reassemble images split by SpaceToBatchND, and crop the result."""

    inputs = ("input: T", "block_shape: Tblock_shape", "crops: Tcrops")
    allowed = {"Tblock_shape": dtypes.INDICES, "Tcrops": dtypes.INDICES}
    type_defaults = {"Tblock_shape": dtypes.int32, "Tcrops": dtypes.int32}

    def batch(self, batch, places):
        return _divided(batch, places)

    def size(self, size, block, side):
        if size * block < side:
            raise ShapeError(f"Negative dimension size caused by subtracting {side} from {size * block}")
        return size * block - side

    def kernel(self, xp, input, block_shape, crops):
        blocks, count = np.asarray(block_shape).tolist(), len(block_shape)
        demand(input.ndim > count, f"input rank should be >= {count + 1} instead of {input.ndim}")
        sizes, rest = input.shape[1 : count + 1], input.shape[count + 1 :]
        if input.shape[0] % math.prod(blocks):
            raise ValueError(
                f"Input batch dimension ({input.shape[0]}) is not divisible by product of block sizes "
                f"({math.prod(blocks)})"
            )
        x = xp.reshape(input, (*blocks, -1, *sizes, *rest))
        pairs = [axis for i in range(count) for axis in (count + 1 + i, i)]
        x = xp.transpose(x, (count, *pairs, *range(2 * count + 1, x.ndim)))
        x = xp.reshape(x, (-1, *[n * b for n, b in zip(sizes, blocks)], *rest))
        inner = [slice(a, n - b) for (a, b), n in zip(np.asarray(crops).tolist(), x.shape[1:])]
        return x[(slice(None), *inner)]

    def gradient(self, tf, dy, y, input, block_shape, crops):
        return tf.space_to_batch_nd(dy, block_shape, crops), None, None


def space_to_batch_nd(input: Any, block_shape: Any, paddings: Any, name: str | None = None) -> Tensor:
    """Pad images with zeros, and make a separate image of each position in a block.

    Args:
        input: a tensor of shape (batch, sizes..., rest...).
        block_shape: the block size along each axis of the images.
        paddings: the number of zeros before and after, a row for each axis of the images.
        name: the name of the node.

    Returns:
        A tensor of shape (batch * positions in a block, (sizes + paddings) / block..., rest...).

    Raises:
        ValueError: if the padded sizes are not multiples of the block's.

    Example:
        >>> print(sess.run(space_to_batch_nd([[1, 2, 3]], [2], [[0, 1]])).tolist())
        [[1, 3], [2, 0]]
    """
    return apply(SpaceToBatchND(), input, block_shape, paddings, name=name)


def batch_to_space_nd(input: Any, block_shape: Any, crops: Any, name: str | None = None) -> Tensor:
    """Reassemble images split by `space_to_batch_nd`; the arguments mirror its own.

    Example:
        >>> print(sess.run(batch_to_space_nd([[1, 3], [2, 0]], [2], [[0, 1]])).tolist())
        [[1, 2, 3]]
    """
    return apply(BatchToSpaceND(), input, block_shape, crops, name=name)


def required_space_to_batch_paddings(
    input_shape: Any, block_shape: Any, base_paddings: Any = None, name: str | None = None
) -> tuple:
    """Return the paddings that make sizes multiples of a block's, and the crops that undo the extra padding.

    Args:
        input_shape: the sizes, a vector.
        block_shape: the sizes of a block.
        base_paddings: the minimum paddings, of shape (axes, 2); by default none.
        name: the name scope.

    Example:
        >>> paddings, crops = sess.run(required_space_to_batch_paddings([5, 4], [2, 2]))
        >>> print(paddings.tolist(), crops.tolist())
        [[0, 1], [0, 0]] [[0, 1], [0, 0]]
    """
    with atomic_scope(name, "required_space_to_batch_paddings", [input_shape, block_shape]):
        sizes: Any = convert_to_tensor(input_shape, dtypes.int32, name="input_shape")
        block: Any = convert_to_tensor(block_shape, dtypes.int32, name="block_shape")
        count = block.shape.as_list()[0]
        base: Any = (
            fill.zeros([count, 2], dtypes.int32)
            if base_paddings is None
            else convert_to_tensor(base_paddings, dtypes.int32, name="base_paddings")
        )
        known = [constant_value(t) for t in (sizes, block, base)]
        if all(v is not None for v in known):
            sizes, block, base = known
        start, end = base[:, 0], base[:, 1]
        extra = (block - (sizes + start + end) % block) % block
        end = end + extra
        pairs = [[start[i], end[i]] for i in range(count)]
        if isinstance(extra, np.ndarray):
            return (
                constant.constant(pairs, dtypes.int32, name="paddings"),
                constant.constant([[0, n] for n in extra], dtypes.int32, name="crops"),
            )
        return stack.stack(pairs, name="paddings"), stack.stack([[0, extra[i]] for i in range(count)], name="crops")


def with_holes(
    convolve: Callable, inputs: Tensor, rate: Tensor, base_paddings: Any, axes: tuple, shape: Any = None
) -> Tensor:
    """Convolve images with a dilated kernel, by plain convolutions of the images of every rate-th element.

    Args:
        convolve: a plain convolution without padding.
        inputs: the images.
        rate: a constant vector.
        base_paddings: the zeros around the images.
        axes: the axes of the images, which are consecutive.
        shape: the static shape to use, if it is known; by default that of the images.
    """
    sizes: Any = [(inputs.shape if shape is None else shape).as_list()[axis] for axis in axes]
    if None in sizes:
        found: Any = shape_ops.shape(inputs)
        sizes = stack.stack([found[axis] for axis in axes])
    paddings, crops = required_space_to_batch_paddings(sizes, rate, base_paddings)
    before = axes[0] - 1  # axes between the batch and the images, without blocks
    block = np.concatenate([np.ones(before, np.int32), constant_value(rate)])
    edges = [_all_rows(pairs, before, len(axes)) for pairs in (paddings, crops)]
    return batch_to_space_nd(convolve(space_to_batch_nd(inputs, block, edges[0])), block, edges[1])


def _all_rows(pairs: Any, before: int, count: int) -> Any:
    known = constant_value(pairs)
    if known is not None:
        return np.concatenate([np.zeros([before, 2], np.int32), known])
    rows = [fill.zeros([before, 2], dtypes.int32)] if before else []
    return concat.concat([*rows, pairs[0:count]], 0)
