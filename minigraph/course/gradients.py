"""Checks of lesson 5, "Gradients are a graph"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.autodiff.backward import gradients
from minigraph.course.verdict import NotYet, check, expect, kind_of
from minigraph.explain.why_none import why_none
from minigraph.graph.operation import Tensor
from minigraph.runtime.plan import Plan
from minigraph.runtime.session import Session

__all__ = ["is_derivative", "is_none", "is_rounded_through"]


@check
def is_derivative(df: Any, f: Any, x: Any) -> str:
    """Check that `df` is the derivative of `f` = x·eˣ with respect to `x`, built by hand."""
    expect(isinstance(df, Tensor), f"df is {kind_of(df)}, not a tensor. Build it from x and f with operations of tf.")
    plan = Plan([df])
    expect(x.op in plan.unfed, "df does not depend on x: it has the same value everywhere.")
    expect(
        not any(op.stage == "gradients" for op in plan.steps),
        "That is what tf.gradients has built. Write the product rule yourself, with tf.exp.",
    )
    points = [-1.0, 0.0, 2.0]
    with Session(graph=df.graph) as sess:
        found = [sess.run(df, {x: at}) for at in points]
    e = np.exp(points)
    expect(
        not np.allclose(found, e),
        "That is eˣ, half of the product rule: it treats the factor eˣ as a constant. x has two paths to f.",
    )
    expect(
        not np.allclose(found, points * e),
        "That is x·eˣ, f itself, half of the product rule: it treats the factor x as a constant.",
    )
    for at, value in zip(points, found):
        right = np.exp(at) * (1 + at)
        expect(np.isclose(value, right, rtol=1e-4), f"At x = {at} it gives {value:.4f}; the slope of f is {right:.4f}.")
    return "Both paths are in it: eˣ + x·eˣ."


@check
def is_none(names: Any, total: Any, variables: Any) -> str:
    """Check that `names` are those of the variables for which the gradient of `total` is None, in any order."""
    expect(not isinstance(names, str), "That is one string. Write a list of names.")
    wrong = [name for name in names if not isinstance(name, str)]
    expect(not wrong, "Write the names of the variables, such as 'p', not the objects.")
    names = [name.removesuffix(":0") for name in names]
    known = {variable.op.name: variable for variable in variables}
    unknown = [name for name in names if name not in known]
    expect(not unknown, f"There is no variable '{unknown[0] if unknown else ''}'; there are {', '.join(known)}.")
    flows = {name for name, variable in known.items() if why_none(total, variable).codes == ["flows"]}
    extra = sorted(flows & {*names})
    expect(
        not extra,
        f"'{extra[0] if extra else ''}' has a gradient. One open path is enough, and a gradient of zero is not None.",
    )
    missing = sorted(set(known) - flows - {*names})
    more = f"{len(missing)} more {'is' if len(missing) == 1 else 'are'} None"
    cuts = [found.edges[0][1] for name in missing for found in why_none(total, known[name]).findings if found.edges]
    if cuts:
        raise NotYet(f"{more}. '{cuts[0].name}', a {cuts[0].type}, passes no gradient on. What lies behind it?")
    expect(not missing, f"{more}. Go back from '{total.op.name}': which variable does no path reach?")
    return "One open path is enough for a gradient, and zero is a gradient."


@check
def is_rounded_through(y: Any, x: Any) -> str:
    """Check that `y` has the value of `x` rounded, and the gradient 1 with respect to `x`."""
    expect(isinstance(y, Tensor), f"y is {kind_of(y)}, not a tensor.")
    expect(x.op in Plan([y]).unfed, "y does not depend on the placeholder x.")
    given = np.array([0.2, 1.7, -2.6], np.float32)
    (gradient,) = gradients(y, x)
    with Session(graph=y.graph) as sess:
        value = sess.run(y, {x: given})
        expect(
            not np.allclose(value, given) or gradient is None,
            f"Of {given} it makes the same {value}: the gradient may be right, but nothing is rounded.",
        )
        expect(np.allclose(value, np.round(given)), f"Of {given} it makes {value}; rounded, that is {np.round(given)}.")
        expect(
            gradient is not None,
            "The value is right, the gradient is None: every path from y to x is cut. Leave one open.",
        )
        slope = sess.run(gradient, {x: given})
    expect(np.allclose(slope, 1.0), f"The value is right. Its gradient with respect to x is {slope}; 1 was asked for.")
    return "Forward it rounds, backward it lets all through. This is called a straight-through estimator."
