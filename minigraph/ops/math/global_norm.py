"""The norm of several tensors taken as one vector."""

from collections.abc import Sequence
from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with
from minigraph.ops.arrays import constant, stack
from minigraph.ops.math import gradient_lists, l2_loss, powers, reductions

__all__ = ["global_norm"]


def values_of(t: Any, name: str) -> Tensor:
    """Return the values of a gradient, dense or of rows, as a tensor; ValueError if it is None."""
    if t is None:
        raise gradient_lists.no_gradient_of_a_variable()
    return convert_to_tensor(t.values if isinstance(t, IndexedSlices) else t, name=name)


def checked_list(t_list: Any) -> list:
    """Return the gradients as a list; TypeError if they are none."""
    if not isinstance(t_list, Sequence) or isinstance(t_list, str):
        raise gradient_lists.no_list(t_list)
    for i, t in enumerate(t_list):
        if isinstance(t, (tuple, list)) and len(t) == 2 and hasattr(t[1], "assign"):
            raise gradient_lists.a_pair(i, t[1].name)
    return list(t_list)


def global_norm(t_list: Any, name: str | None = None) -> Tensor:
    """Return the Euclidean norm of several tensors taken as one vector.

    Args:
        t_list: a list of tensors, `IndexedSlices` (whose duplicate rows are not summed first, as in TF1) or None.
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
