"""Arrays are nobody else's: what a run gives, takes and keeps shares no memory with what others hold.

A plan runs plainly first, is recorded in the second run, and repeats the recording from the third run on: each trap
is tried over several runs.
"""
from __future__ import annotations

import collections

import numpy as np
import pytest

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")
RUNS = 5
SIZES = pytest.mark.parametrize("n", [3, 40_000], ids=["small", "in blocks"])


@pytest.fixture
def sess(graph):
    with tf.Session() as session:
        yield session


def made(sess, *values):
    """Variables with these initial values, initialized."""
    variables = [tf.Variable(value) for value in values]
    sess.run(tf.variables_initializer(variables))
    return variables


def full(n, value=0.0):
    return np.full(n, value, np.float32)


def after(*inputs):
    return tf.control_dependencies(inputs)


# What a run gives

@SIZES
def test_a_fetched_variable_is_a_snapshot(sess, n):
    v, = made(sess, full(n))
    read = v.read_value()
    with after(read):
        update = v.assign_add(full(n, 1.0))
    kept = [sess.run([v, read, update]) for _ in range(RUNS)]
    assert [[float(a[-1]) for a in one] for one in kept] == [[i + 1, i, i + 1] for i in range(RUNS)]


@pytest.mark.parametrize("again", [tf.identity, lambda y: y * 1.0, lambda y: y / 1.0, lambda y: tf.reshape(y, [3]),
                                   lambda y: tf.exp(y.op.inputs[0]), tf.stop_gradient, tf.transpose],
                         ids=["identity", "times one", "by one", "reshape", "equal call", "stop_gradient", "transpose"])
def test_two_fetches_of_one_value_are_two_arrays(sess, again):
    x = tf.placeholder(tf.float32, [3])
    y = tf.exp(x)
    z = again(y)
    for _ in range(RUNS):
        a, b = sess.run([y, z], {x: full(3)})
        a += 1.0
        assert b.tolist() == [1.0, 1.0, 1.0]


def test_one_tensor_fetched_twice(sess):
    x = tf.placeholder(tf.float32, [3])
    y = x + 1.0
    for _ in range(RUNS):
        assert [a.tolist() for a in sess.run([y, (y, x)], {x: full(3)})[1]] == [[1.0] * 3, [0.0] * 3]


@SIZES
def test_changing_a_fetched_array_changes_nothing(sess, n):
    v, = made(sess, full(n))
    c = tf.constant(full(n, 2.0))
    for _ in range(RUNS):
        for array in sess.run([v, c, c + 0.0, v.read_value()]):
            array += 5.0
    assert sess.run([v, c])[0][-1] == 0.0 and sess.run(c)[-1] == 2.0


def test_fetched_views_of_a_variable(sess):
    v, = made(sess, np.zeros((2, 3), np.float32))
    views = [tf.transpose(v), tf.reshape(v, [6]), v[0], v[:, 1:], tf.squeeze(v[:1]), tf.expand_dims(v, 0)]
    with after(*views):
        update = v.assign_add(np.ones((2, 3), np.float32))
    for i in range(RUNS):
        *found, _ = sess.run([*views, update.op])
        for array in found:
            assert (array == i).all()
            array += 100.0


def test_fetched_views_of_a_feed(sess):
    x = tf.placeholder(tf.float32, [2, 3])
    views = [x, tf.identity(x), tf.transpose(x), tf.reshape(x, [6]), x[0], x[:, 1:], tf.matrix_diag_part(x)]
    fed = np.zeros((2, 3), np.float32)
    call = sess.make_callable(views, [x])
    for i in range(RUNS):
        for array in (*sess.run(views, {x: fed}), *call(fed)):
            array += 1.0
    assert not fed.any()


def test_a_namedtuple_is_not_the_tuple_that_was_fetched_before(sess):
    pair, other = collections.namedtuple("pair", "a b"), collections.namedtuple("other", "a b")
    a, b = made(sess, 1.0, 2.0)
    for kind in (tuple, list, pair._make, other._make):
        for _ in range(RUNS):
            assert type(sess.run(kind([a, b]))) is type(kind([a, b]))
            assert type(sess.run([kind([a, b])])[0]) is type(kind([a, b]))


