"""A summary that needs a placeholder

Cause: `merge_all` takes in every summary of the graph, and with them what they depend on.
Fix: feed as for the training step, and fetch both in one run: `sess.run([train_op, merged], feed_dict=...)`.
"""
import minigraph as tf

x = tf.placeholder(tf.float32, [None], name="x")
loss = tf.reduce_mean(x)
tf.summary.scalar("loss", loss)
merged = tf.summary.merge_all()


def log(sess):
    return sess.run(merged)


with tf.Session() as sess:
    print(sess.run(loss, {x: [1.0, 2.0]}))
    log(sess)
