"""tf.contrib.layers.batch_norm whose phase, training or not, is fed."""

import numpy as np

import minigraph as tf

results = {}
C = tf.contrib.layers
x = tf.placeholder(tf.float32, [8, 6], name="x")
phase = tf.placeholder(tf.bool, [], name="phase")
images = tf.reshape(x, [2, 4, 2, 3])
made = [
    C.batch_norm(images, is_training=phase, decay=0.5),
    C.batch_norm(x, is_training=phase, decay=0.5, scale=True),
    C.batch_norm(x, is_training=phase, decay=0.5, updates_collections=None),
    C.batch_norm(tf.reshape(x, [2, 8, 3]), is_training=phase, decay=0.5, updates_collections=None, center=False),
    C.batch_norm(tf.reshape(x, [2, 8, 3]), is_training=phase, decay=0.5, updates_collections="later"),
    C.dropout(x, 0.5, is_training=phase, seed=3),
]
feed = {x: np.sin(np.arange(48.0)).reshape(8, 6)}
updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS) + tf.get_collection("later")
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    for training in (True, True, False):
        feed[phase] = training
        results[str(len(results))] = s.run([made, updates], feed)
    results["moving"] = {v.name: s.run(v) for v in tf.model_variables() if "moving" in v.name}
