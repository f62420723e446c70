"""Target networks through averages of the weights and a custom getter."""

import numpy as np

import minigraph as tf

results = {}
tf.set_random_seed(1)
S = tf.placeholder(tf.float32, [None, 3], "s")
S_ = tf.placeholder(tf.float32, [None, 3], "s_")
R = tf.placeholder(tf.float32, [None, 1], "r")


def build_a(s, reuse=None, custom_getter=None):
    trainable = True if reuse is None else False
    with tf.variable_scope("Actor", reuse=reuse, custom_getter=custom_getter):
        net = tf.layers.dense(s, 6, activation=tf.nn.relu, name="l1", trainable=trainable)
        a = tf.layers.dense(net, 2, activation=tf.nn.tanh, name="a", trainable=trainable)
        return tf.multiply(a, 2.0, name="scaled_a")


def build_c(s, a, reuse=None, custom_getter=None):
    trainable = True if reuse is None else False
    with tf.variable_scope("Critic", reuse=reuse, custom_getter=custom_getter):
        w1_s = tf.get_variable("w1_s", [3, 5], trainable=trainable)
        w1_a = tf.get_variable("w1_a", [2, 5], trainable=trainable)
        b1 = tf.get_variable("b1", [1, 5], trainable=trainable)
        net = tf.nn.relu(tf.matmul(s, w1_s) + tf.matmul(a, w1_a) + b1)
        return tf.layers.dense(net, 1, trainable=trainable)


a = build_a(S)
q = build_c(S, a)
ap = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope="Actor")
cp = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope="Critic")
ema = tf.train.ExponentialMovingAverage(decay=1 - 0.01)


def ema_getter(getter, name, *args, **kwargs):
    return ema.average(getter(name, *args, **kwargs))


upd = [ema.apply(ap), ema.apply(cp)]
a_ = build_a(S_, reuse=True, custom_getter=ema_getter)
q_ = build_c(S_, a_, reuse=True, custom_getter=ema_getter)
a_loss = -tf.reduce_mean(q)
at = tf.train.AdamOptimizer(1e-3).minimize(a_loss, var_list=ap)
with tf.control_dependencies(upd):
    td = tf.losses.mean_squared_error(labels=R + 0.9 * q_, predictions=q)
    ct = tf.train.AdamOptimizer(2e-3).minimize(td, var_list=cp)
noise = tf.random_normal([2])
r = np.random.RandomState(0)
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    s.run([v.initializer for v in tf.global_variables() if "Exponential" in v.name])
    for i in range(2):
        f = {S: r.randn(4, 3), S_: r.randn(4, 3), R: r.rand(4, 1)}
        s.run(at, f)
        results[str(i)] = [s.run(q, f), s.run(noise)]
results["n"] = [str(t) for t in (a, q, a_, q_)] + [v.name for v in tf.global_variables()]
