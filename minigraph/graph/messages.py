"""How an error is told: TF1's sentence first, then a few short lines: which line, which path, what to type."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any

from minigraph.graph.provenance import format_where

__all__ = [
    "message",
    "Plain",
    "listed",
    "close_names",
    "made",
    "made_all",
    "graph_text",
    "belongs",
    "path",
    "path_text",
    "written",
]

_LINES, _COLUMNS = 8, 100


def message(first: str, *lines: str) -> str:
    """Return the text of an error: `first` as it is, then at most eight lines of at most 100 columns.

    Args:
        first: TF1's words, by which people search.
        *lines: what MiniGraph adds; empty ones are left out, long ones are broken between words. The last one says
            what to type: where there is not room for all, those before it go.

    Example:
        >>> print(message("It failed.", "", "x is 0.", "Write x = 1."))
        It failed.
        x is 0.
        Write x = 1.
    """
    import textwrap

    parts = [
        textwrap.wrap(line, _COLUMNS, subsequent_indent="  ", break_on_hyphens=False)
        if len(line) > _COLUMNS
        else [line]
        for line in lines
        if line
    ]
    while sum(map(len, parts)) > _LINES and len(parts) > 1:
        del parts[-2]
    return "\n".join([first] + [text for part in parts for text in part][:_LINES])


def written(number: Any) -> str:
    """Return a number as TF1's kernels write it: floats without zeros at the end, in as few digits as tell it.

    Example:
        >>> written(0.0), written(-1.5), written(3)
        ('0', '-1.5', '3')
    """
    kind = type(number)
    if not issubclass(kind, float) and getattr(number, "dtype", "") not in _FLOATS:
        return str(number)
    short = f"{number:.6g}"
    return short if kind(short) == number else f"{number:.9g}"


_FLOATS = ("float16", "float32", "float64")


class Plain(str):
    """A text whose repr quotes the first line only: `str(KeyError(text))` is the repr of the text, in which all lines
    would be one.

    Example:
        >>> print(KeyError(Plain("one\\ntwo")))
        'one'
        two
    """

    def __repr__(self) -> str:
        first, end, rest = self.partition("\n")
        return str.__repr__(first) + end + rest


def listed(items: Iterable[Any], most: int = 5) -> str:
    """Return "a, b, c and 4 more".

    Example:
        >>> listed("abc"), listed(range(9), 2)
        ('a, b, c', '0, 1 and 7 more')
    """
    texts = [str(item) for item in items]
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more


def close_names(name: str, names: Iterable[str]) -> str:
    """Return "Close names: …", those that look like `name` first, or "".

    Example:
        >>> close_names("weight", ["bias", "weights"])
        'Close names: weights'
    """
    import difflib
    from itertools import islice

    close = difflib.get_close_matches(name, list(islice(names, 20000)), 3)
    return "Close names: " + ", ".join(close) if close else ""


def made(node: Any) -> str:
    """Return "'x' (train.py:12)": the name of an operation or of what it gives, and where it was made."""
    op = getattr(node, "_op", None) or getattr(node, "op", node)
    return f"'{op._name}' ({format_where(op._where)})"


def graph_text(graph: Any) -> str:
    """Return "the default graph" or "the graph made at train.py:12".

    Example:
        >>> graph_text(tf.get_default_graph())
        'the graph made at ...py:...'
    """
    if graph.outer_graph is not None:
        return "the body of a function"
    return graph._role or f"the graph made at {format_where(graph._where)}"


def made_all(nodes: Iterable[Any]) -> str:
    """Return "'w', 'b' (train.py:12), 'c' (train.py:13)": what was made in one place stands together."""
    places: dict[str, list[str]] = {}
    for node in nodes:
        name, _, place = made(node).rpartition(" (")
        places.setdefault(place, []).append(name)
    return ", ".join(f"{listed(names)} ({place}" for place, names in places.items())


def belongs(node: Any) -> str:
    """Return "'x' (train.py:12) is in the default graph."."""
    return f"{made(node)} is in {graph_text(node.graph)}."


def path(start: Any, target: Any, stop: Any = (), of_values: bool = False) -> list:
    """Return the operations of a shortest path from `start` back to the operation `target`; [] where there is none.

    Args:
        start, target: operations.
        stop: tensors behind which not to look, such as those fed.
        of_values: go by values only, not by what has to run first.
    """
    stop = set(stop)
    back: dict[Any, Any] = {start: None}
    queue = deque([start])
    while queue and target not in back:
        op = queue.popleft()
        for other in [t._op for t in op._inputs if t not in stop] + ([] if of_values else list(op._control_inputs)):
            if other not in back:
                back[other] = op
                queue.append(other)
    found, op = [], target if target in back else None
    while op is not None:
        found.append(op)
        op = back[op]
    return found[::-1]


def path_text(ops: list) -> str:
    """Return "  loss <- mul <- x"; of a long path the ends."""
    names = [op._name for op in ops]
    if len(names) > 6:
        names[3:-2] = ["..."]
    text = "  " + " <- ".join(names)
    return text if len(text) <= _COLUMNS else "  " + " <- ".join([names[0], "...", *names[-2:]])
