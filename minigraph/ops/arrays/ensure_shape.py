"""`ensure_shape`: a static shape that is checked at run time."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import merge, with_rank
from minigraph.graph.shapes import TensorShape, as_shape, brackets

__all__ = ["ensure_shape"]


class EnsureShape(OpDef):
    """The input itself; its shape is checked."""

    shape_: TensorShape
    inputs = ("input",)
    forwards = True

    def shape(self, input):
        if input.ndims is not None and self.shape_.ndims is not None:
            with_rank(input, self.shape_.ndims)
        return merge(self.shape_, input)

    def kernel(self, xp, input):
        if not self.shape_.is_compatible_with(input.shape):
            source = self.__dict__.get("source", "")
            raise ValueError(
                f"Shape of tensor {source}{brackets(input.shape)} is not compatible with expected shape "
                f"{brackets(self.shape_)}."
            )
        return input

    def gradient(self, tf, dy, y, input):
        return dy


def ensure_shape(x: Any, shape: Any, name: str | None = None) -> Tensor:
    """Return `x` with a static shape that is checked at run time.

    Args:
        x: a tensor.
        shape: its shape, as far as it is known.
        name: the name of the node.

    Raises:
        ValueError: if the static shapes contradict each other.

    Example:
        >>> print(tf.ensure_shape(tf.placeholder(tf.float32), [None, 3]).shape)
        (?, 3)
    """
    result = apply(EnsureShape(as_shape(shape)), x, name=name)
    result.op.op_def.__dict__["source"] = f"{result.op.inputs[0].op.name} "  # for the message; not an attribute
    return result
