"""Decompositions and inverses of matrices."""

from collections import namedtuple
from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand, merge, merge_sizes, with_rank_at_least
from minigraph.graph.shapes import TensorShape
from minigraph.graph.type_lists import DECOMPOSABLE
from minigraph.ops.arrays import transpose

__all__ = [
    "qr",
    "matrix_inverse",
    "matrix_solve",
    "matrix_triangular_solve",
    "matrix_determinant",
    "cholesky",
    "adjoint",
]


class Qr(OpDef):
    """input = q r with orthonormal columns in q and upper triangular r."""

    full_matrices: bool = False

    inputs = ("input: T",)
    outputs = ("q: T", "r: T")
    allowed = {"T": DECOMPOSABLE}

    def shape(self, input):
        input = with_rank_at_least(input, 2)
        if input.tuple is None:
            return input, input
        *batch, m, n = input.tuple
        k = None if m is None or n is None else m if self.full_matrices else min(m, n)
        last = m if self.full_matrices else k
        return TensorShape.of((*batch, m, last)), TensorShape.of((*batch, last, n))

    def kernel(self, xp, input):
        demand(np.ndim(input) > 1, f"Input tensor 0 must have rank >= 2, got {np.ndim(input)}")
        return tuple(xp.linalg.qr(input, mode="complete" if self.full_matrices else "reduced"))

    def gradient(self, tf, dys, ys, input):
        """Build the gradient for square r (Walter, Lehmann and Lamour, 2012)."""
        (dq, dr), (q, r) = dys, ys
        if q.dtype.is_complex:
            raise NotImplementedError(f"QrGrad not implemented for dtype: {q.dtype}")
        sides = (r.shape.tuple or (None, None))[-2:]
        if None in sides:
            raise NotImplementedError("QrGrad not implemented with dynamic shapes.")
        if sides[0] != sides[1]:
            raise NotImplementedError(
                "QrGrad not implemented when ncols > nrows or full_matrices is true and ncols != nrows."
            )

        def over_r(x):
            """Return x r^-H, by solving r y = x^H."""
            return tf.adjoint(tf.matrix_triangular_solve(r, tf.adjoint(x), lower=False))

        turn = tf.matmul(q, dq, adjoint_a=True)
        skew = turn - tf.adjoint(turn)
        stretch = tf.matmul(r, dr, adjoint_b=True)
        lower = tf.matrix_band_part(skew + (stretch - tf.adjoint(stretch)), -1, 0)
        along = tf.matmul(q, dr + over_r(lower))
        return along + over_r(dq - tf.matmul(q, turn))


# The result of `qr`, named as TF1 prints it.
_Qr = namedtuple("Qr", ["q", "r"])  # type: ignore[name-match]


def qr(input: Any, full_matrices: bool = False, name: str | None = None) -> _Qr:
    """Factorize matrices into an orthonormal and an upper triangular factor.

    Args:
        input: a tensor of shape (..., m, n).
        full_matrices: return q of shape (..., m, m).
        name: the name.

    Returns:
        q of shape (..., m, k) and r of shape (..., k, n), k = min(m, n).

    Example:
        >>> q, r = tf.qr([[3.0, 1.0], [4.0, 1.0]])
        >>> print(abs(tf.matmul(q, r).eval().round(5)).tolist())
        [[3.0, 1.0], [4.0, 1.0]]
    """
    return _Qr(*apply(Qr(full_matrices), input, name=name))


def square_matrices(shape: TensorShape) -> TensorShape:
    """Return the shape of square matrices; ShapeError if they are not square."""
    shape = with_rank_at_least(shape, 2)
    if shape.tuple is None:
        return shape
    size = merge_sizes(*shape.tuple[-2:])
    return TensorShape.of((*shape.tuple[:-2], size, size))


def check_square(matrix: Any) -> None:
    """Raise ValueError unless an array holds square matrices."""
    demand(np.ndim(matrix) > 1, f"Input tensor 0 must have rank >= 2, got {np.ndim(matrix)}")
    demand(matrix.shape[-1] == matrix.shape[-2], "Input matrix must be square.")


def check_pivots(matrix: Any, message: str) -> None:
    """Raise ValueError for a matrix that TF1 finds singular because of NaN.

    The search for the smallest pivot starts from the first one; a NaN there is never smaller than 0 nor larger.
    """
    if matrix.size and np.isnan(matrix[..., 0, 0]).any():
        raise ValueError(message)


