"""`name_of`: how a name came about: the name scopes and the variable scopes that were open, and the numbers."""

from __future__ import annotations

import re
from typing import Any

from minigraph.explain.report import Finding, Report, made, only_element, op_of, wrapped
from minigraph.graph.operation import Operation, where_text
from minigraph.variables.store import current_store

__all__ = ["name_of", "Name"]


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

    def __init__(self, op: Operation):
        with op.graph.as_default():
            store = current_store()
        self.name = op.name
        parts = op.name.split("/")
        prefixes = ["/".join(parts[:i]) for i in range(1, len(parts) + 1)]
        variable = next((name for name in reversed(prefixes) if name in store.variables), None)
        self.by_get_variable = variable is not None
        if variable is not None:
            self.variable_scopes = variable.split("/")[:-1]
            self.name_scopes = parts[len(self.variable_scopes) : -1]
        else:
            opened = [store.opened_with[name] for name in prefixes[:-1] if name in store.opened_with]
            self.variable_scopes = opened[-1].split("/") if opened and opened[-1] else []
            self.name_scopes = parts[:-1]
        self.base = re.sub(r"_\d+$", "", parts[-1])
        self._by_variable_scope = {name for name in prefixes if name in store.opened_with}
        super().__init__(op.graph, f"{made(op)}, of type {op.type}", self._numbered(op, prefixes))
        self._op = op

    def _numbered(self, op: Operation, prefixes: list[str]) -> list[Finding]:
        """Explain numbers in the name: the plain name was taken."""
        found = []
        for name in prefixes:
            bare = re.sub(r"_\d+$", "", name)
            first = next((o for o in self._graph_of(op) if o.name == bare or o.name.startswith(bare + "/")), None)
            if bare != name and first is not None and first.id < op.id:
                what = "variable scope" if name in self._by_variable_scope else "name"
                again = (
                    "; the scope was entered again: its variables have one name, its operations another"
                    if what == "variable scope"
                    else ""
                )
                found.append(
                    Finding(
                        "numbered",
                        f"'{name}' has a number, since the {what} '{bare}' was taken before{again}",
                        (first,),
                        where_text(first),
                    )
                )
        return found

    @staticmethod
    def _graph_of(op: Operation) -> list[Operation]:
        return op.graph.get_operations()

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
        return {"ops": [self._op.name], "edges": []}


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
    return Name(op_of(element))
