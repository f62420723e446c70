"""What a page says of its graph unasked: races, what is probably not intended, and gradients that are None.

The page asks what `tf.explain.races`, `lint` and `why_none` ask, so it says the same in the same words.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.reading.accesses import is_initializer, users_of
from minigraph.reading.finding import Finding
from minigraph.reading.gradient_flow import FLOWS, Flow
from minigraph.reading.order import Pair, pairs_of
from minigraph.reading.races import race
from minigraph.reading.roles import call_of, loss_of
from minigraph.reading.rules import found_in
from minigraph.reading.scene import Run, Scene, train_ops
from minigraph.runtime.tracing.trace import Trace
from minigraph.viz.page.graph_data import GraphData
from minigraph.viz.text import clean

__all__ = ["Findings"]

_MOST_ENDS = 40  # each is a walk through what it needs


class Findings:
    """What is found in a graph and in the runs that are known of it.

    Args:
        graph: the graph; of what is no `Graph` nothing is said.
        traces: recorded runs of it.

    Attributes:
        pairs: the `Pair`s that race: in each recorded run, and in a run of each operation that nothing takes and
            that needs a write, as a train op does and a `tf.group` of assignments; of the latest 40 of those.
        races: a finding for each of them, as `tf.explain.races` gives it.
        lint: the findings of `tf.explain.lint`, about the recorded runs and a run of the train ops that are in none.
        none: those of `tf.explain.why_none` for the trainable variables that were to be trained and get no gradient
            of what was differentiated.

    Example:
        >>> v = tf.Variable(1.0, name="v")
        >>> both = tf.group(v.assign_add(1.0, name="add"), v.assign(v.read_value() * 2.0, name="double"))
        >>> found = Findings(tf.get_default_graph())
        >>> [finding.code for finding in found.races], found.lint, found.none
        (['race', 'race'], [], [])
    """

    def __init__(self, graph: Any, traces: Iterable[Trace] = ()):
        self.pairs: list[Pair] = []
        self.lint: list[Finding] = []
        self.none: list[Finding] = []
        if isinstance(graph, Graph):
            runs = list(dict.fromkeys(_run_of(trace, graph) for trace in traces))
            self.pairs = list(
                dict.fromkeys(pair for run in [*runs, *_ends(graph)] for pair in pairs_of(list(run.fetches), run.feeds))
            )
            self.lint = found_in(Scene(graph, [*runs, *_training(graph, runs)]))
            self.none = list(_without_gradient(graph))
        self.races = [race(pair) for pair in self.pairs]

    def data(self, graphs: list[GraphData]) -> list[dict[str, Any]]:
        """Return the findings as the page reads them; those of which no operation is in its graphs are left out.

        Args:
            graphs: those of the page, with the bodies of functions.
        """
        place = {op: (i, number) for i, graph in enumerate(graphs) for op, number in graph.index.items()}
        kinds = (("races", self.races), ("lint", self.lint), ("why_none", self.none))
        return [
            {
                "kind": kind,
                "code": finding.code,
                "message": clean(finding.message),
                "where": clean(finding.where),
                "advice": clean(finding.advice),
                "ops": [place[op] for op in finding.ops if op in place],
            }
            for kind, findings in kinds
            for finding in findings
            if not finding.ops or any(op in place for op in finding.ops)
        ]


def _run_of(trace: Trace, graph: Graph) -> Run:
    """Return what a recorded run fetched and fed."""
    fetches = tuple(graph.as_graph_element(name) for name in trace.fetched)
    return Run(fetches, tuple(graph.as_graph_element(value.name) for value in trace.fed))


def _ends(graph: Graph) -> Iterator[Run]:
    """Yield a run of each operation that nothing takes or waits for, if it needs a write that is no initializer's;
    the latest first, and not of all where there are many."""
    writes: set[Operation] = set()
    for op in graph.get_operations():
        if _may_write(op) or not writes.isdisjoint([*(t.op for t in op.inputs), *op.waits_for]):
            writes.add(op)
    ends = (op for op in reversed(graph.get_operations()) if op in writes and not users_of(op))
    for op in itertools.islice(ends, _MOST_ENDS):
        yield Run((op,))


def _may_write(op: Operation) -> bool:
    """Return True if an operation writes a variable, other than to initialize it, or calls a body that may."""
    return bool(op.op_def.functions or op.op_def.writes and not is_initializer(op))


def _training(graph: Graph, runs: list[Run]) -> list[Run]:
    """Return a run of the train ops that no other run has; where there is no run at all, one in any case."""
    ran = Scene(graph, runs).ran
    left = [op for op in train_ops(graph) if op not in ran]
    return [Run(tuple(left))] if left or not runs else []


def _without_gradient(graph: Graph) -> Iterator[Finding]:
    """Yield why trainable variables get no gradient, of those that a call was to train."""
    scene = Scene(graph, [])
    calls: dict[Any, None] = {}
    losses: dict[Tensor, None] = {}
    for op in graph.get_operations():
        loss = loss_of(op)
        if loss is not None:
            losses[loss.all_outputs[0]] = None
            calls[call_of(op)] = None
    if not losses:
        return
    flow = Flow(list(losses))
    for cell in scene.cells:
        if cell in scene.trainable and any(_is_to_be_trained(cell, call) for call in calls):
            finding = flow.explain(cell.all_outputs[0])
            if finding.code != FLOWS:
                yield finding


def _is_to_be_trained(cell: Operation, call: Any) -> bool:
    """Return True if a call was to train a variable; gradients by hand are for all."""
    return call is None or call.variables is None or any(getattr(v, "op", None) is cell for v in call.variables)
