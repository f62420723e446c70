"""Shapes that only a run knows: what does not fit is an error there, and never broadcast or wrapped around."""

from __future__ import annotations

import numpy as np
import pytest

import minigraph as tf

INVALID = tf.errors.InvalidArgumentError


def variable():
    return tf.Variable([1.0, 2.0])


@pytest.mark.parametrize(
    "build, shapes, error, text",
    [
        (
            lambda a: tf.assign_add(variable(), a),
            [(1,)],
            INVALID,
            "Parameters and update must be the same size\nThey are [2] and [1].",
        ),
        (
            lambda a: variable().assign_sub(a),
            [()],
            INVALID,
            "Parameters and update must be the same size\nThey are [2] and [].",
        ),
        (lambda a: tf.assign(variable(), a), [(1,)], INVALID, "Assign requires shapes of both tensors to match."),
        (tf.matmul, [(2,), (2, 2)], INVALID, "In[0] ndims must be >= 2: 1"),
        (tf.matmul, [(2, 2), ()], INVALID, "In[1] ndims must be >= 2: 0"),
        (
            lambda a, b: tf.nn.in_top_k(a, tf.cast(b, tf.int32), 1),
            [(2, 2), (1,)],
            INVALID,
            "First dimension of predictions 2 must match length of targets 1",
        ),
        (
            lambda a, b: tf.nn.in_top_k(a, tf.cast(b, tf.int32), 1),
            [(2, 2), (2, 1)],
            INVALID,
            "targets must be 1-dimensional",
        ),
        (
            lambda a: tf.cond(a > 0.0, lambda: 1, lambda: 2),
            [(2,)],
            INVALID,
            "The second input must be a scalar, but it has shape [2]",
        ),
        (
            tf.cross,
            [(2,), (2,)],
            tf.errors.FailedPreconditionError,
            "Cross-products are only defined for 3-element vectors.",
        ),
        (tf.cross, [(3,), (1, 3)], INVALID, "Both inputs must be of same shape: [3] vs. [1,3]"),
        (
            lambda a, b: tf.add_n([a, b]),
            [(2,), (1,)],
            INVALID,
            "Inputs to operation of type AddN must have the same size",
        ),
        (
            lambda a, b, c: tf.where(a > 0.0, b, c),
            [(3,), (2, 3), (2, 3)],
            INVALID,
            "Number of batches of 'then' must match",
        ),
        (lambda a: a[5], [(3,)], INVALID, "slice index 5 of dimension 0 out of bounds."),
        (lambda a: tf.transpose(a, [0, 0]), [(2, 2)], INVALID, "1 is missing from {0,0}."),
        # Recorded from TensorFlow 1.15.5, where numpy has words of its own.
        (tf.diag, [()], INVALID, "Input must be at least rank 1, got 0"),
        (
            tf.diag_part,
            [(2, 1, 1)],
            INVALID,
            f"The rank of the tensor should be {' ' * 41}even and positive, got shape [2,1,1]",
        ),
        (tf.diag_part, [(2, 3)], INVALID, "Invalid shape [2,3]: dimensions 0 and 1 do not match."),
        (tf.matrix_diag, [()], INVALID, "diagonal must be at least 1-dim, received shape: []"),
        (tf.matrix_diag_part, [(3,)], INVALID, "input must be at least 2-dim, received shape: [3]"),
        (tf.matrix_determinant, [(3,)], INVALID, "Input tensor 0 must have rank >= 2, got 1"),
        (tf.matrix_inverse, [(2, 3)], INVALID, "Input matrix must be square."),
        (tf.cholesky, [(2, 3)], INVALID, "Input matrix must be square."),
        (tf.self_adjoint_eigvals, [()], INVALID, "Input tensor 0 must have rank >= 2, got 0"),
        (tf.matrix_solve, [(2, 2), (2,)], INVALID, "All input tensors must have the same rank."),
        (lambda a: tf.split(a, 2, 0), [()], INVALID, "-input rank(-0) <= split_dim < input rank (0), but got 0"),
        (
            lambda a, b: tf.split(a, [1, -1], tf.cast(b, tf.int32)),
            [(3,), (0,)],
            INVALID,
            "split_dim_tensor must have exactly one element.",
        ),
        (lambda a: tf.gather(a, [0]), [()], INVALID, "params must be at least 1 dimensional"),
        (
            lambda a: tf.gather_nd(a, [[0, 0]]),
            [(0, 3)],
            INVALID,
            "Requested more than 0 entries, but params is empty.  Params shape: [0,3]",
        ),
        (
            lambda a: tf.scatter_nd(tf.cast(a, tf.int32), a, [0, 3, 2]),
            [(2, 2, 2)],
            INVALID,
            "Indices and updates specified for empty output.  indices shape: [2,2,2]",
        ),
        (
            lambda a: tf.slice(a, [0], [1]),
            [(0,)],
            INVALID,
            "Expected begin[0] == 0 (got 0) and size[0] == 0 (got 1) when input.dim_size(0) == 0",
        ),
        (
            lambda a, b: tf.strided_slice(a, tf.cast(b, tf.int32), [1]),
            [(3,), (2,)],
            INVALID,
            "Expected begin, end, and strides to be 1D equal size tensors, but got shapes [2], [1], and ",
        ),
        (
            lambda a: tf.space_to_batch_nd(a, [2], [[0, 0]]),
            [(1, 3)],
            INVALID,
            "padded_shape[0]=3 is not divisible by block_shape[0]=2",
        ),
        (lambda a: tf.linspace(a, 1.0, 3), [(2,)], INVALID, "start must be a scalar, not shape [2]"),
        (lambda a: tf.stack([a, a], 3), [(3,)], INVALID, "axis = 3 not in [-2, 2)"),
        (tf.nn.bias_add, [(2, 3), ()], INVALID, "Biases must be 1D: []"),
        (lambda a, b: tf.segment_sum(a, tf.cast(b, tf.int32)), [(2,), ()], INVALID, "segment_ids should be a vector."),
        (
            lambda a, b: tf.unsorted_segment_sum(a, tf.cast(b, tf.int32), 3),
            [(2,), (3,)],
            INVALID,
            "data.shape = [2] does not start with segment_ids.shape = [3]",
        ),
        (
            lambda a, b: tf.pad(a, tf.cast(b, tf.int32)),
            [(2,), (3,)],
            INVALID,
            "paddings must be a matrix with 2 columns: [3]",
        ),
        (
            lambda a, b: tf.tile(a, tf.cast(b, tf.int32)),
            [(2,), ()],
            INVALID,
            "Expected multiples to be 1-D, but got shape []",
        ),
        (lambda a, b: tf.transpose(a, tf.cast(b, tf.int32)), [(2,), ()], INVALID, "perm must be a vector, not []"),
        (
            lambda a, b: tf.expand_dims(a, tf.cast(b, tf.int32)),
            [(2,), (3,)],
            INVALID,
            "'dim' must be a tensor with a single value",
        ),
        (lambda a, b: tf.reverse(a, tf.cast(b, tf.int32)), [(2,), ()], INVALID, "'dims' must be 1-dimension, not 0"),
        (
            lambda a, b: tf.argmax(a, tf.cast(b, tf.int32)),
            [(2,), (3,)],
            INVALID,
            "dim must be a scalar, but received tensor of shape: [3]",
        ),
        (
            lambda a, b: tf.multinomial(a, tf.cast(b, tf.int32)),
            [(2, 3), (3,)],
            INVALID,
            "num_samples should be a scalar, got shape [3]",
        ),
        (
            lambda a: tf.nn.conv2d(a, np.ones((5, 1, 1, 1), np.float32), 1, "VALID"),
            [(1, 3, 3, 1)],
            INVALID,
            "Computed output size would be negative: -1 [input_size: 3, effective_filter_size: 5, stride: 1]",
        ),
        (
            lambda a: tf.nn.max_pool(a, [1, 7, 1, 1], 1, "VALID"),
            [(1, 4, 4, 1)],
            INVALID,
            "Computed output size would be negative: -2 [input_size: 4, effective_filter_size: 7, stride: 1]",
        ),
        (
            lambda a: tf.nn.max_pool(a, 2, 2, "SAME"),
            [(4, 4, 1)],
            INVALID,
            "tensor_in_shape must have 2 spatial dimensions. 3 0",
        ),
        (
            lambda a: tf.nn.max_pool(a, [1, 2, 2, 2], [1, 2, 2, 2], "SAME"),
            [(1, 4, 4, 4)],
            tf.errors.UnimplementedError,
            "MaxPooling supports exactly one of pooling across depth or pooling across width/height.",
        ),
        (
            lambda a: tf.nn.max_pool(a, [1, 1, 1, 3], [1, 1, 1, 3], "VALID"),
            [(1, 4, 4, 4)],
            tf.errors.UnimplementedError,
            "Depthwise max pooling requires the depth window to evenly divide the input depth",
        ),
        (
            lambda a: tf.nn.max_pool(a, [1, 1, 1, 2], 1, "VALID"),
            [(1, 4, 4, 4)],
            tf.errors.UnimplementedError,
            "Depthwise max pooling requires the depth window to equal the depth stride",
        ),
        (
            lambda a: tf.gradients(tf.nn.max_pool(a, [1, 1, 1, 2], [1, 1, 1, 2], "VALID"), a),
            [(1, 4, 4, 4)],
            tf.errors.UnimplementedError,
            "MaxPoolingGrad is not yet supported on the depth dimension.",
        ),
        (
            lambda a: tf.nn.avg_pool(a, [1, 1, 1, 2], [1, 1, 1, 2], "VALID"),
            [(1, 4, 4, 4)],
            tf.errors.UnimplementedError,
            "Non-spatial pooling is not yet supported. Volunteers? :)",
        ),
        (
            lambda a: tf.ensure_shape(tf.identity(a, name="MyId"), [3, 3]),
            [(2, 1)],
            INVALID,
            "Shape of tensor MyId [2,1] is not compatible with expected shape [3,3].",
        ),
        (
            lambda a: tf.assert_rank(a, tf.cast(a, tf.int32)),
            [(2,)],
            INVALID,
            "assertion failed: [Rank must be a scalar. Received rank: ] [1 1]",
        ),
        (
            lambda a: tf.assert_rank_in(a, [tf.cast(a, tf.int32), 1]),
            [(2,)],
            INVALID,
            "assertion failed: [Rank must be a scalar. Received rank: ] [1 1]",
        ),
        (
            lambda a: tf.random_uniform([2], tf.cast(a, tf.int32), 5, tf.int32),
            [(2,)],
            INVALID,
            "minval must be 0-D, got shape [2]",
        ),
    ],
)
def test_what_does_not_fit(build, shapes, error, text):
    with tf.Graph().as_default(), tf.Session() as sess:
        xs = [tf.placeholder(tf.float32) for _ in shapes]
        y = build(*xs)
        sess.run(tf.global_variables_initializer())
        for _ in range(2):
            with pytest.raises(error) as caught:
                sess.run(y, {x: np.ones(shape) for x, shape in zip(xs, shapes)})
            assert caught.value.message.startswith(text)


