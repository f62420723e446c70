"""float64, integer and mixed-dtype graphs: casts, gradients through casts, an optimizer."""
import numpy as np

import minigraph as tf

v = tf.Variable(np.array([1.0, 2.0]), name="v")
f = tf.Variable([1.0, 2.0], name="f")
n = tf.constant([1, 2], tf.int64, name="n")
mixed = tf.reduce_sum(v * tf.cast(f, tf.float64) * tf.cast(n, tf.float64))
loss = tf.square(mixed) / 2 + tf.reduce_mean(v)
grads = tf.gradients(loss, [v, f])
train = tf.train.AdamOptimizer(0.1).minimize(loss)
clipped = tf.contrib.layers.optimize_loss(loss, None, 0.01, "Momentum", clip_gradients=1.0, variables=[v])
parts = [tf.to_int32(v), tf.to_double(f), tf.saturate_cast(v * 1000, tf.int8), tf.cast(v > 1, tf.float32),
         tf.complex(f, f), tf.real(tf.complex(f, f)), tf.bitcast(f, tf.int32)]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"loss": sess.run(loss), "grads": sess.run(grads), "parts": sess.run(parts)}
    sess.run(train)
    sess.run(clipped)
    results.update({"v": sess.run(v), "f": sess.run(f)})

for name, value in results.items():
    print(name, value)
