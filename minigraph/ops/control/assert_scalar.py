"""`assert_scalar`: a check, while the graph is built, that a tensor has no axes."""

from typing import Any

from minigraph.graph.code import code, name_of
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope

__all__ = ["assert_scalar"]


def assert_scalar(tensor: Any, name: str | None = None, message: str | None = None) -> Tensor:
    """Check that a tensor is statically known to be a scalar, and return it.

    Args:
        tensor: a tensor.
        name: the name scope.
        message: the beginning of the message.

    Raises:
        ValueError: if it has axes, or its rank is not known.

    Example:
        >>> tf.assert_scalar(tf.zeros([2], name="x"))
        Traceback (most recent call last):
        ...
        ValueError: Expected scalar shape for x:0, saw shape: (2,).
        Sum or average it first: tf.reduce_mean(...).
    """
    with atomic_scope(name, "assert_scalar", [tensor]) as scope:
        tensor = convert_to_tensor(tensor, name=scope)
        if tensor.shape.ndims != 0:
            told = code(f"tf.reduce_mean({name_of(tensor, '...')})")
            advice = f"\nSum or average it first: {told}." if tensor.shape.ndims else ""
            both = f"{tensor.name}, saw shape: {tensor.shape}"
            raise ValueError(f"{message or ''}Expected scalar shape for {both}.{advice}")
        return tensor
