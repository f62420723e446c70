"""One-hot labels for a sparse loss

Cause: the sparse loss wants the number of each row's class, in one axis less than the logits.
Fix: the loss without `sparse_`, or `tf.argmax(labels, -1)`.
"""
import minigraph as tf

labels = tf.placeholder(tf.float32, [None, 3], name="labels")
logits = tf.layers.dense(tf.placeholder(tf.float32, [None, 5], name="x"), 3)
loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
