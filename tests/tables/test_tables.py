"""Lookup tables: a session of its own for each, files as they come, what is changed while others look."""

import copy

import numpy as np
import pytest

import minigraph as tf
from minigraph.ops.tables.state import StaticTable, Table

lookup = tf.contrib.lookup


def test_each_session_has_its_own_entries():
    table = lookup.MutableHashTable(tf.string, tf.int64, -1)
    insert = table.insert(tf.constant(["a"]), tf.constant([1], tf.int64))
    with tf.Session() as one, tf.Session() as other:
        one.run(insert)
        assert one.run(table.size()) == 1 and other.run(table.size()) == 0


def test_a_table_is_initialized_once_in_each_session():
    table = lookup.index_table_from_tensor(["a", "b"])
    found = table.lookup(tf.constant(["b"]))
    with tf.Session() as sess:
        with pytest.raises(tf.errors.FailedPreconditionError, match="tf.tables_initializer"):
            sess.run(found)
        sess.run(tf.tables_initializer())
        sess.run(table.init)  # again, with the same entries
        assert sess.run(found) == [1]


def test_a_recorded_run_sees_what_another_run_has_inserted():
    table = lookup.MutableHashTable(tf.int64, tf.float32, 0.0)
    keys, values = tf.placeholder(tf.int64, [None]), tf.placeholder(tf.float32, [None])
    insert, found = table.insert(keys, values), table.lookup(keys) * 2.0
    with tf.Session() as sess:
        for i in range(5):
            sess.run(insert, {keys: [3], values: [float(i)]})
            assert sess.run(found, {keys: [3]}) == [2.0 * i]


def test_counting_in_one_run_after_another():
    table = lookup.MutableHashTable(tf.string, tf.int64, 0)
    word = tf.placeholder(tf.string, [1])
    count = table.insert(word, table.lookup(word) + 1)
    with tf.Session() as sess:
        for text in "abracadabra":
            sess.run(count, {word: [text]})
        assert sess.run(table.lookup(tf.constant(["a", "b", "z"]))).tolist() == [5, 2, 0]


def test_lookups_in_branches_and_loops():
    table = lookup.index_table_from_tensor(["a", "b", "c"])
    words = tf.placeholder(tf.string, [None])
    each = tf.map_fn(lambda word: table.lookup(word), words, dtype=tf.int64)
    either = tf.cond(tf.size(words) > 1, lambda: table.lookup(words), lambda: tf.zeros([1], tf.int64))
    with tf.Session() as sess:
        sess.run(tf.tables_initializer())
        for _ in range(3):
            found = sess.run([each, either], {words: ["c", "x"]})
            assert [array.tolist() for array in found] == [[2, -1], [2, -1]]


@pytest.mark.parametrize(
    "text, words",
    [
        ("a\nb\n", ["a", "b"]),
        ("a\nb", ["a", "b"]),
        ("a\r\nb\r\n", ["a", "b"]),
        ("\u00e4\nb c\n", ["\u00e4", "b c"]),
        ("", []),
    ],
)
def test_lines_of_a_file(tmp_path, text, words):
    (tmp_path / "words.txt").write_bytes(text.encode())
    table = lookup.index_to_string_table_from_file(str(tmp_path / "words.txt"), default_value="none")
    with tf.Session() as sess:
        sess.run(tf.tables_initializer())
        found = sess.run(table.lookup(tf.range(3, dtype=tf.int64)))
    assert [each.decode() for each in found] == [*words, "none", "none", "none"][:3]


def test_a_file_that_is_not_there(tmp_path):
    table = lookup.index_table_from_file(str(tmp_path / "nothing.txt"))
    with tf.Session() as sess, pytest.raises(tf.errors.NotFoundError, match="nothing.txt"):
        sess.run(table.init)


def test_a_copy_of_a_table_is_its_own():
    table = Table("t", tf.int64, tf.int64, ())
    table.insert(np.array([1]), np.array([10]))
    other = copy.deepcopy(table)
    other.insert(np.array([2]), np.array([20]))
    assert (table.size(), other.size()) == (1, 2)


def test_texts_as_values_and_vectors_as_values():
    words = StaticTable("t", tf.int64, tf.string, ())
    words.load(np.array([1, 2]), np.array([b"one", b"two"], object))
    assert words.find(np.array([[2], [3]]), np.array(b"?", object)).tolist() == [[b"two"], [b"?"]]
    rows = Table("t", tf.int64, tf.float32, (2,))
    rows.insert(np.array([1]), np.array([[1.0, 2.0]]))
    found = rows.find(np.array([[0, 1]]), np.array([0.0, -1.0], np.float32))
    assert found.shape == (1, 2, 2) and found[0].tolist() == [[0.0, -1.0], [1.0, 2.0]]
    assert rows.export()[1].tolist() == [[1.0, 2.0]]


def test_the_modules_of_tensorflow_that_programs_import():
    from minigraph.alias.modules import installed

    with installed():
        from tensorflow.python.ops import lookup_ops

        assert lookup_ops.index_table_from_file is lookup.index_table_from_file
