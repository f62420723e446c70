"""Iterators: their state in sessions, their initializers and handles; what a failing call leaves in the graph."""

import collections

import numpy as np
import pytest

import minigraph as tf

AGAIN = "make_initializable_iterator"


def test_each_session_has_its_own():
    element = tf.data.Dataset.range(5).make_one_shot_iterator().get_next()
    with tf.Session() as first, tf.Session() as second:
        assert [first.run(element), first.run(element), second.run(element), first.run(element)] == [0, 1, 0, 2]


def test_the_tensors_of_one_call_are_one_element():
    a, b = tf.data.Dataset.range(4).map(lambda x: (x, x * x)).make_one_shot_iterator().get_next()
    total = a + b
    with tf.Session() as sess:
        assert sess.run([a, b, total]) == [0, 0, 0]
        assert sess.run([total, b]) == [2, 1]
        assert sess.run(a) == 2


def test_two_calls_are_two_elements():
    iterator = tf.data.Dataset.range(4).make_one_shot_iterator()
    first, second = iterator.get_next(), iterator.get_next()
    with tf.Session() as sess:
        assert sorted(sess.run([first, second])) == [0, 1]
        assert sorted(sess.run([first, second])) == [2, 3]


def test_an_iterator_trains_a_model():
    x = np.linspace(-1.0, 1.0, 32).astype(np.float32)
    dataset = tf.data.Dataset.from_tensor_slices((x, 3.0 * x + 1.0)).shuffle(32, seed=1).repeat(40).batch(8)
    inputs, targets = dataset.make_one_shot_iterator().get_next()
    w, b = tf.get_variable("w", initializer=0.0), tf.get_variable("b", initializer=0.0)
    loss = tf.reduce_mean(tf.square(w * inputs + b - targets))
    train = tf.train.GradientDescentOptimizer(0.2).minimize(loss)
    steps = 0
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        with pytest.raises(tf.errors.OutOfRangeError):
            while True:
                sess.run(train)
                steps += 1
        assert steps == 160
        np.testing.assert_allclose(sess.run([w, b]), [3.0, 1.0], atol=1e-3)


def test_the_error_at_the_end_names_the_node():
    element = tf.data.Dataset.range(0).make_one_shot_iterator().get_next(name="fetch")
    with tf.Session() as sess, pytest.raises(tf.errors.OutOfRangeError) as caught:
        sess.run(element)
    assert caught.value.message.startswith("End of sequence") and "fetch" in caught.value.message
    assert caught.value.op.type == "IteratorGetNext" and caught.value.error_code == tf.errors.OUT_OF_RANGE


def test_a_handle_of_a_closed_session_is_refused():
    iterator = tf.data.Dataset.range(3).make_one_shot_iterator()
    given = tf.placeholder(tf.string, [])
    element = tf.data.Iterator.from_string_handle(given, tf.int64, []).get_next()
    with tf.Session() as sess:
        handle = sess.run(iterator.string_handle())
        assert sess.run(element, {given: handle}) == 0
    del sess
    with tf.Session() as other, pytest.raises(tf.errors.InvalidArgumentError):
        other.run(element, {given: b"nothing"})


@pytest.mark.parametrize("types, shapes", [(tf.float32, []), (tf.int64, [2])], ids=["type", "shape"])
def test_a_handle_of_other_elements_is_refused(types, shapes):
    iterator = tf.data.Dataset.range(3).make_one_shot_iterator()
    given = tf.placeholder(tf.string, [])
    element = tf.data.Iterator.from_string_handle(given, types, shapes).get_next()
    with tf.Session() as sess, pytest.raises(tf.errors.InvalidArgumentError, match="component 0"):
        sess.run(element, {given: sess.run(iterator.string_handle())})


def test_the_values_of_placeholders_stay_until_the_next_start():
    rows, size = tf.placeholder(tf.float32, [None]), tf.placeholder(tf.int64, [])
    iterator = tf.data.Dataset.from_tensor_slices(rows).batch(size).make_initializable_iterator()
    element = iterator.get_next()
    array = np.arange(5, dtype=np.float32)
    with tf.Session() as sess:
        sess.run(iterator.initializer, {rows: array, size: 2})
        array[:] = -1.0  # the caller's own again
        assert [sess.run(element).tolist() for _ in range(3)] == [[0.0, 1.0], [2.0, 3.0], [4.0]]


def test_a_one_shot_iterator_refuses_state():
    variable = tf.get_variable("limit", initializer=tf.constant(3, tf.int64))
    with pytest.raises(ValueError, match="^Failed to create a one-shot iterator for a dataset.") as caught:
        tf.data.Dataset.range(variable).make_one_shot_iterator()
    assert AGAIN in str(caught.value)
    with pytest.raises(ValueError, match="^Cannot capture a placeholder") as caught:
        tf.data.Dataset.range(tf.placeholder(tf.int64, [])).make_one_shot_iterator()
    assert AGAIN in str(caught.value)


FAILING = [
    lambda d: d.map(lambda x: object()),
    lambda d: d.flat_map(lambda x: x),
    lambda d: d.filter(lambda x: x),
    lambda d: d.padded_batch(2, [7]),
    lambda d: d.reduce(0, lambda state, x: x),
    lambda d: d.apply(tf.data.experimental.scan(0, lambda state, x: (x, x))),
    lambda d: d.apply(tf.data.experimental.group_by_window(lambda x: x, lambda key, group: key, 2)),
    lambda d: d.map(tf.random_uniform).make_one_shot_iterator(),
    lambda d: tf.data.experimental.make_csv_dataset("/no/such/*.csv", 3),
    lambda d: tf.data.Dataset.zip((d, 3)),
]


