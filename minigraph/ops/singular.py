"""Singular values of matrices, and norms, one of which is the largest of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.context import get_default_graph, name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, with_rank_at_least
from minigraph.graph.shapes import TensorShape
from minigraph.ops import (
    array,
    binary,
    complex_numbers,
    elementwise,
    extremes,
    join,
    reduction,
    sequences,
    sets,
    transposing,
)

__all__ = ["svd", "norm"]


class Svd(OpDef):
    """The singular values s, falling, and the matrices u and v with input = u diag(s) v^H."""

    compute_uv: bool = True
    full_matrices: bool = False

    inputs = ("input: T",)
    outputs = ("T", "T", "T")
    allowed = {"T": (dtypes.float64, dtypes.float32, dtypes.complex64, dtypes.complex128)}

    def shape(self, input):
        input = with_rank_at_least(input, 2)
        nothing = TensorShape.of((0,))
        if input.tuple is None:
            return (input, input, input) if self.compute_uv else (input, nothing, nothing)
        *batch, m, n = input.tuple
        k = None if m is None or n is None else min(m, n)
        s = TensorShape.of((*batch, k))
        if not self.compute_uv:
            return s, nothing, nothing
        columns = (m, n) if self.full_matrices else (k, k)
        return s, TensorShape.of((*batch, m, columns[0])), TensorShape.of((*batch, n, columns[1]))

    def kernel(self, xp, input):
        demand(np.ndim(input) > 1, f"Input tensor 0 must have rank >= 2, got {np.ndim(input)}")
        if not np.isfinite(input).all():  # LAPACK may search for ever; a matrix with NaN has NaN
            whole = np.isfinite(input).all((-2, -1), keepdims=True)
            clean = self.kernel(xp, np.where(whole, input, input.dtype.type(0)))
            s = np.where(whole[..., 0], clean[0], clean[0].dtype.type(np.nan))
            rest = clean[1:]
            if self.compute_uv:
                rest = tuple(np.where(whole, each, each.dtype.type(np.nan)) for each in rest)
            return s, *rest
        if not self.compute_uv:
            nothing = xp.zeros((0,), input.dtype)
            return xp.linalg.svd(input, compute_uv=False).astype(input.dtype), nothing, nothing
        u, s, vh = xp.linalg.svd(input, full_matrices=self.full_matrices)
        return s.astype(input.dtype), u, xp.conj(xp.swapaxes(vh, -1, -2))

    def gradient(self, tf, dys, ys, input):
        """Source: Giles, https://people.maths.ox.ac.uk/gilesm/files/NA-08-01.pdf, section 3.2."""
        if self.compute_uv:
            raise NotImplementedError("SVD gradient is not implemented for compute_uv=True.")
        shape = with_rank_at_least(input.shape, 2)
        middle = tf.matrix_diag(dys[0])
        _, u, v = tf.svd(input)
        found = tf.matmul(u, tf.matmul(middle, v, adjoint_b=True))
        found.set_shape(shape)
        return found


def svd(tensor: Any, full_matrices: bool = False, compute_uv: bool = True, name: str | None = None) -> Any:
    """Return the singular values of matrices, and the matrices u and v with tensor = u diag(s) v^H.

    Args:
        tensor: matrices of shape (..., m, n).
        full_matrices: give u and v with all their columns, m and n.
        compute_uv: give u and v too. Only without them is there a gradient here.
        name: the name of the node.

    Returns:
        (s, u, v), or s alone; s is of shape (..., min(m, n)) and falls.

    Example:
        >>> print(tf.svd([[3.0, 0.0], [0.0, 4.0]], compute_uv=False).eval())
        [4. 3.]
    """
    s, u, v = apply(Svd(compute_uv, full_matrices), tensor, name=name)
    s = complex_numbers.real(s)
    return (s, u, v) if compute_uv else s


def norm(
    tensor: Any,
    ord: Any = "euclidean",
    axis: Any = None,
    keepdims: Any = None,
    name: str | None = None,
    keep_dims: Any = None,
) -> Tensor:
    """Return norms of vectors or matrices.

    Args:
        tensor: a tensor of floats.
        ord: "euclidean" (also 2), 1, infinity, or another positive number; for matrices
            "euclidean" or "fro", 1, 2 (the largest singular value) or infinity.
        axis: the axis of the vectors, two axes for matrices, or None for all as one vector.
        keepdims, keep_dims: keep the axes, with size 1.
        name: the name scope.

    Raises:
        ValueError: for another order or axis.

    Example:
        >>> print(sess.run(tf.norm([3.0, 4.0])), sess.run(tf.norm([3.0, -4.0], 1)))
        5.0 7.0
    """
    keep = bool(array.either("keepdims", keepdims, "keep_dims", keep_dims))
    is_matrix, axis = _norm_axes(ord, axis)
    with get_default_graph().atomic(), name_scope(name, "norm", [tensor]):
        x: Any = convert_to_tensor(tensor)
        if is_matrix and ord == 2:
            result = _largest_singular_value(x, axis)
        elif ord in ("fro", "euclidean", 2):
            result = elementwise.sqrt(reduction.reduce_sum(x * complex_numbers.conj(x), axis, keepdims=True))
        elif ord == 1:
            result = reduction.reduce_sum(elementwise.abs(x), None if axis is None else axis[0], keepdims=True)
            if is_matrix:
                result = extremes.reduce_max(result, axis[-1], keepdims=True)
        elif ord == np.inf:
            result = elementwise.abs(x)
            if is_matrix:
                result = reduction.reduce_sum(result, axis[1], keepdims=True)
            result = extremes.reduce_max(result, None if axis is None else axis[0], keepdims=True)
        else:
            powers = reduction.reduce_sum(binary.pow(elementwise.abs(x), ord), axis, keepdims=True)
            result = binary.pow(powers, 1.0 / ord)
        return result if keep else array.squeeze(result, axis)


def _largest_singular_value(x: Tensor, axis: tuple) -> Tensor:
    """Of the matrices in two axes, which stay, with size 1."""
    ndims = array.rank(x)
    matrices: Any = join.stack([place if place >= 0 else ndims + place for place in axis])
    order = join.concat([sets.setdiff1d(sequences.range(ndims), matrices)[0], matrices], axis=0)
    values = elementwise.abs(apply(Svd(compute_uv=False), transposing.transpose(x, order))[0])
    largest = array.expand_dims(extremes.reduce_max(values, -1, keepdims=True), -1)
    return transposing.transpose(largest, transposing.invert_permutation(order))


def _norm_axes(ord: Any, axis: Any) -> tuple:
    """Check order and axes; return whether it is of matrices, and the axes as a tuple."""
    if isinstance(axis, (tuple, list)) and len(axis) == 2:
        if not all(isinstance(a, int) for a in axis) or axis[0] == axis[1]:
            raise ValueError("'axis' must be None, an integer, or a tuple of 2 unique integers")
        supported = ["euclidean", "fro", 1, 2, np.inf]
        if ord not in supported:
            raise ValueError(f"'ord' must be a supported matrix norm in {supported}, got {ord}")
        return True, tuple(axis)
    if not (isinstance(axis, int) or axis is None):
        raise ValueError("'axis' must be None, an integer, or a tuple of 2 unique integers")
    if ord != "euclidean" and (isinstance(ord, str) or not np.isreal(ord) or ord <= 0):
        raise ValueError(f"'ord' must be a supported vector norm, got {ord}")
    return False, None if axis is None else (axis,)
