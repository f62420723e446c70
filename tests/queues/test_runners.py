"""Coordinators and queue runners: threads that fill queues, and that there are none left afterwards."""

import subprocess
import sys
import threading

import pytest

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")


def ended(threads):
    """Return True if the threads end within two seconds."""
    for thread in threads:
        thread.join(2)
    return not any(thread.is_alive() for thread in threads)


def pipeline():
    """Build a pipeline of three queues, each with a runner, that has no end."""
    x, y = tf.train.slice_input_producer([[1.0, 2.0, 3.0], [1, 2, 3]], seed=1)
    x, y = tf.train.batch([x, y], 2, num_threads=3)
    return tf.train.shuffle_batch([x, y], 2, capacity=20, min_after_dequeue=5, enqueue_many=True)


def test_no_thread_is_alive_after_a_stop():
    batch = pipeline()
    with tf.Session() as sess:
        coord = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(sess, coord)
        assert len(threads) == 8
        assert sess.run(batch)[0].shape == (2,)
        coord.request_stop()
        assert ended(threads)
        coord.join(threads)
    assert coord.joined


@pytest.mark.parametrize("has_coord", [True, False])
def test_no_thread_is_alive_after_the_session_is_closed(has_coord):
    batch = pipeline()
    coord = tf.train.Coordinator() if has_coord else None
    with tf.Session() as sess:
        threads = tf.train.start_queue_runners(coord=coord)
        sess.run(batch)
    assert ended(threads)


def test_the_end_of_the_input_goes_through_all_queues():
    x = tf.train.limit_epochs(tf.constant([1, 2, 3]), num_epochs=2)
    batch = tf.train.batch([x], 4, enqueue_many=True, allow_smaller_final_batch=True)
    found = []
    with tf.Session() as sess:
        sess.run(tf.local_variables_initializer())
        coord = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(sess, coord)
        with pytest.raises(tf.errors.OutOfRangeError, match=r"insufficient elements \(requested 4, current size 0\)"):
            while True:
                found.append(sess.run(batch).tolist())
        coord.request_stop()
        coord.join(threads)
    assert found == [[1, 2, 3, 1], [2, 3]]


def test_threads_count_epochs_together():
    """A count that two threads read at once would give some elements more often than asked for."""
    x = tf.train.limit_epochs(tf.constant([[1]]), num_epochs=300)
    batch = tf.train.batch([x], 300, num_threads=4, enqueue_many=True)
    rest = tf.train.batch([batch], 1, allow_smaller_final_batch=True)
    with tf.Session() as sess:
        sess.run(tf.local_variables_initializer())
        threads = tf.train.start_queue_runners(sess)
        assert sess.run(rest).shape == (1, 300, 1)
        with pytest.raises(tf.errors.OutOfRangeError, match=r"\(requested 1, current size 0\)"):
            sess.run(rest)
    assert ended(threads)


def test_an_error_of_a_thread_is_raised_by_join():
    queue = tf.FIFOQueue(5, tf.float32, shapes=[[2]])
    wrong = tf.placeholder_with_default([1.0, 2.0, 3.0], [None])
    tf.train.add_queue_runner(tf.train.QueueRunner(queue, [queue.enqueue(wrong)]))
    with tf.Session() as sess:
        coord = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(sess, coord)
        with pytest.raises(tf.errors.OutOfRangeError):  # the runner has closed it
            sess.run(queue.dequeue())
        with pytest.raises(tf.errors.InvalidArgumentError, match="^Shape mismatch in tuple component 0"):
            coord.join(threads)
        assert ended(threads)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_without_a_coordinator_is_kept():
    queue = tf.FIFOQueue(5, tf.float32, shapes=[[2]])
    runner = tf.train.QueueRunner(queue, [queue.enqueue(tf.placeholder_with_default([1.0], [None]))])
    with tf.Session() as sess:
        threads = runner.create_threads(sess, start=True)
        assert ended(threads)
    assert [type(error) for error in runner.exceptions_raised] == [tf.errors.InvalidArgumentError]


def test_threads_are_made_once_for_each_session():
    queue = tf.FIFOQueue(1, tf.int32, shapes=[[]])
    runner = tf.train.QueueRunner(queue, [queue.enqueue(1)] * 2)
    with tf.Session() as one, tf.Session() as other:
        threads = runner.create_threads(one, start=True)
        assert len(threads) == 2
        assert runner.create_threads(one) == []
        threads += runner.create_threads(other, start=True)
        assert len(threads) == 4
    assert ended(threads)


def test_runners_need_a_session():
    with pytest.raises(ValueError, match="^Cannot start queue runners: No default session is registered."):
        tf.train.start_queue_runners()
    with pytest.raises(TypeError, match="^sess must be a `tf.Session` object. Given class: <class 'int'>"):
        tf.train.start_queue_runners(3)


