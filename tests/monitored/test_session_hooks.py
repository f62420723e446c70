"""Hooks alone: arguments that are refused, what they write, warnings; values and errors are TensorFlow 1.15.5's."""

from __future__ import annotations

import glob
import json

import numpy as np
import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")


@pytest.fixture
def folder(tmp_path):
    yield str(tmp_path)
    tf.summary.FileWriterCache.clear()


def counting():
    step = tf.train.get_or_create_global_step()
    return step, tf.assign_add(step, 1)


T = tf.train


@pytest.mark.parametrize(
    "make, text",
    [
        (lambda: T.SecondOrStepTimer(), "Either every_secs or every_steps should be provided."),
        (lambda: T.SecondOrStepTimer(1, 2), "Can not provide both every_secs and every_steps."),
        (lambda: T.StopAtStepHook(), "One of num_steps or last_step must be specified."),
        (lambda: T.StopAtStepHook(1, 2), "Only one of num_steps or last_step can be specified."),
        (lambda: T.LoggingTensorHook(["x"]), "either at_end and/or exactly one of every_n_iter and every_n_secs"),
        (lambda: T.LoggingTensorHook(["x"], every_n_iter=0), "invalid every_n_iter=0."),
        (lambda: T.StepCounterHook(1, 2), "exactly one of every_n_steps and every_n_secs should be provided."),
        (lambda: T.SummarySaverHook(1), "Exactly one of scaffold or summary_op must be provided."),
        (lambda: T.CheckpointSaverHook("x", saver=1, scaffold=1), "You cannot provide both saver and scaffold."),
    ],
)
def test_arguments_that_are_refused(make, text):
    with pytest.raises(ValueError, match=text):
        make()


@pytest.mark.parametrize(
    "hook",
    [
        T.StopAtStepHook(num_steps=1),
        T.StepCounterHook(),
        T.GlobalStepWaiterHook(2),
        T.SummarySaverHook(save_steps=1, summary_op="x"),
        T.ProfilerHook(save_steps=1),
    ],
    ids=lambda hook: type(hook).__name__,
)
def test_hooks_that_need_a_global_step(hook):
    with pytest.raises(RuntimeError, match=f"Global step should be created to use {type(hook).__name__}"):
        hook.begin()


def test_names_in_a_logging_hook():
    tf.unique([1, 2], name="two")
    for name, text in ("two", "Name two is ambiguous"), (tf.Graph(), "should have graph attribute"):
        with pytest.raises(ValueError, match=text):
            T.LoggingTensorHook([name], every_n_iter=1).begin()


def test_a_formatter_and_the_end(caplog):
    caplog.set_level("INFO", "tensorflow")
    x = tf.constant([1e-9, 2.0], name="x")
    hooks = [
        T.LoggingTensorHook({"x": x}, every_n_iter=2, formatter=lambda values: f"sum {values['x'].sum():.1f}"),
        T.LoggingTensorHook(["x"], at_end=True),
    ]
    with T.MonitoredSession(hooks=hooks) as session:
        for _ in range(3):
            session.run(x)
    said = [record.getMessage() for record in caplog.records]
    assert said[-3:] == ["sum 2.0", "sum 2.0", "x = [0. 2.]"]


def test_nan_ends_training():
    x = tf.placeholder(tf.float32, [])
    with pytest.raises(T.NanLossDuringTrainingError, match="NaN loss during training."):
        with T.MonitoredSession(hooks=[T.NanTensorHook(x)]) as session:
            session.run(x, {x: 1.0})
            session.run(x, {x: np.nan})


def test_summaries_are_written_at_the_first_step_and_every_third(folder):
    step, up = counting()
    tf.summary.scalar("step", step)
    summary = tf.summary.merge_all()
    hook = T.SummarySaverHook(save_steps=3, output_dir=folder, summary_op=summary)
    speed = T.StepCounterHook(every_n_steps=2, output_dir=folder)
    with T.MonitoredSession(hooks=[hook, speed]) as session:
        for _ in range(8):
            session.run(up)
    tf.summary.FileWriterCache.clear()
    events = EventAccumulator(folder)
    events.Reload()
    assert [event.step for event in events.Scalars("step")] == [1, 4, 7]
    assert [event.step for event in events.Scalars("global_step/sec")] == [3, 5, 7]


def test_a_step_that_does_not_grow_is_warned_of(caplog):
    counting()
    x = tf.constant(1.0)
    with T.MonitoredSession(hooks=[T.StepCounterHook()]) as session:
        session.run(x)
        assert "has not been increased" not in caplog.text
        session.run(x)
    assert "It seems that global step (tf.train.get_global_step) has not been increased." in caplog.text


def test_profiles(folder):
    _, up = counting()
    with T.MonitoredSession(hooks=[T.ProfilerHook(save_steps=2, output_dir=folder)]) as session:
        for _ in range(5):
            session.run(up)
    files = sorted(glob.glob(folder + "/timeline-*.json"))
    assert [file.rpartition("-")[2] for file in files] == ["2.json", "4.json"]
    with open(files[0], encoding="utf-8") as file:
        assert any("AssignAdd" in event["name"] for event in json.load(file)["traceEvents"])


def test_a_saver_is_found_in_the_collection(folder):
    _, up = counting()
    with pytest.raises(RuntimeError, match="No items in collection savers."):
        T.CheckpointSaverHook(folder, save_steps=1)._get_saver()
    saver = T.Saver()
    tf.add_to_collection(tf.GraphKeys.SAVERS, saver)
    with T.MonitoredSession(hooks=[T.CheckpointSaverHook(folder, save_steps=10)]) as session:
        session.run(up)
    assert T.latest_checkpoint(folder) == folder + "/model.ckpt-1"
    tf.add_to_collection(tf.GraphKeys.SAVERS, saver)
    with pytest.raises(RuntimeError, match="More than one item in collection savers."):
        T.CheckpointSaverHook(folder, save_steps=1)._get_saver()


def test_final_values_that_need_more_input(caplog):
    class Session:
        def run(self, *args, **kwargs):
            raise tf.errors.OutOfRangeError(None, None, "end")

    with pytest.raises(tf.errors.OutOfRangeError):
        T.FinalOpsHook(tf.constant(1.0)).end(Session())
    assert "An OutOfRangeError or StopIteration exception is raised by the code in FinalOpsHook." in caplog.text
