"""A session that was made for another graph

Cause: a session runs the graph that was the default when the session was made.
Fix: make it with the graph: `tf.Session(graph=graph)`.
"""
import minigraph as tf

start = tf.constant(0.0, name="start")
graph = tf.Graph()
with graph.as_default():
    answer = tf.constant(42.0, name="answer")
with tf.Session() as sess:
    sess.run(answer)
