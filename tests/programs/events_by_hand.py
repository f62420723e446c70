"""Numbers that are no tensors as curves in TensorBoard: tf.Summary protos by hand, and the files read back."""
import glob
import math

import tensorflow as tf


class Logger(object):
    """Logging in tensorboard without tensorflow ops."""

    def __init__(self, log_dir):
        self.writer = tf.summary.FileWriter(log_dir)

    def log_scalar(self, tag, value, step):
        summary = tf.Summary(value=[tf.Summary.Value(tag=tag, simple_value=value)])
        self.writer.add_summary(summary, step)

    def log_histogram(self, tag, values, step, bins):
        counts = [0] * bins
        low, high = min(values), max(values)
        width = (high - low) / bins
        for value in values:
            counts[min(int((value - low) / width), bins - 1)] += 1
        hist = tf.HistogramProto()
        hist.min, hist.max = low, high
        hist.num = len(values)
        hist.sum = sum(values)
        hist.sum_squares = sum(value ** 2 for value in values)
        for i, count in enumerate(counts):
            hist.bucket_limit.append(low + (i + 1) * width)
            hist.bucket.append(count)
        summary = tf.Summary(value=[tf.Summary.Value(tag=tag, histo=hist)])
        self.writer.add_summary(summary, step)
        self.writer.flush()


logger = Logger("log")
for step in range(8):
    logger.log_scalar("accuracy", 1 - math.exp(-step / 3.0), step)
    logger.log_scalar("loss", math.exp(-step / 3.0), step)
    if step % 4 == 0:
        logger.log_histogram("sines", [math.sin(i * (step + 1)) for i in range(50)], step, 5)
logger.writer.add_session_log(tf.SessionLog(status=tf.SessionLog.CHECKPOINT, checkpoint_path="model"), 8)
summary = tf.Summary()
summary.value.add(tag="note", simple_value=0.5)
logger.writer.add_summary(summary.SerializeToString(), global_step=9)
event = tf.Event(wall_time=10.0, step=10, log_message=tf.LogMessage(level=tf.LogMessage.WARN, message="the end"))
logger.writer.add_event(event)
logger.writer.close()

best = None
for event in tf.train.summary_iterator(glob.glob("log/*")[0]):
    for value in event.summary.value:
        if value.HasField("simple_value"):
            print("%2d %-10s %.6f" % (event.step, value.tag, value.simple_value))
            if value.tag == "accuracy" and (best is None or value.simple_value > best[1]):
                best = event.step, value.simple_value
        else:
            print("%2d %-10s" % (event.step, value.tag), [int(count) for count in value.histo.bucket], "%.4f" % value.histo.sum)
    if event.HasField("session_log"):
        print("session log", event.step, event.session_log.status, event.session_log.checkpoint_path)
    if event.HasField("log_message"):
        print("log", event.step, event.log_message.message, event.wall_time)
print("best %d %.6f" % best)
print(summary)
