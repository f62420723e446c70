"""Cases of the products, parts and decompositions of matrices."""

import numpy as np
from opcases import Case

import minigraph as tf

RANDOM = np.random.RandomState(3)


def draw(*shape):
    return RANDOM.uniform(-1.5, 1.5, shape).astype(np.float32)


A, B, C, D = draw(2, 3), draw(3, 4), draw(3, 2), draw(4, 3)
BATCH_A, BATCH_B = draw(5, 2, 3), draw(5, 3, 4)
INTEGERS = np.array([[1, -2, 3], [4, 5, -6]], np.int32)
SQUARE = (draw(3, 3) + 3.0 * np.eye(3)).astype(np.float32)
SQUARES = (draw(2, 3, 3) + 3.0 * np.eye(3)).astype(np.float32)
POSITIVE = np.matmul(SQUARES, SQUARES.transpose(0, 2, 1)).astype(np.float32)
EMPTY = np.zeros((0, 3), np.float32)


def adjoint(a):
    return np.conj(np.swapaxes(a, -1, -2))


def as_real(y):
    return tf.real(y) + 2.0 * tf.imag(y)


def of_complex(function, numpy):
    """Return a function of pairs (real, imaginary) and its expected value, for the gradient check of complex types."""

    def pairs(arrays, join):
        return [join(arrays[i], arrays[i + 1]) for i in range(0, len(arrays), 2)]

    def build(*xs):
        return as_real(function(*pairs(xs, tf.complex)))

    def expected(*arrays):
        y = numpy(*pairs(arrays, lambda re, im: re + 1j * im))
        return y.real + 2.0 * y.imag

    return {"build": build, "expected": expected, "name": "complex", "rtol": 1e-3, "atol": 1e-4}


PRODUCTS = [
    Case("Cross", tf.cross, (A, A[::-1].copy()), expected=np.cross),
    Case("Cross", tf.cross, (INTEGERS, INTEGERS + 1), name="int32", expected=np.cross),
    Case("MatMul", tf.matmul, (A, B), expected=np.matmul, hide=False),
    Case(
        "MatMul",
        lambda a, b: tf.matmul(a, b, transpose_a=True),
        (C, B),
        name="left",
        hide=False,
        expected=lambda a, b: a.T @ b,
    ),
    Case(
        "MatMul",
        lambda a, b: tf.matmul(a, b, transpose_b=True),
        (A, D),
        name="right",
        hide=False,
        expected=lambda a, b: a @ b.T,
    ),
    Case(
        "MatMul",
        lambda a, b: tf.matmul(a, b, True, True),
        (C, D),
        name="both",
        hide=False,
        expected=lambda a, b: a.T @ b.T,
    ),
    Case("MatMul", tf.matmul, (INTEGERS, INTEGERS.T.copy()), name="int32", hide=False, expected=np.matmul),
    Case(
        "MatMul",
        tf.matmul,
        (A.astype(np.float64), B.astype(np.float64)),
        name="float64",
        hide=False,
        expected=np.matmul,
    ),
    Case("MatMul", tf.matmul, (EMPTY, B), name="empty", hide=False, expected=np.zeros((0, 4))),
    Case("MatMul", tf.matmul, (EMPTY.T.copy(), EMPTY), name="empty-sum", hide=False, expected=np.zeros((3, 3))),
    Case(
        "MatMul",
        **of_complex(lambda a, b: tf.matmul(a, b, adjoint_b=True), lambda a, b: a @ adjoint(b)),
        inputs=(A, 2.0 * A, A + 1.0, A * A),
        hide=False,
    ),
    # With an unknown rank the operation is the batched one: the cases above must not hide the rank, this one does.
    Case("BatchMatMulV2", tf.matmul, (BATCH_A, BATCH_B), expected=np.matmul),
    Case(
        "BatchMatMulV2",
        lambda a, b: tf.matmul(a, b, transpose_a=True),
        (draw(5, 3, 2), BATCH_B),
        name="left",
        expected=lambda a, b: np.matmul(adjoint(a), b),
    ),
    Case(
        "BatchMatMulV2",
        lambda a, b: tf.matmul(a, b, transpose_b=True),
        (BATCH_A, draw(5, 4, 3)),
        name="right",
        expected=lambda a, b: np.matmul(a, adjoint(b)),
    ),
    Case(
        "BatchMatMulV2",
        lambda a, b: tf.matmul(a, b, True, True),
        (draw(5, 3, 2), draw(5, 4, 3)),
        name="both",
        expected=lambda a, b: np.matmul(adjoint(a), adjoint(b)),
    ),
    Case("BatchMatMulV2", tf.matmul, (draw(2, 1, 2, 3), draw(4, 3, 2)), name="broadcast", expected=np.matmul),
    Case("BatchMatMulV2", tf.matmul, (BATCH_A, B), name="matrix", expected=np.matmul),
    Case("BatchMatMulV2", tf.matmul, (np.zeros((0, 2, 3), np.float32), B), name="empty", expected=np.matmul),
    Case("BatchMatMulV2", lambda x: tf.matmul(x, x), (SQUARES,), name="same", expected=lambda x: x @ x),
    Case(
        "BatchMatMulV2",
        **of_complex(lambda a, b: tf.matmul(a, b, adjoint_a=True), lambda a, b: adjoint(a) @ b),
        inputs=(BATCH_A, BATCH_A + 1.0, BATCH_A * 2.0, BATCH_A * BATCH_A),
    ),
    Case(
        "MatMul",
        lambda a, b: tf.tensordot(a, b, 1),
        (BATCH_A, B),
        name="tensordot",
        expected=lambda a, b: np.tensordot(a, b, 1),
        hide=False,
    ),
    Case(
        "MatMul",
        lambda a, b: tf.tensordot(a, b, [[1, -1], [1, 0]]),
        (draw(2, 3, 4), draw(4, 3, 5)),
        hide=False,
        expected=lambda a, b: np.tensordot(a, b, [[1, 2], [1, 0]]),
        name="tensordot-axes",
    ),
]