@pytest.mark.parametrize("call", FAILING)
def test_a_failing_call_adds_nothing(call):
    dataset = tf.data.Dataset.range(3)
    graph = tf.get_default_graph()
    before = [op.name for op in graph.get_operations()]
    with pytest.raises((TypeError, ValueError)):
        call(dataset)
    assert [op.name for op in graph.get_operations()] == before


def test_a_failing_concatenation_adds_nothing():
    numbers, texts = tf.data.Dataset.range(3), tf.data.Dataset.from_tensors("a")
    count = len(tf.get_default_graph().get_operations())
    with pytest.raises(TypeError, match="^Two datasets to concatenate have different types"):
        numbers.concatenate(texts)
    assert len(tf.get_default_graph().get_operations()) == count


def test_many_calls_of_get_next_are_noted():
    iterator = tf.data.Dataset.range(3).make_one_shot_iterator()
    with pytest.warns(UserWarning, match="^An unusually high number of `Iterator.get_next"):
        for _ in range(40):
            iterator.get_next()


def test_options_merge_and_contradict():
    options, other = tf.data.Options(), tf.data.Options()
    options.experimental_deterministic = True
    dataset = tf.data.Dataset.range(3).with_options(options).map(lambda x: x)
    assert dataset.options().experimental_deterministic is True
    other.experimental_deterministic = False
    with pytest.raises(ValueError, match="^Cannot merge incompatible values"):
        dataset.with_options(other)
    with pytest.raises(AttributeError, match="^Cannot set the property"):
        options.no_such_option = 1
    with pytest.raises(TypeError, match="must be of type"):
        options.experimental_deterministic = 3


def test_what_runs_without_a_result_runs():
    seen = []
    note = lambda x: seen.append(int(x)) or x  # noqa: E731

    def noted(x):
        tf.py_func(note, [x], tf.int64)
        return x

    element = tf.data.Dataset.range(3).map(noted).make_one_shot_iterator().get_next()
    with tf.Session() as sess:
        sess.run(element)
        sess.run(element)
    assert seen == [0, 1]


@pytest.mark.parametrize(
    "change", [lambda d: d, lambda d: d.cache(), lambda d: d.batch(1), lambda d: d.map(lambda x: x)]
)
def test_what_user_code_writes_stays_in_its_element(change):
    def write(x):
        x += 100.0
        return x

    rows = np.arange(6.0).reshape(3, 2)
    dataset = change(tf.data.Dataset.from_tensor_slices(rows)).map(lambda x: tf.py_func(write, [x], tf.float64))
    element = dataset.repeat(2).make_one_shot_iterator().get_next()
    with tf.Session() as sess:
        found = [sess.run(element).ravel()[0] for _ in range(6)]
    assert found == [100.0, 102.0, 104.0] * 2


def test_a_python_condition_in_a_function_is_refused():
    with pytest.raises(TypeError, match="Python `bool`") as caught:
        tf.data.Dataset.range(3).map(lambda x: x * 2 if x > 1 else x)
    assert "tf.cond" in str(caught.value)


def test_a_namedtuple_stays_one():
    pair = collections.namedtuple("Pair", "left right")
    dataset = tf.data.Dataset.from_tensor_slices(pair(np.arange(3), np.eye(3)))
    element = dataset.map(lambda each: pair(each.right, each.left)).make_one_shot_iterator().get_next()
    with tf.Session() as sess:
        found = sess.run(element)
    assert isinstance(found, pair) and found.left.tolist() == [1.0, 0.0, 0.0] and found.right == 0


def test_iterators_in_branches_and_loops():
    first, second = tf.data.Dataset.range(5), tf.data.Dataset.range(100, 105)
    iterators = [each.make_one_shot_iterator() for each in (first, second, first)]
    training = tf.placeholder_with_default(True, [])
    value = tf.cond(training, iterators[0].get_next, iterators[1].get_next)
    _, total = tf.while_loop(
        lambda i, s: i < 3,
        lambda i, s: (i + 1, s + iterators[2].get_next()),
        [tf.constant(0), tf.constant(0, tf.int64)],
    )
    with tf.Session() as sess:
        assert [sess.run(value), sess.run(value), sess.run(value, {training: False}), sess.run(value)] == [0, 1, 100, 2]
        assert sess.run(total) == 3
        with pytest.raises(tf.errors.OutOfRangeError):
            sess.run(total)


def test_a_monitored_session_stops_at_the_end():
    iterator = tf.data.Dataset.range(7).batch(3).make_initializable_iterator()
    tf.add_to_collection(tf.GraphKeys.TABLE_INITIALIZERS, iterator.initializer)
    batch, step = iterator.get_next(), tf.train.get_or_create_global_step()
    add, found = tf.assign_add(step, 1), []
    with tf.train.MonitoredTrainingSession() as sess:
        while not sess.should_stop():
            found.append(sess.run([batch, add])[0].tolist())
    assert found == [[0, 1, 2], [3, 4, 5], [6]]
