"""`Dimension`: the size of one axis, which may be unknown."""

from __future__ import annotations

import operator
from typing import Any

from minigraph.graph.code import code
from minigraph.graph.read_only import read_only

__all__ = ["Dimension", "dimension_value"]


def dimension_value(dimension: Any) -> Any:
    """Return the int (or None) that a `Dimension` stands for; return any other value unchanged.

    Example:
        >>> dimension_value(Dimension(3)), dimension_value(None)
        (3, None)
    """
    return dimension._value if isinstance(dimension, Dimension) else dimension


_NO_FRACTION = "unsupported operand type(s) for /: '{}' and '{}', please use // instead"


def _size(value: Any) -> int | None:
    """Return the int (or None) for a value used as a size; ValueError for fractions and negative numbers."""
    if value is None or isinstance(value, Dimension):
        return dimension_value(value)
    size = int(value)
    if not isinstance(value, (str, bytes)) and size != value:
        raise ValueError(f"Ambiguous dimension: {value}")
    if size < 0:
        raise ValueError(f"Dimension {size} must be >= 0")
    return size


class Dimension:
    """The size of one axis, an int or unknown.

    Arithmetic with an unknown size gives an unknown size; comparing with one gives None.

    Example:
        >>> Dimension(3) * 2, Dimension(None) + 1
        (Dimension(6), Dimension(None))
        >>> Dimension(3) == 3, Dimension(None) == 3
        (True, None)
        >>> print(Dimension(None))
        ?
    """

    __slots__ = ("_value",)

    def __init__(self, value: Any):
        self._value = _size(value)

    value: int | None = read_only("_value", "The size, or None.")

    def is_compatible_with(self, other: Any) -> bool:
        """Return True if both may be the same size."""
        other = _size(other)
        return self._value is None or other is None or self._value == other

    def assert_is_compatible_with(self, other: Any) -> None:
        """Raise ValueError if the two sizes differ."""
        if not self.is_compatible_with(other):
            raise ValueError(f"Dimensions {self} and {Dimension(other)} are not compatible")

    def merge_with(self, other: Any) -> Dimension:
        """Return the size on which both agree."""
        self.assert_is_compatible_with(other)
        return Dimension(other) if self._value is None else self

    def __int__(self) -> int:
        if self._value is None:
            raise TypeError(
                "__int__ returned non-int (type NoneType)\nThis size is not known before a run; in the "
                f"graph it is {code('tf.shape(x)[i]', 'x', 'i')}."
            )
        return self._value

    __index__ = __int__

    def __truediv__(self, other: Any) -> Any:
        raise TypeError(_NO_FRACTION.format("Dimension", type(other).__name__))

    def __rtruediv__(self, other: Any) -> Any:
        raise TypeError(_NO_FRACTION.format(type(other).__name__, "Dimension"))

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return f"Dimension({self._value})"

    def __str__(self) -> str:
        return "?" if self._value is None else str(self._value)

    def __reduce__(self):
        return Dimension, (self._value,)


def _binary(function, compare: bool = False, reflected: bool = False):
    def operate(self: Dimension, other: Any) -> Any:
        try:
            a, b = self._value, _size(other)
        except (TypeError, ValueError):
            return NotImplemented
        if a is None or b is None:
            return None if compare else Dimension(None)
        result = function(b, a) if reflected else function(a, b)
        return result if compare else Dimension(result)

    return operate


for _name in ("add", "sub", "mul", "floordiv", "mod"):
    setattr(Dimension, f"__{_name}__", _binary(getattr(operator, _name)))
    setattr(Dimension, f"__r{_name}__", _binary(getattr(operator, _name), reflected=True))
Dimension.__div__ = Dimension.__floordiv__  # type: ignore[attr-defined, operator]
for _name in ("eq", "ne", "lt", "le", "gt", "ge"):
    setattr(Dimension, f"__{_name}__", _binary(getattr(operator, _name), compare=True))
