"""Initializers called by hand, their configurations, and initial values of get_variable."""

import numpy as np

import minigraph as tf

results = {}
shape = [3, 4]
out = {}
tf.set_random_seed(99)
inits = [
    tf.zeros_initializer(tf.int32),
    tf.ones_initializer(dtype=tf.float64),
    tf.constant_initializer([1, 2, 3]),
    tf.constant_initializer(np.arange(12.0).reshape(3, 4), dtype=tf.float64, verify_shape=True),
    tf.random_uniform_initializer(-1, 1, seed=3),
    tf.random_uniform_initializer(0, 9, dtype=tf.int32),
    tf.random_uniform_initializer(dtype=tf.float64),
    tf.random_normal_initializer(1.0, 2.0, 5),
    tf.truncated_normal_initializer(stddev=0.5, dtype=tf.float64),
    tf.uniform_unit_scaling_initializer(2.0, 4),
    tf.variance_scaling_initializer(2.0, "fan_in", "uniform", 8),
    tf.variance_scaling_initializer(mode="fan_avg", distribution="untruncated_normal"),
    tf.variance_scaling_initializer(mode="fan_out", distribution="truncated_normal", dtype=tf.float64),
    tf.orthogonal_initializer(1.5, 7),
    tf.orthogonal_initializer(dtype=tf.float64),
    tf.initializers.identity(2.0),
    tf.initializers.he_normal(3),
    tf.initializers.lecun_uniform(),
    tf.glorot_uniform_initializer(4, tf.float64),
    tf.contrib.layers.variance_scaling_initializer(1.43, "FAN_AVG", True),
    tf.contrib.layers.xavier_initializer(False, 5),
    tf.contrib.layers.xavier_initializer_conv2d(),
]
ts = []
for i, n in enumerate(inits):
    t = n(shape)
    ts.append(t)
    if hasattr(n, "get_config"):        # the contrib ones are functions
        out["cfg%d" % i] = sorted((k, str(v)) for k, v in n.get_config().items())
        out["cls%d" % i] = type(type(n).from_config(n.get_config())).__name__
ts += [
    tf.orthogonal_initializer(seed=1)([4, 3]),
    tf.orthogonal_initializer(seed=1)([2, 3, 4]),
    tf.glorot_normal_initializer(seed=1)([5]),
    tf.glorot_normal_initializer(seed=1)([3, 3, 2, 5]),
    tf.variance_scaling_initializer(seed=2)([]),
    tf.zeros_initializer()([2], dtype=tf.int64),
    tf.constant_initializer(True)([2], dtype=tf.bool),
    tf.random_normal_initializer(seed=9)([3], tf.float64),
    tf.constant_initializer("s")([2], tf.string),
    tf.initializers.truncated_normal(seed=2)([7]),
    tf.zeros_initializer()([2], tf.string),
]
out["t"] = [str(t) for t in ts]
with tf.Session() as s:
    out["v"] = s.run(ts)
vv = [
    tf.get_variable("a", initializer=tf.random_normal([2], seed=1)),
    tf.get_variable("b", initializer=[1, 2]),
    tf.get_variable("c", initializer=np.float64(3)),
    tf.get_variable("d", [2], initializer=tf.ones_initializer),
    tf.get_variable("e", [3], tf.bool),
    tf.get_variable("f", [2], tf.int64),
    tf.get_variable("g", [], tf.float16),
    tf.get_variable("h", initializer=lambda: tf.zeros([3])),
    tf.get_variable("i", [2], initializer=lambda shape, dtype, partition_info: tf.fill(shape, 4.0)),
]
out["vv"] = [repr(v) for v in vv]
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    out["vvv"] = s.run(vv)
results = out
