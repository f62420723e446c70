"""The rules by which what is legal but probably not intended is found: functions from a `Scene` to findings."""

from __future__ import annotations

from collections.abc import Callable

from minigraph.reading.finding import Finding
from minigraph.reading.rules import building, running, training
from minigraph.reading.scene import Scene

__all__ = ["RULES", "found_in"]

RULES: list[Callable] = [
    training.update_ops_left_out,
    training.updates_on_a_copy,
    training.global_step,
    training.unused_clipping,
    training.nothing_trainable,
    running.initialized_too_early,
    running.summaries_that_need_more,
    running.growing_graph,
    building.empty_blocks,
    building.unshared_weights,
    building.silent_broadcast,
    building.unread_variables,
]


def found_in(scene: Scene) -> list[Finding]:
    """Return what the rules find, each thing once."""
    findings: dict[tuple, Finding] = {}
    for rule in RULES:
        for finding in rule(scene):
            findings.setdefault((finding.code, finding.where, finding.message), finding)
    return list(findings.values())