def tensordot_case(name, axes, a, b):
    """Return a tensordot, whose node types depend on what is known: the batched product where the sizes are hidden."""
    return Case(
        "Reshape",
        lambda x, y: tf.tensordot(x, y, axes),
        (a, b),
        name=f"tensordot-{name}",
        expected=lambda x, y: np.tensordot(x, y, axes),
    )


TENSORDOT = [
    tensordot_case("number", 2, draw(2, 3, 4), draw(3, 4, 5)),
    tensordot_case("outer", 0, draw(2), draw(3)),
    tensordot_case("pairs", [[1, -1], [1, 0]], draw(2, 3, 4), draw(4, 3, 5)),
    tensordot_case("single", [0, 1], draw(3, 2), draw(4, 3)),
    tensordot_case("all", [[0, 1], [0, 1]], draw(3, 2), draw(3, 2)),
]


def band(lower, upper):
    def expected(x):
        keep = np.ones(x.shape[-2:], bool)
        for i in range(x.shape[-2]):
            for j in range(x.shape[-1]):
                keep[i, j] = (lower < 0 or i - j <= lower) and (upper < 0 or j - i <= upper)
        return x * keep

    return expected


def with_diagonal(x, d):
    x = x.copy()
    for i in range(d.shape[-1]):
        x[..., i, i] = d[..., i]
    return x


def diagonals(x):
    return np.stack([x[..., i, i] for i in range(min(x.shape[-2:]))], -1)


def diagonal_matrices(d):
    return d[..., None] * np.eye(d.shape[-1], dtype=d.dtype)


def tensor_diag(d):
    found = np.zeros(d.shape * 2, d.dtype)
    for index in np.ndindex(*d.shape):
        found[index * 2] = d[index]
    return found


