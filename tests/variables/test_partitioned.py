"""Variables in parts: as tables of embeddings, their slots, and what a `.meta` file keeps of them."""

import numpy as np
import pytest

import minigraph as tf


def table(**options):
    return tf.get_variable(
        "table", [6, 2], initializer=tf.constant(np.arange(12.0).reshape(6, 2), tf.float32), **options
    )


@pytest.mark.parametrize("lookup", [tf.nn.embedding_lookup_sparse, tf.nn.safe_embedding_lookup_sparse])
def test_sparse_lookups_gather_in_the_parts(lookup):
    parts = table(partitioner=tf.fixed_size_partitioner(2))
    ids = tf.SparseTensor([[0, 0], [0, 1], [1, 0]], tf.constant([5, 0, 3], tf.int64), [2, 2])
    found = lookup(parts, ids, None, combiner="sum", partition_strategy="div")
    loss = tf.reduce_sum(found)
    gradients = tf.gradients(loss, list(parts))
    assert all(isinstance(g, tf.IndexedSlices) for g in gradients)  # no part is read as a whole
    assert not [op for op in tf.get_default_graph().get_operations() if "ConcatPartitions" in op.name]
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        assert sess.run(found).tolist() == [[10.0, 12.0], [6.0, 7.0]]


def test_slots_are_parts_too():
    parts = table(partitioner=tf.fixed_size_partitioner(2))
    optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
    optimizer.minimize(tf.reduce_sum(tf.square(parts)))
    info = optimizer.get_slot(list(parts)[1], "momentum")._save_slice_info
    assert (info.full_name, info.spec) == ("table/Momentum", "6 2 3,3:0,2")


def test_slots_of_a_scope_of_its_own():
    parts = table(partitioner=tf.fixed_size_partitioner(2))
    with tf.variable_scope("training"):
        optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
        optimizer.minimize(tf.reduce_sum(tf.square(parts)))
    slot = optimizer.get_slot(list(parts)[0], "momentum")
    assert slot.op.name == "training/table/part_0/Momentum"
    assert slot._save_slice_info.full_name == "table/e/part_0/Momentum"  # TensorFlow cuts so many letters off


def test_a_meta_file_keeps_the_parts(tmp_path, capsys):
    prefix = str(tmp_path / "model")
    with tf.Graph().as_default(), tf.Session() as sess:
        parts = table(partitioner=tf.fixed_size_partitioner(2))
        sess.run(tf.global_variables_initializer())
        sess.run(list(parts)[1].assign_add(np.ones((3, 2))))
        tf.train.Saver().save(sess, prefix)
    assert "Issue encountered" not in capsys.readouterr().err
    assert tf.train.list_variables(prefix) == [("table", [6, 2])]
    with tf.Graph().as_default(), tf.Session() as sess:
        saver = tf.train.import_meta_graph(prefix + ".meta", import_scope="again")
        saver.restore(sess, prefix)
        first, second = tf.global_variables()
        assert [v._save_slice_info.spec for v in (first, second)] == ["6 2 0,3:0,2", "6 2 3,3:0,2"]
        assert second._save_slice_info.full_name == "again/table"
        assert sess.run(second).tolist() == [[7.0, 8.0], [9.0, 10.0], [11.0, 12.0]]


def test_the_type_is_that_of_the_initial_value():
    whole = tf.constant(np.arange(12.0).reshape(6, 2))
    parts = tf.get_variable("table", [6, 2], initializer=whole, partitioner=tf.fixed_size_partitioner(2))
    assert parts.dtype == tf.float64 == list(parts)[0].dtype.base_dtype
