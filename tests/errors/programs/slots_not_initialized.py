"""The init op was built before the optimizer

Cause: `global_variables_initializer` knows the variables made before it. Adam makes more of them: its slots.
Fix: build the init op last.
"""
import minigraph as tf

w = tf.Variable(2.0, name="w")
loss = tf.square(w - 5.0)
init = tf.global_variables_initializer()
train_op = tf.train.AdamOptimizer(0.1).minimize(loss)

with tf.Session() as sess:
    sess.run(init)
    for step in range(10):
        sess.run(train_op)
