"""`explain.lint`: for each rule a program that it finds something in, and a twin in which it must not."""

import contextlib
import io
import os
import pathlib
import runpy
import sys

import numpy as np
import pytest

import minigraph as tf
from minigraph import explain
from minigraph.explain.watching import lint_watched, watched
from minigraph.graph.observe import observing

ROOT = pathlib.Path(__file__).resolve().parents[2]
SGD = tf.train.GradientDescentOptimizer


def linted(build, *args):
    """Return the report on what a function builds in a new graph and returns to be fetched."""
    with tf.Graph().as_default():
        return explain.lint(build(*args))


def weight(value=3.0, **options):
    return tf.Variable(value, name="w", **options)


# UPDATE_OPS


def batch_norm(attach):
    x = tf.placeholder(tf.float32, [None, 4])
    h = tf.layers.batch_normalization(tf.layers.dense(x, 3), training=True)
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS) if attach else []):
        return SGD(0.1).minimize(tf.reduce_mean(tf.square(h)))


def batch_norm_in_a_branch(attach):
    h = tf.layers.dense(tf.placeholder(tf.float32, [None, 4]), 3)

    def normalized():
        y = tf.layers.batch_normalization(h, training=True)
        with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS) if attach else []):
            return tf.identity(y)

    return SGD(0.1).minimize(tf.reduce_mean(tf.square(tf.cond(tf.placeholder(tf.bool, []), normalized, lambda: h))))


def test_update_ops_in_a_branch():
    """The advice for the layer outside of a branch would be an error here: no other graph may wait for a body's."""
    (finding,) = [f for f in linted(batch_norm_in_a_branch, False).findings if f.code == "update-ops"]
    assert finding.message.startswith("2 of 2 UPDATE_OPS do not run with the train op")
    assert finding.advice.endswith("in the function of the branch or loop return its results inside.")
    with tf.Graph().as_default():
        train = batch_norm_in_a_branch(True)
        assert explain.lint(train).codes == []
        assert len(explain.describe(train).update_ops) == len(explain.needs(train).update_ops) == 2


def test_update_ops():
    (finding,) = linted(batch_norm, False)
    assert finding.code == "update-ops" and "2 of 2 UPDATE_OPS do not run with the train op" in finding.message
    assert "batch_normalization/AssignMovingAvg" in finding.message
    assert linted(batch_norm, True).codes == []


def test_update_ops_that_optimize_loss_runs_or_that_are_fetched_too():
    def build():
        x = tf.placeholder(tf.float32, [None, 4])
        loss = tf.reduce_mean(tf.square(tf.layers.batch_normalization(x, training=True)))
        train = SGD(0.1).minimize(loss)
        return [train, tf.get_collection(tf.GraphKeys.UPDATE_OPS)]

    assert linted(build).codes == []
    assert (
        linted(
            lambda: tf.contrib.layers.optimize_loss(
                tf.reduce_mean(tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 4]), training=True)),
                tf.train.create_global_step(),
                0.1,
                "SGD",
            )
        ).codes
        == []
    )


def gan(attach):
    """Two networks, each with batch normalization; the discriminator's step need not run the generator's updates."""
    z, real = tf.placeholder(tf.float32, [None, 2]), tf.placeholder(tf.float32, [None, 4])
    with tf.variable_scope("g"):
        fake = tf.layers.dense(tf.layers.batch_normalization(tf.layers.dense(z, 4), training=True), 4)
    of_g = tf.get_collection(tf.GraphKeys.UPDATE_OPS)

    def critic(x, reuse):
        with tf.variable_scope("d", reuse=reuse):
            return tf.layers.dense(x, 1)

    d_loss = tf.reduce_mean(critic(fake, False) - critic(real, True))
    d_train = SGD(0.1).minimize(d_loss, var_list=tf.trainable_variables("d/"))
    with tf.control_dependencies(of_g if attach else []):
        tf.get_default_graph().g_train = SGD(0.1).minimize(-d_loss, var_list=tf.trainable_variables("g/"))
    return d_train


