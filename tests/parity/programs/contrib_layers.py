"""The older layers of tf.contrib.layers, and regularizers."""

import numpy as np

import minigraph as tf

results = {}
C = tf.contrib.layers
tf.set_random_seed(5)
x = tf.placeholder(tf.float32, [None, 6])
h = C.fully_connected(x, 5)
h2 = C.fully_connected(
    h,
    4,
    activation_fn=tf.nn.tanh,
    weights_regularizer=C.l2_regularizer(0.1),
    biases_regularizer=C.l1_regularizer(0.2),
    scope="fc",
)
h3 = C.fully_connected(
    h2,
    3,
    activation_fn=None,
    weights_initializer=C.variance_scaling_initializer(),
    biases_initializer=None,
    trainable=False,
)
with tf.variable_scope("outer", reuse=tf.AUTO_REUSE):
    l1 = C.linear(h, 2, scope="lin")
    l2 = C.linear(h, 2, scope="lin")
    r = C.relu(h, 2)
st = C.stack(x, C.fully_connected, [4, 3, 2], scope="stk")
fl = C.flatten(tf.reshape(x, [-1, 2, 3]))
oh = C.one_hot_encoding(tf.constant([0, 2]), 3)
nrm = C.fully_connected(
    x, 2, normalizer_fn=tf.layers.batch_normalization, normalizer_params={"training": True}, scope="nrm"
)
reg = C.apply_regularization(C.l2_regularizer(0.5), tf.trainable_variables()[:2])
sr = C.sum_regularizer([C.l1_regularizer(0.1), C.l2_regularizer(0.1), None])
rr = sr(tf.constant([1.0, -2.0]))
r0 = C.l2_regularizer(0.0)(tf.constant([1.0]))
results["n"] = [str(t) for t in (h, h2, h3, l1, l2, r, st, fl, oh, nrm, reg, rr, r0)]
results["c"] = [
    [v.name for v in tf.get_collection(k)]
    for k in ("variables", "trainable_variables", "model_variables", "regularization_losses", "update_ops")
]
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    results["v"] = s.run(
        [h, h2, h3, l1, st, fl, oh, nrm, reg, rr] + tf.losses.get_regularization_losses(),
        {x: np.arange(12.0).reshape(2, 6)},
    )
