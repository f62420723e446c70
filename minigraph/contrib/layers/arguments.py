"""Wrong arguments of `optimize_loss`, and those without effect: errors and warnings that say what to write instead."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

from minigraph.graph.code import code
from minigraph.graph.constant_value import constant_value
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.provenance import user_trace
from minigraph.graph.text import Plain, did_you_mean, message, similar
from minigraph.graph.traces import format_where, here, ran_again
from minigraph.graph.warn import warn

__all__ = [
    "called",
    "checked_summaries",
    "checked_update_ops",
    "clipped",
    "decayed",
    "instance",
    "iterated",
    "result",
    "say",
    "unknown_optimizer",
    "unknown_rate",
    "warn_of_second_increment",
    "warn_of_shared_rate",
    "warn_of_unused_multipliers",
    "warn_of_unused_rate",
]


# Functions, and what they return


def called(argument: str, function: Any, args: tuple, *advice: str, **keywords: Any) -> Any:
    """Call the function given as `argument`; raise TypeError, with advice, if it rejects the arguments.

    Example:
        >>> called("learning_rate_decay_fn", 0.5, (1, 2), "Give a function.")
        Traceback (most recent call last):
        ...
        TypeError: 'float' object is not callable
        Of learning_rate_decay_fn, at <doctest minigraph.contrib.layers.arguments.called[0]>:1.
        Give a function.
    """
    if _takes(function, args, keywords):
        return function(*args, **keywords)
    try:
        function(*args, **keywords)
    except TypeError as error:
        name = getattr(function, "__qualname__", "")
        text = str(error).replace(f"{name}.__init__()", "__init__()")
        text = text.replace(f"{name}()", f"{getattr(function, '__name__', '')}()")
        raise TypeError(message(text, f"Of {argument}, at {here()}.", *advice)) from None
    raise AssertionError(f"{function!r} takes what its signature does not")


def _takes(function: Any, args: tuple, keywords: dict) -> bool:
    if not callable(function):
        return False
    try:
        inspect.signature(function).bind(*args, **keywords)
    except TypeError:
        return False
    except ValueError:  # some built-ins have no signature
        pass
    return True


def decayed(rate: Any, decay: Callable, global_step: Any) -> Any:
    """Return the result of `learning_rate_decay_fn`; ValueError if there is no global step."""
    if global_step is None:
        raise ValueError(
            "global_step is required for learning_rate_decay_fn.\n"
            f"Pass {code('global_step=tf.train.get_or_create_global_step()')}."
        )
    example = code("lambda rate, step: tf.train.exponential_decay(rate, step, 1000, 0.9)")
    return called(
        "learning_rate_decay_fn", decay, (rate, global_step), "Give a function of both, such as", f"{example}."
    )


def instance(kind: type, rate: Any) -> Any:
    """Return an optimizer of a class that takes the rate."""
    name = f"tf.train.{kind.__name__}" if kind.__module__.startswith("minigraph.") else kind.__name__
    function = code(f"optimizer=lambda rate: {name}(rate, ...)", kind.__name__)
    advice = "For a class with more arguments write a function:"
    return called("optimizer", kind, (), advice, f"{function}.", learning_rate=rate)


def result(function: Callable, args: tuple) -> Any:
    """Return the result of a function given as optimizer."""
    advice = f"Pass a function of the learning rate, or one without arguments and {code('learning_rate=None')}."
    return called("optimizer", function, args, advice)


def clipped(clip: Any, pairs: list) -> list:
    """Return the list of (gradient, variable) that `clip_gradients`, a function, makes of such a list.

    Raises:
        ValueError: if `clip` is not a function.
        TypeError: if it does not take a list, or does not return one.
    """
    if not callable(clip):
        raise ValueError(
            message(
                f"Unknown type {type(clip)} for clip_gradients",
                _clip_advice(clip),
                f"That is clip_gradients={clip!r} at {here()}.",
            )
        )
    advice = (
        f"To clip by the global norm write {code('clip_gradients=5.0')}; "
        "a function gets a list of (gradient, variable) and returns one."
    )
    found = called("clip_gradients", clip, (pairs,), advice)
    return iterated("what clip_gradients gives", found, "It gets a list of (gradient, variable), and must return one.")


def _clip_advice(clip: Any) -> str:
    if _is_number(clip):
        return f"Write a float: {code(f'clip_gradients={float(clip)}')}"
    if isinstance(clip, (tuple, list)) and len(clip) == 2:
        clipped = f"(g if g is None else tf.clip_by_value(g, {clip[0]}, {clip[1]}), v)"
        function = code(f"clip_gradients=lambda pairs: [{clipped} for g, v in pairs]")
        return f"To limit every element to a range write {function}."
    return "Pass the maximum global norm, such as 5.0, or a function of the list of (gradient, variable)."


# Lists


def iterated(argument: str, values: Any, *advice: str) -> list:
    """Return the elements of the collection given as `argument`; raise TypeError, with advice, if it is not iterable.

    Example:
        >>> iterated("update_ops", (1, 2), "Give a list.")
        [1, 2]
    """
    if isinstance(values, Operation) or not hasattr(values, "__iter__"):
        first = f"'{type(values).__name__}' object is not iterable"
        raise TypeError(message(first, f"{argument} is {values!r} at {here()}.", *advice))
    return list(values)


def checked_summaries(given: Any, known: list) -> list:
    """Return the names of summaries as a list; ValueError for an unknown one."""
    names = iterated("summaries", given, "Give a list of them, or None for the usual ones.")
    for name in names:
        if name not in known:
            advice = did_you_mean(str(name), known)
            if isinstance(given, str):
                meant = code(f"summaries=[{given if given in known else 'loss'!r}]")
                advice = f"{given!r} is one string, given at {here()}: write a list, {meant}."
            raise ValueError(
                f"Summaries should be one of [{', '.join(known)}], you provided {name}.\n{advice}".rstrip()
            )
    return names


def checked_update_ops(given: Any) -> list:
    """Return the update ops as a list.

    Raises:
        TypeError: if they are not a collection, but one operation perhaps.
        KeyError: if they are one string, whose letters are not operations.
    """
    one = ""
    if isinstance(given, (Operation, Tensor)):
        one = f" It is an operation: write {code('update_ops=[update_ops]', 'update_ops')}."
    advice = f"Give a list of operations, or None for the collection UPDATE_OPS.{one}"
    update_ops = iterated("update_ops", given or (), advice)
    if isinstance(given, str):
        try:
            return [get_default_graph().as_graph_element(letter) for letter in given]
        except KeyError as error:
            scoped = code(f"tf.get_collection(tf.GraphKeys.UPDATE_OPS, {given!r})")
            text = message(
                str(error.args[0]).split("\n")[0],
                f"{given!r} is one string, taken letter by letter, at {here()}.",
                f"update_ops is a list of operations: {scoped}.",
            )
            raise KeyError(Plain(text)) from None
    return update_ops


# Names and numbers


def unknown_optimizer(name: str, known: Iterable[str]) -> ValueError:
    """Return the error for a name that is not that of an optimizer."""
    return ValueError(
        f"Optimizer name should be one of [{', '.join(known)}], you provided {name}.\n"
        f"{did_you_mean(name, known)}".rstrip()
    )


def unknown_rate(rate: Any) -> ValueError:
    """Return the error for a learning rate that is neither a float nor a scalar tensor."""
    advice = f"\nWrite a float: learning_rate={float(rate)}" if _is_number(rate) else ""
    return ValueError(f"Learning rate should be 0d Tensor or float. Got {rate} of type {type(rate)}{advice}")


def _is_number(value: Any) -> bool:
    try:
        return float(value) is not None
    except (TypeError, ValueError):
        return False


# Warnings


def say(text: str) -> None:
    """Warn at the user's line about an argument of `optimize_loss`, and keep the remark for `explain.describe`."""
    get_default_graph().remark(text)
    warn(f"optimize_loss: {text}")


