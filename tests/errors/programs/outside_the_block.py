"""A control dependency on something made before

Cause: `control_dependencies` concerns the operations made inside the block; `doubled` was made outside.
Fix: make the operation inside, and read the variable there: `v.read_value() * 2.0`.
"""
import minigraph as tf

v = tf.Variable(1.0)
doubled = v * 2.0
add = v.assign_add(1.0)
with tf.control_dependencies([add]):
    out = doubled
    inside = v.read_value() * 2.0
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(out), "and the variable is", sess.run(v))
    print(sess.run(inside), "and the variable is", sess.run(v))
