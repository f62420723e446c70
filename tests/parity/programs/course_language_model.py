"""A language model: stacked LSTMs with dropout, unrolled by hand, truncated backpropagation, clipped gradients."""
import numpy as np

import minigraph as tf

text = np.random.RandomState(1).randint(0, 11, [4, 31])
results = {}


class Model(object):
    """The network for training, or with shared variables for evaluation."""

    def __init__(self, training, batch, steps, size=8, layers=2, classes=11):
        self.inputs = tf.placeholder(tf.int32, [batch, steps])
        self.targets = tf.placeholder(tf.int32, [batch, steps])

        def cell():
            lstm = tf.contrib.rnn.BasicLSTMCell(
                size, forget_bias=0.0, state_is_tuple=True, reuse=tf.get_variable_scope().reuse)
            return tf.contrib.rnn.DropoutWrapper(lstm, output_keep_prob=0.7) if training else lstm

        stack = tf.contrib.rnn.MultiRNNCell([cell() for _ in range(layers)], state_is_tuple=True)
        self.initial_state = stack.zero_state(batch, tf.float32)
        with tf.device("/cpu:0"):
            table = tf.get_variable("embedding", [classes, size])
            inputs = tf.nn.embedding_lookup(table, self.inputs)
        if training:
            inputs = tf.nn.dropout(inputs, 0.7)
        outputs, state = [], self.initial_state
        with tf.variable_scope("RNN"):
            for step in range(steps):
                if step > 0:
                    tf.get_variable_scope().reuse_variables()
                output, state = stack(inputs[:, step, :], state)
                outputs.append(output)
        output = tf.reshape(tf.stack(axis=1, values=outputs), [-1, size])
        weights, bias = tf.get_variable("softmax_w", [size, classes]), tf.get_variable("softmax_b", [classes])
        self.logits = tf.matmul(output, weights) + bias
        loss = tf.contrib.legacy_seq2seq.sequence_loss_by_example(
            [self.logits], [tf.reshape(self.targets, [-1])], [tf.ones([batch * steps])])
        self.cost, self.final_state = tf.reduce_sum(loss) / batch, state
        if training:
            self.rate = tf.Variable(0.0, trainable=False)
            variables = tf.trainable_variables()
            gradients, _ = tf.clip_by_global_norm(tf.gradients(self.cost, variables), 5)
            optimizer = tf.train.GradientDescentOptimizer(self.rate)
            self.train = optimizer.apply_gradients(
                zip(gradients, variables), global_step=tf.train.get_or_create_global_step())


def epoch(sess, model, train, steps):
    """Run over the text, the state of each run fed into the next."""
    costs, state = [], sess.run(model.initial_state)
    for i in range(0, text.shape[1] - steps, steps):
        fed = {model.inputs: text[:, i : i + steps], model.targets: text[:, i + 1 : i + 1 + steps]}
        for (c, h), value in zip(model.initial_state, state):
            fed[c], fed[h] = value.c, value.h
        cost, state, _ = sess.run([model.cost, model.final_state, train], fed)
        costs.append(cost)
    return float(np.exp(float(np.sum(costs)) / text.shape[1]))


tf.set_random_seed(5)
initializer = tf.random_uniform_initializer(-0.3, 0.3)
with tf.variable_scope("model", reuse=None, initializer=initializer):
    trained = Model(True, 4, 10)
with tf.variable_scope("model", reuse=True, initializer=initializer):
    valid = Model(False, 4, 10)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(3):
        sess.run(tf.assign(trained.rate, 1.0 / (i + 1)))
        results["epoch %d" % i] = [
            epoch(sess, trained, trained.train, 10), epoch(sess, valid, tf.no_op(), 10)]
results["names"] = [v.name for v in tf.trainable_variables()]
