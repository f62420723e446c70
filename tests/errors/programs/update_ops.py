"""Updates of batch normalization that never run

Cause: the moving averages are updated by operations of the collection UPDATE_OPS, on which nothing depends.
Fix: `with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):` around `minimize`, or
`tf.contrib.layers.optimize_loss`, which runs them. `minigraph.explain.lint(train_op)` finds what does not run.
"""
import minigraph as tf

x = tf.constant([[1.0], [3.0]])
normal = tf.layers.batch_normalization(x, training=True, name="bn")
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(normal))
mean = tf.global_variables("bn/moving_mean")[0]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(5):
        sess.run(train_op)
    print("after 5 steps the moving mean is", sess.run(mean))
