"""`identity`: a tensor unchanged, or the value of a variable at this point."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor

__all__ = ["identity"]


class Identity(OpDef):
    """The input itself; for a variable's cell, its value at this point."""

    inputs = ("input",)
    forwards = True

    def as_shape(self, input):
        return input.as_shape

    def kernel(self, xp, input):
        return input

    def gradient(self, tf, dy, y, input):
        return dy


def identity(input: Any, name: str | None = None) -> Tensor:
    """Return a tensor of the same shape, type and content; that of a variable reads the value when it runs.

    Example:
        >>> print(tf.identity(tf.constant([1, 2]), name="copy"))
        Tensor("copy:0", shape=(2,), dtype=int32)
    """
    return apply(Identity(), input, name=name)