# What a run takes

def test_an_array_changed_after_the_run_that_it_was_fed_to(sess):
    x, s, k = tf.placeholder(tf.float32, [1]), tf.placeholder(tf.float32, []), tf.placeholder(tf.int32, [])
    vector, scalar, squeezed, whole = made(sess, full(1), 0.0, 0.0, 0)
    updates = [vector.assign(x), scalar.assign(s), squeezed.assign(tf.squeeze(x)), whole.assign(k)]
    fed = [np.zeros(1, np.float32), np.array(0.0, np.float32), np.array(0, np.int32)]
    for i in range(RUNS):
        for array in fed:
            array[...] = i
        sess.run(tf.group(*updates) if i == 0 else [u.op for u in updates], dict(zip([x, s, k], fed)))
        for array in fed:
            array[...] = -1
        assert [float(np.squeeze(a)) for a in sess.run([vector, scalar, squeezed, whole])] == [i] * 4


@SIZES
def test_a_run_writes_to_no_array_that_was_fed(sess, n):
    x = tf.placeholder(tf.float32, [n])
    v, = made(sess, full(n))
    y = tf.nn.relu(x - 1.0) * x
    with after(y):
        update = v.assign_add(tf.identity(x))
    fed = np.arange(n, dtype=np.float32)
    for _ in range(RUNS):
        found = sess.run([x, y, update], {x: fed})
        assert not any(np.shares_memory(fed, array) for array in found)
    np.testing.assert_array_equal(fed, np.arange(n, dtype=np.float32))


@SIZES
def test_a_value_fetched_and_fed_back(sess, n):
    x = tf.placeholder(tf.float32, [n])
    y = x * 2.0 + 1.0
    kept = [full(n)]
    for _ in range(RUNS):
        kept.append(sess.run(y, {x: kept[-1]}))
    assert [float(array[-1]) for array in kept] == [2.0 ** i - 1.0 for i in range(RUNS + 1)]


class Marked(np.ndarray):
    """A subclass of arrays."""


LAYOUTS = {
    "read-only": lambda a: np.frombuffer(a.tobytes(), np.float32).reshape(a.shape),
    "columns of a larger one": lambda a: np.repeat(a, 2, axis=1)[:, ::2],
    "backwards": lambda a: a[::-1, ::-1].copy()[::-1, ::-1],
    "fortran": np.asfortranarray,
    "broadcast": lambda a: np.broadcast_to(a[:1], a.shape),
    "subclass": lambda a: a.view(Marked),
    "matrix": lambda a: np.asmatrix(a),
    "masked": lambda a: np.ma.masked_array(a, a > 3.0),
    "big-endian": lambda a: a.astype(">f4"),
    "unaligned": lambda a: np.frombuffer(b" " + a.tobytes(), np.uint8)[1:].view(np.float32).reshape(a.shape),
    "wider": lambda a: a.astype(np.float64),
    "list": lambda a: a.tolist(),
}


@pytest.mark.filterwarnings("ignore:the matrix subclass")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_arrays_of_any_layout_may_be_fed(sess, layout):
    x = tf.placeholder(tf.float32, [None, 4])
    v, = made(sess, np.zeros((3, 4), np.float32))
    values = [x, x * 1.0, tf.matmul(x, x, transpose_b=True), tf.reshape(x, [-1]), tf.reduce_sum(x, 1), v.assign(x)]
    plain = np.repeat(np.arange(3, dtype=np.float32)[:, None], 4, axis=1) * (layout != "broadcast")
    expected = [plain, plain, plain @ plain.T, plain.reshape(-1), plain.sum(1), plain]
    for array in (plain, LAYOUTS[layout](plain), LAYOUTS[layout](plain), plain, LAYOUTS[layout](plain)):
        for found, wanted in zip(sess.run(values, {x: array}), expected):
            assert type(found) is np.ndarray and found.dtype.isnative and found.flags.writeable
            np.testing.assert_array_equal(found, wanted)


