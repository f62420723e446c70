"""What `FileWriter` writes, read back with TensorBoard's own reader."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import numpy as np
import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util import tensor_util

import minigraph as tf


def read(folder) -> EventAccumulator:
    """All that is in a folder's event files."""
    found = EventAccumulator(
        str(folder),
        size_guidance={
            kind: 0 for kind in ("scalars", "histograms", "images", "tensors", "compressedHistograms", "audio")
        },
    )
    found.Reload()
    return found


@pytest.fixture
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def test_scalars_by_step(graph, tmp_path):
    x = tf.placeholder(tf.float32, [])
    tf.summary.scalar("loss", x)
    tf.summary.scalar("rate", x * 2, family="training")
    merged = tf.summary.merge_all()
    with tf.Session() as sess, tf.summary.FileWriter(tmp_path) as writer:
        for step in range(3):
            writer.add_summary(sess.run(merged, {x: step / 2}), step)
    found = read(tmp_path)
    assert sorted(found.Tags()["scalars"]) == ["loss", "training/training/rate"]
    assert [(event.step, event.value) for event in found.Scalars("loss")] == [(0, 0.0), (1, 0.5), (2, 1.0)]
    assert [event.value for event in found.Scalars("training/training/rate")] == [0.0, 1.0, 2.0]


def test_global_step_may_be_an_array(graph, tmp_path):
    summary = tf.summary.scalar("a", 1.0)
    step = tf.train.get_or_create_global_step()
    with tf.Session() as sess, tf.summary.FileWriter(tmp_path) as writer:
        sess.run(tf.global_variables_initializer())
        writer.add_summary(sess.run(summary), sess.run(tf.assign_add(step, 7)))
        writer.add_summary(sess.run(summary))
    assert [event.step for event in read(tmp_path).Scalars("a")] == [7, 0]


def test_histograms(graph, tmp_path):
    values = np.array([-1.0, 0.0, 0.0, 2.5, 40.0], np.float32)
    with tf.Session() as sess, tf.summary.FileWriter(tmp_path) as writer:
        writer.add_summary(sess.run(tf.summary.histogram("weights", values)), 3)
    (event,) = read(tmp_path).Histograms("weights")
    histogram = event.histogram_value
    assert event.step == 3
    assert (histogram.min, histogram.max, histogram.num) == (-1.0, 40.0, 5)
    assert (histogram.sum, histogram.sum_squares) == (41.5, 1607.25)
    assert sum(histogram.bucket) == 5
    for value in values:  # in a bucket whose limits hold it
        at = int(np.searchsorted(histogram.bucket_limit, value, side="right"))
        assert histogram.bucket[at] > 0


def test_images(graph, tmp_path):
    image = pytest.importorskip("PIL.Image")
    pixels = (np.arange(2 * 4 * 5 * 3) * 2 % 256).astype(np.uint8).reshape(2, 4, 5, 3)
    with tf.Session() as sess, tf.summary.FileWriter(tmp_path) as writer:
        writer.add_summary(sess.run(tf.summary.image("pictures", tf.constant(pixels))))
    found = read(tmp_path)
    assert found.Tags()["images"] == ["pictures/image/0", "pictures/image/1"]
    for i in range(2):
        (event,) = found.Images(f"pictures/image/{i}")
        assert (event.height, event.width) == (4, 5)
        np.testing.assert_array_equal(np.asarray(image.open(io.BytesIO(event.encoded_image_string))), pixels[i])


def test_texts(graph, tmp_path):
    with tf.Session() as sess, tf.summary.FileWriter(tmp_path) as writer:
        writer.add_summary(sess.run(tf.summary.text("note", tf.constant(["one", "two"]))))
    found = read(tmp_path)
    assert found.SummaryMetadata("note").plugin_data.plugin_name == "text"
    (event,) = found.Tensors("note")
    assert tensor_util.make_ndarray(event.tensor_proto).tolist() == [b"one", b"two"]


def test_a_graph_and_its_shapes(graph, tmp_path):
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    with tf.control_dependencies([tf.no_op("first")]):
        tf.matmul(x, [[1.0], [2.0]], name="y")
    tf.cond(tf.constant(True), lambda: 1.0, lambda: 2.0)
    for value in (
        True,
        [True, False],
        'a "quoted"\nline',
        [b"\x00\xff", b"'"],
        1 + 2j,
        np.float16(1.5),
        np.nan,
        [],
        [7, 8],
    ):
        tf.constant(value)
    tf.summary.FileWriter(tmp_path, graph).close()
    nodes = {node.name: node for node in read(tmp_path).Graph().node}
    assert nodes.keys() == {op.name for op in graph.get_operations()}
    assert list(nodes["y"].input) == ["x", "y/b"]
    assert list(nodes["y/b"].input) == ["^first"]
    (shape,) = nodes["y"].attr["_output_shapes"].list.shape
    assert [dim.size for dim in shape.dim] == [-1, 1]


