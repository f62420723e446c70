"""tf.nn's depthwise, separable, dilated and 3-D convolutions, pools of any dimension, lrn, and their gradients."""

import minigraph as tf

x = tf.reshape(tf.sin(tf.range(300, dtype=tf.float32)), [2, 6, 5, 5], name="x")
d = tf.reshape(tf.cos(tf.range(90, dtype=tf.float32)), [3, 3, 5, 2], name="d")
one = tf.reshape(tf.cos(tf.range(45, dtype=tf.float32)), [3, 3, 5, 1], name="one")
p = tf.reshape(tf.cos(tf.range(30, dtype=tf.float32) + 0.5), [1, 1, 10, 3], name="p")
k = tf.reshape(tf.cos(tf.range(80, dtype=tf.float32)), [2, 2, 5, 4], name="k")
v = tf.reshape(tf.sin(tf.range(240, dtype=tf.float32) * 1.5), [1, 5, 4, 6, 2], name="v")
w = tf.reshape(tf.cos(tf.range(48, dtype=tf.float32)), [2, 3, 2, 2, 2], name="w")
s = tf.reshape(tf.sin(tf.range(32, dtype=tf.float32)), [2, 8, 2], name="s")
t = tf.reshape(tf.cos(tf.range(12, dtype=tf.float32)), [2, 2, 3], name="t")
free = tf.placeholder_with_default(x, [None, None, None, 5], name="free")
N = tf.nn
made = {
    "depthwise": (N.depthwise_conv2d(x, d, [1, 1, 1, 1], "SAME"), [x, d]),
    "depthwise strides": (N.depthwise_conv2d(x, one, [1, 2, 2, 1], "VALID", name="strided"), [x, one]),
    "depthwise rate": (N.depthwise_conv2d(x, d, [1, 1, 1, 1], "SAME", rate=[2, 1]), [x, d]),
    "depthwise free": (N.depthwise_conv2d(free, d, [1, 1, 1, 1], "SAME", rate=[2, 2]), [x, d]),
    "native": (N.depthwise_conv2d_native(x, d, [1, 1, 1, 1], "VALID"), [x, d]),
    "separable": (N.separable_conv2d(x, d, p, [1, 1, 1, 1], "SAME"), [x, d, p]),
    "separable rate": (N.separable_conv2d(x, d, p, [1, 1, 1, 1], "VALID", rate=[2, 2], name="sep"), [x, d, p]),
    "conv3d": (N.conv3d(v, w, [1, 1, 1, 1, 1], "SAME"), [v, w]),
    "conv3d strides": (N.conv3d(v, w, [1, 2, 1, 2, 1], "VALID", name="c3"), [v, w]),
    "conv3d transpose": (N.conv3d_transpose(v, w, [1, 10, 8, 12, 2], [1, 2, 2, 2, 1]), [v, w]),
    "convolution": (N.convolution(x, k, "SAME"), [x, k]),
    "convolution strides": (N.convolution(x, k, "VALID", strides=[2, 1], name="conv"), [x, k]),
    "convolution holes": (N.convolution(x, k, "SAME", dilation_rate=[2, 3]), [x, k]),
    "convolution free": (N.convolution(free, k, "VALID", dilation_rate=[2, 2]), [x, k]),
    "sequence": (N.convolution(s, t, "SAME", dilation_rate=[2]), [s, t]),
    "sequence plain": (N.convolution(s, t, "VALID", strides=[2]), [s, t]),
    "volume": (N.convolution(v, w, "VALID", dilation_rate=[1, 1, 2]), [v, w]),
    "atrous": (N.atrous_conv2d(x, k, 2, "SAME"), [x, k]),
    "max3d": (N.max_pool3d(v, 2, 2, "SAME"), [v]),
    "max3d overlapping": (N.max_pool3d(v, [1, 2, 3, 2, 1], [1, 1, 1, 1, 1], "VALID", name="m3"), [v]),
    "avg3d": (N.avg_pool3d(v, 2, [1, 2, 1, 2, 1], "SAME"), [v]),
    "pool1": (N.pool(s, [2], "MAX", "SAME"), [s]),
    "pool1 holes": (N.pool(s, [2], "AVG", "VALID", dilation_rate=[2], name="p1"), [s]),
    "pool2": (N.pool(x, [2, 3], "AVG", "SAME", strides=[2, 1]), [x]),
    "pool2 holes": (N.pool(x, [2, 2], "MAX", "VALID", dilation_rate=[2, 1]), [x]),
    "pool3": (N.pool(v, [2, 2, 2], "MAX", "VALID"), [v]),
    "lrn": (N.lrn(x), [x]),
    "lrn constants": (N.local_response_normalization(x, 1, bias=2.0, alpha=0.3, beta=0.75, name="norm"), [x]),
}
gradients = {key: tf.gradients(tf.square(y), xs) for key, (y, xs) in made.items()}
second = [
    tf.gradients(tf.square(gradients[key][0]), made[key][1])
    for key in ("depthwise", "conv3d", "max3d overlapping", "avg3d", "separable rate")
]
results = {"names": [str(y) for y, _ in made.values()]}
with tf.Session() as sess:
    for key, (y, _) in made.items():
        results[key] = sess.run([y] + gradients[key])
    results["second"] = sess.run(second)
