"""A read and a write that nothing orders

Cause: no path leads from the assignment to the operation that computes with the variable or back, so either may come
first.
Fix: `with tf.control_dependencies([add]):` around `v * 2.0`. `minigraph.explain.races([add, double])` finds such pairs.
"""
import minigraph as tf

v = tf.Variable(0.0)
double = v * 2.0
add = v.assign_add(1.0)
seen = set()
for seed in range(20):
    with tf.Session(config=tf.ConfigProto(order="shuffle", order_seed=seed)) as sess:
        sess.run(v.initializer)
        seen.add(float(sess.run([add, double])[1]))
print("the product was", sorted(seen))