def test_a_coordinator_raises_what_it_was_given():
    coord = tf.train.Coordinator()
    with coord.stop_on_exception():
        raise ZeroDivisionError("never")
    assert coord.should_stop() and coord.wait_for_stop(0)
    with pytest.raises(ZeroDivisionError, match="never"):
        coord.join()
    coord.clear_stop()
    assert not coord.should_stop() and not coord.joined
    coord.request_stop(tf.errors.OutOfRangeError(None, None, "the end"))
    coord.join()
    coord.raise_requested_exception()
    coord.clear_stop()
    coord.request_stop("no exception")
    with pytest.raises(ValueError, match="^ex must be a tuple or sys.exc_info must return the current exception: no"):
        coord.join()


def test_a_coordinator_tells_of_threads_that_go_on():
    coord, end = tf.train.Coordinator(), threading.Event()
    thread = threading.Thread(target=end.wait, name="lasting")
    thread.start()
    coord.request_stop()
    with pytest.raises(RuntimeError, match="^Coordinator stopped with threads still running: lasting"):
        coord.join([thread], stop_grace_period_secs=0.01)
    coord.join([thread], stop_grace_period_secs=0.01, ignore_live_threads=True)
    end.set()
    thread.join()


def test_a_looper_thread():
    coord, calls = tf.train.Coordinator(), []

    def call(step):
        calls.append(step)
        if len(calls) == 3:
            raise tf.errors.OutOfRangeError(None, None, "the end")

    looper = tf.train.LooperThread.loop(coord, 0.001, call, args=(7,))
    coord.join()
    assert calls == [7, 7, 7] and not looper.is_alive()
    with pytest.raises(ValueError, match="^'coord' argument must be a Coordinator: 3"):
        tf.train.LooperThread(3, None)
    with pytest.raises(ValueError, match="^'args' and 'kwargs' argument require that you also pass 'target'"):
        tf.train.LooperThread(coord, None, args=(1,))


def test_the_classic_program(tmp_path):
    """Read lines, decode, shuffle, train: each row comes as often as there are epochs."""
    for part in range(2):
        lines = [f"{10 * part + i},{i / 2},{i % 2}\n" for i in range(10)]
        (tmp_path / f"part{part}.csv").write_text("number,half,parity\n" + "".join(lines))
    queue = tf.train.string_input_producer(tf.train.match_filenames_once(str(tmp_path / "*.csv")), num_epochs=2)
    key, line = tf.TextLineReader(skip_header_lines=1).read(queue)
    number, half, parity = tf.decode_csv(line, [[0], [0.0], [0]])
    batch = tf.train.shuffle_batch([number, half, parity], 5, capacity=30, min_after_dequeue=10, num_threads=2)
    loss = tf.reduce_mean(tf.square(tf.layers.dense(tf.expand_dims(batch[1], 1), 1)))
    train = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
    found = []
    with tf.Session() as sess:
        sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        coord = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(sess=sess, coord=coord)
        try:
            while not coord.should_stop():
                numbers, _ = sess.run([batch[0], train])
                found += numbers.tolist()
        except tf.errors.OutOfRangeError:
            pass
        finally:
            coord.request_stop()
        coord.join(threads)
    assert sorted(found) == sorted(2 * list(range(20)))


def test_wrong_batches_leave_nothing():
    number, vector = tf.constant(1), tf.placeholder(tf.float32, [None])
    unknown, graph = tf.placeholder(tf.float32), tf.get_default_graph()
    before = graph.get_operations()
    for call, kind, text in (
        (lambda: tf.train.batch([unknown], 2), ValueError, "^Cannot infer Tensor's rank: "),
        (lambda: tf.train.batch([vector], 2), ValueError, "^All shapes must be fully defined: "),
        (lambda: tf.train.batch([], 2), ValueError, r"^Expected at least one tensor in batch\(\)."),
        (lambda: tf.train.batch_join([], 2), ValueError, "^Expected at least one set of tensors"),
        (lambda: tf.train.batch_join([[number], [vector]], 2), TypeError, "^Expected types to be consistent: int32 vs"),
        (
            lambda: tf.train.maybe_batch([number], [True, False], 2),
            ValueError,
            "^`keep_input` cannot be a vector when `enqueue_many=False`.",
        ),
    ):
        with pytest.raises(kind, match=text):
            call()
    assert graph.get_operations() == before
    assert tf.get_collection(tf.GraphKeys.QUEUE_RUNNERS) == []


def test_what_is_kept():
    x = tf.train.slice_input_producer([[1, 2, 3, 4, 5, 6]], num_epochs=1, shuffle=False)[0]
    even = tf.train.maybe_batch([x], tf.equal(x % 2, 0), 3)
    with tf.Session() as sess:
        sess.run(tf.local_variables_initializer())
        threads = tf.train.start_queue_runners(sess)
        assert sess.run(even).tolist() == [2, 4, 6]
    assert ended(threads)


def test_a_process_ends_with_threads_in_it(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        "import minigraph as tf\n"
        "x = tf.train.batch(tf.train.slice_input_producer([[1, 2]], shuffle=False), 2)\n"
        "sess = tf.Session()\ntf.train.start_queue_runners(sess)\nprint(sess.run(x))\n"
    )
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("[1 2]\n", "")
