"""Style transfer in small: a picture is trained until its features are one picture's and its Gram matrices another's."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(12)
content_image = rng.rand(1, 16, 16, 3).astype(np.float32)
style_image = np.kron(rng.rand(1, 4, 4, 3), np.ones([1, 4, 4, 1])).astype(np.float32)
FILTERS = [(rng.randn(3, 3, 3, 6) * 0.3).astype(np.float32), (rng.randn(3, 3, 6, 8) * 0.2).astype(np.float32)]


class Net:
    def __init__(self, image):
        self.layers = {}
        for i, kernel in enumerate(FILTERS):
            with tf.variable_scope('conv%d' % (i + 1)):
                conv = tf.nn.conv2d(image, tf.constant(kernel, name='weights'), [1, 1, 1, 1], 'SAME')
                image = tf.nn.relu(conv, name='relu')
            self.layers['conv%d' % (i + 1)] = image
            image = tf.nn.avg_pool(image, [1, 2, 2, 1], [1, 2, 2, 1], 'SAME', name='pool%d' % (i + 1))


def gram_matrix(F, N, M):
    F = tf.reshape(F, (M, N))
    return tf.matmul(tf.transpose(F), F)


def single_style_loss(a, g):
    N, M = a.shape[3], a.shape[1] * a.shape[2]
    return tf.reduce_sum((gram_matrix(g, N, M) - gram_matrix(a, N, M)) ** 2 / ((2 * N * M) ** 2))


with tf.variable_scope('input') as scope:
    input_img = tf.get_variable('in_img', shape=[1, 16, 16, 3], dtype=tf.float32, initializer=tf.zeros_initializer())
net = Net(input_img)
global_step = tf.Variable(0, dtype=tf.int32, trainable=False, name='global_step')

with tf.Session() as sess:
    sess.run(input_img.assign(content_image))
    p = sess.run(net.layers['conv2'])
    content_loss = tf.reduce_sum((net.layers['conv2'] - p) ** 2) / (4.0 * p.size)
    sess.run(input_img.assign(style_image))
    A = sess.run([net.layers['conv1'], net.layers['conv2']])
    style_loss = sum(w * single_style_loss(a, net.layers[n]) for a, n, w in zip(A, ('conv1', 'conv2'), (0.5, 1.0)))
    total_variation = tf.nn.l2_loss(input_img[:, 1:] - input_img[:, :-1]) + tf.nn.l2_loss(input_img[:, :, 1:] - input_img[:, :, :-1])
    total_loss = 0.01 * content_loss + 1.0 * style_loss + 1e-4 * total_variation
    opt = tf.train.AdamOptimizer(0.02).minimize(total_loss, global_step=global_step)
    sess.run(tf.global_variables_initializer())
    sess.run(input_img.assign(0.5 * content_image + 0.25))
    for index in range(31):
        sess.run(opt)
        if index % 10 == 0:
            print('Step %d: %s' % (index, ' '.join('%.6f' % v for v in sess.run([content_loss, style_loss, total_loss]))))
    made = sess.run(input_img)
    print('Sum: {:.3f}'.format(np.sum(made)), made[0, 3, 3], sess.run(global_step))
