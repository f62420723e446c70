"""Threads of datasets: they compute ahead, and end with the session, a new start or the end of the data."""

import gc
import threading
import time
from contextlib import nullcontext

import numpy as np
import pytest

import minigraph as tf


def alive():
    return [thread for thread in threading.enumerate() if thread.name.startswith("minigraph data")]


def all_have_ended(within=2.0):
    """Wait until no thread of a dataset is alive, at most two seconds."""
    gc.collect()
    end = time.monotonic() + within
    while alive() and time.monotonic() < end:
        time.sleep(0.005)
    return not alive()


AHEAD = {
    "prefetch": lambda numbers: numbers.prefetch(3),
    "prefetch_auto": lambda numbers: numbers.prefetch(None),
    "map": lambda numbers: numbers.map(lambda x: x, num_parallel_calls=3),
    "map_and_batch": lambda numbers: numbers.apply(tf.data.experimental.map_and_batch(lambda x: x, 1)).map(
        lambda x: x[0]
    ),
    "interleave": lambda numbers: numbers.interleave(
        lambda x: tf.data.Dataset.from_tensors(x), cycle_length=1, num_parallel_calls=2
    ),
    "nested": lambda numbers: numbers.flat_map(lambda x: tf.data.Dataset.from_tensors(x).prefetch(1)).prefetch(1),
}


@pytest.fixture(params=sorted(AHEAD))
def pipeline(request):
    return AHEAD[request.param]


def test_no_thread_runs_before_the_first_element(pipeline):
    iterator = pipeline(tf.data.Dataset.range(100).repeat()).make_initializable_iterator()
    with tf.Session() as sess:
        sess.run(iterator.initializer)
        assert not alive()


def test_threads_end_when_the_session_closes(pipeline):
    element = pipeline(tf.data.Dataset.range(100).repeat()).make_one_shot_iterator().get_next()
    with tf.Session() as sess:
        assert [sess.run(element) for _ in range(5)] == list(range(5))
    assert all_have_ended()


def test_threads_end_with_a_new_start(pipeline):
    iterator = pipeline(tf.data.Dataset.range(100).repeat()).make_initializable_iterator()
    element = iterator.get_next()
    with tf.Session() as sess:
        for _ in range(4):
            sess.run(iterator.initializer)
            assert sess.run(element) == 0
        sess.run(iterator.initializer)
        assert all_have_ended()


def test_threads_end_with_the_data(pipeline):
    element = pipeline(tf.data.Dataset.range(4)).make_one_shot_iterator().get_next()
    with tf.Session() as sess:
        assert [sess.run(element) for _ in range(4)] == [0, 1, 2, 3]
        for _ in range(2):
            with pytest.raises(tf.errors.OutOfRangeError, match="^End of sequence"):
                sess.run(element)
        assert all_have_ended()


def test_threads_end_with_a_forgotten_session():
    element = tf.data.Dataset.range(100).repeat().prefetch(3).make_one_shot_iterator().get_next()
    sess = tf.Session()
    sess.run(element)
    assert alive()
    del sess
    assert all_have_ended()


def test_threads_of_what_is_not_read_to_its_end_are_forgotten():
    numbers = tf.data.Dataset.range(50).flat_map(lambda x: tf.data.Dataset.range(100).repeat().prefetch(1).take(1))
    element = numbers.make_one_shot_iterator().get_next()
    with tf.Session() as sess:
        for _ in range(50):
            assert sess.run(element) == 0
        gc.collect()
        end = time.monotonic() + 2.0
        while len(alive()) > 2 and time.monotonic() < end:
            time.sleep(0.005)
        assert len(alive()) <= 2


def test_a_run_that_waits_is_cancelled_when_the_session_closes():
    gate = threading.Event()

    def slow():
        yield 1
        gate.wait(20.0)
        yield 2

    element = tf.data.Dataset.from_generator(slow, tf.int32, []).prefetch(2).make_one_shot_iterator().get_next()
    sess = tf.Session()
    sess.run(element)
    failures = []

    def run():
        try:
            sess.run(element)
        except Exception as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    while not alive():
        time.sleep(0.005)
    time.sleep(0.05)
    sess.close()
    thread.join(5.0)
    gate.set()
    assert not thread.is_alive()
    assert isinstance(failures[0], (tf.errors.CancelledError, RuntimeError))
    assert all_have_ended()


def test_runs_of_many_threads_share_the_elements():
    element = tf.data.Dataset.range(200).map(lambda x: x * 2, num_parallel_calls=2).make_one_shot_iterator().get_next()
    found, lock = [], threading.Lock()

    def take(sess):
        while True:
            try:
                value = sess.run(element)
            except tf.errors.OutOfRangeError:
                return
            with lock:
                found.append(value)

    with tf.Session() as sess:
        threads = [threading.Thread(target=take, args=(sess,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20.0)
    assert sorted(found) == list(range(0, 400, 2))


def test_an_error_in_a_thread_comes_in_its_place():
    numbers = tf.data.Dataset.range(1, 5).map(lambda x: 12 // (x - 3), num_parallel_calls=4).prefetch(2)
    element = numbers.make_one_shot_iterator().get_next()
    with tf.Session() as sess:
        assert [sess.run(element), sess.run(element)] == [-6, -12]
        with pytest.raises(tf.errors.InvalidArgumentError, match="^Integer division by zero"):
            sess.run(element)
        assert sess.run(element) == 12
        with pytest.raises(tf.errors.OutOfRangeError):
            sess.run(element)


@pytest.mark.parametrize("use_resource", [False, True])
def test_a_variable_in_a_function(use_resource):
    """A resource is read for each element, as in TensorFlow; memory is read when the iterator begins."""
    factor = tf.get_variable("factor", initializer=tf.constant(2, tf.int64), use_resource=use_resource)
    numbers = tf.data.Dataset.range(1, 1000).map(lambda x: x * factor)
    with pytest.warns(UserWarning, match="^tf.data static optimizations") if not use_resource else nullcontext():
        iterator = numbers.make_initializable_iterator()
    element, double = iterator.get_next(), factor.assign(factor * 2)
    with tf.Session() as sess:
        sess.run(factor.initializer)
        sess.run(iterator.initializer)
        assert sess.run(element) == 2
        sess.run(double)
        assert sess.run(element) == (8 if use_resource else 4)
        sess.run(iterator.initializer)
        assert sess.run(element) == 4


def test_elements_are_the_callers_own():
    rows = np.arange(6.0).reshape(3, 2)
    element = tf.data.Dataset.from_tensors(rows).repeat(2).make_one_shot_iterator().get_next()
    with tf.Session() as sess:
        first = sess.run(element)
        first[:] = -1.0
        assert np.array_equal(sess.run(element), rows)
