"""`Cell`: what a ref edge carries at run time, the place where a variable's value is kept in one session."""
from __future__ import annotations

from typing import Any

from minigraph.graph import errors
from minigraph.graph.shapes import brackets

__all__ = ["Cell"]


class Cell:
    """Holds a variable's value. A value once read is a snapshot: the array is replaced, or changed in place where the
    engine knows that nobody else holds it.

    Args:
        name: the variable's name, for messages.
        shape: the shape that every value has, or None where that is not known.
        value: its first value; None: it has none.
        missing: what to say where it is read without one; "{}" stands for the name.

    Example:
        >>> import numpy as np
        >>> cell = Cell("w", (2,))
        >>> cell.read()
        Traceback (most recent call last):
        ...
        minigraph.graph.errors.FailedPreconditionError: Attempting to use uninitialized value w
        >>> cell.write(np.zeros(2))
        >>> cell.read()
        array([0., 0.])
    """

    __slots__ = ("name", "shape", "value", "missing")

    def __init__(self, name: str, shape: tuple | None = None, value: Any = None,
                 missing: str = "Attempting to use uninitialized value {}"):
        self.name, self.shape, self.value, self.missing = name, shape, value, missing

    def read(self) -> Any:
        """The value now; FailedPreconditionError where there is none."""
        value = self.value
        if value is None:
            raise errors.FailedPreconditionError(None, None, self.missing.format(self.name))
        return value

    def snapshot(self, lock: Any) -> Any:
        """A copy of the value, for a run that does not hold the lock all the time: others may write meanwhile."""
        with lock:
            return self.read().copy()

    def write(self, value: Any, validate_shape: bool = True) -> None:
        """Replaces the value; InvalidArgumentError where its shape is not the variable's.

        Without `validate_shape` it may be another, and then the variable's shape is no longer known beforehand.
        """
        if validate_shape:
            shape = self.shape if self.shape is not None or self.value is None else self.value.shape
            if shape is not None and value.shape != shape:
                raise errors.InvalidArgumentError(
                    None, None, "Assign requires shapes of both tensors to match. "
                    f"lhs shape= {brackets(shape)} rhs shape= {brackets(value.shape)}")
        elif value.shape != self.shape:
            self.shape = None
        self.value = value
