"""Layers as objects: names of second ones, losses and updates of inputs, causal convolutions, words for functions."""
import numpy as np

import minigraph as tf


class Own(tf.layers.Layer):
    def build(self, shape):
        self.w = self.add_weight("w", [3, 2], regularizer=tf.nn.l2_loss)
        self.n = self.add_variable(name="n", shape=[2], trainable=False, initializer=tf.zeros_initializer())

    def call(self, inputs, training=False):
        y = tf.matmul(inputs, self.w)
        self.add_loss(tf.reduce_sum(y), inputs=inputs)
        self.add_loss([tf.nn.l2_loss(self.w), None, lambda: tf.constant(3.0)])
        self.add_update(tf.assign(self.n, tf.reduce_mean(y, 0)))
        self.add_update(lambda: tf.assign(self.n, [2.0, 2.0]))
        return y


tf.set_random_seed(5)
x = tf.placeholder(tf.float32, [None, 3], name="x")
own, other = Own(name="own"), Own(name="own")
for layer in (own, other, own):
    layer(x, training=True)
print([t.name for t in own.losses], [t.name for t in own.get_losses_for(None)])
print([t.name for t in own.updates], [t.name for t in own.get_updates_for(x)], [t.name for t in own.get_losses_for(x)])
for _ in range(2):
    tf.layers.Dense(2, name="dense")(x)
tf.layers.Dense(2, activity_regularizer=tf.nn.l2_loss, name="dense")(np.ones([2, 3], "f"))
steps = tf.constant(np.arange(16.0).reshape(1, 8, 2).astype("f"))
for options in (dict(), dict(dilation_rate=2), dict(strides=2)):
    tf.layers.Conv1D(3, 3, padding="causal", **options)(steps)
tf.layers.Conv1D(3, 3, data_format="channels_first", padding="causal")(tf.transpose(steps, [0, 2, 1]))
words = "relu sigmoid tanh softmax linear elu selu softplus softsign exponential hard_sigmoid".split()
outputs = [tf.layers.dense(x, 2, activation=word, name=word) for word in words]
outputs.append(tf.layers.dense(tf.ones([2, 3, 2]), 2, activation="softmax", kernel_regularizer="l1_l2"))
for word in "zeros ones glorot_normal he_uniform lecun_normal random_normal random_uniform orthogonal identity".split():
    outputs.append(tf.layers.dense(x, 2, kernel_initializer=word, use_bias=False, name="init_" + word))
for word in ("non_neg", "max_norm", "unit_norm"):
    tf.layers.dense(x, 2, kernel_constraint=word, name="kept_" + word)
    v = tf.trainable_variables("kept_" + word)[0]
    outputs.append(v.constraint(v))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {output.name: sess.run(output, {x: np.sin(np.arange(6.0)).reshape(2, 3)}) for output in outputs}
for name, value in results.items():
    print(name, value)
