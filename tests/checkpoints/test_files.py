"""Checkpoints that TensorFlow 1.15.5 wrote are read, and ours are, byte for byte, what it writes."""

import base64
import pathlib

import numpy as np
import pytest
import recordings
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import minigraph as tf
from minigraph.checkpoints import crc32c as checksums
from minigraph.checkpoints import records, table
from minigraph.checkpoints.bundle import Bundle, Entry, merge_bundles, write_bundle
from minigraph.graph import dtypes, errors

HERE = pathlib.Path(__file__).parent
RECORDED = recordings.read(HERE / "recorded" / ("checkpoints" + recordings.SUFFIX))["files"]
KINDS = "float16 float32 float64 int8 int16 int32 int64 uint8 uint16 bool complex64 complex128".split()


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """Return a folder with the files that TensorFlow wrote."""
    folder = tmp_path_factory.mktemp("recorded")
    for name, text in RECORDED.items():
        (folder / name).write_bytes(base64.b64decode(text))
    return folder


def value_of(kind):
    return (np.arange(6).reshape(2, 3) % 5).astype(kind)


# Reading


@pytest.mark.parametrize("kind", KINDS)
def test_values_of_each_type_are_read(recorded, kind):
    found = tf.train.load_variable(recorded / "types", f"types/{kind}")
    assert found.dtype == np.dtype(kind)
    np.testing.assert_array_equal(found, value_of(kind))


def test_texts_scalars_and_empty_arrays_are_read(recorded):
    reader = tf.train.NewCheckpointReader(recorded / "types")
    assert reader.get_tensor("texts").tolist() == [[b"a", b""], [b"\xff\x00", b"xyz" * 50]]
    assert reader.get_tensor("scalar") == np.float32(3.5) and reader.get_tensor("empty").shape == (0, 3)
    assert reader.has_tensor("scalar") and not reader.has_tensor("scalars")
    assert reader.get_variable_to_dtype_map()["types/uint16"] is tf.uint16
    assert b"types/float64 (DT_DOUBLE) [2,3]\n" in reader.debug_string()


def test_an_index_of_several_blocks_is_read(recorded):
    names = [name for name, _ in tf.train.list_variables(recorded / "many")]
    assert len(names) == 1800 and names == sorted(names)
    assert tf.train.load_variable(recorded / "many", names[0]) == int(names[0][-4:]) % 251


@pytest.mark.parametrize(
    "name, shape, kind", [("rows/v", (5, 3), "f4"), ("more_rows/v", (300, 3), "f4"), ("columns/w", (2, 7), "i4")]
)
def test_a_variable_in_slices_is_put_together(recorded, name, shape, kind):
    found = tf.train.load_variable(recorded / "slices", name)
    np.testing.assert_array_equal(found, np.arange(np.prod(shape), dtype=kind).reshape(shape))


@pytest.mark.parametrize("kind", "float32 float64 int8 int16 int32 int64 uint8 bool complex64 float16".split())
def test_version_1_is_read(recorded, kind):
    found = tf.train.load_variable(recorded / "version1", kind)
    assert found.dtype == np.dtype(kind)
    np.testing.assert_array_equal(found, value_of(kind))


def test_version_1_has_negative_numbers_texts_and_slices(recorded):
    reader = tf.train.NewCheckpointReader(recorded / "version1")
    np.testing.assert_array_equal(reader.get_tensor("negative"), -value_of("int32"))
    assert reader.get_tensor("texts").tolist() == [b"a", b"", b"xyz"]
    np.testing.assert_array_equal(reader.get_tensor("rows/v"), np.arange(15, dtype="f4").reshape(5, 3))


def test_several_data_files_are_read(recorded):
    assert tf.train.list_variables(recorded / "sharded-2") == [("a", [2]), ("b", [1, 1])]
    assert tf.train.load_variable(recorded / "sharded-2", "b:0") == [[5]]


# Writing


@pytest.mark.parametrize("name", ["types", "many"])
def test_what_is_written_is_what_tensorflow_writes(recorded, tmp_path, name):
    bundle = Bundle(str(recorded / name))
    # As the operation gets them; the data lie in that order.
    in_order = sorted(bundle.names, key=lambda each: bundle.record(each).offset)
    write_bundle(str(tmp_path / name), [Entry(n, bundle.record(n).dtype, bundle.read(n)) for n in in_order])
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (recorded / path.name).read_bytes(), path.name


def test_slices_are_written_as_tensorflow_does(recorded, tmp_path):
    bundle = Bundle(str(recorded / "slices"))
    entries = []
    for name in bundle.names:
        whole = bundle.record(name)
        for extents in whole.slices:
            part = bundle.read(name)[tuple(slice(a, None if n is None else a + n) for a, n in extents)]
            entries.append(Entry(name, whole.dtype, part, whole.shape, extents))
    write_bundle(str(tmp_path / "slices"), entries)
    assert (tmp_path / "slices.index").read_bytes() == (recorded / "slices.index").read_bytes()


