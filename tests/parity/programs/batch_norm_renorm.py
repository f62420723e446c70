"""Batch normalization with renorm, virtual batches, adjustments and several axes: graphs, gradients, training steps."""
import numpy as np

import minigraph as tf

tf.set_random_seed(3)
draws = np.random.RandomState(0)
layers, results = [], {}


def adjustment(shape):
    return tf.random_uniform(shape[-1:], 0.9, 1.1), tf.random_uniform(shape[-1:], -0.1, 0.1)


def add(name, shape, **options):
    x = tf.placeholder(tf.float32, shape, name=name + "_x")
    y = tf.layers.batch_normalization(x, name=name, momentum=0.7, **options)
    grads = tf.gradients(tf.reduce_sum(y * y * y), [x] + tf.trainable_variables(name))
    feed = {x: draws.randn(*[n or 4 for n in shape]).astype("f")}
    layers.append((name, [y, grads, tf.get_collection("update_ops", name)], feed))


add("renorm", [None, 3], training=True, renorm=True)
add("clipped", [None, 3], training=True, renorm=True, renorm_momentum=0.5,
    renorm_clipping={"rmin": 0.5, "rmax": 1.5, "dmax": 2.0})
add("renorm_test", [None, 3], training=False, renorm=True)
add("renorm_channels", [None, 3, 2, 2], training=True, renorm=True, axis=1, center=False)
add("virtual", [4, 3], training=True, virtual_batch_size=2)
add("virtual_images", [4, 2, 2, 3], training=True, virtual_batch_size=2, fused=True)
add("virtual_test", [4, 3], training=False, virtual_batch_size=2)
add("virtual_renorm", [4, 3], training=True, virtual_batch_size=2, renorm=True)
add("adjusted", [4, 3], training=True, adjustment=adjustment)
add("adjusted_bare", [4, 3], training=True, scale=False, center=False, adjustment=adjustment)
add("axes", [4, 2, 3], training=True, axis=[1, 2])
add("axes_test", [4, 2, 3], training=False, axis=[-2, -1])
add("axes_images", [4, 2, 2, 3], training=True, axis=[1, 3], renorm=True)
add("axes_virtual", [4, 2, 3], training=True, axis=[1, 2], virtual_batch_size=2)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for name, fetches, feed in layers:
        if name in ("axes_images", "axes_virtual"):     # their gradients are differences that rounding decides
            fetches = [fetches[0], fetches[2]]
        for _ in range(2):
            results[name] = sess.run(fetches, feed)[:2]
    results.update({v.name: sess.run(v) for v in tf.global_variables()})

for name, value in results.items():
    print(name, value)
