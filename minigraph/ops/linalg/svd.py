"""The singular value decomposition."""

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.shape_rules import demand, with_rank_at_least
from minigraph.graph.shapes import TensorShape
from minigraph.graph.type_lists import DECOMPOSABLE
from minigraph.ops.math import complex_numbers

__all__ = ["svd"]


class Svd(OpDef):
    """The singular values s, descending, and the matrices u and v with input = u diag(s) v^H."""

    compute_uv: bool = True
    full_matrices: bool = False

    inputs = ("input: T",)
    outputs = ("s: T", "u: T", "v: T")
    allowed = {"T": DECOMPOSABLE}

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
        if not np.isfinite(input).all():  # LAPACK might not converge; a matrix with NaN yields NaN
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
        """Build the gradient (Giles, https://people.maths.ox.ac.uk/gilesm/files/NA-08-01.pdf, section 3.2)."""
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
        full_matrices: return u and v with all their columns, m and n.
        compute_uv: return u and v too. There is a gradient only without them.
        name: the name of the node.

    Returns:
        (s, u, v), or s alone; s is of shape (..., min(m, n)) and descending.

    Example:
        >>> print(tf.svd([[3.0, 0.0], [0.0, 4.0]], compute_uv=False).eval())
        [4. 3.]
    """
    s, u, v = apply(Svd(compute_uv, full_matrices), tensor, name=name)
    s = complex_numbers.real(s)
    return (s, u, v) if compute_uv else s
