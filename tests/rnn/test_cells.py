"""Cells as objects: copies, failures, states and wrappers. What they build is compared in tests/parity (`rnn_…`)."""

import copy

import numpy as np
import pytest

import minigraph as tf
from minigraph.rnn.shallow import map_up_to, visited
from minigraph.rnn.step import Lengths

cells = tf.nn.rnn_cell


@pytest.fixture
def x():
    return tf.placeholder(tf.float32, [2, 3], name="x")


def names():
    return [v.op.name for v in tf.global_variables()]


class Pair(cells.RNNCell):
    """A cell with two outputs, which counts its steps in its state."""

    state_size = tf.TensorShape([])
    output_size = (3, tf.TensorShape([3, 2]))

    def call(self, inputs, state):
        return (inputs, tf.stack([inputs, inputs], 2)), state + 1.0


# Copies


def test_a_copy_of_a_cell_has_its_own_variables(x):
    first = cells.MultiRNNCell([cells.GRUCell(3), cells.DropoutWrapper(cells.BasicLSTMCell(4), 0.5)])
    second = copy.deepcopy(first)
    for i, cell in enumerate((first, second)):
        with tf.variable_scope(f"copy_{i}"):
            cell(x, cell.zero_state(2, tf.float32))
    assert len(names()) == 12 and names()[6] == "copy_1/multi_rnn_cell/cell_0/gru_cell/gates/kernel"
    assert second._cells[0].weights != first._cells[0].weights


# Failures


def test_a_cell_that_fails_leaves_nothing_behind(x):
    good, bad = cells.GRUCell(4), cells.ResidualWrapper(cells.GRUCell(5))
    multi = cells.MultiRNNCell([good, bad])
    state = multi.zero_state(2, tf.float32)
    before = len(tf.get_default_graph().get_operations())
    for _ in range(2):
        with pytest.raises(ValueError, match="Shapes .* are incompatible|not compatible"):
            multi(x, state)
        assert names() == [] and len(tf.get_default_graph().get_operations()) == before
        assert not (multi.built or good.built or good.weights)
    output, _ = good(x, state[0])
    assert output.name == "gru_cell/add:0"


def test_a_network_that_fails_leaves_nothing_behind(x):
    before = len(tf.get_default_graph().get_operations())
    with pytest.raises(ValueError, match="Input size"):
        tf.nn.static_rnn(cells.GRUCell(4), [x, tf.placeholder(tf.float32, [2, None])], dtype=tf.float32)
    tf.get_default_graph().get_operation_by_name("Placeholder")  # the argument was made before the call
    with pytest.raises(ValueError, match="Dimensions must be equal"):
        tf.nn.static_rnn(cells.GRUCell(4), [x, tf.zeros([2, 7], name="wide")], dtype=tf.float32)
    added = [op.name for op in tf.get_default_graph().get_operations()[before:]]
    assert added == ["Placeholder", "wide"] and names() == []
    assert tf.nn.static_rnn(cells.GRUCell(4), [x], dtype=tf.float32)[0][0].name == "rnn/gru_cell/add:0"


def test_advice_says_what_to_type(x):
    gru = cells.GRUCell(3)
    with pytest.raises(TypeError, match=r"inputs must be a sequence\n.* step: tf.unstack\(x, axis=1\)."):
        tf.nn.static_rnn(gru, x, dtype=tf.float32)
    with pytest.raises(ValueError, match="dtype must be specified\nWrite dtype=tf.float32."):
        tf.nn.static_rnn(gru, [x])
    with pytest.raises(ValueError, match="The shape of 'wide:0' is"):
        tf.nn.static_rnn(gru, [tf.placeholder(tf.float32, [2, None], name="wide")], dtype=tf.float32)


def test_a_state_that_is_no_tuple_is_refused(x):
    with pytest.raises(ValueError, match="Expected state to be a tuple of length 1, but received: Tensor"):
        cells.MultiRNNCell([cells.GRUCell(3)])(x, x)


