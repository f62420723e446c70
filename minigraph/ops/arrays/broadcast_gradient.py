"""The axes over which the gradient of a broadcast input is summed."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import brackets, unknown_shape

__all__ = ["broadcast_gradient_args"]


class BroadcastGradientArgs(OpDef):
    """The axes over which the gradients of two broadcast inputs are summed, computed from their shapes."""

    inputs = ("s0", "s1")
    outputs = ("r0: T", "r1: T")
    allowed = {"T": dtypes.INDICES}
    type_defaults = {"T": dtypes.int32}
    gradient = no_gradient

    def shape(self, s0, s1):
        return unknown_shape(1), unknown_shape(1)

    def kernel(self, xp, s0, s1):
        first, second = axes_to_sum(tuple(np.asarray(s0).tolist()), tuple(np.asarray(s1).tolist()))
        return np.array(first, s0.dtype), np.array(second, s1.dtype)


def axes_to_sum(s0: tuple, s1: tuple) -> tuple[list[int], list[int]]:
    """Return the axes of the common shape along which each of two shapes is repeated.

    An axis of size 1 in both shapes is in both lists, as in TF1: summing one element changes nothing. ValueError if the
    shapes cannot be broadcast.

    Example:
        >>> axes_to_sum((2, 3), (3,)), axes_to_sum((2, 1), (2, 5))
        (([], [0]), ([1], []))
    """
    if s0 == s1:
        return [], []
    rank = max(len(s0), len(s1))
    x, y = (1,) * (rank - len(s0)) + s0, (1,) * (rank - len(s1)) + s1
    for a, b in zip(x, y):
        if a != b and 1 not in (a, b):
            raise ValueError(f"Incompatible shapes: {brackets(s0)} vs. {brackets(s1)}")
    return [i for i in range(rank) if x[i] == 1], [i for i in range(rank) if y[i] == 1]


def broadcast_gradient_args(s0: Any, s1: Any, name: str | None = None) -> list[Tensor]:
    """Return two vectors: the axes to sum over for the gradients of two inputs of the shapes `s0` and `s1`.

    Example:
        >>> print(sess.run(broadcast_gradient_args([2, 3], [3])))
        [array([], dtype=int32), array([0], dtype=int32)]
    """
    return apply(BroadcastGradientArgs(), s0, s1, name=name)
