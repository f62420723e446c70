"""Reductions, segments and clipping: what the table of cases does not hold: spellings, combinations, errors."""

from __future__ import annotations

import numpy as np
import pytest

import minigraph as tf

ROWS = [[1, 2], [3, 4]]


def run(build):
    with tf.Graph().as_default(), tf.Session() as sess:
        return sess.run(build())


def known(values):
    return tf.constant(values)


def unknown(values):
    return tf.placeholder_with_default(np.asarray(values), None)


@pytest.mark.parametrize(
    "build, expected",
    [
        (lambda: tf.reduce_sum(ROWS, reduction_indices=1), [3, 7]),
        (lambda: tf.reduce_sum(ROWS, keep_dims=True), [[10]]),
        (lambda: tf.reduce_sum(ROWS, [0, -2]), [4, 6]),
        (lambda: tf.argmax([1, 5], dimension=0), 1),
        (lambda: tf.arg_max([1, 5], 0), 1),
        (lambda: tf.arg_min([1, 5], 0, tf.int32), 0),
        (lambda: tf.reduce_logsumexp([[0.0, 0.0], [1.0, 1.0]], axis=1, keepdims=True), [[0.6931472], [1.6931472]]),
        (
            lambda: tf.reduce_logsumexp([[0.0, 0.0], [1.0, 1.0]], reduction_indices=[0], keep_dims=True),
            [[1.3132616] * 2],
        ),
        (lambda: tf.reduce_logsumexp([-np.inf, -np.inf]), -np.inf),
        (lambda: tf.reduce_logsumexp([1000.0, 1000.0]), 1000.6931),
        (lambda: tf.math.reduce_variance([1, 2]), 0),
        (lambda: tf.math.reduce_std([1.0, 2.0, 5.0], keepdims=True), [np.std([1, 2, 5])]),
        (lambda: tf.count_nonzero([0, 1, 2]), 2),
        (lambda: tf.count_nonzero(["", "a", "b"]), 2),
        (lambda: tf.count_nonzero([True, False], dtype=tf.int32), 1),
        (lambda: tf.count_nonzero(input=[0.0, 1.0]), 1),
        (lambda: tf.count_nonzero([[0.0, 1.0]], axis=1, keep_dims=True), [[1]]),
        (lambda: tf.segment_mean([1, 2, 2], [0, 0, 0]), [1]),
        (lambda: tf.unsorted_segment_mean([1, 2], [0, 2], 3), [1, 0, 2]),
        (lambda: tf.unsorted_segment_sqrt_n([1.0, 3.0], [0, 0], 2), [4.0 / np.sqrt(2.0), 0.0]),
        (lambda: tf.add_n([tf.constant(1)]), 1),
        (lambda: tf.accumulate_n([tf.constant([1]), tf.constant([4])]), [5]),
    ],
)
def test_value(build, expected):
    np.testing.assert_allclose(run(build), expected, rtol=1e-6)


@pytest.mark.parametrize(
    "build, expected",
    [
        (lambda: tf.clip_by_value(tf.constant([1, 5]), 2, 3), [2, 3]),
        (lambda: tf.clip_by_value(tf.constant([np.nan, 5.0]), 2, 3), [np.nan, 3.0]),
        (lambda: tf.clip_by_value(tf.IndexedSlices(known([[3.0, 4.0]]), known([0])), 1.0, 2.0).values, [[2.0, 2.0]]),
        (lambda: tf.clip_by_norm([3.0, 4.0], 0.0), [0.0, 0.0]),
        (lambda: tf.clip_by_norm([0.0, 0.0], 1.0), [0.0, 0.0]),
        (lambda: tf.clip_by_norm([[3.0, 4.0], [6.0, 8.0]], 5.0, axes=[1]), [[3.0, 4.0], [3.0, 4.0]]),
        (lambda: tf.clip_by_norm(tf.IndexedSlices(known([[3.0, 4.0]]), known([0])), 1.0).values, [[0.6, 0.8]]),
        (lambda: tf.clip_by_average_norm([3.0, 4.0], 1.0), [1.2, 1.6]),
        (lambda: tf.global_norm([]), 0.0),
        (lambda: tf.global_norm([None, known([3.0]), tf.IndexedSlices(known([[4.0]]), known([0]))]), 5.0),
        (lambda: tf.clip_by_global_norm([known(3.0), None, known(4.0)], 1.0)[0][0], 0.6),
        (lambda: tf.clip_by_global_norm([known(3.0), known(np.inf)], 1.0)[0][0], np.nan),
        (lambda: tf.clip_by_global_norm([known(3.0)], 1.0, use_norm=known(10.0))[0][0], 0.3),
        (lambda: tf.clip_by_global_norm([known(3.0)], -1.0)[0][0], 3.0),
    ],
)
def test_clipping(build, expected):
    np.testing.assert_allclose(run(build), expected, rtol=1e-6)


