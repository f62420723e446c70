"""`clip_by_global_norm`: scale several tensors by one factor."""

from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.scopes import atomic_scope, colocate_with
from minigraph.ops.arrays import constant, identity, where
from minigraph.ops.math import maximum_minimum, rounding
from minigraph.ops.math.global_norm import checked_list, global_norm, values_of

__all__ = ["clip_by_global_norm"]


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
        t_list = checked_list(t_list)
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
