"""A convolutional network that tells horizontal from vertical bars, with dropout."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(2)


def bars(n):
    pictures, kinds = np.zeros([n, 12, 12, 1], np.float32), np.zeros([n, 2], np.float32)
    for i in range(n):
        k, at = i % 2, rng.randint(1, 11)
        if k:
            pictures[i, :, at] = 1
        else:
            pictures[i, at] = 1
        kinds[i, k] = 1
    return pictures + 0.2 * rng.randn(n, 12, 12, 1).astype(np.float32), kinds


def weight_variable(shape):
    return tf.Variable(tf.truncated_normal(shape, stddev=0.1))


def bias_variable(shape):
    return tf.Variable(tf.constant(0.1, shape=shape))


def conv2d(x, W):
    return tf.nn.conv2d(x, W, strides=[1, 1, 1, 1], padding='SAME')


def max_pool_2x2(x):
    return tf.nn.max_pool(x, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')


tf.set_random_seed(11)
x = tf.placeholder(tf.float32, [None, 12, 12, 1])
y_ = tf.placeholder(tf.float32, [None, 2])
keep_prob = tf.placeholder(tf.float32)

h_pool1 = max_pool_2x2(tf.nn.relu(conv2d(x, weight_variable([3, 3, 1, 4])) + bias_variable([4])))
h_pool2 = max_pool_2x2(tf.nn.relu(conv2d(h_pool1, weight_variable([3, 3, 4, 8])) + bias_variable([8])))
flat = tf.reshape(h_pool2, [-1, 3 * 3 * 8])
h_fc1 = tf.nn.relu(tf.matmul(flat, weight_variable([72, 16])) + bias_variable([16]))
h_drop = tf.nn.dropout(h_fc1, keep_prob)
y_conv = tf.matmul(h_drop, weight_variable([16, 2])) + bias_variable([2])

cross_entropy = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y_, logits=y_conv))
train_step = tf.train.AdamOptimizer(1e-2).minimize(cross_entropy)
accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(y_conv, 1), tf.argmax(y_, 1)), tf.float32))

images, labels = bars(40)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(24):
        if i % 6 == 0:
            feed = {x: images, y_: labels, keep_prob: 1.0}
            print('step %d, training accuracy %g, loss %.5f' % ((i,) + tuple(sess.run([accuracy, cross_entropy], feed))))
        sess.run(train_step, feed_dict={x: images, y_: labels, keep_prob: 0.5})
    test_images, test_labels = bars(20)
    print('test accuracy %g' % accuracy.eval(feed_dict={x: test_images, y_: test_labels, keep_prob: 1.0}))
    print(y_conv.eval({x: test_images[:3], keep_prob: 1.0}), h_pool2.get_shape())
