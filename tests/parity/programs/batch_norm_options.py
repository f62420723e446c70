"""Batch normalization by axis, fused and not, shared, frozen, regularized."""

import numpy as np

import minigraph as tf

results = {}
ly = tf.layers
x = tf.placeholder(tf.float32, [None, 3, 3, 4])
X = np.arange(72.0).reshape(2, 3, 3, 4) ** 1.1
tf.set_random_seed(4)
out = {}
b = ly.BatchNormalization(axis=1, fused=False, momentum=0.8, epsilon=1e-2, name="one")
b1 = b(x, training=True)
b2 = b(x, training=True)
outs = [
    b1,
    b2,
    ly.batch_normalization(x, training=True, fused=False),
    ly.batch_normalization(x, center=False, training=True),
    ly.batch_normalization(x, scale=False, gamma_initializer=None, training=True, fused=False),
    ly.batch_normalization(x, axis=3, training=True),
    ly.batch_normalization(
        x,
        training=False,
        beta_initializer=tf.constant_initializer(2.0),
        moving_mean_initializer=tf.constant_initializer(0.5),
        moving_variance_initializer=tf.constant_initializer(3.0),
    ),
    ly.batch_normalization(
        tf.reshape(x, [-1, 36]),
        training=True,
        momentum=0.5,
        beta_regularizer=tf.contrib.layers.l2_regularizer(0.1),
        gamma_regularizer=tf.contrib.layers.l2_regularizer(0.1),
        gamma_initializer=tf.random_uniform_initializer(seed=2),
    ),
    ly.batch_normalization(x, trainable=False, training=True, name="frz"),
    ly.batch_normalization(tf.transpose(x, [0, 3, 1, 2]), axis=1, training=True, fused=False),
]
with tf.variable_scope("sh"):
    s1 = ly.batch_normalization(x, name="bn", training=True)
with tf.variable_scope("sh", reuse=True):
    s2 = ly.batch_normalization(x, name="bn", training=False)
outs += [s1, s2]
ups = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
out["u"] = [u.name for u in ups]
out["bu"] = [u.name for u in b.updates]
pass
out["b"] = [
    str(b.gamma),
    str(b.beta),
    str(b.moving_mean),
    str(b.moving_variance),
    [v.name for v in b.non_trainable_variables],
]
loss = tf.add_n(
    [
        tf.reduce_sum(tf.exp(o))
        for o in [outs[0], outs[2], outs[3], outs[5], outs[7], outs[10]]
    ]
)
gr = tf.gradients(loss, [x] + tf.trainable_variables())
gr = [q for q in gr if q is not None]
out["t"] = [str(o) for o in outs]
out["tv"] = [v.name for v in tf.trainable_variables()]
out["gv"] = [v.name for v in tf.global_variables()]
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    for i in range(2):
        out["o%d" % i] = s.run(outs, {x: X})
        s.run(ups, {x: X})
    out["g"] = s.run(gr[1:], {x: X})
    out["m"] = s.run(tf.global_variables())
results = out
