"""Failures of a run told in the user's terms: TF1's first sentence, then which line, which path, what to type."""

from __future__ import annotations

import re
from typing import Any

from minigraph.graph import errors
from minigraph.graph.advice import reference, variable
from minigraph.graph.c_names import c_name
from minigraph.graph.code import code, session_name
from minigraph.graph.default import get_default_graph
from minigraph.graph.graph import Graph
from minigraph.graph.messages import graph_text, made, path_text
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.paths import path
from minigraph.graph.shapes import brackets
from minigraph.graph.text import listed, message
from minigraph.graph.traces import format_where, here, where_text
from minigraph.graph.variable_cell import Cell
from minigraph.runtime.access import cell_of
from minigraph.runtime.uninitialized import uninitialized, without_value

__all__ = ["explained", "unfed", "fed_in_place", "empty_graph"]
__all__ += ["cancelled", "session_closed"]


def empty_graph(graph: Graph, session_made: tuple) -> str:
    """Return the message for a session whose graph has no nodes."""
    default = get_default_graph()
    other = default is not graph and default.version
    return message(
        "The Session graph is empty.  Add operations to the graph before calling run().",
        f"The session was made at {format_where(session_made)} for {graph_text(graph)}.",
        f"The graph in use at {here()} is {graph_text(default)}, which has operations." if other else "",
        f"Make the session after the graph, or give it the graph: {code('tf.Session(graph=graph)', 'graph')}.",
    )


def session_closed(closed_at: tuple) -> RuntimeError:
    """Return the error for the use of a session after its end."""
    return RuntimeError(
        message(
            "Attempted to use a closed Session.",
            f"It was closed at {format_where(closed_at)}, and is used at {here()}.",
            "The end of `with tf.Session() as sess:` closes it: run inside the block.",
        )
    )


def cancelled() -> errors.OpError:
    """Return the error of a run whose session was closed meanwhile."""
    error: Any = errors.CancelledError(None, None, "Run call was cancelled\nThe session was closed while it ran.")
    error.minigraph_op = None  # it is not the failure of the operation that happens to run
    return error


def unfed(plan: Any) -> errors.OpError:
    """Return the error for placeholders that a run needs and was given no value for."""
    op = plan.unfed[0]
    dtype, shape = op.get_attr("dtype"), op.all_outputs[0].shape
    text = f"You must feed a value for placeholder tensor '{op.name}' with dtype {c_name(dtype)}"
    if shape.ndims:
        text += f" and shape {brackets(shape)}"
    fetch, way = _way(plan, op)
    needs = f"The run at {here()} needs {made(op)} for its fetch '{fetch}'" + (":" if len(way) > 1 else ".")
    others = [o.name for o in plan.unfed[1:]]
    return errors.InvalidArgumentError(
        None,
        op,
        message(
            text,
            needs,
            path_text(way) if len(way) > 1 else "",
            f"Also without a value: {listed(others)}." if others else "",
            *_fed(plan, op),
            _through_summary(way),
            f"Write {code(f'{session_name(op.graph)}.run(..., feed_dict={{{_key(op)}: value}})', 'value', 'sess')}.",
        ),
    )


def fed_in_place(op: Operation, j: int, t: Tensor, index: int) -> errors.OpError:
    """Return the error for a value that is fed for a variable where an operation takes the variable itself."""
    kind, cell = c_name(t.dtype.base_dtype), cell_of(t)
    load = f"{variable(cell or t.op)}.load(value, {session_name(op.graph)})"
    return errors.InvalidArgumentError(
        None,
        op,
        message(
            f"Input {j} of node {op.name} was passed {kind} from _arg_{t.op.name}_0_{index}:0 incompatible with "
            f"expected {kind}_ref.",
            f"The run at {here()} feeds '{t.name}'; {made(op)} takes the variable itself, and a fed value is none.",
            f"To give it that value, write {code(load, 'value', 'sess')}.",
        ),
    )


def _key(op: Operation) -> str:
    return reference(op.all_outputs[0])


def _way(plan: Any, target: Operation) -> tuple[str, list]:
    """Return the first fetch that needs an operation, and a shortest path to it."""
    for fetch in plan.fetches:
        way = path(fetch.op if isinstance(fetch, Tensor) else fetch, target, plan.feeds)
        if way:
            return fetch.name, way
    return "", []


