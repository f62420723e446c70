"""Sessions in an installed TensorFlow, and clusters of its servers: `.ci/interop` runs these, the default tests do not.

MINIGRAPH_TENSORFLOW_PYTHON=/path/to/python python -m pytest tests/interop/engine_tests.py
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

import minigraph as tf
from minigraph.interop.tensorflow_process import tensorflow_process

pytestmark = pytest.mark.usefixtures("graph")
HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLE = os.path.join(HERE, "..", "..", "examples", "distributed.py")


def model(optimizer="Adam"):
    """Build a small network that `optimize_loss` trains; return what to feed and to run."""
    tf.set_random_seed(7)
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    y = tf.placeholder(tf.float32, [None, 1], name="y")
    with tf.variable_scope("net", initializer=tf.constant_initializer(np.linspace(-0.5, 0.5, 12))):
        hidden = tf.layers.dense(x, 4, tf.tanh)
    loss = tf.reduce_mean(tf.square(tf.layers.dense(hidden, 1, kernel_initializer=tf.ones_initializer()) - y))
    train_op = tf.contrib.layers.optimize_loss(
        loss, tf.train.get_or_create_global_step(), 0.05, optimizer, clip_gradients=1.0
    )
    return x, y, train_op


def batch(seed):
    """Return inputs and targets."""
    given = np.random.RandomState(seed).randn(16, 3).astype("f")
    return given, given.sum(1, keepdims=True) ** 2


@pytest.mark.parametrize("optimizer", ["SGD", "Momentum", "Adam", "RMSProp", "Adagrad", "Ftrl"])
def test_training_gives_the_values_of_numpy(optimizer):
    x, y, train_op = model(optimizer)
    init, found = tf.global_variables_initializer(), {}
    for target in ("", "tensorflow"):
        with tf.Session(target) as sess:
            sess.run(init)
            call = sess.make_callable(train_op, [x, y])
            losses = [sess.run(train_op, dict(zip((x, y), batch(i)))) if i % 2 else call(*batch(i)) for i in range(20)]
            found[target] = losses, sess.run(tf.global_variables())
    np.testing.assert_allclose(found[""][0], found["tensorflow"][0], rtol=1e-5)
    for ours, theirs in zip(found[""][1], found["tensorflow"][1]):
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)


def test_a_graph_that_grows_is_extended_and_not_sent_anew():
    x, y, train_op = model()
    with tf.Session("tensorflow") as sess:
        sess.run(tf.global_variables_initializer())
        before = sess._engine.exports
        for i in range(100):
            sess.run(train_op, dict(zip((x, y), batch(i))))
        assert sess._engine.exports == before
        more = tf.reduce_sum(tf.trainable_variables()[0]) * 2.0
        total = sess.run(more)
        assert sess._engine.exports == before + 1
        assert total == pytest.approx(2 * sess.run(tf.trainable_variables()[0]).sum(), abs=1e-5)


def test_a_node_that_comes_later_keeps_its_name_though_a_scope_has_it():
    inside = tf.constant(1.0, name="scope/inside")
    with tf.Session("tensorflow") as sess:
        assert sess.run(inside) == 1.0
        around = tf.identity(inside + 1.0, name="scope/")
        assert around.name == "scope:0" and sess.run(around) == 2.0


def test_all_dtypes_and_shapes_come_back():
    given = [
        np.arange(6, dtype=kind).reshape(2, 3)
        for kind in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "c8", "c16")
    ]
    given += [
        np.array(True),
        np.array([], "f"),
        np.zeros((0, 3), "i4"),
        np.array(3.5, "f"),
        np.array([b"a\0b\0", b""], object),
    ]
    holders = [tf.placeholder(v.dtype if v.dtype != object else tf.string, v.shape) for v in given]
    copies = [tf.identity(holder) for holder in holders] + [tf.constant("text")]
    with tf.Session("tensorflow") as sess:
        found = sess.run(copies, dict(zip(holders, given)))
    assert found.pop() == b"text"
    for value, expected in zip(found, given):
        assert np.shape(value) == expected.shape
        np.testing.assert_array_equal(value, expected)
        assert np.asarray(value).dtype == expected.dtype
    with tf.Session("tensorflow") as sess:  # memory that is not contiguous
        turned = tf.placeholder(tf.float64, [3, 2])
        np.testing.assert_array_equal(
            sess.run(turned + 0.0, {turned: np.arange(6.0).reshape(2, 3).T}), [[0, 3], [1, 4], [2, 5]]
        )


def test_what_is_fed_can_be_fetched_and_anything_twice():
    x = tf.placeholder(tf.float32, [], name="x")
    y = x + 1.0
    for target in ("", "tensorflow"):
        with tf.Session(target) as sess:
            assert sess.run(x, {x: 2.0}) == 2.0
            assert sess.run([x, y, y.op, x, y], {x: 2.0}) == [2.0, 3.0, None, 2.0, 3.0]
            assert sess.run([y, x], {x: 2.0, y: 7.0}) == [7.0, 2.0]
            assert sess.make_callable([y, x], [x])(3.0) == [4.0, 3.0]


def test_errors_name_the_line_and_the_node():
    a = tf.placeholder(tf.float32, [None, None])
    product = tf.matmul(a, a, name="product")
    v = tf.Variable(1.0, name="v")
    with tf.Session("tensorflow") as sess:
        with pytest.raises(tf.errors.InvalidArgumentError) as caught:
            sess.run(product, {a: np.ones((2, 3))})
        assert "product (made at engine_tests.py:" in str(caught.value) and caught.value.op is product.op
        with pytest.raises(tf.errors.FailedPreconditionError) as caught:
            sess.run(v)
        assert str(caught.value).startswith("Attempting to use uninitialized value v\n")
        assert "run it before this line" in str(caught.value) or "global_variables_initializer" in str(caught.value)
        with pytest.raises(tf.errors.InvalidArgumentError, match="You must feed a value for placeholder"):
            sess.run(product)
        assert sess.run(product, {a: [[2.0]]}) == [[4.0]]


def test_a_trace_has_the_steps_of_the_plan():
    x, y, train_op = model()
    with tf.Session("tensorflow") as sess:
        sess.run(tf.global_variables_initializer())
        recorded = tf.RunMetadata()
        options = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)
        sess.run(train_op, dict(zip((x, y), batch(0))), options=options, run_metadata=recorded)
    names = {step.op for step in recorded.trace.steps}
    assert len(names) > 50 and all(
        name in {op.name for op in tf.get_default_graph().get_operations()} for name in names
    )
    assert {"OptimizeLoss/train", "dense/MatMul"} & names


def test_a_python_function_stops_only_the_runs_that_need_it():
    v = tf.Variable(2.0)
    called = tf.py_func(lambda a: a, [v], tf.float32)
    with tf.Session("tensorflow") as sess:
        sess.run(v.initializer)
        with pytest.raises(tf.errors.UnimplementedError, match="leave it out, or run on numpy"):
            sess.run(called)
        assert sess.run(v) == 2.0
        with pytest.raises(tf.errors.UnimplementedError, match="Run it in one step"):
            sess.partial_run_setup([v], [])


def test_closing_ends_a_run_that_waits_and_a_run_may_have_a_limit():
    queue = tf.FIFOQueue(2, tf.float32, shapes=[[]])
    taken, ended = queue.dequeue(), []
    sess = tf.Session("tensorflow")
    with pytest.raises(tf.errors.DeadlineExceededError):
        sess.run(taken, options=tf.RunOptions(timeout_in_ms=200))
    sess.run(queue.enqueue(3.0))
    assert sess.run(taken) == 3.0

    def wait():
        with pytest.raises(tf.errors.CancelledError) as caught:
            sess.run(taken)
        ended.append(caught.value)

    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(0.5)
    assert sess.run(queue.size()) == 0  # a run that waits holds up no other
    sess.close()
    thread.join(10)
    assert ended


def test_a_process_that_is_killed_is_told_and_another_takes_its_place():
    v = tf.Variable(2.0)
    with tf.Session("tensorflow") as sess:
        sess.run(v.initializer)
        os.kill(tensorflow_process()._process.pid, signal.SIGKILL)
        with pytest.raises(tf.errors.UnavailableError, match="make a new session"):
            for _ in range(50):
                sess.run(v)
                time.sleep(0.1)
    with tf.Session("tensorflow") as sess:
        sess.run(v.initializer)
        assert sess.run(v) == 2.0


def test_ctrl_c_ends_a_run_that_waits():
    code = """
