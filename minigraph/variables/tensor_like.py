"""`is_tensor`: tensors, and what TF1 takes for such."""

from __future__ import annotations

from typing import Any

from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Tensor
from minigraph.variables.variable import Variable

__all__ = ["is_tensor"]


def is_tensor(x: Any) -> bool:
    """Return True for a tensor, a variable or `IndexedSlices`; False for arrays and numbers.

    Args:
        x: anything; an object with a true attribute `is_tensor_like` counts too.

    Example:
        >>> tf.is_tensor(tf.constant(1.0)), tf.is_tensor(tf.Variable(1.0)), tf.is_tensor(1.0)
        (True, True, False)
    """
    return isinstance(x, (Tensor, Variable, IndexedSlices)) or bool(getattr(x, "is_tensor_like", False))