def hidden(value):
    """Return a tensor whose shape is not known before the run."""
    return tf.placeholder_with_default(value, None)


@pytest.mark.parametrize(
    "build, shape",
    [
        (lambda: tf.unsorted_segment_sum(np.zeros([2, 0], np.float32), [0, 1], 3), (3, 0)),
        (lambda: tf.random_uniform([0, 3], 5, 5, tf.int32), (0, 3)),
        (lambda: tf.broadcast_to(hidden(np.ones([3])), [0, 1, 2]), (0, 1, 2)),
        (lambda: tf.nn.max_pool(tf.ones([0, 4, 4, 1]), 2, 1, "VALID"), (0, 3, 3, 1)),
        (lambda: tf.nn.avg_pool(tf.ones([0, 4, 4, 1]), 2, 1, "VALID"), (0, 3, 3, 1)),
        (lambda: tf.reverse(hidden(1.0), [0]), ()),
    ],
)
def test_what_is_empty_fits(build, shape):
    with tf.Graph().as_default(), tf.Session() as sess:
        assert sess.run(build()).shape == shape


@pytest.mark.parametrize(
    "build, shape",
    [
        (lambda: tf.fill(tf.TensorShape([2**33]), 1.0), (2**33,)),
        (lambda: tf.zeros([2**33, 1]), (2**33, 1)),
        (lambda: tf.truncated_normal(tf.TensorShape([2**33, 1])), (2**33, 1)),
    ],
)
def test_sizes_that_need_64_bits(build, shape):
    with tf.Graph().as_default():
        assert build().shape == shape
        with pytest.raises(ValueError, match=r"a dimension is too large \(8589934592\)"):
            tf.convert_to_tensor(tf.TensorShape([2**33]), tf.int32)
