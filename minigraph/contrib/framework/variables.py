"""Look up variables of the graph by scope and name."""

from __future__ import annotations

from typing import Any

from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.variables.scope import VariableScope

__all__ = ["get_variables", "get_trainable_variables", "get_variables_by_name"]


def get_variables(scope: Any = None, suffix: str | None = None, collection: str = GraphKeys.GLOBAL_VARIABLES) -> list:
    """Return the variables of a collection in a scope, whose names end in `suffix`.

    Args:
        scope: a name, a `VariableScope`, or None for all.
        suffix: the end of the name, without ":0".
        collection: the name of the collection.

    Example:
        >>> dense = tf.layers.dense(tf.zeros([1, 2]), 3)
        >>> print(tf.contrib.framework.get_variables(suffix="bias"))
        [<tf.Variable 'dense/bias:0' shape=(3,) dtype=float32_ref>]
    """
    name = scope.name if isinstance(scope, VariableScope) else scope
    if suffix is not None:
        name = f"{name or ''}.*{suffix if ':' in suffix else suffix + ':'}"
    return get_collection(collection, name)


def get_trainable_variables(scope: Any = None, suffix: str | None = None) -> list:
    """Return the trainable variables in a scope."""
    return get_variables(scope, suffix, GraphKeys.TRAINABLE_VARIABLES)


def get_variables_by_name(given_name: str, scope: Any = None) -> list:
    """Return the variables named `given_name`, in full or by the last part of the name."""
    name = scope.name if isinstance(scope, VariableScope) else scope
    return [
        v
        for v in get_collection(GraphKeys.GLOBAL_VARIABLES, name)
        if v.op.name == given_name or v.op.name.endswith("/" + given_name)
    ]
