"""Arrays are nobody else's: what a run gives and takes shares no memory with what others hold."""

from __future__ import annotations

import collections

import numpy as np
import pytest
from running import RUNS, after, full, made

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")
SIZES = pytest.mark.parametrize("n", [3, 40_000], ids=["small", "in blocks"])


# What a run gives


@SIZES
def test_what_was_fetched_of_a_variable_no_later_run_changes(sess, n):
    (v,) = made(sess, full(n))
    read = v.read_value()
    with after(read):
        update = v.assign_add(full(n, 1.0))
    kept = [sess.run([v, read, update]) for _ in range(RUNS)]
    assert [[float(a[-1]) for a in one] for one in kept] == [[i + 1] * 3 for i in range(RUNS)]


@pytest.mark.parametrize(
    "again",
    [
        tf.identity,
        lambda y: y * 1.0,
        lambda y: y / 1.0,
        lambda y: tf.reshape(y, [3]),
        lambda y: tf.exp(y.op.inputs[0]),
        tf.stop_gradient,
        tf.transpose,
    ],
    ids=["identity", "times one", "by one", "reshape", "equal call", "stop_gradient", "transpose"],
)
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
    (v,) = made(sess, full(n))
    c = tf.constant(full(n, 2.0))
    for _ in range(RUNS):
        for array in sess.run([v, c, c + 0.0, v.read_value()]):
            array += 5.0
    assert sess.run([v, c])[0][-1] == 0.0 and sess.run(c)[-1] == 2.0


def test_fetched_views_of_a_variable(sess):
    (v,) = made(sess, np.zeros((2, 3), np.float32))
    copies = [tf.transpose(v), v[0], v[:, 1:], tf.squeeze(v[:1]), tf.unstack(v)[1], tf.split(v, 3, 1)[2], v[::-1]]
    views = [*copies, tf.reshape(v, [6]), tf.expand_dims(v, 0), v[:], tf.stack([v]), tf.cast(v, tf.float32)]
    with after(*views):
        update = v.assign_add(np.ones((2, 3), np.float32))
    for i in range(RUNS):
        *found, _ = sess.run([*views, update.op])
        for array in found:
            array += 100.0
        assert [float(array.min()) - 100.0 for array in found] == [i] * len(copies) + [i + 1] * 5


def test_fetched_views_of_a_feed(sess):
    x = tf.placeholder(tf.float32, [2, 3])
    views = [x, tf.identity(x), tf.transpose(x), tf.reshape(x, [6]), x[0], x[:, 1:], tf.matrix_diag_part(x)]
    fed = np.zeros((2, 3), np.float32)
    call = sess.make_callable(views, [x])
    for i in range(RUNS):
        for array in (*sess.run(views, {x: fed}), *call(fed)):
            array += 1.0
    assert not fed.any()


def test_dicts_of_fetches_keep_their_kinds_and_their_order(sess):
    x = tf.placeholder(tf.float32, [])
    y, z = x * 2.0, x * 3.0
    pair = collections.namedtuple("pair", "a b")
    for _ in range(RUNS):
        for fetches in (
            {"y": y, "z": z},
            {"z": z, "y": y},
            collections.OrderedDict(y=y, z=z),
            {"y": z, "z": y},
            {"y": (y, z)},
            {"y": pair(y, z)},
        ):
            found = sess.run(fetches, {x: 1.0})
            assert type(found) is type(fetches) and list(found) == list(fetches)
            for key, fetch in fetches.items():
                assert type(found[key]) is (np.float32 if isinstance(fetch, tf.Tensor) else type(fetch))
                assert found[key] == (2.0 if fetch is y else 3.0 if fetch is z else (2.0, 3.0))


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
    (v,) = made(sess, full(n))
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
    assert [float(array[-1]) for array in kept] == [2.0**i - 1.0 for i in range(RUNS + 1)]


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
    (v,) = made(sess, np.zeros((3, 4), np.float32))
    values = [x, x * 1.0, tf.matmul(x, x, transpose_b=True), tf.reshape(x, [-1]), tf.reduce_sum(x, 1), v.assign(x)]
    plain = np.repeat(np.arange(3, dtype=np.float32)[:, None], 4, axis=1) * (layout != "broadcast")
    expected = [plain, plain, plain @ plain.T, plain.reshape(-1), plain.sum(1), plain]
    for array in (plain, LAYOUTS[layout](plain), LAYOUTS[layout](plain), plain, LAYOUTS[layout](plain)):
        for found, wanted in zip(sess.run(values, {x: array}), expected):
            assert type(found) is np.ndarray and found.dtype.isnative and found.flags.writeable
            np.testing.assert_array_equal(found, wanted)


def test_sizes_that_change_from_run_to_run(sess):
    x = tf.placeholder(tf.float32, [None, 4])
    (w,) = made(sess, np.ones((4, 2), np.float32))
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
    values = [
        x * 1.0,
        x / 1.0,
        x + 0.0,
        1.0 * x,
        -x,
        x * 0.0,
        x - x,
        tf.abs(x),
        tf.nn.relu(x) * x,
        tf.maximum(x, 0.0),
        tf.reduce_max(x),
        tf.sign(x) + x,
        tf.sqrt(tf.abs(x) * x),
        tf.clip_by_value(x, -1.0, 1.0),
    ]
    fed = np.tile(np.array([np.nan, np.inf, -0.0, 1e-42, -np.inf], np.float32), 8000)
    first, *others = [[a.tobytes() for a in sess.run(values, {x: fed})] for _ in range(RUNS)]
    assert all(one == first for one in others)
