"""Scheduled sampling of `tf.contrib.seq2seq`: by embeddings and by outputs."""
import numpy as np

import minigraph as tf

seq, cells, results = tf.contrib.seq2seq, tf.nn.rnn_cell, {}
random = np.random.RandomState(3)
numbers, more = random.randn(3, 5, 4).astype(np.float32), random.randn(3, 5, 2).astype(np.float32)
CASES = {
    "embedding": lambda x, table: seq.ScheduledEmbeddingTrainingHelper(x, [4, 2, 5], table, 0.5, seed=3, scheduling_seed=4),
    "embedding_fn": lambda x, table: seq.ScheduledEmbeddingTrainingHelper(
        x, [4, 2, 5], lambda ids: tf.gather(table, ids), 0.9, seed=3, scheduling_seed=4, name="mine"),
    "output": lambda x, table: seq.ScheduledOutputTrainingHelper(x, [4, 2, 5], 0.5, seed=5),
    "output_fn": lambda x, table: seq.ScheduledOutputTrainingHelper(x, [4, 2, 5], 0.5, seed=5, next_inputs_fn=lambda y: y[:, ::-1] * 2),
    "auxiliary": lambda x, table: seq.ScheduledOutputTrainingHelper(x, [4, 2, 5], 0.5, seed=5, auxiliary_inputs=tf.constant(more)),
    "auxiliary_fn": lambda x, table: seq.ScheduledOutputTrainingHelper(
        x, [4, 2, 5], 0.5, seed=5, auxiliary_inputs=more, next_inputs_fn=tf.tanh),
}
for name in sorted(CASES):
    with tf.Graph().as_default():
        tf.set_random_seed(2)
        x = tf.placeholder(tf.float32, [3, None, 4])
        table = tf.get_variable("table", [4, 4])
        helper = CASES[name](x, table)
        cell = cells.GRUCell(4)
        decoder = seq.BasicDecoder(cell, helper, cell.zero_state(3, tf.float32))
        outputs, state, lengths = seq.dynamic_decode(decoder, parallel_iterations=1)
        gradients = tf.gradients(tf.reduce_sum(outputs.rnn_output), cell.trainable_variables)
        results[name + " shapes"] = [str(outputs.rnn_output.shape), str(decoder.output_dtype)]
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            results[name] = sess.run([outputs, state, lengths, gradients], {x: numbers})
for kind in (lambda p: seq.ScheduledOutputTrainingHelper(numbers, [4, 2, 5], p),
             lambda p: seq.ScheduledEmbeddingTrainingHelper(numbers, [4, 2, 5], numbers, p)):
    try:
        kind([[0.5]])
    except Exception as error:
        results["error %d" % len(results)] = [type(error).__name__, str(error).split("\n")[0]]