import os, signal, threading, time
import minigraph as tf
taken = tf.FIFOQueue(2, tf.float32).dequeue()
one = tf.constant(1.0)
with tf.Session("tensorflow") as sess:
    sess.run(one)
    def press():
        for _ in range(2):
            time.sleep(0.7)
            os.kill(os.getpid(), signal.SIGINT)
    threading.Thread(target=press).start()
    try:
        sess.run(taken)
    except KeyboardInterrupt:
        print("interrupted")
    time.sleep(1)
    print(sess.run(one))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == ["interrupted", "1.0"], done.stderr


def test_variables_go_to_a_checkpoint_and_to_the_other_engine(tmp_path):
    x, y, train_op = model()
    saver = tf.train.Saver()
    with tf.Session("tensorflow") as sess:
        sess.run(tf.global_variables_initializer())
        for i in range(3):
            sess.run(train_op, dict(zip((x, y), batch(i))))
        path = saver.save(sess, str(tmp_path / "model"), global_step=3)
        values, then = sess.run(tf.global_variables()), sess.run(train_op, dict(zip((x, y), batch(3))))
    for target in ("", "tensorflow"):
        with tf.Session(target) as sess:
            saver.restore(sess, path)
            for ours, theirs in zip(sess.run(tf.global_variables()), values):
                np.testing.assert_array_equal(ours, theirs)
            assert sess.run(train_op, dict(zip((x, y), batch(3)))) == pytest.approx(then, rel=1e-5)


