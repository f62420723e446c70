"""Sparse tensors in the graph: fed, fetched, carried through branches; failed calls leave nothing."""

import numpy as np
import pytest

import minigraph as tf


@pytest.fixture
def sess():
    with tf.Session() as session:
        yield session


VALUE = tf.SparseTensorValue(np.array([[0, 1], [2, 0]]), np.array([5.0, 7.0], np.float32), np.array([3, 2]))


def test_a_tuple_a_list_and_a_value_are_fed_alike(sess):
    x = tf.sparse_placeholder(tf.float32)
    total = tf.sparse_reduce_sum(x, 0)
    for fed in (VALUE, tuple(VALUE), list(VALUE)):
        for _ in range(3):  # interpreted, recorded, replayed
            assert sess.run(total, {x: fed}).tolist() == [7.0, 5.0]


def test_other_values_with_the_same_shapes_give_other_results_in_a_recorded_run(sess):
    x = tf.sparse_placeholder(tf.float32)
    dense = tf.sparse_tensor_to_dense(x)
    for i in range(5):
        fed = VALUE._replace(indices=np.array([[0, i % 2], [2, 1]]), values=VALUE.values * i)
        expected = np.zeros((3, 2), np.float32)
        expected[0, i % 2], expected[2, 1] = 5.0 * i, 7.0 * i
        np.testing.assert_array_equal(sess.run(dense, {x: fed}), expected)


@pytest.mark.parametrize("fed", [3.0, np.eye(2)], ids=["number", "array"])
def test_what_is_no_value_of_a_sparse_tensor_is_refused(sess, fed):
    x = tf.sparse_placeholder(tf.float32, name="x")
    with pytest.raises(TypeError, match="'x/indices' is fed a SparseTensorValue or a tuple of its parts"):
        sess.run(x.values, {x: fed})


def test_it_is_fetched_in_nests_and_by_callables(sess):
    sparse = tf.SparseTensor([[1]], [2.5], [4])
    found = sess.run({"a": [sparse, sparse.values], "b": (sparse,)})
    assert isinstance(found["b"][0], tf.SparseTensorValue)
    assert found["a"][0].values == found["a"][1] == 2.5
    assert sess.make_callable(sparse)().dense_shape == [4]


def test_branches_give_sparse_tensors(sess):
    flag = tf.placeholder(tf.bool, [])
    sparse = tf.SparseTensor([[1]], [2.5], [4])
    chosen = tf.cond(flag, lambda: sparse, lambda: tf.SparseTensor([[0], [3]], [1.0, 2.0], [4]))
    assert sess.run(chosen, {flag: True}).values.tolist() == [2.5]
    assert sess.run(chosen, {flag: False}).values.tolist() == [1.0, 2.0]


def test_loops_carry_sparse_tensors(sess):
    start = tf.SparseTensor([[1]], [2.5], [4])
    _, last = tf.while_loop(
        lambda i, s: i < 3, lambda i, s: (i + 1, tf.SparseTensor(s.indices, s.values * 2.0, s.dense_shape)), [0, start]
    )
    assert sess.run(last).values.tolist() == [20.0]


@pytest.mark.parametrize(
    "call",
    [
        lambda s: tf.SparseTensor([[0, 0]], [1.0, 2.0], [2, 2]),
        lambda s: tf.sparse_add(s, tf.SparseTensor([[0, 0]], [1.0], [9, 9])),
        lambda s: tf.sparse_reshape(s, [7, 7]),
        lambda s: tf.sparse_retain(s, [True, False, True]),
        lambda s: tf.sparse_concat(0, [s, 3]),
        lambda s: tf.sparse_tensor_dense_matmul(s, [[1.0]] * 7),
        lambda s: tf.nn.embedding_lookup_sparse(tf.zeros([3, 2]), s, 3),
        lambda s: tf.contrib.lookup.HashTable(tf.contrib.lookup.KeyValueTensorInitializer(["a"], [[1]]), 0),
    ],
)
def test_a_call_that_fails_leaves_no_node(call):
    sparse = tf.SparseTensor([[0, 1], [2, 0]], [5.0, 7.0], [3, 2])
    graph = tf.get_default_graph()
    before = [op.name for op in graph.get_operations()]
    with pytest.raises((TypeError, ValueError)):
        call(sparse)
    made = [op for op in graph.get_operations() if op.name not in before]
    assert all(op.type in ("Const", "Fill") for op in made)  # the arguments that were made first


def test_gradients_reach_the_values_through_a_chain(sess):
    values = tf.placeholder(tf.float64, [3])
    sparse = tf.SparseTensor([[0, 1], [1, 0], [1, 1]], values, [2, 2])
    weights = tf.constant([[1.0], [3.0]], tf.float64)
    softened = tf.sparse_softmax(sparse)
    loss = tf.reduce_sum(tf.square(tf.sparse_tensor_dense_matmul(softened, weights)))
    gradient = tf.gradients(loss, values)[0]
    point, step = np.array([0.3, -0.2, 0.9]), 1e-6
    found = sess.run(gradient, {values: point})
    for i in range(3):
        moved = np.eye(3)[i] * step
        numeric = (sess.run(loss, {values: point + moved}) - sess.run(loss, {values: point - moved})) / (2 * step)
        assert abs(numeric - found[i]) < 1e-6
