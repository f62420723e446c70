"""dynamic_rnn and raw_rnn: equal to the same steps unrolled, in every way of running; what they refuse.

The messages are TensorFlow 1.15's.
"""

import numpy as np
import pytest

import minigraph as tf

CELLS = tf.nn.rnn_cell
X = np.cos(np.arange(2.0 * 5 * 3)).reshape(2, 5, 3).astype(np.float32)


@pytest.fixture
def sess():
    tf.set_random_seed(7)
    with tf.Session() as session:
        yield session


class Pair(CELLS.RNNCell):
    """A cell whose inputs, outputs and state are nested, and whose second state is a scalar: the number of steps."""

    state_size = (3, tf.TensorShape([]))
    output_size = (3, (3,))

    def call(self, inputs, state):
        first, (second,) = inputs
        w = tf.get_variable("w", [3, 3])
        new = tf.tanh(tf.matmul(first, w) + second * state[0])
        return (new, (new * new,)), (new, state[1] + 1.0)


def runs_of(sess, fetches, feeds):
    """Return the values of a first run, of later ones, which are recorded, and of a traced one."""
    options, metadata = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE), tf.RunMetadata()
    runs = [sess.run(fetches, feeds) for _ in range(4)]
    return [*runs, sess.run(fetches, feeds, options=options, run_metadata=metadata)]


def check_equal(got, wanted):
    for a, b in zip(got, wanted):
        np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("make", [CELLS.BasicRNNCell, CELLS.GRUCell, CELLS.BasicLSTMCell, CELLS.LSTMCell])
@pytest.mark.parametrize("lengths", [None, [5, 2]])
def test_as_unrolled(sess, make, lengths):
    """Outputs, last state and all gradients are those of `static_rnn`."""
    x = tf.placeholder(tf.float32, [2, None, 3])
    cell = make(4)
    outputs, state = tf.nn.dynamic_rnn(cell, x, lengths, dtype=tf.float32)
    x.set_shape([2, 5, 3])
    unrolled, other = tf.nn.static_rnn(
        cell, tf.unstack(x, axis=1), sequence_length=lengths, dtype=tf.float32, scope="rnn_again"
    )
    weights = cell.trainable_variables
    sides = []
    for y, final in ((outputs, state), (tf.stack(unrolled, 1), other)):
        loss = tf.reduce_sum(tf.square(y)) + sum(map(tf.reduce_sum, final if isinstance(final, tuple) else [final]))
        sides.append([y, *(final if isinstance(final, tuple) else [final]), *tf.gradients(loss, [x, *weights])])
    sess.run(tf.global_variables_initializer())
    for run in runs_of(sess, sides, {x: X}):
        check_equal(*run)


def test_second_derivatives(sess):
    x = tf.placeholder(tf.float64, [2, None, 3])
    outputs, _ = tf.nn.dynamic_rnn(CELLS.GRUCell(2), x, tf.constant([4, 2]), dtype=tf.float64)
    (first,) = tf.gradients(outputs, x)
    direction = np.sin(np.arange(X.size)).reshape(X.shape)
    along = tf.reduce_sum(first * direction)
    (second,) = tf.gradients(along, x)
    sess.run(tf.global_variables_initializer())
    step = 1e-5
    up, down = sess.run(first, {x: X + step * direction}), sess.run(first, {x: X - step * direction})
    for run in runs_of(sess, [second], {x: X}):
        np.testing.assert_allclose(run[0], (up - down) / (2 * step), atol=1e-7)


