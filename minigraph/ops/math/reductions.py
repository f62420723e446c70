"""Sums, means and products over axes."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.constant_value import constant_value
from minigraph.graph.operation import Tensor
from minigraph.ops.math import reduction_gradients
from minigraph.ops.math.reduction_axes import Reduction, reduced

__all__ = ["reduce_sum", "reduce_mean", "reduce_prod"]


class Sum(Reduction):
    """The sum over axes."""

    def reduce(self, xp, input, axes):
        return xp.sum(input, axis=axes, keepdims=self.keep_dims, dtype=input.dtype)

    def gradient(self, tf, dy, y, input, axes):
        return _spread(tf, dy, input, axes), None


class Mean(Reduction):
    """The mean over axes; rounded towards zero for integers."""

    def reduce(self, xp, input, axes):
        is_integer = input.dtype.kind in "iu"
        total = xp.sum(input, axis=axes, keepdims=self.keep_dims, dtype=np.int64 if is_integer else input.dtype)
        count = np.size(input) // max(np.size(total), 1)
        if is_integer:
            return (np.sign(total) * (np.abs(total) // max(count, 1))).astype(input.dtype)
        return total / input.dtype.type(count)

    def gradient(self, tf, dy, y, input, axes):
        spread = _spread(tf, dy, input, axes)
        count, kept = input.shape.num_elements(), y.shape.num_elements()
        if count is not None and kept is not None:
            factor: Any = tf.constant(count // max(kept, 1), spread.dtype)
        else:
            sizes, left = tf.shape(input), tf.shape(y)
            factor = tf.safe_division(tf.reduce_prod(sizes), tf.reduce_prod(left))
        return tf.truediv(spread, tf.cast(factor, spread.dtype)), None


class Prod(Reduction):
    """The product over axes."""

    def reduce(self, xp, input, axes):
        return xp.prod(input, axis=axes, keepdims=self.keep_dims, dtype=input.dtype)

    def gradient(self, tf, dy, y, input, axes):
        return reduction_gradients.of_product(tf, dy, input, axes), None


def _spread(tf: Any, dy: Tensor, input: Tensor, axes: Tensor) -> Tensor:
    """Repeat the gradient of a sum along the summed axes."""
    sizes = input.shape.tuple
    if sizes is None or not np.array_equal(constant_value(axes), np.arange(len(sizes))):
        return reduction_gradients.repeated(tf, dy, input, axes)
    dy = tf.reshape(dy, [1] * len(sizes))
    return tf.tile(dy, tf.shape(input) if None in sizes else tf.constant(sizes, dtypes.int32))


def reduce_sum(
    input_tensor: Any,
    axis: Any = None,
    keepdims: Any = None,
    name: str | None = None,
    reduction_indices: Any = None,
    keep_dims: Any = None,
) -> Tensor:
    """Sum the elements of a tensor over axes, in its type.

    Args:
        input_tensor: a tensor of numbers.
        axis: an axis or a list of them (negative ones count from the end); by default all.
        keepdims: keep the axes, with size 1.
        name: the name of the node.
        reduction_indices, keep_dims: the older names of `axis` and `keepdims`.

    Raises:
        ValueError: if an axis is out of range, or both spellings of an argument are given.

    Example:
        >>> x = tf.constant([[1, 2, 3], [4, 5, 6]])
        >>> print(sess.run(tf.reduce_sum(x)), sess.run(tf.reduce_sum(x, 0)), sess.run(tf.reduce_sum(x, 1)))
        21 [5 7 9] [ 6 15]
    """
    return reduced(Sum, input_tensor, axis, keepdims, name, reduction_indices, keep_dims)


def reduce_mean(
    input_tensor: Any,
    axis: Any = None,
    keepdims: Any = None,
    name: str | None = None,
    reduction_indices: Any = None,
    keep_dims: Any = None,
) -> Tensor:
    """Return the mean of the elements over axes; the arguments are those of `reduce_sum`.

    The mean of integers is an integer, rounded towards zero: cast to float32 first.

    Example:
        >>> print(sess.run(tf.reduce_mean([[1.0, 2.0], [3.0, 4.0]], axis=0)), sess.run(tf.reduce_mean([1, 0, 1])))
        [2. 3.] 0
    """
    return reduced(Mean, input_tensor, axis, keepdims, name, reduction_indices, keep_dims)


def reduce_prod(
    input_tensor: Any,
    axis: Any = None,
    keepdims: Any = None,
    name: str | None = None,
    reduction_indices: Any = None,
    keep_dims: Any = None,
) -> Tensor:
    """Multiply the elements over axes; the arguments are those of `reduce_sum`.

    Example:
        >>> print(tf.reduce_prod([[1, 5], [3, 4]]).eval())
        60
    """
    return reduced(Prod, input_tensor, axis, keepdims, name, reduction_indices, keep_dims)