class MatrixInverse(OpDef):
    """The inverses of square matrices."""

    adjoint: bool = False
    inputs = ("input",)
    allowed = {"T": DECOMPOSABLE}

    def shape(self, input):
        return square_matrices(input)

    def kernel(self, xp, input):
        check_square(input)
        check_pivots(input, "Input is not invertible.")
        try:
            return xp.linalg.inv(xp.conj(xp.swapaxes(input, -1, -2)) if self.adjoint else input)
        except np.linalg.LinAlgError:
            raise ValueError("Input is not invertible.") from None

    def gradient(self, tf, dy, y, input):
        if self.adjoint:  # y = (x^H)^-1
            return -tf.matmul(y, tf.matmul(dy, y, adjoint_a=True))
        return -tf.matmul(y, tf.matmul(dy, y, adjoint_b=True), adjoint_a=True)


class MatrixSolve(OpDef):
    """The solutions x of matrix · x = rhs."""

    adjoint: bool = False

    inputs = ("matrix", "rhs")
    allowed = {"T": DECOMPOSABLE}

    def shape(self, matrix, rhs):
        matrix, rhs = square_matrices(matrix), with_rank_at_least(rhs, 2)
        if matrix.tuple is None or rhs.tuple is None:
            return TensorShape(None)
        batch = merge(matrix[:-2], rhs[:-2])
        return batch.concatenate((merge_sizes(matrix.tuple[-2], rhs.tuple[-2]), rhs.tuple[-1]))

    def used(self, xp, matrix):
        """Return the part of the matrix that is used."""
        return matrix

    def kernel(self, xp, matrix, rhs):
        check_square(matrix)
        demand(np.ndim(rhs) == np.ndim(matrix), "All input tensors must have the same rank.")
        check_pivots(matrix, "Input matrix is not invertible.")
        matrix = self.used(xp, matrix)
        try:
            return xp.linalg.solve(xp.conj(xp.swapaxes(matrix, -1, -2)) if self.adjoint else matrix, rhs)
        except np.linalg.LinAlgError:
            raise ValueError("Input matrix is not invertible.") from None

    def gradient(self, tf, dy, y, matrix, rhs):
        of_rhs = self.solve_again(matrix, dy)
        pair = (y, of_rhs) if self.adjoint else (of_rhs, y)
        return -tf.matmul(*pair, adjoint_b=True), of_rhs

    def solve_again(self, matrix, dy):
        """Solve the equation with the adjoint matrix."""
        return matrix_solve(matrix, dy, adjoint=not self.adjoint)


class MatrixTriangularSolve(MatrixSolve):
    """The solutions x of matrix · x = rhs, using only one triangle of the matrix."""

    lower: bool = True

    def used(self, xp, matrix):
        return xp.tril(matrix) if self.lower else xp.triu(matrix)

    def kernel(self, xp, matrix, rhs):
        check_square(matrix)
        demand(np.ndim(rhs) == np.ndim(matrix), "All input tensors must have the same rank.")
        if np.isfinite(matrix).all():
            return super().kernel(xp, matrix, rhs)
        check_pivots(matrix, "Input matrix is not invertible.")
        matrix = xp.conj(xp.swapaxes(matrix, -1, -2)) if self.adjoint else matrix
        found, size = rhs.copy(), matrix.shape[-1]
        for i in range(size) if self.lower != self.adjoint else range(size - 1, -1, -1):  # NaN stays in its rows
            known = slice(0, i) if self.lower != self.adjoint else slice(i + 1, size)
            found[..., i : i + 1, :] -= matrix[..., i : i + 1, known] @ found[..., known, :]
            found[..., i, :] /= matrix[..., i, i, None]
        return found

    def gradient(self, tf, dy, y, matrix, rhs):
        of_matrix, of_rhs = super().gradient(tf, dy, y, matrix, rhs)
        band = (-1, 0) if self.lower else (0, -1)
        return tf.matrix_band_part(of_matrix, *band), of_rhs

    def solve_again(self, matrix, dy):
        return matrix_triangular_solve(matrix, dy, lower=self.lower, adjoint=not self.adjoint)


class MatrixDeterminant(OpDef):
    """The determinants of square matrices."""

    inputs = ("input",)
    allowed = {"T": DECOMPOSABLE}

    def shape(self, input):
        return square_matrices(input)[:-2]

    def kernel(self, xp, input):
        check_square(input)
        found = np.asarray(xp.linalg.det(input), input.dtype)
        if not np.isfinite(input).all():  # as in TF1: a NaN pivot counts as 0, an infinite one as NaN
            wrong = np.isinf(input).any((-2, -1))
            found = np.where(np.isnan(input).any((-2, -1)), input.dtype.type(0), np.where(wrong, np.nan, found))
            found = found.astype(input.dtype)
        return found

    def gradient(self, tf, dy, y, input):
        inverse = tf.matrix_inverse(input, adjoint=True)
        factors = tf.reshape(dy * y, tf.concat([tf.shape(y), [1, 1]], 0))
        return factors * inverse


