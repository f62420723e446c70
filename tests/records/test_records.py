"""Files of records and serialized examples: bytes that TensorFlow 1.15.5 wrote, damage, what messages accept."""

import numpy as np
import pytest

import minigraph as tf
from minigraph.records.tfrecord import TFRecordCompressionType as Compression

# Written by TensorFlow 1.15.5: tf.python_io.TFRecordWriter and the records b"one" and b"".
WRITTEN = bytes.fromhex("0300000000000000b099490e6f6e6501405508000000000000000029039807d8ea82a2")
# Serialized by TensorFlow 1.15.5: an example of "f": [1.5, -2.0], "i": [300, -1] and "b": [b"xy", b""], one of each alone.
FLOATS = bytes.fromhex("0a130a110a0161120c120a0a080000c03f000000c0")
INTEGERS = bytes.fromhex("0a170a150a016112101a0e0a0cac02ffffffffffffffffff01")
TEXTS = bytes.fromhex("0a0f0a0d0a016112080a060a0278790a00")


def write(path, *records, options=None):
    with tf.python_io.TFRecordWriter(str(path), options) as writer:
        for record in records:
            writer.write(record)
    return str(path)


def test_a_file_is_tensorflow_s(tmp_path):
    path = write(tmp_path / "two.tfr", b"one", b"")
    assert (tmp_path / "two.tfr").read_bytes() == WRITTEN
    assert list(tf.python_io.tf_record_iterator(path)) == [b"one", b""]


@pytest.mark.parametrize("kind", [Compression.NONE, Compression.ZLIB, Compression.GZIP])
def test_compression(tmp_path, kind):
    options = tf.python_io.TFRecordOptions(kind)
    records = [bytes([i % 251]) * i for i in range(300)]
    path = write(tmp_path / "packed.tfr", *records, options=options)
    assert list(tf.python_io.tf_record_iterator(path, options)) == records
    assert ((tmp_path / "packed.tfr").stat().st_size < 20_000) == (kind != Compression.NONE)
    with pytest.raises(ValueError, match="^Unknown compression_type: 'LZ4'"):
        tf.python_io.TFRecordOptions("LZ4")


@pytest.mark.parametrize("at", range(len(WRITTEN)))
def test_each_damaged_byte_is_found(tmp_path, at):
    path = tmp_path / "damaged.tfr"
    path.write_bytes(WRITTEN[:at] + bytes([WRITTEN[at] ^ 1]) + WRITTEN[at + 1 :])
    with pytest.raises(tf.errors.DataLossError, match="^corrupted record at (0|19)$"):
        list(tf.python_io.tf_record_iterator(str(path)))


@pytest.mark.parametrize("size", [size for size in range(1, len(WRITTEN)) if size != 19])
def test_a_file_that_is_cut_off(tmp_path, size):
    path = tmp_path / "cut.tfr"
    path.write_bytes(WRITTEN[:size])
    with pytest.raises(tf.errors.DataLossError, match="^truncated record at (0|19)$"):
        list(tf.python_io.tf_record_iterator(str(path)))


def test_no_file(tmp_path):
    with pytest.raises(tf.errors.NotFoundError, match="No such file or directory"):
        list(tf.python_io.tf_record_iterator(str(tmp_path / "none")))
    with pytest.raises(tf.errors.NotFoundError, match="No such file or directory"):
        tf.python_io.TFRecordWriter(str(tmp_path / "none" / "file"))
    with pytest.raises(TypeError, match=r"^a record is bytes, not Example; call SerializeToString\(\) for a message"):
        write(tmp_path / "file", tf.train.Example())


@pytest.mark.parametrize(
    "serialized, name, kind, values",
    [
        (FLOATS, "float_list", tf.train.FloatList, [1.5, -2.0]),
        (INTEGERS, "int64_list", tf.train.Int64List, [300, -1]),
        (TEXTS, "bytes_list", tf.train.BytesList, [b"xy", b""]),
    ],
    ids=["floats", "integers", "bytes"],
)
def test_an_example_is_tensorflow_s(serialized, name, kind, values):
    feature = tf.train.Feature(**{name: kind(value=values)})
    example = tf.train.Example(features=tf.train.Features(feature={"a": feature}))
    assert example.SerializeToString() == serialized
    found = tf.train.Example.FromString(serialized)
    assert found == example and found.ByteSize() == len(serialized)
    assert found.features.feature["a"].WhichOneof("kind") == name
    assert list(getattr(found.features.feature["a"], name).value) == values


def test_what_older_writers_left_unpacked_is_read():
    """Lists of numbers written one by one, as the format allows."""
    floats, integers = tf.train.FloatList(), tf.train.Int64List()
    floats.ParseFromString(b"\x0d\x00\x00\xc0\x3f\x0d\x00\x00\x00\xc0")
    integers.ParseFromString(b"\x08\xac\x02\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")
    assert (floats.value, integers.value) == ([1.5, -2.0], [300, -1])


def test_a_message_is_filled_step_by_step():
    example = tf.train.Example()
    feature = example.features.feature
    feature["a"].int64_list.value.extend(np.array([1, 2], np.int32))
    feature["a"].int64_list.value.append(True)
    feature["a"].int64_list.value[0] = 7
    feature["b"].float_list.value.append(0.1)
    assert feature["a"].int64_list.value == [7, 2, 1]
    assert feature["b"].float_list.value == [np.float32(0.1)]
    assert feature["b"].int64_list.value == [] and feature["b"].HasField("float_list")
    copy = tf.train.Example()
    copy.CopyFrom(example)
    assert copy == example and sorted(copy.features.feature) == ["a", "b"] and "c" not in copy.features.feature
    copy.features.feature["a"].int64_list.value.append(0)
    assert copy != example
    copy.Clear()
    assert copy == tf.train.Example() and copy.SerializeToString() == b"" and str(copy) == ""


@pytest.mark.parametrize(
    "make, kind, text",
    [
        (lambda: tf.train.Int64List(value=[1.5]), TypeError, "^1.5 has type float, but expected one of: int"),
        (lambda: tf.train.Int64List(value=[1 << 63]), ValueError, "^Value out of range: 9223372036854775808"),
        (lambda: tf.train.BytesList(value=["abc"]), TypeError, "^'abc' has type str, but expected one of: bytes"),
        (lambda: tf.train.FloatList(value=["x"]), TypeError, "^'x' has type str, but expected one of: int, float"),
        (lambda: tf.train.Int64List(value=3), TypeError, "^Value must be iterable"),
        (lambda: tf.train.Example(feature=3), ValueError, '^Protocol message Example has no "feature" field.'),
        (lambda: tf.train.Feature(int64_list=[1]), TypeError, "^Parameter to initialize message field must be"),
    ],
)
def test_what_messages_refuse(make, kind, text):
    with pytest.raises(kind, match=text):
        make()
