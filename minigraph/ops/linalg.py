"""Matrix decompositions."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape, unknown_shape

__all__ = ["qr"]


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
