"""What `map_fn`, `scan` and the folds share: the rows of tensors as arrays, and how many there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import nest
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays import shape_ops
from minigraph.ops.lists.tensor_array import TensorArray

__all__ = ["count_rows", "stack_rows"]


def need_callable(fn: Any) -> None:
    """Raise TypeError if `fn` is not callable."""
    if not callable(fn):
        raise TypeError("fn must be callable.")


def packer(structure: Any) -> Callable[[list], Any]:
    """Return the function that packs a flat list as `structure`; of one that is not nested, it takes the only leaf."""
    return (lambda flat: nest.pack_sequence_as(structure, flat)) if nest.is_nested(structure) else lambda flat: flat[0]


def to_tensors(values: list) -> list[Tensor]:
    """Return the tensors whose rows a loop goes through."""
    return [convert_to_tensor(value, name="elem") for value in values]


def count_rows(tensors: list[Tensor]) -> Any:
    """Return the number of rows of the first of some tensors: an int if it is known, a scalar tensor if not.

    Args:
        tensors: a list of tensors.

    Example:
        >>> count_rows([tf.zeros([2, 3])])
        2
    """
    shape = tensors[0].shape
    return (shape[0].value if shape.ndims else None) or shape_ops.shape(tensors[0])[0]


def unstacked(tensor: Tensor, size: Any, **options: Any) -> TensorArray:
    """Return the array of the rows of a tensor."""
    return TensorArray(tensor.dtype, size=size, dynamic_size=False, infer_shape=True, **options).unstack(tensor)


def stack_rows(arrays: list[TensorArray], tensors: list[Tensor]) -> list[Tensor]:
    """Return the elements of arrays stacked, as many as the tensors have rows.

    Args:
        arrays: the results of a loop.
        tensors: those whose rows it went through.

    Example:
        >>> x = tf.zeros([2, 3])
        >>> stack_rows([tf.TensorArray(tf.float32, tf.placeholder(tf.int32, [])).unstack(x)], [x])[0].shape.as_list()
        [2, 3]
    """
    found = [array.stack() for array in arrays]
    size = TensorShape([None])
    for tensor in tensors:
        size = size.merge_with(tensor.shape.with_rank_at_least(1)[:1])
    for result in found:
        result.set_shape(size.concatenate(result.shape[1:]))
    return found
