"""Nested structures: lists, tuples, namedtuples and dicts of things, taken apart and put together again."""
from __future__ import annotations

from collections.abc import Mapping, MappingView, Sequence
from typing import Any, Callable

from minigraph.graph.indexed_slices import IndexedSlices

__all__ = ["is_nested", "flatten", "pack_sequence_as", "map_structure", "assert_same_structure"]


def is_nested(value: Any) -> bool:
    """Is this a sequence such as a list or tuple, a dict, or a view of a dict? Sets and generators are none, as in TF1.

    Example:
        >>> is_nested((1, 2)), is_nested({}.values()), is_nested("ab"), is_nested({1, 2})
        (True, True, False, False)
    """
    if isinstance(value, (list, tuple, dict)):
        return True
    return isinstance(value, (Sequence, Mapping, MappingView)) and not isinstance(value, (str, bytes, bytearray))


def _children(value: Any) -> list:
    return [value[key] for key in _sorted(value)] if isinstance(value, Mapping) else list(value)


def _sorted(value: Any) -> list:
    try:
        return sorted(value)
    except TypeError:
        raise TypeError("nest only supports dicts with sortable keys.") from None


def flatten(structure: Any, expand_composites: bool = False) -> list:
    """Gives the leaves, those of a dict in the order of its sorted keys.

    Args:
        structure: lists, tuples and dicts, nested as you like; anything else is a leaf.
        expand_composites: take `IndexedSlices` apart too.

    Example:
        >>> flatten({"b": 2, "a": (1, [3])})
        [1, 3, 2]
    """
    if is_nested(structure):
        return [leaf for child in _children(structure) for leaf in flatten(child, expand_composites)]
    if expand_composites and isinstance(structure, IndexedSlices):
        parts = [structure.values, structure.indices, structure.dense_shape]
        return [part for part in parts if part is not None]
    return [structure]


def pack_sequence_as(structure: Any, flat_sequence: Any, expand_composites: bool = False) -> Any:
    """Puts a flat list into the shape of `structure`.

    Raises:
        ValueError: if the list is too short or too long.

    Example:
        >>> pack_sequence_as({"b": 0, "a": (0, [0])}, [1, 3, 2])
        {'b': 2, 'a': (1, [3])}
    """
    flat = list(flat_sequence)
    wanted = len(flatten(structure, expand_composites))
    if len(flat) != wanted:
        raise ValueError(f"Structure had {wanted} elements, but flat_sequence had {len(flat)} elements.")
    return _pack(structure, iter(flat), expand_composites)


def _pack(structure: Any, leaves: Any, expand: bool) -> Any:
    if isinstance(structure, Mapping):
        found = {key: _pack(structure[key], leaves, expand) for key in _sorted(structure)}
        return type(structure)((key, found[key]) for key in structure)      # type: ignore[call-arg]
    if is_nested(structure):
        parts = [_pack(child, leaves, expand) for child in structure]
        if isinstance(structure, (range, MappingView)):
            return parts            # which cannot be made of values
        return structure._make(parts) if hasattr(structure, "_make") else type(structure)(parts)
    if expand and isinstance(structure, IndexedSlices):
        return IndexedSlices(next(leaves), next(leaves), None if structure.dense_shape is None else next(leaves))
    return next(leaves)


def map_structure(func: Callable, *structures: Any) -> Any:
    """Calls `func` on the leaves of one or more structures of one shape.

    Example:
        >>> map_structure(lambda a, b: a + b, [1, (2,)], [10, (20,)])
        [11, (22,)]
    """
    for other in structures[1:]:
        assert_same_structure(structures[0], other)
    return pack_sequence_as(structures[0], [func(*leaves) for leaves in zip(*map(flatten, structures))])


def assert_same_structure(nest1: Any, nest2: Any, check_types: bool = True) -> None:
    """Checks that two structures are nested alike.

    Raises:
        ValueError: if they are not.
        TypeError: if a list stands where a tuple or dict stands (with `check_types`).

    Example:
        >>> assert_same_structure([1, 2], [3, 4])
    """
    if is_nested(nest1) != is_nested(nest2):
        raise ValueError("The two structures don't have the same nested structure.\n\n"
                         f"First structure: {nest1}\n\nSecond structure: {nest2}")
    if not is_nested(nest1):
        return
    if check_types and type(nest1) is not type(nest2):
        raise TypeError("The two structures don't have the same sequence type. First structure has type "
                        f"{type(nest1)}, while second structure has type {type(nest2)}.")
    first, second = _children(nest1), _children(nest2)
    same_keys = not isinstance(nest1, Mapping) or sorted(nest1) == sorted(nest2)
    if len(first) != len(second) or not same_keys:
        raise ValueError("The two structures don't have the same nested structure.\n\n"
                         f"First structure: {nest1}\n\nSecond structure: {nest2}")
    for a, b in zip(first, second):
        assert_same_structure(a, b, check_types)
