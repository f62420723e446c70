"""A read and a write that nothing orders

Cause: no path leads from the assignment to the read or back, so either may come first.
Fix: `with tf.control_dependencies([add]):` around `v.read_value()`. `minigraph.explain.races([add, read])`
finds such pairs.
"""
import minigraph as tf

v = tf.Variable(0.0)
read = v.read_value()
add = v.assign_add(1.0)
seen = set()
for seed in range(20):
    with tf.Session(config=tf.ConfigProto(order="shuffle", order_seed=seed)) as sess:
        sess.run(v.initializer)
        seen.add(float(sess.run([add, read])[1]))
print("the read gave", sorted(seen))
