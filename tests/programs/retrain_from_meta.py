"""Train, save, and go on from the .meta file without the code of the model; then put a new head on it."""
import os
import shutil

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(1)
images = rng.rand(120, 6, 6, 1).astype(np.float32)
labels = (images[:, :3].mean((1, 2, 3)) > images[:, 3:].mean((1, 2, 3))).astype(np.int32)

if os.path.isdir("checkpoints"):
    shutil.rmtree("checkpoints")
os.makedirs("checkpoints")


def model():
    x = tf.placeholder(tf.float32, [None, 6, 6, 1], name="x")
    y = tf.placeholder(tf.int32, [None], name="y")
    training = tf.placeholder(tf.bool, [], name="training")
    net = tf.layers.conv2d(x, 4, 3, padding="same", use_bias=False, name="conv1")
    net = tf.layers.batch_normalization(net, training=training, momentum=0.9, name="bn1")
    net = tf.layers.max_pooling2d(tf.nn.relu(net), 2, 2, name="pool1")
    net = tf.layers.flatten(net, name="features")
    logits = tf.layers.dense(net, 2, name="logits")
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits), name="loss")
    global_step = tf.train.get_or_create_global_step()
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        train_op = tf.train.AdamOptimizer(0.02).minimize(loss, global_step, name="train_op")
    accuracy = tf.reduce_mean(tf.cast(tf.nn.in_top_k(logits, y, 1), tf.float32), name="accuracy")
    for tensor in (x, y, training, loss, accuracy):
        tf.add_to_collection("endpoints", tensor)
    tf.add_to_collection("train_op_of_mine", train_op)


tf.set_random_seed(7)
model()
saver = tf.train.Saver(max_to_keep=2)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(10):
        sess.run("train_op", {"x:0": images, "y:0": labels, "training:0": True})
    print("loss after 10 steps: %.4f" % sess.run("loss:0", {"x:0": images, "y:0": labels, "training:0": False}))
    path = saver.save(sess, "checkpoints/model", global_step=tf.train.get_global_step())
    print("saved", path)
print(sorted(os.listdir("checkpoints")))

# --- another program, another day ---
tf.reset_default_graph()
latest = tf.train.latest_checkpoint("checkpoints")
saver = tf.train.import_meta_graph(latest + ".meta", clear_devices=True)
x, y, training, loss, accuracy = tf.get_collection("endpoints")
train_op = tf.get_collection("train_op_of_mine")[0]
print(x, loss.name, train_op.name)
print(len(tf.global_variables()), "variables,", len(tf.trainable_variables()), "trainable")
for v in tf.trainable_variables():
    print(" ", v.name, v.shape.as_list())
with tf.Session() as sess:
    saver.restore(sess, latest)
    print("global step", sess.run(tf.train.get_global_step()))
    feed = {x: images, y: labels, training: False}
    print("loss again: %.4f" % sess.run(loss, feed))
    for step in range(20):
        sess.run(train_op, {x: images, y: labels, training: True})
    print("loss after 20 more: %.4f, accuracy %.3f" % tuple(sess.run([loss, accuracy], feed)))
    saver.save(sess, "checkpoints/model", global_step=30)

# --- transfer: a new head on frozen features ---
tf.reset_default_graph()
saver = tf.train.import_meta_graph("checkpoints/model-30.meta", import_scope="base")
graph = tf.get_default_graph()
features = tf.stop_gradient(graph.get_tensor_by_name("base/features/Reshape:0"))
rows = tf.placeholder(tf.float32, [None], name="rows")
with tf.variable_scope("head"):
    guess = tf.squeeze(tf.layers.dense(features, 1, kernel_initializer=tf.zeros_initializer()), 1)
    mse = tf.reduce_mean(tf.square(guess - rows))
head = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, "head")
train = tf.train.GradientDescentOptimizer(0.002).minimize(mse, var_list=head)
target = images.mean((1, 2, 3))
with tf.Session() as sess:
    sess.run(tf.variables_initializer([v for v in tf.global_variables() if v.name.startswith("head")]))
    saver.restore(sess, "checkpoints/model-30")
    feed = {"base/x:0": images, "base/training:0": False, rows: target}
    before = sess.run("base/conv1/kernel:0")
    for step in range(60):
        _, value = sess.run([train, mse], feed)
        if step % 20 == 0:
            print("head step %2d  mse %.5f" % (step, value))
    print("features unchanged:", np.array_equal(before, sess.run("base/conv1/kernel:0")))
    print("mse %.5f" % sess.run(mse, feed))
shutil.rmtree("checkpoints")