def test_sizes_that_change_from_run_to_run(sess):
    x = tf.placeholder(tf.float32, [None, 4])
    w, = made(sess, np.ones((4, 2), np.float32))
    y = tf.nn.softmax(tf.matmul(x, w))
    total, update = tf.reduce_sum(y), w.assign_sub(0.5 * tf.matmul(x, y, transpose_a=True))
    for n in (3, 5, 3, 0, 1, 3, 0, 0, 1, 5, 0, 3):
        found = sess.run([y, total, update.op], {x: np.ones((n, 4))})
        assert (found[0] == np.full((n, 2), 0.5)).all() and found[0].shape == (n, 2) and found[1] == n


def test_more_shapes_than_a_plan_keeps(sess):
    x = tf.placeholder(tf.float32, [None])
    y = tf.cumsum(x) + tf.cast(tf.size(x), tf.float32)
    for n in [*range(20), *range(20), *range(20)]:
        assert sess.run(y, {x: np.ones(n)}).tolist() == [n + i + 1 for i in range(n)]


def test_constants_and_intermediate_values_may_be_fed(sess):
    x, c = tf.placeholder(tf.float32, [3]), tf.constant([1.0, 2.0, 3.0])
    y = x * c
    z = y + c
    for i in range(RUNS):
        assert sess.run(z, {y: full(3, i)}).tolist() == [i + 1, i + 2, i + 3]
        assert sess.run(z, {c: full(3, i), x: full(3, 2.0)}).tolist() == [3 * i] * 3
        assert sess.run([y, z], {c: full(3, i), y: full(3, 5.0)})[1].tolist() == [5 + i] * 3
        assert sess.run(z, {x: full(3, 1.0)}).tolist() == [2.0, 4.0, 6.0]


def test_a_tensor_fed_twice_beside_one_of_several_parts(sess):
    x = tf.placeholder(tf.float32, [2], name="x")
    slices = tf.IndexedSlices(tf.placeholder(tf.float32, [1]), tf.placeholder(tf.int32, [1]))
    y = x + slices.values
    for _ in range(RUNS):
        assert sess.run(y, {"x:0": full(2, 1.0), x: full(2, 2.0), slices: ([5.0], [0])}).tolist() == [7.0, 7.0]


def test_values_at_the_edge_of_the_numbers(sess):
    """What is simplified away (x * 1), computed in place or in blocks keeps NaN, infinities, -0 and denormals."""
    x = tf.placeholder(tf.float32, [5 * 8000])
    values = [x * 1.0, x / 1.0, x + 0.0, 1.0 * x, -x, x * 0.0, x - x, tf.abs(x), tf.nn.relu(x) * x, tf.maximum(x, 0.0),
              tf.reduce_max(x), tf.sign(x) + x, tf.sqrt(tf.abs(x) * x), tf.clip_by_value(x, -1.0, 1.0)]
    fed = np.tile(np.array([np.nan, np.inf, -0.0, 1e-42, -np.inf], np.float32), 8000)
    first, *others = [[a.tobytes() for a in sess.run(values, {x: fed})] for _ in range(RUNS)]
    assert all(one == first for one in others)


# What a session keeps

@SIZES
def test_a_value_with_two_readers_is_not_written_over(sess, n):
    v, = made(sess, full(n))
    read = v.read_value()
    double = read * 2.0
    with after(double):
        update = v.assign_add(full(n, 1.0))
    with after(update):
        late = read + double
    for i in range(RUNS):
        assert [float(a[-1]) for a in sess.run([update, late])] == [i + 1, 3 * i]


@SIZES
def test_reads_before_between_and_after_updates(sess, n):
    v, = made(sess, full(n))
    first = v.read_value()
    with after(first):
        add = v.assign_add(full(n, 1.0))
    with after(add):
        second = v.read_value()
    with after(second):
        assign = v.assign(second * 2.0 + first)
    with after(assign):
        third = v.read_value()
    state = 0.0
    for i in range(RUNS):
        found = [float(a[-1]) for a in sess.run([first, second, third])]
        assert found == [state, state + 1, 3 * state + 2]
        state = found[-1]


