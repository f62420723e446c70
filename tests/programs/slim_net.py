"""A small network of slim, with scopes of arguments, batch norm, regularizers and end points."""
import numpy as np
import tensorflow as tf
import tensorflow.contrib.slim as slim

rng = np.random.RandomState(17)
images = rng.rand(8, 16, 16, 3).astype(np.float32)
labels = np.arange(8) % 4


def arg_scope(weight_decay=0.004):
    with slim.arg_scope([slim.conv2d, slim.fully_connected], activation_fn=tf.nn.relu,
                        weights_initializer=tf.truncated_normal_initializer(stddev=0.1),
                        weights_regularizer=slim.l2_regularizer(weight_decay)) as sc:
        return sc


def net(x, num_classes, is_training):
    end_points = {}
    with tf.variable_scope('Small', 'Small', [x, num_classes]):
        with slim.arg_scope([slim.batch_norm], is_training=is_training, decay=0.8):
            n = end_points['conv1'] = slim.conv2d(x, 6, [3, 3], normalizer_fn=slim.batch_norm, scope='conv1')
            n = end_points['pool1'] = slim.max_pool2d(n, [2, 2], 2, scope='pool1')
            n = slim.repeat(n, 2, slim.conv2d, 8, [3, 3], scope='conv2')
            n = end_points['pool2'] = slim.max_pool2d(n, [2, 2], 2, scope='pool2')
            n = slim.flatten(n)
            n = slim.stack(n, slim.fully_connected, [12, 10], scope='fc')
            logits = end_points['Logits'] = slim.fully_connected(n, num_classes, activation_fn=None, scope='logits')
    end_points['Predictions'] = slim.softmax(logits, scope='Predictions')
    return logits, end_points


tf.set_random_seed(18)
x = tf.placeholder(tf.float32, [None, 16, 16, 3])
y = tf.placeholder(tf.int64, [None])
with slim.arg_scope(arg_scope()):
    logits, end_points = net(x, 4, is_training=True)
with slim.arg_scope(arg_scope()):
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        test_logits, _ = net(x, 4, is_training=False)
slim.losses.sparse_softmax_cross_entropy(logits, y)
total_loss = slim.losses.get_total_loss()
update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
with tf.control_dependencies(update_ops):
    train_op = tf.train.AdamOptimizer(0.02).minimize(total_loss)

for name in sorted(end_points):
    print(name, end_points[name].get_shape())
for v in slim.get_model_variables():
    print(v.name, v.get_shape())
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(13):
        loss, _ = sess.run([total_loss, train_op], {x: images, y: labels})
        if step % 4 == 0:
            print(step, 'loss %.5f' % loss)
    print(sess.run(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)))
    print(sess.run(slim.get_variables_by_name('moving_mean')[0]))
    print(sess.run(test_logits, {x: images[:2]}).shape, len(update_ops))
