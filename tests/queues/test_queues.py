"""Queues under threads: who waits, who goes on, and what ends a wait."""

import os
import subprocess
import sys
import threading

import numpy as np
import pytest

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")
posix = pytest.mark.skipif(os.name != "posix", reason="a process cannot send itself SIGINT there")


@pytest.fixture
def sess():
    with tf.Session() as session:
        yield session


class Waiting:
    """A run in a thread of its own; `result` returns its value, or raises what it raised."""

    def __init__(self, sess, fetch, **options):
        self._found, self._error = None, None
        self._thread = threading.Thread(target=self._run, args=(sess, fetch, options))
        self._thread.start()

    def _run(self, sess, fetch, options):
        try:
            self._found = sess.run(fetch, **options)
        except Exception as error:
            self._error = error

    def waits(self):
        """Return True once the run is known to wait in a queue."""
        self._thread.join(0.2)
        return self._thread.is_alive()

    def result(self):
        self._thread.join(10)
        assert not self._thread.is_alive()
        if self._error is not None:
            raise self._error
        return self._found


def integers(capacity=10, **options):
    return tf.FIFOQueue(capacity, tf.int32, shapes=[[]], **options)


def test_other_runs_go_on_while_one_waits(sess):
    queue, v = integers(), tf.Variable(1.0)
    sess.run(v.initializer)
    taken = queue.dequeue() + 1
    waiting = Waiting(sess, taken)
    assert waiting.waits()
    assert sess.run(v.assign_add(1.0)) == 2.0
    sess.run(queue.enqueue(7))
    assert waiting.result() == 8


def test_a_step_that_takes_a_batch_and_updates_variables_lets_others_update(sess):
    queue, v = integers(), tf.Variable(0.0)
    sess.run(v.initializer)
    step = v.assign_add(tf.cast(queue.dequeue(), tf.float32))
    put, other = queue.enqueue(1), v.assign_add(100.0).op
    fills = threading.Thread(target=lambda: [sess.run([put, other]) for _ in range(50)])
    fills.start()
    for _ in range(50):
        sess.run(step.op)
    fills.join()
    assert sess.run(v) == 5050.0


def test_a_full_queue_makes_a_run_wait(sess):
    queue = integers(2)
    sess.run(queue.enqueue_many([[1, 2]]))
    waiting = Waiting(sess, queue.enqueue_many([[3, 4, 5]]))
    assert waiting.waits()
    assert sess.run(queue.dequeue_many(5)).tolist() == [1, 2, 3, 4, 5]
    waiting.result()


def test_requests_are_served_in_their_order(sess):
    queue = integers()
    take_many, take = queue.dequeue_many(3), queue.dequeue()
    first = Waiting(sess, take_many)
    assert first.waits()
    second = Waiting(sess, take)
    assert second.waits()
    sess.run(queue.enqueue_many([[1, 2]]))
    assert second.waits()
    sess.run(queue.enqueue_many([[3, 4]]))
    assert first.result().tolist() == [1, 2, 3]
    assert second.result() == 4


def test_the_end_of_a_wait_gives_back_what_it_had(sess):
    queue = integers()
    sess.run(queue.enqueue_many([[1, 2]]))
    with pytest.raises(tf.errors.DeadlineExceededError, match="^Timed out waiting for notification"):
        sess.run(queue.dequeue_many(3), options=tf.RunOptions(timeout_in_ms=100))
    assert sess.run(queue.dequeue_many(2)).tolist() == [1, 2]


def test_closing_waits_for_what_is_being_put(sess):
    queue = integers(1)
    put, take = queue.enqueue_many([[1, 2, 3]]), queue.dequeue()
    filling = Waiting(sess, put)
    assert filling.waits()
    closing = Waiting(sess, queue.close())
    assert closing.waits()
    assert [sess.run(take) for _ in range(3)] == [1, 2, 3]
    filling.result(), closing.result()
    with pytest.raises(tf.errors.OutOfRangeError, match=r"is closed and has insufficient elements \(requested 1, curr"):
        sess.run(take)
    with pytest.raises(tf.errors.CancelledError, match="^FIFOQueue '_[0-9]+_fifo_queue' is closed."):
        sess.run(put)
    with pytest.raises(tf.errors.CancelledError, match="^Queue '_[0-9]+_fifo_queue' is already closed."):
        sess.run(queue.close())


