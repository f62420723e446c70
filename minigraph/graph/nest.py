"""Nested structures of lists, tuples, namedtuples and dicts: flattening and packing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MappingView, Sequence
from typing import Any

__all__ = ["is_composite", "is_nested", "children", "flatten", "pack_sequence_as", "map_structure"]


def is_nested(value: Any) -> bool:
    """Return True for a list, tuple, dict or dict view; not for sets and generators, as in TF1."""
    if isinstance(value, (list, tuple, dict)):
        return True
    return isinstance(value, (Sequence, Mapping, MappingView)) and not isinstance(value, (str, bytes, bytearray))


def is_composite(value: Any) -> bool:
    """Return True for what is made of tensors, as `IndexedSlices` and `TensorArray` are.

    Such a type has two methods: `nest_parts()` returns the tensors, `with_nest_parts(tensors)` one made of others. One
    that can be fetched and fed has a `value_type`, which is made of their values.

    Example:
        >>> is_composite(tf.TensorArray(tf.float32, 3)), is_composite(tf.constant(1.0))
        (True, False)
    """
    return hasattr(type(value), "nest_parts")


def children(value: Any) -> list:
    """Return the parts of a structure, those of a dict in the order of its sorted keys."""
    return [value[key] for key in _sorted(value)] if isinstance(value, Mapping) else list(value)


def _sorted(value: Any) -> list:
    try:
        return sorted(value)
    except TypeError:
        raise TypeError("nest only supports dicts with sortable keys.") from None


def flatten(structure: Any, expand_composites: bool = False) -> list:
    """Return the leaves of a structure, those of a dict in the order of its sorted keys.

    `expand_composites` flattens what is made of tensors (`IndexedSlices`, `TensorArray`) too.

    Example:
        >>> flatten({"b": 2, "a": (1, [3])})
        [1, 3, 2]
    """
    if is_nested(structure):
        return [leaf for child in children(structure) for leaf in flatten(child, expand_composites)]
    if expand_composites and is_composite(structure):
        return structure.nest_parts()
    return [structure]


def pack_sequence_as(structure: Any, flat_sequence: Any, expand_composites: bool = False) -> Any:
    """Pack a flat list into the structure of `structure`; ValueError if it is too short or too long.

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
        return type(structure)((key, found[key]) for key in structure)  # type: ignore[call-arg]  # the keys in order
    if is_nested(structure):
        parts = [_pack(child, leaves, expand) for child in structure]
        if isinstance(structure, (range, MappingView)):
            return parts  # which cannot be built from values
        return structure._make(parts) if hasattr(structure, "_make") else type(structure)(parts)
    if expand and is_composite(structure):
        return structure.with_nest_parts([next(leaves) for _ in structure.nest_parts()])
    return next(leaves)


def map_structure(func: Callable, structure: Any, *others: Any) -> Any:
    """Return a structure that is nested alike, with the result of `func` in place of the leaves at each place."""
    return pack_sequence_as(structure, [func(*leaves) for leaves in zip(*map(flatten, (structure, *others)))])
