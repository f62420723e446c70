"""tf.contrib.layers.instance_norm and group_norm; tf.nn's pools and transposed convolution of sequences."""

import numpy as np

import minigraph as tf

results = {}
C = tf.contrib.layers
x = tf.placeholder(tf.float32, [None, 4, 3, 6], name="x")
fixed = tf.reshape(tf.sin(tf.range(144, dtype=tf.float32)), [2, 6, 4, 3], name="fixed")
s = tf.reshape(tf.cos(tf.range(48, dtype=tf.float32)), [2, 8, 3], name="s")
k = tf.reshape(tf.sin(tf.range(30, dtype=tf.float32)), [2, 5, 3], name="k")
made = [
    C.instance_norm(x),
    C.instance_norm(fixed, data_format="NCHW", activation_fn=tf.nn.relu, scope="first", variables_collections=["v"],
                    param_initializers={"beta": tf.constant_initializer(0.5)}),
    C.instance_norm(x, center=False, scale=False, outputs_collections="ends"),
    C.group_norm(x, groups=3),
    C.group_norm(fixed, groups=2, channels_axis=1, reduction_axes=[2, 3], scope="two", center=False),
    C.group_norm(x, groups=2, mean_close_to_zero=True, trainable=False, activation_fn=tf.tanh),
    tf.nn.max_pool1d(s, 2, 2, "SAME"),
    tf.nn.avg_pool1d(s, 3, 1, "VALID", name="mean"),
    tf.nn.conv1d_transpose(s, k, [2, 16, 5], 2),
    tf.nn.conv1d_transpose(s, k, [2, 9, 5], 1, padding="VALID", name="up"),
]
gradients = tf.gradients([tf.square(t) for t in made[6:]], [s, k])
results["names"] = [str(t) for t in made]
results["collections"] = [
    [each.name for each in tf.get_collection(key)] for key in ("variables", "model_variables", "trainable_variables", "v", "ends")
]
feed = {x: np.sin(np.arange(144.0) * 0.3).reshape(2, 4, 3, 6)}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results["values"] = sess.run(made, feed)
    results["gradients"] = sess.run(gradients, feed)
