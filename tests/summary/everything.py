"""A program of TensorFlow 1.x that writes each kind of event: `python -m minigraph run everything.py FOLDER`."""

import os
import sys

import numpy as np
import tensorflow as tf
from tensorboard.plugins.custom_scalar import layout_pb2
from tensorboard.plugins.custom_scalar import summary as custom_scalar
from tensorboard.plugins.pr_curve import summary as pr_curve
from tensorflow.contrib.tensorboard.plugins import projector

folder = sys.argv[1]
random = np.random.RandomState(0)
points = random.randn(200, 2).astype(np.float32)
targets = (points.sum(1, keepdims=True) + 0.3 * random.randn(200, 1) > 0).astype(np.float32)

with tf.name_scope("data"):
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    y = tf.placeholder(tf.float32, [None, 1], name="y")
hidden = tf.layers.dense(x, 8, tf.nn.relu, name="hidden")
logits = tf.layers.dense(hidden, 1, name="logits")
with tf.name_scope("loss"):
    loss = tf.losses.sigmoid_cross_entropy(y, logits)
with tf.name_scope("training"):
    step = tf.train.get_or_create_global_step()
    train_op = tf.train.AdamOptimizer(0.05).minimize(loss, step)
words = tf.get_variable("words", [50, 4])

tf.summary.scalar("loss/value", loss)
tf.summary.scalar("loss/rate", 0.05 / tf.cast(step + 1, tf.float32))
tf.summary.histogram("hidden", hidden)
tf.summary.image("weights", tf.reshape(tf.trainable_variables()[0], [1, 2, 8, 1]))
tf.summary.audio("tone", [tf.sin(tf.linspace(0.0, 2000.0, 8000))], 8000)
tf.summary.text("note", tf.constant("What is **learnt**"))
tf.summary.tensor_summary("table", tf.constant([[1.0, 2.0]]))
pr_curve.op("curve", tf.cast(y, tf.bool), tf.sigmoid(logits), num_thresholds=11)
merged = tf.summary.merge_all()

with tf.Session() as sess:
    writer = tf.summary.FileWriter(folder, sess.graph)
    sess.run(tf.global_variables_initializer())
    for i in range(5):
        options = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)
        metadata = tf.RunMetadata()
        _, summary = sess.run([train_op, merged], {x: points, y: targets}, options=options, run_metadata=metadata)
        writer.add_summary(summary, i)
        writer.add_run_metadata(metadata, "step %d" % i, i)
        by_hand = tf.Summary(value=[tf.Summary.Value(tag="by_hand", simple_value=i / 2.0)])
        writer.add_summary(by_hand, i)
    chart = layout_pb2.Chart(title="losses", multiline=layout_pb2.MultilineChartContent(tag=["loss/.*"]))
    layout = layout_pb2.Layout(category=[layout_pb2.Category(title="mine", chart=[chart])])
    writer.add_summary(custom_scalar.pb(layout))
    writer.add_session_log(tf.SessionLog(status=tf.SessionLog.STOP), 5)

    config = projector.ProjectorConfig()
    embedding = config.embeddings.add()
    embedding.tensor_name = words.name
    embedding.metadata_path = "labels.tsv"
    with open(os.path.join(folder, "labels.tsv"), "w") as labels:
        labels.writelines("word %d\n" % i for i in range(50))
    projector.visualize_embeddings(writer, config)
    tf.train.Saver().save(sess, os.path.join(folder, "model.ckpt"), 5)
    writer.close()
print("done")