@pytest.mark.parametrize("zero", [0.0, [0.0, 0.0]], ids=["scalar", "vector"])
def test_one_variable_assigned_to_another_then_both_updated(sess, zero):
    a, b = made(sess, np.float32(zero), np.float32(zero))
    ten, copy = np.float32(zero) + 10, b.assign(a)
    with after(copy):
        update = a.assign_add(ten / 10)
    with after(update):
        other = b.assign_add(ten)
    with after(other):
        ends = [a.read_value(), b.read_value()]
    for i in range(RUNS):
        assert [np.max(x) for x in sess.run(ends)] == [i + 1, i + 10]
    for i in range(RUNS):
        sess.run(copy.op)
        sess.run([a.op, update.op])
        assert np.max(sess.run(a)) == RUNS + i + 1
        assert np.max(sess.run(b)) == RUNS + i + 0


@pytest.mark.parametrize("start", [0.0, [0.0]], ids=["scalar", "vector"])
def test_two_variables_swap_their_values(sess, start):
    a, b = made(sess, np.float32(start), np.float32(start) + 1)
    reads = [a.read_value(), b.read_value()]
    with after(*reads):
        swap = tf.group(a.assign(reads[1]), b.assign(reads[0]))
    for i in range(RUNS):
        sess.run(swap)
        assert [np.max(x) for x in sess.run([a, b])] == [(i + 1) % 2, i % 2]


def test_a_scalar_variable_keeps_its_value_when_a_buffer_is_used_again(sess):
    x = tf.placeholder(tf.float32, [1])
    v, = made(sess, 0.0)
    double = x * 2.0
    with after(double):
        before = v.read_value()
    with after(before):
        update = v.assign(tf.squeeze(double))
    assert [sess.run([before, update.op], {x: [i]})[0] for i in range(RUNS)] == [0.0, 0.0, 2.0, 4.0, 6.0]


def test_an_update_by_views_of_the_variable_itself(sess):
    start = np.arange(9, dtype=np.float32).reshape(3, 3)
    v, large = made(sess, start, np.arange(40_000, dtype=np.float32))
    updates = [v.assign(tf.transpose(v) + 1.0), v.assign_add(tf.transpose(v)), large.assign(large + large[::-1])]
    wanted, wanted_large = start, np.arange(40_000, dtype=np.float32)
    for _ in range(RUNS):
        for update in updates:
            sess.run(update.op)
        wanted, wanted_large = wanted.T + 1.0, wanted_large + wanted_large[::-1]
        wanted = wanted + wanted.T
        np.testing.assert_array_equal(sess.run(v), wanted)
        np.testing.assert_array_equal(sess.run(large), wanted_large)


def test_a_large_variable_updated_by_a_constant(sess):
    step = np.arange(40_000, dtype=np.float32)
    v, = made(sess, full(40_000))
    update = v.assign_add(tf.constant(step))
    for _ in range(RUNS):
        sess.run(update.op)
    np.testing.assert_array_equal(sess.run(v), RUNS * step)


def test_values_loaded_between_runs(sess):
    v, = made(sess, full(3))
    update = v.assign_add(full(3, 1.0))
    for i in range(RUNS):
        sess.run(update.op)
        given = np.asfortranarray(full(3, 10.0 * i))
        v.load(given, sess)
        sess.run(update.op)
        assert sess.run(v).tolist() == [10 * i + 1] * 3 and given.tolist() == [10 * i] * 3
        given[:] = -1
        assert sess.run(v).tolist() == [10 * i + 1] * 3


def test_a_variable_changed_by_other_fetches(sess):
    x = tf.placeholder(tf.float32, [3, 2])
    v, = made(sess, np.zeros((3, 2), np.float32))
    double, product, add = v * 2.0, v.assign(x * x), v.assign_add(np.ones((3, 2), np.float32))
    for i in range(RUNS):
        for update, change in ((add, 1.0), (add, 1.0), (product, 0.0), (v.initializer, 0.0)):
            expected = (sess.run(v) + change if update is add else np.full((3, 2), i * i) if update is product
                        else np.zeros((3, 2)))
            sess.run(update.op if update is not v.initializer else update,
                     {x: np.asfortranarray(np.full((3, 2), i, np.float32))})
            np.testing.assert_array_equal(sess.run(double), 2.0 * expected)


