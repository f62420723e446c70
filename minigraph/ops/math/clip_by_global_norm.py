"""The global norm of several tensors, and clipping by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minigraph.graph.code import code
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with
from minigraph.graph.text import message
from minigraph.ops.arrays import constant, identity, stack, where
from minigraph.ops.math import l2_loss, maximum_minimum, powers, reductions, rounding

__all__ = ["clip_by_global_norm", "global_norm"]


def values_of(t: Any, name: str) -> Tensor:
    """Return the values of a gradient, dense or of rows, as a tensor; ValueError if it is None."""
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
                    f"and pair them again: {code('optimizer.apply_gradients(zip(clipped, variables))', *_BLANKS)}",
                )
            )
    return list(t_list)


def global_norm(t_list: Any, name: str | None = None) -> Tensor:
    """Return the Euclidean norm of several tensors taken as one vector.

    Duplicate rows of an `IndexedSlices` are not summed first, as in TF1.

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
        for value in [values_of(t, f"t_{i}") for i, t in enumerate(t_list) if t is not None]:
            with colocate_with(value):
                halves.append(l2_loss.l2_loss(value))
        half = reductions.reduce_sum(stack.stack(halves))
        return powers.sqrt(half * constant.constant(2.0, half.dtype), name="global_norm")


def clip_by_global_norm(t_list: Any, clip_norm: Any, use_norm: Any = None, name: str | None = None) -> tuple:
    """Scale several tensors by one factor, so that their global norm is at most `clip_norm`.

    If the norm is not finite, all elements become NaN.

    Args:
        t_list: a list of tensors, `IndexedSlices` or None.
        clip_norm: a scalar.
        use_norm: the global norm, if it is already known.
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
            for i, value in enumerate([None if t is None else values_of(t, f"t_{i}") for i, t in enumerate(t_list)]):
                if value is None:
                    clipped.append(None)
                    continue
                with colocate_with(value):
                    clipped.append(identity.identity(value * scale, name=f"{scope}_{i}"))
            return [keep_type(t, value) for t, value in zip(t_list, clipped)], use_norm


def keep_type(t: Any, values: Any) -> Any:
    """Return new values as what `t` is: `IndexedSlices` of the same rows, or a tensor."""
    return IndexedSlices(values, t.indices, t.dense_shape) if isinstance(t, IndexedSlices) else values
