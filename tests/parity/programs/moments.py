"""Moments, statistics and normalizations, and the gradient of fused batch normalization in inference."""

import numpy as np

import minigraph as tf

results = {}
nn = tf.nn
x = tf.constant(np.random.RandomState(0).randn(3, 4, 5).astype("f"))
ph = tf.placeholder(tf.float32, [None, None, 5])
ms = [
    nn.moments(x, [0, 1]),
    nn.moments(x, [1], keep_dims=True),
    nn.moments(x, [0, 1, 2], keepdims=True, name="mm"),
    nn.moments(ph, [0]),
    nn.moments(tf.cast(x, tf.float16), [0, 1]),
    nn.weighted_moments(x, [0], tf.constant(np.arange(3.0).reshape(3, 1, 1).astype("f"))),
    nn.weighted_moments(x, [0, 1], 1.0, keep_dims=True),
]
ss = nn.sufficient_statistics(x, [0, 2], shift=tf.constant(0.5), keep_dims=True, name="st")
nm = nn.normalize_moments(ss[0], ss[1], ss[2], ss[3])
ss2 = nn.sufficient_statistics(ph, [0])
m, v = ms[0]
bn = [
    nn.batch_normalization(x, m, v, None, None, 1e-3),
    nn.batch_normalization(x, m, v, tf.constant(1.0), tf.constant(2.0), 0.1, name="bnn"),
    nn.l2_normalize(x, 1),
    nn.l2_normalize(x, [0, 2], epsilon=0.1),
    nn.l2_normalize(x, dim=-1),
    nn.zero_fraction(tf.round(x)),
    nn.batch_norm_with_global_normalization(tf.reshape(x, [1, 3, 4, 5]), m, v, m, v, 1e-3, True),
]
fb = nn.fused_batch_norm(tf.reshape(x, [1, 3, 4, 5]), tf.ones([5]), tf.zeros([5]), epsilon=1e-2)
fb2 = nn.fused_batch_norm(tf.reshape(x, [1, 3, 4, 5]), tf.ones([5]), tf.zeros([5]), m, v, is_training=False)
gr = tf.gradients([fb[0] * fb[0], bn[1], ms[5][1], fb2[0]], x)
results["n"] = (
    [str(t) for q in ms for t in q]
    + [str(t) for t in ss[:3]]
    + [str(t) for t in list(nm) + bn + list(fb) + list(ss2)]
)
with tf.Session() as s:
    results["v"] = s.run([list(q) for q in ms[:3] + ms[4:]] + [list(ss[:3]), list(nm), bn, list(fb)[:3], fb2[0], gr])
    results["f"] = s.run(list(ms[3]) + list(ss2[:3]), {ph: np.ones((2, 3, 5))})
