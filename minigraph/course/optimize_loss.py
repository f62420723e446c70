"""Checks of lesson 6, "What optimize_loss builds"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.course.verdict import check, expect, kind_of
from minigraph.explain.describe import TrainOp, describe
from minigraph.graph.constant_value import constant_value
from minigraph.graph.operation import Operation, Tensor
from minigraph.reading.scene import inputs_named
from minigraph.runtime.access import cell_of
from minigraph.runtime.plan import Plan
from minigraph.runtime.session import Session
from minigraph.variables.collections import global_variables

__all__ = ["is_written", "is_bias_only", "is_staircase"]


def written(train: Any) -> set[str]:
    """Return the names of the variables that a run of a train op writes."""
    steps = Plan([train], fold=False).steps
    cells = [cell_of(op.inputs[i]) for op in steps for i in op.op_def.writes]
    return {cell.name for cell in cells if cell is not None}


def described(train: Any) -> TrainOp:
    """Return what `describe` says of a train op; `NotYet` if it is something else."""
    expect(isinstance(train, (Tensor, Operation)), f"train is {kind_of(train)}. Give what optimize_loss returned.")
    expect(written(train), "train changes no variable: it is not a train op. Give what optimize_loss returned.")
    return describe(train)


@check
def is_written(names: Any, train: Any) -> str:
    """Check that `names` are the names of the variables that a run of `train` writes, in any order."""
    expect(not isinstance(names, str), "That is one string. Write a list of names.")
    wrong = [name for name in names if not isinstance(name, str)]
    expect(not wrong, "Write the names of the variables, such as 'w', not the objects.")
    found = {name.removesuffix(":0") for name in names}
    right = written(train)
    extra = sorted(found - right)
    expect(
        "OptimizeLoss/learning_rate" not in extra,
        "'OptimizeLoss/learning_rate' is read by the updates, and nothing writes it but its initializer.",
    )
    expect(not extra, f"No operation that runs writes '{extra[0] if extra else ''}'.")
    missing = right - found
    expect("global_step" not in missing, "Something counts the steps: look at the last stage.")
    slots = [name for name in missing if name.startswith("OptimizeLoss/")]
    expect(not slots, "Momentum remembers: it has a variable of its own for each variable that it trains.")
    expect(not missing, f"{len(missing)} more: which are trained?")
    note = " (Here 'w:0' is the tensor of 'w'; both names will do.)" if any(":" in name for name in names) else ""
    return f"a run writes these {len(right)}; of the variables only the rate stays as it is.{note}"


@check
def is_bias_only(train: Any, loss: Any) -> str:
    """Check that `train` trains only `b` of the loss, by Momentum with momentum 0.5."""
    report = described(train)
    expect(report.loss == loss.op.name, f"It trains on '{report.loss}', where the loss is '{loss.op.name}'.")
    trained = [each.variable for each in report.variables]
    expect(
        "w" not in trained,
        f"It trains w{' too' if 'b' in trained else ', and not b'}. The argument `variables` is the list of variables "
        "to train; a variable, not its name.",
    )
    expect(trained == ["b"], f"It trains {', '.join(trained)}, where b was asked for.")
    rule = report.variables[0].rule
    expect("Momentum" in rule, f"b is updated by {rule}; look for an optimizer that makes ApplyMomentum.")
    (momentum,) = {t for op in report.updates for t in inputs_named(op, "momentum")}
    value = constant_value(momentum)
    shown = "not a constant" if value is None else f"{value:.4g}"
    expect(
        shown == "0.5",
        f"The momentum is {shown}, where 0.5 was asked for. With the name 'Momentum' it is always 0.9; an instance, or "
        "a function of the rate that returns one, says which: momentum=0.5.",
    )
    return "b is trained and w stays; an instance, or a function that makes one, sets what a name cannot."


@check
def is_staircase(train: Any, step: Any) -> str:
    """Check that the rate of `train` is 0.8 in the steps 0 to 9, 0.4 in 10 to 19, 0.2 in 20 to 29."""
    report = described(train)
    expect(
        step.op.name in written(train),
        "It does not count in global_step, so the rate would stay at its first value. Pass `step` as global_step, and "
        "leave increment_global_step as it is.",
    )
    rule = report.variables[0].rule
    expect("GradientDescent" in rule, f"It is updated by {rule}; use 'SGD'.")
    rates = [t for op in report.updates for t in inputs_named(op, "lr", "alpha")]
    at = [0, 5, 9, 10, 19, 20, 30, 45, 70]
    with train.graph.as_default(), Session() as sess:
        sess.run([variable.initializer for variable in global_variables()])
        found = []
        for each in at:
            step.load(each, sess)
            found.append(float(sess.run(rates[0])))
    for each, rate in zip(at, found):
        right = 0.8 * 0.5 ** (each // 10)
        advice = ""
        if each == 5 and np.isclose(rate, 0.8 * 0.5**0.5):
            advice = " It slides where it should step: see `staircase`."
        elif len({*found}) == 1:
            advice = " It never changes: see `learning_rate_decay_fn`."
        elif each == 0:
            advice = " The rate at the start is the argument learning_rate."
        expect(
            np.isclose(rate, right), f"In step {each} the rate is {rate:.4g}, where {right:.4g} was asked for.{advice}"
        )
    return "0.8, 0.4, 0.2: it halves every ten steps."