def test_closing_cancels_what_is_being_put(sess):
    queue = integers(1)
    filling = Waiting(sess, queue.enqueue_many([[1, 2, 3]]))
    assert filling.waits()
    sess.run(queue.close(cancel_pending_enqueues=True))
    with pytest.raises(tf.errors.CancelledError, match="^Enqueue operation was cancelled"):
        filling.result()
    assert sess.run(queue.dequeue_up_to(3)).tolist() == [1]


def test_closing_ends_the_wait_for_more(sess):
    queue = integers()
    waiting, up_to = Waiting(sess, queue.dequeue_many(3)), None
    assert waiting.waits()
    sess.run(queue.enqueue_many([[1, 2]]))
    up_to = Waiting(sess, queue.dequeue_up_to(3))
    assert up_to.waits()
    sess.run(queue.close())
    with pytest.raises(tf.errors.OutOfRangeError, match=r"\(requested 1, current size 0\)"):
        waiting.result()
    assert up_to.result().tolist() == [1, 2]


@pytest.mark.parametrize("take", [True, False], ids=["dequeue", "enqueue"])
def test_closing_the_session_ends_waits(take):
    sess, queue = tf.Session(), integers(0)
    waiting = Waiting(sess, queue.dequeue() if take else queue.enqueue(1))
    assert waiting.waits()
    sess.close()
    with pytest.raises(tf.errors.CancelledError):
        waiting.result()


def test_a_queue_of_a_closed_session_ends_later_waits():
    sess, queue = tf.Session(), integers()
    take = sess.make_callable(queue.dequeue())
    sess.run(queue.enqueue(1))
    assert take() == 1
    state = sess._state[queue.queue_ref.op]
    sess.close()
    with pytest.raises(tf.errors.CancelledError, match="^Dequeue operation was cancelled"):
        state.dequeue()


def test_the_time_limit_of_a_session_ends_waits():
    with tf.Session(config=tf.ConfigProto(operation_timeout_in_ms=100)) as sess:
        with pytest.raises(tf.errors.DeadlineExceededError):
            sess.run(integers().dequeue())


@posix
def test_ctrl_c_ends_a_wait():
    text = (
        "import os, signal, threading, minigraph as tf\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "queue, sess = tf.FIFOQueue(1, tf.int32, shapes=[[]]), tf.Session()\n"
        "take = queue.dequeue()\n"
        "threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "try:\n    sess.run(take)\nexcept KeyboardInterrupt:\n    print('ended')\n"
        "sess.run(queue.enqueue(3))\nprint(sess.run(take))\n"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, timeout=60)
    assert (done.stdout.split(), done.stderr) == (["ended", "3"], "")


def test_sessions_have_queues_of_their_own():
    queue = integers()
    put, take = queue.enqueue(1), queue.size()
    with tf.Session() as one, tf.Session() as other:
        one.run(put)
        assert (one.run(take), other.run(take)) == (1, 0)


def test_an_element_is_a_copy(sess):
    v = tf.Variable([1.0, 2.0])
    queue = tf.FIFOQueue(5, tf.float32, shapes=[[2]])
    fed = tf.placeholder(tf.float32, [2])
    sess.run(v.initializer)
    given = np.array([5.0, 6.0], np.float32)
    sess.run([queue.enqueue(v), queue.enqueue(fed)], {fed: given})
    given[:] = 0.0
    sess.run(v.assign([0.0, 0.0]))
    assert sorted(sess.run(queue.dequeue_many(2)).tolist()) == [[1.0, 2.0], [5.0, 6.0]]


def test_a_queue_in_a_branch(sess):
    queue, which = integers(), tf.placeholder(tf.bool, [])
    taken = tf.cond(which, queue.dequeue, lambda: tf.constant(-1))
    sess.run(queue.enqueue_many([[5, 6]]))
    assert [sess.run(taken, {which: w}) for w in (True, False, True)] == [5, -1, 6]
    waiting = Waiting(sess, taken, feed_dict={which: True})
    assert waiting.waits()
    sess.run(queue.enqueue(7))
    assert waiting.result() == 7


