"""Summaries of a training for TensorBoard, written to two folders, and what is in the files."""
import os
import numpy as np
import tensorflow as tf

tf.set_random_seed(20)
rng = np.random.RandomState(20)
x_data = rng.rand(40, 2).astype(np.float32)
y_data = (x_data[:, :1] * x_data[:, 1:]).astype(np.float32)


def variable_summaries(var):
    with tf.name_scope('summaries'):
        mean = tf.reduce_mean(var)
        tf.summary.scalar('mean', mean)
        with tf.name_scope('stddev'):
            stddev = tf.sqrt(tf.reduce_mean(tf.square(var - mean)))
        tf.summary.scalar('stddev', stddev)
        tf.summary.scalar('max', tf.reduce_max(var))
        tf.summary.histogram('histogram', var)


def nn_layer(input_tensor, input_dim, output_dim, layer_name, act=tf.nn.relu):
    with tf.name_scope(layer_name):
        with tf.name_scope('weights'):
            weights = tf.Variable(tf.truncated_normal([input_dim, output_dim], stddev=0.5))
            variable_summaries(weights)
        with tf.name_scope('biases'):
            biases = tf.Variable(tf.constant(0.1, shape=[output_dim]))
        with tf.name_scope('Wx_plus_b'):
            preactivate = tf.matmul(input_tensor, weights) + biases
            tf.summary.histogram('pre_activations', preactivate)
        return act(preactivate, name='activation')


x = tf.placeholder(tf.float32, [None, 2], name='x-input')
y = tf.placeholder(tf.float32, [None, 1], name='y-input')
out = nn_layer(nn_layer(x, 2, 8, 'layer1'), 8, 1, 'layer2', act=tf.identity)
with tf.name_scope('loss'):
    loss = tf.losses.mean_squared_error(y, out)
tf.summary.scalar('loss', loss)
train_step = tf.train.AdamOptimizer(0.05).minimize(loss)
merged = tf.summary.merge_all()

with tf.Session() as sess:
    train_writer = tf.summary.FileWriter('logs/train', sess.graph)
    test_writer = tf.summary.FileWriter('logs/test')
    sess.run(tf.global_variables_initializer())
    for i in range(31):
        if i % 10 == 0:
            summary, test_loss = sess.run([merged, loss], {x: x_data[30:], y: y_data[30:]})
            test_writer.add_summary(summary, i)
            print('step', i, 'test loss %.6f' % test_loss)
        else:
            summary, _ = sess.run([merged, train_step], {x: x_data[:30], y: y_data[:30]})
            train_writer.add_summary(summary, i)
    train_writer.close()
    test_writer.close()

print([op.name for op in tf.get_default_graph().get_operations() if op.type == 'ScalarSummary'])
print([t.op.name for t in tf.get_collection(tf.GraphKeys.SUMMARIES)], merged.dtype)
print({name: len(os.listdir(os.path.join('logs', name))) for name in sorted(os.listdir('logs'))})
