"""Norms of vectors and matrices."""

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import concat, expand_dims, ranges, shape_ops, size_ops, stack, transpose, unique
from minigraph.ops.linalg.svd import Svd
from minigraph.ops.math import conj, pow, powers, reduce_max_min, reductions, signs

__all__ = ["norm"]


def norm(
    tensor: Any,
    ord: Any = "euclidean",
    axis: Any = None,
    keepdims: Any = None,
    name: str | None = None,
    keep_dims: Any = None,
) -> Tensor:
    """Compute norms of vectors or matrices.

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
    keep = bool(shape_ops.either("keepdims", keepdims, "keep_dims", keep_dims))
    is_matrix, axis = _norm_axes(ord, axis)
    with get_default_graph().atomic(), atomic_scope(name, "norm", [tensor]):
        x: Any = convert_to_tensor(tensor)
        if is_matrix and ord == 2:
            result = _largest_singular_value(x, axis)
        elif ord in ("fro", "euclidean", 2):
            result = powers.sqrt(reductions.reduce_sum(x * conj.conj(x), axis, keepdims=True))
        elif ord == 1:
            result = _one_norm(x, axis, is_matrix)
        elif ord == np.inf:
            result = _infinity_norm(x, axis, is_matrix)
        else:
            summed = reductions.reduce_sum(pow.pow(signs.abs(x), ord), axis, keepdims=True)
            result = pow.pow(summed, 1.0 / ord)
        return result if keep else expand_dims.squeeze(result, axis)


def _one_norm(x: Tensor, axis: Any, is_matrix: bool) -> Tensor:
    """Return the sum of absolute values of a vector, or the largest such sum of a matrix's columns."""
    sums = reductions.reduce_sum(signs.abs(x), None if axis is None else axis[0], keepdims=True)
    return reduce_max_min.reduce_max(sums, axis[-1], keepdims=True) if is_matrix else sums


def _infinity_norm(x: Tensor, axis: Any, is_matrix: bool) -> Tensor:
    """Return the largest absolute value of a vector, or the largest sum of absolute values of a matrix's rows."""
    sizes = signs.abs(x)
    if is_matrix:
        sizes = reductions.reduce_sum(sizes, axis[1], keepdims=True)
    return reduce_max_min.reduce_max(sizes, None if axis is None else axis[0], keepdims=True)


def _largest_singular_value(x: Tensor, axis: tuple) -> Tensor:
    """Return the largest singular value of the matrices in two axes, which stay with size 1."""
    ndims = size_ops.rank(x)
    matrices: Any = stack.stack([place if place >= 0 else ndims + place for place in axis])
    order = concat.concat([unique.setdiff1d(ranges.range(ndims), matrices)[0], matrices], axis=0)
    values = signs.abs(apply(Svd(compute_uv=False), transpose.transpose(x, order))[0])
    largest = expand_dims.expand_dims(reduce_max_min.reduce_max(values, -1, keepdims=True), -1)
    return transpose.transpose(largest, transpose.invert_permutation(order))


def _check_matrix_norm(ord: Any, axis: Any) -> None:
    if not all(isinstance(a, int) for a in axis) or axis[0] == axis[1]:
        raise ValueError("'axis' must be None, an integer, or a tuple of 2 unique integers")
    supported = ["euclidean", "fro", 1, 2, np.inf]
    if ord not in supported:
        raise ValueError(f"'ord' must be a supported matrix norm in {supported}, got {ord}")


def _check_vector_norm(ord: Any, axis: Any) -> None:
    if not (isinstance(axis, int) or axis is None):
        raise ValueError("'axis' must be None, an integer, or a tuple of 2 unique integers")
    if ord != "euclidean" and (isinstance(ord, str) or not np.isreal(ord) or ord <= 0):
        raise ValueError(f"'ord' must be a supported vector norm, got {ord}")


def _norm_axes(ord: Any, axis: Any) -> tuple:
    """Check order and axes; return True for matrix norms, and the axes as a tuple."""
    if isinstance(axis, (tuple, list)) and len(axis) == 2:
        _check_matrix_norm(ord, axis)
        return True, tuple(axis)
    _check_vector_norm(ord, axis)
    return False, None if axis is None else (axis,)
