"""`tf.linalg`: matrices, alone or in batches."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.nn.normalization": ["l2_normalize"],
        "minigraph.ops.namespace": """
            adjoint band_part=matrix_band_part cholesky cross det=matrix_determinant diag=matrix_diag
            diag_part=matrix_diag_part eigh=self_adjoint_eig eigvalsh=self_adjoint_eigvals einsum eye global_norm
            inv=matrix_inverse matmul matrix_transpose norm qr set_diag=matrix_set_diag solve=matrix_solve svd
            tensor_diag=diag tensor_diag_part=diag_part tensordot trace transpose=matrix_transpose
            triangular_solve=matrix_triangular_solve
        """.split(),
    },
    absent(__name__),
)
