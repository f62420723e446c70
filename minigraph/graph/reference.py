"""`Reference`: a hashable stand-in for a tensor or variable."""

from __future__ import annotations

from typing import Any

__all__ = ["Reference"]


class Reference:
    """A hashable reference, equal to another one if both stand for the same object.

    Example:
        >>> v = tf.Variable(1.0, name="v")
        >>> {v.experimental_ref(): "a variable"}[v.experimental_ref()], v.experimental_ref().deref() is v
        ('a variable', True)
    """

    __slots__ = ("_thing",)

    def __init__(self, thing: Any):
        self._thing = thing

    def deref(self) -> Any:
        """Return the object itself."""
        return self._thing

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Reference) and self._thing is other._thing

    def __hash__(self) -> int:
        return id(self._thing)

    def __repr__(self) -> str:
        return f"<Reference wrapping {self._thing!r}>"
