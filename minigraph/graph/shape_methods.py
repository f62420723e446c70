"""Static shapes taken apart, put together, merged and asserted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minigraph.graph import protos
from minigraph.graph.dimension import Dimension

__all__ = ["ShapeError", "ShapeMethods"]


class ShapeError(ValueError):
    """Incompatible shapes; `apply` adds the node and its input shapes. Users see a ValueError, as in TF1."""


ShapeError.__module__, ShapeError.__name__, ShapeError.__qualname__ = "builtins", "ValueError", "ValueError"


class ShapeMethods:
    """The part of `TensorShape` that takes shapes apart into `Dimension`s, puts them together, merges and asserts."""

    __slots__ = ()
    _dims: Any
    ndims: Any
    is_fully_defined: Any
    is_compatible_with: Any
    of: Any

    @property
    def dims(self) -> list[Dimension] | None:
        """A list of `Dimension`, or None."""
        return None if self._dims is None else list(map(Dimension, self._dims))

    def __len__(self) -> int:
        if self._dims is None:
            raise ValueError("Cannot take the length of shape with unknown rank.")
        return len(self._dims)

    def __bool__(self) -> bool:
        return self._dims is not None

    def __iter__(self) -> Iterator[Dimension]:
        if self._dims is None:
            raise ValueError("Cannot iterate over a shape with unknown rank.")
        return map(Dimension, self._dims)

    def __getitem__(self, key: Any) -> Any:
        if self._dims is not None:
            sizes = list(self._dims)[key]  # a list, for the text of its errors
            return self.of(tuple(sizes)) if isinstance(key, slice) else Dimension(sizes)
        if not isinstance(key, slice):
            return Dimension(None)
        start, stop = key.start or 0, key.stop
        if key.step is not None:
            raise ValueError("Steps are not yet handled")
        return self.of(None if stop is None or start < 0 or stop < 0 else (None,) * max(0, stop - start))

    def as_proto(self) -> Any:
        """Return the shape as a `TensorShapeProto` message; sizes that are not known are -1."""
        if self._dims is None:
            return protos.TensorShapeProto(unknown_rank=True)
        return protos.TensorShapeProto(dim=[{"size": -1 if size is None else size} for size in self._dims])

    def concatenate(self, other: Any) -> Any:
        """Return the axes of this shape followed by those of the other."""
        other = self._shape(other)
        return self.of(None if self._dims is None or other._dims is None else self._dims + other._dims)

    __add__ = concatenate

    def __radd__(self, other: Any) -> Any:
        return self._shape(other).concatenate(self)

    def _shape(self, other: Any) -> Any:
        kind: Any = type(self)
        return other if isinstance(other, kind) else kind(other)

    def merge_with(self, other: Any) -> Any:
        """Combine what is known from both; ValueError if they contradict each other."""
        other = self._shape(other)
        if self._dims is None or self._dims == other._dims:
            return other
        if other._dims is None:
            return self
        if not self.is_compatible_with(other):
            raise ShapeError(f"Shapes {self} and {other} are not compatible")
        return self.of(tuple(y if x is None else x for x, y in zip(self._dims, other._dims)))

    def most_specific_compatible_shape(self, other: Any) -> Any:
        """Return the sizes on which both agree, the rest unknown."""
        a, b = self._dims, self._shape(other)._dims
        if a is None or b is None or len(a) != len(b):
            return self.of(None)
        return self.of(tuple(x if x == y else None for x, y in zip(a, b)))

    def assert_is_fully_defined(self) -> None:
        """Raise ValueError unless the rank and every size are known."""
        if not self.is_fully_defined():
            raise ValueError(f"Shape {self} is not fully defined")

    def assert_is_compatible_with(self, other: Any) -> None:
        """Raise ValueError if no tensor could have both shapes."""
        if not self.is_compatible_with(other):
            raise ShapeError(f"Shapes {self} and {other} are incompatible")

    def assert_has_rank(self, rank: int) -> None:
        """Raise ValueError if the rank is known and is not `rank`."""
        if self.ndims not in (None, rank):
            raise ShapeError(f"Shape {self} must have rank {rank}")

    def with_rank(self, rank: int) -> Any:
        """Return this shape, known to have `rank` axes; ValueError if it has another rank."""
        self.assert_has_rank(rank)
        return self.of((None,) * rank) if self._dims is None else self

    def assert_same_rank(self, other: Any) -> None:
        """Raise ValueError if both ranks are known and differ."""
        other = self._shape(other)
        if self.ndims is not None and other.ndims not in (None, self.ndims):
            raise ShapeError(f"Shapes {self} and {other} must have the same rank")

    def with_rank_at_least(self, rank: int) -> Any:
        """Return this shape; ValueError if it has fewer axes."""
        if self.ndims is not None and self.ndims < rank:
            raise ShapeError(f"Shape {self} must have rank at least {rank}")
        return self

    def with_rank_at_most(self, rank: int) -> Any:
        """Return this shape; ValueError if it has more axes."""
        if self.ndims is not None and self.ndims > rank:
            raise ShapeError(f"Shape {self} must have rank at most {rank}")
        return self
