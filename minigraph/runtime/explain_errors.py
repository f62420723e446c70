"""Failures of a run told in the user's terms: TF1's first sentence, then which line, which path, what to type."""
from __future__ import annotations

import re
from collections import deque
from typing import Any

from minigraph.graph import errors
from minigraph.graph.cell import Cell
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation, Tensor, where_text
from minigraph.graph.shapes import brackets

__all__ = ["explained", "unfed", "empty_graph"]


def empty_graph(graph: Graph) -> str:
    """The message for a session whose graph has no nodes."""
    from minigraph.graph import context
    text = "The Session graph is empty.  Add operations to the graph before calling run()."
    if context.get_default_graph() is not graph and context.get_default_graph().version:
        text += ("\nThe default graph has operations, but this session was made for another graph: make the session "
                 "after\nthe graph, or pass it: tf.Session(graph=graph).")
    return text


def unfed(plan: Any) -> errors.OpError:
    """The error for placeholders that a run needs and was given no value for."""
    op = plan.unfed[0]
    dtype, shape = op.get_attr("dtype"), op._outputs[0]._shape
    text = f"You must feed a value for placeholder tensor '{op._name}' with dtype {_c_name(dtype.name)}"
    if shape.ndims:
        text += f" and shape {brackets(shape)}"
    lines = [text, f"'{op._name}' was made at {where_text(op)}; {_path(plan, op)}"]
    others = [o._name for o in plan.unfed[1:]]
    if others:
        lines.append(f"Also without a value: {', '.join(others[:5])}.")
    fed = [t.name for t in plan.feeds]
    twins = [t for t in plan.feeds if t._op.type == "Placeholder" and t._op._name.rstrip("0123456789").rstrip("_")
             == op._name.rstrip("0123456789").rstrip("_")]
    if twins:
        lines.append(f"You fed '{twins[0].name}' (made at {where_text(twins[0]._op)}), another placeholder: was the "
                     "cell run twice?")
    elif fed:
        lines.append(f"Fed were: {', '.join(fed[:5])}.")
    lines.append(f"Write sess.run(..., feed_dict={{{op._name}: value}}).")
    return errors.InvalidArgumentError(None, op, "\n".join(lines))


_C_NAMES = {"float32": "float", "float64": "double", "float16": "half"}


def _c_name(name: str) -> str:
    return _C_NAMES.get(name, name)


def _path(plan: Any, target: Operation) -> str:
    """Gives "fetch 'loss:0' needs it: loss <- mul <- x", by a shortest path."""
    fed = set(plan.feeds)
    for fetch in plan.fetches:
        start = fetch._op if isinstance(fetch, Tensor) else fetch
        back: dict[Operation, Any] = {start: None}
        queue = deque([start])
        while queue and target not in back:
            op = queue.popleft()
            for other in [t._op for t in op._inputs if t not in fed] + list(op._control_inputs):
                if other not in back:
                    back[other] = op
                    queue.append(other)
        if target in back:
            names, op = [], target
            while op is not None:
                names.append(op._name)
                op = back[op]
            names.reverse()
            if len(names) > 6:
                names[3:-2] = ["..."]
            return f"fetch '{fetch.name}' needs it:\n  " + " <- ".join(names)
    return "a fetch needs it."


def explained(error: Any, plan: Any, state: dict) -> Exception:
    """Gives the error that the user sees for one that the engine has marked with the operation that raised it."""
    op, inputs = getattr(error, "minigraph_op", None), getattr(error, "minigraph_inputs", [])
    if op is None:
        return error
    if isinstance(error, errors.OpError):
        text, kind = error.message, type(error)
        if error.op is not None:        # it has been explained where it was raised
            return error
    elif isinstance(error, MemoryError):
        text, kind = f"Out of memory in {op._name}: {error}", errors.ResourceExhaustedError
    elif isinstance(error, (ValueError, TypeError, IndexError, ZeroDivisionError, ArithmeticError)):
        text, kind = _failure(op, inputs) or str(error), errors.InvalidArgumentError
    else:
        return _with_note(error, op)
    lines = [text, f"\t [[node {op._name} (made at {where_text(op)}) = {op.type}]]"]
    if isinstance(error, errors.FailedPreconditionError) and "uninitialized" in text:
        lines += _uninitialized(op, plan, state)
    else:
        shapes = ", ".join(f"{t.name} {_shape_text(t, value)}" for t, value in zip(op._inputs[:4], inputs))
        lines.append(f"Its inputs: {shapes}." if shapes else "It has no inputs.")
    result = kind(None, op, "\n".join(lines))
    result.__cause__ = error if kind is errors.InvalidArgumentError and not isinstance(error, errors.OpError) else None
    return result


def _failure(op: Operation, inputs: list) -> str | None:
    """TF1's words for why the operation fails on these inputs, if its definition knows."""
    try:
        return op.op_def.failure(*[v.value if isinstance(v, Cell) else v for v in inputs])
    except Exception:       # inputs that even the explanation cannot read: the kernel's own words will do
        return None


def _shape_text(tensor: Tensor, value: Any) -> str:
    value = value.value if isinstance(value, Cell) else value
    return f"{tensor._dtype.base_dtype.name}{brackets(getattr(value, 'shape', tensor._shape))}"


def _in_words_of_tf1(text: str) -> str:
    """Where numpy could not broadcast two arrays, its message is put as TF1 puts it."""
    shapes = re.findall(r"\(([\d,]*)\)", text)
    if "broadcast together" in text and len(shapes) == 2:
        return "Incompatible shapes: " + " vs. ".join(f"[{shape.rstrip(',')}]" for shape in shapes)
    return text


def _with_note(error: Exception, op: Operation) -> Exception:
    note = f"[[node {op._name} (made at {where_text(op)}) = {op.type}]]"
    if hasattr(error, "add_note"):      # Python 3.11 and later
        error.add_note(note)
    return error


def _uninitialized(op: Operation, plan: Any, state: dict) -> list[str]:
    """Which variables of the plan have no value, and what to type."""
    empty = [o for o in plan.steps if isinstance(state.get(o), Cell) and state[o].value is None]
    lines = []
    if empty:
        named = ", ".join(f"{o._name} ({where_text(o)})" for o in empty[:4])
        more = f" and {len(empty) - 4} more" if len(empty) > 4 else ""
        lines.append(f"Without a value in this session: {named}{more}.")
    if all(not isinstance(s, Cell) or s.value is None for s in state.values()):
        lines.append("Nothing was initialized in this session: run sess.run(tf.global_variables_initializer()) first.")
    else:
        lines.append("Other variables have values: build tf.global_variables_initializer() after the last variable "
                     "(the\noptimizer makes some too), and run it; in an initial value write v.initialized_value().")
    return lines
