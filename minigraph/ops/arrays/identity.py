"""Operations that return a tensor unchanged, some with a condition or for their effect on gradients."""

from __future__ import annotations

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import merge, with_rank
from minigraph.graph.shapes import TensorShape, as_shape, brackets

__all__ = ["identity", "identity_n", "stop_gradient", "ensure_shape"]


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


class IdentityN(OpDef):
    """The inputs unchanged, available once all of them are computed."""

    inputs = ("*input: *T",)
    forwards = True

    def dtype(self, *types):
        return tuple(types)

    def shape(self, *shapes):
        return tuple(shapes)

    def kernel(self, xp, *arrays):
        return arrays if len(arrays) > 1 else arrays[0]

    def gradient(self, tf, dy, y, *inputs):
        return dy


class StopGradient(OpDef):
    """The input itself; no gradient flows through it."""

    inputs = ("input",)
    forwards = True

    def kernel(self, xp, input):
        return input

    def gradient(self, tf, dy, y, input):
        return None


class PreventGradient(OpDef):
    """The input itself; requesting a gradient through it is an error."""

    message: str = ""
    inputs = ("input",)
    forwards = True

    def kernel(self, xp, input):
        return input

    def gradient(self, tf, dy, y, input):
        raise LookupError(f"Gradient explicitly disabled. Reason: {self.message.encode()!r}")


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


def identity(input: Any, name: str | None = None) -> Tensor:
    """Return a tensor of the same shape, type and content.

    Args:
        input: a tensor; for a variable's ref tensor, the node reads the value when it runs.
        name: the name of the node.

    Example:
        >>> print(tf.identity(tf.constant([1, 2]), name="copy"))
        Tensor("copy:0", shape=(2,), dtype=int32)
    """
    return apply(Identity(), input, name=name)


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


def stop_gradient(input: Any, name: str | None = None) -> Tensor:
    """Return the input; gradients treat it as a constant.

    Args:
        input: a tensor.
        name: the name of the node.

    Example:
        >>> x = tf.constant(3.0)
        >>> print(tf.gradients(tf.stop_gradient(x * x), x))
        [None]
    """
    return apply(StopGradient(), input, name=name)


def prevent_gradient(input: Any, message: str = "", name: str | None = None) -> Tensor:
    """Return the input; requesting a gradient through it raises LookupError with `message`."""
    return apply(PreventGradient(message), input, name=name)


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
