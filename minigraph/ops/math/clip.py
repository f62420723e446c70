"""Clipping: by value, and by several norms."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import cast, constant, filled_like, identity, ranges, size_ops, where
from minigraph.ops.math import maximum_minimum, powers, reciprocal, reductions
from minigraph.ops.math.clip_by_global_norm import keep_type
from minigraph.ops.math.global_norm import values_of

__all__ = ["clip_by_value", "clip_by_norm", "clip_by_average_norm", "saturate_cast"]


def clip_by_value(t: Any, clip_value_min: Any, clip_value_max: Any, name: str | None = None) -> Any:
    """Limit values to the range between a minimum and a maximum.

    Args:
        t: a tensor or `IndexedSlices`.
        clip_value_min, clip_value_max: scalars, or tensors of the shape of `t`.
        name: the name of the node.

    Raises:
        ValueError: if the limits would make the result larger than `t`.

    Example:
        >>> print(tf.clip_by_value([-5.0, 0.5, 9.0], -1.0, 1.0).eval())
        [-1.   0.5  1. ]
    """
    with atomic_scope(name, "clip_by_value", [t, clip_value_min, clip_value_max]) as scope:
        values = values_of(t, "t")
        low = maximum_minimum.minimum(values, clip_value_max)
        values.shape.merge_with(low.shape)
        high = maximum_minimum.maximum(low, clip_value_min, name=scope)
        values.shape.merge_with(high.shape)
        return keep_type(t, high)


def clip_by_norm(t: Any, clip_norm: Any, axes: Any = None, name: str | None = None) -> Any:
    """Scale a tensor so that its Euclidean norm is at most `clip_norm`.

    Args:
        t: a tensor or `IndexedSlices` (duplicate rows are not summed).
        clip_norm: a scalar.
        axes: the axes over which the norm is taken, by default all.
        name: the name of the node.

    Example:
        >>> print(tf.clip_by_norm([3.0, 4.0], 1.0).eval())
        [0.6 0.8]
    """
    with atomic_scope(name, "clip_by_norm", [t, clip_norm]) as scope:
        values = values_of(t, "t")
        squares = reductions.reduce_sum(values * values, axes, keepdims=True)
        positive = squares > 0
        safe = where.where(positive, squares, filled_like.ones_like(squares))  # the gradient of sqrt(0) is infinite
        length = where.where(positive, powers.sqrt(safe), squares)
        scaled = values * clip_norm
        values.shape.merge_with(scaled.shape)
        return keep_type(t, identity.identity(scaled / maximum_minimum.maximum(length, clip_norm), name=scope))


def clip_by_average_norm(t: Any, clip_norm: Any, name: str | None = None) -> Tensor:
    """Scale a tensor so that its Euclidean norm over its number of elements is at most `clip_norm`.

    Args:
        t: a tensor of type float32.
        clip_norm: a scalar.
        name: the name of the node.

    Example:
        >>> print(tf.clip_by_average_norm([3.0, 4.0], 1.0).eval())
        [1.2 1.6]
    """
    with atomic_scope(name, "clip_by_average_norm", [t, clip_norm]) as scope:
        t = convert_to_tensor(t, name="t")
        count = cast.cast(size_ops.size(t), dtypes.float32)
        inverse = reciprocal.rsqrt(reductions.reduce_sum(t * t, ranges.range(size_ops.rank(t))))
        return identity.identity(
            t * clip_norm * maximum_minimum.minimum(inverse * count, constant.constant(1.0) / clip_norm), name=scope
        )


def saturate_cast(value: Any, dtype: Any, name: str | None = None) -> Tensor:
    """Cast to a type of smaller range; values outside it become its smallest or largest value.

    Args:
        value: a real tensor.
        dtype: the type to convert to.
        name: the name of the node.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.saturate_cast([-3.0, 12.0, 300.0], tf.uint8)))
        [  0  12 255]
    """
    with atomic_scope(name, "saturate_cast", [value]) as scope:
        value = convert_to_tensor(value, name="value")
        target = dtypes.as_dtype(dtype).base_dtype
        if float(value.dtype.min) < float(target.min):  # numpy would compare in the smaller type and warn
            value = maximum_minimum.maximum(value, convert_to_tensor(target.min, value.dtype.base_dtype, name="min"))
        if float(value.dtype.max) > float(target.max):
            value = maximum_minimum.minimum(value, convert_to_tensor(target.max, value.dtype.base_dtype, name="max"))
        return cast.cast(value, target, name=scope)
