"""Permuting the axes of a tensor."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand, with_rank, with_size
from minigraph.graph.shapes import ShapeError, TensorShape, brackets, unknown_shape
from minigraph.ops.arrays import concat, ranges, size_ops

__all__ = ["transpose", "matrix_transpose", "invert_permutation"]


class Transpose(OpDef, output="y"):
    """Permute the axes."""

    inputs = ("x: T", "perm: Tperm")
    allowed = {"Tperm": dtypes.INDICES}
    type_defaults = {"Tperm": dtypes.int32}
    static_inputs = (1,)
    forwards = True
    conjugate = False

    def shape(self, x, perm):
        (count,) = with_rank(perm.shape, 1).tuple
        ndims = with_size(count, x.ndims)
        if perm.value is None or x.ndims is None:
            short = x.ndims is None and ndims is not None and ndims < 2  # TF1 does not infer a vector then
            return unknown_shape(None if short else ndims)
        for axis in perm.value.tolist():
            if not -x.ndims <= axis < x.ndims:
                raise ShapeError(f"perm dim {axis} is out of range of input rank {x.ndims}")
        return TensorShape.of(tuple(x.tuple[i] for i in perm.value.tolist()))

    def kernel(self, xp, x, perm):
        _check_permutation(np.ndim(x), np.asarray(perm))
        y = xp.transpose(x, tuple(np.asarray(perm).tolist()))
        return xp.conj(y) if self.conjugate else y

    def gradient(self, tf, dy, y, x, perm):
        return tf.transpose(dy, tf.invert_permutation(perm), conjugate=self.conjugate), None


def _check_permutation(ndims: int, perm: np.ndarray) -> None:
    demand(perm.ndim == 1, f"perm must be a vector, not {brackets(perm.shape)}")
    if perm.shape != (ndims,):
        raise ValueError(f"transpose expects a vector of size {ndims}. But input(1) is a vector of size {perm.size}")
    for axis in perm.tolist():
        if not 0 <= axis < ndims:
            raise ValueError(f"{axis} is out of range [0 .. {ndims})")
    for axis in range(ndims):
        if axis not in perm:
            raise ValueError(f"{axis} is missing from {{{','.join(str(p) for p in perm)}}}.")


class ConjugateTranspose(Transpose):
    """Permute the axes and conjugate each element."""

    conjugate = True


class InvertPermutation(OpDef, output="y"):
    """The permutation that undoes another."""

    inputs = ("x",)
    allowed = {"T": dtypes.INDICES}
    type_defaults = {"T": dtypes.int32}
    gradient = no_gradient

    def shape(self, x):
        return with_rank(x, 1)

    def kernel(self, xp, x):
        if x.ndim != 1:
            raise ValueError("invert_permutation expects a 1D vector.")
        seen: set = set()
        for place in x.tolist():
            if not 0 <= place < len(x):
                raise ValueError(f"{place} is not between 0 and {len(x)}")
            if place in seen:
                raise ValueError(f"{place} is duplicated in the input.")
            seen.add(place)
        return np.argsort(x).astype(x.dtype)


def invert_permutation(x: Any, name: str | None = None) -> Tensor:
    """Return the permutation that undoes another.

    Args:
        x: a vector that holds each of 0..n-1 once.
        name: the name of the node.

    Example:
        >>> print(tf.invert_permutation([2, 0, 1]).eval())
        [1 2 0]
    """
    return apply(InvertPermutation(), x, name=name)


def transpose(a: Any, perm: Any = None, name: str | None = "transpose", conjugate: bool = False) -> Tensor:
    """Permute the axes.

    Args:
        a: a tensor with n axes.
        perm: a permutation of 0..n-1: axis i of the result is axis perm[i] of `a`. By default the reverse.
        name: the name of the node.
        conjugate: also take the complex conjugate.

    Raises:
        ValueError: if `perm` does not have n elements.

    Example:
        >>> print(tf.transpose([[1, 2, 3]]).eval().tolist())
        [[1], [2], [3]]
    """
    with atomic_scope(name, "transpose", [a]) as scope:
        a = convert_to_tensor(a, name="a")
        definition = ConjugateTranspose() if conjugate and a.dtype.is_complex else Transpose()
        if perm is not None:
            return apply(definition, a, perm, name=scope)
        if a.shape.ndims:
            return apply(definition, a, np.arange(a.shape.ndims, dtype=np.int32)[::-1], name=scope)
        count = apply(size_ops.Rank(), a)
        result = apply(definition, a, count - 1 - apply(ranges.Range(), 0, count, 1), name=scope)
        if a.shape.ndims is not None:
            result.set_shape(a.shape)
        return result


def matrix_transpose(a: Any, name: str | None = "matrix_transpose", conjugate: bool = False) -> Tensor:
    """Swap the last two axes.

    Args:
        a: a tensor with two or more axes.
        name: the name scope.
        conjugate: also take the complex conjugate.

    Raises:
        ValueError: if it has fewer axes.

    Example:
        >>> print(tf.matrix_transpose(tf.zeros([5, 2, 3])).shape)
        (5, 3, 2)
    """
    with atomic_scope(name, values=[a]):
        a = convert_to_tensor(a, name="a")
        ndims = a.shape.ndims
        if ndims is None:
            count = size_ops.rank(a)
            perm: Any = concat.concat((apply(ranges.Range(), 0, count - 2, 1), [count - 1, count - 2]), 0)
        elif ndims < 2:
            raise ValueError(f"Argument 'a' should be a (batch) matrix, with rank >= 2.  Found: {a.shape}")
        else:
            perm = [*range(ndims - 2), ndims - 1, ndims - 2]
        return transpose(a, perm=perm, conjugate=conjugate)
