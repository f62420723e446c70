"""Mean and variance, and normalization by them."""

from __future__ import annotations

import math
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.nn.fused_normalization import FusedBatchNormV3
from minigraph.ops.arrays import cast, constant, expand_dims, filled_like, shape_ops, stop_gradient
from minigraph.ops.math import arithmetic, maximum_minimum, powers, reciprocal, reductions
from minigraph.ops.math.squared_difference import squared_difference
from minigraph.ops.rows import gather

__all__ = [
    "l2_normalize",
    "moments",
    "weighted_moments",
    "sufficient_statistics",
    "normalize_moments",
    "batch_normalization",
    "fused_batch_norm",
    "batch_norm_with_global_normalization",
]

_SMALLEST_EPSILON = 1.001e-5


def l2_normalize(x: Any, axis: Any = None, epsilon: float = 1e-12, name: str | None = None, dim: Any = None) -> Tensor:
    """Divide by the Euclidean norm along axes.

    Args:
        x: a tensor of floats.
        axis: an axis or a list of them; None for all.
        epsilon: sqrt(epsilon) is a lower bound of the norm.
        name: the name of the node.
        dim: the older name of `axis`.

    Example:
        >>> print(tf.nn.l2_normalize([3.0, 4.0], 0).eval())
        [0.6 0.8]
    """
    axis = shape_ops.either("axis", axis, "dim", dim)
    with atomic_scope(name, "l2_normalize", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        squares = reductions.reduce_sum(powers.square(x), axis, keepdims=True)
        return arithmetic.multiply(x, reciprocal.rsqrt(maximum_minimum.maximum(squares, epsilon)), name=scope)


def moments(
    x: Any, axes: Any, shift: Any = None, name: str | None = None, keep_dims: Any = None, keepdims: Any = None
) -> tuple[Tensor, Tensor]:
    """Return the mean and the variance over axes.

    Args:
        x: a tensor.
        axes: a list of axes.
        shift: accepted, as in TF1.
        name: the name scope.
        keep_dims, keepdims: keep the axes, with size 1.

    Returns:
        (mean, variance)

    Example:
        >>> print([v.tolist() for v in sess.run(tf.nn.moments(tf.constant([[1.0, 2.0], [3.0, 6.0]]), [0]))])
        [[2.0, 4.0], [1.0, 4.0]]
    """
    keep = bool(shape_ops.either("keepdims", keepdims, "keep_dims", keep_dims))
    with atomic_scope(name, "moments", [x, axes]):
        x = convert_to_tensor(x)
        half = x.dtype.base_dtype is dtypes.float16
        y = cast.cast(x, dtypes.float32) if half else x
        mean = reductions.reduce_mean(y, axes, keepdims=True, name="mean")
        variance = reductions.reduce_mean(
            squared_difference(y, stop_gradient.stop_gradient(mean)), axes, keepdims=True, name="variance"
        )
        return _finished(mean, variance, axes, keep, half)


def _finished(mean: Any, variance: Any, axes: Any, keep: bool, half: bool) -> tuple[Tensor, Tensor]:
    """Return moments without the axes, unless they are kept, and in half precision, if that was their input's."""
    if not keep:
        mean, variance = expand_dims.squeeze(mean, axes), expand_dims.squeeze(variance, axes)
    if half:
        mean, variance = cast.cast(mean, dtypes.float16), cast.cast(variance, dtypes.float16)
    return mean, variance


def weighted_moments(
    x: Any, axes: Any, frequency_weights: Any, name: str | None = None, keep_dims: Any = None, keepdims: Any = None
) -> tuple[Tensor, Tensor]:
    """Return the weighted mean and variance over axes; `frequency_weights` can be broadcast to `x`.

    Example:
        >>> print(sess.run(tf.nn.weighted_moments([1.0, 3.0], [0], [1.0, 0.0])))
        (np.float32(1.0), np.float32(0.0))
    """
    keep = bool(shape_ops.either("keepdims", keepdims, "keep_dims", keep_dims))
    with atomic_scope(name, "weighted_moments", [x, frequency_weights, axes]):
        x = convert_to_tensor(x, name="x")
        weights: Any = convert_to_tensor(frequency_weights, name="frequency_weights")
        half = x.dtype.base_dtype is dtypes.float16
        if half:
            x = cast.cast(x, dtypes.float32)
        if weights.dtype.base_dtype != x.dtype.base_dtype:
            weights = cast.cast(weights, x.dtype.base_dtype)
        total = reductions.reduce_sum(weights * x, axes, name="weighted_input_sum", keepdims=True)
        whole = reductions.reduce_sum(weights + filled_like.zeros_like(x), axes, name="sum_of_weights", keepdims=True)
        divisor = reciprocal.reciprocal(whole, name="inv_weight_sum")
        mean = arithmetic.multiply(total, divisor)
        distances = reductions.reduce_sum(
            weights * squared_difference(x, mean), axes, name="weighted_distsq", keepdims=True
        )
        variance = arithmetic.multiply(distances, divisor)
        return _finished(mean, variance, axes, keep, half)


def sufficient_statistics(
    x: Any, axes: Any, shift: Any = None, keep_dims: Any = None, name: str | None = None, keepdims: Any = None
) -> tuple:
    """Return the statistics that determine mean and variance: count, sum, sum of squares, and shift.

    Args:
        x: a tensor.
        axes: a list of axes.
        shift: a value near the mean to subtract first, for precision.
        keep_dims, keepdims: keep the axes, with size 1.
        name: the name scope.

    Example:
        >>> count, total, squares, _ = tf.nn.sufficient_statistics(tf.constant([1.0, 3.0]), [0])
        >>> print([float(v) for v in sess.run([count, total, squares])])
        [2.0, 4.0, 10.0]
    """
    axes = list(set(axes))  # in the order that Python has for a set of them, as in TF1
    keep = bool(shape_ops.either("keepdims", keepdims, "keep_dims", keep_dims))
    with atomic_scope(name, "sufficient_statistics", [x, shift]):
        x = convert_to_tensor(x, name="x")
        sizes = None if x.shape.ndims is None else [x.shape.tuple[d] for d in axes]
        if sizes is not None and None not in sizes:
            counts = constant.constant(math.prod(sizes), dtype=x.dtype)
        else:
            found = gather.gather(cast.cast(shape_ops.shape(x), x.dtype), axes)
            counts = reductions.reduce_prod(found, name="count")
        if shift is not None:
            shift = convert_to_tensor(shift, name="shift")
            first, second = arithmetic.subtract(x, shift), squared_difference(x, shift)
        else:
            first, second = x, powers.square(x)
        return (
            counts,
            reductions.reduce_sum(first, axes, keepdims=keep, name="mean_ss"),
            reductions.reduce_sum(second, axes, keepdims=keep, name="var_ss"),
            shift,
        )


def normalize_moments(
    counts: Any, mean_ss: Any, variance_ss: Any, shift: Any, name: str | None = None
) -> tuple[Tensor, Tensor]:
    """Return mean and variance from the result of `sufficient_statistics`."""
    with atomic_scope(name, "normalize", [counts, mean_ss, variance_ss, shift]):
        divisor = reciprocal.reciprocal(counts, name="divisor")
        if shift is not None:
            shifted = arithmetic.multiply(mean_ss, divisor, name="shifted_mean")
            mean = arithmetic.add(shifted, shift, name="mean")
        else:
            mean = shifted = arithmetic.multiply(mean_ss, divisor, name="mean")
        return mean, arithmetic.subtract(
            arithmetic.multiply(variance_ss, divisor), powers.square(shifted), name="variance"
        )


def batch_normalization(
    x: Any, mean: Any, variance: Any, offset: Any, scale: Any, variance_epsilon: Any, name: str | None = None
) -> Tensor:
    """Compute scale * (x - mean) / sqrt(variance + epsilon) + offset (https://arxiv.org/abs/1502.03167).

    Args:
        x: a tensor of floats.
        mean, variance: tensors that can be broadcast to `x`.
        offset, scale: the same, or None for 0 and 1.
        variance_epsilon: keeps the variance away from 0.
        name: the name scope.

    Example:
        >>> one, zero = tf.constant(1.0), tf.constant(0.0)
        >>> print(tf.nn.batch_normalization(tf.constant([3.0]), one, tf.constant(4.0), zero, one, 0.0).eval())
        [1.]
    """
    with atomic_scope(name, "batchnorm", [x, mean, variance, scale, offset]):
        inverse = reciprocal.rsqrt(variance + variance_epsilon)
        if scale is not None:
            inverse *= scale
        scaled = x * cast.cast(inverse, x.dtype)
        rest = offset - mean * inverse if offset is not None else -mean * inverse
        return scaled + cast.cast(rest, x.dtype)


def fused_batch_norm(
    x: Any,
    scale: Any,
    offset: Any,
    mean: Any = None,
    variance: Any = None,
    epsilon: float = 0.001,
    data_format: str = "NHWC",
    is_training: bool = True,
    name: str | None = None,
) -> tuple:
    """Normalize images, channel by channel, in one operation (https://arxiv.org/abs/1502.03167).

    Args:
        x: a tensor with four axes.
        scale, offset: vectors, an element for each channel.
        mean, variance: vectors for inference; None in training.
        epsilon: keeps the variance away from 0.
        data_format: "NHWC" or "NCHW".
        is_training: normalize by the mean and variance of the batch.
        name: the name of the node.

    Returns:
        (the result, the mean, the variance); the variance of a batch is corrected for its size.

    Raises:
        ValueError: if a mean or variance is given in training.

    Example:
        >>> images = tf.reshape(tf.constant([1.0, 3.0]), [2, 1, 1, 1])
        >>> print(sess.run(tf.nn.fused_batch_norm(images, [1.0], [0.0]))[1])
        [2.]
    """
    with get_default_graph().atomic():
        x, scale = convert_to_tensor(x, name="input"), convert_to_tensor(scale, name="scale")
        offset = convert_to_tensor(offset, name="offset")
        if is_training and (mean is not None or variance is not None):
            raise ValueError("Both 'mean' and 'variance' must be None if is_training is True.")
        mean = constant.constant([]) if mean is None else mean
        variance = constant.constant([]) if variance is None else variance
        definition = FusedBatchNormV3(max(epsilon, _SMALLEST_EPSILON), data_format, is_training)
        found = apply(definition, x, scale, offset, mean, variance, name=name)
        return tuple(found[:3])


def batch_norm_with_global_normalization(
    t: Any = None,
    m: Any = None,
    v: Any = None,
    beta: Any = None,
    gamma: Any = None,
    variance_epsilon: Any = None,
    scale_after_normalization: Any = None,
    name: str | None = None,
    input: Any = None,
    mean: Any = None,
    variance: Any = None,
) -> Tensor:
    """Normalize as `batch_normalization` does, with its older signature."""
    t, m = shape_ops.either("input", input, "t", t), shape_ops.either("mean", mean, "m", m)
    v = shape_ops.either("variance", variance, "v", v)
    return batch_normalization(t, m, v, beta, gamma if scale_after_normalization else None, variance_epsilon, name)
