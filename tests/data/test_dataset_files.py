"""Files of datasets: caches, damaged records, names that match nothing."""

import gc
import glob
import os

import numpy as np
import pytest

import minigraph as tf


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def all_of(dataset):
    element = dataset.make_one_shot_iterator().get_next()
    found = []
    with tf.Session() as sess:
        try:
            while True:
                found.append(sess.run(element))
        except tf.errors.OutOfRangeError:
            return found


def counted(calls, count=4):
    """Return a dataset that notes which elements it computes."""

    def note(x):
        calls.append(int(x))
        return x

    return tf.data.Dataset.range(count).map(lambda x: tf.py_func(note, [x], tf.int64))


@pytest.mark.parametrize("name", ["", "cache"])
def test_a_cache_computes_once(name):
    calls = []
    assert all_of(counted(calls).cache(name).repeat(3)) == [0, 1, 2, 3] * 3
    assert calls == [0, 1, 2, 3]
    calls.clear()
    assert all_of(counted(calls).cache(name)) == [0, 1, 2, 3]
    assert calls == ([] if name else [0, 1, 2, 3])


def test_a_cache_in_files_has_tensorflows_names():
    rows = tf.data.Dataset.range(12).map(lambda x: (x * x, tf.cast(x, tf.float32), tf.constant("t")))
    all_of(rows.cache("kept"))
    assert sorted(glob.glob("kept*")) == ["kept.data-00000-of-00001", "kept.index"]
    reader = tf.train.NewCheckpointReader("kept")  # as TensorFlow 1.15.5 writes them
    assert sorted(reader.get_variable_to_shape_map())[:4] == ["      0_0", "      0_1", "      0_2", "      1_0"]
    assert reader.get_tensor("     11_0") == 121 and reader.get_tensor("      3_2") == b"t"
    found = all_of(tf.data.Dataset.range(3).map(lambda x: (x, tf.cast(x, tf.float32), tf.constant("u"))).cache("kept"))
    assert len(found) == 12 and found[11] == (121, 11.0, b"t")


def test_a_cache_that_is_being_written_is_locked():
    dataset = tf.data.Dataset.range(3).cache("shared")
    first, second = (dataset.make_one_shot_iterator().get_next() for _ in range(2))
    with tf.Session() as sess:
        sess.run(first)
        with pytest.raises(tf.errors.AlreadyExistsError, match="^There appears to be a concurrent caching iterator"):
            sess.run(second)
    gc.collect()
    assert glob.glob("shared*") == []
    with pytest.raises(tf.errors.NotFoundError, match="^nowhere/cache_0.lockfile; No such file or directory"):
        all_of(tf.data.Dataset.range(3).cache("nowhere/cache"))


def test_a_damaged_record_does_not_end_the_files():
    for name in ("a", "b"):
        with tf.python_io.TFRecordWriter(name) as writer:
            for text in (b"first", b"second"):
                writer.write(text)
    with open("a", "r+b") as file:
        file.seek(14)
        file.write(b"X")
    records = tf.data.TFRecordDataset(["a", "b"])
    element = records.make_one_shot_iterator().get_next()
    with tf.Session() as sess:
        with pytest.raises(tf.errors.DataLossError, match="^corrupted record at 0"):
            sess.run(element)
        assert sess.run(element) == b"first"
    assert all_of(records.apply(tf.data.experimental.ignore_errors())) == [b"first", b"second"]


def test_a_missing_file():
    for dataset in (
        tf.data.TextLineDataset("no"),
        tf.data.TFRecordDataset("no"),
        tf.data.FixedLengthRecordDataset("no", 1),
    ):
        with pytest.raises(tf.errors.NotFoundError, match="^no; No such file or directory"):
            all_of(dataset)
    with pytest.raises(ValueError, match="^No files match no"):
        tf.data.experimental.make_csv_dataset("no*", 3)


def test_records_of_one_size():
    with open("blocks", "wb") as file:
        file.write(b"HHabcdefF")
    assert all_of(tf.data.FixedLengthRecordDataset("blocks", 3, 2, 1)) == [b"abc", b"def"]
    with pytest.raises(tf.errors.InvalidArgumentError, match="^Excluding the header .2 bytes. and footer .1 bytes."):
        all_of(tf.data.FixedLengthRecordDataset("blocks", 4, 2, 1))


def test_names_of_files():
    for name in "cab":
        open(name + ".txt", "w").close()
    names = [os.path.basename(name) for name in all_of(tf.data.Dataset.list_files("./*.txt", shuffle=False))]
    assert names == [b"a.txt", b"b.txt", b"c.txt"]
    assert sorted(all_of(tf.data.Dataset.list_files("./*.txt"))) == [b"./a.txt", b"./b.txt", b"./c.txt"]
    with pytest.raises(tf.errors.NotFoundError, match="^/no/such; No such file or directory"):
        all_of(tf.data.Dataset.list_files("/no/such/*"))
    iterator = tf.data.Dataset.list_files("./*.jpg").make_initializable_iterator()
    with tf.Session() as sess, pytest.raises(tf.errors.InvalidArgumentError, match="No files matched pattern"):
        sess.run(iterator.initializer)


