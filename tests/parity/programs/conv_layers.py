"""Convolution and pooling layers and functions, dilated and transposed."""

import minigraph as tf

results = {}
L = tf.layers
tf.set_random_seed(11)
x = tf.random_normal([2, 7, 6, 3], seed=2)
x1 = tf.random_normal([2, 9, 3], seed=3)
xc = tf.random_uniform([2, 3, 6, 6], seed=4)
o = [
    L.conv2d(x, 4, 3),
    L.conv2d(x, 4, [3, 2], strides=(2, 1), padding="SAME", activation=tf.nn.relu),
    L.conv2d(x, 2, 2, dilation_rate=2, use_bias=False),
    L.conv2d(x, 2, 3, dilation_rate=(1, 2), padding="same", name="dil"),
    L.conv1d(x1, 4, 3, strides=2, padding="same"),
    L.conv1d(x1, 4, 2, activation=tf.tanh, name="c1"),
    L.conv2d_transpose(x, 4, 3, strides=2, padding="same"),
    L.conv2d_transpose(x, 2, (2, 3), strides=(1, 2), use_bias=False, name="ct"),
    L.conv2d_transpose(
        x, 2, 3, padding="valid", kernel_initializer=tf.ones_initializer(), bias_initializer=tf.ones_initializer()
    ),
    L.max_pooling2d(x, 2, 2),
    L.max_pooling2d(x, [3, 2], [1, 2], "same", name="mp"),
    L.average_pooling2d(x, 2, 1),
    L.average_pooling2d(x, (2, 3), (2, 3), padding="same"),
]
nn = tf.nn
k = tf.get_variable("k", [3, 3, 3, 4])
kt = tf.get_variable("kt", [3, 3, 5, 3])
o += [
    nn.conv2d(x, k, [1, 1, 1, 1], "VALID"),
    nn.conv2d(x, k, strides=[1, 2, 2, 1], padding="SAME", name="nc"),
    nn.conv2d(x, k, [1, 1, 1, 1], "SAME", dilations=[1, 2, 2, 1]),
    nn.conv2d_transpose(x, kt, [2, 14, 12, 5], [1, 2, 2, 1]),
    nn.conv2d_transpose(x, kt, tf.stack([tf.shape(x)[0], 9, 8, 5]), [1, 1, 1, 1], "VALID", name="nct"),
    nn.max_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], "SAME"),
    nn.avg_pool(x, [1, 3, 3, 1], [1, 1, 1, 1], "VALID"),
    nn.bias_add(x, [1.0, 2.0, 3.0]),
    nn.bias_add(xc, [1.0, 2.0, 3.0], data_format="NCHW"),
    nn.conv1d(x1, k[0, :2], 2, "SAME"),
    nn.crelu(x),
    nn.relu_layer(x1[0], k[0, 0], [0.1, 0.2, 0.3, 0.4]),
    nn.xw_plus_b(x1[0], k[0, 0], [0.1, 0.2, 0.3, 0.4]),
]
loss = tf.add_n([tf.reduce_sum(tf.square(t)) for i, t in enumerate(o) if i not in (2, 3, 15)])
g = tf.gradients(loss, [x, x1] + tf.trainable_variables())
g = [q for q in g if q is not None]
results["n"] = [str(t) for t in o + g]
results["v"] = [str(v) for v in tf.global_variables()]
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    results["o"] = s.run(o)
    results["g"] = s.run(g)
