"""The operators and the indexing of variables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph.no_value import NoValue
from minigraph.graph.operation import Tensor
from minigraph.ops import (
    getitem,
    operators,  # noqa: F401  (copied below)
)

__all__ = ["Operand"]


class Operand(NoValue):
    """Mixin for variables: arithmetic, comparisons and indexing, applied to the value."""

    __array_priority__ = 100

    def _AsTensor(self) -> Tensor:
        raise NotImplementedError

    def __iter__(self) -> Any:
        raise TypeError("'Variable' object is not iterable.")

    def __getitem__(self, key: Any) -> Tensor:
        return getitem.tensor_getitem(self._AsTensor(), key, self)


def _overload(operator: str) -> Callable:
    def operate(self: Operand, *args: Any) -> Any:
        return getattr(self._AsTensor(), operator)(*args)

    operate.__name__ = operator
    return operate


for _operator in Tensor.OVERLOADABLE_OPERATORS - {"__eq__", "__ne__", "__getitem__"}:
    setattr(Operand, _operator, _overload(_operator))
