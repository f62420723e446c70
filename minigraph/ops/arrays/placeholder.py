"""`placeholder`: a tensor whose value is fed."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape, as_shape

__all__ = ["placeholder"]


class Placeholder(OpDef):
    """A value that must be fed in each run."""

    dtype_: DType
    shape_: TensorShape

    outputs = ("dtype",)
    must_feed = True
    gradient = no_gradient

    def shape(self):
        return self.shape_

    def kernel(self, xp):
        raise ValueError("a placeholder has no value")


def placeholder(dtype: Any, shape: Any = None, name: str | None = None) -> Tensor:
    """Build a tensor whose value must be fed in each run: `sess.run(y, feed_dict={x: value})`.

    Args:
        dtype: the element type.
        shape: the static shape: None if it is unknown, or with None for each unknown size.
        name: the name of the node.

    Example:
        >>> x = tf.placeholder(tf.float32, [None, 2], name="x")
        >>> print(x.shape, sess.run(tf.reduce_sum(x), feed_dict={x: [[1, 2], [3, 4]]}))
        (?, 2) 10.0
    """
    return apply(Placeholder(_type_attribute(dtype), shape_attribute(shape)), name=name)


def _type_attribute(dtype: Any) -> DType:
    try:
        return as_dtype(dtype).base_dtype
    except TypeError:
        raise TypeError(f"Expected DataType for argument 'dtype' not {dtype!r}.") from None


def shape_attribute(shape: Any) -> TensorShape:
    """Return an argument as a static shape; TypeError or ValueError in TF1's words if it is none."""
    try:
        return as_shape(shape)
    except (TypeError, ValueError) as error:
        raise type(error)(f"Error converting shape to a TensorShape: {error}") from None
