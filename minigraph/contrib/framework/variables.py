"""Look up variables of the graph by scope and name."""

from __future__ import annotations

import re
from typing import Any

from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.variables.scope import VariableScope
from minigraph.variables.variable import Variable

__all__ = [
    "get_variables",
    "get_local_variables",
    "get_model_variables",
    "get_trainable_variables",
    "get_variables_by_name",
    "get_variables_by_suffix",
    "get_variables_to_restore",
    "get_unique_variable",
    "get_variable_full_name",
    "filter_variables",
]


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


def get_model_variables(scope: Any = None, suffix: str | None = None) -> list:
    """Return the model's variables in a scope: those of `tf.contrib.layers` and `model_variable`."""
    return get_variables(scope, suffix, GraphKeys.MODEL_VARIABLES)


def get_local_variables(scope: Any = None, suffix: str | None = None) -> list:
    """Return the local variables in a scope."""
    return get_variables(scope, suffix, GraphKeys.LOCAL_VARIABLES)


def get_trainable_variables(scope: Any = None, suffix: str | None = None) -> list:
    """Return the trainable variables in a scope."""
    return get_variables(scope, suffix, GraphKeys.TRAINABLE_VARIABLES)


def get_variables_by_suffix(suffix: str, scope: Any = None) -> list:
    """Return the variables whose names end in `suffix`; see `get_variables`."""
    return get_variables(scope, suffix)


def get_variables_by_name(given_name: str, scope: Any = None) -> list:
    """Return the variables named `given_name`, in full or by the last part of the name."""
    name = scope.name if isinstance(scope, VariableScope) else scope
    return [
        v
        for v in get_collection(GraphKeys.GLOBAL_VARIABLES, name)
        if v.op.name == given_name or v.op.name.endswith("/" + given_name)
    ]


def get_unique_variable(var_op_name: str) -> Variable:
    """Return the variable of that full name.

    Raises:
        ValueError: if there is none, or the name is only the beginning of others.

    Example:
        >>> v = tf.get_variable("v", [2])
        >>> print(tf.contrib.framework.get_unique_variable("v") is v)
        True
    """
    candidates = get_variables(scope=var_op_name)
    if not candidates:
        raise ValueError(f"Couldn't find variable {var_op_name}")
    for candidate in candidates:
        if candidate.op.name == var_op_name:
            return candidate
    raise ValueError(f"Variable {var_op_name} does not uniquely identify a variable")


def get_variable_full_name(var: Variable) -> str:
    """Return the name of a variable in a checkpoint."""
    return var.op.name


def get_variables_to_restore(include: Any = None, exclude: Any = None) -> list:
    """Return the variables in some scopes, without those in others.

    Args:
        include: a list of scopes; by default all variables.
        exclude: a list of scopes.

    Raises:
        TypeError: if one is not a list or a tuple.

    Example:
        >>> a, b = tf.layers.dense(tf.zeros([1, 2]), 3, name="a"), tf.layers.dense(tf.zeros([1, 2]), 3, name="b")
        >>> print([v.name for v in tf.contrib.framework.get_variables_to_restore(exclude=["b"])])
        ['a/kernel:0', 'a/bias:0']
    """
    for name, given in (("include", include), ("exclude", exclude)):
        if given is not None and not isinstance(given, (list, tuple)):
            raise TypeError(f"{name} is provided but is not a list or a tuple.")
    included = get_variables() if include is None else _in_scopes(include)
    excluded = set(_in_scopes(exclude or ()))
    return [v for v in included if v not in excluded]


def _in_scopes(scopes: Any) -> list:
    return [v for scope in scopes for v in get_variables(scope)]


def filter_variables(
    var_list: Any, include_patterns: Any = None, exclude_patterns: Any = None, reg_search: bool = True
) -> list:
    """Return the variables whose names match a pattern to include, and none to exclude.

    Args:
        var_list: variables.
        include_patterns: regular expressions; by default all variables are included.
        exclude_patterns: regular expressions.
        reg_search: match anywhere in the name, not only at its beginning.

    Example:
        >>> y = tf.layers.dense(tf.zeros([1, 2]), 3)
        >>> print([v.name for v in tf.contrib.framework.filter_variables(tf.global_variables(), ["kernel"])])
        ['dense/kernel:0']
    """
    found = re.search if reg_search else re.match

    def matches(var: Variable, patterns: Any) -> bool:
        return any(found(pattern, var.name) for pattern in patterns)

    return [
        var
        for var in var_list
        if (include_patterns is None or matches(var, include_patterns)) and not matches(var, exclude_patterns or ())
    ]
