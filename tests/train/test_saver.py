"""`tf.train.Saver`: what it keeps, what it says when something is wrong, and what a sudden end leaves."""

import os
import random
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")


@pytest.fixture
def model(tmp_path):
    """Return a session with three variables that have values, a `Saver` and a prefix."""
    tf.Variable([1.0, 2.0], name="a")
    tf.Variable([[0.0, 0.0], [3.0, 4.0]], name="b")
    step = tf.train.get_or_create_global_step()
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        yield session, tf.train.Saver(max_to_keep=2), str(tmp_path / "model"), step


def names(tmp_path):
    return sorted(path.name for path in tmp_path.iterdir())


# Saving


@pytest.mark.parametrize("turn", range(4))
def test_what_is_saved_comes_back(model, turn):
    session, saver, prefix, step = model
    values = []
    for _ in range(turn + 1):
        session.run([tf.assign_add(step, 1), *[v.assign(v + 1.0) for v in tf.global_variables()[:2]]])
        values.append(session.run(tf.global_variables()))
        assert saver.save(session, prefix, global_step=step) == f"{prefix}-{len(values)}"
    for path, value in zip(saver.last_checkpoints, values[-2:]):
        saver.restore(session, path)
        for found, expected in zip(session.run(tf.global_variables()), value):
            np.testing.assert_array_equal(found, expected)
    with tf.Session() as new:  # in which nothing is initialized
        saver.restore(new, tf.train.latest_checkpoint(os.path.dirname(prefix)))
        assert new.run(step) == turn + 1


def test_old_checkpoints_are_removed_and_the_list_written_first(model, tmp_path):
    session, saver, prefix, _ = model
    for step in range(4):
        saver.save(session, prefix, step)
    kept = [f"model-{i}.{end}" for i in (2, 3) for end in ("data-00000-of-00001", "index", "meta")]
    assert names(tmp_path) == ["checkpoint", *kept]
    state = tf.train.get_checkpoint_state(str(tmp_path))
    assert state.model_checkpoint_path == f"{prefix}-3"
    assert state.all_model_checkpoint_paths == saver.last_checkpoints == [f"{prefix}-2", f"{prefix}-3"]


