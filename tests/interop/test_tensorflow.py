"""What needs TensorFlow, where there is none: what is said, and that nothing is built before; and the messages on the way."""

import importlib.machinery
import os
import socket
import subprocess
import sys
import threading

import numpy as np
import pytest

import minigraph as tf
from minigraph.course import handout
from minigraph.interop import cluster_watch, tensorflow_process
from minigraph.interop.cluster_watch import ClusterWatch
from minigraph.interop.worker import worker_wire as wire

MISSING = """The engine "tensorflow" needs TensorFlow, which is not installed: pip install 'minigraph[tensorflow]'
If another Python has it, set MINIGRAPH_TENSORFLOW_PYTHON to the path of that Python."""


@pytest.fixture
def no_tensorflow(monkeypatch):
    """Hide an installed TensorFlow, and the process that may run already."""
    monkeypatch.delenv("MINIGRAPH_TENSORFLOW_PYTHON", raising=False)
    find = importlib.machinery.PathFinder.find_spec
    monkeypatch.setattr(
        importlib.machinery.PathFinder,
        "find_spec",
        lambda name, *args: None if name == "tensorflow" else find(name, *args),
    )
    monkeypatch.setattr(tensorflow_process, "_started", None)


def trained():
    """Train on a server that cannot be."""
    tf.train.MonitoredTrainingSession("grpc://localhost:2222")


@pytest.mark.parametrize(
    "make",
    [
        lambda: tf.Session("tensorflow"),
        lambda: tf.Session("grpc://localhost:2222"),
        lambda: tf.Session(b"tensorflow"),
        lambda: tf.InteractiveSession("tensorflow"),
        lambda: tf.train.Server({"local": ["localhost:0"]}),
        lambda: tf.train.Server.create_local_server(),
        trained,
    ],
)
def test_without_tensorflow_it_is_said_what_to_install(make, no_tensorflow, graph):
    tf.constant(1.0)
    with pytest.raises(ImportError) as caught:
        make()
    assert str(caught.value) == MISSING


def test_the_course_quotes_what_is_said():
    (lesson,) = [path for path in handout.lessons() if path.stem.startswith("11-")]
    assert f"ImportError: {MISSING.splitlines()[0]}\n" in lesson.read_text()


