"""Checks of lesson 9, "Races"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.course.verdict import check, expect
from minigraph.explain.explore import Outcome, explore
from minigraph.graph.collections import GraphKeys
from minigraph.graph.operation import Operation, Tensor
from minigraph.runtime.session import Session

__all__ = ["are_outcomes", "is_after", "is_settled"]


@check
def are_outcomes(values: Any, fetch: Any, variable: Any) -> str:
    """Check that `values` are all that a variable can be after a run of `fetch`."""
    expect(np.ndim([*values] if isinstance(values, set) else values) == 1, "Write a list of numbers, also for one.")
    expect(not any(isinstance(value, str) for value in values), "Write numbers, not texts.")
    given = {float(value) for value in values}
    found = {float(o.variables[variable.op.name]) for o in outcomes(fetch)}
    extra = sorted(given - found)
    expect(
        not extra,
        f"{extra[0] if extra else ''} cannot come out. Write down an order of the operations, and follow the value.",
    )
    missing = found - given
    expect(
        len(missing) < len(found), "There is at least one outcome. Take the order in which the operations were made."
    )
    expect(
        len(missing) != 1,
        f"{len(given)} right, one is missing. An update that reads and writes is two moments: what can come between "
        "them, and what can come after both?",
    )
    expect(not missing, f"{len(given)} right, {len(missing)} are missing. Let the operations run in another order.")
    return f"{len(found)} outcomes from one program."


@check
def is_settled(fixed: Any, wanted: float) -> str:
    """Check that a tensor has the same value in each order of a run, the wanted one."""
    expect(not isinstance(fixed, (list, tuple)), "In one run of several fetches nothing orders them. Write one tensor.")
    expect(not isinstance(fixed, Operation), "An operation such as a group has no value. Write a tensor.")
    expect(isinstance(fixed, Tensor), f"That is of type {type(fixed).__name__}. Write a tensor.")
    found = outcomes(fixed)
    expect(
        len(found) == 1,
        f"It can be {' or '.join(sorted(str(o.value) for o in found))}: what reads the variable was made outside the "
        "block, and does not wait.",
    )
    value = float(found[0].value)
    expect(
        found[0].variables,
        f"It is always {value}, and no variable changes: fetching it does not run the update. Nothing waits for it.",
    )
    doubled = [2.0 * float(left) for left in found[0].variables.values()]
    expect(
        value == wanted or value not in doubled,
        f"It is {value} in each order. Your block waits for another update. Which one does the exercise name?",
    )
    expect(
        value not in [float(left) for left in found[0].variables.values()],
        f"It is {value} in each order: the new value itself. What was to be made of it?",
    )
    expect(value == wanted, f"It is {value} in each order, where {wanted} is wanted. Which of the two should wait?")
    return f"It is {value} in each order."


@check
def is_after(step: Any, record: Any, variable: Any) -> str:
    """Check that `step` adds 1 to a variable, always after the summary `record` has read it."""
    expect(
        isinstance(step, (Tensor, Operation)),
        f"That is of type {type(step).__name__}. Write what changes the variable: an operation, or its result.",
    )
    name = variable.op.name
    with initialized(variable.graph) as sess:
        old, before = sess.run([record, variable])
    found = outcomes([record, step])
    moved = [o.variables.get(name, before) - before for o in found]
    expect(any(moved), f"A run of it leaves '{name}' as it is. Make the assignment itself.")
    expect(np.allclose(moved, 1.0), f"'{name}' should rise by 1, and changes by {' or '.join(map(str, moved))}.")
    with initialized(variable.graph) as sess:
        variable.load(before + 4.0, sess)
        sess.run(step)
        again = float(sess.run(variable))
    expect(
        np.isclose(again, before + 5.0), f"From {before + 4.0} it goes to {again}: it should add 1 to what is there."
    )
    early = [o for o in found if o.value[0] == old]
    expect(early, "The summary shows the value after the update, in each order. Turn the two round.")
    expect(
        len(early) == len(found),
        "The summary may come before the assignment, or after it: no edge leads from the one to the other. The "
        "assignment itself must be made inside a block that waits for `record`.",
    )
    return "The summary comes first in each order."


def outcomes(fetches: Any) -> list[Outcome]:
    """Return the outcomes of the fetches in all orders, from the initial values of the variables."""
    first = fetches[0] if isinstance(fetches, list) else fetches
    with initialized(first.graph) as sess:
        return explore(fetches, session=sess).outcomes


def initialized(graph: Any) -> Session:
    """Return a session whose variables have their initial values."""
    session = Session(graph=graph)
    session.run([v.initializer for v in graph.get_collection(GraphKeys.GLOBAL_VARIABLES)])
    return session