def gradient(function, x):
    x = tf.constant(x)
    return tf.gradients(function(x), x)[0]


@pytest.mark.parametrize(
    "function, x, expected",
    [
        (tf.cumprod, [2.0, 0.0, 3.0], [1.0, np.nan, 0.0]),  # divides by x, as in TF1
        (tf.reduce_prod, [2.0, 0.0, 3.0], [0.0, 6.0, 0.0]),
        (tf.reduce_max, [2.0, 2.0, np.nan], [0.5, 0.5, 0.0]),
        (tf.reduce_max, 1.5, 1.0),
        (tf.reduce_prod, 1.5, 1.0),
        (tf.reduce_logsumexp, [-np.inf, 1.0], [0.0, 1.0]),
        (lambda x: tf.clip_by_value(x, 2.0, 3.0), [1.0, 2.0, 2.5, 3.0, 4.0], [0.0, 1.0, 1.0, 1.0, 0.0]),
        (lambda x: tf.clip_by_norm(x, 2.0), [0.0, 0.0], [1.0, 1.0]),
        (lambda x: tf.unsorted_segment_prod(x, [0, 0, 2, -1], 3), [1.0, 0.0, 5.0, 6.0], [0.0, 1.0, 1.0, 0.0]),
    ],
)
def test_gradient(function, x, expected):
    np.testing.assert_allclose(run(lambda: gradient(function, x)), expected, rtol=1e-6)


def test_no_gradient():
    with tf.Graph().as_default():
        assert gradient(tf.math.reduce_euclidean_norm, [3.0, 4.0]) is None
        with pytest.raises(LookupError, match="^No gradient defined for operation 'SegmentProd' "):
            gradient(lambda x: tf.segment_prod(x, [0, 1]), [1.0, 2.0])


