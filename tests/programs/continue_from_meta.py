"""Save a model with its graph, then go on with the training in another graph, from the .meta file alone."""
from __future__ import print_function

import os

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(0)
X = rng.rand(100, 3).astype(np.float32)
Y = X.dot(np.array([[1.0], [-2.0], [0.5]], np.float32)) + 0.3


def first_program():
    tf.reset_default_graph()
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    y = tf.placeholder(tf.float32, [None, 1], name="y")
    global_step = tf.Variable(0, trainable=False, name="global_step")
    rate = tf.train.exponential_decay(0.5, global_step, 20, 0.8, staircase=True)
    w = tf.get_variable("w", initializer=tf.zeros([3, 1]))
    b = tf.get_variable("b", initializer=tf.zeros([1]))
    prediction = tf.add(tf.matmul(x, w), b, name="prediction")
    loss = tf.reduce_mean(tf.square(prediction - y), name="loss")
    train_op = tf.train.MomentumOptimizer(rate, 0.5).minimize(loss, global_step=global_step, name="train_op")
    tf.add_to_collection("train_op", train_op)
    tf.add_to_collection("inputs", x)
    tf.add_to_collection("inputs", y)
    tf.add_to_collection("batch_size", 100)
    saver = tf.train.Saver(max_to_keep=2)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(1, 31):
            value, _ = sess.run([loss, train_op], {x: X, y: Y})
            if step % 10 == 0:
                path = saver.save(sess, "./ckpt/model", global_step=global_step)
                print(path, "loss %.6f" % value)


def second_program():
    tf.reset_default_graph()
    with tf.Session() as sess:
        saver = tf.train.import_meta_graph("ckpt/model-30.meta")
        saver.restore(sess, tf.train.latest_checkpoint("ckpt"))
        graph = tf.get_default_graph()
        print([v.name for v in tf.global_variables()], [v.name for v in tf.trainable_variables()])
        x, y = tf.get_collection("inputs")
        train_op = tf.get_collection("train_op")[0]
        print(x, y, train_op.name, tf.get_collection("batch_size"))
        loss = graph.get_tensor_by_name("loss:0")
        for step in range(30):
            sess.run(train_op, feed_dict={x: X, y: Y})
        print("step", sess.run("global_step:0"), "loss %.8f" % sess.run(loss, {x: X, y: Y}))
        # A new head on the restored layers.
        head = tf.square(graph.get_tensor_by_name("prediction:0"), name="head")
        print(sess.run(head, {x: X[:3]}).ravel())
        print("w:", sess.run("w:0").ravel(), "b:", sess.run("b:0"))


def exported():
    meta = tf.train.export_meta_graph(filename="whole.meta", collection_list=["inputs", "trainable_variables"])
    print(sorted(meta.collection_def), meta.meta_info_def.stripped_op_list.op[0].name)
    with tf.Graph().as_default():
        tf.train.import_meta_graph("whole.meta", import_scope="again")
        print([v.name for v in tf.trainable_variables()], tf.get_collection("inputs")[0].name)


if not os.path.exists("ckpt"):
    os.makedirs("ckpt")
first_program()
print(sorted(os.listdir("ckpt")))
second_program()
exported()
