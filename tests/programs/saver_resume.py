"""Training that is broken off and goes on from its checkpoint, in a graph of its own each time."""
import os
import numpy as np
import tensorflow as tf

x_data = np.linspace(-1, 1, 20).astype(np.float32)[:, np.newaxis]
y_data = np.sin(3 * x_data)


def build():
    tf.reset_default_graph()
    tf.set_random_seed(14)
    x, y = tf.placeholder(tf.float32, [None, 1]), tf.placeholder(tf.float32, [None, 1])
    h = tf.layers.dense(x, 8, tf.nn.tanh, name='hidden')
    loss = tf.reduce_mean(tf.square(tf.layers.dense(h, 1, name='out') - y))
    step = tf.train.get_or_create_global_step()
    train = tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss, global_step=step)
    return x, y, loss, step, train


def train_some(steps):
    x, y, loss, step, train = build()
    saver = tf.train.Saver(max_to_keep=2)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        checkpoint = tf.train.get_checkpoint_state('checkpoints')
        if checkpoint and checkpoint.model_checkpoint_path:
            saver.restore(sess, checkpoint.model_checkpoint_path)
            print('restored', os.path.basename(checkpoint.model_checkpoint_path), 'of', len(checkpoint.all_model_checkpoint_paths))
        print('start from', sess.run(step), 'loss %.6f' % sess.run(loss, {x: x_data, y: y_data}))
        for i in range(steps):
            sess.run(train, {x: x_data, y: y_data})
            if (i + 1) % 10 == 0:
                saver.save(sess, 'checkpoints/model', global_step=step)
        print('end at', sess.run(step), 'loss %.6f' % sess.run(loss, {x: x_data, y: y_data}))


os.makedirs('checkpoints')
train_some(20)
train_some(25)
train_some(10)
print(os.path.basename(tf.train.latest_checkpoint('checkpoints')))
print(sorted(name for name in os.listdir('checkpoints') if name.endswith('.index')))
reader = tf.train.NewCheckpointReader(tf.train.latest_checkpoint('checkpoints'))
shapes = reader.get_variable_to_shape_map()
for name in sorted(shapes):
    print(name, shapes[name], '%.5f' % np.sum(reader.get_tensor(name)))
