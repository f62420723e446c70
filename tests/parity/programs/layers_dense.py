"""Dense, Dropout and Flatten as functions and objects: names, reuse, regularizers, scopes."""

import minigraph as tf

results = {}
ly = tf.layers
tf.set_random_seed(2)
d = ly.Dense(2, activation=tf.nn.relu, name="my_dense")
x = tf.random_uniform((5, 4), seed=1)
y1 = d(x)
y2 = d.apply(x)
out = {}
out["d"] = [
    d.units,
    str(d.activation is tf.nn.relu),
    str(d.use_bias),
    d.name,
    str(d.built),
    str(d.kernel),
    str(d.bias),
    [v.name for v in d.variables],
    [v.name for v in d.trainable_variables],
    [v.name for v in d.weights],
    str(d.losses),
    str(d.updates),
    str(d.dtype),
    d.scope_name,
    str(d.graph is tf.get_default_graph()),
]
y3 = ly.dense(x, 2, name="my_dense", reuse=True)
d2 = ly.Dense(3)
y4 = d2(x)
y5 = ly.dense(x, 3)
d3 = ly.Dense(3)
y6 = d3(tf.placeholder(tf.float32, [None, 2, 3, 4]))
y7 = ly.dense(tf.ones([2, 3, 4]), 5, use_bias=False)
nb = ly.dense(
    x,
    2,
    trainable=False,
    name="frozen",
    bias_initializer=tf.ones_initializer(),
    kernel_regularizer=lambda t: tf.reduce_sum(t) * 0.1,
    bias_regularizer=lambda t: tf.reduce_sum(t),
    activity_regularizer=lambda t: tf.reduce_mean(t),
    kernel_constraint=lambda t: t / 2.0,
    bias_constraint=lambda t: t,
)
with tf.variable_scope(
    "vs", initializer=tf.constant_initializer(0.5), regularizer=tf.contrib.layers.l1_regularizer(0.01)
):
    y8 = ly.dense(x, 2)
    y9 = ly.dense(x, 2)
    with tf.variable_scope("in", reuse=tf.AUTO_REUSE):
        y10 = ly.dense(x, 2, name="n")
        y11 = ly.dense(x, 2, name="n")
with tf.name_scope("ns"):
    y12 = ly.dense(x, 2)


class Net(object):
    def __init__(self):
        self.a = ly.Dense(3, tf.tanh, name="na")
        self.b = ly.Dense(1)

    def __call__(self, t):
        with tf.variable_scope("net"):
            return self.b(self.a(t))


net = Net()
y13 = net(x)
y14 = net(x)
f = ly.flatten(tf.placeholder(tf.float32, [None, 2, 3]))
f2 = ly.Flatten()(tf.ones([2, 3, 4]))
f3 = ly.flatten(tf.placeholder(tf.float32, [3]))
f4 = ly.flatten(tf.placeholder(tf.float32, (None, None, 2)))
dr = ly.dropout(x, 0.3, training=True, seed=1)
dr2 = ly.dropout(x, 0.3)
dr3 = ly.Dropout(0.5, noise_shape=[5, 1], seed=3)(x, training=True)
dr4 = ly.dropout(x, rate=tf.constant(0.4), seed=5, training=True)
x64 = ly.dense(tf.ones([2, 2], tf.float64), 3)
ys = [y1, y2, y3, y4, y5, y7, nb, y8, y9, y10, y11, y12, y13, y14, f2, dr, dr2, dr3, dr4, x64]
out["t"] = [str(t) for t in ys + [y6, f, f3, f4]]
out["v"] = [str(v) for v in tf.global_variables()]
out["l"] = [str(x) for x in tf.losses.get_regularization_losses()]
g = tf.gradients(tf.reduce_sum(y13) + tf.reduce_sum(y14), [net.a.kernel, net.b.bias])
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    out["y"] = s.run(ys)
    out["g"] = s.run(g)
results = out
