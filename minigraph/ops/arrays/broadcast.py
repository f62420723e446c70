"""Broadcasting: repeating tensors to a larger shape, and finding the axes along which they are repeated."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import ShapeError, TensorShape, brackets
from minigraph.graph.shapes import broadcast as broadcast_shapes
from minigraph.ops.arrays.broadcast_gradient import axes_to_sum

__all__ = ["broadcast_to", "broadcast_static_shape", "broadcast_dynamic_shape"]


class BroadcastTo(OpDef):
    """Repeat a tensor to a larger shape."""

    inputs = ("input: T", "shape: Tidx")
    allowed = {"Tidx": dtypes.INDICES}
    type_defaults = {"Tidx": dtypes.int32}
    static_inputs = shape_inputs = (1,)
    forwards = True

    def shape(self, input, shape):
        rank = with_rank(shape.shape, 1).tuple[0]
        if rank is not None and (input.ndims or 0) > rank:
            raise ShapeError(f"Shape must be at most rank {rank} but is rank {input.ndims}")
        wanted = shape.as_shape
        if wanted.ndims is None or input.ndims is None:
            return wanted
        broadcast_shapes(input, wanted)
        sizes = zip((None,) * (wanted.ndims - input.ndims) + input.tuple, wanted.tuple)
        return TensorShape.of(tuple(given if d is None and (given or 0) > 1 else d for given, d in sizes))

    def kernel(self, xp, input, shape):
        demand(np.ndim(shape) == 1, f"shape must be a vector of {{int32,int64}}, got shape {brackets(np.shape(shape))}")
        wanted = tuple(np.asarray(shape).tolist())
        if min(wanted, default=0) < 0:
            raise ValueError(f"Dimension {min(wanted)} must be >= 0")
        if np.ndim(input) > len(wanted):
            raise ValueError(
                f"Rank of input ({np.ndim(input)}) must be no greater than rank of output shape ({len(wanted)})."
            )
        if 0 in wanted:
            return xp.zeros(wanted, input.dtype)
        axes_to_sum(wanted, np.shape(input))
        return input if np.shape(input) == wanted else xp.array(xp.broadcast_to(input, wanted))

    def gradient(self, tf, dy, y, input, shape):
        input_shape = tf.shape(input)
        _, axes = tf.broadcast_gradient_args(shape, input_shape)
        return tf.reshape(tf.reduce_sum(dy, axis=axes, keepdims=True), input_shape), None


class BroadcastArgs(OpDef):
    """The shape to which two shapes are broadcast."""

    inputs = ("s0", "s1")
    outputs = ("r0: T",)
    allowed = {"T": dtypes.INDICES}
    type_defaults = {"T": dtypes.int32}
    gradient = no_gradient

    def shape(self, s0, s1):
        lengths = [with_rank(s, 1).tuple[0] for s in (s0, s1)]
        return TensorShape.of((None if None in lengths else max(lengths),))

    def kernel(self, xp, s0, s1):
        x, y = tuple(s0.tolist()), tuple(s1.tolist())
        axes_to_sum(x, y)
        return np.array(np.broadcast_shapes(x, y), s0.dtype)


def broadcast_to(input: Any, shape: Any, name: str | None = None) -> Tensor:
    """Repeat a tensor to a larger shape by the rules of broadcasting.

    Args:
        input: a tensor.
        shape: a vector of integers.
        name: the name of the node.

    Example:
        >>> print(tf.broadcast_to([1, 2], [2, 2]).eval().tolist())
        [[1, 2], [1, 2]]
    """
    return apply(BroadcastTo(), input, shape, name=name)


def broadcast_dynamic_shape(shape_x: Any, shape_y: Any) -> Tensor:
    """Return the shape (a vector) to which two shapes are broadcast at run time.

    Example:
        >>> print(tf.broadcast_dynamic_shape([2, 1], [3]).eval())
        [2 3]
    """
    return apply(BroadcastArgs(), shape_x, shape_y)


def broadcast_static_shape(shape_x: TensorShape, shape_y: TensorShape) -> TensorShape:
    """Return the static shape to which two static shapes are broadcast.

    Raises:
        ValueError: if they cannot be.

    Example:
        >>> print(tf.broadcast_static_shape(tf.TensorShape([2, 1]), tf.TensorShape([3])))
        (2, 3)
    """
    try:
        return broadcast_shapes(shape_x, shape_y)
    except ShapeError:
        raise ValueError(f"Incompatible shapes for broadcasting: {shape_x} and {shape_y}") from None
