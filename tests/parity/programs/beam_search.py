"""BeamSearchDecoder of `tf.contrib.seq2seq`: with and without attention, penalties and tokens that end early."""
import numpy as np

import minigraph as tf

seq, cells, results = tf.contrib.seq2seq, tf.nn.rnn_cell, {}
memories = np.random.RandomState(3).randn(2, 6, 5).astype(np.float32)
BATCH, WIDTH = 2, 3


def attention(cell, m, **options):
    memory = seq.tile_batch(m, WIDTH)
    mechanism = seq.LuongAttention(4, memory, memory_sequence_length=seq.tile_batch(tf.constant([6, 4]), WIDTH))
    return seq.AttentionWrapper(cell, mechanism, attention_layer_size=4, **options)


CASES = {
    "plain": (lambda cell, m: cell, {}),
    "penalty": (lambda cell, m: cell, {"length_penalty_weight": 0.8}),
    "attention": (lambda cell, m: attention(cell, m), {}),
    "coverage": (lambda cell, m: attention(cell, m), {"coverage_penalty_weight": 0.4, "length_penalty_weight": 1.0}),
    "history": (lambda cell, m: attention(cell, m, alignment_history=True), {}),
    "history_refused": (lambda cell, m: attention(cell, m, alignment_history=True), {}),
    "history_left": (lambda cell, m: attention(cell, m, alignment_history=True), {"reorder_tensor_arrays": False}),
    "lstm": (lambda cell, m: cell, {}),
    "unknown_batch": (lambda cell, m: cell, {}),
}
for name, (wrap, options) in sorted(CASES.items()):
    with tf.Graph().as_default():
        tf.set_random_seed(11)
        m = tf.placeholder(tf.float32, [BATCH, None if name == "history" else 6, 5])
        table = tf.get_variable("table", [5, 3], initializer=tf.random_normal_initializer(seed=5))
        cell = wrap(cells.BasicLSTMCell(4) if name == "lstm" else cells.GRUCell(4), m)
        start = cell.zero_state(BATCH * WIDTH, tf.float32)
        tokens = tf.placeholder_with_default([1, 2], [None]) if name == "unknown_batch" else [1, 2]
        decoder = seq.BeamSearchDecoder(
            cell, (lambda ids: tf.gather(table, ids)) if name == "lstm" else table, tokens, 0, start, WIDTH,
            tf.layers.Dense(5, kernel_initializer=tf.random_normal_initializer(stddev=2.0, seed=4)), **options)
        outputs, state, lengths = seq.dynamic_decode(
            decoder, maximum_iterations=7, output_time_major=name == "lstm", parallel_iterations=1)
        steps = outputs.beam_search_decoder_output
        results[name + " names"] = [[v.name, str(v.shape)] for v in tf.trainable_variables()]
        results[name + " shapes"] = [
            str(decoder.output_size), str(decoder.output_dtype), decoder.tracks_own_finished,
            str(outputs.predicted_ids.shape), str(steps.scores.shape), str(state.log_probs.shape),
            str(lengths.shape), lengths.dtype.name, state.lengths.dtype.name]
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            fetches = [outputs, state.log_probs, state.finished, state.lengths, lengths]
            if name.startswith("history"):
                history = state.cell_state.alignment_history
                results[name + " kind"] = type(history).__name__
                fetches.append(history.stack() if hasattr(history, "stack") else history)
            if name == "coverage":
                fetches.append(state.accumulated_attention_probs)
            results[name] = sess.run(fetches, {m: memories})

with tf.Graph().as_default(), tf.Session() as sess:
    random = np.random.RandomState(0)
    ids, parents = random.randint(0, 9, (5, 2, 3)), random.randint(0, 3, (5, 2, 3))
    tree = seq.gather_tree(ids.astype(np.int32), parents.astype(np.int32), [5, 3], 4)
    results["tree"] = [sess.run(tree), str(tree.shape)]
    results["tiled"] = [str(seq.tile_batch(tf.placeholder(tf.float32, [None, 3]), 4).shape), sess.run(seq.tile_batch(tf.constant([[1, 2], [3, 4]]), 2))]

gru, x = cells.GRUCell(2), tf.ones([6, 2])
layer = tf.layers.Dense(4)
for name, function in sorted({
    "cell": lambda: seq.BeamSearchDecoder(3, x, [1], 0, x, 3),
    "layer": lambda: seq.BeamSearchDecoder(gru, x, [1], 0, x, 3, 5),
    "start": lambda: seq.BeamSearchDecoder(gru, x, 1, 0, x, 3),
    "end": lambda: seq.BeamSearchDecoder(gru, x, [1, 2], [0], x, 3),
    "state": lambda: seq.BeamSearchDecoder(gru, x, [1, 2], 0, tf.zeros([2, 2]), 3),
    "coverage": lambda: seq.dynamic_decode(seq.BeamSearchDecoder(
        gru, x, [1, 2], 0, x, 3, layer, coverage_penalty_weight=0.5)),
    "tree": lambda: seq.gather_tree([[1]], [[[1]]], [1], 1),
    "tile": lambda: seq.tile_batch(tf.placeholder(tf.float32), 2),
}.items()):
    try:
        function()
    except Exception as error:
        results["error " + name] = [type(error).__name__, str(error).split("\n")[0]]