def test_a_residual_connection_needs_the_same_structure(x):
    with pytest.raises((TypeError, ValueError), match="don't have the same nested structure"):
        cells.ResidualWrapper(Pair())(x, tf.zeros([2]))


def test_partitions_are_refused_with_a_reason():
    with pytest.raises(ValueError, match="no partitioned variables; leave out `num_unit_shards`"):
        cells.LSTMCell(4, num_unit_shards=2)


# States


def test_states_are_nested_like_their_sizes():
    state = Pair().zero_state(2, tf.float32)
    assert state.shape.as_list() == [2]
    multi = cells.MultiRNNCell([cells.LSTMCell(4, num_proj=2), Pair()])
    (c, h), count = multi.zero_state(2, tf.float64)
    assert (c.shape.as_list(), h.shape.as_list(), count.shape.as_list()) == ([2, 4], [2, 2], [2])
    assert isinstance(multi.state_size[0], cells.LSTMStateTuple) and c.dtype == tf.float64


def test_a_batch_size_may_be_a_tensor():
    size = tf.placeholder(tf.int32, [])
    state = cells.GRUCell(4).zero_state(size, tf.float32)
    with tf.Session() as sess:
        assert state.shape.as_list() == [None, 4] and sess.run(state, {size: 3}).shape == (3, 4)


def test_the_initial_state_of_inputs_has_their_batch_size():
    inputs = tf.placeholder(tf.float64, [None, 3])
    state = cells.GRUCell(4).get_initial_state(inputs)
    with tf.Session() as sess:
        assert state.dtype == tf.float64 and sess.run(state, {inputs: np.ones([5, 3])}).shape == (5, 4)


# Networks


def test_the_values_of_variables_are_cached_outside_of_loops_only(x):
    tf.nn.static_rnn(cells.BasicRNNCell(4), [x], dtype=tf.float32)
    read = tf.get_default_graph().get_operation_by_name("rnn/basic_rnn_cell/kernel/read")
    assert read.colocation_groups() == [b"loc:@rnn/basic_rnn_cell/kernel/read"]

    def body(i):
        outputs, _ = tf.nn.static_rnn(cells.BasicRNNCell(1), [tf.reshape(i, [1, 1])], dtype=tf.float32, scope="in")
        return tf.reshape(outputs[0], [])

    tf.while_loop(lambda i: i < 1.0, body, [0.0])
    read = tf.get_default_graph().get_operation_by_name("in/basic_rnn_cell/kernel/read")
    assert read.colocation_groups() == [b"loc:@in/basic_rnn_cell/kernel"]


def test_a_network_of_two_outputs_over_sequences_of_their_lengths():
    inputs = [tf.fill([2, 3], float(i + 1)) for i in range(3)]
    outputs, count = tf.nn.static_rnn(Pair(), inputs, dtype=tf.float32, sequence_length=[1, 3])
    with tf.Session() as sess:
        values, steps = sess.run([outputs, count])
    assert steps.tolist() == [1.0, 3.0]
    assert [single[:, 0].tolist() for single, _ in values] == [[1.0, 1.0], [0.0, 2.0], [0.0, 3.0]]
    assert [double[:, 0, 1].tolist() for _, double in values] == [[1.0, 1.0], [0.0, 2.0], [0.0, 3.0]]


@pytest.mark.parametrize("lengths", [[1, 2], [2, 2], [0, 0], [3, 3]])
def test_a_step_with_and_without_conditionals_is_the_same(lengths):
    rows, zeros, state = tf.constant([[1.0], [2.0]]), tf.zeros([2, 1]), tf.fill([2, 1], 5.0)
    steps = [
        Lengths(tf.constant(lengths)).step(tf.constant(1), zeros, state, lambda: (rows, rows * 10.0), skip)
        for skip in (False, True)
    ]
    with tf.Session() as sess:
        conditional, plain = sess.run(steps)
    running = np.array([[1 < n] for n in lengths])
    np.testing.assert_array_equal(plain[0], np.where(running, [[1.0], [2.0]], 0.0))
    np.testing.assert_array_equal(plain[1], np.where(running, [[10.0], [20.0]], 5.0))
    np.testing.assert_array_equal(conditional, plain)


