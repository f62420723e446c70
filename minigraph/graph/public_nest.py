"""`tf.nest`: nested structures, with the checks and messages that user code meets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from minigraph.graph import nest, same_structure

__all__ = ["assert_same_structure", "map_structure", "pack_sequence_as"]


def assert_same_structure(nest1: Any, nest2: Any, check_types: bool = True, expand_composites: bool = False) -> None:
    """Raise an error unless two structures are nested alike.

    Args:
        nest1, nest2: nested lists, tuples, namedtuples and dicts.
        check_types: also demand the same types of lists, tuples and dicts.
        expand_composites: accepted, as in TF1.

    Raises:
        ValueError: if they are not.
        TypeError: if the types differ.

    Example:
        >>> tf.nest.assert_same_structure([1, (2, 3)], [4, (5, 6)])
    """
    same_structure.assert_same_structure(nest1, nest2, check_types)


def pack_sequence_as(structure: Any, flat_sequence: Any, expand_composites: bool = False) -> Any:
    """Pack a flat list into a structure.

    Args:
        structure: nested lists, tuples, namedtuples and dicts, or a single value.
        flat_sequence: the leaves, in the order of `tf.nest.flatten`.
        expand_composites: what is made of tensors, as `tf.IndexedSlices`, is made of other ones.

    Raises:
        TypeError: if `flat_sequence` is not a list or tuple.
        ValueError: if it has not as many elements as the structure.

    Example:
        >>> tf.nest.pack_sequence_as({"b": 0, "a": (0, [0])}, [1, 3, 2])
        {'b': 2, 'a': (1, [3])}
    """
    if not nest.is_nested(flat_sequence):
        raise TypeError("flat_sequence must be a sequence")
    if not nest.is_nested(structure) and len(flat_sequence) != 1:
        raise ValueError(f"Structure is a scalar but len(flat_sequence) == {len(flat_sequence)} > 1")
    try:
        return nest.pack_sequence_as(structure, flat_sequence, expand_composites)
    except ValueError:
        leaves = nest.flatten(structure, expand_composites)
        raise ValueError(
            f"Could not pack sequence. Structure had {len(leaves)} elements, but flat_sequence had "
            f"{len(flat_sequence)} elements.  Structure: {structure}, flat_sequence: {flat_sequence}."
        ) from None


def map_structure(func: Callable, *structure: Any, check_types: bool = True, expand_composites: bool = False) -> Any:
    """Return a structure that is nested alike, with the result of a function in place of the leaves at each place.

    Args:
        func: a function of as many arguments as there are structures.
        *structure: one structure or several that are nested alike.
        check_types: also demand the same types of lists, tuples and dicts.
        expand_composites: call the function for the tensors of what is made of tensors, as `tf.IndexedSlices`.

    Raises:
        TypeError: if `func` is not a function, or the types differ.
        ValueError: if there is no structure, or they differ.

    Example:
        >>> tf.nest.map_structure(lambda a, b: a + b, {"x": 1, "y": [2]}, {"x": 10, "y": [20]})
        {'x': 11, 'y': [22]}
    """
    if not callable(func):
        raise TypeError(f"func must be callable, got: {func}")
    if not structure:
        raise ValueError("Must provide at least one structure")
    for other in structure[1:]:
        assert_same_structure(structure[0], other, check_types)
    leaves: Sequence[Any] = [nest.flatten(each, expand_composites) for each in structure]
    return nest.pack_sequence_as(structure[0], [func(*each) for each in zip(*leaves)], expand_composites)
