"""Checks of lesson 3, "Variables, and who reads which write"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.course.verdict import check, expect, kind_of
from minigraph.explain.races import races
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.walks import ancestors
from minigraph.runtime.session import Session

__all__ = ["are_reads", "is_ticket", "is_loss_after"]


def _initialized(graph: Graph) -> Session:
    """Return a new session in which all variables have their initial values."""
    session = Session(graph=graph)
    session.run([v.initializer for v in graph.get_collection("variables")])
    return session


def _expect_a_tensor(value: Any, name: str) -> None:
    expect(
        not isinstance(value, Operation),
        f"{name} is the operation '{getattr(value, 'name', '')}', which has no value. Build a tensor.",
    )
    expect(isinstance(value, Tensor), f"{name} is {kind_of(value)}. Build a tensor with operations of tf.")


def _expect_no_race(tensor: Tensor, values: str) -> None:
    findings = races(tensor).findings
    text = findings[0].message.split("\n")[0] if findings else ""
    expect(not findings, f"{values}, but by luck, in one of several orders: {text} tf.explain.races tells more.")


@check
def are_reads(values: Any, fetches: Any) -> str:
    """Check that `values` are what the first run of [alias, kept, double, late] returns."""
    expect(isinstance(values, (list, tuple, np.ndarray)), "Write a list of numbers, one for each fetch.")
    expect(not any(isinstance(value, Tensor) for value in values), "Write numbers, not tensors.")
    expect(len(values) == len(fetches), f"There are {len(fetches)} fetches, and {len(values)} numbers.")
    with _initialized(fetches[0].graph) as session:
        right = session.run(fetches)
    hints = {
        "alias": "identity copies nothing. You look at the memory of v when the run has ended.",
        "kept": "a product is computed, and has a memory of its own; it ran before bump.",
        "double": "it is made in the block, so it runs after bump. It computes with the memory of v, from alias.",
        "late": "it runs after bump, but it computes with kept. Which value did kept have?",
    }
    wrong = [f.op.name for f, value, true in zip(fetches, values, right) if not np.isclose(float(value), float(true))]
    name = wrong[0] if wrong else "alias"
    expect(not wrong, f"{len(right) - len(wrong)} of {len(right)} are right. See '{name}': {hints[name]}")
    return "what counts is when an operation computes."


@check
def is_ticket(ticket: Any, counter: Any) -> str:
    """Check that runs of `ticket` give 0, 1, 2…, and that each adds 1 to `counter`, in no other order."""
    expect(ticket is not counter, "ticket is the variable itself. A run of it reads, and adds nothing.")
    _expect_a_tensor(ticket, "ticket")
    expect(counter.op in set(ancestors([ticket])), "ticket does not depend on counter. Whose number is it?")
    with _initialized(ticket.graph) as session:
        found = [float(session.run(ticket)) for _ in range(3)]
        left = float(session.run(counter))
    shown = ", ".join(f"{value:g}" for value in found)
    expect(left != 0.0, f"Three runs give {shown}, and counter is still 0. Nothing that ticket needs adds to it.")
    expect(left == 3.0, f"After three runs counter is {left:g}; it should be 3, one more for each run.")
    expect(
        found != [1.0, 2.0, 3.0],
        "Three runs give 1, 2, 3, the numbers after the addition. Is ticket the memory of counter? "
        "Keep the number before: compute it, and let the addition wait for it.",
    )
    expect(found == [0.0, 1.0, 2.0], f"Three runs give {shown}; 0, 1, 2 were asked for.")
    _expect_no_race(ticket, "The numbers are 0, 1, 2")
    return "0, 1, 2, in every order that is allowed."


def _step(loss_after: Tensor, x: Tensor, value: float, w: Any) -> tuple[float, float]:
    """Return what a run of `loss_after` from the initial weights gives, and the weight after it."""
    with _initialized(loss_after.graph) as session:
        return float(session.run(loss_after, {x: value})), float(session.run(w))


@check
def is_loss_after(loss_after: Any, x: Any, w: Any) -> str:
    """Check that a run of `loss_after` moves `w` from 3 to 2.6 and returns the loss of 2.6."""
    _expect_a_tensor(loss_after, "loss_after")
    expect(x.op in set(ancestors([loss_after])), "loss_after does not depend on x. Which loss does it compute?")
    (found, weight), (of_two, _) = [_step(loss_after, x, value, w) for value in (1.0, 2.0)]
    expect(
        not np.isclose(weight, 3.0),
        f"It gives {found:.4g}, and w is still 3: no training step has run. Does loss_after wait for train?",
    )
    expect(np.isclose(weight, 2.6), f"w is {weight:.4g} after one run; one step of train leads from 3 to 2.6.")
    expect(
        not np.isclose(found, 4.0),
        "It waits for the step, and gives 4, the loss before it: this loss was computed before the block. "
        "A control dependency holds for what is made in the block, so build the loss again there.",
    )
    expect(np.isclose(found, 2.56), f"It gives {found:.4g}; the loss of w = 2.6 is 2.56.")
    expect(np.isclose(of_two, 1.0), f"For x = 2 it gives {of_two:.4g}; the new weight is 1 then, and its loss is 1.")
    _expect_no_race(loss_after, "It gives 2.56")
    return "the loss of the new weight is 2.56."
