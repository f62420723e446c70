"""`identity_n`: several tensors unchanged, available together."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor

__all__ = ["identity_n"]


class IdentityN(OpDef):
    """The inputs unchanged, available once all of them are computed."""

    inputs = ("*input: *T",)
    outputs = ("*output: *T",)
    forwards = True

    def dtype(self, *types):
        return tuple(types)

    def shape(self, *shapes):
        return tuple(shapes)

    def kernel(self, xp, *arrays):
        return arrays if len(arrays) > 1 else arrays[0]

    def gradient(self, tf, dy, y, *inputs):
        return dy


def identity_n(input: Any, name: str | None = None) -> list[Tensor]:
    """Return a list of tensors with the same shapes, types and contents.

    Args:
        input: a list of tensors, of any types.
        name: the name of the node.

    Example:
        >>> tf.identity_n([1, 2.0])
        [<tf.Tensor 'IdentityN:0' shape=() dtype=int32>, <tf.Tensor 'IdentityN:1' shape=() dtype=float32>]
    """
    if not isinstance(input, (list, tuple)):
        raise TypeError(f"Expected list for 'input' argument to 'IdentityN' Op, not {input}.")
    if not input:
        raise ValueError("Attr 'T' of 'IdentityN' Op passed list of length 0 less than minimum 1.")
    found = apply(IdentityN(), *input, name=name)
    return found if isinstance(found, list) else [found]
