"""What notebooks show: graphs, plans and views as pictures, operations, tensors and traces as tables.

The classes live on floors that know no pictures; `install` gives them their displays.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.provenance import format_where
from minigraph.graph.text import amount, listed
from minigraph.runtime.config import RunMetadata
from minigraph.runtime.plan import Plan
from minigraph.runtime.tracing.trace import Trace
from minigraph.viz.render import to_svg
from minigraph.viz.svg.run_graphviz import GraphvizError
from minigraph.viz.text import clean, clipped, size_text, tensor_text, time_text
from minigraph.viz.view.view import View

__all__ = ["install"]

_MOST_ROWS = 40
_PATIENCE = 20.0  # seconds that a picture may take before a cell shows text instead


def install() -> None:
    """Make graphs, operations, tensors, plans, trace and views show themselves in notebooks.

    Example:
        >>> graph = tf.get_default_graph()
        >>> x = tf.constant(1.0, name="x")
        >>> sorted(graph._repr_mimebundle_()), sorted(x._repr_mimebundle_())
        (['image/svg+xml', 'text/plain'], ['text/html', 'text/plain'])
    """
    for kind in (Graph, View):
        _show(kind, svg=_picture, text=repr)
    _show(Plan, svg=_plan_picture, text=_plan_text)
    _show(Operation, html=_operation, text=repr)
    _show(Tensor, html=_tensor, text=repr)
    _show(Trace, html=_trace, text=str)
    _show(
        RunMetadata,
        html=lambda run: None if run.trace is None else _trace(run.trace),
        text=lambda run: repr(run) if run.trace is None else str(run.trace),
    )


def _show(kind: Any, text: Callable, svg: Callable | None = None, html: Callable | None = None) -> None:
    """Give a class the methods that IPython asks for."""

    def mimebundle(self: Any, include: Any = None, exclude: Any = None) -> dict[str, str]:
        bundle = {"text/plain": text(self), "image/svg+xml": svg and svg(self), "text/html": html and html(self)}
        return {mime: shown for mime, shown in bundle.items() if shown is not None}

    kind._repr_mimebundle_ = mimebundle
    if svg is not None:
        kind._repr_svg_ = svg
    if html is not None:
        kind._repr_html_ = html


def _picture(shown: Any, **options: Any) -> str | None:
    """Return the picture, or None: a notebook must not fail because no Graphviz is there."""
    try:
        return to_svg(shown, timeout=_PATIENCE, **options)
    except (GraphvizError, ValueError):
        return None


def _plan_text(plan: Any) -> str:
    return (
        f"<Plan: {amount(len(plan.steps), 'step')} for {listed([f.name for f in plan.fetches])}; fed: "
        f"{listed([t.name for t in plan.feeds]) or 'nothing'}>"
    )


def _plan_picture(plan: Any) -> str | None:
    if not plan.fetches:
        return None
    return _picture(View(plan.fetches[0].graph, overlay=plan, title=_plan_text(plan)[1:-1]))


def _operation(op: Any) -> str:
    outputs = [(f"output {i}", tensor_text(t)) for i, t in enumerate(op.outputs[:8])]
    return _facts(op.name, [("type", op.type)], op, outputs, op.outputs)


def _tensor(tensor: Any) -> str:
    first = [("value", tensor_text(tensor)), ("produced by", tensor.op.type)]
    return _facts(tensor.name, first, tensor.op, [], [tensor])


def _facts(title: str, first: list, op: Any, outputs: list, used: list) -> str:
    """Return a table of what is known of an operation, and of who uses these of its outputs."""
    rows = [
        *first,
        ("inputs", listed([f"{t.name} ({tensor_text(t)})" for t in op.inputs], 8)),
        ("waits for", listed([c.name for c in op.control_inputs], 8)),
        *outputs,
        ("used by", listed([user.name for t in used for user in t.consumers()], 8)),
        ("stage", op.stage or ""),
        ("made at", format_where(op.where) if op.where else ""),
    ]
    return _table(title, None, [row for row in rows if row[1]])


def _trace(trace: Any) -> str:
    longest = max([step.duration for step in trace.steps] or [1.0])
    rows = [(number, *_step_row(step, longest)) for number, step in enumerate(trace.steps[:_MOST_ROWS], 1)]
    if len(trace.steps) > _MOST_ROWS:
        rows.append(("…", amount(len(trace.steps) - _MOST_ROWS, "more step"), "", "", "", "", ""))
    title = f"{len(trace.steps):,} steps, {time_text(trace.duration)}; {len(trace.pruned):,} operations did not run" + (
        f"; failed at {trace.error[0]}" if trace.error else ""
    )
    return _table(title, ("", "operation", "type", "time", "bytes", "shape", "value"), rows)


def _step_row(step: Any, longest: float) -> tuple:
    bar = "▇" * round(10 * step.duration / max(longest, 1e-9))
    shapes = ", ".join(f"{v.dtype}{list(v.shape or ())}" for v in step.outputs)
    values = ", ".join(v.text for v in step.outputs if v.text)
    size = size_text(sum(v.bytes for v in step.outputs))
    return clipped(step.op, 60), step.type, f"{time_text(step.duration)} {bar}", size, shapes, clipped(values, 60)


def _table(title: str, head: Any, rows: list) -> str:
    """Return a table in the notebook's own colours; nothing of the names in it becomes markup."""
    cell = "style='text-align:left;white-space:nowrap'"
    lines = [f"<table><caption style='text-align:left;font-weight:bold'>{_safe(title)}</caption>"]
    if head:
        lines.append("<thead><tr>" + "".join(f"<th scope='col' {cell}>{_safe(h)}</th>" for h in head) + "</tr></thead>")
    lines += ["<tr>" + "".join(f"<td {cell}>{_safe(c)}</td>" for c in row) + "</tr>" for row in rows]
    return "\n".join([*lines, "</table>"])


def _safe(text: Any) -> str:
    return html.escape(clean(str(text)))
