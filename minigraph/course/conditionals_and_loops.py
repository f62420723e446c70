"""Checks of lesson 10, "Conditionals and loops"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.autodiff.backward import gradients
from minigraph.course.verdict import check, expect
from minigraph.graph.operation import Operation, Tensor
from minigraph.runtime.plan import Plan
from minigraph.runtime.session import Session

__all__ = ["counts_halvings", "counts_positive", "is_safe_inverse"]


@check
def counts_positive(count: Any, x: Any, hits: Any) -> str:
    """Check that a run of `count` adds 1 to the variable `hits` where `x` is positive, and only there."""
    expect(not callable(count), "That is a function. Call tf.cond with it.")
    expect(
        isinstance(count, (Tensor, Operation)), f"That is of type {type(count).__name__}. Write what a session can run."
    )
    _expect_needs(count, x, "count")
    rises = {}
    with Session(graph=x.graph) as sess:
        sess.run(hits.initializer)
        for value in (2.0, -2.0, 0.0):
            before = sess.run(hits)
            sess.run(count, {x: value})
            rises[value] = float(sess.run(hits) - before)
    expect(any(rises.values()), "No run changes 'hits'. Adding to its value is not enough: assign the sum.")
    expect(rises[2.0], "'hits' rises where x is negative, and not where it is positive: the wrong way round.")
    expect(
        not rises[-2.0],
        "'hits' rises where x is -2, too. An assignment that was made outside a branch runs always: make it inside.",
    )
    expect(not rises[0.0], "'hits' rises where x is 0, which is not positive.")
    expect(rises[2.0] == 1.0, f"'hits' rises by {rises[2.0]} where x is 2; it should by 1.")
    return "'hits' rises by 1 where x is positive, and only there."


@check
def is_safe_inverse(y: Any, x: Any) -> str:
    """Check that y is 1 / x, and 0 where x is 0, with a gradient that is finite everywhere."""
    _expect_tensor(y)
    _expect_needs(y, x, "y")
    with x.graph.as_default():
        slope = gradients(y, x)[0]
    expect(slope is not None, "The gradient of y with respect to x is None: what lies between them has none.")
    points = (4.0, -2.0, 0.0)
    with Session(graph=x.graph) as sess:
        values = dict(zip(points, [float(sess.run(y, {x: value})) for value in points]))
        slopes = dict(zip(points, [float(sess.run(slope, {x: value})) for value in points]))
    expect(np.isfinite(values[0.0]), f"For x = 0 it gives {values[0.0]}: the division runs there, too.")
    expect(values[4.0] == 0.25, f"For x = 4 it gives {values[4.0]}; 1 / 4 is 0.25.")
    expect(values[-2.0] == -0.5, f"For x = -2 it gives {values[-2.0]}; only 0 is an exception.")
    expect(values[0.0] == 0.0, f"For x = 0 it gives {values[0.0]}, and not 0.")
    expect(
        np.isfinite(slopes[0.0]),
        f"The values are right, but the gradient for x = 0 is {slopes[0.0]}: it takes the way through 1 / 0 as well. "
        "Does the division run although its result is not used?",
    )
    expect(slopes[4.0] == -0.0625, f"The gradient for x = 4 is {slopes[4.0]}; that of 1 / x is -1 / 16.")
    return "Its value and its gradient are numbers for each x."


@check
def counts_halvings(halvings: Any, x: Any) -> str:
    """Check that `halvings` is how often x must be halved until it is less than 1."""
    expect(
        not isinstance(halvings, (list, tuple)),
        "A loop returns all its loop variables. Take the one that counts: halvings, _ = tf.while_loop(...)",
    )
    _expect_tensor(halvings)
    _expect_needs(halvings, x, "halvings")
    wanted = {0.5: 0, 1.0: 1, 8.0: 4, 7.0: 3, 1000.0: 10}
    with Session(graph=x.graph) as sess:
        found = {value: float(sess.run(halvings, {x: value})) for value in wanted}
    left = {value: value / 2.0**n for value, n in wanted.items()}
    expect(found != left, "It is what is left of x. Return the number of turns.")
    expect(
        found[1.0] or found[8.0] != 3, "For 8 it gives 3, and for 1 it gives 0. 1 is not less than 1: go on once more."
    )
    expect(not found[0.5], f"For 0.5 it gives {found[0.5]:g}, but 0.5 is less than 1 at once. Test before you halve.")
    wrong = [value for value in wanted if found[value] != wanted[value]]
    expect(
        not wrong,
        f"For {wrong[0] if wrong else 0:g} it gives {found[wrong[0]] if wrong else 0:g}, and not "
        f"{wanted[wrong[0]] if wrong else 0}.",
    )
    return "8 takes 4 turns, 1000 takes 10: the run decides."


def _expect_tensor(answer: Any) -> None:
    expect(not isinstance(answer, Operation), "That is an operation: it has no value. Write a tensor.")
    expect(
        isinstance(answer, Tensor),
        f"That is of type {type(answer).__name__}: Python has made it. Build a tensor from x.",
    )


def _expect_needs(answer: Any, x: Any, name: str) -> None:
    """Expect that a run of an answer needs the placeholder `x`."""
    expect(x.op in Plan([answer]).unfed, f"{name} does not depend on x: each run gives the same.")
