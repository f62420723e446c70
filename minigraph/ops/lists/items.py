"""Single elements of a list of tensors, read and written, and its length."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand
from minigraph.graph.shapes import unknown_shape
from minigraph.ops.lists.tensor_list import SCALAR, as_element_shape, kept, static_element_shape

__all__ = [
    "tensor_list_element_shape",
    "tensor_list_get_item",
    "tensor_list_length",
    "tensor_list_pop_back",
    "tensor_list_push_back",
    "tensor_list_resize",
    "tensor_list_set_item",
]

_UNWRITTEN = "Trying to read an uninitialized tensor but element_shape is not fully defined: {}"


class TensorListGetItem(OpDef):
    """An element of a list."""

    element_dtype: DType

    inputs = ("input_handle: variant", "index: int32", "element_shape: int32")
    outputs = ("item: element_dtype",)
    static_inputs = (2,)

    def shape(self, input_handle, index, element_shape):
        return static_element_shape(element_shape)

    def kernel(self, xp, input_handle, index, element_shape):
        input_handle.check_type(self.element_dtype)
        at, items = int(index), input_handle.items
        demand(0 <= at < len(items), f"Trying to access element {at} in a list with {len(items)} elements.")
        if items[at] is not None:
            return items[at]
        return input_handle.filled([None], element_shape, f"{_UNWRITTEN} and no list element is set.")[0]

    def gradient(self, tf, dy, y, input_handle, index, element_shape):
        length = tf.tensor_list_length(input_handle)
        shape = tf.tensor_list_element_shape(input_handle, dtypes.int32)
        zero = tf.tensor_list_reserve(shape, length, dy.dtype)
        return tf.tensor_list_set_item(zero, index, dy), None, None


class TensorListSetItem(OpDef):
    """A list with one element written anew."""

    inputs = ("input_handle: variant", "index: int32", "item: element_dtype")
    outputs = ("output_handle: variant",)

    def shape(self, input_handle, index, item):
        return SCALAR

    def kernel(self, xp, input_handle, index, item):
        at, size = int(index), len(input_handle.items)
        demand(0 <= at < size, f"Trying to modify element {at} in a list with {size} elements.")
        input_handle.check(
            item, "Tried to set a tensor with incompatible shape at a list index. Item element", kind(item)
        )
        return input_handle.replaced(at, kept(xp, item))

    def gradient(self, tf, dy, y, input_handle, index, item):
        rest = tf.tensor_list_set_item(dy, index, tf.zeros_like(item))
        return rest, None, tf.tensor_list_get_item(dy, index, item.dtype, tf.shape(item))


class TensorListPushBack(OpDef):
    """A list with one more element."""

    inputs = ("input_handle: variant", "tensor: element_dtype")
    outputs = ("output_handle: variant",)

    def shape(self, input_handle, tensor):
        return SCALAR

    def kernel(self, xp, input_handle, tensor):
        input_handle.check(
            tensor, "Tried to append a tensor with incompatible shape to a list. Op element", kind(tensor)
        )
        return input_handle.with_items((*input_handle.items, kept(xp, tensor)))

    def gradient(self, tf, dy, y, input_handle, tensor):
        return tf.tensor_list_pop_back(dy, tensor.dtype, tf.shape(tensor))


class TensorListPopBack(OpDef):
    """A list without its last element, and that element."""

    element_dtype: DType

    inputs = ("input_handle: variant", "element_shape: int32")
    outputs = ("output_handle: variant", "tensor: element_dtype")
    static_inputs = (1,)

    def shape(self, input_handle, element_shape):
        return SCALAR, static_element_shape(element_shape)

    def kernel(self, xp, input_handle, element_shape):
        input_handle.check_type(self.element_dtype)
        items = input_handle.items
        demand(items, "Trying to pop from an empty list.")
        return input_handle.with_items(items[:-1]), input_handle.filled(items[-1:], element_shape, _UNWRITTEN)[0]

    def gradient(self, tf, dys, ys, input_handle, element_shape):
        rest, item = dys
        if rest is None:
            rest = tf.zeros_like(ys[0])
        return tf.tensor_list_push_back(rest, item), None


class TensorListResize(OpDef):
    """A list cut off, or with further elements that are not written yet."""

    inputs = ("input_handle: variant", "size: int32")
    outputs = ("output_handle: variant",)

    def shape(self, input_handle, size):
        return SCALAR

    def kernel(self, xp, input_handle, size):
        demand(size >= 0, f"TensorListSlice expects size to be non-negative. Got: {size}")
        items = input_handle.items
        return input_handle.with_items((*items[: int(size)], *[None] * (int(size) - len(items))))

    def gradient(self, tf, dy, y, input_handle, size):
        return tf.tensor_list_resize(dy, tf.tensor_list_length(input_handle)), None


class TensorListLength(OpDef):
    """The number of elements."""

    inputs = ("input_handle: variant",)
    outputs = ("length: int32",)

    def shape(self, input_handle):
        return SCALAR

    def kernel(self, xp, input_handle):
        return np.int32(len(input_handle.items))

    def gradient(self, tf, dy, y, input_handle):
        return None


class TensorListElementShape(OpDef):
    """The shape of an element as far as it is known, with -1 for the rest."""

    shape_type: DType

    inputs = ("input_handle: variant",)
    outputs = ("element_shape: shape_type",)

    def shape(self, input_handle):
        return unknown_shape()

    def kernel(self, xp, input_handle):
        shape, kind = input_handle.element_shape.tuple, self.shape_type.as_numpy_dtype
        return kind(-1) if shape is None else np.array([-1 if size is None else size for size in shape], kind)

    def gradient(self, tf, dy, y, input_handle):
        return None


def kind(array: Any) -> DType:
    """Return the type of an array; that of a single string, which is none, is string."""
    return as_dtype(array.dtype) if hasattr(array, "dtype") else dtypes.string


def tensor_list_get_item(
    input_handle: Any, index: Any, element_dtype: Any, element_shape: Any = None, name: str | None = None
) -> Tensor:
    """Return an element of a list; zeros if it has not been written.

    Args:
        input_handle: the list.
        index: an int32 scalar.
        element_dtype: the type of an element.
        element_shape: the shape of an element, as far as it is known.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if there is no such element, or zeros of an unknown shape are asked for.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_from_tensor
        >>> print(tensor_list_get_item(tensor_list_from_tensor([5, 6, 7], []), 2, tf.int32).eval())
        7
    """
    kind = as_dtype(element_dtype).base_dtype
    return apply(TensorListGetItem(kind), input_handle, index, as_element_shape(element_shape), name=name)


def tensor_list_set_item(input_handle: Any, index: Any, item: Any, name: str | None = None) -> Tensor:
    """Return a list with `item` at `index`.

    Args:
        input_handle: the list.
        index: an int32 scalar.
        item: the new element.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if there is no such element, or the new one does not fit.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_from_tensor, tensor_list_stack
        >>> numbers = tensor_list_from_tensor([5, 6, 7], [])
        >>> print(tensor_list_stack(tensor_list_set_item(numbers, 1, 0), tf.int32).eval())
        [5 0 7]
    """
    return apply(TensorListSetItem(), input_handle, index, item, name=name)


def tensor_list_push_back(input_handle: Any, tensor: Any, name: str | None = None) -> Tensor:
    """Return a list with one more element at its end.

    Args:
        input_handle: the list.
        tensor: the element.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if the element does not fit.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_from_tensor, tensor_list_stack
        >>> print(tensor_list_stack(tensor_list_push_back(tensor_list_from_tensor([5], []), 6), tf.int32).eval())
        [5 6]
    """
    return apply(TensorListPushBack(), input_handle, tensor, name=name)


def tensor_list_pop_back(
    input_handle: Any, element_dtype: Any, element_shape: Any = None, name: str | None = None
) -> list[Tensor]:
    """Return a list without its last element, and that element.

    Args:
        input_handle: the list.
        element_dtype: the type of an element.
        element_shape: the shape of an element, as far as it is known.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if the list is empty.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_from_tensor
        >>> rest, last = tensor_list_pop_back(tensor_list_from_tensor([5, 6], []), tf.int32)
        >>> print(*sess.run([tensor_list_length(rest), last]))
        1 6
    """
    kind = as_dtype(element_dtype).base_dtype
    return apply(TensorListPopBack(kind), input_handle, as_element_shape(element_shape), name=name)


def tensor_list_resize(input_handle: Any, size: Any, name: str | None = None) -> Tensor:
    """Return a list of another length: cut off, or with elements that are to be written.

    Args:
        input_handle: the list.
        size: an int32 scalar.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if the size is negative.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_from_tensor
        >>> print(tensor_list_length(tensor_list_resize(tensor_list_from_tensor([5], []), 3)).eval())
        3
    """
    return apply(TensorListResize(), input_handle, size, name=name)


def tensor_list_length(input_handle: Any, name: str | None = None) -> Tensor:
    """Return the number of elements, an int32 scalar.

    Args:
        input_handle: the list.
        name: the name of the node.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_from_tensor
        >>> print(tensor_list_length(tensor_list_from_tensor([5, 6], [])).eval())
        2
    """
    return apply(TensorListLength(), input_handle, name=name)


def tensor_list_element_shape(input_handle: Any, shape_type: Any, name: str | None = None) -> Tensor:
    """Return the shape of an element as far as it is known: a vector with -1 for unknown sizes, or the scalar -1.

    Args:
        input_handle: the list.
        shape_type: int32 or int64.
        name: the name of the node.

    Example:
        >>> from minigraph.ops.namespace import tensor_list_reserve
        >>> print(tensor_list_element_shape(tensor_list_reserve([None, 2], 3, tf.float32), tf.int32).eval())
        [-1  2]
    """
    return apply(TensorListElementShape(as_dtype(shape_type)), input_handle, name=name)
