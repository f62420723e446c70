"""The value of a variable is its memory: what hands it on shows each write, what computed with it shows none."""

from __future__ import annotations

import numpy as np
import pytest
from running import RUNS, after, full, made

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")
SIZES = pytest.mark.parametrize("n", [3, 40_000], ids=["small", "in blocks"])


@SIZES
def test_two_read_before_and_after_an_update(sess, n):
    (v,) = made(sess, full(n))
    read = v.read_value()
    double = read * 2.0
    with after(double):
        update = v.assign_add(full(n, 1.0))
    with after(update):
        late = read + double
    for i in range(RUNS):
        assert [float(a[-1]) for a in sess.run([update, late])] == [i + 1, (i + 1) + 2 * i]


@SIZES
def test_reads_before_between_and_after_updates(sess, n):
    (v,) = made(sess, full(n))
    first = v.read_value()
    computed = first + 0.0
    with after(computed):
        add = v.assign_add(full(n, 1.0))
    with after(add):
        second = v.read_value()
    with after(second):
        assign = v.assign(second * 2.0 + computed)
    with after(assign):
        third = v.read_value()
    state = 0.0
    for i in range(RUNS):
        found = [float(a[-1]) for a in sess.run([first, second, third, computed])]
        assert found == [3 * state + 2] * 3 + [state]
        state = found[0]


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
    copies = [a + 0.0, b + 0.0]
    with after(*copies):
        swap = tf.group(a.assign(copies[1]), b.assign(copies[0]))
    for i in range(RUNS):
        sess.run(swap)
        assert [np.max(x) for x in sess.run([a, b])] == [(i + 1) % 2, i % 2]


@pytest.mark.parametrize("start", [0.0, [0.0]], ids=["scalar", "vector"])
def test_variables_cannot_be_swapped_through_their_memory(sess, start):
    a, b = made(sess, np.float32(start), np.float32(start) + 1)
    reads = [a.read_value(), b.read_value()]
    with after(*reads):
        first = a.assign(reads[1])
    with after(first):
        swap = b.assign(reads[0])
    for _ in range(RUNS):
        sess.run([a.initializer, b.initializer])
        sess.run(swap.op)
        assert [np.max(x) for x in sess.run([a, b])] == [1, 1]


def test_a_scalar_variable_does_not_keep_a_buffer_that_is_used_again(sess):
    x = tf.placeholder(tf.float32, [1])
    (v,) = made(sess, 0.0)
    double = x * 2.0
    with after(double):
        before = v + 0.0
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
    (v,) = made(sess, full(40_000))
    update = v.assign_add(tf.constant(step))
    for _ in range(RUNS):
        sess.run(update.op)
    np.testing.assert_array_equal(sess.run(v), RUNS * step)


def test_values_loaded_between_runs(sess):
    (v,) = made(sess, full(3))
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
    (v,) = made(sess, np.zeros((3, 2), np.float32))
    double, product, add = v * 2.0, v.assign(x * x), v.assign_add(np.ones((3, 2), np.float32))
    for i in range(RUNS):
        for update, change in ((add, 1.0), (add, 1.0), (product, 0.0), (v.initializer, 0.0)):
            expected = (
                sess.run(v) + change
                if update is add
                else np.full((3, 2), i * i)
                if update is product
                else np.zeros((3, 2))
            )
            sess.run(
                update.op if update is not v.initializer else update,
                {x: np.asfortranarray(np.full((3, 2), i, np.float32))},
            )
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
    (v,) = made(sess, full(3))
    p, one = tf.placeholder(tf.bool, []), full(3, 1.0)

    def body(i):
        with after(v.assign_add(one)):
            return i + 1

    before = v * 1.0
    with after(before):
        branch = tf.cond(p, lambda: v.assign_add(one), lambda: v.read_value())
    with after(branch):
        between = branch * 1.0
    with after(between):
        loop = tf.while_loop(lambda i: i < 2, body, [0])
    with after(loop):
        end = v.read_value()
    state = 0
    for p_value in (True, False, False, True, True):
        found = [int(a[0]) for a in sess.run([before, between, branch, end], {p: p_value})]
        assert found == [state, state + p_value, state + p_value + 2, state + p_value + 2]
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


def test_a_function_that_runs_the_session_writes_the_memory_that_was_read(sess):
    (v,) = made(sess, full(3))
    update = v.assign_add(full(3, 1.0))
    for _ in range(RUNS):
        sess.run(update.op)  # writes in place from now on

    def call():
        sess.run(update.op)
        return np.float32(0.0)

    read = tf.cond(tf.placeholder_with_default(True, []), lambda: v.read_value(), lambda: v.read_value())
    outer, computed = v.read_value(), v * 1.0
    with after(read, outer, computed):
        called = tf.py_func(call, [], tf.float32)
    with after(called):
        later, now = [read + 0.0, outer + 0.0], v.read_value()
    for i in range(RUNS, 2 * RUNS):
        assert [float(a[0]) for a in sess.run([computed, *later, read, now])] == [i, i + 1, i + 1, i + 1, i + 1]


