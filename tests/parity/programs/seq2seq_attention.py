"""Attention of `tf.contrib.seq2seq`: mechanisms, AttentionWrapper in a decoder."""
import numpy as np

import minigraph as tf

seq, cells, results = tf.contrib.seq2seq, tf.nn.rnn_cell, {}
random = np.random.RandomState(3)
memories, numbers = random.randn(3, 6, 5).astype(np.float32), random.randn(3, 4, 2).astype(np.float32)


def luong(memory, **options):
    return seq.LuongAttention(4, memory, **options)


def bahdanau(memory, **options):
    return seq.BahdanauAttention(3, memory, **options)


CASES = {
    "luong": lambda cell, m: seq.AttentionWrapper(cell, luong(m), attention_layer_size=4),
    "luong_scaled": lambda cell, m: seq.AttentionWrapper(
        cell, luong(m, scale=True, memory_sequence_length=[6, 2, 4]), attention_layer_size=3, alignment_history=True),
    "bahdanau": lambda cell, m: seq.AttentionWrapper(cell, bahdanau(m), output_attention=False),
    "bahdanau_normed": lambda cell, m: seq.AttentionWrapper(
        cell, bahdanau(m, normalize=True, memory_sequence_length=tf.constant([1, 2, 6])), 4, name="mine"),
    "hard": lambda cell, m: seq.AttentionWrapper(
        cell, luong(m, probability_fn=seq.hardmax), attention_layer=tf.layers.Dense(2, name="mix")),
    "two": lambda cell, m: seq.AttentionWrapper(
        cell, [luong(m), bahdanau(m)], attention_layer_size=[3, 2], cell_input_fn=lambda x, a: tf.concat([a, x], 1)),
}
for name, make in sorted(CASES.items()):
    with tf.Graph().as_default():
        tf.set_random_seed(7)
        x, m = tf.placeholder(tf.float32, [3, None, 2]), tf.placeholder(tf.float32, [3, None, 5])
        cell = make(cells.BasicLSTMCell(4) if name == "bahdanau" else cells.GRUCell(4), m)
        start = cell.zero_state(3, tf.float32)
        if name in ("luong", "bahdanau"):
            start = start.clone(cell_state=cells.GRUCell(4).zero_state(3, tf.float32) + 0.5 if name == "luong"
                                else cells.LSTMStateTuple(tf.ones([3, 4]), tf.zeros([3, 4])))
        helper = seq.TrainingHelper(x, [4, 2, 3])
        outputs, state, lengths = seq.dynamic_decode(
            seq.BasicDecoder(cell, helper, start, tf.layers.Dense(6) if name == "two" else None))
        gradients = tf.gradients(tf.reduce_sum(tf.square(outputs.rnn_output)), tf.trainable_variables())
        history = state.alignment_history.stack() if name == "luong_scaled" else tf.zeros([])
        results[name + " names"] = [[v.name, str(v.shape)] for v in tf.trainable_variables()]
        results[name + " sizes"] = [str(cell.output_size), str(outputs.rnn_output.shape)]
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            fed = {x: numbers, m: memories}
            results[name] = sess.run(
                [outputs, state.cell_state, state.attention, state.alignments, state.time, lengths, history], fed)
            results[name + " gradients"] = sess.run([g for g in gradients if g is not None], fed)

gru, m = cells.GRUCell(4), tf.ones([2, 6, 5])
for name, function in sorted({
    "mechanism": lambda: seq.AttentionWrapper(gru, 3),
    "mechanisms": lambda: seq.AttentionWrapper(gru, [3]),
    "input": lambda: seq.AttentionWrapper(gru, luong(m), cell_input_fn=3),
    "both": lambda: seq.AttentionWrapper(gru, luong(m), 3, attention_layer=tf.layers.Dense(2)),
    "sizes": lambda: seq.AttentionWrapper(gru, luong(m), [3, 4]),
    "layers": lambda: seq.AttentionWrapper(gru, luong(m), attention_layer=[tf.layers.Dense(2)] * 2),
    "cell": lambda: seq.AttentionWrapper(3, luong(m)),
    "memory": lambda: bahdanau(tf.placeholder(tf.float32, [2, 3, None], name="unknown")),
    "depth": lambda: luong(m)(tf.ones([2, 3]), None),
    "tile": lambda: seq.tile_batch(tf.placeholder(tf.float32), 2),
    "clone": lambda: seq.AttentionWrapper(gru, luong(m)).zero_state(2, tf.float32).clone(
        cell_state=tf.ones([3, 4], name="other")),
}.items()):
    try:
        function()
        results["error " + name] = "nothing"
    except Exception as error:
        results["error " + name] = [type(error).__name__, str(error).split("\n")[0].split("(Tensor")[0]]
