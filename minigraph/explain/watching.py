"""Watching a program run: which fetches and feeds its sessions were given, and how large the graph was each time.

Sessions know nothing of this: for as long as someone watches, two of their methods are wrapped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from minigraph.explain.lint import lint, lint_runs
from minigraph.explain.report import Report
from minigraph.graph.graph import Graph
from minigraph.runtime.session import Session

__all__ = ["watched", "lint_watched"]

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
    program, run = Session._program, Session.run

    def noting_program(self: Session, fetches: tuple, feeds: tuple) -> Any:
        runs.setdefault(self.graph, {})[fetches, feeds] = None
        return program(self, fetches, feeds)

    def noting_run(self: Session, *args: Any, **kwargs: Any) -> Any:
        self.graph.note_run()
        return run(self, *args, **kwargs)

    Session._program, Session.run = noting_program, noting_run  # type: ignore[method-assign]
    try:
        yield runs
    finally:
        Session._program, Session.run = program, run  # type: ignore[method-assign]


def lint_watched(graph: Graph, runs: Runs) -> Report:
    """Lint a graph and its observed runs; if there were none, a run of its train ops.

    Example:
        >>> print(lint_watched(tf.Graph(), {}))
        Nothing to say
    """
    return lint_runs(graph, runs[graph]) if graph in runs else lint(graph)
