"""`lint`: what is legal in a graph but probably not intended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minigraph.explain.report import Report, elements, fed_tensors
from minigraph.graph.graph import Graph
from minigraph.graph.text import amount
from minigraph.reading.rules import found_in
from minigraph.reading.scene import Run, Scene, train_ops

__all__ = ["lint", "lint_runs"]


def lint(fetches: Any, feeds: Any = ()) -> Report:
    """Look for what is legal but probably not intended, in the graph of `fetches` and in a run of them.

    Args:
        fetches: what `Session.run` takes: the train op, and what else a step of the program fetches. A graph stands for
            its train ops.
        feeds: the tensors that would be fed (a feed_dict will do).

    Returns:
        A report. The codes of its findings:

        - "update-ops": UPDATE_OPS that the train op does not run.
        - "update-on-identity": updates that only a copy of the loss waits for.
        - "empty-block": a control_dependencies block without effect: no operation was made in it.
        - "global-step-never", "global-step-twice": a global step that is not incremented once in a step.
        - "clipped-unused": clipped gradients that nothing uses.
        - "nothing-trainable": a train op that changes no trainable variable.
        - "init-too-early": variables made after the operation that initializes all.
        - "unshared-weights": weights made twice where they were perhaps meant to be shared.
        - "silent-broadcast": [N, 1] combined with [N] to [N, N] in a loss.
        - "summary-needs-feed": merged summaries that need more than training is fed.
        - "unread-variable": variables that nothing uses.
        - "growing-graph": lines that add nodes between runs.

    Example:
        >>> w = tf.Variable(3.0, name="w")
        >>> count = tf.Variable(0.0, trainable=False, name="count")
        >>> tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, count.assign_add(1.0))
        >>> lint(tf.train.AdamOptimizer(0.1).minimize(w * w)).codes
        ['update-ops']
    """
    if isinstance(fetches, Graph):
        graph, wanted = fetches, train_ops(fetches)
    else:
        graph, wanted = elements(fetches)
    fed = fed_tensors(graph, feeds)
    return _report(Scene(graph, [Run(tuple(wanted), fed)]))


def lint_runs(graph: Graph, runs: Iterable[tuple[tuple, tuple]]) -> Report:
    """As `lint`, for all runs of a program: pairs of the tensors and operations fetched, and the tensors fed."""
    return _report(Scene(graph, [Run(tuple(fetches), tuple(feeds)) for fetches, feeds in dict.fromkeys(runs)], True))


def _report(scene: Scene) -> Report:
    findings = found_in(scene)
    return Report(scene.graph, amount(len(findings), "finding") if findings else "Nothing to say", findings)
