"""The call of a layer in progress."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

__all__ = ["LayerCall", "current", "inside", "parameters"]


class LayerCall(NamedTuple):
    """A call of a layer: its inputs, and the `training` that nested layers inherit."""

    inputs: Any
    training: Any


_innermost: ContextVar[LayerCall | None] = ContextVar("the innermost call of a layer", default=None)


def current() -> LayerCall | None:
    """Return the innermost call of this thread, or None."""
    return _innermost.get()


@contextmanager
def inside(call: LayerCall) -> Iterator[None]:
    """Make the call the innermost one inside the block."""
    token = _innermost.set(call)
    try:
        yield
    finally:
        _innermost.reset(token)


def parameters(function: Callable) -> tuple[list[str], bool]:
    """Return the names of a function's parameters, and True if it takes any other keywords.

    Example:
        >>> parameters(lambda x, training=False, **rest: x)
        (['x', 'training'], True)
    """
    found = inspect.signature(function).parameters.values()
    names = [p.name for p in found if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    return names, any(p.kind is p.VAR_KEYWORD for p in found)
