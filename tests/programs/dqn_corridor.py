"""Deep Q-learning with a replay memory and a target network, in a corridor of six cells."""
import random
import numpy as np
import tensorflow as tf

random.seed(1)
np.random.seed(1)
tf.set_random_seed(1)
N, ACTIONS, GAMMA = 6, 2, 0.9


class DQN:
    def __init__(self):
        self.s = tf.placeholder(tf.float32, [None, N], name='s')
        self.q_target = tf.placeholder(tf.float32, [None, ACTIONS], name='Q_target')
        self.s_ = tf.placeholder(tf.float32, [None, N], name='s_')
        self.q_eval = self.build(self.s, 'eval_net')
        self.q_next = self.build(self.s_, 'target_net')
        self.loss = tf.reduce_mean(tf.squared_difference(self.q_target, self.q_eval))
        self.train = tf.train.RMSPropOptimizer(0.01).minimize(self.loss)
        t_params = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope='target_net')
        e_params = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope='eval_net/l')
        self.replace = [tf.assign(t, e) for t, e in zip(t_params, e_params)]
        self.memory, self.learned = [], 0
        self.sess = tf.Session()
        self.sess.run(tf.global_variables_initializer())

    def build(self, s, name):
        with tf.variable_scope(name):
            init = tf.random_normal_initializer(0., 0.3)
            l1 = tf.layers.dense(s, 10, tf.nn.relu, kernel_initializer=init, name='l1')
            return tf.layers.dense(l1, ACTIONS, kernel_initializer=init, name='l2')

    def choose(self, s, epsilon):
        if random.random() < epsilon:
            return random.randrange(ACTIONS)
        return int(np.argmax(self.sess.run(self.q_eval, {self.s: s[np.newaxis]})))

    def learn(self):
        if self.learned % 20 == 0:
            self.sess.run(self.replace)
        self.learned += 1
        batch = random.sample(self.memory, 16)
        s, a, r, s_, done = [np.array(column) for column in zip(*batch)]
        q_next, q_eval = self.sess.run([self.q_next, self.q_eval], {self.s_: s_, self.s: s})
        target = q_eval.copy()
        target[np.arange(16), a] = r + GAMMA * (1 - done) * q_next.max(axis=1)
        return self.sess.run([self.train, self.loss], {self.s: s, self.q_target: target})[1]


agent = DQN()
eye = np.eye(N, dtype=np.float32)
for episode in range(30):
    at, steps, loss = 1, 0, 0.0
    while True:
        a = agent.choose(eye[at], 0.9 - 0.03 * episode)
        to = max(at - 1, 0) if a == 0 else at + 1
        done = to in (0, N - 1)
        agent.memory.append((eye[at], a, float(to == N - 1), eye[to], float(done)))
        if len(agent.memory) > 16:
            loss = agent.learn()
        at, steps = to, steps + 1
        if done or steps > 20:
            break
    if episode % 5 == 0:
        print('episode', episode, 'steps', steps, 'loss %.5f' % loss)
print(agent.sess.run(agent.q_eval, {agent.s: eye[1:5]}), agent.learned)
