"""The norm of several tensors taken as one vector."""

from collections.abc import Sequence
from typing import Any

from minigraph.graph.code import code
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with
from minigraph.graph.text import message
from minigraph.ops.arrays import constant, stack
from minigraph.ops.math import l2_loss, powers, reductions

__all__ = ["global_norm"]


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


def checked_list(t_list: Any) -> list:
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
    t_list = checked_list(t_list)
    with atomic_scope(name, "global_norm", t_list):
        halves = []
        for value in [values_of(t, f"t_{i}") for i, t in enumerate(t_list) if t is not None]:
            with colocate_with(value):
                halves.append(l2_loss.l2_loss(value))
        half = reductions.reduce_sum(stack.stack(halves))
        return powers.sqrt(half * constant.constant(2.0, half.dtype), name="global_norm")
