"""`moment` and `diff`: what a piece of a program has added to a graph."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from minigraph.explain.report import Report
from minigraph.graph.default import get_default_graph
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation
from minigraph.graph.text import amount
from minigraph.graph.traces import where_text
from minigraph.reading.finding import Finding, listed
from minigraph.runtime.access import cell_of

__all__ = ["moment", "diff", "Moment", "Difference"]


class Moment:
    """A graph as it was at some time: it remembers counts and collections, no copy of the nodes.

    Attributes:
        graph: the graph.
        version: how many nodes it had.
        collections: its collections then, as lists under their names.
    """

    def __init__(self, graph: Graph):
        if not isinstance(graph, Graph):
            raise TypeError(f"a tf.Graph, or what explain.moment() gave, is wanted here, not {graph!r}")
        self.graph, self.version = graph, graph.version
        self.collections = {key: graph.get_collection(key) for key in graph.collections}
        self._operations = graph.get_operations() if graph.version else []

    @property
    def operations(self) -> list[Operation]:
        """The operations that there were."""
        return list(self._operations)

    def __repr__(self) -> str:
        return f"<Moment of a graph with {amount(self.version, 'node')}>"


@dataclass(repr=False, eq=False, kw_only=True)
class Difference(Report):
    """The report of `diff`.

    Attributes:
        added, removed: the operations that only the later, only the earlier moment has.
        variables: the names of the variables added.
        collections: for each collection that has grown, the items added.
        stages: how many nodes were added for each stage of a training op; None counts those of no stage.
    """

    mark = ""

    added: list[Operation]
    removed: list[Operation]
    variables: list[str]
    collections: dict[str, list]
    stages: Counter[str | None]

    def lines(self) -> list[str]:
        """Return what was added, by kind and by line."""
        kinds = Counter(op.type for op in self.added).most_common()
        found = [f"  types: {listed((f'{count} {kind}' for kind, count in kinds), 6)}"] if kinds else []
        if set(self.stages) - {None}:
            found.append("  stages: " + ", ".join(f"{s or 'none'} {n}" for s, n in self.stages.items()))
        if self.variables:
            found.append(f"  variables: {listed(self.variables, 6)}")
        found += [f"  collection {key}: {listed(_names(items), 4)}" for key, items in self.collections.items()]
        return found + super().lines()


def moment(graph: Graph | None = None) -> Moment:
    """Remember a graph as it is now, for `diff`.

    Args:
        graph: by default the default graph.

    Example:
        >>> graph = tf.get_default_graph()
        >>> before = moment(graph)
        >>> v = tf.Variable(1.0, name="v")
        >>> diff(before).variables
        ['v']
    """
    return Moment(graph if graph is not None else get_default_graph())


def diff(before: Any, after: Any = None) -> Difference:
    """Tell what has been added between two moments of a graph: nodes, variables, items of collections.

    Args:
        before: a `Moment`, or another graph to compare with, by names.
        after: likewise; by default the graph of `before` as it is now.

    Example:
        >>> w = tf.Variable(3.0, name="w")
        >>> before = moment()
        >>> train = tf.train.GradientDescentOptimizer(0.1).minimize(w * w)
        >>> found = diff(before)
        >>> sorted(map(str, found.stages)), list(found.collections)
        (['None', 'apply', 'gradients'], ['train_op'])
    """
    before = before if isinstance(before, Moment) else Moment(before)
    after = before.graph if after is None else after
    after = after if isinstance(after, Moment) else Moment(after)
    added, removed = _only_in(after, before), _only_in(before, after)
    title = f"{amount(len(added), 'node')} added"
    if removed:
        title += f", {amount(len(removed), 'node')} gone"
    return Difference(
        after.graph,
        f"{title}: {before.version:,} -> {after.version:,}",
        _by_line(added),
        added=added,
        removed=removed,
        variables=[op.name for op in added if op.all_outputs and cell_of(op.all_outputs[0]) is op],
        collections=_grown_collections(before, after),
        stages=Counter(None if op.stage is None else str(op.stage) for op in added),
    )


def _names(items: list) -> list[str]:
    """Return the names of a collection's items, as text where they have none."""
    return [getattr(item, "name", str(item)) for item in items]


def _only_in(one: Moment, other: Moment) -> list[Operation]:
    """Return the operations of one moment that the other has not, by name and type."""
    types = {op.name: op.type for op in other.operations}
    return [op for op in one.operations if types.get(op.name) != op.type]


def _by_line(added: list[Operation]) -> list[Finding]:
    """Return a finding for each line of the program, the one that added most first."""
    by_line: dict[str, list[Operation]] = {}
    for op in added:
        by_line.setdefault(where_text(op), []).append(op)
    findings = [Finding("added", amount(len(ops), "node"), tuple(ops), line) for line, ops in by_line.items()]
    return sorted(findings, key=lambda finding: -len(finding.ops))


def _grown_collections(before: Moment, after: Moment) -> dict[str, list]:
    """Return the collections that have grown, each with the items added."""
    grown = {key: _grown(before.collections.get(key, []), items) for key, items in after.collections.items()}
    return {key: items for key, items in grown.items() if items}


def _grown(old: list, new: list) -> list:
    if len(new) >= len(old) and all(a is b for a, b in zip(old, new)):
        return new[len(old) :]
    return [item for item in new if not any(item is other for other in old)]
