"""What counts as a tensor."""

from __future__ import annotations

from typing import Any

__all__ = ["is_tensor"]


def is_tensor(x: Any) -> bool:
    """Return whether a thing is a tensor, a variable, or something else with a value in a graph, not an array.

    Args:
        x: anything; an object with a true attribute `is_tensor_like` counts too.

    Example:
        >>> [tf.is_tensor(x) for x in (tf.constant(1.0), tf.Variable(1.0), 1.0, [1.0], tf.constant(1.0).op)]
        [True, True, False, False, False]
    """
    has_value = all(hasattr(type(x), name) for name in ("get_shape", "dtype", "graph"))
    return has_value or bool(getattr(x, "is_tensor_like", False))
