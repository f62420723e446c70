"""`reshape`: the same elements in another shape."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import constant_value_as_shape
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import as_sizes
from minigraph.ops.arrays import static_sizes
from minigraph.ops.arrays.shape_ops import shape

__all__ = ["reshape"]


class Reshape(OpDef):
    """The same elements in another shape; one size may be -1."""

    inputs = ("tensor: T", "shape: Tshape")
    allowed = {"Tshape": dtypes.INDICES}
    type_defaults = {"Tshape": dtypes.int32}
    static_inputs = shape_inputs = (1,)
    forwards = True

    def shape(self, tensor, shape):
        wanted, count = as_sizes(shape), 0 if 0 in (tensor.tuple or ()) else tensor.num_elements()
        if shape.value is None:
            return static_sizes.completed(wanted, count)
        return static_sizes.static_shape(wanted, shape.value.tolist(), count)

    def kernel(self, xp, tensor, shape):
        return xp.reshape(tensor, static_sizes.whole_shape(np.shape(tensor), np.asarray(shape)))

    def gradient(self, tf, dy, y, tensor, shape):
        return like_input(tensor, dy), None


def like_input(x: Tensor, gradient: Any) -> Tensor:
    """Reshape a gradient to the shape of the input `x`, which has as many elements."""
    return reshape(gradient, shape(x))


def reshape(tensor: Any, shape: Any, name: str | None = None) -> Tensor:
    """Return the same elements, in row-major order, in another shape.

    Args:
        tensor: a tensor.
        shape: a vector of integers; one may be -1, and is computed.
        name: the name of the node.

    Raises:
        ValueError: if the number of elements differs (at once if it is known, else at run time).

    Example:
        >>> print(tf.reshape(tf.placeholder(tf.float32, [None, 2, 3]), [-1, 6]).shape)
        (?, 6)
    """
    result = apply(Reshape(), tensor, shape, name=name)
    if not result.shape.is_fully_defined():
        result.set_shape(constant_value_as_shape(result.op.inputs[1]))
    return result
