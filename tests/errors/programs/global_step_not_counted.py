"""A global step that stays 0

Cause: `minimize` counts the steps only where it is given the variable.
Fix: `minimize(loss, global_step=step)`, once; `optimize_loss` takes it as well, and two of them count double.
"""
import minigraph as tf

step = tf.train.get_or_create_global_step()
w = tf.Variable(1.0)
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(w * w)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(5):
        sess.run(train_op)
    print("global step:", sess.run(step))
