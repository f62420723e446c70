"""Messages beside summaries: metadata of runs and of plugins, graphs with collections, event files read back."""

from __future__ import annotations

import os

import numpy as np
import pytest

import minigraph as tf
from minigraph.contrib.tensorboard.plugins import projector
from minigraph.graph import protos


def events(folder):
    """Return all events of a folder with one file."""
    (file,) = [path for path in folder.iterdir() if ".tfevents." in path.name]
    return list(tf.train.summary_iterator(str(file)))


def test_the_metadata_of_a_run(tmp_path):
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    y = tf.matmul(x, [[1.0], [2.0], [3.0]], name="y")
    run = tf.RunMetadata()
    with tf.Session() as sess, tf.summary.FileWriter(tmp_path) as writer:
        full = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)
        sess.run(y, {x: np.ones((4, 3))}, options=full, run_metadata=run)
        writer.add_run_metadata(run, "one", 7)
        with pytest.raises(ValueError, match="^The provided tag was already used for this event type"):
            writer.add_run_metadata(run, "one")
        writer.add_run_metadata(tf.RunMetadata(), "nothing was traced")
    _, first, second = events(tmp_path)
    assert (first.step, first.tagged_run_metadata.tag) == (7, "one")
    (device,) = protos.RunMetadata.FromString(first.tagged_run_metadata.run_metadata).step_stats.dev_stats
    (node,) = [node for node in device.node_stats if node.node_name == "y"]
    assert device.device.endswith("/device:CPU:0") and node.all_end_rel_micros >= 1
    (output,) = node.output
    assert output.tensor_description.allocation_description.requested_bytes == 16
    assert output.tensor_description.dtype == tf.float32.as_datatype_enum
    assert tf.TensorShape(output.tensor_description.shape).as_list() == [4, 1]
    assert protos.RunMetadata.FromString(second.tagged_run_metadata.run_metadata).step_stats.dev_stats == []


def test_a_meta_graph(tmp_path):
    with tf.summary.FileWriter(tmp_path) as writer:
        writer.add_meta_graph(tf.MetaGraphDef(graph_def=tf.GraphDef(node=[tf.NodeDef(name="a", op="NoOp")])), 3)
        with pytest.raises(TypeError, match="^meta_graph_def must be type MetaGraphDef, saw type: <class 'str'>"):
            writer.add_meta_graph("graph")
        with pytest.raises(ValueError, match="^Please pass only graph, or graph_def"):
            writer.add_graph(tf.get_default_graph(), graph_def=tf.GraphDef())
    event = events(tmp_path)[1]
    assert event.step == 3
    assert tf.MetaGraphDef.FromString(event.meta_graph_def).graph_def.node[0].name == "a"


def test_metadata_are_written_once_for_each_tag(tmp_path):
    """As TensorFlow does; a new file has them again."""
    note, other = (tf.summary.text(name, tf.constant("text")) for name in ("note", "other"))
    with tf.Session() as sess:
        values = sess.run([note, other, note])
    message = tf.Summary.FromString(values[0])
    writer = tf.summary.FileWriter(tmp_path / "one")
    for value in [*values, message]:
        writer.add_summary(value)
    writer.close()
    found = [event.summary.value[0] for event in events(tmp_path / "one")[1:]]
    assert [value.HasField("metadata") for value in found] == [True, True, False, False]
    assert message.value[0].HasField("metadata"), "the caller's message is left as it is"


def test_events_of_ones_own(tmp_path):
    with tf.summary.FileWriter(tmp_path) as writer:
        writer.add_event(tf.Event(step=9, log_message=tf.LogMessage(message="hello")))
        writer.add_session_log(tf.SessionLog(status=tf.SessionLog.CHECKPOINT, checkpoint_path="there"), 10)
    first, own, log = events(tmp_path)
    assert first.file_version == "brain.Event:2" and (own.step, own.log_message.message) == (9, "hello")
    assert log.session_log.checkpoint_path == "there" and log.wall_time > 0


