"""`Supervisor`: what it finds, makes and restores, its threads, ends and failures, as TensorFlow 1.15.5's."""

from __future__ import annotations

import pytest

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")


def counting():
    step = tf.train.get_or_create_global_step()
    return step, tf.assign_add(step, 1)


def test_the_second_one_goes_on_where_the_first_stopped(tmp_path):
    folder = str(tmp_path)
    for last in 3, 6:
        with tf.Graph().as_default():
            step, up = counting()
            tf.summary.scalar("step", step)
            supervisor = tf.train.Supervisor(logdir=folder, save_summaries_secs=0, save_model_secs=0)
            with supervisor.managed_session() as session:
                while not supervisor.should_stop():
                    if session.run(up) == last:
                        supervisor.summary_computed(session, session.run(supervisor.summary_op))
                        supervisor.saver.save(session, supervisor.save_path, global_step=step)
                        supervisor.request_stop()
        assert tf.train.latest_checkpoint(folder) == f"{folder}/model.ckpt-{last}"
    assert (tmp_path / "graph.pbtxt").exists()


def test_its_threads_write_and_end_with_it(tmp_path):
    step, up = counting()
    tf.summary.scalar("step", step)
    supervisor = tf.train.Supervisor(logdir=str(tmp_path))
    session = supervisor.prepare_or_wait_for_session(start_standard_services=False)
    threads = supervisor.start_standard_services(session)
    assert len(threads) == 3
    while tf.train.latest_checkpoint(str(tmp_path)) is None and any(thread.is_alive() for thread in threads):
        session.run(up)
    supervisor.stop()
    assert not any(thread.is_alive() for thread in threads)
    assert supervisor.should_stop()
    session.close()


def test_failures_and_the_end_of_the_input():
    _, up = counting()
    supervisor = tf.train.Supervisor()
    with pytest.raises(ValueError, match="mine"), supervisor.managed_session() as session:
        session.run(up)
        raise ValueError("mine")
    with supervisor.managed_session() as session:
        raise tf.errors.OutOfRangeError(None, None, "end")


def test_what_the_graph_has_is_found():
    v = tf.Variable(1.0)
    init = v.assign(4.0).op
    tf.add_to_collection(tf.GraphKeys.INIT_OP, init)
    supervisor = tf.train.Supervisor(saver=None, summary_op=None)
    assert (supervisor.init_op, supervisor.saver, supervisor.summary_op) == (init, None, None)
    assert tf.get_default_graph().finalized
    with supervisor.managed_session() as session:
        assert session.run(v) == 4.0
        with pytest.raises(RuntimeError, match="Writing a summary requires a summary writer."):
            supervisor.summary_computed(session, b"")


def test_a_worker():
    tf.Variable(1.0)
    with pytest.raises(ValueError, match="When using replicas, all Variables must have their device set"):
        tf.train.Supervisor(is_chief=False)
    with tf.Graph().as_default():
        with tf.device("/cpu:0"):
            tf.Variable(1.0)
        supervisor = tf.train.Supervisor(is_chief=False)
        with pytest.raises(RuntimeError, match="Only chief supervisor can start standard services."):
            supervisor.start_standard_services(None)
        with pytest.raises(tf.errors.DeadlineExceededError):
            supervisor.prepare_or_wait_for_session(max_wait_secs=0)
