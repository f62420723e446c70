"""`tf.linalg`: matrices, alone or in batches."""
from minigraph.graph.absent import absent
from minigraph.nn.normalization import l2_normalize
from minigraph.ops.transposing import matrix_transpose, matrix_transpose as transpose
from minigraph.ops.clip import global_norm
from minigraph.ops.linalg import (
    adjoint, cholesky, matrix_determinant as det, matrix_inverse as inv, matrix_solve as solve,
    matrix_triangular_solve as triangular_solve, qr)
from minigraph.ops.singular import norm, svd
from minigraph.ops.eigen import self_adjoint_eig as eigh, self_adjoint_eigvals as eigvalsh
from minigraph.ops.matrix import cross, matmul, tensordot
from minigraph.ops.matrix_parts import (
    diag as tensor_diag, diag_part as tensor_diag_part, eye, matrix_band_part as band_part, matrix_diag as diag,
    matrix_diag_part as diag_part, matrix_set_diag as set_diag, trace)

__all__ = [
    "adjoint", "band_part", "cholesky", "cross", "det", "diag", "diag_part", "eigh", "eigvalsh", "eye",
    "global_norm", "inv", "l2_normalize", "matmul", "matrix_transpose", "norm", "qr", "set_diag", "solve", "svd",
    "tensor_diag", "tensor_diag_part", "tensordot", "trace", "transpose", "triangular_solve"]

__getattr__ = absent(__name__)