def test_a_trace_of_a_run_with_a_queue(sess):
    queue, metadata = integers(), tf.RunMetadata()
    sess.run(queue.enqueue(7))
    options = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)
    assert sess.run(queue.dequeue() + 1, options=options, run_metadata=metadata) == 8
    assert "fifo_queue_Dequeue" in str(metadata.trace)


@pytest.mark.parametrize("kind", ["FIFOQueue", "RandomShuffleQueue"])
def test_exploring_the_orders_of_a_run_takes_nothing(sess, kind):
    options = {} if kind == "FIFOQueue" else {"min_after_dequeue": 0, "seed": 2}
    queue, v = getattr(tf, kind)(10, dtypes=tf.float32, shapes=[[]], **options), tf.Variable(0.0, name="v")
    put = queue.enqueue_many([[2.0, 3.0, 5.0, 7.0]])
    taken = queue.dequeue()
    step = [v.assign_add(taken), v.assign(v.read_value() * 10.0 + 1.0)]
    sess.run([v.initializer, put])
    first = sess.run(taken)
    found = tf.explain.explore(step, session=sess)
    second = sess.run(taken)
    assert {float(each.variables["v"]) for each in found.outcomes} == {1.0, second + 1.0, 10.0 * second + 1.0}
    assert sess.run(queue.size()) == 2 and first != second


def test_a_failed_call_leaves_nothing():
    queue = tf.FIFOQueue(3, [tf.float32, tf.int32], shapes=[[2], []])
    before = tf.get_default_graph().get_operations()
    for vals, text in (
        ([[1.0, 2.0, 3.0], 3], r"^Shapes \(3,\) and \(2,\) are incompatible"),
        ({"a": 1}, "^Queue must have names to enqueue a dictionary"),
    ):
        with pytest.raises(ValueError, match=text):
            queue.enqueue(vals)
    with pytest.raises(ValueError, match="^Dimensions 1 and 2 are not compatible"):
        queue.enqueue_many([[[1.0, 2.0]], [1, 2]])
    with pytest.raises(ValueError, match="^Input 'n' must be >= 0, but is -1 for 'fifo_queue_DequeueMany'"):
        queue.dequeue_many(-1)
    assert tf.get_default_graph().get_operations() == before


def test_what_a_run_says_of_wrong_queues(sess):
    with pytest.raises(tf.errors.InvalidArgumentError, match="^min_after_dequeue 5 must be < capacity 3"):
        sess.run(tf.RandomShuffleQueue(3, 5, tf.int32).size())
    with pytest.raises(
        tf.errors.InvalidArgumentError, match="^FIFOQueue's DequeueMany and DequeueUpTo require the comp"
    ):
        sess.run(tf.FIFOQueue(3, tf.int32).dequeue_many(2))


