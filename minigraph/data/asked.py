"""What is asked of a dataset or an iterator by functions, as in `tf.data.get_output_types`."""

from __future__ import annotations

from typing import Any

from minigraph.data import structure
from minigraph.data.base import DatasetBase
from minigraph.data.iterator import Iterator

__all__ = [
    "get_output_classes",
    "get_output_shapes",
    "get_output_types",
    "get_structure",
    "make_initializable_iterator",
    "make_one_shot_iterator",
]


def make_one_shot_iterator(dataset: DatasetBase) -> Iterator:
    """Return `dataset.make_one_shot_iterator()`."""
    return dataset.make_one_shot_iterator()


def make_initializable_iterator(dataset: DatasetBase, shared_name: str | None = None) -> Iterator:
    """Return `dataset.make_initializable_iterator(shared_name)`."""
    return dataset.make_initializable_iterator(shared_name)


def get_output_types(dataset_or_iterator: Any) -> Any:
    """Return the types of the components of an element of a dataset or iterator.

    Example:
        >>> tf.data.get_output_types(tf.data.Dataset.from_tensors({"a": 1.0}))
        {'a': tf.float32}
    """
    return structure.types_of(get_structure(dataset_or_iterator))


def get_output_shapes(dataset_or_iterator: Any) -> Any:
    """Return the static shapes of the components of an element of a dataset or iterator."""
    return structure.shapes_of(get_structure(dataset_or_iterator))


def get_output_classes(dataset_or_iterator: Any) -> Any:
    """Return the classes of the components of an element of a dataset or iterator."""
    return structure.classes_of(get_structure(dataset_or_iterator))


def get_structure(dataset_or_iterator: Any) -> Any:
    """Return the structure of the elements of a dataset or iterator; TypeError for anything else."""
    try:
        return dataset_or_iterator.element_spec
    except AttributeError:
        raise TypeError(
            f"`dataset_or_iterator` must be a Dataset or Iterator object, but got {type(dataset_or_iterator)}."
        ) from None
