"""Checks of lesson 4, "Collections, and the update that nobody runs"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.course.verdict import check, expect, kind_of
from minigraph.graph.operation import Operation, Tensor
from minigraph.runtime.session import Session

__all__ = ["trains_only", "is_whole_step", "counts_examples"]


def _expect_a_step(train: Any) -> None:
    expect(
        isinstance(train, (Operation, Tensor)),
        f"train is {kind_of(train)}. Build an operation that a session can run, for example with minimize.",
    )


def _changes(train: Any, x: Any, *sizes: int) -> tuple[dict, dict]:
    """Return the values of all variables, by name, before and after a run of `train` with a batch of each size."""
    rng = np.random.RandomState(0)
    variables = train.graph.get_collection("variables")
    with Session(graph=train.graph) as session:
        session.run([v.initializer for v in variables])
        before = session.run({v.op.name: v for v in variables})
        for size in sizes:
            session.run(train, {x: 2.0 + rng.rand(size, x.shape[1].value)})
        return before, session.run({v.op.name: v for v in variables})


def _changed(before: dict, after: dict) -> list[str]:
    return [name for name, value in before.items() if not np.array_equal(value, after[name])]


@check
def trains_only(train: Any, x: Any, scope: str) -> str:
    """Check that a run of `train` changes all trainable variables in `scope`, and no others."""
    _expect_a_step(train)
    trainable = [v.op.name for v in train.graph.get_collection("trainable_variables")]
    changed = [name for name in _changed(*_changes(train, x, 4)) if name in trainable]
    expect(changed, "A run of train changes no weight. Is it a training step, or only the loss?")
    outside = [name for name in changed if not name.startswith(f"{scope}/")]
    left = [name for name in trainable if name.startswith(f"{scope}/") and name not in changed]
    expect(not outside or left, f"'{(*outside, '')[0]}' changes too. Which argument of minimize says what is trained?")
    expect(not outside, f"'{(*outside, '')[0]}' changes, and '{(*left, '')[0]}' does not.")
    expect(not left, f"'{(*left, '')[0]}' is in {scope}, and does not change. Does your list have all of them?")
    return f"{' and '.join(changed)} change, and nothing else."


@check
def is_whole_step(train: Any, x: Any) -> str:
    """Check that a run of `train` trains, updates the moving averages once, and adds 1 to the global step."""
    _expect_a_step(train)
    before, after = _changes(train, x, 4)
    changed = _changed(before, after)
    trained = [v.op.name for v in train.graph.get_collection("trainable_variables") if v.op.name in changed]
    expect(trained, "No weight changes in a run of train. Is there a call of minimize in it?")
    averages = [name for name in before if "moving_" in name]
    left = [name for name in averages if name not in changed]
    expect(
        not left,
        f"The weights change; '{(*left, '')[0]}' does not. Its update is in UPDATE_OPS: does a run of train "
        "need it? tf.explain.lint(train) tells more.",
    )
    steps = [int(after[name]) for name in before if name == "global_step"]
    expect(steps, "There is no global step in the graph. tf.train.get_or_create_global_step() makes it.")
    expect(steps != [0], "The weights and the averages change, and the global step is still 0. Who should count?")
    expect(steps == [1], f"After one run the global step is {sum(steps)}: who counts a second time?")
    return "one run trains, updates the averages and counts."


@check
def counts_examples(seen: Any, train: Any, x: Any) -> str:
    """Check that `seen` is a variable that rises by the number of examples with each run of `train`."""
    graph = train.graph
    found = [v for v in graph.get_collection("variables") if v is seen]
    expect(found, f"seen is {kind_of(seen)}. It should be the variable; the operation that adds to it goes elsewhere.")
    expect(
        seen not in graph.get_collection("trainable_variables"),
        "seen is in TRAINABLE_VARIABLES, where an optimizer may change it. Say that it is not trained.",
    )
    before, after = _changes(train, x, 3, 5)
    start, end = float(before[seen.op.name]), float(after[seen.op.name])
    expect(start == 0.0, f"seen is {start:g} at first; it should start at 0.")
    waiting = graph.get_collection("update_ops")
    expect(
        end != 0.0 or waiting,
        "After batches of 3 and 5 examples, seen is still 0. UPDATE_OPS is empty: optimize_loss found nothing to run.",
    )
    expect(
        end != 0.0,
        f"After batches of 3 and 5 examples, seen is still 0. In UPDATE_OPS is '{waiting[0].name if waiting else ''}'. "
        "Does it write seen? Was it there when optimize_loss was called?",
    )
    expect(end != 2.0, "After batches of 3 and 5 examples, seen is 2: it counts steps. How many rows has x?")
    expect(end != 16.0, "After batches of 3 and 5 examples, seen is 16: it counts numbers, two for each example.")
    expect(end == 8.0, f"After batches of 3 and 5 examples, seen is {end:g}; it should be 8.")
    return "batches of 3 and 5 examples make 8."
