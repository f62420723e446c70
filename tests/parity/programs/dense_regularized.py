"""Regularizers, their collection, and the loss they add up to."""
import minigraph as tf

tf.set_random_seed(3)
x = tf.constant([[1.0, -2.0, 3.0]], name="x")
l2 = tf.contrib.layers.l2_regularizer(0.1)
l1 = tf.contrib.layers.l1_regularizer(0.2)
hidden = tf.layers.dense(x, 4, activation=tf.nn.relu, kernel_regularizer=l2, bias_regularizer=l1,
                         name="hidden")
out = tf.layers.dense(hidden, 1, kernel_regularizer=l2, activity_regularizer=l1, name="out")
with tf.variable_scope("scope", regularizer=l2):
    v = tf.get_variable("v", initializer=[1.0, 2.0])
    u = tf.get_variable("u", [2], initializer=tf.ones_initializer(), regularizer=l1)
tf.losses.mean_squared_error([[1.0]], out)
regularization = tf.losses.get_regularization_losses()
total = tf.losses.get_total_loss()
both = tf.losses.get_total_loss(add_regularization_losses=False, name="only_losses")
manual = tf.losses.get_regularization_loss()
grads = tf.gradients(total, tf.trainable_variables())
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"regularization": sess.run(regularization), "total": sess.run(total), "losses": sess.run(both),
               "manual": sess.run(manual), "grads": sess.run(grads),
               "l2_loss": sess.run(tf.nn.l2_loss(v)), "u": sess.run(u)}

for name, value in results.items():
    print(name, value)
