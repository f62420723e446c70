"""Constants and placeholders: the operations without inputs, and how Python values become constants."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import ShapeError, TensorShape, as_shape
from minigraph.graph.values import to_array

__all__ = ["constant", "placeholder", "placeholder_with_default", "is_constant"]


class Const(OpDef):
    """A fixed value. The array must not be changed."""

    value: np.ndarray
    dtype_: DType

    outputs = ("dtype",)
    opens_scope = False

    def shape(self):
        return TensorShape.of(self.value.shape)

    def kernel(self, xp):
        return self.value

    def gradient(self, tf, dy, y):
        return ()

    def __eq__(self, other):
        return (
            type(other) is Const
            and self.dtype_ is other.dtype_
            and self.value.shape == other.value.shape
            and self.dtype_ is not dtypes.string
            and self.value.tobytes() == other.value.tobytes()
        )

    def __hash__(self):
        return hash((self.dtype_, self.value.shape, self.value.tobytes() if self.value.size < 64 else 0))


class Placeholder(OpDef):
    """A value that must be fed in each run."""

    dtype_: DType
    shape_: TensorShape

    outputs = ("dtype",)
    must_feed = True

    def shape(self):
        return self.shape_

    def kernel(self, xp):
        raise ValueError("a placeholder has no value")

    def gradient(self, tf, dy, y):
        return ()


class PlaceholderWithDefault(OpDef):
    """The input, unless another value is fed."""

    shape_: TensorShape

    inputs = ("input: dtype",)
    outputs = ("dtype",)
    side_effect = True  # a run may feed it, so it is never folded into a constant
    forwards = True

    def shape(self, input):
        if not input.is_compatible_with(self.shape_):
            raise ShapeError(f"input shape {input} is not compatible with the placeholder's {self.shape_}")
        return self.shape_

    def kernel(self, xp, input):
        return input

    def gradient(self, tf, dy, y, input):
        return dy


def constant(
    value: Any, dtype: Any = None, shape: Any = None, name: str = "Const", verify_shape: bool = False
) -> Tensor:
    """Make a constant tensor.

    Args:
        value: a number, string, (nested) list or numpy array.
        dtype: the element type; by default that of a numpy array, float32 for Python floats, int32 for ints.
        shape: the shape; by default the value's. A shorter value is continued with its last element.
        name: the name of the node.
        verify_shape: raise an error where the value does not have just that shape.

    Returns:
        A tensor of that type and shape.

    Raises:
        TypeError: if the value does not have that type, or (`verify_shape`) that shape.
        ValueError: if the value has too many elements, or None among them.

    Example:
        >>> print(tf.constant(-1.0, shape=[2, 3]).eval())
        [[-1. -1. -1.]
         [-1. -1. -1.]]
    """
    dtype = as_dtype(dtype).base_dtype if dtype is not None else None
    if isinstance(shape, int):
        raise TypeError("'int' object is not iterable")
    wanted = as_shape(shape) if shape is not None else None
    if wanted is not None and 0 in wanted.as_list() and not hasattr(value, "__array__"):
        value = np.empty(wanted.as_list(), np.float32)  # TF1 does not look at a value of which nothing is left
    array, dtype = to_array(value, dtype)
    if wanted is not None:
        array = _with_shape(array, wanted, verify_shape)
    return apply(Const(array, dtype), name=name)


def _with_shape(array: np.ndarray, shape: TensorShape, verify: bool) -> np.ndarray:
    wanted = tuple(shape.as_list())
    size = int(np.prod(wanted, dtype=np.int64))
    if verify and array.shape != wanted:
        raise TypeError(f"Expected Tensor's shape: {wanted}, got {array.shape}.")
    if array.size > size:
        raise ValueError(f"Too many elements provided. Needed at most {size}, but received {array.size}")
    flat = array.ravel()
    if array.size < size:
        last = flat[-1:] if array.size else np.array([b""] if array.dtype == object else [0], array.dtype)
        flat = np.concatenate([flat, np.repeat(last, size - array.size)])
    return flat.reshape(wanted)


def is_constant(tensor_or_op: Any) -> bool:
    """Return True if this is (the output of) a constant."""
    return isinstance(getattr(tensor_or_op, "op", tensor_or_op).op_def, Const)


def placeholder(dtype: Any, shape: Any = None, name: str | None = None) -> Tensor:
    """Make a tensor whose value must be fed in each run: `sess.run(y, feed_dict={x: value})`.

    Args:
        dtype: the element type.
        shape: the static shape; None where it is unknown, a None size where that is.
        name: the name of the node.

    Returns:
        A tensor of that type and static shape.

    Example:
        >>> x = tf.placeholder(tf.float32, [None, 2], name="x")
        >>> print(x.shape, sess.run(tf.reduce_sum(x), feed_dict={x: [[1, 2], [3, 4]]}))
        (?, 2) 10.0
    """
    return apply(Placeholder(_type_attribute(dtype), _shape_attribute(shape)), name=name)


def _type_attribute(dtype: Any) -> DType:
    try:
        return as_dtype(dtype).base_dtype
    except TypeError:
        raise TypeError(f"Expected DataType for argument 'dtype' not {dtype!r}.") from None


def _shape_attribute(shape: Any) -> TensorShape:
    try:
        return as_shape(shape)
    except (TypeError, ValueError) as error:
        raise type(error)(f"Error converting shape to a TensorShape: {error}") from None


def placeholder_with_default(input: Any, shape: Any, name: str | None = None) -> Tensor:
    """Make a placeholder that takes the value of `input` when it is not fed.

    Args:
        input: the value by default.
        shape: the static shape, of which that of `input` may be a special case.
        name: the name of the node.

    Example:
        >>> rate = tf.placeholder_with_default(0.5, [])
        >>> print(sess.run(rate), sess.run(rate, {rate: 0.1}))
        0.5 0.1
    """
    return apply(PlaceholderWithDefault(_shape_attribute(shape)), input, name=name)
