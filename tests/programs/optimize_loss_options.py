"""optimize_loss with each of its options: decay, clipping, noise, multipliers, summaries, its own update operations."""
import numpy as np
import tensorflow as tf
from tensorflow.contrib import layers
from tensorflow.contrib.layers.python.layers.optimizers import adaptive_clipping_fn

rng = np.random.RandomState(22)
x_data = rng.randn(24, 4).astype(np.float32)
y_data = np.tanh(x_data.dot(rng.randn(4, 1))).astype(np.float32)


def clip(grads_and_vars):
    return [(tf.clip_by_norm(g, 0.3), v) for g, v in grads_and_vars if g is not None]


OPTIONS = [
    ('plain SGD', dict(learning_rate=0.1, optimizer='SGD')),
    ('Adam, decayed', dict(learning_rate=0.1, optimizer='Adam',
                           learning_rate_decay_fn=lambda lr, step: tf.train.exponential_decay(lr, step, 5, 0.5, staircase=True))),
    ('clipped', dict(learning_rate=0.5, optimizer='Adagrad', clip_gradients=0.1)),
    ('clipped by a function', dict(learning_rate=0.5, optimizer='SGD', clip_gradients=clip)),
    ('adaptive clipping', dict(learning_rate=0.2, optimizer='SGD', clip_gradients=adaptive_clipping_fn(static_max_norm=1.0))),
    ('noise', dict(learning_rate=0.1, optimizer=lambda lr: tf.train.MomentumOptimizer(lr, 0.5), gradient_noise_scale=0.1)),
    ('multipliers', dict(learning_rate=0.1, optimizer=tf.train.RMSPropOptimizer, gradient_multipliers={'fully_connected/weights': 0.1})),
    ('some variables', dict(learning_rate=None, optimizer=tf.train.FtrlOptimizer(0.2), variables=lambda: tf.trainable_variables()[-1:])),
    ('no increment', dict(learning_rate=0.1, optimizer='Ftrl', increment_global_step=False)),
    ('summaries', dict(learning_rate=0.1, optimizer='SGD', summaries=['loss', 'learning_rate', 'gradients', 'gradient_norm', 'global_gradient_norm'], name='train')),
]

for title, options in OPTIONS:
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        tf.set_random_seed(23)
        x, y = tf.constant(x_data), tf.constant(y_data)
        hidden = layers.fully_connected(x, 5, activation_fn=tf.nn.tanh)
        loss = tf.losses.mean_squared_error(y, layers.fully_connected(hidden, 1, activation_fn=None))
        options = dict(options)
        if callable(options.get('variables')):
            options['variables'] = options['variables']()
        step = tf.train.get_or_create_global_step()
        train_op = layers.optimize_loss(loss, step, **options)
        sess.run(tf.global_variables_initializer())
        losses = [sess.run(train_op) for _ in range(8)]
        print('%-24s %.6f %.6f %.6f' % (title, losses[0], losses[3], losses[-1]), 'step', sess.run(step))
        print('   ', [s.op.name for s in tf.get_collection(tf.GraphKeys.SUMMARIES)], sess.run(loss))
