"""The collections of variables: global, local, trainable and so on."""

from __future__ import annotations

from minigraph.graph.collections import GraphKeys, get_collection

__all__ = [
    "global_variables",
    "all_variables",
    "local_variables",
    "model_variables",
    "trainable_variables",
    "moving_average_variables",
]


def global_variables(scope: str | None = None) -> list:
    """Return the variables of the collection GLOBAL_VARIABLES.

    Args:
        scope: a regular expression that the names must match at the start.

    Example:
        >>> v = tf.Variable(1.0, name="v", trainable=False)
        >>> tf.global_variables(), tf.trainable_variables()
        ([<tf.Variable 'v:0' shape=() dtype=float32_ref>], [])
    """
    return get_collection(GraphKeys.GLOBAL_VARIABLES, scope)


def all_variables() -> list:
    """Return `global_variables()`, of which this is the older name."""
    return global_variables()


def local_variables(scope: str | None = None) -> list:
    """Return the variables of the collection LOCAL_VARIABLES."""
    return get_collection(GraphKeys.LOCAL_VARIABLES, scope)


def model_variables(scope: str | None = None) -> list:
    """Return the variables of the collection MODEL_VARIABLES."""
    return get_collection(GraphKeys.MODEL_VARIABLES, scope)


def trainable_variables(scope: str | None = None) -> list:
    """Return the variables that optimizers change by default: the collection TRAINABLE_VARIABLES."""
    return get_collection(GraphKeys.TRAINABLE_VARIABLES, scope)


def moving_average_variables(scope: str | None = None) -> list:
    """Return the variables of the collection MOVING_AVERAGE_VARIABLES."""
    return get_collection(GraphKeys.MOVING_AVERAGE_VARIABLES, scope)
