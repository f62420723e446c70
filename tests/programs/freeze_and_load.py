"""Train a small network, freeze it into one file, and use that file without the code that built it."""
import os

import numpy as np
import tensorflow as tf
from tensorflow.python.framework import graph_util

MODEL_DIR = "models"
MODEL_NAME = "frozen_model.pb"


def make_data(n, seed):
    rng = np.random.RandomState(seed)
    x = rng.uniform(-1, 1, (n, 8)).astype(np.float32)
    labels = (x[:, 0] * x[:, 1] > 0).astype(np.int64) + (x[:, 2] > 0.5)
    return x, labels


def build_network():
    inputs = tf.placeholder(tf.float32, [None, 8], name="input")
    labels = tf.placeholder(tf.int64, [None], name="labels")
    with tf.variable_scope("hidden"):
        w1 = tf.get_variable("weights", [8, 32], initializer=tf.truncated_normal_initializer(stddev=0.4, seed=1))
        b1 = tf.get_variable("biases", [32], initializer=tf.constant_initializer(0.1))
        h = tf.nn.relu(tf.matmul(inputs, w1) + b1)
    with tf.variable_scope("softmax"):
        w2 = tf.get_variable("weights", [32, 3], initializer=tf.truncated_normal_initializer(stddev=0.2, seed=2))
        b2 = tf.get_variable("biases", [3], initializer=tf.zeros_initializer())
        logits = tf.add(tf.matmul(h, w2), b2, name="logits")
    tf.nn.softmax(logits, name="output")
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
    return inputs, labels, loss


def train_and_freeze():
    x, y = make_data(256, 0)
    with tf.Graph().as_default(), tf.Session() as sess:
        inputs, labels, loss = build_network()
        train_step = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
        sess.run(tf.global_variables_initializer())
        for step in range(101):
            value, _ = sess.run([loss, train_step], feed_dict={inputs: x, labels: y})
            if step % 25 == 0:
                print("step %d, loss %.5f" % (step, value))
        expected = sess.run("output:0", feed_dict={inputs: x[:4]})

        graph_def = tf.get_default_graph().as_graph_def()
        output_graph_def = graph_util.convert_variables_to_constants(sess, graph_def, ["output"])
        output_graph_def = graph_util.remove_training_nodes(output_graph_def, protected_nodes=["output"])
        print("%d ops in the training graph, %d in the final graph." % (
            len(graph_def.node), len(output_graph_def.node)))
        if not tf.gfile.Exists(MODEL_DIR):
            tf.gfile.MakeDirs(MODEL_DIR)
        with tf.gfile.GFile(os.path.join(MODEL_DIR, MODEL_NAME), "wb") as f:
            f.write(output_graph_def.SerializeToString())
    return x, expected


def load_and_predict(x):
    with tf.gfile.FastGFile(os.path.join(MODEL_DIR, MODEL_NAME), "rb") as f:
        graph_def = tf.GraphDef()
        graph_def.ParseFromString(f.read())
    for node in graph_def.node:
        print(node.name, node.op, list(node.input))
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(graph_def, name="prefix")
        inputs = graph.get_tensor_by_name("prefix/input:0")
        output = graph.get_tensor_by_name("prefix/output:0")
        print(inputs, output)
        with tf.Session(graph=graph) as sess:
            return sess.run(output, feed_dict={inputs: x})


x, expected = train_and_freeze()
found = load_and_predict(x[:4])
print(found)
print("largest difference below 1e-6:", bool(np.abs(found - expected).max() < 1e-6))
print("variables left:", len(tf.global_variables()))
