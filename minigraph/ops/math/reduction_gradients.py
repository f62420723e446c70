"""The gradients of sums and products over some axes; `reductions` has that of a sum over all."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.constant_value import computed_value, constant_value
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import colocate_with, device

__all__: list[str] = []


def repeated(tf: Any, dy: Tensor, input: Tensor, axes: Tensor) -> Tensor:
    """Repeat the gradient of a sum along the summed axes."""
    sizes, known = input.shape.tuple, constant_value(axes)
    if known is not None and sizes is not None and None not in sizes:
        kept, factors = _static_repeats(tf, sizes, tuple(np.reshape(known, -1).tolist()))
        return tf.tile(tf.reshape(dy, kept), factors)
    shape = tf.shape(input)
    with colocate_with(shape):
        kept = reduced_shape(tf, shape, axes)
        factors = tf.safe_division(shape, kept)
    return tf.tile(tf.reshape(dy, kept), factors)


def _static_repeats(tf: Any, sizes: tuple, axes: tuple) -> tuple:
    """Return the kept shape and the repetitions as constants, whose nodes are made once per graph, as in TF1."""
    cache = get_default_graph().kept("reduction", dict)
    if (sizes, axes) not in cache:
        kept = reduced_shape(tf, sizes, axes)
        static_kept = tuple(computed_value(kept).tolist())
        static_factors = tuple(computed_value(tf.safe_division(sizes, static_kept)).tolist())
        cache[sizes, axes] = static_kept, static_factors
    return cache[sizes, axes]


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


def reduced_shape(tf: Any, shape: Any, axes: Any) -> Tensor:
    """Return the shape after a reduction that keeps the axes with size 1."""
    shape, axes = tf.cast(shape, dtypes.int32), tf.cast(axes, dtypes.int32)
    ndims = tf.size(shape)
    axes = (axes + ndims) % ndims
    count = tf.shape(axes)
    return tf.dynamic_stitch([tf.range(ndims), axes], [shape, tf.fill(count, 1)])
