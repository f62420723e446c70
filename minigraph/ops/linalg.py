"""Decompositions, inverses and norms of matrices."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.context import get_default_graph, name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import ShapeError, TensorShape, unknown_shape

__all__ = ["qr", "matrix_inverse", "matrix_solve", "matrix_determinant", "cholesky", "norm"]

_TYPES = (dtypes.float64, dtypes.float32, dtypes.complex64, dtypes.complex128)


@dataclass(frozen=True, eq=False)
class Qr(OpDef):
    """input = q r with orthonormal columns in q and upper triangular r."""
    full_matrices: bool = False

    inputs = ("input: T",)
    outputs = ("T", "T")
    allowed = {"T": (dtypes.float64, dtypes.float32, dtypes.complex64, dtypes.complex128)}

    def shape(self, input):
        input.with_rank_at_least(2)
        if input.ndims is None:
            return unknown_shape(), unknown_shape()
        *batch, m, n = input.tuple
        k = None if m is None or n is None else m if self.full_matrices else min(m, n)
        last = m if self.full_matrices else k
        return TensorShape.of((*batch, m, last)), TensorShape.of((*batch, last, n))

    def kernel(self, xp, input):
        return tuple(xp.linalg.qr(input, mode="complete" if self.full_matrices else "reduced"))

    def gradient(self, dys, ys, input):
        """For square or tall matrices (Walter, Lehmann and Lamour, 2012, and Schreiber's later notes)."""
        from minigraph.ops import array, elementwise, matrix, matrix_parts
        (dq, dr), (q, r) = dys, ys
        if self.full_matrices:
            raise LookupError("QrGrad not implemented when full_matrices is true.")
        rows, columns = input.shape.as_list()[-2:]
        if rows is None or columns is None or rows < columns:
            raise LookupError("QrGrad not implemented when ncols > nrows or a size is unknown.")

        def adjoint(x):
            return elementwise.conj(array.matrix_transpose(x))

        def triangle_solve(x):
            """x r^-H, by solving r y = x^H."""
            return adjoint(matrix.matrix_solve(r, adjoint(x)))

        inner = matrix.matmul(r, dr, adjoint_b=True) - matrix.matmul(dq, q, adjoint_a=True)
        lower = matrix_parts.matrix_band_part(inner, -1, 0)
        symmetric = lower + adjoint(lower) - matrix_parts.matrix_diag(matrix_parts.matrix_diag_part(inner))
        return triangle_solve(dq + matrix.matmul(q, symmetric))


def qr(input: Any, full_matrices: bool = False, name: str | None = None) -> list[Tensor]:
    """Decomposes matrices into an orthonormal and an upper triangular factor.

    Args:
        input: a tensor of shape (..., m, n).
        full_matrices: give q of shape (..., m, m).
        name: the name.

    Returns:
        q of shape (..., m, k) and r of shape (..., k, n), k = min(m, n).

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     q, r = tf.qr([[3.0, 1.0], [4.0, 1.0]])
        ...     print(abs(sess.run(tf.matmul(q, r)).round(5)).tolist())
        [[3.0, 1.0], [4.0, 1.0]]
    """
    return apply(Qr(full_matrices), input, name=name)


def _square(shape: TensorShape) -> TensorShape:
    """The shape of square matrices; ShapeError where they are not."""
    if shape.ndims is None:
        return shape
    if shape.ndims < 2:
        raise ShapeError(f"Shape must be at least rank 2 but is rank {shape.ndims}")
    rows, columns = shape.tuple[-2:]
    if None not in (rows, columns) and rows != columns:
        raise ShapeError(f"Dimensions must be equal, but are {rows} and {columns}")
    return shape


@dataclass(frozen=True, eq=False)
class MatrixInverse(OpDef):
    """The inverses of square matrices."""
    adjoint: bool = False
    inputs = ("input",)
    allowed = {"T": _TYPES}

    def shape(self, input):
        return _square(input)

    def kernel(self, xp, input):
        try:
            return xp.linalg.inv(xp.conj(xp.swapaxes(input, -1, -2)) if self.adjoint else input)
        except np.linalg.LinAlgError:
            raise ValueError("Input is not invertible.") from None

    def gradient(self, dy, y, input):
        from minigraph.ops import matrix
        if self.adjoint:        # y = (x^H)^-1
            return -matrix.matmul(y, matrix.matmul(dy, y, adjoint_a=True))
        return -matrix.matmul(y, matrix.matmul(dy, y, adjoint_b=True), adjoint_a=True)


@dataclass(frozen=True, eq=False)
class MatrixSolve(OpDef):
    """The solutions x of matrix · x = rhs."""
    adjoint: bool = False
    inputs = ("matrix", "rhs")
    allowed = {"T": _TYPES}

    def shape(self, matrix, rhs):
        _square(matrix)
        return rhs

    def kernel(self, xp, matrix, rhs):
        try:
            return xp.linalg.solve(xp.conj(xp.swapaxes(matrix, -1, -2)) if self.adjoint else matrix, rhs)
        except np.linalg.LinAlgError:
            raise ValueError("Input matrix is not invertible.") from None

    def gradient(self, dy, y, a, b):
        from minigraph.ops import matrix
        db = matrix_solve(a, dy, adjoint=not self.adjoint)
        da = -matrix.matmul(y, db, adjoint_b=True) if self.adjoint else -matrix.matmul(db, y, adjoint_b=True)
        return da, db


class MatrixDeterminant(OpDef):
    """The determinants of square matrices."""
    inputs = ("input",)
    allowed = {"T": _TYPES}

    def shape(self, input):
        return _square(input)[:-2] if input.ndims is not None else input

    def kernel(self, xp, input):
        return np.asarray(xp.linalg.det(input), input.dtype)

    def gradient(self, dy, y, input):
        from minigraph.ops import array, join
        inverse = matrix_inverse(input, adjoint=True)
        factors = array.reshape(dy * y, join.concat([array.shape(y), [1, 1]], 0))
        return factors * inverse


class Cholesky(OpDef):
    """The lower triangular l with l · l^H = the input."""
    inputs = ("input",)
    allowed = {"T": _TYPES}

    def shape(self, input):
        return _square(input)

    def kernel(self, xp, input):
        try:
            return xp.linalg.cholesky(input)
        except np.linalg.LinAlgError:
            raise ValueError("Cholesky decomposition was not successful. The input might not be valid.") from None

    def gradient(self, dy, y, input):
        """Source: Murray, https://arxiv.org/abs/1602.07527, section 3."""
        from minigraph.ops import array, elementwise, matrix, matrix_parts
        inverse = matrix_inverse(y)
        phi = matrix.matmul(y, dy, adjoint_a=True)
        phi = matrix_parts.matrix_set_diag(phi, 0.5 * matrix_parts.matrix_diag_part(phi))
        phi = matrix_parts.matrix_band_part(phi, -1, 0)
        found = matrix.matmul(matrix.matmul(inverse, phi, adjoint_a=True), inverse)
        return 0.5 * (found + elementwise.conj(array.matrix_transpose(found)))


def matrix_inverse(input: Any, adjoint: bool = False, name: str | None = None) -> Tensor:
    """Gives the inverses of square matrices, or of their adjoints.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.matrix_inverse([[2.0, 0.0], [0.0, 4.0]])).tolist())
        [[0.5, 0.0], [0.0, 0.25]]
    """
    return apply(MatrixInverse(adjoint), input, name=name)


def matrix_solve(matrix: Any, rhs: Any, adjoint: bool = False, name: str | None = None) -> Tensor:
    """Gives the solutions x of matrix · x = rhs (of its adjoint · x = rhs).

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.matrix_solve([[2.0, 0.0], [0.0, 4.0]], [[2.0], [2.0]])).tolist())
        [[1.0], [0.5]]
    """
    return apply(MatrixSolve(adjoint), matrix, rhs, name=name)


def matrix_determinant(input: Any, name: str | None = None) -> Tensor:
    """Gives the determinants of square matrices.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.matrix_determinant([[2.0, 0.0], [0.0, 4.0]])))
        8.0
    """
    return apply(MatrixDeterminant(), input, name=name)


def cholesky(input: Any, name: str | None = None) -> Tensor:
    """Gives the lower triangular l with l · l^H = the input, which must be positive definite.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.cholesky([[4.0, 2.0], [2.0, 2.0]])).tolist())
        [[2.0, 0.0], [1.0, 1.0]]
    """
    return apply(Cholesky(), input, name=name)


def norm(tensor: Any, ord: Any = "euclidean", axis: Any = None, keepdims: Any = None, name: str | None = None,
         keep_dims: Any = None) -> Tensor:
    """Gives norms of vectors or matrices.

    Args:
        tensor: a tensor of floats.
        ord: "euclidean" (also 2), 1, infinity, or another positive number; for matrices "fro", 1 or infinity.
        axis: the axis of the vectors, two axes for matrices, or None for all as one vector.
        keepdims, keep_dims: keep the axes, with size 1.
        name: the name scope.

    Raises:
        ValueError: for another order or axis.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.norm([3.0, 4.0])), sess.run(tf.norm([3.0, -4.0], 1)))
        5.0 7.0
    """
    from minigraph.ops import array, binary, complex_numbers, elementwise, extremes, reduction
    keep = bool(array.either("keepdims", keepdims, "keep_dims", keep_dims))
    is_matrix, axis = _norm_axes(ord, axis)
    with get_default_graph().atomic(), name_scope(name, "norm", [tensor]):
        x: Any = convert_to_tensor(tensor)
        if ord in ("fro", "euclidean", 2):
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


def _norm_axes(ord: Any, axis: Any) -> tuple:
    """Checks order and axes; gives whether it is of matrices, and the axes as a tuple."""
    if isinstance(axis, (tuple, list)) and len(axis) == 2:
        if not all(isinstance(a, int) for a in axis) or axis[0] == axis[1]:
            raise ValueError("'axis' must be None, an integer, or a tuple of 2 unique integers")
        supported = ["euclidean", "fro", 1, np.inf]
        if ord not in supported:
            raise ValueError(f"'ord' must be a supported matrix norm in {supported}, got {ord}")
        return True, tuple(axis)
    if not (isinstance(axis, int) or axis is None):
        raise ValueError("'axis' must be None, an integer, or a tuple of 2 unique integers")
    if ord != "euclidean" and (isinstance(ord, str) or not np.isreal(ord) or ord <= 0):
        raise ValueError(f"'ord' must be a supported vector norm, got {ord}")
    return False, None if axis is None else (axis,)