def test_a_trained_network_is_the_same_after_a_checkpoint(tmp_path, x):
    _, state = tf.nn.static_rnn(cells.BasicLSTMCell(4), [x, x], dtype=tf.float32)
    saver, fed = tf.train.Saver(), {x: np.arange(6).reshape(2, 3)}
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        before = sess.run(state, fed)
        path = saver.save(sess, str(tmp_path / "model"))
        sess.run(tf.global_variables_initializer())
        assert not np.array_equal(sess.run(state, fed), before)
        saver.restore(sess, path)
        np.testing.assert_array_equal(sess.run(state, fed), before)
    assert [name for name, _ in tf.train.list_variables(path)] == [
        "rnn/basic_lstm_cell/bias",
        "rnn/basic_lstm_cell/kernel",
    ]


# Dropout


def test_variational_dropout_drops_the_same_in_each_step_and_other_elements_in_each_run():
    cell = cells.DropoutWrapper(
        Identity(), output_keep_prob=0.5, variational_recurrent=True, dtype=tf.float32, input_size=tf.TensorShape([50])
    )
    outputs, _ = tf.nn.static_rnn(cell, [tf.ones([2, 50])] * 3, dtype=tf.float32)
    with tf.Session() as sess:
        first, second = sess.run(outputs), sess.run(outputs)
    assert np.array_equal(first[0], first[2]) and np.array_equal(first[0][0], first[0][1])
    assert not np.array_equal(first[0], second[0]) and set(first[0].ravel()) == {0.0, 2.0}


def test_plain_dropout_drops_other_elements_in_each_step():
    cell = cells.DropoutWrapper(Identity(), output_keep_prob=0.5)
    outputs, _ = tf.nn.static_rnn(cell, [tf.ones([2, 50])] * 2, dtype=tf.float32)
    with tf.Session() as sess:
        first, second = sess.run(outputs)
    assert not np.array_equal(first, second) and not np.array_equal(first[0], first[1])


class Identity(cells.RNNCell):
    """A cell that gives its inputs back."""

    state_size = output_size = 50

    def call(self, inputs, state):
        return inputs, state


def test_the_cell_inside_is_there():
    gru = cells.GRUCell(4)
    assert cells.DropoutWrapper(gru).wrapped_cell is gru


# Structures


def test_a_part_stands_for_what_is_below_it():
    found = map_up_to({"a": 0, "b": (0, 0)}, lambda *parts: parts, {"a": [1, 2], "b": (3, [4])})
    assert found == {"a": ([1, 2],), "b": ((3,), ([4],))}


@pytest.mark.parametrize("deep, error", [((1, 2, 3), ValueError), (1, TypeError)])
def test_structures_that_do_not_fit_are_refused(deep, error):
    with pytest.raises(error):
        map_up_to((0, 0), lambda part: part, deep)


def test_a_visitor_decides_at_each_level():
    state = (cells.LSTMStateTuple(1, 2), {"x": 3, "y": [4]})
    assert visited(lambda part: True, state) == (cells.LSTMStateTuple(True, True), {"x": True, "y": [True]})
    assert visited(lambda part: not isinstance(part, dict), state) == (cells.LSTMStateTuple(True, True), False)
    only_h = cells.LSTMStateTuple(False, True)
    assert visited(lambda part: only_h if isinstance(part, cells.LSTMStateTuple) else True, state[0]) == only_h


@pytest.mark.parametrize("choice", [3, (True, 3)])
def test_a_visitor_must_answer_with_bools(choice):
    with pytest.raises(TypeError, match="traverse_fn"):
        visited(lambda part: choice, (1, 2))
