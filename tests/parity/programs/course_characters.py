"""A model of characters with `legacy_seq2seq.rnn_decoder`: trained on a text, then sampled one by one."""
import numpy as np

import minigraph as tf

text = np.random.RandomState(1).randint(0, 9, [50])
results = {}


class Model(object):
    """The network: steps and a batch for training, one of each for sampling."""

    def __init__(self, batch, steps, infer=False, size=6, classes=9):
        cells = [tf.nn.rnn_cell.GRUCell(size) for _ in range(2)]
        self.cell = tf.nn.rnn_cell.MultiRNNCell(cells)
        self.inputs, self.targets = (tf.placeholder(tf.int32, [batch, steps]) for _ in "xy")
        self.initial_state = self.cell.zero_state(batch, tf.float32)
        with tf.variable_scope("rnnlm"):
            w, b = tf.get_variable("softmax_w", [size, classes]), tf.get_variable("softmax_b", [classes])
            table = tf.get_variable("embedding", [classes, size])
            inputs = tf.split(tf.nn.embedding_lookup(table, self.inputs), steps, 1)
            inputs = [tf.squeeze(each, [1]) for each in inputs]

        def loop(prev, _):
            prev = tf.matmul(prev, w) + b
            return tf.nn.embedding_lookup(table, tf.stop_gradient(tf.argmax(prev, 1)))

        outputs, self.last_state = tf.contrib.legacy_seq2seq.rnn_decoder(
            inputs, self.initial_state, self.cell, loop_function=loop if infer else None, scope="rnnlm")
        output = tf.reshape(tf.concat(outputs, 1), [-1, size])
        self.logits = tf.matmul(output, w) + b
        self.probs = tf.nn.softmax(self.logits)
        loss = tf.contrib.legacy_seq2seq.sequence_loss_by_example(
            [self.logits], [tf.reshape(self.targets, [-1])], [tf.ones([batch * steps])], classes)
        self.cost = tf.reduce_sum(loss) / batch / steps
        grads, _ = tf.clip_by_global_norm(tf.gradients(self.cost, tf.trainable_variables()), 1.0)
        self.train = tf.train.AdamOptimizer(0.02).apply_gradients(zip(grads, tf.trainable_variables()))


with tf.Graph().as_default():
    tf.set_random_seed(2)
    model = Model(2, 8)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        state = sess.run(model.initial_state)
        for i in range(6):
            at = i * 8 % 40
            rows = np.stack([text[at : at + 8], text[at + 1 : at + 9]])
            fed = {model.inputs: rows, model.targets: np.roll(rows, -1, 1)}
            fed.update(zip(model.initial_state, state))
            cost, state, _ = sess.run([model.cost, model.last_state, model.train], fed)
            results["cost %d" % i] = cost
        names = [v.name for v in tf.trainable_variables()]
        values = sess.run(tf.trainable_variables())
with tf.Graph().as_default():
    model = Model(1, 1, infer=True)
    assert names == [v.name for v in tf.trainable_variables()]
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for v, value in zip(tf.trainable_variables(), values):
            v.load(value, sess)
        state, char, said = sess.run(model.cell.zero_state(1, tf.float32)), 3, []
        for _ in range(9):
            fed = {model.inputs: [[char]]}
            fed.update(zip(model.initial_state, state))
            probs, state = sess.run([model.probs, model.last_state], fed)
            char = int(np.argmax(probs[0]))
            said.append(char)
        results["said"] = [said, probs, names]
