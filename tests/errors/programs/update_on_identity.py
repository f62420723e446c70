"""An update tied to an identity of the loss

Cause: `minimize` needs the gradients of the loss, and its value only where a gradient needs it; an identity of it
is not on the way.
Fix: put the dependency on the training step: `with tf.control_dependencies([train_op]):` around the update.
`minigraph.explain.lint(train_op)` finds it.
"""
import minigraph as tf

w, steps = tf.Variable(1.0), tf.Variable(0.0, trainable=False)
loss = w * w
with tf.control_dependencies([steps.assign_add(1.0)]):
    loss = tf.identity(loss)
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, var_list=[w])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(10):
        sess.run(train_op)
    print("steps counted:", sess.run(steps))
