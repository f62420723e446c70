"""tf.contrib.layers.batch_norm in all its forms, and a net with it trained."""

import numpy as np

import minigraph as tf

results = {}
C = tf.contrib.layers
tf.set_random_seed(3)
x = tf.placeholder(tf.float32, [8, 6], name="x")
images = tf.reshape(tf.sin(tf.range(2 * 4 * 4 * 3, dtype=tf.float32)), [2, 4, 4, 3], name="images")
steps = tf.reshape(tf.cos(tf.range(2 * 5 * 3, dtype=tf.float32)), [2, 5, 3], name="steps")
init = {"beta": tf.constant_initializer(0.5), "gamma": tf.constant_initializer(2.0)}
made = [
    C.batch_norm(x),
    C.batch_norm(x, scale=True, decay=0.9, activation_fn=tf.nn.relu, scope="rows", param_initializers=init,
                 variables_collections=["all"], outputs_collections="ends"),
    C.batch_norm(images),
    C.batch_norm(images, center=False, scale=True, scope="layer", param_initializers=init,
                 variables_collections={"gamma": ["all"], "moving_mean": ["all"]}),
    C.batch_norm(images, updates_collections=None, decay=0.8),
    C.batch_norm(x, updates_collections=None, scale=True, is_training=True),
    C.batch_norm(steps, updates_collections=None, scale=True),
    C.batch_norm(steps, updates_collections="other", decay=0.5),
    C.batch_norm(steps),
    C.batch_norm(images, fused=False, scale=True),
    C.batch_norm(images, batch_weights=tf.constant([1.0, 3.0]), scale=True),
    C.batch_norm(images, zero_debias_moving_mean=True),
    C.batch_norm(steps, zero_debias_moving_mean=True, updates_collections=None, decay=0.7),
    C.batch_norm(images, is_training=False, scale=True, param_regularizers={"gamma": C.l2_regularizer(0.1)}),
    C.batch_norm(x, is_training=False),
    C.batch_norm(steps, is_training=False, updates_collections=None),
    C.batch_norm(images, trainable=False, scope="fixed"),
    C.batch_norm(images, data_format="NCHW", is_training=False, fused=False),
]
h = C.fully_connected(x, 5, normalizer_fn=C.batch_norm, normalizer_params={"updates_collections": None, "scale": True})
h = C.conv2d(tf.reshape(h, [8, 1, 1, 5]), 4, 1, normalizer_fn=C.batch_norm, scope="conv")
loss = tf.reduce_mean(tf.square(h - 1.0))
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
results["names"] = [str(t) for t in made]
results["collections"] = [
    [v.name for v in tf.get_collection(k)]
    for k in ("variables", "trainable_variables", "model_variables", "regularization_losses", "update_ops", "all",
              "ends", "other")
]
feed = {x: np.sin(np.arange(48.0)).reshape(8, 6)}
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    results["values"] = [s.run(t, feed) for t in made]
    results["losses"] = [s.run([loss, train], feed)[0] for _ in range(3)]
    results["moving"] = {v.name: s.run(v) for v in tf.model_variables() if "moving" in v.name}
