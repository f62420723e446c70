"""Decoders and attention of `tf.contrib.seq2seq`. What they build is compared in tests/parity (`seq2seq_…`)."""

import numpy as np
import pytest

import minigraph as tf

seq = tf.contrib.seq2seq


class Counting(seq.Decoder):
    """A decoder that counts from its inputs down, each sequence to zero."""

    def __init__(self, start):
        self._start = tf.constant(start)

    batch_size = property(lambda self: self._start.shape[0].value)
    output_size = property(lambda self: {"left": tf.TensorShape([]), "pair": tf.TensorShape([2])})
    output_dtype = property(lambda self: {"left": tf.int32, "pair": tf.int32})

    def initialize(self, name=None):
        return self._start <= 0, self._start, tf.zeros_like(self._start)

    def step(self, time, inputs, state, name=None):
        return {"left": inputs, "pair": tf.stack([inputs, state], 1)}, state + 1, inputs - 1, inputs <= 1


class Finalized(Counting):
    """One that changes its results in the end."""

    def finalize(self, outputs, final_state, sequence_lengths):
        return outputs["left"] * 10, (final_state, sequence_lengths)


class OwnCount(Counting):
    """One that says itself which sequences are finished: a sequence may go on after it had ended."""

    tracks_own_finished = True

    def step(self, time, inputs, state, name=None):
        outputs, state, inputs, _ = super().step(time, inputs, state)
        return outputs, state, inputs, tf.fill([2], tf.greater_equal(time, 3))


@pytest.fixture
def sess():
    with tf.Session() as session:
        yield session


def test_outputs_stop_with_the_longest_sequence(sess):
    outputs, state, lengths = sess.run(seq.dynamic_decode(Counting([3, 0, 2])))
    assert lengths.tolist() == [3, 0, 2] and state.tolist() == [3, 3, 3]
    assert outputs["left"].tolist() == [[3, 2, 1], [0, -1, -2], [2, 1, 0]]
    assert outputs["pair"].shape == (3, 3, 2)


def test_imputed_outputs_are_zeros_and_states_stay(sess):
    outputs, state, _ = sess.run(seq.dynamic_decode(Counting([3, 0, 2]), impute_finished=True))
    assert state.tolist() == [3, 0, 2]
    assert outputs["left"].tolist() == [[3, 2, 1], [0, 0, 0], [2, 1, 0]]
    assert outputs["pair"][2].tolist() == [[2, 0], [1, 1], [0, 0]]


@pytest.mark.parametrize("limit, lengths", [(0, [0, 0]), (2, [2, 2]), (9, [3, 5])])
def test_a_limit_of_the_number_of_steps(sess, limit, lengths):
    given = tf.placeholder(tf.int32, [])
    outputs, _, found = seq.dynamic_decode(Counting([3, 5]), maximum_iterations=given, output_time_major=True)
    values, counts = sess.run([outputs["left"], found], {given: limit})
    assert counts.tolist() == lengths and len(values) == max(lengths)


def test_a_decoder_may_finish_its_results(sess):
    outputs, (state, lengths), _ = sess.run(seq.dynamic_decode(Finalized([1, 2])))
    assert outputs.tolist() == [[10, 0], [20, 10]] and state.tolist() == [2, 2] and lengths.tolist() == [1, 2]


def test_a_decoder_may_track_its_own_end(sess):
    _, _, lengths = sess.run(seq.dynamic_decode(OwnCount([1, 2])))
    assert lengths.tolist() == [4, 4]


def test_a_decoder_lacks_a_step():
    class Incomplete(seq.Decoder):
        def initialize(self, name=None):
            return ()

    with pytest.raises(TypeError, match="abstract"):
        Incomplete()


def test_a_step_that_fails_leaves_nothing_behind():
    class Wrong(Counting):
        def step(self, time, inputs, state, name=None):
            outputs, state, inputs, ended = super().step(time, inputs, state)
            return outputs, (state, state), inputs, ended

    decoder = Wrong([1, 2])
    before = len(tf.get_default_graph().get_operations())
    for _ in range(2):
        with pytest.raises((TypeError, ValueError), match="don't have the same nested structure"):
            seq.dynamic_decode(decoder)
        assert len(tf.get_default_graph().get_operations()) == before


