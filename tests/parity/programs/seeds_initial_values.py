"""Op seeds after initial values that depend on variables, and after averages of variables."""

import minigraph as tf

results = {}
tf.set_random_seed(3)
v1 = tf.Variable(tf.random_normal([2]), name="v1")
v2 = tf.Variable(v1 * 2.0 + 1.0, name="v2")
a = tf.random_uniform([2])
w1 = tf.Variable(tf.truncated_normal([2, 3]))
b1 = tf.Variable(tf.zeros([3]))
w2 = tf.Variable(tf.transpose(w1.initialized_value()))
b = tf.random_uniform([2])
w3 = tf.Variable(tf.transpose(w2))
c = tf.random_uniform([2])
ema = tf.train.ExponentialMovingAverage(0.9)
u = ema.apply(tf.trainable_variables())
d = tf.random_uniform([2])
w4 = tf.get_variable("w4", initializer=w1.initialized_value() + w3.initialized_value()[:, :1])
e = tf.random_uniform([2])
o = tf.train.AdamOptimizer().minimize(tf.reduce_sum(w4 * w1), var_list=[w4, w1])
f = tf.random_uniform([2])
with tf.Session() as s:
    for v in tf.global_variables():
        s.run(v.initializer)
    results["r"] = s.run([a, b, c, d, e, f])
