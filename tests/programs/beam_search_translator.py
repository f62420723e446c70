"""Sequence to sequence: reverse the digits; trained with attention, decoded by beam search."""
import numpy as np
import tensorflow as tf

seq2seq = tf.contrib.seq2seq
VOCAB, GO, END, UNITS, STEPS, BEAM = 9, 1, 2, 16, 5, 3
rng = np.random.RandomState(2)


def batch(size):
    source = rng.randint(3, VOCAB, (size, STEPS))
    target = np.concatenate([source[:, ::-1], np.full((size, 1), END)], axis=1)
    return source, target


def model(mode):
    source = tf.placeholder(tf.int32, [None, STEPS], name="source")
    target = tf.placeholder(tf.int32, [None, STEPS + 1], name="target")
    size = tf.shape(source)[0]
    table = tf.get_variable("embedding", [VOCAB, 8])
    outputs, state = tf.nn.dynamic_rnn(
        tf.nn.rnn_cell.GRUCell(UNITS, name="encoder_cell"), tf.nn.embedding_lookup(table, source), dtype=tf.float32)
    if mode == "infer":
        outputs, state = seq2seq.tile_batch(outputs, BEAM), seq2seq.tile_batch(state, BEAM)
    attention = seq2seq.LuongAttention(UNITS, outputs)
    cell = seq2seq.AttentionWrapper(tf.nn.rnn_cell.GRUCell(UNITS), attention, attention_layer_size=UNITS)
    start = cell.zero_state(size * (BEAM if mode == "infer" else 1), tf.float32).clone(cell_state=state)
    layer = tf.layers.Dense(VOCAB, use_bias=False, name="project")
    if mode == "train":
        first = tf.fill([size, 1], GO)
        inputs = tf.nn.embedding_lookup(table, tf.concat([first, target[:, :-1]], 1))
        helper = seq2seq.TrainingHelper(inputs, tf.fill([size], STEPS + 1))
        decoder = seq2seq.BasicDecoder(cell, helper, start, layer)
        outputs, _, _ = seq2seq.dynamic_decode(decoder)
        loss = seq2seq.sequence_loss(outputs.rnn_output, target, tf.ones([size, STEPS + 1]))
        return source, target, loss, tf.train.AdamOptimizer(0.02).minimize(loss)
    decoder = seq2seq.BeamSearchDecoder(
        cell, table, tf.fill([size], GO), END, start, BEAM, layer, length_penalty_weight=0.5)
    outputs, state, _ = seq2seq.dynamic_decode(decoder, maximum_iterations=STEPS + 3)
    return source, outputs.predicted_ids, state.log_probs, state.lengths


tf.set_random_seed(1)
with tf.variable_scope("model"):
    x, y, loss, train = model("train")
with tf.variable_scope("model", reuse=True):
    x2, ids, log_probs, lengths = model("infer")
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(120):
        source, target = batch(32)
        value, _ = sess.run([loss, train], {x: source, y: target})
        if step % 30 == 29:
            print("step %d loss %.4f" % (step + 1, value))
    source, target = batch(4)
    found, scores, steps = sess.run([ids, log_probs, lengths], {x2: source})
    for row in range(4):
        print(source[row], "->", found[row, :, 0])
    print("probability of the best", ["%.2f" % each for each in np.exp(scores[:, 0])])
    print("lengths", steps.tolist())
