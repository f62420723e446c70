"""What a program did: each of its runs, its train ops, and what is probably not meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minigraph.explain.describe import describe
from minigraph.explain.needs import needs
from minigraph.explain.races import races
from minigraph.explain.report import Report
from minigraph.explain.watching import Runs, lint_watched
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation

__all__ = ["reports"]

_MOST_RUNS = 12  # different ones, of which a script seldom has more


def reports(graph: Graph, runs: Runs) -> Iterator[Report]:
    """Yield a report on each train op that was run, on what each different run needs, on its races, and from `lint`.

    Args:
        graph: the graph.
        runs: the runs that `watched` saw.

    Example:
        >>> from minigraph.explain.watching import watched
        >>> w = tf.Variable(3.0, name="w")
        >>> train_op = tf.train.GradientDescentOptimizer(0.1).minimize(tf.square(w, name="loss"))
        >>> with watched() as runs, tf.Session() as sess:
        ...     for fetch in (tf.global_variables_initializer(), train_op):
        ...         sess.run(fetch)
        >>> [type(report).__name__ for report in reports(tf.get_default_graph(), runs)]
        ['Needs', 'TrainOp', 'Needs', 'Report']
    """
    told: set[Operation] = set()
    for fetched, fed in [*runs.get(graph, ())][:_MOST_RUNS]:
        for fetch in fetched:
            train_op = _train_op(fetch)
            if train_op is not None and train_op.train_op not in told:
                told.add(train_op.train_op)
                yield train_op
        yield needs(fetched, fed)
        found = races(fetched, fed)
        if len(found):
            yield found
    yield lint_watched(graph, runs)


def _train_op(fetch: Any) -> Any:
    """Return the description of a train op; None for any other fetch."""
    try:
        return describe(fetch)
    except ValueError:
        return None