def test_update_ops_of_the_other_network():
    assert linted(gan, True).codes == []
    assert linted(gan, False).codes == ["update-ops"]


def tied(to_train):
    w, count = weight(), tf.Variable(0.0, trainable=False, name="count")
    bump, loss = count.assign_add(1.0, name="bump"), tf.square(w, name="loss")
    with tf.control_dependencies([bump]):
        loss = tf.identity(loss, name="copy")
        if to_train:
            return SGD(0.1).minimize(loss)
    return SGD(0.1).minimize(loss)


def test_update_on_identity():
    (finding,) = linted(tied, False)
    assert finding.code == "update-on-identity" and "'bump'" in finding.message and "'copy'" in finding.message
    assert linted(tied, True).codes == []
    with tf.Graph().as_default():
        train = tied(False)
        copy = tf.get_default_graph().get_tensor_by_name("copy:0")
        assert explain.lint([train, copy]).codes == []  # fetched beside it, the copy runs the update


# Blocks, and the global step


def block(kind):
    w = weight()
    bump, y = w.assign_add(1.0, name="bump"), w * 2.0
    with tf.control_dependencies([bump]):
        out = {
            "name": lambda: y,
            "identity": lambda: tf.identity(y),
            "nested": lambda: tf.cond(y > 0.0, lambda: y * 1.0, lambda: y),
        }[kind]()
    return out


def test_empty_block():
    (finding,) = linted(block, "name")
    assert finding.code == "empty-block" and "no operation made inside waits for 'bump'" in finding.message
    assert finding.where.startswith("test_lint.py:")
    assert linted(block, "identity").codes == linted(block, "nested").codes == []


def test_an_empty_block_without_dependencies_is_none():
    def build():
        with tf.control_dependencies([]):
            pass
        return tf.constant(1.0)

    assert linted(build).codes == []


def stepped(make, passed):
    w, step = weight(), make()
    rate = tf.train.exponential_decay(0.1, step, 10, 0.9) if "int" in step.dtype.name else 0.1
    return SGD(rate).minimize(w * w, global_step=step if passed else None)


@pytest.mark.parametrize(
    "make",
    [
        lambda: tf.train.get_or_create_global_step(),
        lambda: tf.Variable(0, trainable=False),
        lambda: tf.Variable(0, trainable=False, name="global_step"),
    ],
)
def test_global_step_never(make):
    assert linted(stepped, make, False).codes == ["global-step-never"]
    assert linted(stepped, make, True).codes == []


def twice(increment):
    w, step = weight(), tf.train.create_global_step()
    return [
        tf.contrib.layers.optimize_loss(w * w, step, 0.1, "SGD"),
        tf.contrib.layers.optimize_loss(w * w, step, 0.1, "SGD", increment_global_step=increment),
    ]


@pytest.mark.filterwarnings("ignore::minigraph.graph.errors.GraphWarning")
def test_global_step_twice():
    (finding,) = linted(twice, True)
    assert finding.code == "global-step-twice" and "is incremented 2 times in one run" in finding.message
    assert linted(twice, False).codes == []


# Gradients and variables

CLIPS = {
    "global": lambda gs: tf.clip_by_global_norm(gs, 1.0)[0],
    "value": lambda gs: [tf.clip_by_value(g, -1.0, 1.0) for g in gs],
    "named": lambda gs: [tf.clip_by_norm(g, 1.0, name="my_clip") for g in gs],
}


def clipped(kind, use):
    x = tf.placeholder(tf.float32, [None, 2])
    optimizer = tf.train.AdamOptimizer(0.1)
    pairs = optimizer.compute_gradients(tf.reduce_mean(tf.square(tf.layers.dense(x, 2))))
    gradients, variables = zip(*pairs)
    new = list(zip(CLIPS[kind](list(gradients)), variables))
    return optimizer.apply_gradients(new if use else pairs)


