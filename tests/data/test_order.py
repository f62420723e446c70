"""Which elements come in which order: any chain of transformations beside plain Python."""

import itertools

import hypothesis
import numpy as np
from hypothesis import strategies as st

import minigraph as tf


def batches(items, size, whole):
    found = [items[i : i + size] for i in range(0, len(items), size)]
    return [tuple(each) for each in found if not whole or len(each) == size]


def in_turn(groups, cycle, block):
    """Return the items of groups, `block` of each in turn, `cycle` groups at a time."""
    waiting, slots, found = iter(groups), [None] * cycle, []
    at = taken = 0
    ended = False
    while not ended or any(slot is not None for slot in slots):
        if slots[at] is None:
            group = None if ended else next(waiting, None)
            ended = ended or group is None
            if group is None:
                at, taken = (at + 1) % cycle, 0
                continue
            slots[at] = list(group)
        if not slots[at]:
            slots[at] = None
            at, taken = (at + 1) % cycle, 0
            continue
        found.append(slots[at].pop(0))
        taken += 1
        if taken == block:
            at, taken = (at + 1) % cycle, 0
    return found


small = st.integers(0, 6)
positive = st.integers(1, 5)
STEPS = {
    "take": (st.tuples(st.integers(-1, 8)), lambda d, n: d.take(n), lambda x, n: x if n < 0 else x[:n]),
    "skip": (st.tuples(small), lambda d, n: d.skip(n), lambda x, n: x[n:]),
    "repeat": (st.tuples(st.integers(0, 3)), lambda d, n: d.repeat(n), lambda x, n: x * n),
    "shard": (st.tuples(st.integers(2, 4), st.integers(0, 1)), lambda d, n, i: d.shard(n, i), lambda x, n, i: x[i::n]),
    "map": (st.tuples(small), lambda d, n: d.map(lambda x: x * 2 + n), lambda x, n: [v * 2 + n for v in x]),
    "parallel_map": (
        st.tuples(positive),
        lambda d, n: d.map(lambda x: x + 1, num_parallel_calls=n),
        lambda x, n: [v + 1 for v in x],
    ),
    "filter": (
        st.tuples(positive),
        lambda d, n: d.filter(lambda x: x % n < 2),
        lambda x, n: [v for v in x if v % n < 2],
    ),
    "prefetch": (st.tuples(st.integers(-1, 3)), lambda d, n: d.prefetch(n), lambda x, n: x),
    "cache": (st.tuples(positive), lambda d, n: d.cache().repeat(n), lambda x, n: x * n),
    "unbatch": (
        st.tuples(positive, st.booleans()),
        lambda d, n, whole: d.batch(n, whole).apply(tf.data.experimental.unbatch()),
        lambda x, n, whole: [v for each in batches(x, n, whole) for v in each],
    ),
    "window": (
        st.tuples(positive, positive, positive, st.booleans()),
        lambda d, size, shift, stride, whole: d.window(size, shift, stride, whole).flat_map(lambda w: w),
        lambda x, size, shift, stride, whole: [
            v
            for i in range(0, len(x), shift)
            for window in [x[i::stride][:size]]
            if not whole or len(window) == size
            for v in window
        ],
    ),
    "flat_map": (
        st.tuples(small),
        lambda d, n: d.flat_map(lambda x: tf.data.Dataset.range(x, x + n)),
        lambda x, n: [w for v in x for w in range(v, v + n)],
    ),
    "interleave": (
        st.tuples(positive, positive, st.sampled_from([None, 2])),
        lambda d, c, b, calls: d.interleave(lambda x: tf.data.Dataset.range(x % 4), c, b, calls),
        lambda x, c, b, calls: in_turn([range(v % 4) for v in x], c, b),
    ),
    "concatenate": (st.tuples(small), lambda d, n: d.concatenate(d.take(n)), lambda x, n: x + x[:n]),
    "zip": (
        st.tuples(small),
        lambda d, n: tf.data.Dataset.zip((d, d.skip(n))).map(lambda a, b: a * 10 + b),
        lambda x, n: [a * 10 + b for a, b in zip(x, x[n:])],
    ),
    "enumerate": (
        st.tuples(small),
        lambda d, n: d.enumerate(n).map(lambda i, x: i * 100 + x),
        lambda x, n: [i * 100 + v for i, v in enumerate(x, n)],
    ),
    "unique": (st.tuples(), lambda d: d.apply(tf.data.experimental.unique()), lambda x: list(dict.fromkeys(x))),
}
steps = st.lists(
    st.sampled_from(sorted(STEPS)).flatmap(lambda name: st.tuples(st.just(name), STEPS[name][0])), max_size=4
)


def elements(dataset, limit=3000):
    """Return all elements of a dataset, from a new session."""
    element = dataset.make_one_shot_iterator().get_next()
    found = []
    with tf.Session() as sess:
        try:
            for _ in range(limit):
                found.append(sess.run(element))
        except tf.errors.OutOfRangeError:
            return found
    raise AssertionError("no end")


@hypothesis.given(st.integers(0, 9), steps)
@hypothesis.settings(max_examples=80)
def test_any_chain_is_that_of_lists(count, chain):
    with tf.Graph().as_default():
        dataset, expected = tf.data.Dataset.range(count), list(range(count))
        for name, arguments in chain:
            if len(expected) > 200:
                break
            dataset, expected = STEPS[name][1](dataset, *arguments), STEPS[name][2](expected, *arguments)
        hypothesis.assume(len(expected) <= 1000)
        found = elements(dataset.batch(1000))
        assert [int(x) for each in found for x in each] == expected


@hypothesis.given(st.integers(1, 30), st.integers(1, 40), st.integers(0, 2**40), st.booleans())
@hypothesis.settings(max_examples=30)
def test_a_shuffle_is_a_permutation_within_its_buffer(count, size, seed, anew):
    with tf.Graph().as_default():
        numbers = tf.data.Dataset.range(count).shuffle(size, seed, anew)
        found = elements(numbers.repeat(2).batch(count))
        for epoch in found:
            assert sorted(epoch) == list(range(count))
            assert all(value < place + size for place, value in enumerate(epoch))
        if not anew:
            assert np.array_equal(*found)
        again = elements(numbers.repeat(2).batch(count))
        assert all(np.array_equal(a, b) for a, b in zip(found, again))


def test_an_order_without_seeds_is_another_one_each_time():
    numbers = tf.data.Dataset.range(40).shuffle(40).batch(40)
    first, second = elements(numbers), elements(numbers)
    assert not np.array_equal(first, second)


def test_structures_keep_their_form():
    rows = {"b": (np.arange(3), [0.5, 1.5, 2.5]), "a": np.eye(3, dtype=np.float32)}
    dataset = tf.data.Dataset.from_tensor_slices(rows).batch(2)
    found = elements(dataset)
    assert [sorted(each) for each in found] == [["a", "b"]] * 2
    assert isinstance(found[0]["b"], tuple) and found[0]["a"].shape == (2, 3) and found[1]["b"][1].tolist() == [2.5]
    assert dataset.output_types == {"a": tf.float32, "b": (tf.int64, tf.float32)}
    assert list(itertools.chain(*[each["b"][0] for each in found])) == [0, 1, 2]
