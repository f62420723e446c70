"""A perceptron with two layers on digits of eight by eight points, with a decaying learning rate."""
import numpy as np
import tensorflow as tf

flags = tf.app.flags
flags.DEFINE_integer('steps', 60, 'Number of steps to train.')
flags.DEFINE_integer('batch_size', 20, 'Batch size.')
flags.DEFINE_float('learning_rate', 0.5, 'Initial learning rate.')
FLAGS = flags.FLAGS


def digits(n, rng):
    """Return n noisy pictures of the ten digits, each a pattern of its own, and their labels."""
    patterns = np.random.RandomState(5).rand(10, 64) > 0.6
    labels = np.arange(n) % 10
    return (patterns[labels] + 0.3 * rng.randn(n, 64)).astype(np.float32), labels.astype(np.int64)


def main(_):
    rng = np.random.RandomState(1)
    images, labels = digits(200, rng)
    test_images, test_labels = digits(100, rng)
    tf.set_random_seed(1234)
    x = tf.placeholder(tf.float32, [None, 64], name='x-input')
    y_ = tf.placeholder(tf.int64, [None], name='y-input')
    with tf.name_scope('hidden'):
        w1 = tf.Variable(tf.truncated_normal([64, 32], stddev=1.0 / np.sqrt(64.0)), name='weights')
        b1 = tf.Variable(tf.zeros([32]), name='biases')
        h = tf.nn.relu(tf.matmul(x, w1) + b1)
    with tf.name_scope('softmax_linear'):
        w2 = tf.Variable(tf.truncated_normal([32, 10], stddev=1.0 / np.sqrt(32.0)), name='weights')
        b2 = tf.Variable(tf.zeros([10]), name='biases')
        logits = tf.matmul(h, w2) + b2
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y_, logits=logits), name='xentropy_mean')
    global_step = tf.Variable(0, name='global_step', trainable=False)
    rate = tf.train.exponential_decay(FLAGS.learning_rate, global_step, 20, 0.7, staircase=True)
    train_op = tf.train.GradientDescentOptimizer(rate).minimize(loss, global_step=global_step)
    correct = tf.nn.in_top_k(logits, y_, 1)
    eval_correct = tf.reduce_sum(tf.cast(correct, tf.int32))

    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(FLAGS.steps):
            start = step * FLAGS.batch_size % 200
            feed_dict = {x: images[start:start + FLAGS.batch_size], y_: labels[start:start + FLAGS.batch_size]}
            _, loss_value, r = sess.run([train_op, loss, rate], feed_dict=feed_dict)
            if step % 10 == 0:
                print('Step %d: loss = %.4f, rate = %.4f' % (step, loss_value, r))
        true_count = sess.run(eval_correct, feed_dict={x: test_images, y_: test_labels})
        print('Num correct: %d  Precision @ 1: %0.04f' % (true_count, true_count / 100.0))
        print('global step', sess.run(global_step), [v.name for v in tf.trainable_variables()])


if __name__ == '__main__':
    tf.app.run()
