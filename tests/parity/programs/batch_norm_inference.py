"""Batch normalization at inference, dense and on images, and tf.nn's own functions."""
import minigraph as tf

x = tf.constant([[1.0, 2.0], [3.0, -4.0]], name="x")
image = tf.reshape(tf.range(16, dtype=tf.float32), [2, 2, 2, 2], name="image")
plain = tf.layers.batch_normalization(x, training=False)
bare = tf.layers.batch_normalization(x, center=False, scale=False, epsilon=0.1, name="bare")
images = tf.layers.batch_normalization(image, training=False, name="images")
mean, variance = tf.nn.moments(x, [0])
kept_mean, kept_variance = tf.nn.moments(image, [0, 1, 2], keep_dims=True)
own = tf.nn.batch_normalization(x, mean, variance, tf.constant([0.1, 0.2]), tf.constant([2.0, 3.0]), 1e-3)
fused, fused_mean, fused_variance = tf.nn.fused_batch_norm(image, [1.0, 2.0], [0.5, 0.5])
grads = tf.gradients([plain, own], [x])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"plain": sess.run(plain), "bare": sess.run(bare), "images": sess.run(images),
               "own": sess.run(own), "moments": sess.run([mean, variance, kept_mean, kept_variance]),
               "grads": sess.run(grads), "fused": sess.run([fused, fused_mean, fused_variance])}

for name, value in results.items():
    print(name, value)