def _fed(plan: Any, op: Operation) -> list[str]:
    """Return what was fed in place of a placeholder; perhaps its twin, made when a cell ran again."""
    twins = [t for t in plan.feeds if t.op.op_def.must_feed and _stem(t.op.name) == _stem(op.name)]
    if twins:
        return [
            f"Fed was {made(twins[0])}, another placeholder with almost the same name: where a cell or function "
            "ran twice, the Python name stands for the second one."
        ]
    return [f"Fed were: {listed(t.name for t in plan.feeds)}."] if plan.feeds else []


def _stem(name: str) -> str:
    """Return the name without the numbers that make it unique: "net/x" for "net_1/x_2"."""
    return re.sub(r"_\d+(?=/|$)", "", name)


def _through_summary(way: list) -> str:
    for op in way:
        if any(t.op is op for t in op.graph.get_collection("summaries") if isinstance(t, Tensor)):
            return f"The summary {made(op)} needs it: feed summaries as you feed the training step."
    return ""


def explained(error: Any, plan: Any, state: dict) -> Exception:
    """Return the error that the user sees for one that the engine has marked with the operation that raised it.

    What the error shows as its cause is only what a function of the user's has raised.
    """
    op, inputs = getattr(error, "minigraph_op", None), getattr(error, "minigraph_inputs", [])
    if op is None:
        return error
    if isinstance(error, errors.OpError):
        text, kind = error.message, type(error)
        if error.op is not None:  # it has been explained where it was raised
            return error
    elif isinstance(error, MemoryError):
        text, kind = f"Out of memory in {op.name}: {error}", errors.ResourceExhaustedError
    elif isinstance(error, (ValueError, TypeError, IndexError, ZeroDivisionError, ArithmeticError)):
        text, kind = _failure(op, inputs) or _in_words_of_tf1(str(error)), errors.InvalidArgumentError
    else:
        return _with_note(error, op)
    lines = [_node_line(op)]
    if isinstance(error, errors.FailedPreconditionError) and "uninitialized" in text:
        name = text.split()[-1]
        if text.startswith("Error while reading resource variable"):
            name = text.split()[5]
            kind, text = without_value(op, name, state)
        lines += uninitialized(op, name, plan, state)
    else:
        lines += _inputs(op, inputs)
        lines.append(f"The run was called at {here()}.")
    result = kind(None, op, message(text, *lines))
    result.__cause__ = error.__cause__ if op.op_def.calls_back else None
    return result


def _node_line(op: Operation) -> str:
    return f"\t [[node {op.name} (made at {where_text(op)}) = {op.type}]]"


def _inputs(op: Operation, values: list) -> list[str]:
    """Return what the operation was given: the type and shape of each input, and where it comes from."""
    if not op.all_outputs:  # a check: its message has what it looked at
        return []
    if not op.inputs:
        return ["It has no inputs."]
    given = [f"{t.name} {_shape_text(t, value)} ({where_text(t.op)})" for t, value in zip(op.inputs[:4], values)]
    return [f"Its inputs: {', '.join(given)}."] if given else []


def _failure(op: Operation, inputs: list) -> str | None:
    """TF1's words for why the operation fails on these inputs, if its definition knows."""
    try:
        return op.op_def.failure(*[v.value if isinstance(v, Cell) else v for v in inputs])
    except Exception:  # inputs that even the explanation cannot read: the kernel's own words will do
        return None


def _shape_text(tensor: Tensor, value: Any) -> str:
    value = value.value if isinstance(value, Cell) else value
    return f"{tensor.dtype.base_dtype.name}{brackets(getattr(value, 'shape', tensor.shape))}"


def _in_words_of_tf1(text: str) -> str:
    """Convert numpy's message about arrays that cannot be broadcast to TF1's wording."""
    shapes = re.findall(r"\(([\d,]*)\)", text)
    if "broadcast together" in text and len(shapes) == 2:
        return "Incompatible shapes: " + " vs. ".join(f"[{shape.rstrip(',')}]" for shape in shapes)
    return text


def _with_note(error: Exception, op: Operation) -> Exception:
    if hasattr(error, "add_note"):  # Python 3.11 and later
        error.add_note(_node_line(op).lstrip())
    return error
