"""`stop_gradient` and `prevent_gradient`: identities through which no gradient flows."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor

__all__ = ["stop_gradient"]


class StopGradient(OpDef):
    """The input itself; no gradient flows through it."""

    inputs = ("input",)
    forwards = True
    gradient = no_gradient

    def kernel(self, xp, input):
        return input


class PreventGradient(OpDef):
    """The input itself; requesting a gradient through it is an error."""

    message: str = ""
    inputs = ("input",)
    forwards = True

    def kernel(self, xp, input):
        return input

    def gradient(self, tf, dy, y, input):
        raise LookupError(f"Gradient explicitly disabled. Reason: {self.message.encode()!r}")


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
