"""Layers with summaries of every variable, an interactive session, Nesterov momentum."""
import numpy as np

import minigraph as tf

tf.set_random_seed(3)
with tf.name_scope('input'):
    x = tf.placeholder(tf.float32, [None, 5], name='x')
    y = tf.placeholder(tf.float32, [None, 1], name='y')


def variable_summaries(var):
    with tf.name_scope('summaries'):
        mean = tf.reduce_mean(var)
        tf.summary.scalar('mean', mean)
        with tf.name_scope('stddev'):
            stddev = tf.sqrt(tf.reduce_mean(tf.square(var - mean)))
        tf.summary.scalar('stddev', stddev)
        tf.summary.scalar('max', tf.reduce_max(var))
        tf.summary.scalar('min', tf.reduce_min(var))
        tf.summary.histogram('histogram', var)


def nn_layer(input_tensor, input_dim, output_dim, layer_name, act=tf.nn.relu):
    with tf.name_scope(layer_name):
        with tf.name_scope('weights'):
            weights = tf.Variable(tf.truncated_normal([input_dim, output_dim], stddev=0.1))
            variable_summaries(weights)
        with tf.name_scope('biases'):
            biases = tf.Variable(tf.constant(0.1, shape=[output_dim]))
            variable_summaries(biases)
        with tf.name_scope('Wx_plus_b'):
            preactivate = tf.matmul(input_tensor, weights) + biases
            tf.summary.histogram('pre_activations', preactivate)
        activations = act(preactivate, name='activation')
        tf.summary.histogram('activations', activations)
        return activations


h = nn_layer(x, 5, 7, 'layer1')
with tf.name_scope('dropout'):
    keep_prob = tf.placeholder(tf.float32)
    tf.summary.scalar('dropout_keep_probability', keep_prob)
    dropped = tf.nn.dropout(h, keep_prob)
out = nn_layer(dropped, 7, 1, 'layer2', act=tf.identity)
with tf.name_scope('loss'):
    l2 = tf.add_n([tf.nn.l2_loss(v) for v in tf.trainable_variables()]) * 0.01
    loss = tf.losses.mean_squared_error(y, out) + l2
with tf.name_scope('train'):
    train = tf.train.MomentumOptimizer(0.1, 0.9, use_nesterov=True).minimize(loss)
results = {}
fd = {x: np.linspace(-1, 1, 20).reshape(4, 5), y: [[1], [2], [3], [4]], keep_prob: .5}
sess = tf.InteractiveSession()
tf.global_variables_initializer().run()
for i in range(3):
    train.run(fd)
    results[str(i)] = loss.eval(fd)
sess.close()
