"""`Cell`: what a ref edge carries at run time, the memory of a variable in one session."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.shapes import brackets

__all__ = ["Cell"]

_UNINITIALIZED = "Attempting to use uninitialized value {}"


class Cell:
    """A variable's memory: an array that writes change in place, so that whoever holds it sees the new values.

    Only a value with a different number of elements makes it allocate new memory. `shape` is that of every value, or
    None; `missing` is the message if the cell is read before it has a value, with "{}" for its name.

    Example:
        >>> import numpy as np
        >>> cell = Cell("w", (2,))
        >>> cell.write(np.zeros(2))
        >>> memory = cell.read()
        >>> cell.write(np.ones(2))
        >>> memory
        array([1., 1.])
    """

    __slots__ = ("name", "shape", "value", "missing")

    def __init__(self, name: str, shape: tuple | None = None, value: Any = None, missing: str = _UNINITIALIZED):
        self.name, self.shape, self.value, self.missing = name, shape, value, missing

    def read(self) -> Any:
        """Return the memory; FailedPreconditionError if nothing has been written."""
        value = self.value
        if value is None:
            raise errors.FailedPreconditionError(None, None, self.missing.format(self.name))
        return value

    def check(self, value: Any) -> None:
        """Raise InvalidArgumentError if the shape of a new value is not the variable's."""
        shape = self.shape if self.shape is not None or self.value is None else self.value.shape
        if shape is not None and np.shape(value) != shape:
            text = f"lhs shape= {brackets(shape)} rhs shape= {brackets(np.shape(value))}"
            text = f"Assign requires shapes of both tensors to match. {text}"
            raise errors.InvalidArgumentError(None, None, text)

    def write(self, value: Any) -> None:
        """Copy a value into the memory; if its shape differs, the variable's shape is no longer known statically."""
        memory, shape = self.value, np.shape(value)
        if shape != self.shape:
            self.shape = None
        if memory is None or memory.size != np.size(value):
            self.value = np.array(value, order="C")
            return
        if memory.shape != shape:
            memory = self.value = memory.reshape(shape)
        memory[...] = value
