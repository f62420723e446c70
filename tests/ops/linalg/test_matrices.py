"""Matrices: the errors, and arguments without effect."""

from __future__ import annotations

import pytest

import minigraph as tf

SINGULAR = [[2.0, 9.0], [0.0, 0.0]]
NOT_SQUARE = [[2.0, 9.0, 1.0], [0.0, 0.0, 1.0]]
INVALID = tf.errors.InvalidArgumentError


def run(build):
    with tf.Graph().as_default(), tf.Session() as sess:
        return sess.run(build())


def gradient(function, x):
    x = tf.constant(x) if isinstance(x, list) else x
    return tf.gradients(function(x), x)[0]


@pytest.mark.parametrize(
    "build, error, text",
    [
        (lambda: tf.matmul([1.0, 2.0], [[1.0], [2.0]]), ValueError, "Shape must be rank 2 but is rank 1 for 'MatMul'"),
        (
            lambda: tf.matmul([[1.0, 2.0]], [[1.0, 2.0]]),
            ValueError,
            "Dimensions must be equal, but are 2 and 1 for 'MatMul' (op: 'MatMul') with input shapes: [1,2], [1,2].",
        ),
        (
            lambda: tf.matmul([[1.0]], [[1.0]], transpose_a=True, adjoint_a=True),
            ValueError,
            "Only one of transpose_a and adjoint_a can be True.",
        ),
        (
            lambda: tf.matmul([[1.0]], [[1.0]], transpose_b=True, adjoint_b=True),
            ValueError,
            "Only one of transpose_b and adjoint_b can be True.",
        ),
        (lambda: tf.tensordot(tf.zeros([2, 3]), tf.zeros([3, 2]), -1), ValueError, "'axes' must be at least 0."),
        (
            lambda: tf.tensordot(tf.zeros([2, 3]), tf.zeros([3, 2]), 3),
            ValueError,
            "'axes' must not be larger than the number of dimensions of tensor ",
        ),
        (
            lambda: tf.tensordot(tf.zeros([2, 3]), tf.zeros([3, 2]), [[0, 1], [1]]),
            ValueError,
            "Different number of contraction axes 'a' and 'b', 2 != 1.",
        ),
        (
            lambda: tf.tensordot(tf.zeros([2, 3]), tf.zeros([3, 2]), [[0], [1], [2]]),
            ValueError,
            "'axes' must be an integer or have length 2.",
        ),
        (lambda: tf.diag(1.0), ValueError, "Shape must be at least rank 1 but is rank 0 for 'Diag'"),
        (
            lambda: tf.diag_part(tf.zeros([2, 3])),
            ValueError,
            "Dimensions must be equal, but are 2 and 3 for 'DiagPart'",
        ),
        (lambda: tf.diag_part(tf.zeros([2])), ValueError, "Input must have even and non-zero rank, input rank is 1"),
        (lambda: tf.matrix_diag(1.0), ValueError, "Shape must be at least rank 1 but is rank 0 for 'diag'"),
        (lambda: tf.matrix_diag_part([1.0]), ValueError, "Shape must be at least rank 2 but is rank 1 for 'diag_part'"),
        (
            lambda: tf.matrix_set_diag([1.0], [1.0]),
            ValueError,
            "Shape must be at least rank 2 but is rank 1 for 'set_diag'",
        ),
        (
            lambda: tf.matrix_set_diag([[1.0]], 1.0),
            ValueError,
            "Shape must be at least rank 1 but is rank 0 for 'set_diag'",
        ),
        (
            lambda: tf.matrix_set_diag([[1.0, 2.0]], [1.0, 3.0]),
            ValueError,
            "Dimensions must be equal, but are 1 and 2 for ",
        ),
        (
            lambda: tf.matrix_set_diag(tf.zeros([2, 3, 3]), tf.zeros([3, 3])),
            INVALID,
            "Either first dimensions of diagonal "
            "don't match input.shape[:-2], or diagonal.shape[:-1] is not equal to the longests diagonal in range ",
        ),
        (lambda: tf.matrix_band_part([1.0], 0, 0), INVALID, "input must be at least 2-dim, received shape: [1]"),
        (
            lambda: tf.matrix_band_part([[1.0]], 2, 0),
            INVALID,
            "num_lower must be negative or less or equal to number of rows (1) got: 2",
        ),
        (
            lambda: tf.matrix_band_part([[1.0, 2.0]], 0, 3),
            INVALID,
            "num_upper must be negative or less or equal to number of columns (2) got: 3",
        ),
        (lambda: tf.matrix_band_part([[1.0]], [2], 0), INVALID, "num_lower must be scalar, got shape [1]"),
        (lambda: tf.eye(2.0), TypeError, "num_rows and num_columns must be positive integer values."),
        (lambda: tf.qr([1.0, 2.0])[0], ValueError, "Shape must be at least rank 2 but is rank 1 for 'Qr'"),
        (
            lambda: gradient(lambda x: tf.qr(x)[0], NOT_SQUARE),
            NotImplementedError,
            "QrGrad not implemented when ncols > nrows or full_matrices is true and ncols != nrows.",
        ),
        (
            lambda: gradient(lambda x: tf.real(tf.qr(x)[0]), [[1j, 2.0], [3.0, 4.0]]),
            NotImplementedError,
            "QrGrad not implemented for dtype: <dtype: 'complex128'>",
        ),
        (
            lambda: gradient(lambda x: tf.qr(x)[0], tf.placeholder(tf.float32, [None, 2])),
            NotImplementedError,
            "QrGrad not implemented with dynamic shapes.",
        ),
        (lambda: tf.matrix_inverse(SINGULAR), INVALID, "Input is not invertible."),
        (lambda: tf.matrix_inverse(NOT_SQUARE), ValueError, "Dimensions must be equal, but are 2 and 3 for "),
        (lambda: tf.matrix_solve(SINGULAR, [[1.0], [2.0]]), INVALID, "Input matrix is not invertible."),
        (
            lambda: tf.matrix_solve(SINGULAR, [[1.0]] * 3),
            ValueError,
            "Dimensions must be equal, but are 2 and 3 for "
            "'MatrixSolve' (op: 'MatrixSolve') with input shapes: [2,2], [3,1].",
        ),
        (lambda: tf.matrix_solve(SINGULAR, [1.0]), ValueError, "Shape must be at least rank 2 but is rank 1 for "),
        (lambda: tf.matrix_triangular_solve(SINGULAR, [[1.0], [2.0]]), INVALID, "Input matrix is not invertible."),
        (lambda: tf.matrix_determinant([2.0]), ValueError, "Shape must be at least rank 2 but is rank 1 for "),
        (lambda: tf.cholesky([[1.0, 2.0], [2.0, 1.0]]), INVALID, "Cholesky decomposition was not successful."),
        (lambda: tf.norm([1.0], ord=-1), ValueError, "'ord' must be a supported vector norm, got -1"),
        (lambda: tf.norm([1.0], ord="fro"), ValueError, "'ord' must be a supported vector norm, got fro"),
        (
            lambda: tf.norm([[1.0]], axis=[0, 0]),
            ValueError,
            "'axis' must be None, an integer, or a tuple of 2 unique integers",
        ),
        (
            lambda: tf.norm([[1.0]], keep_dims=True, keepdims=True),
            ValueError,
            "Cannot specify both 'keep_dims' and 'keepdims'",
        ),
    ],
)
def test_error(build, error, text):
    with pytest.raises(error) as caught:
        run(build)
    assert str(caught.value).startswith(text)


def test_arguments_without_effect():
    assert run(lambda: tf.matrix_diag([1, 2], k=1, num_rows=4, padding_value=9)).tolist() == [[1, 0], [0, 2]]
    assert run(lambda: tf.matrix_diag_part([[1, 2], [3, 4]], k=1)).tolist() == [1, 4]
    assert run(lambda: tf.matrix_set_diag([[1, 2], [3, 4]], [8, 9], k=1)).tolist() == [[8, 2], [3, 9]]


def test_sizes_of_set_diag_follow_from_the_diagonal():
    with tf.Graph().as_default():
        matrices, diagonal = tf.placeholder(tf.float32, [None, 3, 4]), tf.placeholder(tf.float32, [5, None])
        assert tf.matrix_set_diag(matrices, diagonal).shape.as_list() == [5, 3, 4]


def test_reshape_completes_a_partly_known_shape():
    with tf.Graph().as_default():
        rows = tf.placeholder(tf.float32, [None, 3])
        assert tf.reshape(tf.zeros([9]), tf.shape(rows)).shape.as_list() == [3, 3]
