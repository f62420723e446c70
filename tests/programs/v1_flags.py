"""A program that was carried over to TensorFlow 2's first year: compat.v1, with flags, and texts that are bytes."""
import numpy as np
import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()

tf.flags.DEFINE_boolean('momentum', True, 'Use momentum.')
tf.app.flags.DEFINE_boolean('quiet', False, 'Say less.')
tf.flags.DEFINE_integer('steps', 15, 'Number of steps.')
FLAGS = tf.flags.FLAGS


def main(unused_argv):
    if not FLAGS.quiet:
        print(tf.compat.as_str(b'begins'), tf.compat.as_bytes('text'), FLAGS.momentum, FLAGS.steps)
    rng = np.random.RandomState(34)
    data = rng.randn(20, 2).astype(np.float32)
    labels = (data[:, :1] - 2 * data[:, 1:] > 0).astype(np.float32)
    x, y = tf.placeholder(tf.float32, [None, 2]), tf.placeholder(tf.float32, [None, 1])
    w = tf.get_variable('w', [2, 1], initializer=tf.zeros_initializer())
    logits = tf.matmul(x, w)
    loss = tf.losses.sigmoid_cross_entropy(y, logits)
    optimizer = tf.train.MomentumOptimizer(0.5, 0.9) if FLAGS.momentum else tf.train.GradientDescentOptimizer(0.5)
    train = optimizer.minimize(loss)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(FLAGS.steps):
            value, _ = sess.run([loss, train], {x: data, y: labels})
            if step % 5 == 0:
                print(step, '%.6f' % value)
        print(sess.run(w).ravel(), [v.name for v in tf.all_variables()])


if __name__ == '__main__':
    tf.app.run()