PARTS = [
    Case("Diag", tf.diag, (draw(3),), expected=np.diag),
    Case("Diag", tf.diag, (A,), name="matrix", expected=tensor_diag),
    Case("Diag", tf.diag, (np.zeros(0, np.float32),), name="empty", expected=np.zeros((0, 0))),
    Case("Diag", tf.diag, (INTEGERS,), name="int32", expected=tensor_diag),
    Case("DiagPart", tf.diag_part, (SQUARE,), expected=np.diag),
    Case(
        "DiagPart",
        tf.diag_part,
        (draw(2, 3, 2, 3),),
        name="matrix",
        expected=lambda x: np.array([[x[i, j, i, j] for j in range(3)] for i in range(2)]),
    ),
    Case("MatrixDiag", tf.matrix_diag, (draw(3),), expected=diagonal_matrices),
    Case("MatrixDiag", tf.matrix_diag, (A,), name="batch", expected=diagonal_matrices),
    Case("MatrixDiag", tf.matrix_diag, (np.zeros((2, 0), np.float32),), name="empty", expected=np.zeros((2, 0, 0))),
    Case(
        "MatrixDiag",
        tf.matrix_diag,
        (np.array([True, False]),),
        name="bool",
        expected=[np.array([[True, False], [False, False]])],
    ),
    Case("MatrixDiagPart", tf.matrix_diag_part, (SQUARE,), expected=diagonals),
    Case("MatrixDiagPart", tf.matrix_diag_part, (BATCH_A,), name="wide", expected=diagonals),
    Case("MatrixDiagPart", tf.matrix_diag_part, (draw(2, 4, 3),), name="tall", expected=diagonals),
    Case("MatrixDiagPart", tf.matrix_diag_part, (INTEGERS,), name="int32", expected=[np.array([1, 5], np.int32)]),
    Case("MatrixDiagPart", tf.trace, (SQUARES,), name="trace", expected=lambda x: x[:, 0, 0] + x[:, 1, 1] + x[:, 2, 2]),
    Case("MatrixSetDiag", tf.matrix_set_diag, (SQUARE, draw(3)), expected=with_diagonal),
    Case("MatrixSetDiag", tf.matrix_set_diag, (BATCH_A, draw(5, 2)), name="wide", expected=with_diagonal),
    Case("MatrixSetDiag", tf.matrix_set_diag, (draw(2, 4, 3), draw(2, 3)), name="tall", expected=with_diagonal),
    Case(
        "MatrixSetDiag",
        tf.matrix_set_diag,
        (INTEGERS, np.array([8, 9], np.int32)),
        name="int32",
        expected=with_diagonal,
    ),
    Case("MatrixBandPart", lambda x: tf.matrix_band_part(x, 1, 0), (D,), expected=band(1, 0)),
    Case("MatrixBandPart", lambda x: tf.matrix_band_part(x, 0, -1), (BATCH_A,), name="upper", expected=band(0, -1)),
    Case("MatrixBandPart", lambda x: tf.matrix_band_part(x, -1, 0), (BATCH_A,), name="lower", expected=band(-1, 0)),
    Case(
        "MatrixBandPart",
        lambda x: tf.matrix_band_part(x, tf.constant(0), tf.constant(1)),
        (INTEGERS,),
        name="int32",
        expected=band(0, 1),
    ),
    Case(
        "MatrixDiag", lambda x: tf.eye(3, dtype=x.dtype) * x, (np.float32(2.0),), name="eye", expected=2.0 * np.eye(3)
    ),
    Case(
        "MatrixSetDiag",
        lambda x: tf.eye(2, 3, batch_shape=[2], dtype=x.dtype) * x,
        (np.float32(2.0),),
        name="eye",
        expected=np.stack([2.0 * np.eye(2, 3)] * 2),
    ),
    Case(
        "MatrixDiag",
        lambda n: tf.eye(n, dtype=tf.int32),
        (np.int32(3),),
        name="eye-unknown",
        expected=[np.eye(3, dtype=np.int32)],
    ),
    Case(
        "MatrixSetDiag",
        lambda n: tf.eye(n, 2, batch_shape=tf.constant([1])),
        (np.int32(3),),
        name="eye-unknown",
        expected=[np.eye(3, 2)[None]],
    ),
]


def qr_invariants(x):
    """Q R and R' R, which do not depend on the choice of signs."""
    return [x, adjoint(x) @ x]


def qr_products(x, **options):
    q, r = tf.qr(x, **options)
    return [tf.matmul(q, r), tf.matmul(r, r, adjoint_a=True)]


def eigen_invariants(x):
    """Return the eigenvalues, and the matrix put together again: what does not depend on the signs of eigenvectors."""
    x = np.tril(x) + adjoint(np.tril(x, -1))
    return [np.linalg.eigvalsh(x), x]


def eigen_products(x):
    e, v = tf.self_adjoint_eig(x)
    return [e, tf.matmul(v * e[..., tf.newaxis, :], v, transpose_b=True)]


