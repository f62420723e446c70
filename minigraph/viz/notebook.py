"""What notebooks show: graphs, plans and views as pictures, operations, tensors and traces as tables.

The classes live on floors that know no pictures: they are `Displayed`, and ask for a `bundle`.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import Any

import numpy as np

from minigraph.graph.collections import GraphKeys
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.text import amount, listed
from minigraph.graph.traces import format_where
from minigraph.runtime import tuning
from minigraph.runtime.initialized import sessions as sessions_in_use
from minigraph.runtime.initialized import variables_with_value
from minigraph.runtime.plan import Plan
from minigraph.runtime.run_options import RunMetadata
from minigraph.runtime.session import Session
from minigraph.runtime.tracing.trace import Trace
from minigraph.train.optimizer import Optimizer
from minigraph.variables.variable import Variable
from minigraph.viz.page.page import page
from minigraph.viz.render import to_svg
from minigraph.viz.svg import run_graphviz
from minigraph.viz.text import clean, clipped, size_text, tensor_text, time_text
from minigraph.viz.view.view import View
from minigraph.viz.zoomable import COLUMN, zoomable

__all__ = ["bundle"]

_MOST_ROWS = 40
_PATIENCE = 20.0  # seconds that a picture may take before a cell shows text instead
_NO_GRAPHVIZ = "There is no Graphviz here to draw a picture (pip install pygraphviz), so this is the graph as a page."


def bundle(thing: Any, wanted: Collection[str] = ("text/plain", "image/svg+xml", "text/html")) -> dict[str, str]:
    """Return what a notebook shows of a thing, by media type.

    Args:
        thing: what is to be shown.
        wanted: the media types to make; a thing has only some of them.

    Example:
        >>> x = tf.constant(1.0, name="x")
        >>> sorted(bundle(x)), sorted(bundle(x.graph))
        (['text/html', 'text/plain'], ['image/svg+xml', 'text/html', 'text/plain'])
    """
    ways = next(display for kind, display in _DISPLAYS.items() if isinstance(thing, kind))
    found = {
        media: show(thing)
        for media, show in zip(("text/plain", "image/svg+xml", "text/html"), ways)
        if show is not None and media in wanted
    }
    picture = found.get("image/svg+xml")
    if picture and "text/html" in wanted:  # most notebooks show this one, in which one can zoom
        found["text/html"] = zoomable(picture)
    return {media: shown for media, shown in found.items() if shown is not None}


def _picture(shown: Any, **options: Any) -> str | None:
    """Return the picture, or None: a notebook must not fail because no Graphviz is there."""
    try:
        return to_svg(shown, timeout=_PATIENCE, width=COLUMN, **options)
    except (run_graphviz.GraphvizError, ValueError):
        return None


def _page(shown: Any) -> str | None:
    """Return the graph as a page, where there is no Graphviz to draw a picture; else None."""
    if run_graphviz.is_there():
        return None
    return f"<p>{_NO_GRAPHVIZ}</p>{page(shown)._repr_html_()}"


def _plan_text(plan: Any) -> str:
    return (
        f"<Plan: {amount(len(plan.steps), 'step')} for {listed([f.name for f in plan.fetches])}; fed: "
        f"{listed([t.name for t in plan.feeds]) or 'nothing'}>"
    )


def _plan_picture(plan: Any) -> str | None:
    return _picture(_plan_view(plan)) if plan.fetches else None


def _plan_page(plan: Any) -> str | None:
    return _page(_plan_view(plan)) if plan.fetches else None


def _plan_view(plan: Any) -> View:
    return View(plan.fetches[0].graph, overlay=plan, title=_plan_text(plan)[1:-1])


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
    rows = [row for i, step in enumerate(trace.steps[:_MOST_ROWS], 1) for row in _step_rows(str(i), step, longest)]
    if len(trace.steps) > _MOST_ROWS:
        rows.append(("…", amount(len(trace.steps) - _MOST_ROWS, "more step"), "", "", "", "", ""))
    title = f"{len(trace.steps):,} steps, {time_text(trace.duration)}; {len(trace.pruned):,} operations did not run" + (
        f"; failed at {trace.error[0]}" if trace.error else ""
    )
    return _table(title, ("", "operation", "type", "time", "bytes", "shape", "value"), rows)


def _step_rows(number: str, step: Any, longest: float) -> Iterator[tuple]:
    """Yield the row of a step, and those of the first steps in the function bodies that it called."""
    yield number, *_step_row(step.op, step, longest)
    shown = 0
    for name, inner in islice(step.inside(), tuning.MOST_INNER_LINES):
        yield "", *_step_row(f"↳ {name}: {inner.op}", inner, longest)
        shown += 1
    if shown == tuning.MOST_INNER_LINES:
        yield "", f"… {amount(step.calls, 'call')} of function bodies in all", "", "", "", "", ""


def _step_row(name: str, step: Any, longest: float) -> tuple:
    bar = "▇" * round(10 * step.duration / max(longest, 1e-9))
    shapes = ", ".join(f"{v.dtype}{list(v.shape or ())}" for v in step.outputs)
    values = ", ".join(v.text for v in step.outputs if v.text)
    size = size_text(sum(v.bytes for v in step.outputs))
    return clipped(name, 60), step.type, f"{time_text(step.duration)} {bar}", size, shapes, clipped(values, 60)


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


def _variable(variable: Variable) -> str:
    rows = [
        ("type and shape", f"{variable.dtype.base_dtype.name} {variable.shape}"),
        ("trainable", "yes" if variable.trainable else "no"),
        ("initial value", f"{variable.initial_value.name}, of {variable.initial_value.op.type}"),
        ("made at", format_where(variable.op.where)),
    ]
    sessions = [session for session in sessions_in_use() if session.graph is variable.graph]
    rows += [(f"in the session made at {format_where(s._where)}", _value_in(s, variable)) for s in sessions]
    return _table(variable.name, None, rows)


def _value_in(session: Session, variable: Variable) -> str:
    cell = session._state.get(variable.op)
    if cell is None or cell.value is None:
        return "no value: not initialized"
    return clipped(np.array2string(np.asarray(cell.value), precision=4, threshold=8).replace("\n", " "), 80)


def _session(session: Session) -> str:
    cells = [v.op for v in session.graph.get_collection(GraphKeys.GLOBAL_VARIABLES)]
    held = {op for op in variables_with_value(session._state)}
    rows = [
        ("graph", amount(session.graph.version, "operation")),
        ("state", "closed" if session._closed else "open"),
        ("variables with a value", f"{sum(op in held for op in cells)} of {len(cells)}"),
        ("made at", format_where(session._where)),
    ]
    missing = listed([op.name for op in cells if op not in held], 6)
    return _table("Session", None, [*rows, *([("without a value", missing)] if missing else [])])


def _optimizer(optimizer: Optimizer) -> str:
    settings = {
        name.lstrip("_"): getattr(value, "name", value)
        for name, value in vars(optimizer).items()
        if isinstance(value, (bool, int, float, Tensor, Variable)) and name != "_use_locking"
    }
    rows = [(name, str(value)) for name, value in settings.items()]
    slots = [f"{name} of {amount(len(optimizer._slots[name]), 'variable')}" for name in optimizer.get_slot_names()]
    return _table(
        f"{type(optimizer).__name__} '{optimizer.get_name()}'", None, [*rows, ("slots", listed(slots, 8) or "none")]
    )


# What is shown of each kind: the text, the picture, the table.
_DISPLAYS: dict[type, tuple[Callable, Callable | None, Callable | None]] = {
    Graph: (repr, _picture, _page),
    View: (repr, _picture, _page),
    Plan: (_plan_text, _plan_picture, _plan_page),
    Operation: (repr, None, _operation),
    Tensor: (repr, None, _tensor),
    Trace: (str, None, _trace),
    RunMetadata: (
        lambda run: repr(run) if run.trace is None else str(run.trace),
        None,
        lambda run: None if run.trace is None else _trace(run.trace),
    ),
    Variable: (repr, None, _variable),
    Session: (repr, None, _session),
    Optimizer: (repr, None, _optimizer),
}
