"""`read_only`: attributes that a program may read, and not set."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

__all__ = ["read_only"]


def read_only(path: str, doc: str | None = None) -> Any:
    """Return a property that reads an attribute, or one of an attribute ("_op.name"), faster than a method would.

    Example:
        >>> class Point:
        ...     x = read_only("_x", "The first coordinate.")
        ...     def __init__(self, x): self._x = x
        >>> Point(3).x, Point.x.__doc__
        (3, 'The first coordinate.')
    """
    return property(attrgetter(path), doc=doc)
