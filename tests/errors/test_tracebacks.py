"""What is shown of an uncaught error: frames of the user's program only, in scripts, threads and IPython."""

import os
import pathlib
import re
import subprocess
import sys
import textwrap
import threading
import traceback

import pytest

import minigraph as tf
from minigraph.graph import tracebacks

ROOT = str(pathlib.Path(tf.__file__).resolve().parent.parent)
PROGRAM = """\
import minigraph as tf
{first}
x = tf.placeholder(tf.float32, [2], name="x")

def evaluate(sess):
    return sess.run(x * 2.0)

{last}
"""


def stderr_of(first="", last="evaluate(tf.Session())", folder=None):
    path = folder / "train.py"
    path.write_text(PROGRAM.format(first=first, last=last))
    return subprocess.run(
        [sys.executable, str(path)], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": ROOT}
    ).stderr


def frames(text):
    """Return the places in a printed traceback: the last part of the path, and the line."""
    found = [line.split('"') for line in text.splitlines() if line.startswith("  File ")]
    return [(name.rpartition("/")[2], rest.split(",")[1].strip()) for _, name, rest in found]


def test_a_script_shows_its_own_lines(tmp_path):
    text = stderr_of(folder=tmp_path)
    assert frames(text) == [("train.py", "line 8"), ("train.py", "line 6")]
    assert "During handling" not in text
    assert text.splitlines()[-1] == "Write sess.run(..., feed_dict={x: value})."


def test_all_frames_on_request(tmp_path):
    shown = frames(stderr_of("tf.set_traceback(full=True)", folder=tmp_path))
    assert ("train.py", "line 6") in shown and any(name == "session.py" for name, _ in shown)


def test_a_thread_shows_its_own_lines(tmp_path):
    text = stderr_of("import threading", "threading.Thread(target=evaluate, args=[tf.Session()]).start()", tmp_path)
    shown = frames(text)
    assert shown[-1] == ("train.py", "line 6") and not any(name == "session.py" for name, _ in shown)


def test_an_earlier_hook_is_called_and_a_debugger_sees_all(tmp_path):
    first = """
import sys, traceback
def hook(kind, error, tb):
    print("mine", len(traceback.extract_tb(tb)), file=sys.stderr)
sys.excepthook = hook
import importlib
from minigraph.graph import tracebacks
tracebacks.install()
"""
    text = stderr_of(first, folder=tmp_path)
    assert text == "mine 2\n"


def test_the_error_itself_keeps_its_frames(monkeypatch):
    seen = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, tb: seen.append(len(traceback.extract_tb(tb))))
    tracebacks.install()
    with pytest.raises(ValueError) as caught:
        tf.reshape([1.0, 2.0], [3])
    error, whole = caught.value, caught.value.__traceback__
    sys.excepthook(type(error), error, whole)
    assert seen == [1]
    assert error.__traceback__ is whole and len(traceback.extract_tb(whole)) > 2
    monkeypatch.undo()


def test_a_hook_for_threads_is_chained(monkeypatch):
    seen = []
    monkeypatch.setattr(threading, "excepthook", lambda args: seen.append(traceback.extract_tb(args.exc_traceback)))
    tracebacks.install()
    thread = threading.Thread(target=lambda: tf.reshape([1.0, 2.0], [3]))
    thread.start()
    thread.join()
    assert {frame.filename.rpartition("/")[2] for frame in seen[0]} == {"threading.py", "test_tracebacks.py"}


def test_functions_of_the_user_called_from_inside_stay(graph):
    def broken(shape, dtype=None, partition_info=None):
        raise RuntimeError("my own")

    with pytest.raises(RuntimeError) as caught:
        tf.get_variable("v", [2], initializer=broken)
    names = [frame.name for frame in traceback.extract_tb(tracebacks.trimmed(caught.value.__traceback__))]
    assert names == ["test_functions_of_the_user_called_from_inside_stay", "broken"]


def test_a_custom_getter_stays(graph):
    def getter(getter, name, **options):
        raise KeyError("no such setting")

    with pytest.raises(KeyError) as caught, tf.variable_scope("a", custom_getter=getter):
        tf.get_variable("v", [2])
    names = [frame.name for frame in traceback.extract_tb(tracebacks.trimmed(caught.value.__traceback__))]
    assert names == ["test_a_custom_getter_stays", "getter"]


def test_a_py_func_that_raises_is_the_cause(graph):
    def broken(value):
        return 1 / 0

    with tf.Session() as sess, pytest.raises(tf.errors.UnknownError) as caught:
        sess.run(tf.py_func(broken, [1.0], tf.float32))
    cause = caught.value.__cause__
    assert isinstance(cause, ZeroDivisionError)
    names = [frame.name for frame in traceback.extract_tb(tracebacks.trimmed(cause.__traceback__))]
    assert names == ["broken"]


def test_what_the_user_called_to_call_us_is_hidden_too(graph):
    import numpy

    with pytest.raises(NotImplementedError) as caught:
        numpy.mean(tf.constant([1.0, 2.0]))
    names = [frame.name for frame in traceback.extract_tb(tracebacks.trimmed(caught.value.__traceback__))]
    assert names == ["test_what_the_user_called_to_call_us_is_hidden_too"]


def test_an_error_of_the_users_program_is_left_alone():
    try:
        {}["a"]
    except KeyError as error:
        assert tracebacks.trimmed(error.__traceback__).tb_lineno == error.__traceback__.tb_lineno


CELLS = """\
import minigraph, sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
cells = [
    "import minigraph as tf\\nx = tf.placeholder(tf.float32, [2], name='x')",
    "def evaluate(sess):\\n    return sess.run(x * 2.0)",
    "evaluate(tf.Session())",
    "with tf.variable_scope('layer'):\\n    w = tf.get_variable('w', [2])",
    "with tf.variable_scope('layer'):\\n    w = tf.get_variable('w', [2])",
    "tf.set_traceback(full=True)",
    "evaluate(tf.Session())",
]
for cell in cells:
    print("#cell")
    shell.run_cell(cell, store_history=True)
print(sys.last_traceback.tb_next is not None)
"""


def test_in_ipython(tmp_path):
    pytest.importorskip("IPython")
    done = subprocess.run(
        [sys.executable, "-c", CELLS],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "IPYTHONDIR": str(tmp_path), "PYTHONPATH": ROOT},
    )
    outputs = re.sub("\x1b\\[[0-9;]*m", "", done.stdout).split("#cell\n")  # without colours
    unfed, again, full = outputs[3], outputs[5], outputs[7]
    assert "Cell In[3], line 1" in unfed and "Cell In[2], line 2" in unfed
    assert "session.py" not in unfed and "During handling" not in unfed
    assert "The run at In[2]:2 needs 'x' (In[1]:2) for its fetch 'mul:0':" in unfed
    assert (
        textwrap.dedent("""\
        Originally defined at:
          In[4]:2
        Asked for again at In[5]:2.
        This cell ran before, and the graph still has what it made then.
        """)
        in again
    )
    assert "session.py" in full
