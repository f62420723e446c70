"""Freeze a trained classifier into one file, load it in a fresh graph, and use it (2017 style)."""
import os

import numpy as np
import tensorflow as tf
from tensorflow.python.framework import graph_util
from tensorflow.python.platform import gfile

np.random.seed(0)

data = np.random.randn(200, 8).astype(np.float32)
labels = (data[:, 0] * data[:, 1] > 0).astype(np.int64)


def build():
    x = tf.placeholder(tf.float32, [None, 8], name="input/x")
    y = tf.placeholder(tf.int64, [None], name="input/y")
    keep = tf.placeholder_with_default(1.0, [], name="input/keep_prob")
    h = tf.layers.dense(x, 16, activation=tf.nn.relu, name="hidden")
    h = tf.nn.dropout(h, keep)
    h = tf.layers.batch_normalization(h, training=False, name="bn")
    logits = tf.layers.dense(h, 2, name="logits")
    tf.nn.softmax(logits, name="output/probabilities")
    tf.argmax(logits, 1, name="output/prediction")
    loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
    return x, y, tf.train.AdamOptimizer(0.01).minimize(loss), loss


with tf.Graph().as_default() as graph, tf.Session(graph=graph) as sess:
    tf.set_random_seed(0)
    x, y, train, loss = build()
    sess.run(tf.global_variables_initializer())
    for step in range(101):
        _, value = sess.run([train, loss], {x: data, y: labels})
        if step % 25 == 0:
            print("step %3d  loss %.4f" % (step, value))
    output_names = ["output/probabilities", "output/prediction"]
    frozen = graph_util.convert_variables_to_constants(sess, graph.as_graph_def(), output_names)
    reference = sess.run("output/probabilities:0", {x: data[:5]})

with gfile.GFile("frozen.pb", "wb") as f:
    f.write(frozen.SerializeToString())
print("nodes in the frozen graph:", len(frozen.node))
print("operations:", sorted(set(node.op for node in frozen.node)))


def load_graph(path):
    with tf.gfile.GFile(path, "rb") as f:
        graph_def = tf.GraphDef()
        graph_def.ParseFromString(f.read())
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(graph_def, name="prefix")
    return graph


graph = load_graph("frozen.pb")
for op in graph.get_operations()[:4]:
    print(op.name, op.type)
with tf.Session(graph=graph) as sess:
    x = graph.get_tensor_by_name("prefix/input/x:0")
    prob = graph.get_tensor_by_name("prefix/output/probabilities:0")
    values = sess.run(prob, feed_dict={x: data[:5]})
    print(np.round(values, 4))
    print("same as before:", np.allclose(values, reference, atol=1e-6))
    guesses = sess.run("prefix/output/prediction:0", {x: data})
    print("accuracy: %.3f" % np.mean(guesses == labels))

# The same file again, fed by a pipeline of this graph instead of the placeholder.
tf.reset_default_graph()
graph_def = tf.GraphDef()
graph_def.ParseFromString(open("frozen.pb", "rb").read())
batch = tf.constant(data[:3]) * 2.0
prediction, = tf.import_graph_def(graph_def, input_map={"input/x:0": batch}, return_elements=["output/probabilities:0"])
with tf.Session() as sess:
    print(prediction.name, prediction.shape)
    print(np.round(sess.run(prediction), 4))
try:
    tf.import_graph_def(graph_def, input_map={"nothing:0": batch}, name="again")
except ValueError as e:
    print("ValueError:", str(e).split("\n")[0])
os.remove("frozen.pb")
