"""Labels and logits swapped

Cause: functions of `tf.losses` take the labels first.
Fix: name the arguments.
"""
import minigraph as tf

labels = tf.placeholder(tf.int64, [None], name="labels")
logits = tf.layers.dense(tf.placeholder(tf.float32, [None, 5], name="x"), 3)
loss = tf.losses.sparse_softmax_cross_entropy(logits, labels)
