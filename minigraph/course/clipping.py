"""Checks of lesson 7, "Clipping, noise, multipliers"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.course.verdict import check, expect, kind_of
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Tensor
from minigraph.ops.arrays.placeholder import placeholder
from minigraph.runtime.session import Session

__all__ = ["is_clipped_by_global_norm", "is_clipped_by_own_norm", "is_multiplied_then_clipped"]


def attempt(function: Callable, *args: Any, text: str) -> Any:
    """Return what a student's function gives; `NotYet` with `text`, and the error, if it fails."""
    try:
        return function(*args)
    except Exception as error:
        first = str(error).split("\n")[0]
        expect(False, f"{text} ({type(error).__name__}: {first})")


@check
def is_clipped_by_global_norm(clipped: Any) -> str:
    """Check that `clipped(gradients, max_norm)` clips a list of arrays by their global norm."""
    expect(callable(clipped), f"clipped is {kind_of(clipped)}. Write a function of gradients and max_norm.")
    pair = [np.array(3.0), np.array(4.0)]
    found = attempt(clipped, pair, 1.0, text="It fails for the gradients 3 and 4, and the norm 1.")
    expect(found is not None, "It returns None: is there a `return`?")
    expect(
        len(found) == 2,
        f"Its result has the length {len(found)}, for two gradients. Return a list as long as that given.",
    )
    found = [float(np.squeeze(each)) for each in found]
    shown = " and ".join(f"{each:.4g}" for each in found)
    expect(
        not np.allclose(found, 1.0),
        "3 and 4 become 1 and 1: each is clipped by itself. The norm is that of all of them together.",
    )
    expect(
        not np.allclose(found, [3 / 7, 4 / 7]),
        "3 and 4 become 0.4286 and 0.5714: the norm is the root of the sum of squares, not the sum.",
    )
    expect(np.allclose(found, [0.6, 0.8]), f"3 and 4 become {shown}; with the norm 1 they are 0.6 and 0.8.")
    found = attempt(clipped, pair, 10.0, text="It fails where the norm is small enough.")
    expect(
        np.allclose([float(each) for each in found], [3.0, 4.0]),
        "3 and 4 have the norm 5. With max_norm=10 nothing may change: the factor is never above 1.",
    )
    mixed = [np.full((2, 3), 2.0), None, np.arange(4.0)]
    found = attempt(clipped, mixed, 1.0, text="It fails where a gradient is None, or an array of another shape.")
    expect(len(found) == 3 and found[1] is None, "A gradient that is None must stay None, at its position in the list.")
    norm = np.sqrt(sum(np.sum(np.square(each)) for each in found if each is not None))
    expect(
        np.isclose(norm, 1.0) and np.allclose(found[0] * 1.5, found[2][3]),
        f"For arrays of shapes (2, 3) and (4,) the norm of the result is {norm:.4g}, where 1 was asked for. "
        "Sum the squares of all elements of all arrays, and use one factor.",
    )
    return "One factor for all, never above 1."


@check
def is_clipped_by_own_norm(clip: Any) -> str:
    """Check that `clip` takes pairs of (gradient, variable) and clips each gradient by its own norm to at most 1."""
    expect(callable(clip), f"clip is {kind_of(clip)}. Write a function of the list of pairs.")
    with Graph().as_default(), Session() as sess:
        large, small = (placeholder("float32", [2], name=name) for name in ("large", "small"))
        pairs = [(large, "v"), (small, "w")]
        found = attempt(clip, pairs, text="It fails for a list of two pairs (gradient, variable).")
        expect(found is not None, "It returns None: is there a `return`?")
        found = list(found)
        expect(
            len(found) == 2 and all(isinstance(each, tuple) and len(each) == 2 for each in found),
            "It must return a list of pairs (gradient, variable), one for each pair that it got.",
        )
        expect(
            [v for _, v in found] == ["v", "w"], "The variables must stay beside their gradients, in the same order."
        )
        expect(all(isinstance(g, Tensor) for g, _ in found), "The gradients that it returns are not tensors.")
        one, two = sess.run([g for g, _ in found], {large: [3.0, 4.0], small: [0.3, 0.4]})
        expect(
            np.allclose(two, [0.3, 0.4]),
            f"The gradient [0.3, 0.4] has a norm below 1, and becomes {two}. Leave it as it is.",
        )
        expect(
            not np.allclose(one, 1.0),
            "[3, 4] becomes [1, 1]: each element is limited, so the direction changes. Scale the whole gradient.",
        )
        expect(np.allclose(one, [0.6, 0.8]), f"[3, 4] becomes {one}; with the norm 1 it is [0.6, 0.8].")
        missing = attempt(clip, [(large, "v"), (None, "w")], text="It fails where a gradient is None.")
        expect([*missing][1] == (None, "w"), "A gradient that is None must stay None, beside its variable.")
    return "Each by itself, and None passes."


@check
def is_multiplied_then_clipped(moved: Any, train: Any) -> str:
    """Check that `moved` is where `a` and `b` are after one step of `train` from 0, to two decimals."""
    moved = np.asarray(moved, float).ravel()
    expect(moved.size == 2, f"Give two numbers, [a, b]; there {'is' if moved.size == 1 else 'are'} {moved.size}.")

    def near(*numbers: float) -> bool:
        return np.allclose(moved, numbers, atol=0.006)

    expect(not (moved > 0).any(), "Gradient descent moves against the gradient: both numbers are below 0.")
    expect(
        not near(-3.0, -4.0), "These are the gradients without the multiplier, clipped to the norm 5 that they have."
    )
    expect(
        not near(-30.0, -4.0),
        "That is 10 times 3, and 4, as if the clipping came before the multipliers. It comes after them.",
    )
    expect(not near(-5.0, -4.0), "You have clipped each by itself. The norm of 30 and 4 together counts.")
    length = np.sqrt(np.sum(moved**2))
    expect(abs(length - 5.0) < 0.05, f"The step has the length {length:.2f}. Clipping comes last, and makes it 5.")
    with Session(graph=train.graph) as sess:
        a, b = (train.graph.get_operation_by_name(name) for name in "ab")
        sess.run([train.graph.get_operation_by_name(f"{op.name}/Assign") for op in (a, b)])
        sess.run(train.graph.get_operation_by_name("OptimizeLoss/learning_rate/Assign"))
        sess.run(train)
        right = sess.run([a.outputs[0], b.outputs[0]])
    expect(
        np.allclose(moved, right, atol=0.006),
        f"The length is right, the direction is not: b moves {moved[1] / moved[0]:.2f} times as far as a. "
        "Clipping keeps the proportion of 30 to 4.",
    )
    return "First times 10, then one factor for both: b hardly moves any more."
