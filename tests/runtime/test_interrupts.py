"""What reaches a run from outside: Ctrl-C, a deadline, the end of its session."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

import minigraph as tf
from minigraph.graph.limits import limits
from minigraph.runtime import interrupts

HERE = pathlib.Path(__file__).parent
pytestmark = pytest.mark.usefixtures("graph")
posix = pytest.mark.skipif(os.name != "posix", reason="a process cannot send itself SIGINT there")


def endless():
    """Return a loop that does not end."""
    return tf.while_loop(lambda x: x >= 0, lambda x: (x + 1) % 1000, [tf.constant(0)])


# Ctrl-C


def in_a_process(text, timeout=60):
    """Return what a program prints that has SIGINT as a shell gives it; `press(t)` in it presses Ctrl-C in t
    seconds.
    """
    head = (
        "import os, signal, sys, threading, time\nimport numpy as np\nimport minigraph as tf\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a job in the background ignores it
        "def press(*times):\n"
        "    for t in times: threading.Timer(t, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "def slow(seconds, done):\n"
        "    def wait():\n"
        "        end = time.monotonic() + seconds\n"
        "        while time.monotonic() < end: time.sleep(0.01)\n"
        "        done.append('done')\n"
        "        return np.float32(1.0)\n"
        "    return tf.py_func(wait, [], tf.float32)\n"
        "def endless():\n"
        "    return tf.while_loop(lambda x: x >= 0, lambda x: (x + 1) % 1000, [tf.constant(0)])\n"
        "done, sess = [], tf.Session()\n"
    )
    done = subprocess.run([sys.executable, "-c", head + text], capture_output=True, text=True, timeout=timeout)
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1]


@posix
def test_no_step_is_torn_and_no_loop_hangs():
    done = subprocess.run(
        [sys.executable, str(HERE / "interrupted.py"), "6"], capture_output=True, text=True, timeout=600
    )
    lines = done.stdout.splitlines()
    wrong = [line for line in lines if not line.endswith(": 6 interrupts, 0 torn")]
    assert (len(lines), wrong) == (16, []), done.stderr


@posix
def test_ctrl_c_is_taken_when_the_run_ends():
    assert in_a_process("""
press(0.3)
try: sess.run(slow(1.0, done))
except KeyboardInterrupt as error: print(done, repr(error))
print(sess.run(tf.constant(2.0)), signal.getsignal(signal.SIGINT).__module__)
""") == ["['done'] KeyboardInterrupt()", "2.0 minigraph.runtime.interrupts"]


@posix
def test_a_second_ctrl_c_ends_a_run_that_does_not_end():
    assert (
        in_a_process("""
for fetch, options in (endless(), None), (slow(100.0, done), None), (endless(), tf.RunOptions(trace_level=3)):
    press(0.3, 0.8)
    try: sess.run(fetch, options=options, run_metadata=options and tf.RunMetadata())
    except KeyboardInterrupt as error: print(error)
    thread = threading.Thread(target=lambda: done.append(sess.run(tf.Variable(1.0).initial_value)))
    thread.start(); thread.join(10)
    print(done.pop())
""")
        == [
            "The run was interrupted before its end, by a second Ctrl-C: the step may be half done (weights, slots and "
            "global step may disagree).",
            "1.0",
        ]
        * 3
    )


@posix
def test_signals_that_come_together_are_one():
    assert in_a_process("""
press(0.3, 0.33, 0.36)
try: sess.run(slow(1.0, done))
except KeyboardInterrupt as error: print(done, repr(error))
""") == ["['done'] KeyboardInterrupt()"]


@posix
def test_outside_of_runs_ctrl_c_comes_at_once():
    assert in_a_process("""
press(0.3)
begin = time.monotonic()
try: time.sleep(30.0)
except KeyboardInterrupt: print(time.monotonic() - begin < 20)
""") == ["True"]


@posix
def test_a_run_inside_of_a_run_is_a_part_of_it():
    assert in_a_process("""
v, one = tf.Variable(0.0), tf.constant(1.0)
def call():
    press(0.1)
    time.sleep(0.3)
    print(sess.run(one), sess.run(one, options=tf.RunOptions(timeout_in_ms=10000)))
    return np.float32(1.0)
with tf.control_dependencies([tf.py_func(call, [], tf.float32)]):
    add = v.assign_add(1.0)
sess.run(v.initializer)
for _ in range(4):
    try: sess.run(add)
    except KeyboardInterrupt: print("interrupted after", sess.run(v))
