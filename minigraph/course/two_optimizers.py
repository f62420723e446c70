"""Checks of lesson 8, "Two optimizers"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.course.verdict import check, expect
from minigraph.graph.collections import GraphKeys
from minigraph.graph.operation import Operation, Tensor
from minigraph.runtime.plan import Plan
from minigraph.runtime.session import Session

__all__ = ["is_changed", "is_of_one_part", "has_own_averages"]


@check
def is_changed(names: Any, train: Any) -> str:
    """Check that `names` are the names of the variables that one run of `train` changes, in any order."""
    expect(not isinstance(names, str), "That is one string. Write a list of names.")
    expect(all(isinstance(name, str) for name in names), "Write the names, such as 'left/out/bias', not the variables.")
    given = {name.removesuffix(":0") for name in names}
    known = {v.op.name for v in train.graph.get_collection(GraphKeys.GLOBAL_VARIABLES)}
    unknown = sorted(given - known)
    expect(not unknown, f"There is no variable called '{first(unknown)}'.")
    found = {*changed_by(train)}
    extra = sorted(given - found)
    expect(not extra, f"'{first(extra)}' does not change. Which variables may this train op move?")
    missing = found - given
    expect(missing != {"global_step"}, "The weights are right. What else is written, once in each run?")
    expect(not missing, f"Missing: {len(missing)}. A weight and its bias both have a gradient.")
    return f"{len(found)} of {len(known)} variables change."


@check
def is_of_one_part(train: Any, scope: str) -> str:
    """Check that `train` moves all weights of one scope, and no others, and does not count."""
    found = changes(train)
    weights = names_in(train.graph, GraphKeys.TRAINABLE_VARIABLES)
    own = [name for name in weights if name.startswith(scope + "/")]
    moved = [name for name in found if name in weights]
    expect(moved, "One run of it moves no weight. Is it a loss? optimize_loss returns the train op.")
    expect(
        set(moved) & set(own), f"It moves '{moved[0] if moved else ''}', and no weight of '{scope}': the wrong part."
    )
    alien = [name for name in moved if name not in own]
    expect(not alien, f"It also moves '{first(alien)}'. Say whose weights it may move: variables=...")
    left = [name for name in own if name not in moved]
    expect(not left, f"'{first(left)}' does not move, although it is in '{scope}'.")
    counts = found.get("global_step", 0)
    expect(
        not counts,
        f"It moves the right weights, but it counts, too: the global step rises by {counts}. "
        "global_step=None means the graph's global step; see increment_global_step=.",
    )
    return f"It moves {' and '.join(own)}, and does not count."


@check
def has_own_averages(train: Any, scope: str) -> str:
    """Check that `train` moves the weights and the moving averages of one scope, and no others."""
    found = changes(train)
    weights = names_in(train.graph, GraphKeys.TRAINABLE_VARIABLES)
    moved = [name for name in found if name in weights]
    expect(moved, "One run of it moves no weight. Is it a loss? optimize_loss returns the train op.")
    alien = [name for name in moved if not name.startswith(scope + "/")]
    expect(not alien, f"It moves '{first(alien)}', a weight of the other part. See variables=...")
    averages = [name for name in names_in(train.graph, GraphKeys.GLOBAL_VARIABLES) if "/moving_" in name]
    alien = [name for name in averages if name in found and not name.startswith(scope + "/")]
    expect(not alien, f"The weights are right, but it updates '{first(alien)}' as well. See update_ops=...")
    left = [name for name in averages if name not in found and name.startswith(scope + "/")]
    expect(
        not left,
        f"'{first(left)}' is never updated: the collection has {len(updates(train.graph))} update ops, and none of "
        f"'{scope}' runs.",
    )
    return f"It updates the averages of '{scope}', and no others."


def first(names: Any) -> str:
    """Return the first of some names; "" if there is none."""
    return next(iter(names), "")


def names_in(graph: Any, key: str) -> list[str]:
    """Return the names of the variables in a collection."""
    return [v.op.name for v in graph.get_collection(key)]


def updates(graph: Any) -> list:
    """Return the update ops of a graph."""
    return graph.get_collection(GraphKeys.UPDATE_OPS)


def changes(train: Any) -> dict[str, Any]:
    """Return what `changed_by` does, of an answer that may be no train op."""
    expect(
        isinstance(train, (Tensor, Operation)),
        f"That is of type {type(train).__name__}. optimize_loss returns a tensor, the train op: give that.",
    )
    return changed_by(train)


def changed_by(train: Any) -> dict[str, Any]:
    """Return the names of the variables that one run changes, each with the greatest change of an element."""
    variables = train.graph.get_collection(GraphKeys.GLOBAL_VARIABLES)
    random = np.random.RandomState(0)
    feeds = {
        op.all_outputs[0]: random.standard_normal([n or 8 for n in op.all_outputs[0].shape.as_list()])
        for op in Plan([train]).unfed
    }
    with Session(graph=train.graph) as sess:
        sess.run([v.initializer for v in variables])
        before = sess.run(variables)
        sess.run(train, feeds)
        after = sess.run(variables)
    moved = {v.op.name: np.abs(new - old).max() for v, old, new in zip(variables, before, after)}
    return {name: by for name, by in moved.items() if by}
