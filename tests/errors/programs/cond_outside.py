"""A branch that runs although it is not taken

Cause: what the branches of `tf.cond` use from outside runs before the choice.
Fix: make the operation inside the branch: `lambda: v.assign_add(1.0)`.
"""
import minigraph as tf

v = tf.Variable(0.0)
add = v.assign_add(1.0)
result = tf.cond(tf.constant(False), lambda: tf.identity(add), lambda: tf.constant(-1.0))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(result), "and the variable is", sess.run(v))
