# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.nn.normalization import l2_normalize
from minigraph.ops.arrays.transpose import matrix_transpose, matrix_transpose as transpose
from minigraph.ops.linalg.cross import cross
from minigraph.ops.linalg.diag import (
    diag as tensor_diag,
    diag_part as tensor_diag_part,
    eye,
    matrix_band_part as band_part,
    matrix_diag as diag,
    matrix_diag_part as diag_part,
    matrix_set_diag as set_diag,
    trace,
)
from minigraph.ops.linalg.eigen import self_adjoint_eig as eigh, self_adjoint_eigvals as eigvalsh
from minigraph.ops.linalg.einsum import einsum
from minigraph.ops.linalg.matmul import matmul
from minigraph.ops.linalg.norm import norm
from minigraph.ops.linalg.solvers import (
    adjoint,
    cholesky,
    matrix_determinant as det,
    matrix_inverse as inv,
    matrix_solve as solve,
    matrix_triangular_solve as triangular_solve,
    qr,
)
from minigraph.ops.linalg.svd import svd
from minigraph.ops.linalg.tensordot import tensordot
from minigraph.ops.math.global_norm import global_norm

__all__ = [
    "adjoint",
    "band_part",
    "cholesky",
    "cross",
    "det",
    "diag",
    "diag_part",
    "eigh",
    "eigvalsh",
    "einsum",
    "eye",
    "global_norm",
    "inv",
    "l2_normalize",
    "matmul",
    "matrix_transpose",
    "norm",
    "qr",
    "set_diag",
    "solve",
    "svd",
    "tensor_diag",
    "tensor_diag_part",
    "tensordot",
    "trace",
    "transpose",
    "triangular_solve",
]
