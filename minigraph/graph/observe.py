"""Observers of a program: told of each graph that is made and of each run that a session makes.

An observer of runs stands around the run, as a middleware does: it may look at the call, change it, or end it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

__all__ = ["Run", "observing", "observers", "graph_made", "run_prepared", "observed"]


class Run(NamedTuple):
    """A call of `Session.run`, or of what `make_callable` gave."""

    session: Any
    fetches: Any
    feed_dict: Any = None
    options: Any = None
    run_metadata: Any = None


class _Observer(NamedTuple):
    on_graph: Callable[[Any], None] | None
    on_setup: Callable[[Any, Any, Any], None] | None
    on_run: Callable[[Run, Callable[[Run], Any]], Any] | None


observers: list[_Observer] = []  # empty most of the time: whoever notifies tests that first


@contextmanager
def observing(
    on_graph: Callable[[Any], None] | None = None,
    on_run: Callable[[Run, Callable[[Run], Any]], Any] | None = None,
    on_setup: Callable[[Any, Any, Any], None] | None = None,
) -> Iterator[None]:
    """Have functions told of the graphs and runs made inside the block, in any thread.

    Args:
        on_graph: called with each new graph, the bodies of functions included.
        on_run: called with each run and with the function that carries it out; returns its result.
        on_setup: called with session, fetches and feeds by `make_callable` and `partial_run_setup`.

    Example:
        >>> def on_run(run, proceed):
        ...     print("run:", run.fetches)
        ...     return proceed(run)
        >>> c = tf.constant(3.0, name="c")
        >>> with observing(on_run=on_run):
        ...     value = sess.run(c)
        run: Tensor("c:0", shape=(), dtype=float32)
    """
    observer = _Observer(on_graph, on_setup, on_run)
    observers.append(observer)
    try:
        yield
    finally:
        observers.remove(observer)


def graph_made(graph: Any) -> None:
    """Tell the observers of a new graph."""
    for observer in list(observers):
        if observer.on_graph is not None:
            observer.on_graph(graph)


def run_prepared(session: Any, fetches: Any, feeds: Any) -> None:
    """Tell the observers, last come first, of runs that are prepared."""
    for observer in reversed(list(observers)):
        if observer.on_setup is not None:
            observer.on_setup(session, fetches, feeds)


def observed(run: Run, proceed: Callable[[Run], Any]) -> Any:
    """Return what a run gives, carried out by `proceed`, within all observers: who came last is told first."""
    for observer in list(observers):
        if observer.on_run is not None:
            proceed = _within(observer.on_run, proceed)
    return proceed(run)


def _within(on_run: Callable[[Run, Callable[[Run], Any]], Any], proceed: Callable[[Run], Any]) -> Callable[[Run], Any]:
    return lambda run: on_run(run, proceed)
