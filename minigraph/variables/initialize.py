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
    """Make an operation that gives each of the variables its initial value; those made later are not among them.

    Example:
        >>> v = tf.Variable(4.0)
        >>> sess.run(tf.variables_initializer([v]))
        >>> print(sess.run(v))
        4.0
    """
    return group.group(*[v.initializer for v in var_list], name=name) if var_list else group.no_op(name=name)


def global_variables_initializer() -> Operation:
    """Make an operation that gives all global variables made so far their initial values.

    Example:
        >>> v = tf.Variable(4.0)
        >>> sess.run(tf.global_variables_initializer())
        >>> print(sess.run(v))
        4.0
    """
    return variables_initializer(global_variables())


def local_variables_initializer() -> Operation:
    """Make an operation that gives all local variables made so far their initial values."""
    return variables_initializer(local_variables())


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


initialize_variables = variables_initializer  # their older names
initialize_all_variables, initialize_local_variables = global_variables_initializer, local_variables_initializer
