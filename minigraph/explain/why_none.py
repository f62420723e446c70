"""`why_none`: why a gradient is None."""

from __future__ import annotations

from typing import Any

from minigraph.explain.report import Report, as_list, tensor_of
from minigraph.graph.default import get_default_graph
from minigraph.graph.graph import Graph
from minigraph.reading.finding import listed
from minigraph.reading.gradient_flow import FLOWS, Flow

__all__ = ["why_none"]


def why_none(ys: Any, xs: Any, stop_gradients: Any = ()) -> Report:
    """Tell why `tf.gradients(ys, xs)` gives None: no path, or the operation that cuts the path.

    Args:
        ys: a tensor, variable or name, or a list of them.
        xs: likewise; each gets a finding.
        stop_gradients: as for `tf.gradients`.

    Returns:
        A report with a finding for each x. Its code is "no-path", "cut" (`ops` are the path from x to y, and `where`
        is the line of the operation that cuts it) or "flows": the gradient is not None.

    Example:
        >>> v = tf.Variable(3.0, name="v")
        >>> loss = tf.square(tf.stop_gradient(v * 2.0), name="loss")
        >>> report = why_none(loss, v)
        >>> report.codes, [op.name for op in report.findings[0].ops]
        (['cut'], ['v', 'v/read', 'mul', 'StopGradient', 'loss'])
    """
    ys, xs = as_list(ys), as_list(xs)
    graph = _graph_of([*ys, *xs])
    ys, xs = [tensor_of(y, graph) for y in ys], [tensor_of(getattr(x, "handle", x), graph) for x in xs]
    flow = Flow(ys, [tensor_of(t, graph) for t in as_list(stop_gradients)])
    findings = [flow.explain(x) for x in xs]
    none = [x.op.name for x, finding in zip(xs, findings) if finding.code != FLOWS]
    target = listed(f"'{y.op.name}'" for y in ys)
    is_none = f"is None for {listed(map(repr, none))}" if none else f"exists for {listed(repr(x.op.name) for x in xs)}"
    return Report(graph, f"The gradient of {target} {is_none}", findings)


def _graph_of(elements: list) -> Graph:
    """Return the graph of the first element that has one, else the default graph: names have none."""
    return next((e.graph for e in elements if isinstance(getattr(e, "graph", None), Graph)), get_default_graph())
