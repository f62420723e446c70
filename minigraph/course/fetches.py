"""Checks of lesson 1, "A graph computes nothing"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.course.verdict import check, expect, kind_of
from minigraph.graph.operation import Operation, Tensor
from minigraph.runtime.plan import Plan
from minigraph.runtime.session import Session

__all__ = ["is_hypotenuse", "is_needed", "is_cut"]


@check
def is_hypotenuse(c: Any, a: Any, b: Any) -> str:
    """Check that `c` is a tensor that computes sqrt(a² + b²) from the placeholders `a` and `b`."""
    expect(
        isinstance(c, Tensor),
        f"c is {kind_of(c)}, a value that Python has computed. Build it from a and b with operations of tf.",
    )
    plan = Plan([c])
    missing = [p.op.name for p in (a, b) if p.op not in plan.unfed]
    expect(not missing, f"c does not depend on {' and '.join(missing)}: feeding it would change nothing.")
    with Session(graph=c.graph) as sess:
        found = sess.run(c, {a: 3.0, b: 4.0})
    expect(found != 25.0, "For a = 3 and b = 4 it gives 25, the square of the hypotenuse. Take the root.")
    expect(found != 7.0, "For a = 3 and b = 4 it gives 7, the sum of the sides. Square them first.")
    expect(np.isclose(found, 5.0), f"For a = 3 and b = 4 it gives {found}; the hypotenuse is 5.")
    return "3 and 4 give 5."


@check
def is_needed(names: Any, fetch: Any) -> str:
    """Check that `names` are the names of the operations that run for `fetch`, in any order."""
    expect(not isinstance(names, str), "That is one string. Write a list of names.")
    wrong = [name for name in names if isinstance(name, (Tensor, Operation))]
    expect(not wrong, "Write the names of the operations, such as 'a', not the objects.")
    expect(not any(":" in name for name in names), "'x:0' is the name of a tensor; its operation is called 'x'.")
    plan = Plan([fetch], fold=False)
    needed = {op.name for op in (*plan.steps, *plan.unfed)}
    extra = sorted({*names} - needed)
    expect(not extra, f"'{extra[0] if extra else ''}' does not run: no path leads from it to '{fetch.op.name}'.")
    missing = sorted(needed - {*names})
    expect(
        not missing, f"{len(missing)} more run. Go back along the arrows from '{fetch.op.name}', one step at a time."
    )
    return f"{len(needed)} of {len(fetch.graph.get_operations())} operations run."


@check
def is_cut(feed: Any, fetch: Any, unneeded: Any) -> str:
    """Check that with this feed_dict a run of `fetch` no longer needs the placeholder `unneeded`."""
    expect(isinstance(feed, dict), f"A feed_dict is a dictionary from tensors to values, not a {type(feed).__name__}.")
    outputs = {t.name: t for op in fetch.graph.get_operations() for t in op.outputs}
    feed = {outputs.get(key, key) if isinstance(key, str) else key: value for key, value in feed.items()}
    bad = [key for key in feed if not isinstance(key, Tensor)]
    expect(not bad, f"The key {bad[0] if bad else ''!r} is not a tensor, nor the name of one.")
    expect(unneeded not in feed, f"'{unneeded.op.name}' itself is fed. Feed a tensor behind it instead.")
    expect(fetch not in feed, f"Then nothing is computed at all; feed something before {fetch.op.name}.")
    plan = Plan([fetch], list(feed))
    expect(
        unneeded.op not in plan.unfed,
        f"The run still needs '{unneeded.op.name}': what you feed does not lie on every path from it to the fetch.",
    )
    expect(not plan.unfed, f"'{plan.unfed[0].name if plan.unfed else ''}' has no value: feed it as well.")
    with Session(graph=fetch.graph) as sess:
        sess.run(fetch, feed)
    return "What is fed cuts the graph: nothing before it runs."
