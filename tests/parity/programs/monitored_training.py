"""Training with all hooks: what is logged, when checkpoints and summaries are written, restoring, steps and stops."""

import glob
import logging
import os
import re
import shutil
import tempfile
import uuid

import minigraph as tf

results = {}
said = []
folder = tempfile.mkdtemp()
real, uuid.uuid4 = uuid.uuid4, lambda: uuid.UUID(int=7)  # the folder of a checkpoint's parts has a random name


class Listen(logging.Handler):
    """Keep the messages, without times and paths."""

    def emit(self, record):
        text = record.getMessage().replace(folder, "DIR")
        if not re.search("global_step/sec|Instructions for updating|has not been increased", text):
            said.append(re.sub(r" \(\d+\.\d+ sec\)", " (time)", text))


class Watch(tf.train.SessionRunHook):
    """Note each call."""

    def __init__(self):
        self.calls = []

    def begin(self):
        self.calls.append("begin")

    def after_create_session(self, session, coord):
        self.calls.append("created %s" % session.run(v))

    def before_run(self, run_context):
        self.calls.append("before %s" % (run_context.original_args.feed_dict is None))
        return tf.train.SessionRunArgs({"doubled": doubled}, feed_dict={rate: 2.0})

    def after_run(self, run_context, run_values):
        self.calls.append("after %s %s" % (run_values.results["doubled"], run_context.stop_requested))

    def end(self, session):
        self.calls.append("end %s" % session.run(v))


class Listener(tf.train.CheckpointSaverListener):
    """Note each call."""

    def __init__(self):
        self.calls = []

    def __repr__(self):
        return "listener"

    def begin(self):
        self.calls.append("begin")

    def before_save(self, session, global_step_value):
        self.calls.append("before %d" % global_step_value)

    def after_save(self, session, global_step_value):
        self.calls.append("after %d" % global_step_value)
        return global_step_value >= 12

    def end(self, session, global_step_value):
        self.calls.append("end %d" % global_step_value)


logger, handler = logging.getLogger("tensorflow"), Listen()
logger.addHandler(handler)
level = tf.logging.get_verbosity()
tf.logging.set_verbosity(tf.logging.INFO)
rate = tf.placeholder_with_default(3.0, [])
v = tf.Variable(1.0, name="v")
step = tf.train.get_or_create_global_step()
doubled = tf.multiply(rate, 2.0, name="doubled")
tf.summary.scalar("doubled", doubled)
constant = tf.constant([0.5, 1e-7, 3.0], name="constant")
train = tf.group(v.assign_add(1.0), tf.assign_add(step, 1))


def session(last, watch, **options):
    """Return a session that stops at a step."""
    hooks = [
        tf.train.StopAtStepHook(last_step=last),
        tf.train.LoggingTensorHook({"doubled": doubled, "c": "constant:0"}, every_n_iter=2),
        tf.train.LoggingTensorHook(["constant"], at_end=True),
        tf.train.NanTensorHook(doubled),
        watch,
    ]
    return tf.train.MonitoredTrainingSession(
        checkpoint_dir=folder,
        hooks=hooks,
        save_checkpoint_steps=3,
        save_summaries_steps=3,
        log_step_count_steps=2,
        **options
    )


for last in 4, 8:
    watch = Watch()
    with session(last, watch) as sess:
        while not sess.should_stop():
            sess.run(train)
        try:
            sess.run(train)
        except RuntimeError as error:
            results["too_late_%d" % last] = str(error)
    results["calls_%d" % last] = watch.calls
    results["checkpoints_%d" % last] = sorted(os.path.basename(f) for f in glob.glob(folder + "/*.index"))
listener, final = Listener(), tf.train.FinalOpsHook([v, step])
saver = tf.train.CheckpointSaverHook(folder, save_steps=2, saver=tf.train.Saver(), listeners=[listener])
with tf.train.MonitoredTrainingSession(hooks=[saver, final], scaffold=tf.train.Scaffold()) as sess:
    results["fresh"] = sess.run([v, step])
    count = 0
    while not sess.should_stop():
        count += 1
        sess.run(train)
results["listener"], results["final"], results["count"] = listener.calls, final.final_ops_values, count
timer = tf.train.SecondOrStepTimer(every_steps=3)
results["timer"] = []
for i in range(1, 9):
    if timer.should_trigger_for_step(i):
        results["timer"].append([i, timer.update_last_triggered_step(i)[1]])
tf.summary.FileWriterCache.clear()
results["said"] = said
logger.removeHandler(handler)
tf.logging.set_verbosity(level)
shutil.rmtree(folder)
uuid.uuid4 = real
