"""Functions of arrays that a recorded run repeats as one step.

A kernel is made of numpy's functions, which a recorded run keeps one by one. Where numpy has no function for a part of
a kernel, or that part looks at the numbers, it is a function of its own, marked as a step. Called with arrays it is a
plain function; called with stand-ins for arrays (anything with a `record_step` method) it is kept as one call.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

__all__ = ["step"]


def step(kind: str) -> Callable[[Callable], Callable]:
    """Mark a function of arrays.

    Args:
        kind: "into" if it takes memory for its result as keyword `out`, "call" if it gives a new array (or several),
            "view" if what it gives may share memory with an argument.

    Example:
        >>> @step("call")
        ... def twice(x):
        ...     return 2 * x
        >>> class StandIn:
        ...     def record_step(self, kind, function, args, kwargs):
        ...         return kind, function.__name__
        >>> twice(4), twice(StandIn())
        (8, ('call', 'twice'))
    """

    def mark(function: Callable) -> Callable:
        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            for arg in args:
                record = getattr(type(arg), "record_step", None)
                if record is not None:
                    return record(arg, kind, function, args, kwargs)
            return function(*args, **kwargs)

        return call

    return mark
