"""A node for a graph that is finalized

Cause: something in the training loop builds. A finalized graph, as one in a monitored session, refuses it.
Fix: build it once, before the loop.
"""
import minigraph as tf


class Trainer:
    def __init__(self):
        self.w = tf.Variable(1.0, name="w")
        self.init = tf.global_variables_initializer()
        tf.get_default_graph().finalize()

    def train(self, sess):
        sess.run(self.init)
        for step in range(3):
            sess.run(self.w * 2.0)


with tf.Session() as sess:
    Trainer().train(sess)