def warn_of_unused_rate(learning_rate: Any) -> None:
    """Warn that an optimizer that is an instance keeps its own rate."""
    say(
        f"learning_rate={learning_rate!r} (and its decay) has no effect, since optimizer is an "
        "instance with a rate of its own; pass learning_rate=None, or the class instead of an instance"
    )


def warn_of_shared_rate(rate: Any, learning_rate: float) -> None:
    """Warn if the variable of an earlier call, which this call shares, has another initial value."""
    initial = constant_value(rate.initial_value)
    if initial is None or float(initial) != float(initial.dtype.type(learning_rate)):
        say(
            f"learning_rate={learning_rate} has no effect: the variable '{rate.name}' exists already "
            f"(made at {format_where(rate.op.where)}, {initial}) and is used again; give this call another `name`"
        )


def warn_of_unused_multipliers(multipliers: Iterable, names: list[str], variables: list) -> None:
    """Warn of each key of `gradient_multipliers` that is none of the variables or their names."""
    known = {*variables, *names}
    for key in [key for key in multipliers if key not in known]:
        name = key if isinstance(key, str) else getattr(key, "name", str(key))
        close = similar(name if ":" in name else f"{name}:0", names, 1)
        found = close and close[0] != name
        advice = f"did you mean {close[0]!r}?" if found else f"the variables are: {', '.join(names)}"
        say(f"gradient_multipliers[{key!r}] has no effect: no trained variable has that name; {advice}")


def warn_of_second_increment(global_step: Any, earlier: Operation) -> None:
    """Warn that the operation of another train op increments the global step too."""
    advice = f"Pass {code('increment_global_step=False')} to one of them."
    if ran_again(earlier.where, user_trace()):
        reset = code("tf.reset_default_graph()")
        advice = f"This cell ran before: call {reset} at its top, or only run the last train op."
    warn(
        f"optimize_loss: '{earlier.name}' (made at {format_where(earlier.where)}) increments '{global_step.name}' "
        f"already; if both train ops run in a step it rises by 2. {advice}"
    )
