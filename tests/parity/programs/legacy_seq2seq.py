"""The decoders, models and losses of `tf.contrib.legacy_seq2seq`."""
import numpy as np

import minigraph as tf

legacy, cells, results = tf.contrib.legacy_seq2seq, tf.nn.rnn_cell, {}
random = np.random.RandomState(3)


def vectors(count, size=2):
    return [tf.constant(random.randn(3, size), tf.float32) for _ in range(count)]


def ids(count, classes=5):
    return [tf.constant(random.randint(0, classes, [3]), tf.int32) for _ in range(count)]


def multi():
    return cells.MultiRNNCell([cells.BasicLSTMCell(4), cells.GRUCell(4)])


def projection():
    return tf.get_variable("w", [4, 5]), tf.get_variable("b", [5])


CASES = {
    "basic": lambda: legacy.basic_rnn_seq2seq(vectors(2), vectors(3), cells.GRUCell(4)),
    "basic_multi": lambda: legacy.basic_rnn_seq2seq(vectors(2), vectors(3), multi(), scope="mine"),
    "tied": lambda: legacy.tied_rnn_seq2seq(vectors(2), vectors(3), cells.BasicRNNCell(4)),
    "tied_loop": lambda: legacy.tied_rnn_seq2seq(
        vectors(2), vectors(3), cells.BasicRNNCell(2), lambda output, step: output * step),
    "decoder": lambda: legacy.rnn_decoder(vectors(3), tf.ones([3, 2]), cells.GRUCell(2), lambda y, i: y + i),
    "embedding": lambda: legacy.embedding_rnn_seq2seq(ids(2), ids(3), multi(), 5, 5, 3),
    "embedding_feeds": lambda: legacy.embedding_rnn_seq2seq(
        ids(2), ids(3), cells.GRUCell(4), 5, 6, 3, feed_previous=True),
    "embedding_projects": lambda: legacy.embedding_rnn_seq2seq(
        ids(2), ids(3), cells.GRUCell(4), 5, 5, 3, projection(), True),
    "embedding_decoder": lambda: legacy.embedding_rnn_decoder(
        ids(3), tf.ones([3, 4]), cells.GRUCell(4), 5, 3, projection(), True, update_embedding_for_previous=False),
    "embedding_tied": lambda: legacy.embedding_tied_rnn_seq2seq(ids(2), ids(3), cells.BasicLSTMCell(4), 5, 3),
    "embedding_tied_feeds": lambda: legacy.embedding_tied_rnn_seq2seq(
        ids(2), ids(3), cells.GRUCell(4), 5, 3, num_decoder_symbols=4, feed_previous=True),
    "attention": lambda: legacy.embedding_attention_seq2seq(ids(2), ids(3), multi(), 5, 5, 3),
    "attention_heads": lambda: legacy.embedding_attention_seq2seq(
        ids(2), ids(3), cells.GRUCell(4), 5, 6, 3, num_heads=2, feed_previous=True, initial_state_attention=True),
    "attention_projects": lambda: legacy.embedding_attention_seq2seq(
        ids(2), ids(3), cells.GRUCell(4), 5, 5, 3, output_projection=projection(), feed_previous=True),
    "attention_decoder": lambda: legacy.attention_decoder(
        vectors(3), tf.ones([3, 4]), tf.placeholder_with_default(random.randn(3, 2, 5).astype("f"), [None, None, 5]),
        cells.GRUCell(4), loop_function=lambda y, i: y[:, :2]),
    "one2many": lambda: [
        each["b"] for each in legacy.one2many_rnn_seq2seq(
            ids(2), {"b": ids(3)}, cells.GRUCell(4), {"b": cells.GRUCell(4)}, 5, {"b": 5}, 3)],
}
for name, build in sorted(CASES.items()):
    with tf.Graph().as_default():
        tf.set_random_seed(7)
        outputs, state = build()
        classes = outputs[0].shape.as_list()[-1]
        loss = legacy.sequence_loss(outputs, ids(3, classes), [tf.ones([3]), tf.ones([3]), tf.zeros([3])])
        gradients = tf.gradients(loss, tf.trainable_variables())
        results[name + " names"] = [[v.name, str(v.shape)] for v in tf.trainable_variables()]
        results[name + " outputs"] = [[y.name, str(y.shape)] for y in outputs]
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            found = [g.values if isinstance(g, tf.IndexedSlices) else g for g in gradients if g is not None]
            results[name] = sess.run([outputs, state, loss, found])

with tf.Graph().as_default():
    tf.set_random_seed(7)
    inputs, steps, targets = ids(4), ids(5), ids(5)
    weights = [tf.constant([1.0, float(i < 3), 0.0]) for i in range(5)]

    def model(x, y):
        return legacy.embedding_attention_seq2seq(x, y, cells.GRUCell(4), 5, 5, 3)

    buckets = [(2, 3), (4, 5)]
    outputs, losses = legacy.model_with_buckets(inputs, steps, targets, weights, buckets, model)
    train = [tf.train.GradientDescentOptimizer(0.1).minimize(loss) for loss in losses]
    with tf.variable_scope("by_example"):
        _, more = legacy.model_with_buckets(
            inputs, steps, targets, weights, buckets, model, per_example_loss=True, name="named",
            softmax_loss_function=lambda labels, logits: tf.reduce_sum(logits, 1) * tf.to_float(labels))
    also = legacy.sequence_loss_by_example(outputs[0], targets[:3], weights[:3], average_across_timesteps=False)
    total = legacy.sequence_loss(outputs[0], targets[:3], weights[:3], average_across_batch=False)
    results["bucket names"] = [[v.name for v in tf.trainable_variables()], [loss.name for loss in losses + more]]
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        sess.run(train[0])
        sess.run(train[1])
        results["buckets"] = sess.run([outputs, losses, more, also, total])

gru, x = cells.GRUCell(2), [tf.ones([3, 2])]
for name, function in {
    "lengths": lambda: legacy.sequence_loss_by_example(x, x + x, x),
    "encoder": lambda: legacy.model_with_buckets(x, x, x, x, [(2, 1)], None),
    "targets": lambda: legacy.model_with_buckets(x, x, x, x, [(1, 2)], None),
    "weights": lambda: legacy.model_with_buckets(x, x, x + x, x, [(1, 2)], None),
    "no inputs": lambda: legacy.attention_decoder([], x[0], x[0], gru),
    "no heads": lambda: legacy.attention_decoder(x, x[0], x[0], gru, num_heads=0),
    "no depth": lambda: legacy.attention_decoder(x, x[0], tf.placeholder(tf.float32, [2, 3, None]), gru),
    "projection": lambda: legacy.embedding_rnn_decoder(x, x[0], gru, 3, 2, (tf.ones([2, 3]), tf.ones([2]))),
    "keys": lambda: legacy.one2many_rnn_seq2seq(x, {"a": x}, gru, {}, 1, {}, 1),
    "cell": lambda: legacy.one2many_rnn_seq2seq(x, {}, 3, {}, 1, {}, 1),
}.items():
    try:
        function()
    except Exception as error:
        results["error " + name] = [type(error).__name__, str(error).split("\n")[0]]
