"""What to type: the code in messages and reports, made so that it works where it is read.

A name in it is one that the program has, or an expression that gives the thing. All such code goes through `code`, so
that a test can take each piece and try it in the program that was told it.
"""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, NamedTuple

from minigraph.graph.collections import GraphKeys
from minigraph.graph.context import get_default_graph
from minigraph.graph.lookup import to_wait_for
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.provenance import is_ours

__all__ = [
    "code",
    "collected",
    "element",
    "graph_name",
    "name_of",
    "opening",
    "Piece",
    "read_of",
    "reference",
    "session_name",
    "variable",
]

_MOST_FRAMES = 8
_listeners: list[list[Piece]] = []


class Piece(NamedTuple):
    """A piece of code that was advised.

    Attributes:
        text: the code.
        blanks: the names in it that the reader fills in.
        names: what the program's other names stood for.
    """

    text: str
    blanks: tuple[str, ...]
    names: dict[str, Any]


def code(text: str, *blanks: str) -> str:
    """Return code for a message; where the program calls this package something else than `tf`, that is put in.

    Args:
        text: an expression, an argument (`name=value`), or a line that may end in a colon; "…" is left to the reader.
        *blanks: names in it that stand for what the reader fills in.

    Example:
        >>> code("tf.identity(y)", "y")
        'tf.identity(y)'
    """
    package = _package_name()
    if package != "tf":
        text = re.sub(r"(?<![\w.'])tf\.", f"{package}.", text)
    for heard in _listeners:
        heard.append(Piece(text, blanks, _names()))
    return text


@contextlib.contextmanager
def collected() -> Iterator[list[Piece]]:
    """Give the list to which all code that is advised inside is added.

    Example:
        >>> with collected() as pieces:
        ...     text = "write " + code("tf.shape(x)", "x")
        >>> pieces[0].text, pieces[0].blanks
        ('tf.shape(x)', ('x',))
    """
    heard: list[Piece] = []
    _listeners.append(heard)
    try:
        yield heard
    finally:
        _listeners.remove(heard)


def element(node: Any) -> str:
    """Return Python for a tensor or operation: the program's name for it, else what gets it from its graph.

    Args:
        node: a tensor, or an operation; for an operation also the name of its (only) output serves.

    Example:
        >>> total = tf.add(1.0, 2.0, name="sum")
        >>> print(element(total), element(tf.multiply(total, 2.0, name="layer/double").op))
        total tf.get_default_graph().get_operation_by_name('layer/double')
    """
    found = _name_of(lambda value: value is node) or _name_of(lambda value: _gives(value, node))
    if found or node.graph.outer_graph is not None:  # what is in a body cannot be had from outside
        return found or "…"
    kind = "tensor" if isinstance(node, Tensor) else "operation"
    return f"{_graph(node.graph)}.get_{kind}_by_name({node.name!r})"


def reference(node: Any) -> str:
    """Return Python for a tensor or operation where a name will do, as in `control_dependencies` and `feed_dict`.

    Example:
        >>> print(reference(tf.multiply(2.0, 2.0, name="layer/double").op))
        'layer/double'
    """
    found = element(node)
    return repr(node.name) if found.startswith("tf.get_default_graph()") else found


def name_of(node: Any, default: str = "x") -> str:
    """Return the program's name for a tensor; `default` where it has none, a blank for the reader.

    Example:
        >>> total = tf.add(1.0, 2.0, name="sum")
        >>> print(name_of(total), name_of(total.op.inputs[0]))
        total x
    """
    return _name_of(lambda value: value is node) or _name_of(lambda value: _gives(value, node)) or default


def variable(cell: Operation) -> str:
    """Return Python for the variable whose operation is `cell`.

    Example:
        >>> kept = [tf.Variable(1.0, name="w")]
        >>> print(variable(kept[0].op))
        tf.global_variables('w:0')[0]
    """
    found = _name_of(lambda value: _is_variable(value) and value.op is cell)
    if found:
        return found
    for getter, collection in _COLLECTIONS.items() if cell.graph is get_default_graph() else ():
        matching = [v for v in cell.graph.get_collection(collection) if v.name.startswith(f"{cell.name}:0")]
        if matching and _is_variable(matching[0]):
            return f"tf.{getter}('{cell.name}:0')[0]"
    return element(cell._outputs[0])


def read_of(cell: Operation) -> str:
    """Return Python for a new read of the variable whose operation is `cell`.

    Example:
        >>> w = tf.Variable(1.0, name="w")
        >>> print(read_of(w.op))
        w.read_value()
    """
    found = variable(cell)
    return f"tf.identity({found})" if "get_tensor_by_name" in found else f"{found}.read_value()"


_COLLECTIONS = {"global_variables": GraphKeys.GLOBAL_VARIABLES, "local_variables": GraphKeys.LOCAL_VARIABLES}


def graph_name(graph: Any) -> str:
    """Return the program's name for a graph; "graph" where it has none."""
    return _name_of(lambda value: value is graph) or "graph"


def opening(graph: Any) -> str:
    """Return what a `with` statement has to begin with where the graph is not the default one: "graph.as_default(), ".

    Example:
        >>> other = tf.Graph()
        >>> opening(other), opening(tf.get_default_graph())
        ('other.as_default(), ', '')
    """
    while graph.outer_graph is not None:
        graph = graph.outer_graph
    return "" if graph is get_default_graph() else f"{_graph(graph)}.as_default(), "


def session_name(graph: Any) -> str:
    """Return the program's name for a session of a graph; "sess" where it has none."""
    return _name_of(lambda value: hasattr(type(value), "partial_run") and value.graph is graph) or "sess"


def _gives(value: Any, node: Any) -> bool:
    """Return True if the program's tensor or variable stands for that tensor or operation of the graph."""
    if _is_variable(value):
        waited = to_wait_for(value)  # for a resource variable an operation
        return value._as_graph_element() is node or getattr(waited, "op", waited) is node
    return isinstance(value, Tensor) and isinstance(node, Operation) and value._op is node


def _is_variable(value: Any) -> bool:
    return hasattr(type(value), "initialized_value")


def _graph(graph: Any) -> str:
    """Python for a graph."""
    if graph is get_default_graph():
        return "tf.get_default_graph()"
    return _name_of(lambda value: value is graph) or "…"


# The program's names


def _frames() -> Iterator[FrameType]:
    """Yield the user's frames, innermost first, up to the module or the cell that runs."""
    frame: FrameType | None = sys._getframe(1)
    count = 0
    while frame is not None and count < _MOST_FRAMES:
        if not is_ours(frame.f_code):
            yield frame
            count += 1
            if frame.f_code.co_name == "<module>":
                return
        frame = frame.f_back


def _name_of(is_wanted: Callable[[Any], bool]) -> str:
    """Return the name that a thing has where the user's program is now; of `self` also the attributes. "" for none."""
    names = _names()
    for name, value in names.items():
        if not name.startswith("_") and is_wanted(value):
            return name
    for name, value in getattr(names.get("self"), "__dict__", {}).items():
        if not name.startswith("_") and is_wanted(value):
            return f"self.{name}"
    return ""


def _names() -> dict[str, Any]:
    """Return what names stand for where the user's program is now."""
    frame = next(_frames(), None)
    return {} if frame is None else {**frame.f_globals, **frame.f_locals}


def _package_name() -> str:
    """Return what the program calls this package: "tf", as a rule."""
    package = sys.modules[__name__.partition(".")[0]]
    names = [name for frame in _frames() for name, value in list(frame.f_globals.items()) if value is package]
    return "tf" if not names or "tf" in names else names[0]
