"""The operations that give variables their initial values."""

from __future__ import annotations

from typing import Any

from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.operation import Operation
from minigraph.ops.control import group
from minigraph.variables.collections import global_variables, local_variables

__all__ = [
    "variables_initializer",
    "initialize_variables",
    "global_variables_initializer",
    "initialize_all_variables",
    "local_variables_initializer",
    "initialize_local_variables",
    "tables_initializer",
]


def variables_initializer(var_list: Any, name: str = "init") -> Operation:
    """Make an operation that gives each of the variables its initial value.

    Args:
        var_list: the variables. Those made later are not among them: build this last.
        name: the name of the operation.

    Example:
        >>> v = tf.Variable(4.0)
        >>> sess.run(tf.variables_initializer([v]))
        >>> print(sess.run(v))
        4.0
    """
    if var_list:
        return group.group(*[v.initializer for v in var_list], name=name)
    return group.no_op(name=name)


def initialize_variables(var_list: Any, name: str = "init") -> Operation:
    """Make a `variables_initializer`, by its older name."""
    return variables_initializer(var_list, name)


def global_variables_initializer() -> Operation:
    """Make an operation that gives all global variables made so far their initial values.

    Example:
        >>> v = tf.Variable(4.0)
        >>> sess.run(tf.global_variables_initializer())
        >>> print(sess.run(v))
        4.0
    """
    return variables_initializer(global_variables())


def initialize_all_variables() -> Operation:
    """Make a `global_variables_initializer`, by its older name."""
    return global_variables_initializer()


def local_variables_initializer() -> Operation:
    """Make an operation that gives all local variables made so far their initial values."""
    return variables_initializer(local_variables())


def initialize_local_variables() -> Operation:
    """Make a `local_variables_initializer`, by its older name."""
    return local_variables_initializer()


def tables_initializer(name: str = "init_all_tables") -> Operation:
    """Make an operation that initializes all lookup tables; it does nothing where there are none.

    Args:
        name: the name of the operation.

    Example:
        >>> tf.tables_initializer().type
        'NoOp'
    """
    found = get_collection(GraphKeys.TABLE_INITIALIZERS)
    return group.group(*found, name=name) if found else group.no_op(name=name)
