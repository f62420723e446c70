"""Broadcasting: repeating tensors to a larger shape, and finding the axes along which they are repeated."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import ShapeError, TensorShape, brackets, unknown_shape
from minigraph.graph.shapes import broadcast as broadcast_shapes

__all__ = ["broadcast_to", "broadcast_static_shape", "broadcast_dynamic_shape", "broadcast_gradient_args"]


class BroadcastGradientArgs(OpDef):
    """The axes over which the gradients of two broadcast inputs are summed, computed from their shapes."""

    inputs = ("s0", "s1")
    outputs = ("T", "T")
    allowed = {"T": dtypes.INDICES}
    type_defaults = {"T": dtypes.int32}

    def shape(self, s0, s1):
        return unknown_shape(1), unknown_shape(1)

    def kernel(self, xp, s0, s1):
        first, second = axes_to_sum(tuple(np.asarray(s0).tolist()), tuple(np.asarray(s1).tolist()))
        return np.array(first, s0.dtype), np.array(second, s1.dtype)

    def gradient(self, tf, dy, y, s0, s1):
        return None, None


def axes_to_sum(s0: tuple, s1: tuple) -> tuple[list[int], list[int]]:
    """Return the axes of the common shape along which each of two shapes is repeated.

    An axis of size 1 in both shapes is in both lists, as in TF1: summing one element changes nothing.

    Raises:
        ValueError: if the shapes cannot be broadcast.

    Example:
        >>> axes_to_sum((2, 3), (3,)), axes_to_sum((2, 1), (2, 5))
        (([], [0]), ([1], []))
    """
    if s0 == s1:
        return [], []
    rank = max(len(s0), len(s1))
    x, y = (1,) * (rank - len(s0)) + s0, (1,) * (rank - len(s1)) + s1
    for a, b in zip(x, y):
        if a != b and 1 not in (a, b):
            raise ValueError(f"Incompatible shapes: {brackets(s0)} vs. {brackets(s1)}")
    return [i for i in range(rank) if x[i] == 1], [i for i in range(rank) if y[i] == 1]


def broadcast_gradient_args(s0: Any, s1: Any, name: str | None = None) -> list[Tensor]:
    """Return two vectors: the axes to sum over for the gradients of the first and of the second input.

    Args:
        s0, s1: the shapes of the inputs, integer vectors.
        name: the name of the node.

    Example:
        >>> print(sess.run(broadcast_gradient_args([2, 3], [3])))
        [array([], dtype=int32), array([0], dtype=int32)]
    """
    return apply(BroadcastGradientArgs(), s0, s1, name=name)


def graph_cache(kind: str) -> dict:
    """Return a named cache that lives as long as the default graph."""
    return get_default_graph().kept(kind, dict)


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
    outputs = ("T",)
    allowed = {"T": dtypes.INDICES}
    type_defaults = {"T": dtypes.int32}

    def shape(self, s0, s1):
        lengths = [with_rank(s, 1).tuple[0] for s in (s0, s1)]
        return TensorShape.of((None if None in lengths else max(lengths),))

    def kernel(self, xp, s0, s1):
        x, y = tuple(s0.tolist()), tuple(s1.tolist())
        axes_to_sum(x, y)
        return np.array(np.broadcast_shapes(x, y), s0.dtype)

    def gradient(self, tf, dy, y, s0, s1):
        return None, None


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