def test_the_files_of_several_devices_become_one_checkpoint(tmp_path):
    parts = [str(tmp_path / f"part{i}") for i in range(3)]
    for i, part in enumerate(parts):
        rows = np.full((1, 2), i, np.float32)
        entries = [Entry(f"v{i}", dtypes.int64, np.array(i))]
        entries.append(Entry("sliced", dtypes.float32, rows, (3, 2), ((i, 1), (0, None))))
        write_bundle(part, entries)
    merge_bundles(parts, str(tmp_path / "all"))
    assert tf.train.load_variable(tmp_path / "all", "v2") == 2
    np.testing.assert_array_equal(tf.train.load_variable(tmp_path / "all", "sliced"), [[0, 0], [1, 1], [2, 2]])
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"all.data-0000{i}-of-00003" for i in range(3)] + [
        "all.index"
    ]


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12),
        arrays.arrays(
            st.sampled_from(["f4", "f8", "i4", "i8", "u1", "?", "c8"]), arrays.array_shapes(min_dims=0, min_side=0)
        ),
        max_size=6,
    )
)
def test_what_is_written_is_read(tmp_path_factory, values):
    prefix = str(tmp_path_factory.mktemp("any") / "model")
    for _ in range(2):  # over itself, too
        write_bundle(prefix, [Entry(name, dtypes.as_dtype(a.dtype), a) for name, a in values.items()])
    bundle = Bundle(prefix)
    assert bundle.names == sorted(values)
    for name, value in values.items():
        assert bundle.read(name).dtype == value.dtype and bundle.read(name).tobytes() == value.tobytes()


@pytest.mark.parametrize("size", [0, 1, 1000, 16 << 10, (16 << 10) + 7, 5 << 20])
def test_the_checksum_is_that_of_a_byte_by_byte_loop(size, monkeypatch):
    monkeypatch.setattr(checksums, "_library", lambda: None)
    data = np.random.RandomState(size % 97).bytes(size)
    halves = checksums.crc32c(data[size // 3 :], checksums.crc32c(data[: size // 3]))
    assert checksums.crc32c(data) == halves
    if size <= 1 << 15:
        crc = 0xFFFFFFFF
        for byte in data:
            crc ^= byte
            for _ in range(8):
                crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
        assert checksums.crc32c(data) == crc ^ 0xFFFFFFFF


def test_the_installed_library_is_used(monkeypatch):
    class Library:
        @staticmethod
        def extend(crc, data):
            return 42 + len(data)

    monkeypatch.setattr(checksums, "_library", lambda: Library)
    assert checksums.crc32c(b"abc") == 45


@given(st.integers(-(2**62), 2**62))
def test_keys_of_slices_sort_as_their_numbers(number):
    assert (records._signed(number) < records._signed(0)) == (number < 0)
    assert records._signed(number) < records._signed(number + 1)


# Damage


@pytest.mark.parametrize("name", ["types.index", "types.data-00000-of-00001", "slices.index", "version1"])
def test_a_damaged_file_is_an_error_or_does_no_harm(recorded, tmp_path, name):
    prefix = name.partition(".")[0]
    original = (recorded / name).read_bytes()
    for path in recorded.glob(prefix + "*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    whole = values(recorded / prefix)
    random = np.random.RandomState(0)
    for turn in range(150):
        data = bytearray(original)
        if turn % 3 == 0:
            del data[random.randint(len(data)) :]
        else:
            for _ in range(turn % 3):
                data[random.randint(len(data))] ^= 1 << random.randint(8)
        (tmp_path / name).write_bytes(data)
        try:
            found = values(tmp_path / prefix)
        except errors.OpError:
            continue
        assert found == whole, turn


def values(prefix):
    reader = tf.train.NewCheckpointReader(prefix)
    return {name: repr(reader.get_tensor(name)) for name in reader.get_variable_to_shape_map()}


def test_a_forged_table_allocates_nothing(tmp_path):
    huge = records.record(records.Record(dtypes.float32, (1 << 40,), 0, 0, 4 << 40, 1))
    holes = records.record(records.Record(dtypes.float32, (1 << 40,), slices=(((0, 1),),)))
    one = records.record(records.Record(dtypes.float32, (1,), 0, 0, 4, 1))
    entries = [(b"", records.header(1)), (b"holes", holes), (b"huge", huge)]
    entries.append((records.slice_key("holes", ((0, 1),)), one))
    (tmp_path / "m.index").write_bytes(table.table(sorted(entries)))
    (tmp_path / "m.data-00000-of-00001").write_bytes(b"\0" * 8)
    reader = tf.train.NewCheckpointReader(tmp_path / "m")
    for name in ("huge", "holes"):
        with pytest.raises(errors.OpError):
            reader.get_tensor(name)


MESSAGES = {
    "m": (errors.NotFoundError, "Unsuccessful TensorSliceReader constructor: Failed to find any matching files for "),
    "bad": (errors.DataLossError, "Unable to open table file "),
    "short": (errors.DataLossError, "file is too short to be an sstable"),
    "magic": (errors.DataLossError, "not an sstable (bad magic number)"),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_what_is_no_checkpoint_has_tensorflows_error(tmp_path, name):
    (tmp_path / "bad").write_bytes(b"x" * 100)
    (tmp_path / "short.index").write_bytes(b"x" * 10)
    (tmp_path / "magic.index").write_bytes(b"x" * 100)
    kind, first = MESSAGES[name]
    with pytest.raises(kind) as caught:
        tf.train.NewCheckpointReader(tmp_path / name)
    assert caught.value.message.startswith(first)
