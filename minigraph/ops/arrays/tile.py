"""`tile`: repeat a tensor along its axes."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import TensorShape, brackets, unknown_shape

__all__ = ["tile"]


class Tile(OpDef):
    """Repeat a tensor along its axes."""

    inputs = ("input: T", "multiples: Tmultiples")
    allowed = {"Tmultiples": dtypes.INDICES}
    type_defaults = {"Tmultiples": dtypes.int32}
    static_inputs = (1,)
    forwards = True

    def shape(self, input, multiples):
        (count,) = with_rank(multiples.shape, 1).tuple
        if None not in (count, input.ndims):
            with_rank(unknown_shape(count), input.ndims)
        if input.ndims is None or multiples.as_shape.ndims is None:
            return unknown_shape(input.ndims if input.ndims is not None else count)
        factors = multiples.as_shape.tuple
        return TensorShape.of(
            tuple(None if n is None or m is None else int(n * m) for n, m in zip(input.tuple, factors))
        )

    def kernel(self, xp, input, multiples):
        demand(np.ndim(multiples) == 1, f"Expected multiples to be 1-D, but got shape {brackets(np.shape(multiples))}")
        factors = np.asarray(multiples).tolist()
        if np.shape(multiples) != (np.ndim(input),):
            both = f"length {np.ndim(input)} but got length {np.size(multiples)}"
            raise ValueError(f"Expected multiples argument to be a vector of {both}")
        for i, factor in enumerate(factors):
            if factor < 0:
                raise ValueError(f"Expected multiples[{i}] >= 0, but got {factor}")
        return input if all(factor == 1 for factor in factors) else xp.tile(input, factors)

    def gradient(self, tf, dy, y, input, multiples):
        shape = tf.shape(input, out_type=multiples.dtype)
        parts: Any = tf.reshape(tf.transpose(tf.stack([multiples, shape])), [-1])
        axes = tf.range(0, tf.size(parts), 2)
        if isinstance(dy, IndexedSlices):
            count = tf.cast(shape[0], dy.indices.dtype)
            dy = tf.unsorted_segment_sum(dy.values, tf.floormod(dy.indices, count), count)
            parts = tf.concat([[1], parts[1:]], axis=0)
        result = tf.reduce_sum(tf.reshape(dy, parts), axes)
        result.set_shape(input.shape)
        return result, None


def tile(input: Any, multiples: Any, name: str | None = None) -> Tensor:
    """Repeat a tensor along its axes, along each of them as often as the integer in `multiples` says.

    Example:
        >>> print(tf.tile([1, 2], [2]).eval())
        [1 2 1 2]
    """
    return apply(Tile(), input, multiples, name=name)
