"""`tf.saved_model.main_op`: what is run when a SavedModel has been loaded."""

from __future__ import annotations

from minigraph.graph.operation import Operation
from minigraph.graph.scopes import control_dependencies
from minigraph.ops.control.group import group
from minigraph.variables.initialize import global_variables_initializer, local_variables_initializer

__all__ = ["main_op", "main_op_with_restore"]


def main_op() -> Operation:
    """Add an operation that initializes all variables, the local ones too."""
    return group(global_variables_initializer(), local_variables_initializer())


def main_op_with_restore(restore_op_name: Operation) -> Operation:
    """Add an operation that initializes all variables, then runs another one.

    Args:
        restore_op_name: the operation to run, such as the one that reads a checkpoint.
    """
    with control_dependencies([main_op()]):
        return group(restore_op_name)