@pytest.mark.parametrize(
    "build, error, text",
    [
        (lambda: tf.reduce_sum(ROWS, 2), ValueError, "Invalid reduction dimension 2 for input with 2 dimensions."),
        (
            lambda: tf.reduce_sum(ROWS, [[0, 1]]),
            ValueError,
            "Shape must be at most rank 1 but is rank 2 for 'Sum' (op: 'Sum') with input shapes: [2,2], [1,2].",
        ),
        (
            lambda: tf.reduce_sum(ROWS, 0, reduction_indices=1),
            ValueError,
            "Cannot specify both 'reduction_indices' and 'axis'",
        ),
        (
            lambda: tf.reduce_sum(ROWS, keep_dims=True, keepdims=False),
            ValueError,
            "Cannot specify both 'keep_dims' and 'keepdims'",
        ),
        (
            lambda: tf.reduce_sum([[True]]),
            TypeError,
            "Value passed to parameter 'input' has DataType bool not in list of allowed values: ",
        ),
        (lambda: tf.count_nonzero([0.0], input=[1.0]), ValueError, "Cannot specify both 'input_tensor' and 'input'"),
        (
            lambda: tf.argmax([1, 2], 1),
            tf.errors.InvalidArgumentError,
            "Expected dimension in the range [-1, 1), but got 1",
        ),
        (
            lambda: tf.argmax(ROWS, 2),
            ValueError,
            "Dimension (2) must be in the range [-2, 2), where 2 is the number of dimensions in the input.",
        ),
        (lambda: tf.argmax([1, 2], 0, dimension=0), ValueError, "Cannot specify both 'dimension' and 'axis'"),
        (
            lambda: tf.argmax([1], output_type=tf.float32),
            TypeError,
            "Value passed to parameter 'output_type' has DataType float32 not in list of allowed values: int32, int64",
        ),
        (lambda: tf.argmax(3.0), tf.errors.InvalidArgumentError, "Expected dimension in the range [0, 0), but got 0"),
        (
            lambda: tf.argmax(tf.zeros([0, 3])),
            tf.errors.InvalidArgumentError,
            "Reduction axis 0 is empty in shape [0,3]",
        ),
        (
            lambda: tf.argmax([[1, 5]], [0]),
            ValueError,
            "Shape must be rank 0 but is rank 1 for 'ArgMax' (op: 'ArgMax') with input shapes: [1,2], [1].",
        ),
        (
            lambda: tf.cumsum([1, 2], 1),
            tf.errors.InvalidArgumentError,
            "ScanOp: Expected scan axis in the range [-1, 1), but got 1",
        ),
        (lambda: tf.cumsum([1, 2], [0]), tf.errors.InvalidArgumentError, "ScanOp: axis must be a scalar, not [1]"),
        (
            lambda: tf.add_n([]),
            ValueError,
            "inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and shape",
        ),
        (
            lambda: tf.add_n([known([1]), known([2, 3])]),
            ValueError,
            "Dimension 0 in both shapes must be equal, but are 1 and 2. Shapes are [1] and [2].",
        ),
        (
            lambda: tf.add_n([known([1]), known([1]), known([[2]])]),
            ValueError,
            "Shapes must be equal rank, but are 1 and 2\n\tFrom merging shape 1 with other shapes.",
        ),
        (
            lambda: tf.add_n([known(1), known(2.0)]),
            TypeError,
            "Tensors in list passed to 'inputs' of 'AddN' Op have types [int32, float32] that don't all match.",
        ),
        (
            lambda: tf.accumulate_n([known(1), known(2.0)]),
            ValueError,
            "inputs must be a list of at least one Tensor with the same dtype and shape",
        ),
        (lambda: tf.accumulate_n([known([1])] * 2, shape=[2]), ValueError, "Shapes (2,) and (1,) are not compatible"),
        (
            lambda: tf.accumulate_n([known([1])] * 2, tensor_dtype=tf.float32),
            TypeError,
            "tensor_dtype is <dtype: 'float32'>, but input is of type <dtype: 'int32'>",
        ),
        (
            lambda: tf.nn.l2_loss([1, 2]),
            TypeError,
            "Value passed to parameter 't' has DataType int32 not in list of allowed "
            "values: float16, bfloat16, float32, float64",
        ),
        (
            lambda: tf.reduce_sum(unknown(ROWS), 2),
            tf.errors.InvalidArgumentError,
            "Invalid reduction dimension (2 for input with 2 dimension(s)",
        ),
        (
            lambda: tf.reduce_mean(unknown(ROWS), [0, -3]),
            tf.errors.InvalidArgumentError,
            "Invalid reduction dimension (-3 for input with 2 dimension(s)",
        ),
        (
            lambda: tf.segment_sum([1, 2], [0, 0, 1]),
            tf.errors.InvalidArgumentError,
            "segment_ids should be the same size as dimension 0 of input.",
        ),
        (lambda: tf.segment_prod([1, 2], [1, 0]), tf.errors.InvalidArgumentError, "segment ids are not increasing"),
        (lambda: tf.segment_max([1, 2], [0, -1]), tf.errors.InvalidArgumentError, "segment ids must be >= 0"),
        (
            lambda: tf.segment_mean([1, 2, 3], [-1, -2, 4]),
            tf.errors.InvalidArgumentError,
            "segment ids are not increasing",
        ),
        (
            lambda: tf.segment_sum([1, 2, 3], [-5, 3, 0]),
            tf.errors.InvalidArgumentError,
            "Segment id -5 out of range [0, 1), possibly because 'segment_ids' input is not sorted.",
        ),
        (
            lambda: tf.segment_sum([1, 2], [-1, 0]),
            tf.errors.InvalidArgumentError,
            "Segment id -1 out of range [0, 1), possibly because 'segment_ids' input is not sorted.",
        ),
        (lambda: tf.segment_sum(1, [0]), ValueError, "Shape must be at least rank 1 but is rank 0 for 'SegmentSum'"),
        (
            lambda: tf.unsorted_segment_sum([1.0, 2.0], [0, 3], 3),
            tf.errors.InvalidArgumentError,
            "segment_ids[1] = 3 is out of range [0, 3)",
        ),
        (
            lambda: tf.unsorted_segment_max([1.0, 2.0], [0, 0, 0], 3),
            ValueError,
            "Dimensions must be equal, but are 2 and 3 "
            "for 'UnsortedSegmentMax' (op: 'UnsortedSegmentMax') with input shapes: [2], [3], [].",
        ),
        (
            lambda: tf.unsorted_segment_sum([1.0], [0], -3),
            ValueError,
            "Dimension size, given by scalar input 2, must be non-negative but is -3 for 'UnsortedSegmentSum'",
        ),
        (lambda: tf.unsorted_segment_sum([1.0], [0], [3]), ValueError, "Shape must be rank 0 but is rank 1 for "),
        (lambda: tf.clip_by_value(known(1.0), [0.0, 0.0], 1.0), ValueError, "Shapes () and (2,) are not compatible"),
        (
            lambda: tf.clip_by_value([1, 2], 0.5, 1.0),
            TypeError,
            "Expected int32 passed to parameter 'y' of op 'Minimum', got 1.0 of type 'float' instead.",
        ),
        (lambda: tf.global_norm(known([1.0])), TypeError, "t_list should be a sequence"),
        (lambda: tf.clip_by_global_norm("ab", 1.0), TypeError, "t_list should be a sequence"),
    ],
)
def test_error(build, error, text):
    with pytest.raises(error) as caught:
        run(build)
    assert str(caught.value).startswith(text)
