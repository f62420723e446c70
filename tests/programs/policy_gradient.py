"""A policy that learns by REINFORCE which arm of a bandit pays, with gradients gathered outside the graph."""
import numpy as np
import tensorflow as tf
import tensorflow.contrib.slim as slim

np.random.seed(8)
tf.reset_default_graph()
tf.set_random_seed(8)

BANDITS = np.array([[0.2, 0, -0.0, -5], [0.1, -5, 1, 0.25], [-5, 5, 5, 5]])


class Agent:
    def __init__(self, lr, s_size, a_size):
        self.state_in = tf.placeholder(shape=[1], dtype=tf.int32)
        state_in_OH = slim.one_hot_encoding(self.state_in, s_size)
        output = slim.fully_connected(state_in_OH, a_size, biases_initializer=None, activation_fn=tf.nn.sigmoid,
                                      weights_initializer=tf.ones_initializer())
        self.output = tf.reshape(output, [-1])
        self.chosen_action = tf.argmax(self.output, 0)
        self.reward_holder = tf.placeholder(shape=[1], dtype=tf.float32)
        self.action_holder = tf.placeholder(shape=[1], dtype=tf.int32)
        self.responsible_weight = tf.slice(self.output, self.action_holder, [1])
        self.loss = -(tf.log(self.responsible_weight) * self.reward_holder)
        tvars = tf.trainable_variables()
        self.holders = [tf.placeholder(tf.float32, name=str(i) + '_holder') for i, _ in enumerate(tvars)]
        self.gradients = tf.gradients(self.loss, tvars)
        self.update = tf.train.GradientDescentOptimizer(lr).apply_gradients(zip(self.holders, tvars))


agent = Agent(lr=0.05, s_size=3, a_size=4)
weights = tf.trainable_variables()[0]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    total_reward = np.zeros([3, 4])
    buffer = [np.zeros(v.shape.as_list()) for v in tf.trainable_variables()]
    for i in range(300):
        s = np.random.randint(3)
        if np.random.rand() < 0.3:
            action = np.random.randint(4)
        else:
            action = sess.run(agent.chosen_action, feed_dict={agent.state_in: [s]})
        reward = 1 if np.random.randn() > BANDITS[s, action] else -1
        feed = {agent.reward_holder: [reward], agent.action_holder: [action], agent.state_in: [s]}
        for total, grad in zip(buffer, sess.run(agent.gradients, feed_dict=feed)):
            total += grad
        if i % 3 == 2:
            sess.run(agent.update, feed_dict=dict(zip(agent.holders, buffer)))
            for total in buffer:
                total[:] = 0
        total_reward[s, action] += reward
        if i % 60 == 0:
            print('Mean reward for each of the states:', np.mean(total_reward, axis=1))
    ww = sess.run(weights)
    print(ww)
    print([int(np.argmax(row)) + 1 for row in ww], weights.name)
