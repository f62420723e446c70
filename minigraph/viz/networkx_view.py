"""A graph for `networkx`: paths, components, and what else its algorithms find."""

from __future__ import annotations

from typing import Any

from minigraph.reading.roles import Anatomy
from minigraph.viz.view.focus import graph_of

__all__ = ["to_networkx"]


def to_networkx(graph: Any = None) -> Any:
    """Return a `networkx.MultiDiGraph`: a node for each operation, an edge for each tensor taken or wait.

    Args:
        graph: a `Graph`, or something with a graph; by default the default graph.

    Returns:
        The nodes are the operations' names, with the attributes `op`, `type`, `stage`, `role`, `dtypes` and
        `shapes`; the edges have `kind` ("data" or "control") and, for data, `tensor` (its name) and `input`
        (which input it is).

    Example:
        >>> import networkx
        >>> graph = tf.get_default_graph()
        >>> a = tf.constant(1.0, name="a")
        >>> b = tf.square(tf.negative(a, name="n"), name="b")
        >>> networkx.shortest_path(to_networkx(graph), "a", "b")
        ['a', 'n', 'b']
    """
    import networkx  # at use: it takes longer to load than all of viz

    graph = graph_of(graph)
    ops = graph.get_operations()
    role = Anatomy(graph, ops).role
    result = networkx.MultiDiGraph()
    for op in ops:
        result.add_node(
            op.name,
            op=op,
            type=op.type,
            stage=op.stage,
            role=role[op],
            dtypes=[t.dtype.name for t in op.outputs],
            shapes=[t.shape for t in op.outputs],
        )
        for i, tensor in enumerate(op.inputs):
            result.add_edge(tensor.op.name, op.name, kind="data", tensor=tensor.name, input=i)
        for waits_for in op.control_inputs:
            result.add_edge(waits_for.name, op.name, kind="control")
    return result
