"""Elementwise selection, and the positions of true elements."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import merge
from minigraph.graph.shapes import TensorShape, brackets

__all__ = ["where"]


class Select(OpDef):
    """Elements of `t` where the condition holds, else of `e`; a vector condition selects rows, a scalar one t or e."""

    inputs = ("condition: bool", "t: T", "e: T")
    forwards = True
    chooses = True

    def shape(self, condition, t, e):
        merged = merge(t, e)
        if not condition.ndims or merged.ndims is None:
            return merged
        if condition.ndims != 1 or merged.ndims == 0:
            return merge(merged, condition)
        merge(condition, merged[:1])
        return merged

    def kernel(self, xp, condition, t, e):
        _check_sizes(np.shape(condition), np.shape(t), np.shape(e))
        if not np.ndim(condition) and isinstance(condition, (np.ndarray, np.generic)):
            return t if condition else e
        if np.ndim(condition) == 1 and np.ndim(t) > 1:
            condition = xp.reshape(condition, (-1,) + (1,) * (t.ndim - 1))
        return xp.where(condition, t, e)

    def gradient(self, tf, dy, y, condition, t, e):
        zeros = tf.zeros_like(t)
        return None, select(condition, dy, zeros), select(condition, zeros, dy)


def _check_sizes(condition: tuple, t: tuple, e: tuple) -> None:
    """Raise ValueError, in TF1's words, if shapes differ that were unknown before the run."""
    if len(condition) == 1 and len(t) != 1:
        _check_rows(condition[0], t)
    elif condition:
        for i, shape in enumerate((t, e), 1):
            if shape != condition:
                raise ValueError(
                    "Inputs to operation Select of type Select must have the same size and shape.  "
                    f"Input 0: {brackets(condition)} != input {i}: {brackets(shape)}"
                )
    if t != e:
        raise ValueError(f"'then' and 'else' must have the same size.  but received: {brackets(t)} vs. {brackets(e)}")


def _check_rows(count: int, t: tuple) -> None:
    """Raise ValueError unless a condition of that length can choose among the rows of a shape."""
    if not t:
        raise ValueError("'then' must be at least a vector, but saw shape: []")
    if t[0] != count:
        raise ValueError(f"Number of batches of 'then' must match size of 'cond', but saw: {t[0]} vs. {count}")


class Where(OpDef):
    """The index vectors of the elements that are true (nonzero)."""

    inputs = ("input: T",)
    outputs = ("index: int64",)
    allowed = {"T": (*dtypes.NUMBERS, dtypes.bool_)}
    gradient = no_gradient

    def shape(self, input):
        return TensorShape.of((None, input.ndims))

    def kernel(self, xp, input):
        if not np.ndim(input):
            raise ValueError("WhereOp : Unhandled input dimensions: 0")
        return np.argwhere(input).astype(np.int64)


def select(condition: Any, x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return elements of `x` where the condition holds, elsewhere of `y`."""
    return apply(Select(), condition, x, y, name=name)


def where(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> Tensor:
    """Select elements of two tensors by a condition; with one argument, return the positions of true elements.

    Args:
        condition: booleans: of the shape of `x`, or a vector that selects rows, or a scalar.
        x, y: two tensors of one shape and type, or both None. There is no broadcasting, as in TF1.
        name: the name of the node.

    Returns:
        A tensor like `x`; with one argument an int64 matrix, an index vector in each row.

    Raises:
        ValueError: if only one of `x` and `y` is given, or the shapes do not fit.

    Example:
        >>> print(sess.run(tf.where([True, False], [1, 2], [10, 20])), sess.run(tf.where([False, True])).tolist())
        [ 1 20] [[1]]
    """
    if x is None and y is None:
        with atomic_scope(name, "Where", [condition]) as scope:
            condition = convert_to_tensor(condition, preferred_dtype=dtypes.bool_, name="condition")
            return apply(Where(), condition, name=scope)
    if x is None or y is None:
        raise ValueError("x and y must both be non-None or both be None.")
    return select(condition, x, y, name)
