"""AttentionWrapper called in a Python loop, with both mechanisms; cloned states, tile_batch and hardmax."""
import numpy as np

import minigraph as tf

seq, cells, results = tf.contrib.seq2seq, tf.nn.rnn_cell, {}
random = np.random.RandomState(3)
memories, numbers = random.randn(3, 6, 5).astype(np.float32), random.randn(3, 4, 2).astype(np.float32)


def luong(memory, **options):
    return seq.LuongAttention(4, memory, **options)


with tf.Graph().as_default():
    tf.set_random_seed(7)
    m, old = tf.constant(memories), tf.placeholder(tf.float32, [None, 4])
    cell = seq.AttentionWrapper(cells.GRUCell(4), [luong(m), seq.BahdanauAttention(3, m, [1, 2, 6], True)], [4, 2], initial_cell_state=tf.ones([3, 4]))
    state = cell.zero_state(3, tf.float32)
    outputs = []
    for i in range(2):
        output, state = cell(tf.constant(numbers[:, i]), state)
        outputs.append(output)
    cloned = seq.AttentionWrapper(cells.GRUCell(4), luong(m), 4).zero_state(3, tf.float32).clone(cell_state=old)
    tiled = seq.tile_batch((old, tf.constant([1, 2])), 2)
    results["hand shapes"] = [str(cloned.cell_state.shape), str(tiled[0].shape), str(tiled[1].shape)]
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        results["hand"] = sess.run([outputs, state.alignments, cloned.cell_state, tiled], {old: np.ones([3, 4])})
        try:
            sess.run(cloned.cell_state, {old: np.ones([2, 4])})
        except tf.errors.InvalidArgumentError as error:
            results["wrong shape"] = error.message.split(".")[0][-40:]

with tf.Graph().as_default():
    m = tf.placeholder(tf.float32, [None, None, 5])
    attention = seq.BahdanauAttention(3, m, tf.placeholder_with_default([1, 2, 6], [None]))
    cell = seq.AttentionWrapper(cells.GRUCell(4), attention, output_attention=False)
    state = cell.zero_state(tf.shape(m)[0], tf.float32)
    output, state = cell(tf.ones([tf.shape(m)[0], 2]), state)
    tf.gradients(seq.hardmax(output) * output, tf.trainable_variables())
    results["dynamic"] = [str(output.shape), str(state.attention.shape), str(state.alignments.shape)]