def test_a_function_may_keep_and_change_what_it_gets_and_gives(sess):
    (v,) = made(sess, full(3))
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


def test_a_partial_run_keeps_the_memory_that_it_has_read(sess):
    (v,) = made(sess, full(3))
    x, update, read = tf.placeholder(tf.float32, [3]), v.assign_add(full(3, 1.0)), v.read_value()
    total = read + x
    for i in range(RUNS):
        handle = sess.partial_run_setup([read, total], [x])
        assert sess.partial_run(handle, read).tolist() == [i] * 3
        sess.run(update.op)
        assert sess.partial_run(handle, total, {x: full(3)}).tolist() == [i + 1] * 3


@pytest.mark.parametrize("start", [1.0, [1.0, 1.0]], ids=["scalar", "vector"])
def test_a_choice_by_one_boolean_hands_on_the_memory_of_what_it_chooses(sess, start):
    v, w = made(sess, np.float32(start), np.float32(start) + 4)
    flag = tf.placeholder(tf.bool, [])
    chosen = [tf.where(flag, v, w), tf.where(tf.constant(True), v, w), tf.where(flag, v, w * 1.0)]
    with after(*chosen):
        updates = [v.assign_add(np.float32(start) * 10), w.assign_add(np.float32(start) * 100)]
    with after(*updates):
        late = [np.float32(7) * x for x in chosen]
    for i in range(RUNS):  # recorded from TensorFlow 1.15.5
        sess.run(tf.global_variables_initializer())
        found = [np.max(x) for x in sess.run(late, {flag: i % 2 == 0})]
        assert found == ([77, 77, 77] if i % 2 == 0 else [735, 77, 35])


def test_a_choice_by_a_vector_of_booleans_computes(sess):
    v, w = made(sess, full(3, 1.0), full(3, 5.0))
    chosen = tf.where([True, True, True], v, w)
    with after(chosen):
        update = v.assign_add(full(3, 10.0))
    with after(update):
        late = chosen * 1.0
    for i in range(RUNS):
        assert sess.run(late).tolist() == [10 * i + 1] * 3


def test_the_only_element_of_a_variable_is_its_memory(sess):
    (v,) = made(sess, full(1, 1.0))
    parts = [v[0], tf.expand_dims(tf.expand_dims(v, 0), 0)[0, 0, 0], v[-1]]
    with after(*parts):
        update = v.assign_add([10.0])
    with after(update):
        late = [part * 1.0 for part in parts]
    for i in range(RUNS):  # recorded from TensorFlow 1.15.5
        assert sess.run(late) == [10 * i + 11] * 3


@pytest.mark.parametrize(
    "run",
    [
        lambda sess, f, feeds: sess.run(f, feeds),
        lambda sess, f, feeds: sess.make_callable(f, [*feeds])(*feeds.values()),
        lambda sess, f, feeds: sess.partial_run(sess.partial_run_setup(f, [*feeds]), f, feeds),
    ],
    ids=["run", "callable", "partial"],
)
def test_what_is_fed_for_a_variable_cannot_be_written(sess, run):
    (v,) = made(sess, full(2, 1.0))
    flag = tf.placeholder(tf.bool, [], name="flag")
    add = v.assign_add([1.0, 1.0], name="Add")
    branch = tf.cond(flag, lambda: v.assign_add([1.0, 1.0]), lambda: v * 1.0)
    for fetch, node in [
        ([add], "Add"),
        ([v * 1.0, add], "Add"),
        ([tf.assign(add, v + 1.0, name="Next")], "Add"),
        ([tf.is_variable_initialized(v)], "IsVariableInitialized"),
        ([branch], "cond"),
    ]:
        with pytest.raises(tf.errors.InvalidArgumentError) as told:  # in the words of TensorFlow 1.15.5
            run(sess, fetch, {v: full(2, 5.0), flag: True})
        first = str(told.value).partition("\n")[0].replace("Input 1 of node cond was", "Input 0 of node cond was")
        assert first == (
            f"Input 0 of node {node} was passed float from _arg_Variable_0_0:0 incompatible with expected float_ref."
        )
        assert ".load(value, sess)" in str(told.value)
    for _ in range(RUNS):
        assert run(sess, [v * 2.0], {v: full(2, 5.0)})[0].tolist() == [10, 10]
        assert sess.run(v).tolist() == [1, 1]
