"""Lists of tensors made anew: of a given size, from a tensor's rows, or from its parts."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, with_rank_at_least
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.ops.lists.tensor_list import SCALAR, TensorList, as_element_shape, kept, shape_of_value

__all__ = [
    "empty_tensor_list",
    "tensor_list_from_tensor",
    "tensor_list_reserve",
    "tensor_list_scatter_new",
    "tensor_list_split",
]


class _Creation(OpDef):
    """An operation that makes a list."""

    outputs = ("output_handle: variant",)
    allowed = {"shape_type": dtypes.INDICES}
    type_defaults = {"shape_type": dtypes.int32}

    def shape(self, *inputs):
        return SCALAR


class EmptyTensorList(_Creation):
    """A list without elements. (The greatest number of elements is not kept: who asks for one is not held to it.)"""

    element_dtype: DType

    inputs = ("element_shape: shape_type", "max_num_elements: int32")
    outputs = ("handle: variant",)

    def kernel(self, xp, element_shape, max_num_elements):
        return TensorList.of(shape_of_value(element_shape), self.element_dtype, ())

    def gradient(self, tf, dy, y, element_shape, max_num_elements):
        return None, None


class TensorListReserve(_Creation):
    """A list of elements that are not written yet."""

    element_dtype: DType

    inputs = ("element_shape: shape_type", "num_elements: int32")
    outputs = ("handle: variant",)

    def kernel(self, xp, element_shape, num_elements):
        demand(num_elements >= 0, f"The num_elements to reserve must be a non negative number, but got {num_elements}")
        return TensorList.unwritten(shape_of_value(element_shape), self.element_dtype, int(num_elements))

    def gradient(self, tf, dy, y, element_shape, num_elements):
        return None, None


class TensorListFromTensor(_Creation):
    """The list of the rows of a tensor."""

    inputs = ("tensor: element_dtype", "element_shape: shape_type")

    def shape(self, tensor, element_shape):
        with_rank_at_least(tensor, 1)
        return SCALAR

    def kernel(self, xp, tensor, element_shape):
        shape, wanted = np.shape(tensor), shape_of_value(element_shape)
        demand(shape, f"Tensor must be at least a vector, but saw shape: {brackets(shape)}")
        demand(
            wanted.is_compatible_with(TensorShape.of(shape[1:])),
            f"Specified a list with shape {brackets(wanted)} from a tensor with shape {brackets(shape[1:])}",
        )
        rows = kept(xp, tensor)
        return TensorList.of(wanted, dtypes.as_dtype(tensor.dtype), [rows[i] for i in range(shape[0])])

    def gradient(self, tf, dy, y, tensor, element_shape):
        size = tensor.shape[0].value if tensor.shape.ndims else None
        row = tf.slice(tf.shape(tensor), [1], [-1])
        return tf.tensor_list_stack(dy, tensor.dtype, -1 if size is None else size, row), None


class TensorListSplit(_Creation):
    """The list of the parts of a tensor of given lengths along its first axis."""

    inputs = ("tensor: element_dtype", "element_shape: shape_type", "lengths: int64")

    def shape(self, tensor, element_shape, lengths):
        with_rank_at_least(tensor, 1)
        return SCALAR

    def kernel(self, xp, tensor, element_shape, lengths):
        shape, wanted = np.shape(tensor), shape_of_value(element_shape)
        demand(shape, f"Tensor must be at least a vector, but saw shape: {brackets(shape)}")
        demand(np.ndim(lengths) == 1, f"Expected lengths to be a vector, received shape: {brackets(np.shape(lengths))}")
        whole = TensorShape.of((None, *shape[1:]))
        demand(
            wanted.is_compatible_with(whole),
            f"tensor shape {brackets(shape)} is not compatible with element_shape {brackets(wanted)}",
        )
        parts, at, rows = [], 0, kept(xp, tensor)
        for length in np.asarray(lengths).tolist():
            demand(length >= 0, f"Invalid value in lengths: {length}")
            demand(
                at + length <= shape[0], f"Attempting to slice [{at}, {at + length}] from tensor with length {shape[0]}"
            )
            parts.append(rows[at : at + length])
            at += length
        demand(at == shape[0], f"Unused values in tensor. Length of tensor: {shape[0]} Values used: {at}")
        return TensorList.of(wanted, dtypes.as_dtype(tensor.dtype), parts)

    def gradient(self, tf, dy, y, tensor, element_shape, lengths):
        row = tf.slice(tf.shape(tensor), [1], [-1])
        shape = tf.concat([[-1], row], axis=0)
        return tf.tensor_list_concat(dy, tensor.dtype, shape, leading_dims=lengths), None, None


class TensorListScatterV2(_Creation):
    """The list that has the rows of a tensor at given indices."""

    inputs = ("tensor: element_dtype", "indices: int32", "element_shape: shape_type", "num_elements: int32")

    def kernel(self, xp, tensor, indices, element_shape, num_elements):
        found = TensorList.of(
            shape_of_value(element_shape), dtypes.as_dtype(tensor.dtype), (None,) * max(0, num_elements)
        )
        return scattered(xp, found, tensor, indices)

    def gradient(self, tf, dy, y, tensor, indices, element_shape, num_elements):
        row = tf.slice(tf.shape(tensor), [1], [-1])
        return tf.tensor_list_gather(dy, indices, tensor.dtype, row), None, None, None


def scattered(xp: Any, value: TensorList, tensor: Any, indices: Any) -> TensorList:
    """Return a list with the rows of a tensor at given indices; it grows if it is too short."""
    at, rows, items = np.asarray(indices).tolist(), kept(xp, tensor), list(value.items)
    demand(
        len(at) == np.shape(tensor)[0],
        f"Expected len(indices) == tensor.shape[0], but saw: {len(at)} vs. {np.shape(tensor)[0]}",
    )
    demand(min(at, default=0) >= 0, f"Indices in TensorListScatter must all be nonnegative: {at}")
    items += [None] * (max(at, default=-1) + 1 - len(items))
    for i, index in enumerate(at):
        items[index] = rows[i]
    return value.with_items(items)


def empty_tensor_list(
    element_shape: Any, element_dtype: Any, max_num_elements: Any = None, name: str | None = None
) -> Tensor:
    """Make a list without elements.

    Args:
        element_shape: the shape of an element; None, or sizes of None, where it is not known.
        element_dtype: the type of an element.
        max_num_elements: recorded, as in TF1.
        name: the name of the node.

    Returns:
        A scalar variant tensor.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_length, tensor_list_push_back
        >>> print(tensor_list_length(tensor_list_push_back(empty_tensor_list([2], tf.float32), [1.0, 2.0])).eval())
        1
    """
    shape = as_element_shape(element_shape)
    limit = -1 if max_num_elements is None else max_num_elements
    return apply(EmptyTensorList(as_dtype(element_dtype).base_dtype), shape, limit, name=name)


def tensor_list_reserve(element_shape: Any, num_elements: Any, element_dtype: Any, name: str | None = None) -> Tensor:
    """Make a list of elements that are to be written.

    Args:
        element_shape: the shape of an element; None, or sizes of None, where it is not known.
        num_elements: the number of elements, a scalar.
        element_dtype: the type of an element.
        name: the name of the node.

    Returns:
        A scalar variant tensor.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_stack
        >>> print(tensor_list_stack(tensor_list_reserve([2], 2, tf.int32), tf.int32).eval())
        [[0 0]
         [0 0]]
    """
    return apply(
        TensorListReserve(as_dtype(element_dtype).base_dtype), as_element_shape(element_shape), num_elements, name=name
    )


def tensor_list_from_tensor(tensor: Any, element_shape: Any, name: str | None = None) -> Tensor:
    """Make the list of the rows of a tensor.

    Args:
        tensor: a tensor with at least one axis.
        element_shape: the shape of a row, as far as it is known.
        name: the name of the node.

    Returns:
        A scalar variant tensor.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_get_item
        >>> rows = tensor_list_from_tensor([[1, 2], [3, 4]], [2])
        >>> print(tensor_list_get_item(rows, 1, tf.int32).eval())
        [3 4]
    """
    return apply(TensorListFromTensor(), tensor, as_element_shape(element_shape), name=name)


def tensor_list_split(tensor: Any, element_shape: Any, lengths: Any, name: str | None = None) -> Tensor:
    """Make the list of the parts of a tensor along its first axis.

    Args:
        tensor: a tensor with at least one axis.
        element_shape: the shape of a part, as far as it is known.
        lengths: the size of each part, an int64 vector.
        name: the name of the node.

    Returns:
        A scalar variant tensor.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_get_item
        >>> parts = tensor_list_split([1, 2, 3], [None], tf.constant([1, 2], tf.int64))
        >>> print(tensor_list_get_item(parts, 1, tf.int32).eval())
        [2 3]
    """
    return apply(TensorListSplit(), tensor, as_element_shape(element_shape), lengths, name=name)


def tensor_list_scatter_new(tensor: Any, indices: Any, element_shape: Any, name: str | None = None) -> Tensor:
    """Make the list that has the rows of a tensor at given indices.

    Args:
        tensor: a tensor with at least one axis.
        indices: the index of each row, an int32 vector.
        element_shape: the shape of a row, as far as it is known.
        name: the name of the node.

    Returns:
        A scalar variant tensor.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_stack
        >>> print(tensor_list_stack(tensor_list_scatter_new([5, 6], [2, 0], []), tf.int32).eval())
        [6 0 5]
    """
    return apply(TensorListScatterV2(), tensor, indices, as_element_shape(element_shape), -1, name=name)