@pytest.mark.parametrize("kind", list(CLIPS))
def test_unused_clipping(kind):
    (finding,) = linted(clipped, kind, False)
    assert finding.code == "clipped-unused" and "applies the gradient as it was" in finding.message
    assert linted(clipped, kind, True).codes == []


def test_clipped_gradients_of_their_own():
    def build():
        loss = tf.square(tf.tanh(weight()))
        tf.clip_by_global_norm(tf.gradients(loss, tf.trainable_variables()), 1.0)
        return SGD(0.1).minimize(loss)

    assert linted(build).codes == ["clipped-unused"]


def test_gradients_added_up_are_training_too(graph):
    w, total = tf.Variable([1.0, 2.0], name="w"), tf.Variable([0.0, 0.0], trainable=False, name="total")
    optimizer = SGD(0.1)
    ((gradient, _),) = optimizer.compute_gradients(tf.reduce_sum(tf.square(w)))
    add, clear = total.assign_add(gradient), total.assign([0.0, 0.0])
    apply = optimizer.apply_gradients([(total / 4.0, w)])
    assert explain.lint_runs(graph, [((add,), ()), ((apply,), ()), ((clear,), ())]).codes == []
    assert [v.variable for v in explain.describe(apply).variables] == ["w"]


def test_clipping_of_something_else_is_no_gradient():
    def build():
        w = weight()
        tf.clip_by_value(w, 0.0, 1.0)
        return SGD(0.1).minimize(tf.square(tf.clip_by_value(w, 0.0, 5.0)))

    assert linted(build).codes == []


def test_nothing_trainable():
    def build(trainable):
        w = weight(trainable=trainable)
        return SGD(0.1).minimize(w * w, var_list=[w])

    assert linted(build, False).codes == ["nothing-trainable"]
    assert linted(build, True).codes == []


def initialized(when):
    w = weight()
    if when in ("early", "twice"):
        tf.global_variables_initializer()
    train = tf.train.MomentumOptimizer(0.1, 0.9).minimize(w * w)
    if when in ("late", "twice"):
        tf.global_variables_initializer()
    return train


def test_init_too_early():
    (finding,) = linted(initialized, "early")
    assert finding.code == "init-too-early" and "'w/Momentum'" in finding.message
    assert [linted(initialized, when).codes for when in ("late", "twice", "never")] == [[], [], []]


def test_a_value_in_the_open_session_is_enough(graph):
    train = initialized("early")
    with tf.Session() as sess:
        sess.run([v.initializer for v in tf.global_variables()])
        assert explain.lint(train).codes == []


def test_unread_variable():
    def build(use):
        x, w, b = tf.placeholder(tf.float32, [None, 2]), weight([[1.0], [2.0]]), tf.Variable(0.0, name="b")
        y = tf.matmul(x, w)
        return SGD(0.1).minimize(tf.reduce_mean(y + b if use else y))

    (finding,) = linted(build, False)
    assert finding.code == "unread-variable" and "'b'" in finding.message
    assert linted(build, True).codes == []


# Weights made twice


class Net:
    def __init__(self, kind):
        self.kind = kind

    def __call__(self, x):
        if self.kind == "variable":
            w = tf.Variable(tf.ones([4, 4]), name="w")
        elif self.kind == "layer":
            return tf.layers.dense(x, 4)
        else:
            with tf.variable_scope("net", reuse=tf.AUTO_REUSE):
                w = tf.get_variable("w", [4, 4])
        return tf.nn.relu(tf.matmul(x, w))


def siamese(kind):
    net = Net(kind)
    a, b = tf.placeholder(tf.float32, [None, 4]), tf.placeholder(tf.float32, [None, 4])
    return tf.reduce_mean(tf.square(net(a) - net(b)))


def test_unshared_weights():
    for kind in ("variable", "layer"):
        (finding,) = linted(siamese, kind)
        assert finding.code == "unshared-weights" and "the same line made" in finding.message
    assert linted(siamese, "shared").codes == []


