"""What a recorded run is: a list of numpy calls on values of known shape."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph.recordable import is_tree
from minigraph.graph.variable_cell import Cell

__all__ = ["Value", "Call", "leaves", "replaced"]


class Value:
    """One array of a recorded run.

    Attributes:
        shape, dtype: known, or None where they may differ from run to run.
        nbytes: the size in bytes; 0 where the shape is not known.
        aliases: the values whose memory this one may share (a view, an identity).
        cells: the variables whose memory it may be or share; what is there may change with their next write.
    """

    __slots__ = ("shape", "dtype", "nbytes", "aliases", "cells")

    def __init__(self, array: Any, aliases: tuple = (), fixed: bool = True, cells: frozenset = frozenset()):
        known = fixed and isinstance(array, (np.ndarray, np.generic))
        self.shape: Any = array.shape if known else None
        self.dtype: Any = array.dtype if known else None
        self.nbytes: int = array.nbytes if known else 0
        self.cells = cells
        self.share(aliases)

    def share(self, aliases: tuple) -> None:
        """Tell whose memory this value may share."""
        self.aliases = aliases
        if aliases:
            self.cells = frozenset().union(*[value.cells for value in aliases])

    def spread(self, shape: tuple) -> None:
        """Return it the shape of which it was recorded on a piece."""
        self.shape, self.nbytes = shape, math.prod(shape) * self.dtype.itemsize


class Call:
    """One step of a recorded run.

    Attributes:
        kind: "ufunc" (element by element, takes `out`), "into" (takes `out` as keyword), "call" (gives a new array),
            "view" (gives a view), "kernel" (a whole kernel), "read" or "write" (of a cell).
        function: what is called; for "read" and "write" the cell.
        args, kwargs: values, arrays, plain Python values, or lists and tuples of them.
        outputs: the values that it gives.
        op: the operation whose kernel made it.
    """

    __slots__ = ("kind", "function", "args", "kwargs", "outputs", "op", "_values")

    def __init__(self, kind: str, function: Any, args: tuple, kwargs: dict, outputs: tuple, op: Any):
        self.kind, self.function, self.args, self.kwargs = kind, function, args, kwargs
        self.outputs, self.op = outputs, op
        self._values: list[Value] | None = None

    def values(self) -> list[Value]:
        """Return the values among the arguments, however deep."""
        if self._values is None:
            self._values = leaves(self.args)
            if self.kwargs:
                self._values += leaves(tuple(self.kwargs.values()))
        return self._values

    def written(self) -> list[Cell]:
        """Return the cells that the call may write."""
        if self.kind == "write":
            return [self.function]
        return [arg for arg in self.args if isinstance(arg, Cell)] if self.kind == "kernel" else []


def leaves(tree: Any) -> list[Value]:
    """Return the values in a tree of tuples, lists and holders."""
    found = []
    for each in tree:
        if type(each) is Value:
            found.append(each)
        elif is_tree(each):
            found += leaves(each)
    return found


def replaced(tree: Any, change: Callable) -> Any:
    """Return the tree with `change` applied to each leaf."""
    if is_tree(tree):
        return type(tree)([replaced(each, change) if is_tree(each) else change(each) for each in tree])
    return change(tree)
