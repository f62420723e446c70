"""tf.nn's convolutions and poolings with their gradients, strides and paddings."""
import minigraph as tf

x = tf.reshape(tf.sin(tf.range(100, dtype=tf.float32)), [2, 5, 5, 2], name="x")
k = tf.reshape(tf.cos(tf.range(36, dtype=tf.float32)), [3, 3, 2, 2], name="k")
made = [tf.nn.conv2d(x, k, [1, 1, 1, 1], "SAME"), tf.nn.conv2d(x, k, [1, 2, 2, 1], "VALID"),
        tf.nn.conv2d(x, k, [1, 1, 1, 1], "VALID", name="named"),
        tf.nn.max_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], "SAME"),
        tf.nn.max_pool(x, [1, 3, 3, 1], [1, 1, 1, 1], "VALID"),
        tf.nn.avg_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], "SAME"),
        tf.nn.conv2d_transpose(x, k, [2, 5, 5, 2], [1, 1, 1, 1], "SAME"), tf.nn.bias_add(x, [1.0, 2.0])]
grads = [tf.gradients(tensor, [x, k]) for tensor in made]
with tf.Session() as sess:
    results = {"made": sess.run(made), "x": sess.run([pair[0] for pair in grads]),
               "k": sess.run([pair[1] for pair in grads if pair[1] is not None])}

for name, value in results.items():
    print(name, value)
