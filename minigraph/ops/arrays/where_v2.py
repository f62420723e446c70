"""`where_v2`: elementwise selection with broadcasting."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import broadcast
from minigraph.ops.arrays.where import where

__all__ = ["where_v2"]


class SelectV2(OpDef):
    """Elements of `t` where the condition holds, else of `e`; all three are broadcast to one shape."""

    inputs = ("condition: bool", "t: T", "e: T")

    def shape(self, condition, t, e):
        return broadcast(condition, broadcast(t, e))

    def kernel(self, xp, condition, t, e):
        return xp.where(condition, t, e)

    def gradient(self, tf, dy, y, condition, t, e):
        zeros = tf.zeros([], dtype=dy.dtype.base_dtype)
        dt, sizes_of_t, sizes = where_v2(condition, dy, zeros), tf.shape(t), tf.shape(y)
        dt = _summed_to(tf, dt, sizes_of_t, sizes)
        de, sizes_of_e = where_v2(condition, zeros, dy), tf.shape(e)
        return None, dt, _summed_to(tf, de, sizes_of_e, sizes)


def _summed_to(tf: Any, gradient: Tensor, sizes: Tensor, sizes_of_result: Tensor) -> Tensor:
    """Sum a gradient over the axes along which an input of the shape `sizes` was repeated."""
    axes, _ = tf.broadcast_gradient_args(sizes, sizes_of_result)
    return tf.reshape(tf.reduce_sum(gradient, axes, keepdims=True), sizes)


def where_v2(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> Tensor:
    """Select elements of two tensors by a condition, with broadcasting; with one argument, return true positions.

    Args:
        condition: a boolean tensor.
        x, y: two tensors of one type, or both None. The three shapes are broadcast, unlike those of `tf.where`.
        name: the name of the node.

    Returns:
        A tensor of the broadcast shape and the type of `x`; with one argument an int64 matrix, an index vector in each
        row.

    Raises:
        ValueError: if only one of `x` and `y` is given, or the shapes do not fit.

    Example:
        >>> print(sess.run(tf.where_v2([[True], [False]], [1, 2], 0)).tolist())
        [[1, 2], [0, 0]]
    """
    if x is None or y is None:
        return where(condition, x, y, name)
    return apply(SelectV2(), condition, x, y, name=name)
