"""`needs`: what a run of some fetches needs, and what of the graph it leaves out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from operator import is_
from typing import Any

from minigraph.explain.report import Report, elements, fed_tensors, op_of
from minigraph.graph.collections import GraphKeys
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.text import amount
from minigraph.graph.traces import where_text
from minigraph.graph.walks import ancestors
from minigraph.reading.accesses import with_inner
from minigraph.reading.finding import Finding, hung, listed, made
from minigraph.reading.left_out import reasons
from minigraph.reading.paths import arrows, inputs_of, shortest
from minigraph.runtime.access import Memory, accesses
from minigraph.runtime.plan import must_be_fed

__all__ = ["needs", "Needs"]


@dataclass(repr=False, eq=False, kw_only=True)
class Needs(Report):
    """The report of `needs`; its findings are the placeholders, each with a path from a fetch.

    Attributes:
        runs: the operations that run, in order.
        fetched: the operations of what is fetched.
        fed: what is fed, each with the line that made it.
        placeholders: the names of those that must be fed.
        variables: the names of the variables whose values are needed.
        writes: the names of the variables that are changed.
        update_ops, update_ops_left: the names of the UPDATE_OPS that run, and that do not.
        pruned: for each reason the operations that do not run.
    """

    mark = ""

    runs: list[Operation]
    fetched: list[Operation]
    fed: list[str]
    placeholders: list[str]
    variables: list[str]
    writes: list[str]
    update_ops: list[str]
    update_ops_left: list[str]
    pruned: dict[str, list[Operation]]

    def lines(self) -> list[str]:
        """Return what is needed, and what is left out."""
        found = [f"fed: {listed(self.fed, 6)}"] if self.fed else []
        if self.findings or not self.fed:
            found += [f"must be fed: {'' if self.findings else 'nothing'}"]
        found += [f"  {f.message}" for f in self.findings[:8]]
        accessed = {"reads": self.variables, "writes": self.writes}
        updates = {"UPDATE_OPS that run": self.update_ops, "UPDATE_OPS that do not run": self.update_ops_left}
        found += [f"{title}: {listed(names, 6)}" for title, names in {**accessed, **updates}.items() if names]
        found += [
            f"not run, {reason}: {amount(len(ops), 'node')} ({listed((op.name for op in ops), 3)})"
            for reason, ops in self.pruned.items()
        ]
        return hung(found)

    @property
    def highlights(self) -> dict[str, list]:
        """All that runs, and the edges of the paths to the placeholders."""
        return {"ops": [op.name for op in self.runs], "edges": super().highlights["edges"]}

    def render(self, path: Any, **options: Any) -> str:
        """Draw what runs; see `Report.render`."""
        return super().render(path, **{"fetches": [op.name for op in self.fetched], **options})


def needs(fetches: Any, feeds: Any = ()) -> Needs:
    """Tell which placeholders, variables and UPDATE_OPS a run needs, which nodes run, and which do not and why.

    Args:
        fetches: what `Session.run` takes.
        feeds: the tensors that would be fed (a feed_dict will do).

    Example:
        >>> x = tf.placeholder(tf.float32, [None, 2], name="x")
        >>> w = tf.Variable([[1.0], [2.0]], name="w")
        >>> y = tf.matmul(x, w, name="y")
        >>> found = needs(y)
        >>> found.placeholders, found.variables, sorted(found.pruned)
        (['x'], ['w'], ['an initializer'])
    """
    graph, wanted = elements(fetches)
    fed = dict.fromkeys(fed_tensors(graph, feeds))
    runs, fetched = ancestors(wanted, set(fed)), [op_of(f) for f in wanted]
    starved = must_be_fed(runs, fed)
    reads, writes = _variables(runs, wanted, Memory(fed))
    updates = _update_ops(graph)
    with_bodies = set(with_inner(runs))
    asked = listed((f"'{f.name}'" for f in wanted), 3)
    return Needs(
        graph,
        f"{amount(len(runs), 'node')} of {graph.version:,} run for {asked}",
        [_placeholder(op, _path_to(op, fetched, fed)) for op in starved],
        runs=runs,
        fetched=fetched,
        fed=[made(t.op) for t in fed],
        placeholders=[op.name for op in starved],
        variables=reads,
        writes=writes,
        update_ops=[u.name for u in updates if u in with_bodies],
        update_ops_left=[u.name for u in updates if u not in with_bodies],
        pruned=reasons(graph.get_operations(), wanted, set(runs), set(updates), {t.op for t in fed}),
    )


def _path_to(op: Operation, fetched: list[Operation], fed: Collection[Tensor]) -> list[Operation]:
    """Return the shortest path from a fetch to an operation."""
    return shortest(fetched, lambda o: inputs_of(o, fed), partial(is_, op))


def _update_ops(graph: Graph) -> list[Operation]:
    """Return the operations in UPDATE_OPS; a program may have put anything there."""
    given = [getattr(u, "op", u) for u in graph.get_collection(GraphKeys.UPDATE_OPS)]
    return [u for u in given if isinstance(u, Operation)]


def _variables(runs: list[Operation], fetches: list, memory: Memory) -> tuple[list[str], list[str]]:
    """Return the names of the variables that a run reads, those fetched included, and of those that it writes."""
    touched = [a for op in runs for a in accesses(op, memory)]
    fetched = [cell for f in fetches if isinstance(f, Tensor) for cell in memory.of(f)]
    read = [*(a.cell for a in touched if a.reads), *fetched]
    return _names(read), _names(a.cell for a in touched if a.writes)


def _names(cells: Iterable[Operation]) -> list[str]:
    """Return the names of variables, each once."""
    return list(dict.fromkeys(cell.name for cell in cells))


def _placeholder(op: Operation, path: list[Operation]) -> Finding:
    """Return the finding for a placeholder that must be fed, with the path to it from a fetch."""
    output, route = op.all_outputs[0], arrows([o.name for o in path]).replace(" -> ", " <- ")
    return Finding(
        "placeholder",
        f"{made(op)} {output.dtype.name} {output.shape}: {route}",
        tuple(path[::-1]),
        where_text(op),
        edges=tuple((b, a) for a, b in zip(path, path[1:])),
    )
