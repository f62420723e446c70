"""`@recordable`: functions of arrays that a recorded run repeats as one step; `Holder`: values that hold arrays.

A kernel consists of numpy calls, which a recorded run keeps one by one. If numpy has no function for a part of a
kernel, or that part looks at values, it is a separate function, marked with this decorator. Called with arrays it is a
plain function; called with tracers (anything with a `record_step` method) it is recorded as one call.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

__all__ = ["Holder", "is_tree", "recordable"]


def recordable(kind: str) -> Callable[[Callable], Callable]:
    """Mark a function of arrays as one step of a recorded run.

    Args:
        kind: "into" if it writes its result into the keyword `out`, "call" if it returns a new array (or several),
            "view" if its result may share memory with an argument.

    Example:
        >>> @recordable("call")
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


class Holder(tuple):
    """The value of a variant tensor: an immutable tree of arrays, into which a recorded run looks.

    A subclass is made from an iterable of its parts, as a tuple is. Its leaves that are not arrays are the same in
    every recorded run. `zero(value)` returns the zero that is added to gradients of the value.

    Example:
        >>> class Pair(Holder):
        ...     "Two arrays."
        >>> is_tree(Pair([1.0, 2.0])), is_tree((1.0, 2.0)), is_tree("ab"), Pair().shape
        (True, True, False, ())
    """

    __slots__ = ()
    shape = ()

    def arrays(self) -> Any:
        """Return a tree of the arrays alone."""
        return tuple(self)


def is_tree(value: Any) -> bool:
    """Return True for a list, a tuple (no named tuple) or a `Holder`: what a recorded run looks into for arrays."""
    return type(value) in (tuple, list) or isinstance(value, Holder)
