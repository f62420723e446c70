"""The collections of variables, and the operations that initialize and check them."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with, device
from minigraph.ops.arrays import constant, shape_ops, stack
from minigraph.ops.control import group
from minigraph.ops.math import comparison
from minigraph.ops.rows import boolean_mask
from minigraph.ops.variables import assign

__all__ = [
    "global_variables",
    "all_variables",
    "local_variables",
    "model_variables",
    "trainable_variables",
    "moving_average_variables",
    "variables_initializer",
    "initialize_variables",
    "global_variables_initializer",
    "initialize_all_variables",
    "local_variables_initializer",
    "initialize_local_variables",
    "report_uninitialized_variables",
    "assert_variables_initialized",
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
    """Return the older name of `global_variables`."""
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
    """Return the variables that have moving averages."""
    return get_collection(GraphKeys.MOVING_AVERAGE_VARIABLES, scope)


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
    """Return the older name of `variables_initializer`."""
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
    """Return the older name of `global_variables_initializer`."""
    return global_variables_initializer()


def local_variables_initializer() -> Operation:
    """Make an operation that gives all local variables made so far their initial values."""
    return variables_initializer(local_variables())


def initialize_local_variables() -> Operation:
    """Return the older name of `local_variables_initializer`."""
    return local_variables_initializer()


def report_uninitialized_variables(var_list: Any = None, name: str = "report_uninitialized_variables") -> Tensor:
    """Make a tensor with the names of the variables that have no value in the session that runs it.

    Args:
        var_list: the variables to look at, by default all global and local ones.
        name: the name scope.

    Returns:
        A 1-D string tensor.

    Example:
        >>> v, w = tf.Variable(1.0, name="v"), tf.Variable(2.0, name="w")
        >>> sess.run(v.initializer)
        >>> print(tf.report_uninitialized_variables().eval())
        [b'w']
    """
    if var_list is None:
        var_list = global_variables() + local_variables()
    with atomic_scope(name), device("/cpu:0"):
        if not var_list:
            return constant.constant([], dtypes.string)
        missing = comparison.logical_not(stack.stack([assign.is_variable_initialized(v) for v in var_list]))
        return boolean_mask.boolean_mask(constant.constant([v.op.name for v in var_list]), missing)


def assert_variables_initialized(var_list: Any = None) -> Any:
    """Make a tensor that fails where a variable has no value; None where there are no variables."""
    if var_list is None:
        var_list = global_variables() + local_variables()
    ranks = []
    for v in var_list or _cells():
        with colocate_with(v.op):
            ranks.append(shape_ops.rank_internal(v, optimize=False))
    return ranks[0] if len(ranks) == 1 else stack.stack(ranks) if ranks else None


def _cells() -> list:
    """Return the refs of all variables of the graph, in whatever collection they are."""
    return [op.outputs[0] for op in get_default_graph().get_operations() if op.type == "VariableV2"]
