"""The size of one axis, which may be unknown."""
from __future__ import annotations

from typing import Any

__all__ = ["Dimension", "dimension_value"]


def dimension_value(dimension: Any) -> int | None:
    """Gives the int (or None) that a `Dimension`, an int or None stands for.

    Example:
        >>> dimension_value(Dimension(3)), dimension_value(None)
        (3, None)
    """
    return dimension._value if isinstance(dimension, Dimension) else None if dimension is None else int(dimension)


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
        if isinstance(value, (float, str)) and not (isinstance(value, float) and value.is_integer()):
            raise ValueError(f"Ambiguous dimension: {value}")
        self._value = dimension_value(value)
        if self._value is not None and self._value < 0:
            raise ValueError(f"Dimension {self._value} must be >= 0")

    @property
    def value(self) -> int | None:
        """The size, or None."""
        return self._value

    def is_compatible_with(self, other: Any) -> bool:
        """Could both be the same size?"""
        other = dimension_value(other)
        return self._value is None or other is None or self._value == other

    def assert_is_compatible_with(self, other: Any) -> None:
        """Raises ValueError where the two sizes differ."""
        if not self.is_compatible_with(other):
            raise ValueError(f"Dimensions {self} and {Dimension(other)} are not compatible")

    def merge_with(self, other: Any) -> Dimension:
        """The size that both agree on."""
        self.assert_is_compatible_with(other)
        return Dimension(dimension_value(other) if self._value is None else self._value)

    def __int__(self) -> int:
        if self._value is None:
            raise TypeError("__int__ returned non-int (type NoneType): this dimension is not known statically; "
                            "use tf.shape(x)[i]")
        return self._value

    __index__ = __int__

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
            a, b = self._value, dimension_value(other)
        except (TypeError, ValueError):
            return NotImplemented
        if a is None or b is None:
            return None if compare else Dimension(None)
        result = function(b, a) if reflected else function(a, b)
        return result if compare else Dimension(result)
    return operate


for _name, _function in {"add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b,
                         "floordiv": lambda a, b: a // b, "mod": lambda a, b: a % b}.items():
    setattr(Dimension, f"__{_name}__", _binary(_function))
    setattr(Dimension, f"__r{_name}__", _binary(_function, reflected=True))
setattr(Dimension, "__div__", getattr(Dimension, "__floordiv__"))
for _name, _function in {"eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "lt": lambda a, b: a < b,
                         "le": lambda a, b: a <= b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b}.items():
    setattr(Dimension, f"__{_name}__", _binary(_function, compare=True))
