"""Two towers on two devices that share variables, and averaged gradients."""

import numpy as np

import minigraph as tf

results = {}
tf.set_random_seed(1)
x = tf.placeholder(tf.float32, [4, 6])
y = tf.placeholder(tf.float32, [4, 1])
opt = tf.train.AdamOptimizer(0.01)
tower_grads = []
for i in range(2):
    with tf.device("/gpu:%d" % i), tf.name_scope("tower_%d" % i) as scope, tf.variable_scope(
        tf.get_variable_scope(), reuse=i > 0
    ):
        h = tf.layers.dense(x[i * 2:(i + 1) * 2], 5, tf.nn.relu, name="fc1")
        o = tf.layers.dense(h, 1, name="fc2")
        loss = tf.reduce_mean(tf.square(o - y[i * 2:(i + 1) * 2]))
        tf.add_to_collection("losses", loss)
        for v in tf.get_collection("losses", scope):
            tf.summary.scalar("loss", v)
        tower_grads.append(opt.compute_gradients(loss))


def average(tower_grads):
    avg = []
    for gv in zip(*tower_grads):
        grads = []
        for g, _ in gv:
            grads.append(tf.expand_dims(g, 0))
        grad = tf.reduce_mean(tf.concat(axis=0, values=grads), 0)
        avg.append((grad, gv[0][1]))
    return avg


gs = tf.get_variable("global_step", [], initializer=tf.constant_initializer(0), trainable=False)
apply_op = opt.apply_gradients(average(tower_grads), global_step=gs)
va = tf.train.ExponentialMovingAverage(0.99, gs)
vop = va.apply([h, o])
tr = tf.group(apply_op, vop)
r = np.random.RandomState(0)
with tf.Session(config=tf.ConfigProto(allow_soft_placement=True)) as s:
    s.run(tf.global_variables_initializer())
    for i in range(2):
        s.run(tr, {x: r.rand(4, 6), y: r.rand(4, 1)})
    results["v"] = s.run(tf.trainable_variables())
    results["gs"] = s.run(gs)
results["dev"] = [[op.name, op.device] for op in tf.get_default_graph().get_operations()]