@pytest.mark.parametrize("time_major", [False, True])
def test_nested_inputs_outputs_and_states(sess, time_major):
    x = tf.placeholder(tf.float32, [None, None, 3])
    cell, start = Pair(), (tf.ones([2, 3]), tf.constant(0.0))
    outputs, state = tf.nn.dynamic_rnn(cell, (x, (2.0 * x,)), initial_state=start, time_major=time_major)
    sess.run(tf.global_variables_initializer())
    given = X.swapaxes(0, 1) if time_major else X
    (first, (second,)), (last, count) = sess.run([outputs, state], {x: given})
    expected, w = np.ones([2, 3]), sess.run(cell.trainable_variables[0])
    for t in range(5):
        expected = np.tanh(X[:, t] @ w + 2.0 * X[:, t] * expected)
        at = (t, slice(None)) if time_major else (slice(None), t)
        np.testing.assert_allclose(first[at], expected, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(second[at], expected**2, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(last, expected, rtol=1e-5, atol=1e-6)
    assert count == 5.0


def test_finished_sequences(sess):
    """Their outputs are zeros and their state stays; no step runs beyond the longest."""
    x, lengths = tf.placeholder(tf.float32, [2, None, 3]), tf.placeholder(tf.int64, [None])
    calls = []

    class Counted(CELLS.BasicRNNCell):
        def call(self, inputs, state):
            (given,) = tf.py_func(lambda a: calls.append(1) or a, [inputs], [tf.float32])
            given.set_shape(inputs.shape)
            return super().call(given, state)

    outputs, state = tf.nn.dynamic_rnn(Counted(4), x, lengths, dtype=tf.float32)
    sess.run(tf.global_variables_initializer())
    for _ in range(4):
        calls.clear()
        y, last = sess.run([outputs, state], {x: X, lengths: [3, 1]})
        assert len(calls) == 3
        assert not y[0, 3:].any() and not y[1, 1:].any()
        np.testing.assert_array_equal(last, [y[0, 2], y[1, 0]])
    y, last = sess.run([outputs, state], {x: X, lengths: [0, 0]})
    assert not y.any() and not last.any()
    y, last = sess.run([outputs, state], {x: X, lengths: [9, 5]})  # longer than the inputs
    np.testing.assert_array_equal(last, y[:, 4])
    assert sess.run(outputs, {x: X[:, :0], lengths: [0, 0]}).shape == (2, 0, 4)


def test_static_shapes():
    for shape in ([2, 5, 3], [None, 5, 3], [2, None, 3], [None, None, 3]):
        outputs, state = tf.nn.dynamic_rnn(
            CELLS.GRUCell(4),
            tf.placeholder(tf.float32, shape),
            dtype=tf.float32,
            scope=f"s{len(str(shape))}_{shape[1]}",
        )
        assert outputs.shape.as_list() == [*shape[:2], 4]
        assert state.shape.as_list() == [shape[0], 4]


def test_names_of_variables_and_scopes():
    x = tf.zeros([2, 5, 3])
    tf.nn.dynamic_rnn(CELLS.BasicLSTMCell(4), x, dtype=tf.float32)
    with tf.variable_scope("rnn", reuse=True) as shared:
        tf.nn.dynamic_rnn(CELLS.BasicLSTMCell(4), x, dtype=tf.float32, scope=shared)
    tf.nn.bidirectional_dynamic_rnn(CELLS.GRUCell(2), CELLS.GRUCell(2), x, dtype=tf.float32)
    assert [v.name for v in tf.trainable_variables()] == [
        "rnn/basic_lstm_cell/kernel:0",
        "rnn/basic_lstm_cell/bias:0",
        *[
            f"bidirectional_rnn/{way}/gru_cell/{part}:0"
            for way in ("fw", "bw")
            for part in ("gates/kernel", "gates/bias", "candidate/kernel", "candidate/bias")
        ],
    ]


def test_inside_a_loop_and_a_branch(sess):
    x = tf.constant(X)

    def again(i, total):
        with tf.variable_scope("inner", reuse=tf.AUTO_REUSE):
            outputs, _ = tf.nn.dynamic_rnn(CELLS.GRUCell(2), x * total, dtype=tf.float32)
        return i + 1, total + tf.reduce_sum(outputs)

    start = tf.placeholder(tf.float32, [])
    _, total = tf.while_loop(lambda i, _: i < 3, again, [0, start])
    chosen = tf.cond(start > 0.0, lambda: again(0, start)[1], lambda: start)
    grads = tf.gradients(total + chosen, [start])
    sess.run(tf.global_variables_initializer())
    step = 1e-2
    up, down = (sess.run(total + chosen, {start: 0.5 + d}) for d in (step, -step))
    for run in runs_of(sess, grads, {start: 0.5}):
        np.testing.assert_allclose(run[0], (up - down) / (2 * step), rtol=1e-2)


def emitting(time, output, state, kept):
    emitted = (tf.zeros([3]), tf.zeros([], tf.int32)) if output is None else (tf.ones([2, 3]), tf.fill([2], time))
    state = tf.zeros([2, 2]) if output is None else state
    return time >= [2, 3], tf.zeros([2, 3]), state, emitted, None


def test_raw_rnn_emits_what_the_function_says(sess):
    arrays, state, kept = tf.nn.raw_rnn(CELLS.GRUCell(2), emitting)
    first, second = [array.stack() for array in arrays]
    sess.run(tf.global_variables_initializer())
    for run in runs_of(sess, [first, second], {}):
        assert run[0][..., 0].tolist() == [[1.0, 1.0], [1.0, 1.0], [0.0, 1.0]]
        assert run[1].tolist() == [[1, 1], [2, 2], [0, 3]]
    assert kept is None and state.shape.as_list() == [2, 2]


def test_raw_rnn_as_dynamic_rnn(sess):
    x, lengths = tf.placeholder(tf.float32, [2, None, 3]), tf.constant([5, 2])
    cell = CELLS.BasicLSTMCell(4)
    rows = tf.TensorArray(tf.float32, tf.shape(x)[1]).unstack(tf.transpose(x, [1, 0, 2]))

    def loop_fn(time, output, state, kept):
        finished = time >= lengths
        following = tf.cond(tf.reduce_all(finished), lambda: tf.zeros([2, 3]), lambda: rows.read(time))
        following.set_shape([2, 3])
        start = cell.zero_state(2, tf.float32), tf.constant(1)
        state, kept = start if output is None else (state, kept * 2)
        return finished, following, state, output, kept

    array, raw_state, doubled = tf.nn.raw_rnn(cell, loop_fn)
    outputs, state = tf.nn.dynamic_rnn(cell, x, lengths, dtype=tf.float32, scope="again")
    sides = []
    for y, final in ((tf.transpose(array.stack(), [1, 0, 2]), raw_state), (outputs, state)):
        loss = tf.reduce_sum(tf.square(y)) + tf.reduce_sum(final.c)
        sides.append([y, *final, *tf.gradients(loss, [x, *cell.trainable_variables])])
    sess.run(tf.global_variables_initializer())
    for run in runs_of(sess, [*sides, doubled], {x: X}):
        check_equal(*run[:2])
        assert run[2] == 32


def network(cell=None, inputs=None, *args, **options):
    cell = CELLS.GRUCell(2) if cell is None else cell
    return tf.nn.dynamic_rnn(cell, tf.ones([2, 3, 4]) if inputs is None else inputs, *args, **options)


ONES = np.ones([2, 3, 4], np.float32)
REFUSED = [
    (lambda: network(3, dtype=tf.float32), TypeError, "The argument 'cell' (3) is not an RNNCell: 'output_size'"),
    (lambda: network(), ValueError, "If there is no initial_state, you must give a dtype."),
    (lambda: network(None, ONES[:, :, 0], dtype=tf.float32), ValueError, "Shape (3, 2) must have rank at least 3"),
    (lambda: network(None, ONES[:, 0, 0], dtype=tf.float32), ValueError, "to have rank at least 2"),
    (
        lambda: network(None, tf.placeholder(tf.float32, [2, 3, None]), dtype=tf.float32),
        ValueError,
        "Input size (depth of inputs) must be accessible via shape inference, but saw value None.",
    ),
    (
        lambda: network(None, None, [[1]], dtype=tf.float32),
        ValueError,
        "sequence_length must be a vector of length batch_size, but saw shape: (1, 1)",
    ),
    (
        lambda: network(None, (ONES, ONES[:, 1:]), dtype=tf.float32),
        ValueError,
        "Time steps is not the same for all the",
    ),
    (lambda: network(None, (ONES, ONES[1:]), dtype=tf.float32), ValueError, "Batch_size is not the same for all the"),
    (
        lambda: network(None, None, initial_state=(tf.zeros([2, 2]), tf.zeros([2, 2], tf.float64))),
        ValueError,
        "State has tensors of different inferred_dtypes. Unable to infer a single representative dtype.",
    ),
    (lambda: tf.nn.raw_rnn(CELLS.GRUCell(2), 3), TypeError, "loop_fn must be a callable"),
    (
        lambda: tf.nn.bidirectional_dynamic_rnn(CELLS.GRUCell(2), 3, ONES, dtype=tf.float32),
        TypeError,
        "The argument 'cell_bw' (3) is not an RNNCell",
    ),
]


@pytest.mark.parametrize(("build", "kind", "words"), REFUSED)
def test_refused(build, kind, words):
    with pytest.raises(kind) as error:
        build()
    assert words in str(error.value)
    assert tf.global_variables() == []
    assert tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES) == []


def test_too_few_lengths_are_refused_in_a_run(sess):
    lengths = tf.placeholder(tf.int32, [None])
    outputs, _ = network(None, None, lengths, dtype=tf.float32)
    sess.run(tf.global_variables_initializer())
    with pytest.raises(tf.errors.InvalidArgumentError, match="Expected shape for Tensor rnn/sequence_length:0 is"):
        sess.run(outputs, {lengths: [1]})


def test_a_call_that_fails_leaves_nothing():
    class Broken(CELLS.BasicRNNCell):
        def call(self, inputs, state):
            super().call(inputs, state)
            raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        network(Broken(2), tf.placeholder(tf.float32, [2, 3, 4], name="x"), dtype=tf.float32)
    assert [op.name for op in tf.get_default_graph().get_operations()] == ["x"]
    assert tf.global_variables() == []
