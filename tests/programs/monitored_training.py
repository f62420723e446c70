"""A watched training with hooks, that stops at its last step and goes on where it stopped."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(15)
x_data = rng.rand(30, 3).astype(np.float32)
y_data = x_data.dot([[1.0], [-2.0], [0.5]]).astype(np.float32)


class LossHook(tf.train.SessionRunHook):
    """Print the loss of every tenth step."""

    def __init__(self, loss, global_step):
        self.loss, self.global_step = loss, global_step

    def begin(self):
        self.seen = []

    def before_run(self, run_context):
        return tf.train.SessionRunArgs([self.loss, self.global_step])

    def after_run(self, run_context, run_values):
        loss, step = run_values.results
        self.seen.append(loss)
        if len(self.seen) % 10 == 0:
            print('after', len(self.seen), 'runs: loss %.6f' % loss)

    def end(self, session):
        print('end at step', session.run(self.global_step), 'best %.6f' % min(self.seen))


def train(last_step):
    with tf.Graph().as_default():
        tf.set_random_seed(16)
        global_step = tf.train.get_or_create_global_step()
        w = tf.get_variable('w', [3, 1], initializer=tf.truncated_normal_initializer(stddev=0.1))
        loss = tf.losses.mean_squared_error(y_data, tf.matmul(tf.constant(x_data), w))
        train_op = tf.train.AdagradOptimizer(0.5).minimize(loss, global_step=global_step)
        hooks = [tf.train.StopAtStepHook(last_step=last_step), LossHook(loss, global_step), tf.train.NanTensorHook(loss)]
        with tf.train.MonitoredTrainingSession(checkpoint_dir='logs', hooks=hooks, save_checkpoint_secs=None,
                                               save_checkpoint_steps=10, log_step_count_steps=None) as session:
            print('starts at', session.run(global_step))
            while not session.should_stop():
                session.run(train_op)


train(25)
train(45)
print(tf.train.load_variable('logs', 'w').ravel(), tf.train.load_variable('logs', 'global_step'))
