"""map_fn, scan, foldl and foldr, and while_loop over TensorArrays, with gradients of two orders."""
import numpy as np

import minigraph as tf

x = tf.placeholder(tf.float32, [None, 2], name="x")
w = tf.constant([[0.5, -0.3], [0.2, 0.8]], name="w")
X = np.array([[0.5, -1.2], [1.5, 0.3], [-0.7, 0.9], [0.1, 0.4]], np.float32)


def turned(row):
    return tf.tanh(tf.reshape(tf.matmul(tf.reshape(row, [1, 2]), w), [2]))


def powers(i, array):
    return i + 1, array.write(i, array.read(i - 1) * x[0])


outputs = {
    "map": tf.map_fn(turned, x),
    "pair": tf.map_fn(lambda rows: (rows[0] * rows[1], tf.reduce_sum(rows[1] ** 2)), (x, x * x)),
    "types": tf.map_fn(lambda row: tf.cast(row, tf.int32), x, dtype=tf.int32),
    "numbers": tf.map_fn(lambda v: v * v, x[:, 0]),
    "nested": tf.map_fn(lambda row: tf.map_fn(lambda v: v * v * row[0], row), x),
    "known": tf.map_fn(turned, w, name="known"),
    "scan": tf.scan(lambda a, row: tf.sin(a) + turned(row), x),
    "scan_from": tf.scan(lambda a, row: a + turned(row), x, w[0]),
    "scan_back": tf.scan(lambda a, row: a * row, x, w[1], reverse=True),
    "foldl": tf.foldl(lambda a, row: a * row + row, x),
    "foldl_from": tf.foldl(lambda a, row: a + turned(row), x, w[0]),
    "foldr": tf.foldr(lambda a, row: a * row + row, x),
    "foldr_from": tf.foldr(lambda a, row: tf.sin(a) + row, x, w[0]),
    "powers": tf.while_loop(lambda i, _: i < 4, powers, [1, tf.TensorArray(tf.float32, 4).write(0, x[0])])[1].stack(),
}
differentiated = ["map", "pair", "nested", "scan", "scan_back", "foldl", "foldr_from", "powers"]
parts = {key: outputs[key] if isinstance(outputs[key], tuple) else (outputs[key],) for key in differentiated}
losses = {key: sum(tf.reduce_sum(t * t) for t in found) for key, found in parts.items()}
grads = {key: tf.gradients(loss, [x, w]) for key, loss in losses.items()}
first = {key: [tf.reduce_sum(g * g) for g in found if g is not None] for key, found in grads.items()}
second = {key: tf.gradients(first[key], x)[0] for key in ("map", "scan", "foldl")}

with tf.Session() as sess:
    results = {key: sess.run(value, {x: X}) for key, value in outputs.items()}
    results["first"] = sess.run(first, {x: X})
    results["grads"] = {key: sess.run([g for g in found if g is not None], {x: X}) for key, found in grads.items()}
    results["second"] = sess.run(second, {x: X})
    results["again"] = [sess.run(grads["scan"], {x: X}) for _ in range(3)]

for name, value in results.items():
    print(name, value)
