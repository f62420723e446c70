"""Reductions over all axes, one, several, negative, kept; static and unknown shapes; gradients."""
import minigraph as tf

x = tf.Variable([[1.0, 2.0, 3.0], [4.0, 6.0, 5.0]], name="x")
fed = tf.placeholder(tf.float32, [None, 3], name="fed")
made, grads = [], []
for reduce in (tf.reduce_sum, tf.reduce_mean, tf.reduce_max, tf.reduce_min, tf.reduce_prod,
               tf.reduce_logsumexp):
    for source in (x, fed):
        for options in ({}, {"axis": 0}, {"axis": -1, "keepdims": True}, {"axis": [0, 1]}):
            made.append(reduce(source, **options))
            grads.append(tf.gradients(made[-1] * 2.0, source)[0])
others = [tf.reduce_any(x > 2.0, 1), tf.reduce_all(x > 2.0), tf.argmax(x, 1), tf.argmin(x, 0), tf.norm(x),
          tf.norm(x, axis=1), tf.nn.l2_loss(x), tf.nn.l2_normalize(x, 1), tf.count_nonzero(x > 2.0),
          tf.reduce_sum(x, reduction_indices=[1]), tf.segment_sum(x, [0, 0]),
          tf.unsorted_segment_sum(x, [1, 0], 2)]
feed = {fed: [[1.0, 2.0, 3.0], [3.0, 2.5, 1.0]]}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"made": sess.run(made, feed), "grads": sess.run(grads, feed), "others": sess.run(others)}

for name, value in results.items():
    print(name, value)
