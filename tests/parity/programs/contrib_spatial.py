"""tf.contrib.layers' spatial_softmax, pool, and images as sequences."""

import numpy as np

import minigraph as tf

results = {}
C = tf.contrib.layers
x = tf.placeholder(tf.float32, [None, 4, 3, 2], name="x")
fixed = tf.reshape(tf.sin(tf.range(48, dtype=tf.float32)), [2, 2, 4, 3], name="fixed")
steps = tf.reshape(tf.cos(tf.range(36, dtype=tf.float32)), [3, 6, 2], name="steps")
made = [
    C.spatial_softmax(x),
    C.spatial_softmax(fixed, temperature=0.5, name="first", data_format="NCHW", variables_collections=["t"]),
    C.spatial_softmax(fixed, trainable=False),
    C.images_to_sequence(x),
    C.images_to_sequence(fixed, data_format="NCHW", scope="seq", outputs_collections="ends"),
    C.sequence_to_images(steps, 3),
    C.sequence_to_images(steps, 2, output_data_format="channels_first", scope="back"),
    tf.contrib.slim.pool(x, 2, "MAX"),
    tf.contrib.slim.pool(steps, [2], "AVG", padding="SAME", stride=2, scope="mean", outputs_collections=["ends"]),
]
results["names"] = [str(t) for t in made]
results["collections"] = [
    [each.name for each in tf.get_collection(key)] for key in ("variables", "model_variables", "trainable_variables", "t", "ends")
]
feed = {x: np.sin(np.arange(48.0) * 0.3).reshape(2, 4, 3, 2)}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results["values"] = sess.run(made, feed)