@pytest.mark.parametrize("kind", ["variable", "layer"])
def test_layers_that_are_meant_to_differ(kind):
    def stacked():
        h = tf.placeholder(tf.float32, [None, 4])
        for _ in range(3):
            h = Net(kind)(h)
        return h

    def heads():
        x = tf.placeholder(tf.float32, [None, 4])
        return [Net(kind)(x) for _ in range(3)]

    def named():
        towers = []
        for name in ("user", "item"):
            with tf.variable_scope(name):
                towers.append(Net(kind)(tf.placeholder(tf.float32, [None, 4])))
        return towers

    def other_sizes():
        return [tf.layers.dense(tf.placeholder(tf.float32, [None, n]), 4) for n in (7, 9)]

    assert linted(other_sizes).codes == []
    assert linted(stacked).codes == linted(heads).codes == linted(named).codes == []


# Shapes


def regression(labels, squeeze=False):
    x, y = tf.placeholder(tf.float32, [None, 4]), tf.placeholder(tf.float32, labels)
    prediction = tf.layers.dense(x, 1)
    return tf.reduce_mean(tf.square((tf.squeeze(prediction, 1) if squeeze else prediction) - y))


def test_silent_broadcast():
    (finding,) = linted(regression, [None])
    assert finding.code == "silent-broadcast" and "(?, 1)" in finding.message and "tf.squeeze" in finding.advice
    assert linted(regression, [None, 1]).codes == linted(regression, [None], True).codes == []
    assert linted(regression, [1]).codes == linted(regression, []).codes == []


def test_silent_broadcast_in_an_accuracy():
    def build(labels):
        y = tf.placeholder(tf.int64, labels)
        guess = tf.argmax(tf.layers.dense(tf.placeholder(tf.float32, [None, 4]), 3), 1)
        return tf.reduce_mean(tf.cast(tf.equal(guess, y), tf.float32))

    assert linted(build, [None, 1]).codes == ["silent-broadcast"]
    assert linted(build, [None]).codes == []


def test_squares_that_are_meant():
    def pairs():
        x = tf.placeholder(tf.float32, [None])
        return [tf.reduce_mean(tf.square(x[:, None] - x)), tf.reduce_mean(tf.abs(tf.expand_dims(x, 1) - x))]

    def kernel():
        a, b = tf.placeholder(tf.float32, [8, 1]), tf.placeholder(tf.float32, [8])
        return tf.matmul(a * b, tf.ones([8, 8]))  # not summed up

    assert linted(pairs).codes == linted(kernel).codes == []


# Summaries, and growing graphs


def summarized(merged):
    w, accuracy = weight(), tf.placeholder(tf.float32, [], name="accuracy")
    loss = w * w
    one, two = tf.summary.scalar("loss", loss), tf.summary.scalar("accuracy", accuracy)
    train = SGD(0.1).minimize(loss)
    return [train, tf.summary.merge_all() if merged == "all" else tf.summary.merge([one if merged == "one" else two])]


def test_summaries_that_need_more():
    (finding,) = linted(summarized, "all")
    assert finding.code == "summary-needs-feed" and "'accuracy'" in finding.message
    assert linted(summarized, "one").codes == linted(summarized, "two").codes == []
    with tf.Graph().as_default() as graph:
        fetches = summarized("all")
        assert explain.lint(fetches, {graph.get_tensor_by_name("accuracy:0"): 1.0}).codes == []


@pytest.mark.parametrize(
    "grow", [lambda w: w + 1.0, lambda w: w.assign(2.0), lambda w: tf.global_variables_initializer()]
)
def test_growing_graph(graph, grow):
    w = weight()
    with tf.Session() as sess:
        sess.run(w.initializer)
        for _ in range(5):
            sess.run(grow(w))
        (finding,) = explain.lint(w)
    assert finding.code == "growing-graph" and finding.where.startswith("test_lint.py:")
    assert "in each of the last 5 runs" in finding.message


