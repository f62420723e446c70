"""`constant`: tensors with a fixed value."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape, as_shape
from minigraph.graph.to_array import check_size, to_array

__all__ = ["constant", "is_constant"]


class Const(OpDef):
    """A fixed value. Its array must not be modified."""

    value: np.ndarray
    dtype_: DType

    outputs = ("dtype",)
    opens_scope = False
    gradient = no_gradient

    def shape(self):
        return TensorShape.of(self.value.shape)

    def kernel(self, xp):
        return self.value

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


def constant(
    value: Any, dtype: Any = None, shape: Any = None, name: str = "Const", verify_shape: bool = False
) -> Tensor:
    """Build a constant tensor.

    Args:
        value: a number, string, (nested) list or numpy array.
        dtype: the element type; by default that of a numpy array, float32 for Python floats, int32 for ints.
        shape: the shape; by default the value's. A shorter value is extended with its last element.
        name: the name of the node.
        verify_shape: raise an error unless the value has exactly that shape.

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
        value = np.empty(wanted.as_list(), np.float32)  # TF1 does not check a value for an empty shape
    array, dtype = to_array(value, dtype)
    if wanted is not None:
        array = _with_shape(array, wanted, verify_shape)
    return apply(Const(array, dtype), name=name)


def _with_shape(array: np.ndarray, shape: TensorShape, verify: bool) -> np.ndarray:
    size = check_size(array, wanted := tuple(shape.as_list()), verify)
    flat = array.ravel() if array.size else np.array([b""] if array.dtype == object else [0], array.dtype)
    if flat.size == 1:  # one element in memory, and in a GraphDef
        return np.broadcast_to(flat.reshape(()), wanted)
    return np.append(flat, np.repeat(flat[-1:], size - flat.size)).reshape(wanted)


def is_constant(tensor_or_op: Any) -> bool:
    """Return True if this is a constant or its output."""
    return isinstance(getattr(tensor_or_op, "op", tensor_or_op).op_def, Const)
