"""Reports on graphs with accumulators and sparse tensors."""

import pytest

import minigraph as tf


def test_an_accumulator_begins_each_order_with_the_same_sum():
    sess = tf.Session()
    accumulator = tf.ConditionalAccumulator(tf.float32, [])
    apply = accumulator.apply_grad(tf.constant(4.0), local_step=9)
    sess.run(accumulator.apply_grad(tf.constant(2.0), local_step=9))
    with tf.control_dependencies([apply]):
        mean = accumulator.take_grad(1)
    found = tf.explain.explore(mean, session=sess)
    assert [float(outcome.value) for outcome in found.outcomes] == [3.0]
    assert sess.run(accumulator.num_accumulated()) == 1  # the state of the session is left as it was


def test_a_sparse_tensor_has_several_names():
    sparse = tf.SparseTensor([[0]], [1.0], [2])
    with pytest.raises(
        TypeError, match="a tensor, operation, variable or name is wanted here, not <.*SparseTensor"
    ) as error:
        tf.explain.name_of(sparse)
    assert "SparseTensor/indices:0, SparseTensor/values:0" in str(error.value)
    assert tf.explain.name_of(sparse.values).name == "SparseTensor/values"
