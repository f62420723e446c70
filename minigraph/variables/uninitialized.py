"""Tensors that find the variables without a value, when they run."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with, device
from minigraph.ops.arrays import constant, size_ops, stack
from minigraph.ops.math import comparison
from minigraph.ops.rows import boolean_mask
from minigraph.ops.variables import is_initialized
from minigraph.variables.collections import global_variables, local_variables

__all__ = ["report_uninitialized_variables", "assert_variables_initialized"]


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
        missing = comparison.logical_not(stack.stack([is_initialized.is_variable_initialized(v) for v in var_list]))
        return boolean_mask.boolean_mask(constant.constant([v.op.name for v in var_list]), missing)


def assert_variables_initialized(var_list: Any = None) -> Any:
    """Make a tensor that fails where a variable has no value; None where there are no variables."""
    if var_list is None:
        var_list = global_variables() + local_variables()
    ranks = []
    for v in var_list or _cells():
        with colocate_with(v.op):
            ranks.append(size_ops.rank_internal(v, optimize=False))
    return ranks[0] if len(ranks) == 1 else stack.stack(ranks) if ranks else None


def _cells() -> list:
    """Return the refs of all variables in the graph, whatever their collections."""
    return [op.outputs[0] for op in get_default_graph().get_operations() if op.type == "VariableV2"]
