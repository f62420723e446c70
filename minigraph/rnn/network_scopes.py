"""The variable scope of a network."""

from __future__ import annotations

from typing import Any

from minigraph.graph.default import get_default_graph
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.graph import Graph
from minigraph.variables.variable_scope import variable_scope

__all__ = ["network_scope"]


class network_scope(variable_scope):
    """The variable scope of a network, by default "rnn"; outside of loops it caches the values of variables.

    Args:
        scope: a name or scope, or None.
        unique: the default instead of "rnn", made unique.
    """

    def __init__(self, scope: Any, unique: str | None = None):
        super().__init__(scope if unique else scope or "rnn", unique)

    def __enter__(self) -> Any:
        opened: Any = super().__enter__()
        if opened.caching_device is None and not _in_loop(get_default_graph()):
            opened.set_caching_device(lambda op: op.device)
        return opened


def _in_loop(graph: Graph | None) -> bool:
    while isinstance(graph, FuncGraph):
        if graph.is_step:
            return True
        graph = graph.outer_graph
    return False