def test_races_are_explored_from_the_values_that_tensorflow_has():
    v = tf.Variable(1.0, name="v")
    both = tf.group(v.assign_add(1.0, name="add"), tf.assign(v, v.read_value() * 2.0, name="double"))
    with tf.Session("tensorflow") as sess:
        sess.run(v.initializer)
        sess.run(v.assign(5.0))
        found = tf.explain.explore(both, session=sess)
    assert sorted(float(o.variables["v"]) for o in found.outcomes) == [10.0, 11.0, 12.0]


def test_gradients_built_after_a_loop_has_run_keep_the_variables():
    v = tf.Variable(2.0)
    power = tf.while_loop(lambda i, p: i < 3, lambda i, p: (i + 1, p * v), [0, 1.0])[1]
    with tf.Session("tensorflow") as sess:
        sess.run(v.initializer)
        sess.run(v.assign(3.0))
        assert sess.run(power) == 27.0
        (gradient,) = tf.gradients(power, v)
        assert sess.run(gradient) == 27.0


def test_monitored_training_restores_and_summaries_are_values(tmp_path):
    x, y, train_op = model()
    step = tf.train.get_global_step()
    for last in (3, 6):
        hooks = [tf.train.StopAtStepHook(last_step=last)]
        with tf.train.MonitoredTrainingSession("tensorflow", checkpoint_dir=str(tmp_path), hooks=hooks) as sess:
            while not sess.should_stop():
                now = sess.run([train_op, step], dict(zip((x, y), batch(1))))[1]
        assert now == last
    tf.summary.FileWriterCache.clear()


def test_variables_live_on_a_parameter_server_and_outlive_a_session():
    (worker,), (ps,) = tf.test.create_local_cluster(1, 1)
    with tf.device(tf.train.replica_device_setter(cluster=worker.cluster)):
        v = tf.Variable(1.0, name="v")
        more = v.assign_add(1.0)
    assert v.device == "/job:ps/task:0" and more.device == "/job:ps/task:0"
    with tf.Session(worker.target) as sess:
        assert sess.sess_str == worker.target.encode()
        assert {d.name.rpartition("/device")[0] for d in sess.list_devices()} >= {
            "/job:ps/replica:0/task:0",
            "/job:worker/replica:0/task:0",
        }
        sess.run(v.initializer)
        assert sess.run(more) == 2.0
    with tf.Session(ps.target) as sess:
        assert sess.run(more) == 3.0


def test_an_address_that_is_taken_is_named():
    with socket.create_server(("", 0)) as other:
        address = f"localhost:{other.getsockname()[1]}"
        with pytest.raises(tf.errors.UnknownError) as caught:
            tf.train.Server({"worker": [address]})
    assert f"The address of this task is {address}: Address already in use." in str(caught.value)


