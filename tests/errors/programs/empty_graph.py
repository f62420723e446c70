"""A session whose graph is empty

Cause: the session was made before `with graph.as_default()`, so it runs the default graph, which is empty.
Fix: make the session with the graph: `tf.Session(graph=graph)`.
"""
import minigraph as tf

sess = tf.Session()
with tf.Graph().as_default():
    answer = tf.constant(42.0, name="answer")
    print(sess.run(answer))
