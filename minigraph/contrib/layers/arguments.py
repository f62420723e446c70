"""Callables and collections passed to `optimize_loss`, checked with errors that say what to write instead."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from minigraph.graph.code import code
from minigraph.graph.operation import Operation
from minigraph.graph.text import message
from minigraph.graph.traces import here

__all__ = ["called", "checked_pairs_of", "iterated"]


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
        text = (
            str(error)
            .replace(f"{name}.__init__()", "__init__()")
            .replace(f"{name}()", f"{getattr(function, '__name__', '')}()")
        )
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


def iterated(argument: str, values: Any, *advice: str) -> list:
    """Return the elements of the collection given as `argument`; raise TypeError, with advice, if it is not iterable.

    Example:
        >>> iterated("update_ops", (1, 2), "Give a list.")
        [1, 2]
    """
    if isinstance(values, Operation) or not hasattr(values, "__iter__"):
        raise TypeError(
            message(
                f"'{type(values).__name__}' object is not iterable", f"{argument} is {values!r} at {here()}.", *advice
            )
        )
    return list(values)


def checked_pairs_of(clip: Callable, pairs: list) -> list:
    """Return a user function's result for a list of (gradient, variable); raise TypeError if it is not such a list."""
    found = called(
        "clip_gradients",
        clip,
        (pairs,),
        f"To clip by the global norm write {code('clip_gradients=5.0')}; "
        "a function gets a list of (gradient, variable) and returns one.",
    )
    return iterated("what clip_gradients gives", found, "It gets a list of (gradient, variable), and must return one.")