def test_a_file_that_is_cut_off(tmp_path):
    with tf.summary.FileWriter(tmp_path) as writer:
        writer.add_event(tf.Event(step=9))
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-3])
    found = tf.train.summary_iterator(str(path))
    assert next(found).file_version
    with pytest.raises(tf.errors.DataLossError, match="^truncated record at"):
        next(found)
    with pytest.raises(tf.errors.NotFoundError):
        next(tf.train.summary_iterator(str(tmp_path / "none")))


def test_the_description_of_a_summary():
    node = tf.NodeDef(op="TensorSummary")
    node.attr["description"].s = b'{"typeHint": "x"}'
    assert tf.summary.get_summary_description(node).type_hint == "x"
    with pytest.raises(ValueError, match="^Can't get_summary_description on Const"):
        tf.summary.get_summary_description(tf.NodeDef(op="Const"))


# Embeddings


def config_of(*names):
    found = projector.ProjectorConfig()
    for name in names:
        found.embeddings.add(tensor_name=name)
    return found


def visualize(folder, config):
    with tf.summary.FileWriter(folder) as writer:
        projector.visualize_embeddings(writer, config)


def written_config(folder):
    from google.protobuf import text_format

    return text_format.Parse((folder / "projector_config.pbtxt").read_text(), projector.ProjectorConfig())


def test_vectors_follow_each_checkpoint(tmp_path):
    words = tf.get_variable("scope/words", [3, 2], initializer=tf.zeros_initializer())
    bias = tf.get_variable("bias", [3], initializer=tf.zeros_initializer())
    config = config_of(words.name, bias.name, "of_another_graph")
    saver = tf.train.Saver()
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        visualize(tmp_path, config)
        assert written_config(tmp_path) == config, "no vectors are known yet"
        for number in (1.5, 1 / 3):
            sess.run(words.assign(np.full([3, 2], number, np.float32)))
            saver.save(sess, os.path.join(tmp_path, "model"))
            found = np.loadtxt(tmp_path / "scope%2Fwords.tsv", np.float32)
            np.testing.assert_array_equal(found, np.full([3, 2], number, np.float32))
    assert [e.tensor_path for e in written_config(tmp_path).embeddings] == ["scope%2Fwords.tsv", "", ""]
    assert config == config_of(words.name, bias.name, "of_another_graph"), "the caller's message is left as it is"


@pytest.mark.parametrize("is_named", [True, False])
def test_vectors_of_a_checkpoint_that_is_there(tmp_path, is_named):
    tf.get_variable("words", [2, 2], initializer=tf.ones_initializer())
    (tmp_path / "elsewhere").mkdir()
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        path = tf.train.Saver().save(sess, str(tmp_path / "elsewhere" / "model" if is_named else tmp_path / "model"))
    config = config_of("words")
    if is_named:
        config.model_checkpoint_path = path
    visualize(tmp_path, config)
    assert np.loadtxt(tmp_path / "words.tsv").tolist() == [[1.0, 1.0], [1.0, 1.0]]


def test_a_file_of_ones_own_is_left_alone(tmp_path):
    tf.get_variable("words", [2, 2], initializer=tf.ones_initializer())
    config = projector.ProjectorConfig(embeddings=[{"tensor_name": "words", "tensor_path": "mine.tsv"}])
    visualize(tmp_path, config)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        tf.train.Saver().save(sess, str(tmp_path / "model"))
    assert written_config(tmp_path) == config and not (tmp_path / "words.tsv").exists()


def test_at_least_one_sound():
    with pytest.raises(ValueError, match="^Attr 'max_outputs' of 'AudioSummaryV2' Op passed 0 less than minimum 1"):
        tf.summary.audio("tone", [[0.5]], 8000, max_outputs=0)
    assert tf.get_default_graph().get_operations() == []
