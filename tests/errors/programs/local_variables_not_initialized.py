"""A local variable without a value

Cause: `global_variables_initializer` is for global variables; counters such as those of metrics are local ones.
Fix: run `tf.local_variables_initializer()` as well.
"""
import minigraph as tf

seen = tf.get_local_variable("seen", [], initializer=tf.zeros_initializer())
count = tf.assign_add(seen, 1.0)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(count)
