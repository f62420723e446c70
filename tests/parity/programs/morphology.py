"""tf.nn.dilation2d and erosion2d, their gradients and errors."""

import numpy as np

import minigraph as tf

generator = np.random.RandomState(3)
x = tf.constant(generator.uniform(-1, 1, [2, 7, 6, 3]).astype(np.float32), name="x")
k = tf.constant(generator.uniform(-0.5, 0.5, [3, 2, 3]).astype(np.float32), name="k")
free = tf.placeholder_with_default(x, [None, None, None, 3], name="free")
whole = tf.constant(generator.randint(0, 99, [1, 5, 5, 2]).astype(np.int32), name="whole")
ones = [1, 1, 1, 1]
made = {
    "dilation": (tf.nn.dilation2d(x, k, ones, ones, "SAME"), [x, k]),
    "strides": (tf.nn.dilation2d(x, k, [1, 2, 3, 1], ones, "SAME", name="steps"), [x, k]),
    "rates": (tf.nn.dilation2d(x, filters=k, strides=ones, dilations=[1, 2, 2, 1], padding="VALID"), [x, k]),
    "free": (tf.nn.dilation2d(free, k, ones, [1, 2, 1, 1], "VALID"), [x, k]),
    "integers": (tf.nn.dilation2d(whole, tf.zeros([2, 2, 2], tf.int32), ones, ones, "SAME"), []),
    "erosion": (tf.nn.erosion2d(x, k, ones, ones, "SAME"), [x, k]),
    "erosion valid": (tf.nn.erosion2d(x, k, [1, 2, 2, 1], [1, 1, 2, 1], "VALID", name="shrunk"), [x, k]),
}
results = {}
with tf.Session() as sess:
    for name, (y, inputs) in made.items():
        results[name] = sess.run(y)
        results[name + " shape"] = str(y.shape)
        for i, dy in enumerate(tf.gradients(tf.square(y), inputs) if inputs else []):
            results["%s gradient %d" % (name, i)] = sess.run(dy)
