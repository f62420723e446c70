"""tf.contrib.layers' separable convolutions, those in a plane, and layers of volumes."""

import numpy as np

import minigraph as tf

results = {}
C = tf.contrib.layers
tf.set_random_seed(15)
x = tf.placeholder(tf.float32, [None, 6, 6, 3], name="x")
v = tf.reshape(tf.sin(tf.range(240, dtype=tf.float32)), [1, 5, 4, 4, 3], name="v")
made = [
    C.separable_conv2d(x, 4, 3),
    C.separable_conv2d(x, 4, [2, 3], 2, stride=2, padding="VALID", activation_fn=None, scope="sep",
                       weights_regularizer=C.l2_regularizer(0.1), variables_collections={"weights": ["w"], "biases": ["b"]},
                       pointwise_initializer=tf.ones_initializer(), outputs_collections="ends"),
    C.separable_convolution2d(x, 2, 3, rate=2, normalizer_fn=C.batch_norm),
    C.separable_conv2d(x, None, 3, depth_multiplier=2, variables_collections=["all"]),
    C.separable_conv2d(x, None, 3, rate=[2, 1], biases_initializer=None, scope="depthwise", trainable=False),
    C.separable_conv2d(x, None, 3, stride=2, normalizer_fn=C.layer_norm),
    C.conv2d_in_plane(x, [1, 3]),
    C.convolution2d_in_plane(x, 2, stride=2, padding="VALID", activation_fn=None, biases_initializer=None, scope="plane"),
    C.conv3d(v, 4, 2, stride=2),
    C.convolution3d(v, 2, [1, 2, 2], padding="VALID", normalizer_fn=C.batch_norm, normalizer_params={"scale": True}),
    C.conv3d_transpose(v, 2, 3, stride=2, scope="up3"),
    C.max_pool3d(v, 2),
    C.avg_pool3d(v, [2, 1, 2], stride=1, padding="SAME", scope="mean3", outputs_collections=["ends"]),
]
results["names"] = [str(t) for t in made]
results["collections"] = [
    [each.name for each in tf.get_collection(k)]
    for k in ("variables", "trainable_variables", "model_variables", "regularization_losses", "w", "b", "all", "ends")
]
feed = {x: np.sin(np.arange(2 * 108.0)).reshape(2, 6, 6, 3)}
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    results["values"] = [s.run(t, feed) for t in made]