def test_a_variable_whose_shape_changes(sess):
    x = tf.placeholder(tf.float32, None)
    v = tf.Variable(full(3), validate_shape=False)
    sess.run(v.initializer)
    update, double = tf.assign(v, x, validate_shape=False), v * 2.0
    for n in (3, 4, 4, 4, 2, 0, 4):
        sess.run(update.op, {x: full(n)})
        assert [sess.run(double).shape for _ in range(3)] == [(n,)] * 3


def test_updates_in_branches_and_loops(sess):
    v, = made(sess, full(3))
    p, one = tf.placeholder(tf.bool, []), full(3, 1.0)

    def body(i):
        with after(v.assign_add(one)):
            return i + 1
    before = v.read_value()
    with after(before):
        branch = tf.cond(p, lambda: v.assign_add(one), lambda: v.read_value())
    with after(branch):
        between = v.read_value()
    with after(between):
        loop = tf.while_loop(lambda i: i < 2, body, [0])
    with after(loop):
        end = v.read_value()
    state = 0
    for p_value in (True, False, False, True, True):
        found = [int(a[0]) for a in sess.run([before, branch, between, end], {p: p_value})]
        assert found == [state, state + p_value, state + p_value, state + p_value + 2]
        state = found[-1]


def test_variables_of_strings(sess):
    x, y = tf.placeholder(tf.string, []), tf.placeholder(tf.string, [2])
    scalar, vector = made(sess, "a", ["a", "b"])
    updates = [scalar.assign(x), vector.assign(y)]
    for i in range(RUNS):
        found = sess.run(updates, {x: str(i), y: ["x", str(i)]})
        assert found[0] == sess.run(scalar) == str(i).encode()
        assert found[1].tolist() == sess.run(vector).tolist() == [b"x", str(i).encode()]
        sess.run(scalar.initializer)
        assert sess.run(scalar) == b"a"


# Runs during which others run

def test_a_function_that_runs_the_session_changes_no_value_that_was_read(sess):
    v, = made(sess, full(3))
    update = v.assign_add(full(3, 1.0))
    for _ in range(RUNS):
        sess.run(update.op)         # writes in place from now on

    def call():
        sess.run(update.op)
        return np.float32(0.0)
    read = tf.cond(tf.placeholder_with_default(True, []), lambda: v.read_value(), lambda: v.read_value())
    outer = v.read_value()
    with after(read, outer):
        called = tf.py_func(call, [], tf.float32)
    with after(called):
        later, now = [read + 0.0, outer + 0.0], v.read_value()
    for i in range(RUNS, 2 * RUNS):
        assert [float(a[0]) for a in sess.run([read, *later, now])] == [i, i, i, i + 1]


def test_a_function_may_keep_and_change_what_it_gets_and_gives(sess):
    v, = made(sess, full(3))
    update, kept, given = v.assign_add(full(3, 1.0)), [], full(3)

    def call(array):
        kept.append(array)
        given[:] += 1.0
        return given
    called = tf.py_func(call, [v], tf.float32)
    found = []
    for _ in range(RUNS):
        found.append(sess.run(called))
        sess.run(update.op)
        kept[-1] += 100.0
    assert [a[0] for a in found] == [1, 2, 3, 4, 5] and [a[0] for a in kept] == [100, 101, 102, 103, 104]


def test_a_partial_run_keeps_what_it_has_read(sess):
    v, = made(sess, full(3))
    x, update, read = tf.placeholder(tf.float32, [3]), v.assign_add(full(3, 1.0)), v.read_value()
    total = read + x
    for i in range(RUNS):
        handle = sess.partial_run_setup([read, total], [x])
        assert sess.partial_run(handle, read).tolist() == [i] * 3
        sess.run(update.op)
        assert sess.partial_run(handle, total, {x: full(3)}).tolist() == [i] * 3
