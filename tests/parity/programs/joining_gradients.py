"""concat, split, stack, unstack, tile, pad, transpose, reshape, reverse and more, with gradients."""
import minigraph as tf

x = tf.Variable([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], name="x")
y = tf.Variable([[7.0, 8.0, 9.0]], name="y")
fed = tf.placeholder(tf.float32, [None, 3], name="fed")
made = [tf.concat([x, y], 0), tf.concat([x, x], 1), tf.concat([x, fed], 0), tf.stack([x, x * 2.0]),
        tf.stack([x, x], axis=-1), tf.split(x, 3, axis=1)[1], tf.split(x, [1, 2], axis=1)[1],
        tf.unstack(x)[1], tf.unstack(x, axis=1)[0], tf.tile(x, [2, 1]), tf.pad(x, [[1, 0], [0, 2]]),
        tf.pad(x, [[1, 1], [1, 1]], "REFLECT"), tf.transpose(x), tf.transpose(tf.stack([x, x]), [1, 0, 2]),
        tf.reshape(x, [3, -1]), tf.expand_dims(x, 1), tf.squeeze(tf.expand_dims(x, 0), [0]),
        tf.reverse(x, [1]), tf.broadcast_to(y, [2, 3]), tf.identity(x), tf.where(x > 2.0, x, x * 0.5),
        tf.where([True, False], x, x * 3.0), tf.boolean_mask(x, [True, False]), tf.reshape(fed * x[0], [-1]),
        tf.matrix_band_part(x, 0, -1), tf.diag(x[0]), tf.nn.top_k(x, 2).values]
grads = [tf.gradients(tensor, x)[0] for tensor in made]
of_y = tf.gradients(made[0] ** 2.0, y)
feed = {fed: [[1.0, 1.0, 2.0]]}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"made": sess.run(made, feed), "of_y": sess.run(of_y),
               "grads": [str(g) if g is None else sess.run(tf.convert_to_tensor(g), feed) for g in grads]}

for name, value in results.items():
    print(name, value)
