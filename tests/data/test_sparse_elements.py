"""Sparse tensors as components of elements. What is expected here, TensorFlow 1.15.5 gives."""

import numpy as np
import pytest

import minigraph as tf

WHOLE = [[0.0, 1.0], [0.0, 0.0], [2.0, 0.0]]


def sparse():
    return tf.SparseTensor([[0, 1], [2, 0]], [1.0, 2.0], [3, 2])


def all_of(dataset, count):
    element = dataset.make_one_shot_iterator().get_next()
    with tf.Session() as sess:
        found = [sess.run(element) for _ in range(count)]
        with pytest.raises(tf.errors.OutOfRangeError):
            sess.run(element)
    return found


def dense(value):
    result = np.zeros(value.dense_shape, value.values.dtype)
    result[tuple(value.indices.T)] = value.values
    return result.tolist()


def test_the_rows_of_a_sparse_tensor():
    dataset = tf.data.Dataset.from_tensor_slices(sparse())
    assert (dataset.output_classes, dataset.output_types) == (tf.SparseTensor, tf.float32)
    assert repr(dataset) == "<DatasetV1Adapter shapes: (2,), types: tf.float32>"
    assert repr(dataset.element_spec) == "SparseTensorSpec(TensorShape([Dimension(2)]), tf.float32)"
    assert [dense(row) for row in all_of(dataset, 3)] == WHOLE


def test_batches_have_the_largest_size():
    short, long = (tf.data.Dataset.from_tensors(tf.SparseTensor([[0]], [1.0], [size])) for size in (3, 7))
    batched = short.concatenate(long).batch(2)
    assert batched.output_shapes.as_list() == [None, None]
    (found,) = all_of(batched, 1)
    assert (found.indices.tolist(), found.dense_shape.tolist()) == ([[0, 0], [1, 0]], [2, 7])


def test_batches_of_batches_in_a_structure():
    value = tf.SparseTensorValue(np.array([[0, 1]]), np.array([5.0]), (3, 2))
    (found,) = all_of(tf.data.Dataset.from_tensors({"a": value, "b": 1}).repeat(4).batch(2).batch(2), 1)
    assert found["b"].tolist() == [[1, 1], [1, 1]]
    assert found["a"].indices.tolist() == [[i, j, 0, 1] for i in (0, 1) for j in (0, 1)]
    assert found["a"].dense_shape.tolist() == [2, 2, 3, 2]


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.map(lambda x: tf.SparseTensor(x.indices, x.values, x.dense_shape)),
        lambda d: d.batch(2).apply(tf.data.experimental.unbatch()),
        lambda d: d.window(2).flat_map(lambda window: window),
        lambda d: d.interleave(lambda x: tf.data.Dataset.from_tensors(x), 1),
        lambda d: d.map(lambda x: x, num_parallel_calls=2).prefetch(2).cache(),
        lambda d: d.filter(lambda x: tf.size(x.values) < 5),
        lambda d: tf.data.Dataset.zip((d, tf.data.Dataset.range(9))).map(lambda x, i: x),
    ],
)
def test_transformations(change):
    assert [dense(row) for row in all_of(change(tf.data.Dataset.from_tensor_slices(sparse())), 3)] == WHOLE


def test_states():
    dataset = tf.data.Dataset.from_tensor_slices(sparse())
    zero = tf.SparseTensor([[0]], [1.0], [2])
    total = dataset.reduce(zero, lambda state, x: tf.sparse_add(state, x))
    with tf.Session() as sess:
        assert dense(sess.run(total)) == [3.0, 1.0]
    scanned = dataset.apply(tf.data.experimental.scan(zero, lambda state, x: (tf.sparse_add(state, x), state)))
    assert [dense(each) for each in all_of(scanned, 3)] == [[1.0, 0.0], [1.0, 1.0], [1.0, 1.0]]


def test_examples_of_any_length_feed_an_embedding():
    def example(ids):
        found = tf.train.Example()
        found.features.feature["ids"].int64_list.value.extend(ids)
        return found.SerializeToString()

    texts = tf.data.Dataset.from_tensor_slices([example([1, 2]), example([0]), example([2]), example([1, 1, 1])])
    parsed = texts.repeat().batch(2).map(lambda batch: tf.parse_example(batch, {"ids": tf.VarLenFeature(tf.int64)}))
    ids = parsed.make_one_shot_iterator().get_next()["ids"]
    assert ids.get_shape().as_list() == [None, None]
    table = tf.get_variable("table", initializer=[[1.0], [10.0], [100.0]])
    found = tf.nn.embedding_lookup_sparse(table, ids, None, combiner="sum")
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        runs = [sess.run(found).ravel().tolist() for _ in range(6)]
    assert runs == [[110.0, 1.0], [100.0, 30.0]] * 3


def test_the_class_is_part_of_the_structure():
    dataset = tf.data.Dataset.from_tensor_slices(sparse())
    iterator = tf.data.Iterator.from_structure(tf.float32, tf.TensorShape([None]), output_classes=tf.SparseTensor)
    start = iterator.make_initializer(dataset)
    with pytest.raises(TypeError, match="^Expected output classes .*SparseTensor.* but got dataset with output class"):
        iterator.make_initializer(tf.data.Dataset.from_tensors([1.0]))
    with pytest.raises(TypeError, match="^Two datasets to concatenate have different classes"):
        dataset.concatenate(tf.data.Dataset.from_tensors([1.0]))
    handle = tf.placeholder(tf.string, [])
    classes = dataset.output_types, dataset.output_shapes, dataset.output_classes
    element = tf.data.Iterator.from_string_handle(handle, *classes).get_next()
    other = tf.data.Iterator.from_string_handle(handle, *classes[:2]).get_next()
    with tf.Session() as sess:
        sess.run(start)
        chosen = {handle: sess.run(iterator.string_handle())}
        assert dense(sess.run(element, chosen)) == WHOLE[0]
        with pytest.raises(tf.errors.InvalidArgumentError, match="expected float but got variant"):
            sess.run(other, chosen)


def test_what_does_not_fit():
    dataset = tf.data.Dataset.from_tensor_slices(sparse())
    with pytest.raises(TypeError, match="^Batching of padded sparse tensors is not currently supported"):
        dataset.padded_batch(2, [None])
    vector = tf.data.Dataset.from_tensor_slices(tf.SparseTensor([[0]], [1.0], [3])).make_one_shot_iterator().get_next()
    fed = tf.sparse_placeholder(tf.float32)
    both = tf.data.Dataset.from_tensors(fed).concatenate(tf.data.Dataset.from_tensors(sparse()))
    iterator = both.batch(2).make_initializable_iterator()
    element = iterator.get_next()
    with tf.Session() as sess:
        with pytest.raises(tf.errors.InvalidArgumentError, match="Rank of input SparseTensor should be > 1, but saw"):
            sess.run(vector)
        sess.run(iterator.initializer, {fed: ([[1]], [2.0], [3])})
        with pytest.raises(
            tf.errors.InvalidArgumentError,
            match=r"Inconsistent shape across SparseTensors: rank prior to SparseTensor\[1\] was: 1 but rank of",
        ):
            sess.run(element)
