"""The gradient of a product over axes."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import device
from minigraph.ops.math.reduction_axes import reduced_shape

__all__: list[str] = []


def of_product(tf: Any, dy: Tensor, input: Tensor, axes: Tensor) -> Tensor:
    """Return the gradient of a product: for each element the product of all others, without division by zero."""
    shape = tf.shape(input)
    reduced: Any = tf.reshape(axes, [-1])
    kept = reduced_shape(tf, shape, axes)
    factors = tf.safe_division(shape, kept)
    dy = tf.tile(tf.reshape(dy, kept), factors)
    with device("/cpu:0"):
        ndims = tf.rank(input)
        reduced = tf.cast((reduced + ndims) % ndims, dtypes.int32)
        other, _ = tf.setdiff1d(tf.range(0, ndims), reduced)
        order = tf.concat([reduced, other], 0)
        reduced_count = tf.reduce_prod(tf.gather(shape, reduced))
        other_count = tf.reduce_prod(tf.gather(shape, other))
    permuted = tf.transpose(input, order)
    permuted_shape = tf.shape(permuted)
    matrix = tf.reshape(permuted, (reduced_count, other_count))
    left = tf.cumprod(matrix, axis=0, exclusive=True)
    right = tf.cumprod(matrix, axis=0, exclusive=True, reverse=True)
    both = tf.reshape(tf.conj(left) * tf.conj(right), permuted_shape)
    result = dy * tf.transpose(both, tf.invert_permutation(order))
    return tf.reshape(result, shape)
