"""A graph that grows in the training loop

Cause: `x + 1.0` makes nodes each time it is written; in a loop that is in each turn.
Fix: build once, before the loop. `tf.get_default_graph().finalize()` turns the mistake into an error.
"""
import minigraph as tf

x = tf.Variable(0.0)
graph = tf.get_default_graph()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    before = graph.version
    for step in range(100):
        sess.run(x.assign(x + 1.0))
print("nodes added by 100 steps:", graph.version - before)
