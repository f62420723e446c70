"""Monitored sessions: recovery, ends and failures, threads, feeds of hooks, steps by a function.

What hooks are told in which order, messages and nodes are held by the parity programs `monitored_session` and
`monitored_training`; what is expected here was recorded from TensorFlow 1.15.5.
"""

from __future__ import annotations

import threading

import pytest

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")


class Fail(tf.train.SessionRunHook):
    """Fail once, with an error, when a run has been carried out so many times."""

    def __init__(self, error, at):
        self.error, self.at, self.runs, self.sessions = error, at, 0, 0

    def after_create_session(self, session, coord):
        self.sessions += 1

    def after_run(self, run_context, run_values):
        self.runs += 1
        if self.runs == self.at:
            raise self.error


def counting():
    """Return a global step and an operation that adds 1 to it."""
    step = tf.train.get_or_create_global_step()
    return step, tf.assign_add(step, 1)


@pytest.fixture
def folder(tmp_path):
    yield str(tmp_path)
    tf.summary.FileWriterCache.clear()


@pytest.mark.parametrize("kind", [tf.errors.AbortedError, tf.errors.UnavailableError])
def test_a_new_session_goes_on_from_the_last_checkpoint(kind, folder):
    _, up = counting()
    fail = Fail(kind(None, None, "gone"), 4)
    seen = []
    with tf.train.MonitoredTrainingSession(
        checkpoint_dir=folder, save_checkpoint_steps=2, hooks=[tf.train.StopAtStepHook(last_step=6), fail]
    ) as session:
        while not session.should_stop():
            seen.append(int(session.run(up)))
    # The fourth run has made and saved step 4 when the hook fails: the new session repeats the run from there.
    assert seen == [1, 2, 3, 5, 6]
    assert fail.sessions == 2


def test_without_a_checkpoint_it_begins_anew():
    _, up = counting()
    fail = Fail(tf.errors.AbortedError(None, None, "gone"), 3)
    with tf.train.MonitoredSession(hooks=[fail]) as session:
        assert [int(session.run(up)) for _ in range(4)] == [1, 2, 1, 2]


def test_other_errors_and_singular_sessions_do_not_recover():
    _, up = counting()
    for kind, error in (
        (tf.train.MonitoredSession, tf.errors.InternalError(None, None, "bad")),
        (tf.train.SingularMonitoredSession, tf.errors.AbortedError(None, None, "gone")),
    ):
        fail = Fail(error, 1)
        with pytest.raises(type(error)), kind(hooks=[fail]) as session:
            session.run(up)
        assert fail.sessions == 1


@pytest.mark.parametrize("error", [tf.errors.OutOfRangeError(None, None, "end"), StopIteration()])
def test_the_end_of_the_input_is_no_error_and_hooks_end(error):
    _, up = counting()
    ended = []

    class End(tf.train.SessionRunHook):
        def end(self, session):
            ended.append(session.run(up))

    with tf.train.MonitoredSession(hooks=[End()]) as session:
        session.run(up)
        raise error
    assert ended == [2]
    assert session.should_stop()
    assert session.graph is None


def test_hooks_do_not_end_after_a_failure_and_the_graph_may_grow_again():
    _, up = counting()

    class End(tf.train.SessionRunHook):
        def end(self, session):
            raise AssertionError("called")

    with pytest.raises(ZeroDivisionError), tf.train.MonitoredSession(hooks=[End()]) as session:
        session.run(up)
        assert tf.get_default_graph().finalized
        raise ZeroDivisionError
    assert not tf.get_default_graph().finalized
    with pytest.raises(RuntimeError, match="Session is already closed."):
        session.close()
    with pytest.raises(RuntimeError, match="Session is already closed."):
        session.run(up)


def test_the_error_of_a_thread_is_raised_when_the_session_closes():
    _, up = counting()
    failed = threading.Event()

    class Runner:
        def create_threads(self, session, coord, daemon, start):
            def work():
                with coord.stop_on_exception():
                    failed.set()
                    raise KeyError("of a thread")

            thread = threading.Thread(target=work, daemon=daemon)
            coord.register_thread(thread)
            thread.start()
            return [thread]

    tf.add_to_collection(tf.GraphKeys.QUEUE_RUNNERS, Runner())
    with pytest.raises(KeyError, match="of a thread"), tf.train.MonitoredSession() as session:
        assert failed.wait(30)
        while not session.should_stop():
            session.run(up)


