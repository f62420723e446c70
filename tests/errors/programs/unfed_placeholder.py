"""A placeholder without a value

Cause: what is fetched depends on a placeholder, and feed_dict has no value for it.
Fix: feed it in each run that needs it.
"""
import minigraph as tf

x = tf.placeholder(tf.float32, [None, 3], name="x")
labels = tf.placeholder(tf.float32, [None, 1], name="labels")
prediction = tf.layers.dense(x, 1, name="prediction")
loss = tf.reduce_mean(tf.square(prediction - labels), name="loss")

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(loss, feed_dict={x: [[1.0, 2.0, 3.0]]}))