def test_the_command_says_so_too(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("import tensorflow as tf\nwith tf.Session() as sess:\n    print(sess.run(tf.constant(1)))\n")
    environment = {**os.environ, "MINIGRAPH_TENSORFLOW_PYTHON": str(tmp_path / "none")}
    command = [sys.executable, "-m", "minigraph", "run"]
    done = subprocess.run(
        [*command, "--engine", "tensorflow", str(script)], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 1
    assert f"TensorFlow cannot be started with '{tmp_path / 'none'}': No such file or directory" in done.stderr
    assert "script.py" in done.stderr or "script.py" in done.stdout
    done = subprocess.run([*command, "--engine", "numpy", str(script)], capture_output=True, text=True, env=environment)
    assert done.stdout == "1\n"


def test_a_python_without_tensorflow_is_said(tmp_path, monkeypatch):
    quiet = tmp_path / "python"
    quiet.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S -c "import sys; sys.exit(3)"\n')
    quiet.chmod(0o755)
    monkeypatch.setenv("MINIGRAPH_TENSORFLOW_PYTHON", str(quiet))
    monkeypatch.setattr(tensorflow_process, "_started", None)
    with pytest.raises(ImportError) as caught:
        tf.Session("tensorflow")
    first, _, advice = str(caught.value).partition("\n")
    assert first == f"TensorFlow cannot be imported with {str(quiet)!r}: the process ended, or took too long"
    assert advice.startswith("MINIGRAPH_TENSORFLOW_PYTHON must be the path of a Python in which this works: ")
    assert str(quiet) in advice


@pytest.mark.parametrize("target", ["foo", "grpc:/x", "TensorFlow", "local"])
def test_another_target_is_no_engine(target):
    with pytest.raises(tf.errors.NotFoundError) as caught:
        tf.Session(target)
    first, _, advice = str(caught.value).partition("\n")
    assert first == f'No session factory registered for the given session options: {{target: "{target}"}}'
    assert 'tf.Session("") runs on numpy, tf.Session("tensorflow") in an installed TensorFlow' in advice


def test_messages_come_through():
    there, here = socket.socketpair()
    arrays = [
        np.arange(6, dtype="f4").reshape(2, 3),
        np.arange(6).reshape(2, 3).T,
        np.array(2.5),
        None,
        np.zeros((0, 4), "i1"),
        np.array([b"a\0", "é"], object),
        np.ones((700, 1000)),  # more than a socket holds
    ]
    sender = threading.Thread(target=wire.send, args=(there, ("run", 3, {"a": (1, "x")}), arrays))
    sender.start()
    head, found = wire.receive(here)
    sender.join()
    assert head == ("run", 3, {"a": (1, "x")})
    for given, value in zip(arrays, found):
        if given is None:
            assert value is None
        elif given.dtype == object:
            assert value.tolist() == [b"a\0", "é".encode()]
        else:
            assert value.dtype == given.dtype and value.shape == given.shape and (value == given).all()
    there.close()
    with pytest.raises(EOFError):
        wire.receive(here)
    here.close()


def test_it_is_told_which_tasks_of_a_cluster_do_not_answer(caplog):
    task = socket.create_server(("127.0.0.1", 0))
    address = f"127.0.0.1:{task.getsockname()[1]}"
    watch = ClusterWatch({"/job:ps/task:0": address, "/job:worker/task:1": "127.0.0.1:1"})
    with caplog.at_level("WARNING", "tensorflow"):
        watch._look()
        assert watch.silent() == ["/job:worker/task:1 (127.0.0.1:1)"]
        assert not caplog.messages  # a task that has never been there is not gone
        task.close()
        watch._look()
        watch._look()
        assert caplog.messages == [f"The task /job:ps/task:0 ({address}) does not answer any more."]
        with socket.create_server(("127.0.0.1", int(address.rpartition(":")[2]))):
            watch._look()
        assert caplog.messages[1:] == [f"The task /job:ps/task:0 ({address}) answers again."]


def test_a_session_waits_for_a_server_by_its_address(monkeypatch):
    monkeypatch.setattr(cluster_watch, "_LATE", 0.05)
    assert cluster_watch.watch_of("tensorflow") is None
    watch, over = cluster_watch.watch_of("grpc://127.0.0.1:1"), threading.Event()
    told = []
    monkeypatch.setattr(cluster_watch._logger, "warning", lambda *each: (told.append(each), over.set()))
    with watch.telling_of_waits():
        assert over.wait(30)
    assert told[0] == ("The session waits for %s.", "the server (127.0.0.1:1)")


@pytest.mark.parametrize(
    "arguments, error",
    [
        (([1],), "TypeError: Could not convert `server_or_cluster_def` to a `tf.train.ServerDef` or"),
        (({"a": ["x:1"], "b": ["y:1"]},), "ValueError: Must specify an explicit `job_name`."),
        (({"a": ["x:1", "z:1"]},), "ValueError: Must specify an explicit `task_index`."),
        (({"a": ["x:1"]}, "b"), "ValueError: No such job in cluster: 'b'"),
        (({"a": ["x:1"]}, "a", 3), "ValueError: No task with index 3 in job 'a'"),
    ],
)
def test_a_server_is_a_task_of_its_cluster(arguments, error, no_tensorflow):
    with pytest.raises((TypeError, ValueError)) as caught:
        tf.train.Server(*arguments)
    assert f"{type(caught.value).__name__}: {caught.value}".startswith(error)


def test_a_cluster_goes_to_a_message_and_back():
    cluster = tf.train.ClusterSpec({"worker": {1: "b:1", 4: "c:1"}, "ps": ["a:1"]})
    message = cluster.as_cluster_def()
    assert [job.name for job in message.job] == ["ps", "worker"]
    assert tf.train.ClusterSpec(message) == cluster