def test_weights_are_given_to_the_steps_that_are_there(sess):
    tf.set_random_seed(1)
    memory, lengths = tf.constant(np.random.RandomState(0).randn(2, 5, 3), tf.float32), [5, 2]
    for attention in seq.LuongAttention(4, memory, lengths), seq.BahdanauAttention(4, memory, lengths):
        weights, state = attention(tf.ones([2, 4]), attention.initial_state(2, tf.float32))
        sess.run(tf.global_variables_initializer())
        values = sess.run(weights)
        assert state is weights and (values[1, 2:] == 0).all() and (values[0] > 0).all()
        np.testing.assert_allclose(values.sum(axis=1), 1.0, rtol=1e-6)


def test_a_batch_of_another_size_is_found_in_a_run(sess):
    memory, size = tf.placeholder(tf.float32, [None, 5, 3]), tf.placeholder(tf.int32, [])
    cell = seq.AttentionWrapper(tf.nn.rnn_cell.GRUCell(4), seq.LuongAttention(4, memory))
    state = cell.zero_state(size, tf.float32).cell_state
    sess.run(tf.global_variables_initializer())
    assert sess.run(state, {memory: np.ones([2, 5, 3]), size: 2}).shape == (2, 4)
    with pytest.raises(tf.errors.InvalidArgumentError, match="When calling zero_state of AttentionWrapper"):
        sess.run(state, {memory: np.ones([2, 5, 3]), size: 3})


def test_a_cloned_state_keeps_its_other_parts(sess):
    cell = seq.AttentionWrapper(tf.nn.rnn_cell.GRUCell(4), seq.LuongAttention(4, tf.ones([2, 5, 3])))
    state, new = cell.zero_state(2, tf.float32), tf.ones([2, 4])
    clone = state.clone(cell_state=new)
    assert clone.cell_state is new and clone.attention is state.attention
    with pytest.raises(ValueError, match="Invalid shape for tensor"):
        state.clone(cell_state=tf.ones([3, 4]))


def test_a_translator_learns_to_copy(sess):
    """Encoder, attention and both helpers, with shared variables, as in a program of a course."""
    tf.set_random_seed(3)
    source = np.random.RandomState(0).randint(2, 6, [16, 4])
    table = tf.get_variable("table", [6, 8])
    _, encoded = tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(16), tf.nn.embedding_lookup(table, source), dtype=tf.float32)
    memory = tf.nn.embedding_lookup(table, source)
    project = tf.layers.Dense(6, name="project")

    def decode(helper, reuse):
        with tf.variable_scope("decode", reuse=reuse):
            attention = seq.LuongAttention(16, memory)
            cell = seq.AttentionWrapper(tf.nn.rnn_cell.GRUCell(16), attention, attention_layer_size=16)
            start = cell.zero_state(16, tf.float32).clone(cell_state=encoded)
            decoder = seq.BasicDecoder(cell, helper, start, project)
            return seq.dynamic_decode(decoder, maximum_iterations=4, scope="own")[0]

    shifted = np.concatenate([np.ones([16, 1], int), source[:, :-1]], axis=1)
    trained = decode(seq.TrainingHelper(tf.nn.embedding_lookup(table, shifted), [4] * 16), None)
    said = decode(seq.GreedyEmbeddingHelper(table, [1] * 16, 0), True).sample_id
    loss = seq.sequence_loss(trained.rnn_output, tf.constant(source), tf.ones([16, 4]))
    train = tf.train.AdamOptimizer(0.02).minimize(loss)
    sess.run(tf.global_variables_initializer())
    for _ in range(150):
        sess.run(train)
    assert sess.run(loss) < 0.1 and (sess.run(said) == source).mean() > 0.95
