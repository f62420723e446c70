"""Nested structures of lists, tuples, namedtuples and dicts: flattening and packing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MappingView, Sequence
from typing import Any

__all__ = ["is_composite", "is_nested", "flatten", "pack_sequence_as", "map_structure", "assert_same_structure"]


def is_nested(value: Any) -> bool:
    """Return True for a list, tuple, dict or dict view; not for sets and generators, as in TF1.

    Example:
        >>> is_nested((1, 2)), is_nested({}.values()), is_nested("ab"), is_nested({1, 2})
        (True, True, False, False)
    """
    if isinstance(value, (list, tuple, dict)):
        return True
    return isinstance(value, (Sequence, Mapping, MappingView)) and not isinstance(value, (str, bytes, bytearray))


def is_composite(value: Any) -> bool:
    """Return True for what is made of tensors, as `IndexedSlices` and `TensorArray` are.

    Such a type has two methods: `nest_parts()` returns the tensors, `with_nest_parts(tensors)` one made of others.

    Example:
        >>> is_composite(tf.TensorArray(tf.float32, 3)), is_composite(tf.constant(1.0))
        (True, False)
    """
    return hasattr(type(value), "nest_parts")


def _children(value: Any) -> list:
    return [value[key] for key in _sorted(value)] if isinstance(value, Mapping) else list(value)


def _sorted(value: Any) -> list:
    try:
        return sorted(value)
    except TypeError:
        raise TypeError("nest only supports dicts with sortable keys.") from None


def flatten(structure: Any, expand_composites: bool = False) -> list:
    """Return the leaves of a structure, those of a dict in the order of its sorted keys.

    Args:
        structure: lists, tuples and dicts, nested as you like; anything else is a leaf.
        expand_composites: flatten what is made of tensors (`IndexedSlices`, `TensorArray`) too.

    Example:
        >>> flatten({"b": 2, "a": (1, [3])})
        [1, 3, 2]
    """
    if is_nested(structure):
        return [leaf for child in _children(structure) for leaf in flatten(child, expand_composites)]
    if expand_composites and is_composite(structure):
        return structure.nest_parts()
    return [structure]


def pack_sequence_as(structure: Any, flat_sequence: Any, expand_composites: bool = False) -> Any:
    """Pack a flat list into the structure of `structure`.

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


def _pack_mapping(structure: Mapping, leaves: Any, expand: bool) -> Any:
    """Return a mapping whose keys keep their order, though the leaves come in the sorted order of the keys."""
    found = {key: _pack(structure[key], leaves, expand) for key in _sorted(structure)}
    return type(structure)((key, found[key]) for key in structure)  # type: ignore[call-arg]


def _pack(structure: Any, leaves: Any, expand: bool) -> Any:
    if isinstance(structure, Mapping):
        return _pack_mapping(structure, leaves, expand)
    if is_nested(structure):
        parts = [_pack(child, leaves, expand) for child in structure]
        if isinstance(structure, (range, MappingView)):
            return parts  # which cannot be built from values
        return structure._make(parts) if hasattr(structure, "_make") else type(structure)(parts)
    if expand and is_composite(structure):
        return structure.with_nest_parts([next(leaves) for _ in structure.nest_parts()])
    return next(leaves)


def map_structure(func: Callable, *structures: Any) -> Any:
    """Call `func` on the corresponding leaves of structures that are nested alike.

    Example:
        >>> map_structure(lambda a, b: a + b, [1, (2,)], [10, (20,)])
        [11, (22,)]
    """
    for other in structures[1:]:
        assert_same_structure(structures[0], other)
    return pack_sequence_as(structures[0], [func(*leaves) for leaves in zip(*map(flatten, structures))])


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
    first, second = _children(a), _children(b)
    if len(first) != len(second):
        raise ValueError(f"One has {len(first)} parts where the other has {len(second)}.")
    for x, y in zip(first, second):
        _compare(x, y, check_types)
