"""Which scopes of a graph `tf.variable_scope` opened, and which are mere name scopes."""

from __future__ import annotations

from collections.abc import Iterable

from minigraph.graph.operation import Operation
from minigraph.variables.store import store_of

__all__ = ["variable_scopes"]


def variable_scopes(ops: Iterable[Operation]) -> set[str]:
    """Return the scopes in the names of some operations that variable scopes opened, and those named as one is.

    Opened again, a variable scope has the name that its variables have, and its operations a numbered one.

    Example:
        >>> for _ in range(2):
        ...     with tf.variable_scope("model", reuse=tf.AUTO_REUSE), tf.name_scope("half"):
        ...         y = tf.multiply(tf.get_variable("w", []), 0.5, name="y")
        >>> sorted(variable_scopes([y.op]))
        ['model', 'model_1']
    """
    found: set[str] = set()
    for graph in {op.graph for op in ops}:
        opened = store_of(graph).opened_with
        found.update(opened, opened.values())
    return found