def svd_products(x, full_matrices=False):
    """Return the matrices put together again, and their singular values."""
    s, u, v = tf.svd(x, full_matrices=full_matrices)
    k = s.shape[-1].value
    return tf.matmul(u[..., :k] * s[..., None, :], v[..., :k], adjoint_b=True), s


DECOMPOSITIONS = [
    Case("Qr", qr_products, (SQUARE,), expected=qr_invariants, atol=1e-5, hide=False),
    Case("Qr", qr_products, (draw(2, 4, 3),), name="tall", expected=qr_invariants, rtol=1e-4, atol=1e-5, hide=False),
    Case("Qr", qr_products, (BATCH_A,), name="wide", expected=qr_invariants, rtol=1e-4, atol=1e-5, grad_order=0),
    Case(
        "Qr",
        lambda x: qr_products(x, full_matrices=True),
        (D,),
        name="full",
        expected=qr_invariants,
        rtol=1e-4,
        atol=1e-5,
        grad_order=0,
    ),
    Case("Qr", tf.qr, (SQUARE + np.eye(3, dtype=np.float32),), name="factors", hide=False, grad_tol=1e-4),
    Case(
        "Svd",
        lambda x: tf.svd(x, compute_uv=False),
        (SQUARE,),
        name="values",
        rtol=1e-4,
        grad_order=1,
        expected=lambda x: np.linalg.svd(x, compute_uv=False),
    ),
    Case(
        "Svd",
        lambda x: svd_products(x),
        (BATCH_A,),
        name="products",
        rtol=1e-4,
        atol=1e-4,
        grad_order=0,
        hide=False,
        expected=lambda x: (x, np.linalg.svd(x, compute_uv=False)),
    ),
    Case(
        "Svd",
        lambda x: svd_products(x, full_matrices=True)[1],
        (BATCH_A,),
        name="full",
        rtol=1e-4,
        grad_order=0,
        expected=lambda x: np.linalg.svd(x, compute_uv=False),
    ),
    Case(
        "Svd",
        lambda x: tf.norm(x, ord=2, axis=(0, 1)),
        (D,),
        name="norm",
        rtol=1e-4,
        grad_order=1,
        expected=lambda x: np.linalg.norm(x, 2),
    ),
    Case(
        "Svd",
        lambda x: tf.norm(x, ord=2, axis=(-1, 0), keepdims=True),
        (BATCH_A,),
        name="norms",
        rtol=1e-4,
        grad_order=1,
        expected=lambda x: np.linalg.norm(x, 2, axis=(2, 0), keepdims=True),
    ),
    Case("SelfAdjointEigV2", eigen_products, (SQUARE,), expected=eigen_invariants, rtol=1e-4, atol=1e-4, hide=False),
    Case(
        "SelfAdjointEigV2",
        eigen_products,
        (SQUARES,),
        name="batch",
        expected=eigen_invariants,
        rtol=1e-4,
        atol=1e-4,
        hide=False,
    ),
    Case(
        "SelfAdjointEigV2",
        tf.self_adjoint_eigvals,
        (POSITIVE,),
        name="values",
        expected=np.linalg.eigvalsh,
        rtol=1e-4,
        hide=False,
    ),
    Case("MatrixInverse", tf.matrix_inverse, (SQUARE,), expected=np.linalg.inv, rtol=1e-4),
    Case(
        "MatrixInverse",
        lambda x: tf.matrix_inverse(x, adjoint=True),
        (SQUARES,),
        name="adjoint",
        expected=lambda x: np.linalg.inv(adjoint(x)),
        rtol=1e-4,
    ),
    Case(
        "MatrixInverse",
        tf.matrix_inverse,
        (np.zeros((2, 0, 0), np.float32),),
        name="empty",
        expected=np.zeros((2, 0, 0)),
    ),
    Case("MatrixInverse", **of_complex(tf.matrix_inverse, np.linalg.inv), inputs=(SQUARE, SQUARE.T * 0.5)),
    Case("MatrixSolve", tf.matrix_solve, (SQUARE, B), expected=np.linalg.solve, rtol=1e-4),
    Case(
        "MatrixSolve",
        lambda a, b: tf.matrix_solve(a, b, adjoint=True),
        (SQUARES, draw(2, 3, 2)),
        name="adjoint",
        expected=lambda a, b: np.linalg.solve(adjoint(a), b),
        rtol=1e-4,
    ),
    Case(
        "MatrixSolve",
        **of_complex(lambda a, b: tf.matrix_solve(a, b, adjoint=True), lambda a, b: np.linalg.solve(adjoint(a), b)),
        inputs=(SQUARE, SQUARE.T * 0.5, B, B[::-1] * 2.0),
    ),
    Case(
        "MatrixTriangularSolve",
        tf.matrix_triangular_solve,
        (SQUARE, B),
        rtol=1e-4,
        expected=lambda a, b: np.linalg.solve(np.tril(a), b),
    ),
    Case(
        "MatrixTriangularSolve",
        lambda a, b: tf.matrix_triangular_solve(a, b, lower=False),
        (SQUARES, draw(2, 3, 2)),
        name="upper",
        rtol=1e-4,
        expected=lambda a, b: np.linalg.solve(np.triu(a), b),
    ),
    Case(
        "MatrixTriangularSolve",
        lambda a, b: tf.matrix_triangular_solve(a, b, adjoint=True),
        (SQUARE, B),
        name="adjoint",
        rtol=1e-4,
        expected=lambda a, b: np.linalg.solve(np.tril(a).T, b),
    ),
    Case(
        "MatrixTriangularSolve",
        **of_complex(
            lambda a, b: tf.matrix_triangular_solve(a, b, lower=False, adjoint=True),
            lambda a, b: np.linalg.solve(adjoint(np.triu(a)), b),
        ),
        inputs=(SQUARE, SQUARE.T * 0.5, B, B[::-1] * 2.0),
    ),
    Case("MatrixDeterminant", tf.matrix_determinant, (SQUARE,), expected=np.linalg.det, rtol=1e-4),
    Case("MatrixDeterminant", tf.matrix_determinant, (SQUARES,), name="batch", expected=np.linalg.det, rtol=1e-4),
    Case(
        "Cholesky",
        lambda x: tf.cholesky(tf.matmul(x, x, transpose_b=True)),
        (SQUARE,),
        rtol=1e-3,
        atol=1e-4,
        expected=lambda x: np.linalg.cholesky(x @ x.T),
        hide=False,
    ),
    Case(
        "Cholesky",
        lambda x: tf.cholesky(tf.matmul(x, x, transpose_b=True)),
        (SQUARES,),
        name="batch",
        rtol=1e-3,
        atol=1e-4,
        expected=lambda x: np.linalg.cholesky(x @ adjoint(x)),
    ),
]