""") == [line for i in range(1, 5) for line in ("1.0 1.0", f"interrupted after {i}.0")]


@posix
def test_a_handler_of_the_users_stays():
    assert in_a_process("""
signal.signal(signal.SIGINT, lambda *_: done.append("mine"))
sess = tf.Session()
press(0.2)
sess.run(slow(0.6, done))
sess.run(tf.constant(1.0))
print(done)
signal.signal(signal.SIGINT, signal.SIG_IGN)
tf.Session().run(tf.constant(1.0))
print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)
""") == ["['mine', 'done']", "True"]


@posix
def test_a_session_of_another_thread_is_left_alone():
    """Ctrl-C goes to the main thread, which is in no run; the worker's runs go on."""
    assert in_a_process("""
c = slow(1.0, done)
thread = threading.Thread(target=lambda: done.append(sess.run(c)))
thread.start()
press(0.3)
begin = time.monotonic()
try: time.sleep(30)
except KeyboardInterrupt: print(done)
thread.join()
print(done)
""") == ["[]", "['done', np.float32(1.0)]" if np.__version__ >= "2" else "['done', 1.0]"]


@posix
def test_in_ipython_each_cell_is_looked_after():
    """Shells set Python's handler anew around cells, so it is taken over before each of them."""
    pytest.importorskip("IPython")
    assert (
        in_a_process("""
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell("import minigraph as tf, signal; c = tf.constant(1.0); s = tf.Session(); [s.run(c) for _ in range(4)]")
signal.signal(signal.SIGINT, signal.default_int_handler)
shell.run_cell("print(signal.getsignal(signal.SIGINT).__module__)")
""")[-1]
        == "minigraph.runtime.interrupts"
    )


# Deadlines


@pytest.mark.parametrize(
    "run",
    [
        lambda sess, fetch, options: sess.run(fetch, options=options),
        lambda sess, fetch, options: sess.run(fetch, options=options, run_metadata=tf.RunMetadata()),
        lambda sess, fetch, options: sess.make_callable(fetch, accept_options=True)(options=options),
    ],
)
@pytest.mark.parametrize("trace_level", [0, 3])
def test_a_run_ends_when_its_time_is_over(sess, run, trace_level):
    """Recorded from TensorFlow 1.15.5: the error is of no operation, and the session goes on."""
    options = tf.RunOptions(timeout_in_ms=50, trace_level=trace_level)
    for _ in range(3):
        with pytest.raises(tf.errors.DeadlineExceededError, match="Timed out waiting for notification") as error:
            run(sess, endless(), options)
        assert error.value.op is None and error.value.error_code == 4
        assert not limits and sess.run(tf.constant(1.0)) == 1.0


@pytest.mark.parametrize(
    "fetch",
    [
        endless,
        lambda: tf.while_loop(lambda x: x < 1, lambda x: endless(), [tf.constant(0)]),
        lambda: tf.cond(tf.placeholder_with_default(True, []), endless, lambda: tf.constant(0)),
        lambda: tf.py_func(lambda: time.sleep(0.1), [], []),
    ],
)
def test_the_time_of_all_runs_of_a_session(fetch):
    with tf.Session(config=tf.ConfigProto(operation_timeout_in_ms=50)) as sess:
        fetch = fetch()
        handle = sess.partial_run_setup([fetch])
        for run in (
            lambda: sess.run(fetch),
            sess.make_callable(fetch),
            lambda: sess.partial_run(handle, fetch),
            lambda: sess.run(fetch, options=tf.RunOptions(timeout_in_ms=0)),
        ):
            with pytest.raises(tf.errors.DeadlineExceededError, match="Timed out waiting for notification"):
                run()
        assert sess.run(tf.constant(1.0) + 1.0, options=tf.RunOptions(timeout_in_ms=60_000)) == 2.0


def test_nothing_begins_after_the_deadline(sess):
    v, done = tf.Variable(0.0), []
    with tf.control_dependencies([tf.py_func(lambda: done.append(time.sleep(0.1)), [], [])]):
        add = v.assign_add(1.0)
    sess.run(v.initializer)
    with pytest.raises(tf.errors.DeadlineExceededError):
        sess.run(add, options=tf.RunOptions(timeout_in_ms=50))
    assert done == [None] and sess.run(v) == 0.0


@pytest.mark.parametrize("milliseconds", [0, -5, 60_000])
def test_time_enough(sess, milliseconds):
    x = tf.placeholder(tf.float32, [])
    for i in range(4):
        assert sess.run(x * 2.0, {x: i}, tf.RunOptions(timeout_in_ms=milliseconds)) == 2 * i


