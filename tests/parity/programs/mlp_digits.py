"""A two-layer perceptron with an accuracy, global step and momentum, trained for some steps."""
import numpy as np

import minigraph as tf

tf.set_random_seed(0)
rng = np.random.RandomState(0)
xs, ys = rng.rand(32, 6).astype(np.float32), rng.randint(0, 3, 32)
x = tf.placeholder(tf.float32, [None, 6], name="x")
y = tf.placeholder(tf.int32, [None], name="y")
with tf.variable_scope("hidden"):
    w = tf.get_variable("w", [6, 8])
    b = tf.get_variable("b", [8], initializer=tf.zeros_initializer())
    h = tf.nn.relu(tf.matmul(x, w) + b)
with tf.variable_scope("out"):
    logits = tf.matmul(h, tf.get_variable("w", [8, 3])) + tf.get_variable("b", [3],
                                                                          initializer=tf.zeros_initializer())
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
accuracy = tf.reduce_mean(tf.to_float(tf.nn.in_top_k(logits, y, 1)))
step = tf.Variable(0, name="step", trainable=False)
rate = tf.train.exponential_decay(0.5, step, 10, 0.9)
optimizer = tf.train.MomentumOptimizer(rate, 0.9)
pairs = optimizer.compute_gradients(loss)
pairs = [(tf.clip_by_norm(grad, 1.0), variable) for grad, variable in pairs]
train = optimizer.apply_gradients(pairs, global_step=step)
feed = {x: xs, y: ys}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    losses = []
    for _ in range(10):
        losses.append(sess.run(loss, feed))
        sess.run(train, feed)
    results = {"losses": np.array(losses), "accuracy": sess.run(accuracy, feed), "w": sess.run(w),
               "step": sess.run(step), "rate": sess.run(rate)}

for name, value in results.items():
    print(name, value)
