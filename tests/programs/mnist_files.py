"""MNIST's own files, here small ones, read as the tutorials read them; softmax regression on what they hold."""
import gzip
import os
import struct
import numpy as np
import tensorflow as tf
from tensorflow.examples.tutorials.mnist import input_data
from tensorflow.contrib.learn.python.learn.datasets.mnist import read_data_sets

rng = np.random.RandomState(30)
patterns = rng.rand(10, 28, 28) > 0.7
os.makedirs('MNIST_data')
for name, n in (('train', 160), ('t10k', 40)):
    labels = rng.randint(0, 10, n).astype(np.uint8)
    images = (patterns[labels] * 180 + rng.randint(0, 70, [n, 28, 28])).astype(np.uint8)
    with gzip.open('MNIST_data/%s-images-idx3-ubyte.gz' % name, 'wb') as f:
        f.write(struct.pack('>IIII', 2051, n, 28, 28) + images.tobytes())
    with gzip.open('MNIST_data/%s-labels-idx1-ubyte.gz' % name, 'wb') as f:
        f.write(struct.pack('>II', 2049, n) + labels.tobytes())

mnist = input_data.read_data_sets('MNIST_data', one_hot=True, validation_size=20, seed=1)
print(mnist.train.num_examples, mnist.validation.images.shape, mnist.test.labels.shape, mnist.train.images.dtype)
if int(tf.__version__.split('.')[0]) < 2:
    print('TensorFlow', tf.__version__)

tf.set_random_seed(31)
x = tf.placeholder(tf.float32, [None, 784])
y_ = tf.placeholder(tf.float32, [None, 10])
W = tf.Variable(tf.zeros([784, 10]))
b = tf.Variable(tf.zeros([10]))
y = tf.matmul(x, W) + b
cross_entropy = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(labels=y_, logits=y))
train_step = tf.train.GradientDescentOptimizer(0.1).minimize(cross_entropy)
sure = tf.reduce_mean(tf.cast(tf.greater(tf.reduce_max(tf.nn.softmax(y), 1), 0.5), tf.float32))


def evaluate(accuracy):
    sess = tf.get_default_session()
    return sess.run([accuracy, sure], feed_dict={x: mnist.test.images, y_: mnist.test.labels})


with tf.Session() as sess:
    tf.global_variables_initializer().run()
    accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(y, 1), tf.argmax(y_, 1)), tf.float32))
    for i in range(25):
        batch_xs, batch_ys = mnist.train.next_batch(32)
        loss, _ = sess.run([cross_entropy, train_step], feed_dict={x: batch_xs, y_: batch_ys})
        if i % 6 == 0:
            print('step', i, 'loss %.6f' % loss, batch_ys.sum(0).astype(int).tolist(), mnist.train.epochs_completed)
    print('accuracy %.4f, sure of %.4f' % tuple(evaluate(accuracy)))

plain = read_data_sets('MNIST_data', validation_size=0, reshape=False, seed=2)
images, labels = plain.train.next_batch(5)
print(images.shape, labels, '%.5f' % images.mean())
