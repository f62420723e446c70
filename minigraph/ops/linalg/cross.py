"""The cross product."""

from typing import Any

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import merge, with_rank_at_least, with_size
from minigraph.graph.shapes import TensorShape, brackets

__all__ = ["cross"]


class Cross(OpDef, output="product"):
    """The cross products of three-element vectors along the last axis."""

    inputs = ("a: T", "b: T")
    allowed = {"T": dtypes.REALS}

    def shape(self, a, b):
        whole = merge(with_rank_at_least(a, 1), with_rank_at_least(b, 1))
        if whole.tuple is None:
            return whole
        return TensorShape.of((*whole.tuple[:-1], with_size(whole.tuple[-1], 3)))

    def kernel(self, xp, a, b):
        if not a.ndim:
            raise ValueError("Input must be at least 1D[]")
        if a.shape != b.shape:
            raise ValueError(f"Both inputs must be of same shape: {brackets(a.shape)} vs. {brackets(b.shape)}")
        if a.shape[-1] != 3:
            raise errors.FailedPreconditionError(None, None, "Cross-products are only defined for 3-element vectors.")
        return xp.cross(a, b)

    def gradient(self, tf, dy, y, a, b):
        return tf.cross(b, dy), tf.cross(dy, a)


def cross(a: Any, b: Any, name: str | None = None) -> Tensor:
    """Compute the cross products of three-element vectors.

    Args:
        a, b: tensors of one type and shape, the last axis of size 3.
        name: the name of the node.

    Example:
        >>> print(tf.cross([1.0, 0.0, 0.0], [0.0, 1.0, 0.0]).eval())
        [0. 0. 1.]
    """
    return apply(Cross(), a, b, name=name)
