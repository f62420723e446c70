"""The rules of `lint`: functions from a `Scene` to findings."""

from __future__ import annotations

from collections.abc import Callable

from minigraph.explain.rules import building, running, training

__all__ = ["RULES"]

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