class Cholesky(OpDef):
    """The lower triangular l with l · l^H = the input."""

    inputs = ("input",)
    allowed = {"T": DECOMPOSABLE}

    def shape(self, input):
        return square_matrices(input)

    def kernel(self, xp, input):
        check_square(input)
        try:
            return xp.linalg.cholesky(input)
        except np.linalg.LinAlgError:
            raise ValueError("Cholesky decomposition was not successful. The input might not be valid.") from None

    def gradient(self, tf, dy, y, input):
        """Build the gradient (Murray, https://arxiv.org/abs/1602.07527, section 3)."""
        unit = tf.eye(tf.shape(y)[-1], batch_shape=tf.shape(y)[:-2], dtype=y.dtype)
        inverse = tf.matrix_triangular_solve(y, unit)
        middle = tf.matmul(y, dy, adjoint_a=True)
        middle = tf.matrix_set_diag(middle, 0.5 * tf.matrix_diag_part(middle))
        middle = tf.matrix_band_part(middle, -1, 0)
        found = tf.matmul(tf.matmul(inverse, middle, adjoint_a=True), inverse)
        return (found + tf.adjoint(found)) * 0.5


def matrix_inverse(input: Any, adjoint: bool = False, name: str | None = None) -> Tensor:
    """Return the inverses of square matrices, or of their adjoints.

    Example:
        >>> print(tf.matrix_inverse([[2.0, 0.0], [0.0, 4.0]]).eval().tolist())
        [[0.5, 0.0], [0.0, 0.25]]
    """
    return apply(MatrixInverse(adjoint), input, name=name)


def matrix_solve(matrix: Any, rhs: Any, adjoint: bool = False, name: str | None = None) -> Tensor:
    """Return the solutions x of matrix · x = rhs (of its adjoint · x = rhs).

    Example:
        >>> print(tf.matrix_solve([[2.0, 0.0], [0.0, 4.0]], [[2.0], [2.0]]).eval().tolist())
        [[1.0], [0.5]]
    """
    return apply(MatrixSolve(adjoint), matrix, rhs, name=name)


def matrix_triangular_solve(
    matrix: Any, rhs: Any, lower: bool = True, adjoint: bool = False, name: str | None = None
) -> Tensor:
    """Return the solutions x of matrix · x = rhs for triangular matrices; the other triangle is not read.

    Args:
        matrix: a tensor of shape (..., n, n).
        rhs: a tensor of shape (..., n, k).
        lower: use the lower triangle, else the upper one.
        adjoint: solve with the adjoint of the matrix instead.
        name: the name of the node.

    Example:
        >>> print(tf.matrix_triangular_solve([[2.0, 9.0], [1.0, 4.0]], [[2.0], [5.0]]).eval().tolist())
        [[1.0], [1.0]]
    """
    return apply(MatrixTriangularSolve(lower=lower, adjoint=adjoint), matrix, rhs, name=name)


def adjoint(matrix: Any, name: str | None = None) -> Tensor:
    """Return the conjugate transposes of the matrices in the last two axes.

    Example:
        >>> print(tf.linalg.adjoint([[1.0, 2.0j]]).eval().tolist())
        [[(1-0j)], [-2j]]
    """
    with atomic_scope(name, "adjoint", [matrix]):
        return transpose.matrix_transpose(convert_to_tensor(matrix, name="matrix"), conjugate=True)


def matrix_determinant(input: Any, name: str | None = None) -> Tensor:
    """Return the determinants of square matrices.

    Example:
        >>> print(tf.matrix_determinant([[2.0, 0.0], [0.0, 4.0]]).eval())
        8.0
    """
    return apply(MatrixDeterminant(), input, name=name)


def cholesky(input: Any, name: str | None = None) -> Tensor:
    """Return the lower triangular l with l · l^H = the input, which must be positive definite.

    Example:
        >>> print(tf.cholesky([[4.0, 2.0], [2.0, 2.0]]).eval().tolist())
        [[2.0, 0.0], [1.0, 1.0]]
    """
    return apply(Cholesky(), input, name=name)
