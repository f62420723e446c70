"""Comparison of nested structures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minigraph.graph.nest import children, is_nested

__all__ = ["assert_same_structure"]


def assert_same_structure(nest1: Any, nest2: Any, check_types: bool = True) -> None:
    """Raise an error unless two structures are nested alike.

    Raises:
        ValueError: if they are not.
        TypeError: if a list corresponds to a tuple or dict (with `check_types`).

    Example:
        >>> assert_same_structure([1, 2], [3, 4])
    """
    try:
        _compare(nest1, nest2, check_types)
    except (TypeError, ValueError) as error:
        raise type(error)(
            "The two structures don't have the same nested structure.\n\n"
            f"First structure: {nest1}\n\nSecond structure: {nest2}\n\n{error}"
        ) from None


def _compare(a: Any, b: Any, check_types: bool) -> None:
    if is_nested(a) != is_nested(b):
        raise ValueError(f"{a if is_nested(a) else b} is a structure, {b if is_nested(a) else a} is none.")
    if not is_nested(a):
        return
    if check_types and type(a) is not type(b):
        raise TypeError(f"One has a {type(a).__name__} where the other has a {type(b).__name__}.")
    if isinstance(a, Mapping) and sorted(a) != sorted(b):
        raise ValueError(f"Their keys differ: {sorted(a)} and {sorted(b)}.")
    first, second = children(a), children(b)
    if len(first) != len(second):
        raise ValueError(f"One has {len(first)} parts where the other has {len(second)}.")
    for x, y in zip(first, second):
        _compare(x, y, check_types)
