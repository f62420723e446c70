"""`placeholder_with_default`: a tensor whose value may be fed."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import ShapeError, TensorShape
from minigraph.ops.arrays.placeholder import shape_attribute

__all__ = ["placeholder_with_default"]


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


def placeholder_with_default(input: Any, shape: Any, name: str | None = None) -> Tensor:
    """Build a placeholder that takes the value of `input` when it is not fed.

    Args:
        input: the default value.
        shape: the static shape, which may be more general than that of `input`.
        name: the name of the node.

    Example:
        >>> rate = tf.placeholder_with_default(0.5, [])
        >>> print(sess.run(rate), sess.run(rate, {rate: 0.1}))
        0.5 0.1
    """
    return apply(PlaceholderWithDefault(shape_attribute(shape)), input, name=name)
