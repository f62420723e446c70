"""Eigenvalues and eigenvectors of symmetric (Hermitian) matrices."""

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape, unknown_shape
from minigraph.graph.type_lists import DECOMPOSABLE
from minigraph.ops.linalg.solvers import check_square, square_matrices

__all__ = ["self_adjoint_eig", "self_adjoint_eigvals"]


class SelfAdjointEigV2(OpDef):
    """The eigenvalues e, ascending, and the eigenvectors (the columns of v) of the lower triangle."""

    compute_v: bool = True

    inputs = ("input: T",)
    outputs = ("e: T", "v: T")
    allowed = {"T": DECOMPOSABLE}

    def shape(self, input):
        whole = square_matrices(input)
        e = unknown_shape() if whole.tuple is None else TensorShape.of(whole.tuple[:-1])
        return e, whole if self.compute_v else TensorShape.of((0,))

    def kernel(self, xp, input):
        check_square(input)
        if np.isnan(xp.tril(input)).any():
            raise ValueError("Self-adjoint eigen decomposition was not successful. The input might not be valid.")
        if not np.isfinite(xp.tril(input)).all():
            e = np.full(input.shape[:-1], np.nan, input.dtype)
            return e, np.full_like(input, np.nan) if self.compute_v else xp.zeros((0,), input.dtype)
        if not self.compute_v:
            return xp.linalg.eigvalsh(input).astype(input.dtype), xp.zeros((0,), input.dtype)
        e, v = xp.linalg.eigh(input)
        return e.astype(input.dtype), v

    def gradient(self, tf, dys, ys, input):
        """Build the gradient (Giles, https://people.maths.ox.ac.uk/gilesm/files/NA-08-01.pdf, section 3.1)."""
        (de, dv), (e, v) = dys, ys
        middle = tf.matrix_diag(de)
        if self.compute_v:
            gaps = tf.expand_dims(e, -2) - tf.expand_dims(e, -1)
            gaps = tf.matrix_set_diag(gaps, tf.ones_like(e))  # 1/0 would be NaN in the second derivative
            inverse = tf.matrix_set_diag(tf.reciprocal(gaps), tf.zeros_like(e))
            middle = middle + inverse * tf.matmul(v, dv, adjoint_a=True)
        else:
            _, v = tf.self_adjoint_eig(input)
        found = tf.matmul(v, tf.matmul(middle, v, adjoint_b=True))
        lower = tf.matrix_band_part(found + tf.adjoint(found), -1, 0)
        return tf.matrix_set_diag(lower, 0.5 * tf.matrix_diag_part(lower))


def self_adjoint_eig(tensor: Any, name: str | None = None) -> tuple[Tensor, Tensor]:
    """Return the eigenvalues and eigenvectors of symmetric (Hermitian) matrices.

    Args:
        tensor: matrices of shape (..., n, n), of which only the lower triangle is used.
        name: the name of the node.

    Returns:
        The eigenvalues, of shape (..., n) and ascending, and the matrices whose columns are the eigenvectors.

    Example:
        >>> e, v = tf.self_adjoint_eig([[2.0, 0.0], [0.0, 1.0]])
        >>> print(sess.run([e, tf.abs(v)]))
        [array([1., 2.], dtype=float32), array([[0., 1.],
               [1., 0.]], dtype=float32)]
    """
    e, v = apply(SelfAdjointEigV2(), tensor, name=name)
    return e, v


def self_adjoint_eigvals(tensor: Any, name: str | None = None) -> Tensor:
    """Return the eigenvalues of symmetric (Hermitian) matrices, ascending; see `self_adjoint_eig`.

    Example:
        >>> print(tf.self_adjoint_eigvals([[0.0, 1.0], [1.0, 0.0]]).eval())
        [-1.  1.]
    """
    e, _ = apply(SelfAdjointEigV2(compute_v=False), tensor, name=name)
    return e
