"""The helpers, BasicDecoder and dynamic_decode of `tf.contrib.seq2seq`."""
import numpy as np

import minigraph as tf

seq, cells, results = tf.contrib.seq2seq, tf.nn.rnn_cell, {}
numbers = np.random.RandomState(3).randn(3, 5, 2).astype(np.float32)


def training(x, cell, **options):
    return seq.TrainingHelper(x, [4, 2, 5], **options)


def greedy(x, cell):
    return seq.GreedyEmbeddingHelper(tf.get_variable("table", [6, 2]), tf.fill([3], 1), 0)


def sampled(x, cell):
    return seq.SampleEmbeddingHelper(lambda ids: tf.one_hot(ids, 6), [1, 2, 3], 0, softmax_temperature=0.5, seed=4)


def custom(x, cell):
    return seq.CustomHelper(
        lambda: (tf.fill([3], False), x[:, 0]),
        lambda time, outputs, state: tf.cast(tf.argmax(outputs, 1), tf.int32),
        lambda time, outputs, state, sample_ids: (time >= [2, 3, 1], outputs[:, :2], state))


def inference(x, cell):
    return seq.InferenceHelper(
        lambda outputs: tf.tanh(outputs), [4], tf.float32, tf.ones([3, 4]), lambda y: tf.reduce_sum(y, 1) > 0.6)


CASES = {
    "training": (training, {}),
    "training_imputed": (training, {"impute_finished": True, "output_time_major": True, "scope": "mine"}),
    "training_limit": (training, {"maximum_iterations": 3}),
    "greedy": (greedy, {"maximum_iterations": 6, "impute_finished": True}),
    "sampled": (sampled, {"maximum_iterations": 7}),
    "custom": (custom, {}),
    "inference": (inference, {"maximum_iterations": 8}),
}
for name, (helper_of, options) in sorted(CASES.items()):
    with tf.Graph().as_default():
        tf.set_random_seed(7)
        x = tf.placeholder(tf.float32, [3, None, 2])
        cell = cells.BasicLSTMCell(4) if name == "training" else cells.GRUCell(4)
        layer = None if name in ("training", "custom", "inference") else tf.layers.Dense(6, name="project")
        helper = helper_of(x, cell)
        decoder = seq.BasicDecoder(cell, helper, cell.zero_state(helper.batch_size if name == "greedy" else 3, tf.float32), layer)
        outputs, state, lengths = seq.dynamic_decode(decoder, parallel_iterations=1, **options)
        gradients = tf.gradients(tf.reduce_sum(outputs.rnn_output), tf.trainable_variables())
        results[name + " names"] = [[v.name for v in tf.trainable_variables()], str(decoder.output_size)]
        results[name + " shapes"] = [str(outputs.rnn_output.shape), str(outputs.sample_id.shape), str(lengths.shape)]
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            found = [g.values if isinstance(g, tf.IndexedSlices) else g for g in gradients]
            results[name] = sess.run([outputs, state, lengths], {x: numbers})
            if name != "sampled":
                results[name + " gradients"] = sess.run(found, {x: numbers})

gru, x = cells.GRUCell(2), tf.ones([3, 4, 2])
helper = seq.TrainingHelper(x, [1, 2, 3], time_major=False)
for name, function in sorted({
    "decoder": lambda: seq.dynamic_decode(3),
    "helper": lambda: seq.BasicDecoder(gru, 3, x),
    "cell": lambda: seq.BasicDecoder(3, helper, x),
    "layer": lambda: seq.BasicDecoder(gru, helper, x, 3),
    "lengths": lambda: seq.TrainingHelper(x, 3),
    "start": lambda: seq.GreedyEmbeddingHelper(x[0], 3, 1),
    "end": lambda: seq.GreedyEmbeddingHelper(x[0], [3], [1]),
    "limit": lambda: seq.dynamic_decode(seq.BasicDecoder(gru, helper, x[:, 0]), maximum_iterations=[1]),
    "custom": lambda: seq.CustomHelper(None, None, None).batch_size,
}.items()):
    try:
        function()
    except Exception as error:
        results["error " + name] = [type(error).__name__, str(error).split("\n")[0]]
