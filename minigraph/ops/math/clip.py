"""Clipping: by value, and by several norms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.code import code
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with
from minigraph.graph.text import message
from minigraph.ops.arrays import cast, constant, fill, identity, ranges, shape_ops, stack, where
from minigraph.ops.math import l2_loss, maximum_minimum, powers, reductions, rounding

__all__ = [
    "clip_by_value",
    "clip_by_norm",
    "clip_by_average_norm",
    "clip_by_global_norm",
    "global_norm",
    "saturate_cast",
]


def _values(t: Any, name: str) -> Tensor:
    if t is None:
        raise ValueError(
            message(
                "None values not supported.",
                "The gradient of a variable on which the loss does not "
                f"depend is None; {code('tf.explain.why_none(loss, v)', 'loss', 'v')} says why.",
                "Leave it out: [(clip(g), v) for g, v in grads_and_vars if g is not None].",
            )
        )
    return convert_to_tensor(t.values if isinstance(t, IndexedSlices) else t, name=name)


def _like(t: Any, values: Any) -> Any:
    return IndexedSlices(values, t.indices, t.dense_shape) if isinstance(t, IndexedSlices) else values


def clip_by_value(t: Any, clip_value_min: Any, clip_value_max: Any, name: str | None = None) -> Any:
    """Limit values to the range from a minimum to a maximum.

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
        values = _values(t, "t")
        low = maximum_minimum.minimum(values, clip_value_max)
        values.shape.merge_with(low.shape)
        high = maximum_minimum.maximum(low, clip_value_min, name=scope)
        values.shape.merge_with(high.shape)
        return _like(t, high)


def clip_by_norm(t: Any, clip_norm: Any, axes: Any = None, name: str | None = None) -> Any:
    """Scale a tensor so that its Euclidean norm is at most `clip_norm`.

    Args:
        t: a tensor or `IndexedSlices` (of which the rows are taken as they are).
        clip_norm: a scalar.
        axes: the axes over which the norm is taken, by default all.
        name: the name of the node.

    Example:
        >>> print(tf.clip_by_norm([3.0, 4.0], 1.0).eval())
        [0.6 0.8]
    """
    with atomic_scope(name, "clip_by_norm", [t, clip_norm]) as scope:
        values = _values(t, "t")
        squares = reductions.reduce_sum(values * values, axes, keepdims=True)
        positive = squares > 0
        safe = where.where(positive, squares, fill.ones_like(squares))  # the gradient of sqrt(0) is infinite
        length = where.where(positive, powers.sqrt(safe), squares)
        scaled = values * clip_norm
        values.shape.merge_with(scaled.shape)
        return _like(t, identity.identity(scaled / maximum_minimum.maximum(length, clip_norm), name=scope))


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
        count = cast.cast(shape_ops.size(t), dtypes.float32)
        inverse = powers.rsqrt(reductions.reduce_sum(t * t, ranges.range(shape_ops.rank(t))))
        return identity.identity(
            t * clip_norm * maximum_minimum.minimum(inverse * count, constant.constant(1.0) / clip_norm), name=scope
        )


_BLANKS = ("grad", "clip_norm", "grads_and_vars", "grads", "optimizer", "clipped", "variables")


def _checked_list(t_list: Any) -> list:
    if not isinstance(t_list, Sequence) or isinstance(t_list, str):
        raise TypeError(
            message(
                "t_list should be a sequence",
                f"It is {t_list!r}.",
                f"Put one gradient into a list, [grad], or use {code('tf.clip_by_norm(grad, clip_norm)', *_BLANKS)}.",
            )
        )
    for i, t in enumerate(t_list):
        if isinstance(t, (tuple, list)) and len(t) == 2 and hasattr(t[1], "assign"):
            raise TypeError(
                message(
                    f"t_list should be a sequence of gradients, but t_list[{i}] is a pair of a gradient and the "
                    f"variable "
                    f"'{t[1].name}'.",
                    f"Take the pairs apart: {code('grads, variables = zip(*grads_and_vars)', *_BLANKS)}",
                    f"clip: {code('clipped, norm = tf.clip_by_global_norm(grads, clip_norm)', *_BLANKS)}",
                    "and put them together again: "
                    f"{code('optimizer.apply_gradients(zip(clipped, variables))', *_BLANKS)}",
                )
            )
    return list(t_list)


def global_norm(t_list: Any, name: str | None = None) -> Tensor:
    """Return the Euclidean norm of several tensors taken as one.

    Rows that occur twice in an `IndexedSlices` are not summed first, as in TF1.

    Args:
        t_list: a list of tensors, `IndexedSlices` or None.
        name: the name scope.

    Raises:
        TypeError: if it is not a list.

    Example:
        >>> print(tf.global_norm([[3.0], None, [4.0]]).eval())
        5.0
    """
    t_list = _checked_list(t_list)
    with atomic_scope(name, "global_norm", t_list):
        halves = []
        for value in [_values(t, f"t_{i}") for i, t in enumerate(t_list) if t is not None]:
            with colocate_with(value):
                halves.append(l2_loss.l2_loss(value))
        half = reductions.reduce_sum(stack.stack(halves))
        return powers.sqrt(half * constant.constant(2.0, half.dtype), name="global_norm")


def clip_by_global_norm(t_list: Any, clip_norm: Any, use_norm: Any = None, name: str | None = None) -> tuple:
    """Scale several tensors alike, so that their global norm is at most `clip_norm`.

    Where the norm is not finite, all are set to NaN.

    Args:
        t_list: a list of tensors, `IndexedSlices` or None.
        clip_norm: a scalar.
        use_norm: the global norm, where it is known already.
        name: the name scope.

    Returns:
        (the list of clipped tensors, the global norm).

    Raises:
        TypeError: if it is not a list.

    Example:
        >>> print(sess.run(tf.clip_by_global_norm([[3.0], [4.0]], 1.0)[0]))
        [array([0.6], dtype=float32), array([0.8], dtype=float32)]
    """
    with get_default_graph().atomic():
        t_list = _checked_list(t_list)
        if use_norm is None:
            use_norm = global_norm(t_list, name)
        use_norm = convert_to_tensor(use_norm)
        with atomic_scope(name, "clip_by_global_norm", [*t_list, clip_norm]) as scope:
            finite_scale = clip_norm * maximum_minimum.minimum(
                1.0 / use_norm, constant.constant(1.0, use_norm.dtype) / clip_norm
            )
            scale = where.where(
                rounding.is_finite(use_norm), finite_scale, constant.constant(float("nan"), use_norm.dtype)
            )
            clipped: list = []
            for i, value in enumerate([None if t is None else _values(t, f"t_{i}") for i, t in enumerate(t_list)]):
                if value is None:
                    clipped.append(None)
                    continue
                with colocate_with(value):
                    clipped.append(identity.identity(value * scale, name=f"{scope}_{i}"))
            return [_like(t, value) for t, value in zip(t_list, clipped)], use_norm


def saturate_cast(value: Any, dtype: Any, name: str | None = None) -> Tensor:
    """Casts to a type of smaller range; what lies outside it becomes its smallest or largest value.

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
