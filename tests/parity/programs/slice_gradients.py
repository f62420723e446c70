"""Slicing: strided slices by brackets, tf.slice, newaxis, ellipsis, and their gradients."""
import minigraph as tf

x = tf.Variable(tf.reshape(tf.range(24, dtype=tf.float32), [2, 3, 4]), name="x")
fed = tf.placeholder(tf.float32, [None, 4], name="fed")
i = tf.constant(1, name="i")
made = [x[0], x[:, 1], x[..., 0], x[:, ::2, 1:3], x[-1, :, ::-1], x[:, tf.newaxis, 0], x[1, 2, 3], x[i],
        x[:, i:], tf.slice(x, [0, 1, 0], [2, 2, -1]), tf.strided_slice(x, [0, 0, 0], [2, 3, 4], [1, 2, 2]),
        tf.slice(x, [0, i, 0], [1, 1, 2])]
of_fed = [fed[0], fed[1:], fed[:, 1], fed[:-1, 0:2]]
grads = [tf.gradients(tensor, x)[0] for tensor in made]
fed_grads = [tf.gradients(tensor, fed)[0] for tensor in of_fed]
sizes = [tf.shape(fed), tf.shape(fed)[0], tf.size(x), tf.rank(x), tf.shape(x), tf.size(fed)]
feed = {fed: [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [9.0, 10.0, 11.0, 12.0]]}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"made": sess.run(made), "grads": sess.run(grads), "of_fed": sess.run(of_fed, feed),
               "fed_grads": sess.run(fed_grads, feed), "sizes": sess.run(sizes, feed)}

for name, value in results.items():
    print(name, value)