def test_one_for_each_so_many_hours_is_kept_for_good(model, tmp_path, monkeypatch):
    session, _, prefix, _ = model
    now = [1000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    saver = tf.train.Saver(max_to_keep=1, keep_checkpoint_every_n_hours=1)
    for step in range(6):
        now[0] += 1500.0
        saver.save(session, prefix, step)
    # TensorFlow 1.15.5 keeps the same ones: the first after each hour, and the last.
    assert [n for n in names(tmp_path) if n.endswith(".index")] == ["model-2.index", "model-4.index", "model-5.index"]


def test_zero_keeps_all(model, tmp_path):
    session, _, prefix, _ = model
    saver = tf.train.Saver(max_to_keep=0)
    for step in range(3):
        saver.save(session, prefix, step)
    assert len([n for n in names(tmp_path) if n.endswith(".index")]) == 3
    assert saver.last_checkpoints == []
    assert tf.train.get_checkpoint_state(str(tmp_path)).all_model_checkpoint_paths == [f"{prefix}-2"]


def test_relative_paths_move_with_the_folder(model, tmp_path):
    session, _, _, _ = model
    (tmp_path / "before").mkdir()
    saver = tf.train.Saver(save_relative_paths=True, pad_step_number=True)
    saver.save(session, str(tmp_path / "before" / "model"), global_step=np.int64(7))
    (tmp_path / "before").rename(tmp_path / "after")
    assert tf.train.latest_checkpoint(str(tmp_path / "after")) == str(tmp_path / "after" / "model-00000007")


def test_several_devices_write_one_checkpoint(tmp_path):
    with tf.device("/cpu:0"):
        a = tf.Variable([1.0], name="a")
    b = tf.Variable(2, name="b")
    saver = tf.train.Saver(sharded=True)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for _ in range(2):  # over itself, too
            path = saver.save(session, str(tmp_path / "model"), write_state=False)
        files = ["model.data-00000-of-00002", "model.data-00001-of-00002", "model.index", "model.meta"]
        assert names(tmp_path) == files
        session.run([a.assign([0.0]), b.assign(0)])
        saver.restore(session, path)
        assert session.run([a, b]) == [[1.0], 2]


def test_the_graph_may_be_finalized_and_another_session_restores(model):
    session, saver, prefix, _ = model
    session.graph.finalize()
    path = saver.save(session, prefix)
    with tf.Session(graph=session.graph) as other:
        saver.restore(other, path)
        assert other.run("a:0").tolist() == [1.0, 2.0]


def test_a_saver_of_the_same_nodes(model):
    session, saver, prefix, _ = model
    again = tf.train.Saver(saver_def=saver.as_saver_def())
    again.restore(session, saver.save(session, prefix))
    assert tf.train.Saver.from_proto(saver.to_proto()).saver_def == saver.saver_def


def test_reshape_takes_values_of_another_shape(model, tmp_path):
    session, saver, prefix, _ = model
    path = saver.save(session, prefix)
    with tf.Graph().as_default(), tf.Session() as other:
        b = tf.Variable([0.0] * 4, name="b")
        tf.train.Saver([b], reshape=True).restore(other, path)
        assert other.run(b).tolist() == [0.0, 0.0, 3.0, 4.0]


def test_checkpoints_of_an_earlier_process_are_taken_over(model):
    session, saver, prefix, _ = model
    paths = [saver.save(session, prefix, step) for step in range(2)]
    later = tf.train.Saver(max_to_keep=2)
    later.recover_last_checkpoints([*paths, "no/such/model"])
    assert later.last_checkpoints == paths
    later.save(session, prefix, 2)
    assert not tf.train.checkpoint_exists(paths[0])


# What is wrong


def message_of(kind, function, *args, **kwargs):
    with pytest.raises(kind) as caught:
        function(*args, **kwargs)
    return str(caught.value)


WRONG_LISTS = [
    (lambda v: [], ValueError, "No variables to save\n"),
    (lambda v: "a", TypeError, "Variables to save should be passed in a dict or a list: a"),
    (lambda v: [tf.constant(1.0)], TypeError, "Variable to save is not a Variable: Tensor("),
    (lambda v: [v, v], ValueError, "At least two variables have the same name: v"),
    (lambda v: {"x": v, "y": v}, ValueError, "The same saveable will be restored with two names: y"),
    (lambda v: {1: v}, TypeError, "names_to_saveables must be a dict mapping string names to trackable operations."),
]


@pytest.mark.parametrize("make, kind, first", WRONG_LISTS)
def test_a_wrong_list_of_variables_is_refused(make, kind, first):
    variables = make(tf.Variable(1.0, name="v"))
    count = len(tf.get_default_graph().get_operations())
    assert message_of(kind, tf.train.Saver, variables).startswith(first)
    assert len(tf.get_default_graph().get_operations()) == count


def test_wrong_calls_have_tensorflows_errors(model, tmp_path):
    session, saver, prefix, _ = model
    assert message_of(TypeError, saver.save, None, prefix) == "'sess' must be a Session; None"
    assert message_of(ValueError, saver.save, session, f"{prefix}/deep/er/m") == (
        f"Parent directory of {prefix}/deep/er/m doesn't exist, can't save.\nMake it: os.makedirs('{prefix}/deep/er')"
    )
    message = message_of(ValueError, saver.save, session, f"{prefix}/deep/m", global_step=np.int32(3))
    assert message.startswith(f"Parent directory of {prefix}/deep/m doesn't exist, can't save.\n")  # without the step
    assert "must not contain path" in message_of(ValueError, saver.save, session, prefix, latest_filename="a/b")
    assert "collides with 'save_path'" in message_of(ValueError, saver.save, session, str(tmp_path / "checkpoint"))
    assert message_of(ValueError, saver.restore, session, None).startswith("Can't load save_path when it is None.\n")
    missing = str(tmp_path / "zz")
    assert message_of(ValueError, saver.restore, session, missing) == (
        f"The passed save_path is not a valid checkpoint: {missing}"
    )
    path = saver.save(session, prefix)
    assert message_of(tf.errors.NotFoundError, saver.restore, session, f"{path}.index").endswith("without .index")
    data = f"{path}.data-00000-of-00001"
    assert "Unable to open table file" in message_of(tf.errors.DataLossError, saver.restore, session, data)
    assert message_of(ValueError, saver.restore, session, str(tmp_path)).endswith(
        f"For the latest in a folder: tf.train.latest_checkpoint('{tmp_path}')"
    )


def test_a_variable_without_value_is_not_saved(model, tmp_path):
    _, saver, prefix, _ = model
    with tf.Session() as other:
        text = message_of(tf.errors.FailedPreconditionError, saver.save, other, prefix)
    assert text.startswith("Attempting to use uninitialized value a\n")
    assert names(tmp_path) == []


def test_an_empty_graph_and_a_deferred_build(tmp_path):
    assert message_of(ValueError, tf.train.Saver).startswith("No variables to save\n")
    with tf.Session() as session:
        assert tf.train.Saver(allow_empty=True).save(session, str(tmp_path / "m")) is None
        saver = tf.train.Saver(defer_build=True)
        v = tf.Variable(1.0)
        session.run(v.initializer)
        text = "`build()` should be called before save if defer_build==True"
        assert message_of(RuntimeError, saver.save, session, str(tmp_path / "m")) == text
        saver.build()
        saver.build()
        assert saver.save(session, str(tmp_path / "m")) == str(tmp_path / "m")


def test_a_checkpoint_that_does_not_fit_is_told_in_a_table_and_nothing_is_written(model, tmp_path):
    session, saver, prefix, _ = model
    path = saver.save(session, prefix)
    with tf.Graph().as_default(), tf.Session() as other:
        a = tf.Variable([9.0], name="a")
        tf.Variable([[0, 0], [0, 0]], name="b")
        tf.Variable([5, 6], name="globalstep")
        fine = tf.train.Saver({"global_step": tf.Variable(3, dtype=tf.int64, name="fine")})
        saver = tf.train.Saver()
        other.run(tf.global_variables_initializer())
        text = message_of(tf.errors.NotFoundError, saver.restore, other, path)
        assert text.split("\n") == [
            "Restoring from checkpoint failed. This is most likely due to a Variable name or other graph key that is "
            "missing from the checkpoint.",
            "Key fine not found in checkpoint",
            f"Checkpoint {path} and the graph differ:",
            "  only in the graph: fine ()",
            "  only in the graph: globalstep (2,) (the file has global_step)",
            "  shape of a: (1,) in the graph, (2,) in the file",
            "  type of b: int32 in the graph, float32 in the file",
            "  only in the file: global_step",
        ]
        assert other.run(a).tolist() == [9.0]
        fine.restore(other, path)


def test_the_advice_for_what_is_missing_restores_the_rest(model):
    session, saver, prefix, _ = model
    path = saver.save(session, prefix)
    with tf.Graph().as_default(), tf.Session() as other:
        a = tf.Variable([9.0, 9.0], name="a")
        new = tf.Variable([9.0, 9.0], name="new")
        other.run(tf.global_variables_initializer())
        text = message_of(tf.errors.NotFoundError, tf.train.Saver().restore, other, path)
        assert text.endswith(
            "To read what fits: tf.train.Saver([v for v in tf.global_variables() if v.op.name not in ('new',)])"
            f".restore(sess, {path!r})"
        )
        eval(re.search(r"tf\.train\.Saver\(.*\)", text)[0], {"tf": tf, "sess": other})
        assert other.run([a, new])[0].tolist() == [1.0, 2.0] and other.run(new).tolist() == [9.0, 9.0]


def test_damaged_data_are_found_before_a_variable_is_written(model):
    session, saver, prefix, _ = model
    path = saver.save(session, prefix)
    with open(f"{path}.data-00000-of-00001", "r+b") as file:
        file.seek(-1, 2)  # in the last value; the others are whole
        file.write(b"\7")
    a, b = tf.global_variables()[:2]
    session.run([a.assign([8.0, 8.0]), b.assign([[8.0, 8.0], [8.0, 8.0]])])
    with pytest.raises(tf.errors.DataLossError, match="Checksum does not match: stored"):
        saver.restore(session, path)
    assert session.run(a).tolist() == [8.0, 8.0]
    os.remove(f"{path}.data-00000-of-00001")
    with pytest.raises(tf.errors.NotFoundError, match="data-00000-of-00001; No such file or directory"):
        saver.restore(session, path)


def test_a_folder_that_takes_no_files_leaves_what_was_there(model, tmp_path, monkeypatch):
    session, saver, prefix, _ = model
    saver.save(session, prefix)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def refuse(*args):
        raise OSError(28, "No space left on device", args[0])

    monkeypatch.setattr(os, "fsync", refuse)
    session.run(tf.global_variables()[0].assign([0.0, 0.0]))
    with pytest.raises(tf.errors.OpError, match="No space left on device"):
        saver.save(session, prefix)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


# The end of the process

LOOP = """
import sys
import numpy as np
import minigraph as tf
v = [tf.Variable(np.zeros(size, np.float32), name=f"v{i}") for i, size in enumerate((3, 5000, 60000))]
step = tf.train.create_global_step()
grow = tf.group(*[w.assign_add(tf.ones_like(w)) for w in v], step.assign_add(1))
saver = tf.train.Saver(max_to_keep=2)
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    print("ready", flush=True)
    while True:
        session.run(grow)
        saver.save(session, sys.argv[1], global_step=step if sys.argv[2] == "steps" else None)
"""


@pytest.mark.parametrize("way", ["steps", "over"])
def test_a_killed_process_leaves_a_whole_checkpoint(tmp_path, way):
    random.seed(way)
    rounds = int(os.environ.get("MINIGRAPH_KILLS", "4"))
    for turn in range(rounds):
        folder = tmp_path / str(turn)
        folder.mkdir()
        process = subprocess.Popen(
            [sys.executable, "-c", LOOP, str(folder / "model"), way], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout.readline() == "ready\n"
        while not (folder / "checkpoint").exists():
            time.sleep(0.001)
        time.sleep(random.random() * 0.1)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        latest = tf.train.latest_checkpoint(str(folder))
        for path in tf.train.get_checkpoint_state(str(folder)).all_model_checkpoint_paths[-1:]:
            assert path == latest
        reader = tf.train.NewCheckpointReader(latest)
        step = reader.get_tensor("global_step")
        assert step > 0
        for i in range(3):
            assert set(reader.get_tensor(f"v{i}").tolist()) == {float(step)}, turn


# For other frameworks


def test_values_for_numpy(model, tmp_path):
    session, saver, prefix, _ = model
    saver.save(session, prefix)
    assert tf.train.convert_checkpoint(tmp_path, tmp_path / "w.npz") == ["a", "b", "global_step"]
    with np.load(tmp_path / "w.npz") as values:
        assert values["b"].tolist() == [[0.0, 0.0], [3.0, 4.0]]
    assert "must end in .npz or .safetensors" in message_of(
        ValueError, tf.train.convert_checkpoint, tmp_path, tmp_path / "w.h5"
    )


def test_values_for_safetensors(model, tmp_path):
    session, saver, prefix, _ = model
    path = saver.save(session, prefix)
    try:
        from safetensors.numpy import load_file
    except ImportError:
        text = message_of(ImportError, tf.train.convert_checkpoint, path, tmp_path / "w.safetensors")
        assert text == "Writing .safetensors needs that package: pip install 'minigraph[programs]'"
    else:
        tf.train.convert_checkpoint(path, tmp_path / "w.safetensors")
        assert load_file(tmp_path / "w.safetensors")["a"].tolist() == [1.0, 2.0]
