"""A softmax classifier whose variables are watched in TensorBoard, after the tutorial with variable_summaries."""
from __future__ import absolute_import, division, print_function

import glob
import os

import numpy as np
import tensorflow as tf

tf.app.flags.DEFINE_integer("max_steps", 30, "Number of steps to run trainer.")
tf.app.flags.DEFINE_float("learning_rate", 0.5, "Initial learning rate.")
tf.app.flags.DEFINE_string("summary_dir", "logs", "Summaries log directory.")
FLAGS = tf.app.flags.FLAGS


def data(seed, size):
    random = np.random.RandomState(seed)
    labels = random.randint(0, 3, size)
    centres = np.array([[1.0, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0], [0, 0, 1, 0, 0, 1]])
    return (centres[labels] + 0.4 * random.randn(size, 6)).astype(np.float32), labels


def variable_summaries(var):
    """Attach summaries to a variable."""
    with tf.name_scope("summaries"):
        mean = tf.reduce_mean(var)
        tf.summary.scalar("mean", mean)
        with tf.name_scope("stddev"):
            stddev = tf.sqrt(tf.reduce_mean(tf.square(var - mean)))
        tf.summary.scalar("stddev", stddev)
        tf.summary.scalar("max", tf.reduce_max(var))
        tf.summary.scalar("min", tf.reduce_min(var))
        tf.summary.histogram("histogram", var)


def nn_layer(input_tensor, input_dim, output_dim, layer_name, act=tf.nn.relu):
    with tf.name_scope(layer_name):
        with tf.name_scope("weights"):
            weights = tf.Variable(tf.truncated_normal([input_dim, output_dim], stddev=0.1, seed=3))
            variable_summaries(weights)
        with tf.name_scope("biases"):
            biases = tf.Variable(tf.constant(0.1, shape=[output_dim]))
            variable_summaries(biases)
        with tf.name_scope("Wx_plus_b"):
            preactivate = tf.matmul(input_tensor, weights) + biases
            tf.summary.histogram("pre_activations", preactivate)
        activations = act(preactivate, name="activation")
        tf.summary.histogram("activations", activations)
        return activations


def train():
    xs, ys = data(0, 120)
    test_xs, test_ys = data(1, 60)
    sess = tf.InteractiveSession()
    with tf.name_scope("input"):
        x = tf.placeholder(tf.float32, [None, 6], name="x-input")
        y_ = tf.placeholder(tf.int64, [None], name="y-input")
    with tf.name_scope("input_reshape"):
        tf.summary.image("input", tf.reshape(x, [-1, 2, 3, 1]), 3)
    hidden = nn_layer(x, 6, 8, "layer1")
    y = nn_layer(hidden, 8, 3, "layer2", act=tf.identity)
    with tf.name_scope("cross_entropy"):
        cross_entropy = tf.losses.sparse_softmax_cross_entropy(labels=y_, logits=y)
    tf.summary.scalar("cross_entropy", cross_entropy)
    with tf.name_scope("train"):
        train_step = tf.train.GradientDescentOptimizer(FLAGS.learning_rate).minimize(cross_entropy)
    with tf.name_scope("accuracy"):
        accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(y, 1), y_), tf.float32))
    tf.summary.scalar("accuracy", accuracy)

    merged = tf.summary.merge_all()
    train_writer = tf.summary.FileWriter(FLAGS.summary_dir + "/train", sess.graph)
    test_writer = tf.summary.FileWriter(FLAGS.summary_dir + "/test")
    tf.global_variables_initializer().run()
    for i in range(FLAGS.max_steps):
        if i % 10 == 0:
            summary, acc = sess.run([merged, accuracy], feed_dict={x: test_xs, y_: test_ys})
            test_writer.add_summary(summary, i)
            print("Accuracy at step %s: %s" % (i, acc))
        elif i % 10 == 9:
            run_options = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)
            run_metadata = tf.RunMetadata()
            summary, _ = sess.run(
                [merged, train_step], {x: xs, y_: ys}, options=run_options, run_metadata=run_metadata
            )
            train_writer.add_run_metadata(run_metadata, "step%03d" % i)
            train_writer.add_summary(summary, i)
            print("Adding run metadata for", i)
        else:
            summary, _ = sess.run([merged, train_step], feed_dict={x: xs, y_: ys})
            train_writer.add_summary(summary, i)
    train_writer.close()
    test_writer.close()


def read(name):
    (path,) = glob.glob(os.path.join(FLAGS.summary_dir, name, "events.out.tfevents.*"))
    for event in tf.train.summary_iterator(path):
        what = event.WhichOneof("what")
        if what == "summary" and event.step % 7 == 0:
            found = {}
            for value in event.summary.value:
                kind = value.WhichOneof("value")
                found[value.tag] = value
                if kind == "image":
                    print("  ", value.tag, value.image.height, value.image.width, value.image.colorspace)
            print(event.step, "%d values" % len(found), "loss %.5f" % found["cross_entropy_1"].simple_value)
            weights = found["layer1/weights/summaries/histogram"].histo
            print("   min %.5f max %.5f sum %.5f" % (weights.min, weights.max, weights.sum), int(weights.num))
        elif what == "tagged_run_metadata":
            print("run metadata:", event.tagged_run_metadata.tag)
        elif what in ("file_version", "graph_def"):
            print(what)


def main(_):
    train()
    for name in ("train", "test"):
        print(name)
        read(name)


if __name__ == "__main__":
    tf.app.run()
