"""What a program demands of a static shape, in TF1's words where it is not met."""

from __future__ import annotations

from typing import Any

__all__ = ["ShapeAssertions", "ShapeError"]


class ShapeError(ValueError):
    """Incompatible shapes; `apply` adds the node and its input shapes. Users see a ValueError, as in TF1."""


ShapeError.__module__, ShapeError.__name__, ShapeError.__qualname__ = "builtins", "ValueError", "ValueError"


class ShapeAssertions:
    """The part of `TensorShape` that returns nothing, or the shape itself, unless the shape is another one."""

    __slots__ = ()
    ndims: Any
    is_fully_defined: Any
    is_compatible_with: Any

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
