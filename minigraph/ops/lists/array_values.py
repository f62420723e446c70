"""`ArrayValue`: what the handle of a TensorArray of version 3 names in a run, a list that operations write and read."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph.dtypes import DType
from minigraph.graph.shape_rules import demand
from minigraph.graph.shapes import TensorShape, brackets

__all__ = ["ArrayValue"]


class ArrayValue:
    """The elements of a TensorArray in one run, None where none has been written.

    Args:
        name: its name in messages.
        dtype: the type of an element.
        size: the number of elements.
        element_shape: what is known of the shape of each.
        grows: True if a write behind the last element adds elements.
        clears: True if an element may be read once only.
        adds: True for a gradient, to whose elements all writes are added.

    Example:
        >>> array = ArrayValue("a", tf.float32, 2, tf.TensorShape([]))
        >>> array.write(0, np.float32(3.0))
        >>> array.read(0), array.read(1)
        (array(3., dtype=float32), array(0., dtype=float32))
    """

    shape = (2,)

    def __init__(
        self,
        name: str,
        dtype: DType,
        size: int,
        element_shape: TensorShape,
        grows: bool = False,
        clears: bool = False,
        adds: bool = False,
    ):
        demand(size >= 0, f"Size should be >= 0.\nIt is {size}.")
        self.name, self.dtype, self.element_shape = name, dtype, element_shape
        self._grows, self._clears, self._adds = grows, clears, adds
        self._items: list[Any] = [None] * size
        self._cleared: set[int] = set()
        self._like: ArrayValue | None = None  # of a gradient, the array whose gradient it is
        self._shapes: dict[int, tuple] = {}  # of elements that have been written
        self._gradients: dict[str, ArrayValue] = {}

    def __len__(self) -> int:
        return len(self._items)

    def gradient(self, source: str) -> ArrayValue:
        """Return the array of the gradients that `source` names; the size of this one is fixed from now on."""
        if source not in self._gradients:
            self._grows = False
            found = ArrayValue(f"{self.name}@{source}", self.dtype, len(self), self.element_shape, adds=True)
            found._like = self
            self._gradients[source] = found
        return self._gradients[source]

    def write(self, index: int, value: Any) -> None:
        """Write a copy of a value."""
        size = len(self)
        words = f"TensorArray {self.name}: Tried to write to index {index} but array "
        demand(index >= 0, words + f"is not resizeable and size is: {size}")
        demand(index < size or self._grows, words + f"is not resizeable and size is: {size}")
        self._items += [None] * (index + 1 - size)
        shape = TensorShape.of(np.shape(value))
        demand(
            self.element_shape.is_compatible_with(shape),
            f"TensorArray {self.name}: Could not write to TensorArray index {index} because the value shape is "
            f"{brackets(shape)} which is incompatible with the TensorArray's inferred element shape: "
            f"{brackets(self.element_shape)} (consider setting infer_shape=False).",
        )
        before = self._items[index]
        if before is not None and not self._adds:
            demand(
                False,
                f"TensorArray {self.name}: Could not write to TensorArray index {index} because it has already been "
                "written to.",
            )
        self._items[index] = np.array(value) if before is None else before + value
        self._shapes[index] = np.shape(value)

    def read(self, index: int) -> Any:
        """Return an element; zeros for one that has not been written, where its shape is known."""
        size = len(self)
        demand(
            0 <= index < size, f"TensorArray {self.name}: Tried to read from index {index} but array size is: {size}"
        )
        demand(
            index not in self._cleared,
            f"TensorArray {self.name}: Could not read index {index} twice because it was cleared after a previous read "
            "(perhaps try setting clear_after_read = false?).",
        )
        found = self._items[index]
        if found is None:
            found = self._zeros(index)
        if self._clears:
            self._items[index] = None
            self._cleared.add(index)
        return found

    def _zeros(self, index: int) -> Any:
        shape = self.element_shape.tuple if self.element_shape.is_fully_defined() else None
        if self._like is not None:
            shape = self._like._shapes.get(index, shape)
        demand(
            shape is not None,
            f"TensorArray {self.name}: Could not read from TensorArray index {index}.  Furthermore, the element shape "
            f"is not fully defined: {brackets(self.element_shape)}.  It is possible you are working with a resizeable "
            "TensorArray and stop_gradients is not allowing the gradients to be written.  If you set the full "
            "element_shape property on the forward TensorArray, the proper all-zeros tensor will be returned instead "
            "of incurring this error.",
        )
        return np.zeros(shape, self.dtype.as_numpy_dtype)

    def close(self) -> None:
        """Free the elements."""
        self._items = [None] * len(self)