def test_a_graph_that_is_built_between_runs_once(graph):
    w = weight()
    y = w + 1.0
    with tf.Session() as sess:
        sess.run(w.initializer)
        for _ in range(5):
            sess.run([y, w])
        z = w
        for _ in range(20):  # a model that is built in a loop, between two runs
            z = tf.tanh(z)
        sess.run(z)
        assert explain.lint(w).codes == []


def test_a_watched_program_counts_runs_of_known_fetches_too():
    with tf.Graph().as_default() as graph, watched() as runs:
        w = weight()
        with tf.Session() as sess:
            sess.run(w.initializer)
            for _ in range(4):
                sess.run(w)
                w.assign_add(1.0)  # never run
    assert lint_watched(graph, runs).codes == ["growing-graph"]


# As a whole


def test_the_report_prints_shows_and_draws(graph, tmp_path):
    report = explain.lint(batch_norm(False))
    text = str(report)
    assert text.startswith("1 finding\n  test_lint.py:") and "\n      fix: with tf.control_dependencies(" in text
    assert max(map(len, text.splitlines())) <= 100
    assert "<pre" in report._repr_html_() and "&#x27;batch_normalization/AssignMovingAvg&#x27;" in report._repr_html_()
    assert "batch_normalization/AssignMovingAvg" in report.highlights["ops"]
    assert set(report.to_networkx().nodes) == set(report.highlights["ops"])
    assert os.path.getsize(report.render(tmp_path / "lint.dot")) > 500
    assert str(explain.lint(tf.constant(1.0))) == "Nothing to say"


EXPECTED = {
    "course_language_model.py": {"growing-graph"},  # assigns the rate and the state in the loop, as the courses do
    "slim_program.py": {"update-ops"},  # names the update ops of one layer only
    "decays_all.py": {"growing-graph"},  # assigns in the loop that runs it
    "readers.py": {"growing-graph"},  # a queue for each reader, in a loop
    "layer_objects.py": {"unshared-weights"},  # two layers of one name, as they are meant there
    "rnn_bidirectional.py": {"growing-graph"},  # asks for one error after the other in a loop
    "images_colored.py": {"growing-graph"},  # asks for one error after the other in a loop
    "images_turned.py": {"growing-graph"},
    "sync_replicas.py": {"unread-variable"},  # its variable `unused`
    "compute_apply.py": {"unread-variable"},  # its variable `unused`
    "sparse_optimizers.py": {"global-step-never"},  # AdagradDA needs a step, and is given one that stands still
}
PROGRAMS = sorted((ROOT / "tests/parity/programs").glob("*.py")) + sorted((ROOT / "examples").glob("[!d]*.py"))
PROGRAMS.append(ROOT / "examples/digits.py")  # the other one in d, distributed.py, needs TensorFlow
QUICK = {"digits.py": ["--steps", "30"]}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.name)
def test_programs_that_are_right(path, monkeypatch, tmp_path):
    """On examples and parity programs lint is silent, or right."""
    monkeypatch.chdir(tmp_path)  # where an example may leave a picture
    made = []
    tf.reset_default_graph()
    made.append(tf.get_default_graph())
    monkeypatch.setattr(sys, "argv", [str(path), *QUICK.get(path.name, [])])
    with (
        observing(made.append),
        watched() as runs,
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        runpy.run_path(str(path), run_name="__main__")
    np.testing.assert_equal(
        {code for graph in made if not graph.building_function for code in lint_watched(graph, runs).codes},
        EXPECTED.get(path.name, set()),
    )
    tf.reset_default_graph()


def test_a_graph_stands_for_what_is_fetched_to_train():
    x = tf.placeholder(tf.float32, [None, 3])
    h = tf.layers.batch_normalization(tf.layers.dense(x, 4), training=True)
    train_op = tf.contrib.layers.optimize_loss(tf.reduce_mean(h * h), None, 0.1, "SGD")
    assert explain.lint(train_op).codes == explain.lint(tf.get_default_graph()).codes == []
