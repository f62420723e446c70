"""Watching a program run: which fetches and feeds its sessions were given, and how large the graph was each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from minigraph.explain.lint import lint, lint_runs
from minigraph.explain.report import Report
from minigraph.graph import nest
from minigraph.graph.graph import Graph
from minigraph.graph.observe import Run, observing
from minigraph.runtime.feeds import resolve_feed_key

__all__ = ["watched", "lint_watched", "Runs"]

Runs = dict[Graph, dict[tuple[tuple, tuple], None]]


@contextmanager
def watched() -> Iterator[Runs]:
    """Return, for each graph, the different runs that sessions make of it inside: what was fetched and what was fed.

    Example:
        >>> graph = tf.get_default_graph()
        >>> with watched() as runs, tf.Session() as sess:
        ...     c = tf.constant(1.0, name="c")
        ...     for _ in range(2):
        ...         value = sess.run(c)
        >>> list(runs[graph])
        [((<tf.Tensor 'c:0' shape=() dtype=float32>,), ())]
    """
    runs: Runs = {}

    def note(session: Any, fetches: Any, feeds: Any) -> None:
        graph = session.graph
        try:
            fetched = session._handler(fetches).unique
            fed = [t for key in nest.flatten(list(feeds or ())) for t in resolve_feed_key(graph, key)]
        except Exception:  # the run itself says what is wrong
            return
        runs.setdefault(graph, {})[tuple(fetched), tuple(fed)] = None

    def on_run(run: Run, proceed: Callable[[Run], Any]) -> Any:
        note(run.session, run.fetches, run.feed_dict)
        return proceed(run)

    with observing(on_run=on_run, on_setup=note):
        yield runs


def lint_watched(graph: Graph, runs: Runs) -> Report:
    """Lints a graph and the runs that were seen of it; where there was none, a run of its train ops.

    Example:
        >>> print(lint_watched(tf.Graph(), {}))
        Nothing to say
    """
    return lint_runs(graph, runs[graph]) if graph in runs else lint(graph)
