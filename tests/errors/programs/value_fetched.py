"""The name of a tensor overwritten by its value

Cause: after `loss = sess.run(loss)` the Python name `loss` holds a number; the second turn fetches the number.
Fix: another name for the value: `loss_value = sess.run(loss)`.
"""
import minigraph as tf

w = tf.Variable(3.0, name="w")
loss = tf.square(w)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(2):
        loss = sess.run(loss)
        print(step, loss)
