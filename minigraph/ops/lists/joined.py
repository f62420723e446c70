"""Many elements of a list of tensors at once: stacked, gathered, joined, or scattered into it."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand
from minigraph.graph.shapes import TensorShape, brackets, unknown_shape
from minigraph.ops.lists.creation import scattered
from minigraph.ops.lists.tensor_list import (
    SCALAR,
    TensorList,
    as_element_shape,
    common_shape,
    empty,
    static_element_shape,
)

__all__ = ["tensor_list_concat", "tensor_list_gather", "tensor_list_scatter", "tensor_list_stack"]


class TensorListStack(OpDef):
    """All elements, stacked along a new first axis."""

    element_dtype: DType
    num_elements: int = -1

    inputs = ("input_handle: variant", "element_shape: int32")
    outputs = ("tensor: element_dtype",)
    static_inputs = (1,)

    def shape(self, input_handle, element_shape):
        size = None if self.num_elements < 0 else self.num_elements
        return TensorShape.of((size,)).concatenate(static_element_shape(element_shape))

    def kernel(self, xp, input_handle, element_shape):
        input_handle.check_type(self.element_dtype)
        found = len(input_handle.items)
        demand(
            self.num_elements in (-1, found),
            f"Operation expected a list with {self.num_elements} elements but got a list with {found} elements.",
        )
        what = "list which only contains uninitialized tensors and has a" if found else "elements of an empty list with"
        words = f"Tried to stack {what} non-fully-defined element_shape: {{}}"
        return _stacked(xp, input_handle, input_handle.items, element_shape, words)

    def gradient(self, tf, dy, y, input_handle, element_shape):
        return tf.tensor_list_from_tensor(dy, dy.shape[1:]), None


class TensorListGather(OpDef):
    """The elements at given indices, stacked along a new first axis."""

    element_dtype: DType

    inputs = ("input_handle: variant", "indices: int32", "element_shape: int32")
    outputs = ("values: element_dtype",)
    static_inputs = (2,)

    def shape(self, input_handle, indices, element_shape):
        return indices.concatenate(static_element_shape(element_shape))

    def kernel(self, xp, input_handle, indices, element_shape):
        input_handle.check_type(self.element_dtype)
        items, found = input_handle.items, []
        for index in np.asarray(indices).tolist():
            demand(0 <= index < len(items), f"Index {index} out o range; list only has {len(items)} elements.")
            found.append(items[index])
        words = "Tried to gather uninitialized tensors from a list with non-fully-defined element_shape: {}"
        return _stacked(xp, input_handle, found, element_shape, words)

    def gradient(self, tf, dy, y, input_handle, indices, element_shape):
        shape = tf.tensor_list_element_shape(input_handle, dtypes.int32)
        zero = tf.tensor_list_reserve(shape, tf.tensor_list_length(input_handle), dy.dtype)
        return apply(TensorListScatterAdd(), zero, dy, indices), None, None


class TensorListScatterAdd(OpDef):
    """A list with the rows of a tensor added at given indices: an element gathered twice has two gradients."""

    inputs = ("input_handle: variant", "tensor: element_dtype", "indices: int32")
    outputs = ("variant",)

    def shape(self, input_handle, tensor, indices):
        return SCALAR

    def kernel(self, xp, input_handle, tensor, indices):
        items = list(input_handle.items)
        for i, index in enumerate(np.asarray(indices).tolist()):
            items[index] = tensor[i] if items[index] is None else items[index] + tensor[i]
        return input_handle.with_items(items)

    def gradient(self, tf, dy, y, input_handle, tensor, indices):
        row = tf.slice(tf.shape(tensor), [1], [-1])
        return dy, tf.tensor_list_gather(dy, indices, tensor.dtype, row), None


def _stacked(xp: Any, value: TensorList, items: Any, element_shape: Any, words: str) -> Any:
    """Return elements stacked; zeros for those that are not written."""
    given = value.shape_with(element_shape)
    if not len(items):
        demand(given.is_fully_defined(), words.format(brackets(given)))
        return empty((0, *given.tuple), value.dtype_of_items)
    found = value.filled(items, element_shape, words)
    common_shape(given, found)
    return xp.stack(found)


class TensorListConcatV2(OpDef):
    """All elements, joined along their first axis, and their lengths."""

    element_dtype: DType

    inputs = ("input_handle: variant", "element_shape: shape_type", "leading_dims: int64")
    outputs = ("tensor: element_dtype", "lengths: int64")
    allowed = {"shape_type": dtypes.INDICES}
    type_defaults = {"shape_type": dtypes.int32}
    static_inputs = (1,)

    def shape(self, input_handle, element_shape, leading_dims):
        row = static_element_shape(element_shape)
        whole = unknown_shape() if row.ndims is None else TensorShape.of((None, *row.tuple[1:]))
        return whole, unknown_shape(1)

    def kernel(self, xp, input_handle, element_shape, leading_dims):
        input_handle.check_type(self.element_dtype)
        given, items = input_handle.shape_with(element_shape), list(input_handle.items)
        if not items:
            shape = given.tuple
            demand(
                shape and None not in shape[1:],
                "All except the first dimension must be fully defined when concating an empty tensor list. "
                f"element_shape: {brackets(given)}",
            )
            return empty((0, *shape[1:]), input_handle.dtype_of_items), np.zeros(0, np.int64)
        words = (
            "Trying to concat list with only uninitialized tensors "
            "but element_shape_except_first_dim_ is not fully defined: {}"
        )
        if len(leading_dims):  # each missing element has its own length
            items = [_missing(input_handle, given, n) if x is None else x for x, n in zip(items, leading_dims)]
        items = input_handle.filled(items, element_shape, words)
        for i, item in enumerate(items):
            demand(np.ndim(item), f"Concat saw a scalar shape at index {i} but requires at least vectors.")
        common_shape(unknown_shape(), [item[:0] for item in items])
        return xp.concatenate(items), np.array([np.shape(item)[0] for item in items], np.int64)

    def gradient(self, tf, dys, ys, input_handle, element_shape, leading_dims):
        shape = tf.tensor_list_element_shape(input_handle, dtypes.int32)
        return tf.tensor_list_split(dys[0], shape, ys[1]), None, None


def _missing(value: TensorList, given: TensorShape, length: Any) -> Any:
    """Return zeros of a length for an element that is not written; None if their shape is not known."""
    rest = [np.shape(item)[1:] for item in value.items if item is not None]
    row = rest[0] if rest else given.tuple and given.tuple[1:]
    return None if row is None or None in row else empty((int(length), *row), value.dtype_of_items)


class TensorListScatterIntoExistingList(OpDef):
    """A list with the rows of a tensor at given indices."""

    inputs = ("input_handle: variant", "tensor: element_dtype", "indices: int32")
    outputs = ("output_handle: variant",)

    def shape(self, input_handle, tensor, indices):
        return SCALAR

    def kernel(self, xp, input_handle, tensor, indices):
        return scattered(xp, input_handle, tensor, indices)

    def gradient(self, tf, dy, y, input_handle, tensor, indices):
        row = tf.slice(tf.shape(tensor), [1], [-1])
        found = tf.tensor_list_gather(dy, indices, tensor.dtype, row)
        return tf.tensor_list_scatter(dy, tf.zeros_like(tensor), indices), found, None


def tensor_list_stack(
    input_handle: Any, element_dtype: Any, num_elements: int = -1, element_shape: Any = None, name: str | None = None
) -> Tensor:
    """Return all elements of a list stacked along a new first axis.

    Args:
        input_handle: the list.
        element_dtype: the type of an element.
        num_elements: the length of the list, -1 if it is not known.
        element_shape: the shape of an element, as far as it is known.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if the elements differ in shape, or there is none and its shape is unknown.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_from_tensor
        >>> print(tensor_list_stack(tensor_list_from_tensor([[1, 2], [3, 4]], [2]), tf.int32).eval())
        [[1 2]
         [3 4]]
    """
    kind = as_dtype(element_dtype).base_dtype
    return apply(TensorListStack(kind, num_elements), input_handle, as_element_shape(element_shape), name=name)


def tensor_list_gather(
    input_handle: Any, indices: Any, element_dtype: Any, element_shape: Any = None, name: str | None = None
) -> Tensor:
    """Return the elements of a list at given indices, stacked along a new first axis.

    Args:
        input_handle: the list.
        indices: an int32 vector.
        element_dtype: the type of an element.
        element_shape: the shape of an element, as far as it is known.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if an index is out of range or the elements differ in shape.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_from_tensor
        >>> print(tensor_list_gather(tensor_list_from_tensor([5, 6, 7], []), [2, 0], tf.int32).eval())
        [7 5]
    """
    kind = as_dtype(element_dtype).base_dtype
    return apply(TensorListGather(kind), input_handle, indices, as_element_shape(element_shape), name=name)


def tensor_list_concat(
    input_handle: Any, element_dtype: Any, element_shape: Any = None, name: str | None = None, leading_dims: Any = None
) -> Tensor:
    """Return all elements of a list joined along their first axis.

    Args:
        input_handle: the list.
        element_dtype: the type of an element.
        element_shape: the shape of an element, as far as it is known.
        name: the name of the node.
        leading_dims: the lengths of elements that may not be written, an int64 vector.

    Raises:
        InvalidArgumentError: in a run, if the elements differ in their other axes, or are scalars.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_split
        >>> parts = tensor_list_split([1, 2, 3], [None], tf.constant([1, 2], tf.int64))
        >>> print(tensor_list_concat(parts, tf.int32).eval())
        [1 2 3]
    """
    shape = as_element_shape(element_shape)
    lengths = convert_to_tensor([], dtypes.int64) if leading_dims is None else leading_dims
    kind = as_dtype(element_dtype).base_dtype
    return apply(TensorListConcatV2(kind), input_handle, shape, lengths, name=name)[0]


def tensor_list_scatter(input_handle: Any, tensor: Any, indices: Any, name: str | None = None) -> Tensor:
    """Return a list with the rows of a tensor at given indices; it grows if it is too short.

    Args:
        input_handle: the list.
        tensor: a tensor with at least one axis.
        indices: the index of each row, an int32 vector.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if there are not as many indices as rows.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_from_tensor
        >>> numbers = tensor_list_from_tensor([5, 6, 7], [])
        >>> print(tensor_list_stack(tensor_list_scatter(numbers, [1, 2], [2, 0]), tf.int32).eval())
        [2 6 1]
    """
    return apply(TensorListScatterIntoExistingList(), input_handle, tensor, indices, name=name)
