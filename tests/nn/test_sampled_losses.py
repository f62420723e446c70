"""Errors of the candidate samplers and of `sparse_to_dense`, a file of weights, and what a sampled loss means."""

import numpy as np
import pytest

import minigraph as tf

CLASSES = np.array([[1], [2]], np.int64)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda c: tf.nn.uniform_candidate_sampler(c, 1, 5, True, 4), "Sampler's range is too small."),
        (
            lambda c: tf.nn.log_uniform_candidate_sampler(c, 2, 3, False, 4),
            "true_classes must have num_true columns, expected: 1 was: 2",
        ),
        (lambda c: tf.nn.learned_unigram_candidate_sampler(c, 1, 2, True, 2), "`true_candidate` out of range"),
        (lambda c: tf.nn.fixed_unigram_candidate_sampler(c, 1, 3, False, 3), "Must provide either vocab_file"),
        (
            lambda c: tf.nn.fixed_unigram_candidate_sampler(c, 1, 3, False, 3, "words", unigrams=[1.0]),
            "Must only provide one of vocab_file and unigrams.",
        ),
        (
            lambda c: tf.nn.fixed_unigram_candidate_sampler(c, 1, 3, False, 3, unigrams=[1.0]),
            "range is 3 must be equal to weights size  1",
        ),
        (lambda c: tf.sparse_to_dense([[0, 1], [0, 1]], [2, 3], [1, 2]), r"indices\[1\] = \[0,1\] is repeated"),
        (lambda c: tf.sparse_to_dense([[0, 1], [0, 0]], [2, 3], [1, 2]), r"indices\[1\] = \[0,0\] is out of order"),
        (lambda c: tf.sparse_to_dense([[0, 5]], [2, 3], [1]), r"is out of bounds: need 0 <= index < \[2,3\]"),
        (lambda c: tf.sparse_to_dense([[5, 0]], [2, 3], [1], validate_indices=False), "Indices are not valid"),
        (lambda c: tf.sparse_to_dense([[0, 1]], [2], [1]), "output_shape has incorrect number of elements: 1"),
        (lambda c: tf.sparse_to_dense([[0, 1]], [2, 3], [1, 2]), r"sparse_values has incorrect shape \[2\]"),
    ],
)
def test_errors_of_a_run(build, words):
    with tf.Session() as sess, pytest.raises(tf.errors.InvalidArgumentError, match=words):
        sess.run(build(tf.constant(CLASSES)))


def test_weights_in_a_file(tmp_path):
    path, broken = tmp_path / "words.csv", tmp_path / "broken.csv"
    path.write_text("the,6\nof,2\nzymurgy,0\n")
    broken.write_text("the,6\nof,many\n")
    make = tf.nn.fixed_unigram_candidate_sampler
    found = make(tf.constant(CLASSES), 1, 2, True, 3, vocab_file=str(path))
    wrong = make(tf.constant(CLASSES), 1, 2, True, 2, vocab_file=str(broken))
    absent = make(tf.constant(CLASSES), 1, 2, True, 2, vocab_file=str(tmp_path / "none"))
    with tf.Session() as sess:
        assert sorted(sess.run(found.sampled_candidates)) == [0, 1]
        with pytest.raises(tf.errors.InvalidArgumentError, match="Wrong vocabulary format at line: of,many"):
            sess.run(wrong)
        with pytest.raises(tf.errors.NotFoundError, match="No such file or directory"):
            sess.run(absent)


def test_a_sample_of_all_classes_is_the_softmax():
    """With every class drawn and hits removed, the sampled loss is the softmax of all classes."""
    random = np.random.RandomState(0)
    weights, biases, inputs = (random.randn(*shape).astype(np.float32) for shape in ((7, 3), (7,), (4, 3)))
    labels = np.array([[2], [0], [6], [2]], np.int64)
    everything = tf.nn.all_candidate_sampler(labels, 1, 7, True)
    loss = tf.nn.sampled_softmax_loss(weights, biases, tf.constant(labels), inputs, 7, 7, sampled_values=everything)
    logits = tf.matmul(inputs, weights, transpose_b=True) + biases
    whole = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels[:, 0], logits=logits)
    with tf.Session() as sess:
        np.testing.assert_allclose(*sess.run([loss, whole]), rtol=1e-5)


def test_a_failed_loss_leaves_nothing():
    with pytest.raises(ValueError, match="Dimensions must be equal"):
        tf.nn.nce_loss(np.zeros((9, 2), "f"), np.zeros(9, "f"), tf.constant([[4]]), np.ones((1, 3), "f"), 3, 9)
    assert {op.type for op in tf.get_default_graph().get_operations()} == {"Const"}


def test_learned_weights_begin_anew_in_a_session():
    classes = tf.constant([[0], [0], [0]], tf.int64)
    count = tf.nn.learned_unigram_candidate_sampler(classes, 1, 1, False, 3).true_expected_count
    for _ in range(2):
        with tf.Session() as sess:
            seen = [float(sess.run(count)[0, 0]) for _ in range(3)]
            np.testing.assert_allclose(seen, [1 / 3, 4 / 6, 7 / 9], rtol=1e-6)
