"""REINFORCE with a baseline on a corridor of states; actions are drawn from tf.distributions.Categorical."""
import numpy as np
import tensorflow as tf

STATES, ACTIONS = 6, 2


class Corridor(object):
    """Walk left or right; the reward is at the right end, and each step costs a little."""

    def reset(self):
        self.at, self.time = 0, 0
        return self.at

    def step(self, action):
        self.at = max(0, self.at + (1 if action == 1 else -1))
        self.time += 1
        done = self.at == STATES - 1 or self.time >= 30
        return self.at, (1.0 if self.at == STATES - 1 else -0.05), done


tf.set_random_seed(7)
state = tf.placeholder(tf.int32, [None])
action = tf.placeholder(tf.int32, [None])
advantage = tf.placeholder(tf.float32, [None])
hidden = tf.layers.dense(tf.one_hot(state, STATES), 8, tf.nn.tanh)
policy = tf.distributions.Categorical(logits=tf.layers.dense(hidden, ACTIONS))
draw = policy.sample(seed=5)
entropy = tf.reduce_mean(policy.entropy())
loss = -tf.reduce_mean(policy.log_prob(action) * advantage) - 0.01 * entropy
train = tf.train.AdamOptimizer(0.05).minimize(loss)

env, baseline = Corridor(), 0.0
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for episode in range(60):
        s, done, states, actions, rewards = env.reset(), False, [], [], []
        while not done:
            a = sess.run(draw, {state: [s]})[0]
            states.append(s)
            actions.append(a)
            s, r, done = env.step(a)
            rewards.append(r)
        returns = np.cumsum(rewards[::-1])[::-1]
        baseline = 0.9 * baseline + 0.1 * returns[0]
        value = sess.run([loss, train], {state: states, action: actions, advantage: returns - baseline})[0]
        if episode % 12 == 11:
            print("episode %d: %d steps, return %.2f, loss %.4f, entropy %.4f" % (
                episode + 1, len(rewards), returns[0], value, sess.run(entropy, {state: range(STATES)})))
    print("to the right:", np.round(sess.run(policy.probs, {state: range(STATES)})[:, 1], 3))
    print("mode:", sess.run(policy.mode(), {state: range(STATES)}))