def test_a_message_and_a_graph_def_are_written_too(graph, tmp_path):
    from tensorboard.compat.proto.summary_pb2 import Summary

    tf.constant(1.0, name="one")
    with tf.summary.FileWriter(tmp_path) as writer:
        writer.add_summary(Summary(value=[Summary.Value(tag="by hand", simple_value=2.0)]), 5)
        writer.add_graph(graph.as_graph_def())
    found = read(tmp_path)
    assert [(e.step, e.value) for e in found.Scalars("by hand")] == [(5, 2.0)]
    assert [node.name for node in found.Graph().node] == ["one"]


def test_what_is_no_graph(tmp_path):
    wanted = "^The passed graph must be an instance of `Graph` or the deprecated `GraphDef`"
    with tf.summary.FileWriter(tmp_path) as writer:
        with pytest.raises(TypeError, match=wanted):
            writer.add_graph("graph")
        assert writer.get_logdir() == str(tmp_path)


def test_a_closed_writer_says_so_and_reopens(graph, tmp_path):
    summary = tf.Session().run(tf.summary.scalar("a", 1.0))
    writer = tf.summary.FileWriter(tmp_path, filename_suffix=".one")
    writer.add_summary(summary, 1)
    writer.close()
    writer.close()
    with pytest.warns(UserWarning, match="^Attempting to use a closed FileWriter"):
        writer.add_summary(summary, 2)
    writer.flush()
    writer.reopen()
    writer.add_summary(summary, 3)
    writer.flush()
    writer.close()
    assert all(path.name.endswith(".one") for path in tmp_path.iterdir())
    assert [event.step for event in read(tmp_path).Scalars("a")] == [1, 3]


def test_the_files_of_one_second_are_read_in_their_order(graph, tmp_path):
    summary = tf.Session().run(tf.summary.scalar("a", 1.0))
    for step in range(12):
        with tf.summary.FileWriter(tmp_path) as writer:
            writer.add_summary(summary, step)
    assert [event.step for event in read(tmp_path).Scalars("a")] == list(range(12))


def test_one_writer_for_each_folder(graph, tmp_path):
    cache = tf.summary.FileWriterCache
    try:
        writer = cache.get(tmp_path)
        assert cache.get(str(tmp_path)) is writer
        assert cache.get(tmp_path / "other") is not writer
        cache.clear()
        assert cache.get(tmp_path) is not writer
    finally:
        cache.clear()


@pytest.fixture
def without_tensorboard(monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "tensorboard"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "tensorboard", None)


def test_without_tensorboard(graph, tmp_path, without_tensorboard):
    needed = r"pip install 'minigraph\[tensorboard\]'"
    with pytest.raises(ImportError, match=needed):
        tf.summary.FileWriter(tmp_path)
    summary = tf.summary.merge([tf.summary.scalar("loss", 1.0), tf.summary.histogram("all", [1.0])])
    with tf.Session() as sess:  # a program that makes summaries builds and runs
        assert b"loss" in sess.run(summary)


def test_a_browser_has_no_tensorboard(tmp_path, without_tensorboard, monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    with pytest.raises(ImportError, match="^Event files need TensorBoard's writer: there is none in a browser$"):
        tf.summary.FileWriter(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="the size of files cannot be limited there")
def test_a_writer_survives_a_full_disk(tmp_path):
    """What could not be written waits, is told of by `flush` and `close`, and is written when there is room."""
    program = """
import resource, signal, sys, warnings
import minigraph as tf
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def room(size): resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
def told(call):
    try: return call()
    except tf.errors.ResourceExhaustedError as error: return error.message.replace(path, "FILE")
def add(step): writer.add_summary(summary, step)
from tensorboard.compat.proto.summary_pb2 import Summary
summary = Summary(value=[Summary.Value(tag="x" * 100, simple_value=1.0)])
writer = tf.summary.FileWriter(sys.argv[1])
path = writer._file.path
add(0)
room(300)
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    for step in range(1, 5): add(step)
print([str(w.message).replace(path, "FILE") for w in seen])
print(told(writer.flush))
print(told(writer.close))
room(resource.RLIM_INFINITY)
add(5)
print(told(writer.flush))
add(6)
writer.close()
"""
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    told = "FILE; File too large\n4 events wait for room on the disk. Make room and call flush() or close() again.\n"
    assert done.stdout == (
        f"['FILE cannot be written now: File too large. Its events wait until it can.']\n{told}{told}None\n"
    )
    assert [event.step for event in read(tmp_path).Scalars("x" * 100)] == list(range(7))