@pytest.mark.parametrize("arguments", [[], ["--sync", "--kill", "worker:1"], ["--kill", "ps:0"]], ids=str)
def test_the_example_trains_on_three_processes(arguments, tmp_path):
    steps = ["--steps", "450", "--out", str(tmp_path / "graph.svg")]
    done = subprocess.run(
        [sys.executable, EXAMPLE, *steps, *arguments], capture_output=True, text=True, timeout=300, cwd=tmp_path
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert float(done.stdout.split("test accuracy: ")[1].split()[0]) > 90, said
    assert "/job:ps" in (tmp_path / "graph.svg").read_text()
    if arguments:
        job, _, task = arguments[-1].partition(":")
        assert f"The task /job:{job}/task:{task} (127.0.0.1:" in said and "does not answer any more" in said, said
        assert "answers again" in said, said


def test_an_unmodified_script_runs_in_tensorflow_while_the_name_means_minigraph(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        """
import tensorflow as tf
from tensorflow.contrib.layers import optimize_loss

x = tf.placeholder(tf.float32, [None, 2])
loss = tf.reduce_mean(tf.square(tf.layers.dense(x, 1) - 1.0))
train = optimize_loss(loss, tf.train.get_or_create_global_step(), 0.1, "Adam")
with tf.Session(config=tf.ConfigProto(allow_soft_placement=True)) as sess, tf.device("/gpu:0"):
    sess.run(tf.global_variables_initializer())
    for _ in range(100):
        value = sess.run(train, {x: [[1.0, 0.0], [0.0, 1.0]]})
    print(tf.__version__, value < 1e-3, sess.list_devices()[0].device_type, sess.sess_str)
"""
    )
    command = [sys.executable, "-m", "minigraph", "run", "--engine", "tensorflow", str(script)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.stdout == "1.15.5 True CPU b'tensorflow'\n", done.stderr


def test_functions_of_datasets_run_there_and_go_to_a_file():
    scale = tf.constant(2.0)
    dataset = tf.data.Dataset.range(8).map(lambda i: tf.cast(i, tf.float32) * scale).filter(lambda x: x > 3.0)
    iterator = dataset.shuffle(4, seed=5).batch(3).make_initializable_iterator()
    batch, found = iterator.get_next(), {}
    for target in ("", "tensorflow"):
        with tf.Session(target) as sess:
            sess.run(iterator.initializer)
            found[target] = [sess.run(batch).tolist() for _ in range(2)]
            with pytest.raises(tf.errors.OutOfRangeError, match="End of sequence"):
                sess.run(batch)
    assert found[""] == found["tensorflow"]
    graph_def = tf.get_default_graph().as_graph_def()
    with tf.Graph().as_default(), tf.Session() as sess:
        tf.import_graph_def(graph_def, name="")
        sess.run(iterator.initializer.name)
        assert [sess.run(batch.name).tolist() for _ in range(2)] == found[""]


def by_key(dataset):
    """Return the elements of a dataset, in batches of even and odd ones."""
    return dataset.apply(tf.data.experimental.group_by_window(lambda x: x % 2, lambda key, window: window.batch(3), 3))


DATASETS = {
    "map": lambda d: d.map(lambda x: x * 2).filter(lambda x: tf.less(x, 9)),
    "parallel": lambda d: d.map(lambda x: tf.fill([x], x), num_parallel_calls=2).padded_batch(3, [None]),
    "cond": lambda d: d.map(lambda x: tf.cond(x > 1, lambda: x + 10, lambda: x)),
    "captured": lambda d: (lambda c: d.map(lambda x: x + c))(tf.constant(3, tf.int64)),
    "nested": lambda d: d.flat_map(lambda x: tf.data.Dataset.range(x).map(lambda y: x * y)),
    "interleave": lambda d: d.interleave(lambda x: tf.data.Dataset.from_tensors(x).repeat(2), 2),
    "scan": lambda d: d.apply(tf.data.experimental.scan(tf.constant(0, tf.int64), lambda s, x: (s + x, s * x))),
    "group": by_key,
    "zip": lambda d: tf.data.Dataset.zip((d, d.skip(1))).map(lambda a, b: a * b),
}


@pytest.mark.parametrize("kind", DATASETS)
def test_datasets_have_the_elements_that_they_have_on_numpy(kind):
    dataset = DATASETS[kind](tf.data.Dataset.range(6))
    one_shot, begun = dataset.make_one_shot_iterator(), dataset.make_initializable_iterator()
    elements = one_shot.get_next(), begun.get_next()
    found = {}
    for target in ("", "tensorflow"):
        with tf.Session(target) as sess:
            sess.run(begun.initializer)
            found[target] = [all_of(sess, element) for element in elements]
    assert found[""] == found["tensorflow"] and len(found[""][0]) > 1


def all_of(sess, element):
    """Return the values of an element until there are no more."""
    found = []
    with pytest.raises(tf.errors.OutOfRangeError):
        while True:
            found.append(np.asarray(sess.run(element)).tolist())
    return found


def test_what_a_function_of_a_dataset_does_besides_is_done():
    total = tf.get_variable("total", [], tf.int64, initializer=tf.zeros_initializer(), use_resource=True)

    def added(x):
        total.assign_add(x)
        return x

    iterator = tf.data.Dataset.range(5).map(added).make_initializable_iterator()
    element = iterator.get_next()
    with tf.Session("tensorflow") as sess:
        sess.run([total.initializer])
        sess.run(iterator.initializer)
        assert all_of(sess, element) == [0, 1, 2, 3, 4]
        assert sess.run(total) == 10


def test_what_stands_beside_a_node_that_tensorflow_has_renamed_is_found():
    with tf.name_scope("a"):
        inner = tf.constant(1.0, name="b")
    with tf.Session("tensorflow") as sess:
        assert sess.run(inner) == 1.0
        outer = tf.identity(inner, name="a/")  # TensorFlow calls it otherwise: "a" has begun another name
        assert sess.run(outer) == 1.0
        with tf.colocate_with(outer.op):
            beside = outer + 1.0
        assert sess.run(beside) == 2.0
