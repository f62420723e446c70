"""`tf.linalg`: matrices, alone or in batches."""

from minigraph.graph.absent import absent
from minigraph.nn.normalization import l2_normalize
from minigraph.ops.arrays.transpose import matrix_transpose
from minigraph.ops.arrays.transpose import matrix_transpose as transpose
from minigraph.ops.linalg.cross import cross
from minigraph.ops.linalg.diag import diag as tensor_diag
from minigraph.ops.linalg.diag import diag_part as tensor_diag_part
from minigraph.ops.linalg.diag import eye, trace
from minigraph.ops.linalg.diag import matrix_band_part as band_part
from minigraph.ops.linalg.diag import matrix_diag as diag
from minigraph.ops.linalg.diag import matrix_diag_part as diag_part
from minigraph.ops.linalg.diag import matrix_set_diag as set_diag
from minigraph.ops.linalg.eigen import self_adjoint_eig as eigh
from minigraph.ops.linalg.eigen import self_adjoint_eigvals as eigvalsh
from minigraph.ops.linalg.matmul import matmul
from minigraph.ops.linalg.norm import norm
from minigraph.ops.linalg.solvers import adjoint, cholesky, qr
from minigraph.ops.linalg.solvers import matrix_determinant as det
from minigraph.ops.linalg.solvers import matrix_inverse as inv
from minigraph.ops.linalg.solvers import matrix_solve as solve
from minigraph.ops.linalg.solvers import matrix_triangular_solve as triangular_solve
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

__getattr__ = absent(__name__)