def test_options_of_a_wrong_kind(sess):
    for run in (sess.run, lambda fetch, options: sess.make_callable(fetch, accept_options=True)(options=options)):
        with pytest.raises(TypeError, match="options must be a tf.RunOptions, but got <class 'int'>"):
            run(tf.constant(1.0), options=3)


# Sessions that are closed under a run


def closed_under(sess, fetch, begun):
    """Close a session while a thread runs it; return what the run raised."""
    found = []

    def run():
        try:
            found.append(sess.run(fetch))
        except Exception as error:
            found.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    begun()
    sess.close()
    thread.join(30)
    return found


def test_close_ends_a_run_that_waits_and_waits_for_it():
    """Recorded from TensorFlow 1.15.5."""
    sess, begun, done, v = tf.Session(), threading.Event(), [], tf.Variable(0.0)

    def wait():
        begun.set()
        time.sleep(0.3)
        done.append(1)
        return np.float32(1.0)

    sess.run(v.initializer)
    fetch = v + tf.py_func(wait, [], tf.float32)
    (error,) = closed_under(sess, fetch, begun.wait)
    assert done == [1]
    assert isinstance(error, tf.errors.CancelledError) and error.message.startswith("Run call was cancelled")
    with pytest.raises(RuntimeError, match="Attempted to use a closed Session."):
        sess.run(fetch)
    assert not interrupts.news and not limits


@pytest.mark.parametrize("runs", [0, 3])
def test_close_ends_a_loop(runs):
    sess, x = tf.Session(), tf.placeholder_with_default(0, [])
    loop = tf.while_loop(lambda x: x >= 0, lambda x: (x + 1) % 1000, [x])
    for _ in range(runs):
        assert sess.run(loop, {x: -1}) == -1
    (error,) = closed_under(sess, loop, lambda: time.sleep(0.2))
    assert isinstance(error, tf.errors.CancelledError) and error.op is None
    assert not interrupts.news and not limits


def test_a_run_that_closes_its_own_session():
    sess = tf.Session()
    fetch = tf.py_func(lambda: sess.close(), [], [])
    with pytest.raises(tf.errors.CancelledError, match="Run call was cancelled"):
        sess.run(fetch)
    assert not interrupts.news and not limits


def test_close_while_garbage_is_collected():
    """Graphs have thread-local scopes: Python 3.11 hung where one was freed while it looked at its threads."""
    assert in_a_process("""
import gc
from minigraph.runtime import interrupts
for i in range(60):
    gc.disable()
    gc.collect()
    graph = tf.Graph()
    graph.itself = graph
    del graph
    gc.set_threshold(gc.get_count()[0] + i)
    gc.enable()
    interrupts._frames()
print("alive")
""") == ["alive"]


# Runs that wait for each other


def meeting():
    """Two operations that end when both have begun."""
    events = threading.Event(), threading.Event()

    def meet(mine, other):
        mine.set()
        return np.bool_(other.wait(10))

    return [lambda: meet(*events), lambda: meet(*events[::-1])]


@pytest.mark.parametrize("stateful", [True, False])
@pytest.mark.parametrize("way", ["run", "again", "traced", "partial", "timed"])
def test_functions_that_wait_for_each_other(sess, stateful, way):
    """Recorded from TensorFlow 1.15.5."""
    current = [None, None]
    fetches = [tf.py_func(lambda i=i: current[i](), [], tf.bool, stateful=stateful) for i in range(2)]

    def run(fetch):
        if way == "partial":
            return sess.partial_run(sess.partial_run_setup([fetch]), fetch)
        if way == "traced":
            return sess.run(fetch, options=tf.RunOptions(trace_level=3), run_metadata=tf.RunMetadata())
        return sess.run(fetch, options=tf.RunOptions(timeout_in_ms=60_000) if way == "timed" else None)

    for _ in range(3 if way == "again" else 1):
        current[:] = meeting()
        found = []
        threads = [threading.Thread(target=lambda f=f: found.append(run(f))) for f in fetches]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert found == [True, True]


def test_a_function_that_waits_for_another_run(sess):
    v, begun, over = tf.Variable(0.0), threading.Event(), threading.Event()
    sess.run(v.initializer)
    add, wait = v.assign_add(1.0), tf.py_func(lambda: [begun.set(), over.wait(10)][1], [], tf.bool)
    found = []
    thread = threading.Thread(target=lambda: found.append(sess.run(wait)))
    thread.start()
    begun.wait(10)
    assert [sess.run(add) for _ in range(4)] == [1.0, 2.0, 3.0, 4.0]
    over.set()
    thread.join(60)
    assert found == [True]
