"""`name_of`: how a name came about: the name scopes and the variable scopes that were open, and the numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from minigraph.explain.report import Report, only_element, op_of
from minigraph.graph.operation import Operation
from minigraph.graph.traces import where_text
from minigraph.reading.finding import Finding, made, wrapped
from minigraph.variables.store import current_store

__all__ = ["name_of", "Name"]


@dataclass(repr=False, eq=False, kw_only=True)
class Name(Report):
    """The report of `name_of`.

    Attributes:
        name: the name of the operation.
        name_scopes: the name scopes that it is in, outermost first.
        variable_scopes: the variable scopes that were open.
        base: what was asked for, or the type: the last part of the name without a number.
        by_get_variable: is it (a part of) a variable that `get_variable` made? Its name has the variable scopes only.
    """

    mark = "marked"

    name: str
    name_scopes: list[str]
    variable_scopes: list[str]
    base: str
    by_get_variable: bool

    def lines(self) -> list[str]:
        """Both stacks, and the numbers."""
        scopes = " / ".join(self.name_scopes) or "none"
        if self.by_get_variable:
            scopes = f"{scopes} (get_variable leaves those out that were open)"
        return [
            *wrapped(f"name scopes: {scopes}", "  "),
            *wrapped(f"variable scopes: {' / '.join(self.variable_scopes) or 'none'}", "  "),
            *wrapped(f"then: {self.name.rpartition('/')[2]}", "  "),
            *super().lines(),
        ]

    @property
    def highlights(self) -> dict[str, list]:
        """The operation."""
        return {"ops": [self.name], "edges": []}


def name_of(t: Any) -> Name:
    """Tell how the name of a tensor, operation or variable came about.

    Name scopes (`tf.name_scope`, and the one that each `tf.variable_scope` opens) are in the names of operations;
    variable scopes are in the names of variables that `tf.get_variable` makes.

    Args:
        t: a tensor, operation, variable or name.

    Example:
        >>> for _ in range(2):
        ...     with tf.variable_scope("model", reuse=tf.AUTO_REUSE), tf.name_scope("half"):
        ...         w = tf.get_variable("w", [])
        ...         y = tf.multiply(w, 0.5, name="y")
        >>> name, of_w = name_of(y), name_of(w)
        >>> name.name_scopes, name.variable_scopes
        (['model_1', 'half'], ['model'])
        >>> of_w.name_scopes, of_w.variable_scopes, of_w.by_get_variable
        ([], ['model'], True)
    """
    _, element = only_element(t, "a tensor, operation, variable or name")
    op = op_of(element)
    with op.graph.as_default():
        store = current_store()
    parts = op.name.split("/")
    prefixes = ["/".join(parts[:i]) for i in range(1, len(parts) + 1)]
    name_scopes, variable_scopes, by_get_variable = _scopes(parts, prefixes, store)
    return Name(
        op.graph,
        f"{made(op)}, of type {op.type}",
        [finding for name in prefixes for finding in _numbered(op, name, name in store.opened_with)],
        name=op.name,
        name_scopes=name_scopes,
        variable_scopes=variable_scopes,
        base=_unnumbered(parts[-1]),
        by_get_variable=by_get_variable,
    )


def _scopes(parts: list[str], prefixes: list[str], store: Any) -> tuple[list[str], list[str], bool]:
    """Return the name scopes and the variable scopes of an operation, and True if `get_variable` made it."""
    variable = next((name for name in reversed(prefixes) if name in store.variables), None)
    if variable is not None:
        variable_scopes = variable.split("/")[:-1]
        return parts[len(variable_scopes) : -1], variable_scopes, True
    innermost = next((store.opened_with[name] for name in reversed(prefixes[:-1]) if name in store.opened_with), "")
    return parts[:-1], innermost.split("/") if innermost else [], False


def _unnumbered(name: str) -> str:
    return re.sub(r"_\d+$", "", name)


def _numbered(op: Operation, name: str, is_variable_scope: bool) -> Iterator[Finding]:
    """Yield why a part of the operation's name has a number, if it has one: the name without it was taken."""
    bare = _unnumbered(name)
    taken = (o for o in op.graph.get_operations() if o.name == bare or o.name.startswith(bare + "/"))
    first = next(taken, None) if bare != name else None
    if first is None or first.id >= op.id:
        return
    what, again = "name", ""
    if is_variable_scope:
        what = "variable scope"
        again = "; the scope was entered again: its variables have one name, its operations another"
    message = f"'{name}' has a number, since the {what} '{bare}' was taken before{again}"
    yield Finding("numbered", message, (first,), where_text(first))
