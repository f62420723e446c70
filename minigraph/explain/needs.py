"""`needs`: what a run of some fetches needs, and what of the graph it leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minigraph.explain.access import is_initializer, with_inner
from minigraph.explain.paths import arrows, inputs_of, shortest
from minigraph.explain.report import Finding, Report, amount, elements, fed_tensors, listed, made, op_of, wrapped
from minigraph.graph.collections import GraphKeys
from minigraph.graph.operation import Operation, Tensor, where_text
from minigraph.runtime.access import Memory, accesses
from minigraph.runtime.plan import ancestors

__all__ = ["needs", "Needs"]


class Needs(Report):
    """The report of `needs`; its findings are the placeholders, each with a path from a fetch.

    Attributes:
        runs: the operations that run, in order.
        placeholders: the names of those that must be fed.
        variables: the names of the variables whose values are needed.
        writes: the names of the variables that are changed.
        update_ops, update_ops_left: the names of the UPDATE_OPS that run, and that do not.
        pruned: for each reason the operations that do not run.
    """

    mark = ""

    def __init__(self, graph: Any, fetches: list, feeds: Iterable[Tensor]):
        fed = set(feeds)
        self.runs = ancestors(fetches, fed)
        inside = set(self.runs)
        starved = [op for op in self.runs if op.op_def.must_feed and not fed.issuperset(op._outputs)]
        self.placeholders = [op.name for op in starved]
        memory = Memory(fed)
        touched = [a for op in self.runs for a in accesses(op, memory)]
        handed = [cell for f in fetches if isinstance(f, Tensor) for cell in memory.of(f)]
        self.variables = list(dict.fromkeys([*(a.cell.name for a in touched if a.reads), *(c.name for c in handed)]))
        self.writes = list(dict.fromkeys(a.cell.name for a in touched if a.writes))
        updates = [getattr(u, "op", u) for u in graph.get_collection(GraphKeys.UPDATE_OPS)]
        updates = [u for u in updates if isinstance(u, Operation)]
        run = set(with_inner(self.runs))
        self.update_ops = [u.name for u in updates if u in run]
        self.update_ops_left = [u.name for u in updates if u not in run]
        self.pruned = _pruned(graph.get_operations(), fetches, inside, set(updates))
        starts = [op_of(f) for f in fetches]
        findings = []
        for op in starved:
            path = shortest(starts, lambda o: inputs_of(o, fed), {op}.__contains__)
            route = arrows([o.name for o in path]).replace(" -> ", " <- ")
            findings.append(
                Finding(
                    "placeholder",
                    f"{made(op)} {op._outputs[0].dtype.name} {op._outputs[0].shape}: {route}",
                    tuple(path[::-1]),
                    where_text(op),
                    "",
                    tuple((b, a) for a, b in zip(path, path[1:])),
                )
            )
        super().__init__(
            graph,
            f"{amount(len(self.runs), 'node')} of {graph.version:,} run for "
            + listed((f"'{f.name}'" for f in fetches), 3),
            findings,
        )
        self._fetched = starts

    def lines(self) -> list[str]:
        """Return what is needed, and what is left out."""
        found = [f"must be fed: {'' if self.findings else 'nothing'}", *(f"  {f.message}" for f in self.findings[:8])]
        for title, names in (
            ("reads", self.variables),
            ("writes", self.writes),
            ("UPDATE_OPS that run", self.update_ops),
            ("UPDATE_OPS that do not run", self.update_ops_left),
        ):
            if names:
                found.append(f"{title}: {listed(names, 6)}")
        found += [
            f"not run, {reason}: {amount(len(ops), 'node')} ({listed((op.name for op in ops), 3)})"
            for reason, ops in self.pruned.items()
        ]
        return [line for text in found for line in wrapped(text, "  " + " " * (len(text) - len(text.lstrip())))]

    @property
    def highlights(self) -> dict[str, list]:
        """All that runs, and the edges of the paths to the placeholders."""
        return {"ops": [op.name for op in self.runs], "edges": super().highlights["edges"]}

    def render(self, path: Any, **options: Any) -> str:
        """Draw what runs; see `Report.render`."""
        return super().render(path, **{"fetches": [op.name for op in self._fetched], **options})


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
    return Needs(graph, wanted, fed_tensors(graph, feeds))


def _pruned(ops: list[Operation], fetches: list, inside: set, updates: set) -> dict[str, list[Operation]]:
    """Return the operations that do not run, by the reason."""
    cut_off = set(ancestors(fetches)) - inside
    initial: set[Operation] = set()
    for op in reversed(ops):  # what only initializers wait for is there for them
        users = [u for t in op._outputs for u in t._consumers or ()] + list(op._control_outputs or ())
        if is_initializer(op) or op not in inside and users and all(u in initial for u in users):
            initial.add(op)
    after: set[Operation] = set()
    found: dict[str, list[Operation]] = {}
    for op in ops:
        if op in inside:
            if any(op is op_of(f) for f in fetches):
                after.add(op)
            continue
        if any(before in after for before in inputs_of(op)):
            after.add(op)
        found.setdefault(_reason(op, cut_off, initial, updates, after), []).append(op)
    return found


def _reason(op: Operation, cut_off: set, initial: set, updates: set, after: set) -> str:
    if op in cut_off:
        return "before a tensor that is fed"
    if (
        op in initial
        or not op._inputs
        and not op._outputs
        and op._control_inputs
        and all(c in initial for c in op._control_inputs)
    ):
        return "an initializer"
    if op in updates:
        return "in UPDATE_OPS, which no fetch needs"
    if op.type.endswith("Summary"):
        return "a summary, which no fetch needs"
    if op.stage is not None:
        return "a part of a training op that no fetch needs"
    return "after the fetches" if op in after else "no fetch needs it"
