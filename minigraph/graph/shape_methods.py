"""What programs do with a static shape, and no rule of an operation: take it for a list of `Dimension`s, demand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minigraph.graph.dimension import Dimension

__all__ = ["ShapeError", "ShapeMethods"]


class ShapeError(ValueError):
    """Incompatible shapes; `apply` adds the node and its input shapes. Users see a ValueError, as in TF1."""


ShapeError.__module__, ShapeError.__name__, ShapeError.__qualname__ = "builtins", "ValueError", "ValueError"


class ShapeMethods:
    """The part of `TensorShape` that is there for programs: a sequence of `Dimension`s, and assertions."""

    __slots__ = ()
    _dims: Any
    ndims: Any
    is_fully_defined: Any
    is_compatible_with: Any

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
        kind: Any = type(self)
        if self._dims is not None:
            sizes = list(self._dims)[key]  # a list, for the text of its errors
            return kind(sizes) if isinstance(key, slice) else Dimension(sizes)
        if not isinstance(key, slice):
            return Dimension(None)
        start, stop = key.start or 0, key.stop
        if key.step is not None:
            raise ValueError("Steps are not yet handled")
        return kind(None if stop is None or start < 0 or stop < 0 else [None] * max(0, stop - start))

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

    def assert_same_rank(self, other: Any) -> None:
        """Raise ValueError if both ranks are known and differ."""
        other = type(self)(other)  # type: ignore[call-arg]  # of a `TensorShape`
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