def test_feeds_of_hooks_and_of_the_caller():
    x, y = tf.placeholder(tf.float32, []), tf.placeholder(tf.float32, [])
    total = x + y
    with tf.train.MonitoredSession(hooks=[tf.train.FeedFnHook(lambda: {x: 1.0})]) as session:
        assert session.run([total], {y: 2.0}) == [3.0]
        with pytest.raises(RuntimeError, match="Same tensor is fed by a SessionRunHook and user."):
            session.run(total, {x: 1.0, y: 2.0})
    two = [tf.train.FeedFnHook(lambda: {x: 1.0, y: 1.0}), tf.train.FeedFnHook(lambda: {x: 2.0})]
    with tf.train.MonitoredSession(hooks=two) as session:
        with pytest.raises(RuntimeError, match="Same tensor is fed by two hooks."):
            session.run(total)


def test_options_and_metadata_of_hooks_are_merged():
    x = tf.constant(1.0) * 2.0
    seen = []

    class Options(tf.train.SessionRunHook):
        def before_run(self, run_context):
            return tf.train.SessionRunArgs(None, options=tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE))

        def after_run(self, run_context, run_values):
            seen.append((run_values.options.timeout_in_ms, run_values.results, run_values.run_metadata))

    metadata = tf.RunMetadata()
    with tf.train.MonitoredSession(hooks=[Options()]) as session:
        assert session.run(x, options=tf.RunOptions(timeout_in_ms=60000), run_metadata=metadata) == 2.0
    assert seen == [(60000, None, metadata)]
    assert metadata.trace is not None


def test_steps_by_a_function():
    _, up = counting()
    count = Fail(None, -1)
    with tf.train.MonitoredSession(hooks=[count]) as session:

        def step_fn(step_context):
            step_context.session.run(up)
            value = step_context.run_with_hooks(up)
            if value >= 4:
                step_context.request_stop()
            return int(value)

        assert session.run_step_fn(step_fn) == 2
        with pytest.raises(ValueError, match="`step_fn` may either have one `step_context` argument"):
            session.run_step_fn(lambda context: None)
        session.run_step_fn(step_fn)
        raise AssertionError("the second step stops")
    assert count.runs == 2


def test_a_variable_that_nothing_initializes():
    tf.Variable(1.0, name="v")
    scaffold = tf.train.Scaffold(init_op=tf.no_op())
    with pytest.raises(
        RuntimeError, match=r"Init operations did not make model ready for local_init.*Variables not initialized: v"
    ):
        tf.train.MonitoredTrainingSession(scaffold=scaffold)


def test_a_worker_waits_for_the_chief():
    tf.Variable(1.0, name="v")
    with pytest.raises(tf.errors.DeadlineExceededError, match="Session was not ready after waiting 0 secs."):
        tf.train.MonitoredTrainingSession(is_chief=False, max_wait_secs=0)


def test_two_candidates_for_the_scaffold():
    tf.add_to_collection(tf.GraphKeys.INIT_OP, tf.no_op())
    tf.add_to_collection(tf.GraphKeys.INIT_OP, tf.no_op())
    with pytest.raises(RuntimeError, match='More than one item in the collection "init_op"'):
        tf.train.MonitoredSession()


def test_a_scaffold_copies_another():
    first = tf.train.Scaffold(init_op=tf.no_op(name="mine"), init_fn=lambda scaffold, session: None)
    second = tf.train.Scaffold(ready_op=tf.no_op(), copy_from_scaffold=first)
    assert (second.init_op, second.summary_op) == (first.init_op, None)
    assert second.init_fn is not None
    with pytest.raises(TypeError, match="copy_from_scaffold is not a Scaffold instance."):
        tf.train.Scaffold(copy_from_scaffold=4)


def test_a_session_manager_restores_one_checkpoint(folder):
    v = tf.Variable(1.0)
    saver = tf.train.Saver()
    with tf.Session() as session:
        session.run(v.assign(5.0))
        path = saver.save(session, folder + "/model")
    manager = tf.train.SessionManager()
    for given in {"checkpoint_dir": folder}, {"checkpoint_filename_with_path": path}:
        session, restored = manager.recover_session("", saver=saver, **given)
        assert restored
        assert session.run(v) == 5.0
        session.close()
    with pytest.raises(ValueError, match="Can not provide both checkpoint_dir and checkpoint_filename_with_path."):
        manager.recover_session("", saver=saver, checkpoint_dir=folder, checkpoint_filename_with_path=path)
    session, restored = manager.recover_session("", saver=saver, checkpoint_dir=folder + "/none")
    assert not restored
    session.close()
    with pytest.raises(RuntimeError, match="Model is not initialized and no init_op or init_fn or local_init_op"):
        manager.prepare_session("", saver=saver)