# Texts of a table, and what TensorFlow 1.15.5 returns for it: two columns, an int32 and a string, both required.
TABLES = [
    ("1,a\r\n2,b\r\n", [(1, b"a"), (2, b"b")]),
    ("1,a\n2,b", [(1, b"a"), (2, b"b")]),
    ("1,a\r2,b\n", [(1, b"a"), (2, b"b")]),
    ("1,a\n\n2,b\n", [(1, b"a"), "Field 0 is required but missing in record!", (2, b"b")]),
    ("1\n2,b\n", ["Expect 2 fields but have 1 in record", (2, b"b")]),
    ("1,a,3\n2,b\n", ["Expect 2 fields but have more in record", (2, b"b")]),
    ("x,a\n2,b\n", ["Field 0 in record is not a valid int32: x", (2, b"b")]),
    ("99999999999,b\n", ["Field 0 in record is not a valid int32: 99999999999"]),
    ('1,"a\nb"\n2,"x""y"\n', [(1, b"a\nb"), (2, b'x"y')]),
    ('1,"a\n', ["Reached end of file without closing quoted field in record"]),
    ('1,a"b"\n2,c\n', ["Unquoted fields cannot have quotes inside", (2, b"c")]),
    (" 1 , a\n", [(1, b" a")]),
    ("", []),
]


@pytest.mark.parametrize("text, expected", TABLES)
def test_rows_of_a_table(text, expected):
    with open("table", "w", newline="") as file:
        file.write(text)
    element = tf.data.experimental.CsvDataset("table", [tf.int32, tf.string]).make_one_shot_iterator().get_next()
    found = []
    with tf.Session() as sess:
        for _ in range(9):
            try:
                found.append(sess.run(element))
            except tf.errors.OutOfRangeError:
                break
            except tf.errors.InvalidArgumentError as error:
                found.append(error.message.split("\n")[0])
    assert found == expected


COLUMNS = [
    ("a,b\n1,2.5\n,\n", ["int32", "float32"]),
    ("a,b\n99999999999,1e300\n1,2\n", ["int64", "float64"]),
    ("a,b\n1,x\ny,2\n", ["string", "string"]),
    ("a,b\n1.5,NA\n2,3\n", ["float32", "int32"]),
    ("a,b\n,\n,\n", ["string", "string"]),
]


@pytest.mark.parametrize("text, types", COLUMNS)
def test_the_types_of_columns(text, types):
    with open("table.csv", "w") as file:
        file.write(text)
    table = tf.data.experimental.make_csv_dataset("table.csv", 2, na_value="NA", num_epochs=1, shuffle=False)
    assert [table.output_types[name].name for name in ("a", "b")] == types
    (rows,) = all_of(table)
    assert [rows[name].dtype for name in ("a", "b")] == [tf.as_dtype(each).as_numpy_dtype for each in types]


@pytest.mark.parametrize(
    "options, text",
    [
        ({"header": False}, "^Cannot infer column names without a header line."),
        ({"column_names": ["a", "a"]}, "^Cannot have duplicate column names."),
        ({"label_name": "c"}, "^`label_name` provided must be one of the columns."),
        ({"select_columns": ["c"]}, "^Value 'c' specified in select_columns not a valid column index or name."),
        ({"select_columns": [5]}, "^Column index 5 specified in select_columns out of valid range."),
        ({"select_columns": ["a", 0]}, "^select_columns contains duplicate columns"),
        ({"column_defaults": [tf.int32], "select_columns": ["a", "b"]}, "must have same length"),
        ({"compression_type": "ZLIB"}, "is not supported for probing columns"),
    ],
)
def test_what_a_table_refuses(options, text):
    with open("table.csv", "w") as file:
        file.write("a,b\n1,2\n")
    count = len(tf.get_default_graph().get_operations())
    with pytest.raises(ValueError, match=text):
        tf.data.experimental.make_csv_dataset("table.csv", 2, **options)
    assert len(tf.get_default_graph().get_operations()) == count


def test_what_is_written_is_read():
    texts = np.array([b"one", b"", b"two\n"], object)
    for compression in ("", "GZIP", "ZLIB"):
        write = tf.data.experimental.TFRecordWriter("file", compression).write(
            tf.data.Dataset.from_tensor_slices(texts)
        )
        with tf.Session() as sess:
            sess.run(write)
        assert all_of(tf.data.TFRecordDataset("file", compression)) == texts.tolist()
    with pytest.raises(TypeError, match="^`dataset` must produce scalar `DT_STRING` tensors"):
        tf.data.experimental.TFRecordWriter("file").write(tf.data.Dataset.range(3))