NORMS = [
    Case("Sqrt", tf.norm, (A,), name="norm", expected=np.linalg.norm),
    Case(
        "Sqrt",
        lambda x: tf.norm(x, axis=-1, keepdims=True),
        (BATCH_A,),
        name="norm-axis",
        expected=lambda x: np.linalg.norm(x, axis=-1, keepdims=True),
    ),
    Case(
        "Sqrt",
        lambda x: tf.norm(x, "fro", axis=[-2, -1]),
        (BATCH_A,),
        name="norm-frobenius",
        expected=lambda x: np.linalg.norm(x, "fro", (-2, -1)),
    ),
    Case("Abs", lambda x: tf.norm(x, 1), (A,), name="norm-1", expected=lambda x: np.abs(x).sum()),
    Case("Max", lambda x: tf.norm(x, np.inf), (A,), name="norm-inf", expected=lambda x: np.abs(x).max()),
    Case(
        "Pow",
        lambda x: tf.norm(x, 3, axis=0),
        (A,),
        name="norm-3",
        expected=lambda x: (np.abs(x) ** 3).sum(0) ** (1 / 3),
    ),
    Case(
        "Max", lambda x: tf.norm(x, 1, axis=(0, 1)), (A,), name="norm-matrix-1", expected=lambda x: np.linalg.norm(x, 1)
    ),
    Case(
        "Max",
        lambda x: tf.norm(x, np.inf, axis=(-2, -1)),
        (BATCH_A,),
        name="norm-matrix-inf",
        expected=lambda x: np.linalg.norm(x, np.inf, (-2, -1)),
    ),
]

CASES = [*PRODUCTS, *TENSORDOT, *PARTS, *DECOMPOSITIONS, *NORMS]
