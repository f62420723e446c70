"""Structures whose leaves stand for whole parts of a deeper structure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import nest

__all__ = ["map_up_to", "visited"]


def _children(structure: Any) -> list:
    return [structure[key] for key in sorted(structure)] if isinstance(structure, dict) else list(structure)


def _flatten_up_to(shallow: Any, deep: Any) -> list:
    """Return the parts of `deep` that correspond to the leaves of `shallow`."""
    if not nest.is_nested(shallow):
        return [deep]
    if not nest.is_nested(deep):
        raise TypeError(
            f"If shallow structure is a sequence, input must also be a sequence. Input has type: {type(deep)}."
        )
    if len(deep) != len(shallow):
        raise ValueError(
            "The two structures don't have the same sequence length. Input structure has length "
            f"{len(deep)}, while shallow structure has length {len(shallow)}."
        )
    pairs = zip(_children(shallow), _children(deep))
    return [part for above, below in pairs for part in _flatten_up_to(above, below)]


def map_up_to(shallow: Any, function: Callable, *structures: Any) -> Any:
    """Call a function on the parts of structures that correspond to the leaves of `shallow`.

    Raises:
        TypeError, ValueError: if a structure is not nested as deep as `shallow`, or has other lengths.

    Example:
        >>> map_up_to((True, False), lambda choice, part: part if choice else None, (True, False), (1, [2, 3]))
        (1, None)
    """
    parts = [_flatten_up_to(shallow, structure) for structure in structures]
    return nest.pack_sequence_as(shallow, [function(*each) for each in zip(*parts)])


def visited(visitor: Callable, structure: Any) -> Any:
    """Return the choices of a visitor, nested like the structure as far as they go.

    Args:
        visitor: a function of each level of the structure: True goes deeper, False does not; a structure of these
            decides for each part.

    Raises:
        TypeError: if it returns something else.

    Example:
        >>> visited(lambda part: part != [2, 3], (1, [2, 3]))
        (True, False)
    """
    choice = visitor(structure)
    if not nest.is_nested(structure):
        if not isinstance(choice, bool):
            raise TypeError(f"traverse_fn returned structure: {choice} for non-structure: {structure}")
        return choice
    if choice is False:
        return False
    parts = _children(structure)
    choices = [True] * len(parts) if choice is True else _choices(choice, structure)
    found = [visited(visitor, part) if choice else False for choice, part in zip(choices, parts)]
    if isinstance(structure, dict):
        return type(structure)(zip(sorted(structure), found))
    return structure._make(found) if hasattr(structure, "_make") else type(structure)(found)


def _choices(choice: Any, structure: Any) -> list:
    if not nest.is_nested(choice):
        raise TypeError(f"traverse_fn returned a non-bool non-structure: {choice} for structure: {structure}")
    parts = _flatten_up_to(choice, structure) and _children(choice)
    for part in parts:
        if not isinstance(part, bool):
            raise TypeError(f"traverse_fn didn't return a depth=1 structure of bools. saw: {part}")
    return parts
