"""A network of action values and its target network."""

import numpy as np

import minigraph as tf

results = {}
tf.set_random_seed(42)


class QNet(object):
    def __init__(self, scope):
        with tf.variable_scope(scope):
            self.s = tf.placeholder(tf.float32, [None, 4], name="state")
            self.h = tf.layers.dense(
                self.s, 8, tf.nn.relu, kernel_initializer=tf.contrib.layers.variance_scaling_initializer()
            )
            self.q = tf.layers.dense(self.h, 2, name="q")
        self.vars = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope=scope)


online, target = QNet("online"), QNet("target")
copy = tf.group(*[t.assign(o) for t, o in zip(target.vars, online.vars)])
with tf.variable_scope("train"):
    a = tf.placeholder(tf.int32, [None])
    yy = tf.placeholder(tf.float32, [None, 1])
    qv = tf.reduce_sum(online.q * tf.one_hot(a, 2), axis=1, keepdims=True)
    err = tf.abs(yy - qv)
    clipped = tf.clip_by_value(err, 0.0, 1.0)
    linear = 2 * (err - clipped)
    loss = tf.reduce_mean(tf.square(clipped) + linear)
    gs = tf.Variable(0, trainable=False, name="global_step")
    op = tf.train.MomentumOptimizer(0.001, 0.95, use_nesterov=True).minimize(loss, global_step=gs)
soft = [tf.assign(t, t * 0.9 + 0.1 * o) for t, o in zip(target.vars, online.vars)]
r = np.random.RandomState(1)
with tf.Session() as sess:
    tf.global_variables_initializer().run()
    copy.run()
    for i in range(3):
        S = r.randn(5, 4)
        tq = target.q.eval(feed_dict={target.s: S})
        _, results["l%d" % i] = sess.run(
            [op, loss], {online.s: S, a: [0, 1, 1, 0, 1], yy: 1 + 0.9 * tq.max(1, keepdims=True)}
        )
    results["soft"] = sess.run(soft)
    results["names"] = [v.name for v in online.vars + target.vars] + [op.name, copy.name]
