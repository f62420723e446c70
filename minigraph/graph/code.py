"""Code in messages and reports that runs where the reader finds it.

It uses the names that the program uses. All such code goes through `code`, so that a test can run each piece in the
program that received the message.
"""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, NamedTuple

from minigraph.graph.provenance import is_ours

__all__ = [
    "code",
    "collected",
    "graph_name",
    "is_variable",
    "name_of",
    "Piece",
    "program_name",
    "program_name_of",
    "session_name",
]

_MOST_FRAMES = 8
_listeners: list[list[Piece]] = []


class Piece(NamedTuple):
    """A piece of code that was suggested to the user."""

    text: str
    blanks: tuple[str, ...]  # the names in it that the reader fills in
    names: dict[str, Any]  # the values of the program's other names


def code(text: str, *blanks: str) -> str:
    """Return code for a message, with the program's own name for this package in place of `tf`.

    Args:
        text: an expression, an argument (`name=value`), or a line that may end in a colon; "…" is left to the reader.
        *blanks: names in it for the reader to replace.

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
    """Collect all code suggested inside the block in the list that it yields.

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


def name_of(node: Any, default: str = "x") -> str:
    """Return the program's name for a tensor, or `default`, a blank for the reader, if it has none.

    Example:
        >>> total = tf.add(1.0, 2.0, name="sum")
        >>> print(name_of(total), name_of(total.op.inputs[0]))
        total x
    """
    return program_name_of(node) or default


def program_name_of(node: Any) -> str:
    """Return the program's name for a tensor or operation, or for a variable that stands for it, or ""."""
    return program_name(lambda value: value is node) or program_name(lambda value: _stands_for(value, node))


def graph_name(graph: Any) -> str:
    """Return the program's name for a graph, or "graph"."""
    return program_name(lambda value: value is graph) or "graph"


def session_name(graph: Any) -> str:
    """Return the program's name for a session of a graph, or "sess"."""
    return program_name(lambda value: hasattr(type(value), "partial_run") and value.graph is graph) or "sess"


def _stands_for(value: Any, node: Any) -> bool:
    """Return True if the program's tensor or variable stands for that tensor or operation of the graph."""
    if is_variable(value):
        return value._as_graph_element() is node or value.op is node
    return hasattr(type(value), "value_index") and value.op is node


def is_variable(value: Any) -> bool:
    """Return True for a variable."""
    return hasattr(type(value), "initialized_value")


def program_name(is_wanted: Callable[[Any], bool]) -> str:
    """Return the name by which user code can reach an object at this point, attributes of `self` included, or ""."""
    names = _names()
    for name, value in names.items():
        if not name.startswith("_") and is_wanted(value):
            return name
    for name, value in getattr(names.get("self"), "__dict__", {}).items():
        if not name.startswith("_") and is_wanted(value):
            return f"self.{name}"
    return ""


def _names() -> dict[str, Any]:
    """Return the names visible in user code at this point, with their values."""
    frame = next(_frames(), None)
    return {} if frame is None else {**frame.f_globals, **frame.f_locals}


def _frames() -> Iterator[FrameType]:
    """Yield the user's frames, innermost first, up to the module or notebook cell that runs."""
    frame: FrameType | None = sys._getframe(1)
    count = 0
    while frame is not None and count < _MOST_FRAMES:
        if not is_ours(frame.f_code):
            yield frame
            count += 1
            if frame.f_code.co_name == "<module>":
                return
        frame = frame.f_back


def _package_name() -> str:
    """Return the program's name for this package, usually "tf"."""
    package = sys.modules[__name__.partition(".")[0]]
    names = [name for frame in _frames() for name, value in list(frame.f_globals.items()) if value is package]
    return "tf" if not names or "tf" in names else names[0]