def test_interrupting_nothing_costs_no_elements(sess):
    """Threads that put and threads that take, with deadlines that end some waits: each element comes out once."""
    queue, count = integers(3), 200
    value = tf.placeholder(tf.int32, [])
    put, take = queue.enqueue(value), queue.dequeue_many(2)
    found, lock = [], threading.Lock()

    def puts(start):
        for i in range(start, count, 2):
            sess.run(put, {value: i})

    def takes():
        while len(found) < count:
            try:
                pair = sess.run(take, options=tf.RunOptions(timeout_in_ms=60))
            except tf.errors.DeadlineExceededError:
                continue
            with lock:
                found.extend(pair.tolist())

    threads = [threading.Thread(target=puts, args=(i,)) for i in range(2)]
    threads += [threading.Thread(target=takes) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(found) == list(range(count))


# A run in two stages


def training(queue):
    """Build a model, and a training step that takes a batch of a queue."""
    x, y = queue.dequeue_many(4)
    loss = tf.reduce_mean(tf.square(tf.layers.dense(x, 1, name="dense") - y))
    return loss, tf.train.AdamOptimizer(0.1).minimize(loss)


def test_a_step_with_a_queue_gives_what_a_step_with_feeds_gives():
    queue = tf.FIFOQueue(100, [tf.float32, tf.float32], shapes=[[3], [1]])
    x, y = (np.random.RandomState(i).rand(20, n).astype(np.float32) for i, n in enumerate((3, 1)))
    tf.set_random_seed(1)
    loss, train = training(queue)
    put, takes = queue.enqueue_many([x, y]), loss.op.graph.get_tensor_by_name("fifo_queue_DequeueMany:0")
    labels = takes.op.outputs[1]
    found = []
    initialize, variables = tf.global_variables_initializer(), tf.trainable_variables()
    for has_queue in (True, False):
        with tf.Session() as session:
            session.run([initialize, put])
            for i in range(5):
                batch = {} if has_queue else {takes: x[4 * i : 4 * i + 4], labels: y[4 * i : 4 * i + 4]}
                found.append(session.run([loss, train], batch)[0])
            found += session.run(variables)
    for one, other in zip(found[: len(found) // 2], found[len(found) // 2 :]):
        np.testing.assert_array_equal(one, other)


def test_a_step_with_a_queue_is_recorded(sess):
    queue = tf.FIFOQueue(100, [tf.float32, tf.float32], shapes=[[3], [1]])
    loss, train = training(queue)
    put = queue.enqueue_many([np.ones((40, 3)), np.ones((40, 1))])
    sess.run(tf.global_variables_initializer())
    sess.run(put)
    for _ in range(3):
        sess.run([train, loss])
    assert [list(p.recorded) for p in sess._programs.values() if p.recorded] == [[((4, 3), (4, 1))]]


@pytest.mark.parametrize("case", ["early write", "read before", "waits for an early one", "a fetch", "user code"])
def test_what_does_not_fit_into_two_stages_keeps_its_order(sess, case):
    queue, v = integers(), tf.Variable(5, name="v")
    put = queue.enqueue_many([[1, 2, 3]])
    sess.run([v.initializer, put])
    if case == "early write":  # made before the dequeue, so it is done before, even if that fails
        add = v.assign_add(1)
        fetches = [add, queue.dequeue() * 2]
        assert sess.run(fetches) == [6, 2]
        sess.run(queue.close(cancel_pending_enqueues=True))
        sess.run(queue.dequeue_many(2))
        with pytest.raises(tf.errors.OutOfRangeError):
            sess.run(fetches)
        assert sess.run(v) == 7
    elif case == "read before":
        taken = queue.dequeue_many(tf.identity(v) - 3)
        assert sess.run([v.assign_add(1), taken + 1])[1].tolist() == [2, 3]
    elif case == "waits for an early one":
        taken = queue.dequeue()
        with tf.control_dependencies([taken]):
            size = tf.identity(v) + 1
        assert sess.run([size, taken + 1, queue.size()])[:2] == [6, 2]
        assert sess.run(queue.size()) == 2
    elif case == "a fetch":
        taken = queue.dequeue()
        assert sess.run([taken.op, taken + 1]) == [None, 2]
        assert sess.run(queue.size()) == 2
    else:
        order = []
        first = tf.py_func(lambda: order.append("first"), [], [])
        taken = queue.dequeue()
        second = tf.py_func(lambda a: order.append(int(a)), [taken], [])
        sess.run([second, first, taken + 1])
        assert order == ["first", 1]


def test_an_error_names_the_operation_of_its_stage(sess):
    queue = integers()
    sess.run(queue.enqueue_many([[1, -1, 5]]))
    taken = queue.dequeue()
    late = tf.gather([7, 8], taken, name="late") + 0
    assert sess.run(late) == 8
    for _ in range(2):
        with pytest.raises(tf.errors.InvalidArgumentError) as raised:
            sess.run(late)
        assert raised.value.op.name == "late"
    sess.run(queue.close())
    with pytest.raises(tf.errors.OutOfRangeError) as raised:
        sess.run(late)
    assert raised.value.op is taken.op


def test_scalars_beside_what_is_padded():
    queue = tf.PaddingFIFOQueue(4, [tf.int64, tf.string, tf.int32], shapes=[[], [], [None]])
    put = [queue.enqueue([7 + i, "abc"[i], list(range(i + 1))]) for i in range(2)]
    with tf.Session() as sess:
        for each in put:
            sess.run(each)
        numbers, texts, rows = sess.run(queue.dequeue_many(2))
    assert numbers.tolist() == [7, 8] and texts.tolist() == [b"a", b"b"] and rows.tolist() == [[0, 0], [0, 1]]
