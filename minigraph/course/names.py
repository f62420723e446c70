"""Checks of lesson 2, "Names, and who shares a variable"."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.course.verdict import check, expect, kind_of
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Tensor
from minigraph.graph.text import amount
from minigraph.graph.walks import ancestors
from minigraph.ops.arrays.placeholder import placeholder

__all__ = ["are_names", "is_shared", "are_two_networks"]


def _variables(tensor: Any) -> dict:
    """Return the variables on which a tensor depends, by name without ":0"."""
    needed = set(ancestors([tensor]))
    return {v.op.name: v for v in tensor.graph.get_collection("variables") if v.op in needed}


@check
def are_names(names: Any, build: Callable) -> str:
    """Check that `names` are the names of what `build` returns, in its order."""
    with Graph().as_default():
        right = [each.name for each in build()]
    expect(not isinstance(names, str), "That is one string. Write a list of six.")
    expect(
        len(names) == len(right),
        f"{amount(len(names), 'name')} where build returns {len(right)} things; write one for each, in its order.",
    )
    expect(all(isinstance(name, str) for name in names), "Write the names as texts, such as 'net/a:0'.")
    expect(
        not any(":" not in name for name in names),
        "A tensor and a variable have ':0' at the end of their names; without it, it is the name of an operation.",
    )
    wrong = [letter for letter, name, true in zip("abcdef", names, right) if name != true]
    hints = {
        "a": "the name of a variable made by get_variable has the variable scope before it.",
        "b": "get_variable leaves name scopes out. Which variable scopes are open?",
        "c": "tf.Variable follows the name scopes, and a variable scope opens one as well.",
        "d": "an operation follows all name scopes that are open, and a variable scope opens one.",
        "e": "with reuse=True, get_variable finds a variable that was made before. Which?",
        "f": "the variable scope 'net' was entered a second time: what becomes of the name scope that it opens?",
    }
    letter = wrong[0] if wrong else "a"
    expect(not wrong, f"{len(right) - len(wrong)} of {len(right)} are right. See {letter}: {hints[letter]}")
    return "operations are numbered, variables of get_variable are found."


@check
def is_shared(function: Callable) -> str:
    """Check that a function of a tensor [N, 4] has one kernel [4, 1] and one bias [1], however often it is called."""
    expect(
        callable(function),
        f"That is {kind_of(function)}. Write a function of x; the check calls it twice in a new graph.",
    )
    expect(_takes_one(function), "The check calls shared_critic(x); choose a reuse that needs no argument.")
    with Graph().as_default() as graph, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of variables that are not shared: the verdict tells
        xs = [placeholder("float32", [None, 4], name=name) for name in ("real", "forged")]
        try:
            ys = [function(x) for x in xs]
        except (TypeError, ValueError) as error:
            text = str(error)
            expect("int() argument" not in text, "The second argument is the shape; give values with initializer=.")
            expect("same graph" not in text, "The check calls it in a new graph: make the variables inside.")
            expect("already exists" not in text, _first(text, "The second call wants to make a variable again"))
            expect("does not exist" not in text, _first(text, "The first call wants to find what nobody has made"))
            raise
    expect(all(isinstance(y, Tensor) for y in ys), "The function must return the tensor. Is there a return?")
    made = graph.get_collection("variables")
    expect(made, "There is no variable in the graph: what should be trained?")
    used = [_variables(y) for y in ys]
    for x, y, found in zip(xs, ys, used):
        expect(x.op in set(ancestors([y])), f"The result for '{x.op.name}' does not depend on its input.")
        expect(found, f"The result for '{x.op.name}' does not depend on a variable.")
    differ = sorted({*used[0]} ^ {*used[1]})
    expect(
        not differ,
        f"Two calls have made {len(made)} variables: {', '.join(v.op.name for v in made)}. "
        f"'{(*differ, '')[0]}' is used by one call only. tf.Variable always makes one; what finds one?",
    )
    shapes = sorted(tuple(v.shape.as_list()) for v in used[0].values())
    expect(shapes == [(1,), (4, 1)], f"The shared variables have the shapes {shapes}; (1,) and (4, 1) were asked for.")
    extra = sorted({v.op.name for v in made} - {*used[0]})
    expect(not extra, f"'{(*extra, '')[0]}' was made too, and nothing uses it.")
    return f"both calls use {' and '.join(used[0])}."


def _takes_one(function: Callable) -> bool:
    """Return True if a function can be called with one argument."""
    try:
        inspect.signature(function).bind(None)
    except TypeError:
        return False
    return True


def _first(text: str, problem: str) -> str:
    return f"{problem}: {text.split(',')[0]}. Which value of reuse suits the first call and the second?"


@check
def are_two_networks(now: Any, then: Any, goal: Any, state: Any, next_state: Any) -> str:
    """Check that `now` and `then` share the two variables of "online", and that `goal` has two of "target"."""
    inputs = {"now": (now, state), "then": (then, next_state), "goal": (goal, next_state)}
    for name, (y, x) in inputs.items():
        expect(isinstance(y, Tensor), f"{name} is {kind_of(y)}. It should be the tensor that net returns.")
        expect(x.op in set(ancestors([y])), f"{name} does not depend on '{x.op.name}'. Which input should it judge?")
    online, again, target = (_variables(y) for y, _ in inputs.values())
    expect(
        {*online} == {*again},
        f"now uses {', '.join(sorted(online))}, and then uses {', '.join(sorted(again))}. They should share them.",
    )
    both = sorted({*online} & {*target})
    expect(not both, f"goal shares '{(*both, '')[0]}' with now. The target has weights of its own: a scope of its own.")
    for name, found in (("online", online), ("target", target)):
        outside = sorted(each for each in found if each.partition("/")[0] != name)
        expect(
            not outside, f"The variable '{(*outside, '')[0]}' is not '{name}/…': call net in that variable scope only."
        )
    expect(
        len(online) == len(target) == 2, f"A network has two variables; here they have {len(online)} and {len(target)}."
    )
    sizes = {
        name: np.prod([v.shape.num_elements() for v in found.values()])
        for name, found in (("online", online), ("target", target))
    }
    expect(
        sizes["online"] == sizes["target"] == 12,
        "The kernel has the shape (3, 2), and the bias (2,). Leave net as it is.",
    )
    return "now and then share the weights of online; goal has those of target."
