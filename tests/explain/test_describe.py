"""`explain.describe`: what optimize_loss did, from the graph itself, and each of its surprises."""

import pytest

import minigraph as tf
from minigraph import explain

pytestmark = pytest.mark.filterwarnings("ignore::minigraph.graph.errors.GraphWarning")
optimize_loss = tf.contrib.layers.optimize_loss


def exponential(rate, step):
    return tf.train.exponential_decay(rate, step, 10, 0.9)


@pytest.fixture
def step(graph):
    return tf.train.create_global_step()


@pytest.fixture
def w(graph):
    return tf.Variable(3.0, name="w")


@pytest.fixture
def loss(w):
    return tf.square(tf.tanh(w), name="loss")


def surprises(train):
    return {code for code in explain.describe(train).codes if not code.startswith("race")}


def test_everything_at_once(graph, step, w):
    unused = tf.Variable(1.0, name="unused")
    count = tf.Variable(0.0, trainable=False, name="count")
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, count.assign_add(1.0, name="up"))
    loss = tf.reduce_sum(tf.square(w), name="loss")
    train = optimize_loss(
        loss,
        step,
        0.1,
        "Adam",
        gradient_noise_scale=0.1,
        gradient_multipliers={"w:0": 2.0},
        clip_gradients=5.0,
        learning_rate_decay_fn=exponential,
        name="opt",
    )
    report = explain.describe(train)
    assert report.function == "optimize_loss" and report.where.startswith("test_describe.py:")
    assert [name for name, _, _ in report.stages] == [
        "update_ops",
        "learning_rate",
        "gradients",
        "noise",
        "multipliers",
        "clipping",
        "summaries",
        "apply",
        "global_step",
    ]
    assert sum(count for _, count, _ in report.stages) == sum(op.stage is not None for op in graph.get_operations())
    assert report.loss == "opt/control_dependency" and report.update_ops == ["up"]
    assert "from global_step, opt/learning_rate" in report.learning_rate
    (trained,) = report.variables
    assert (trained.variable, trained.rule, trained.slots, trained.multiplier, trained.is_sparse) == (
        "w",
        "ApplyAdam",
        ["opt/w/Adam", "opt/w/Adam_1"],
        "2",
        False,
    )
    assert trained.gradient.startswith("opt/gradients/") and report.untrained == [unused.op.name]
    assert "opt/loss" in report.summaries and report.step_writers == ["opt/train"]
    assert set(report.codes) - {"race"} == {"rate-saved", "not-trained"}
    text = str(report)
    assert ("\n  stages:\n      1. forward: from the inputs to the loss\n      2. update ops first: 1 node\n") in text
    assert max(map(len, text.splitlines())) <= 100


def test_the_source_of_the_rate(w, loss):
    tensor = tf.placeholder(tf.float32, [], name="rate")
    assert explain.describe(optimize_loss(loss, None, tensor, "SGD")).learning_rate.startswith("fed: 'rate'")
    assert explain.describe(tf.train.AdamOptimizer(0.5).minimize(loss)).learning_rate == "0.5, a constant"
    report = explain.describe(optimize_loss(loss, None, 0.25, "SGD", name="o"))
    assert report.learning_rate.startswith("the variable 'o/learning_rate' (test_describe.py:")
    assert report.learning_rate.endswith("0.25 at first")
    assert "rate-saved" in report.codes


def test_an_instance_ignores_the_rate(step, loss):
    train = optimize_loss(loss, step, 1000.0, tf.train.MomentumOptimizer(0.5, 0.9), learning_rate_decay_fn=exponential)
    report = explain.describe(train)
    assert report.learning_rate == "0.5, a constant"
    assert any("learning_rate=1000.0 (and its decay) has no effect" in remark for remark in report.remarks)
    assert {"argument", "rate-summary-false"} <= set(report.codes) and "rate-saved" not in report.codes
    assert surprises(
        optimize_loss(loss, step, None, tf.train.MomentumOptimizer(0.5, 0.9), summaries=[], increment_global_step=False)
    ) == {"no-global-step"}


def test_a_function_that_ignores_the_rate(loss, step):
    assert "rate-unused" in surprises(optimize_loss(loss, step, 0.1, lambda rate: tf.train.AdamOptimizer(0.5)))
    assert "rate-unused" not in surprises(optimize_loss(loss, step, 0.1, tf.train.AdamOptimizer, name="again"))


def test_decay_without_a_rate(loss, step):
    train = optimize_loss(loss, step, None, lambda: tf.train.AdamOptimizer(0.5), learning_rate_decay_fn=exponential)
    assert explain.describe(train).remarks == ["learning_rate_decay_fn has no effect, since learning_rate is None"]


@pytest.mark.parametrize("clip, text", [(-1.0, "does not clip"), (0.0, "nothing is trained"), (5.0, None)])
def test_clipping_that_does_not_or_too_much(loss, step, clip, text):
    remarks = explain.describe(optimize_loss(loss, step, 0.1, "SGD", clip_gradients=clip)).remarks
    assert not remarks if text is None else text in remarks[0]


def test_multipliers_that_match_nothing(loss, step):
    report = explain.describe(optimize_loss(loss, step, 0.1, "SGD", gradient_multipliers={"w": 2.0}))
    assert "gradient_multipliers['w'] has no effect" in report.remarks[0] and "did you mean 'w:0'?" in report.remarks[0]
    assert report.variables[0].multiplier is None


def test_the_summary_of_the_rate(loss, step):
    assert "no-rate-summary" in surprises(optimize_loss(loss, step, 0.1, "SGD"))
    assert "no-rate-summary" not in surprises(
        optimize_loss(loss, step, 0.1, "SGD", learning_rate_decay_fn=exponential, name="a", increment_global_step=False)
    )
    assert "no-rate-summary" not in surprises(tf.train.AdamOptimizer(0.1).minimize(loss))


def test_called_twice(loss, step):
    first, second = (optimize_loss(loss, step, 0.1, "SGD") for _ in range(2))
    for train in (first, second):
        (finding,) = [f for f in explain.describe(train) if f.code == "global-step-twice"]
        assert "rises by 2" in finding.message
    assert len(explain.describe(second).updates) == 1


def test_called_once_more_without_increment(loss, step):
    first = optimize_loss(loss, step, 0.1, "SGD")
    optimize_loss(loss, step, 0.1, "SGD", increment_global_step=False)
    assert "global-step-twice" not in surprises(first)


def test_a_shared_rate(loss, step):
    optimize_loss(loss, step, 0.2, "SGD", name="o")
    with tf.variable_scope(tf.get_variable_scope(), reuse=tf.AUTO_REUSE):
        second = optimize_loss(loss, step, 0.1, "SGD", name="o", increment_global_step=False)
    assert "learning_rate=0.1 has no effect" in explain.describe(second).remarks[0]


@pytest.mark.parametrize("optimizer", ["SGD", "Adam", "Adagrad"])
def test_sparse_gradients(step, optimizer):
    table = tf.get_variable("table", [5, 2])
    loss = tf.reduce_sum(tf.square(tf.nn.embedding_lookup(table, [1, 2, 1])))
    report = explain.describe(
        optimize_loss(loss, step, 0.1, optimizer, clip_gradients=1.0, name="a", gradient_multipliers={table: 3.0})
    )
    (trained,) = report.variables
    assert trained.is_sparse and trained.variable == "table" and trained.multiplier == "3"
    assert report.learning_rate.startswith("the variable 'a/learning_rate'") and "rate-unused" not in report.codes
    assert "sparse-norm" in report.codes and "sparse-noise" not in report.codes
    noisy = surprises(optimize_loss(loss, step, 0.1, optimizer, gradient_noise_scale=0.1, name="b"))
    assert "sparse-noise" in noisy and "sparse-norm" not in noisy
    assert "sparse-norm" not in surprises(optimize_loss(loss, step, 0.1, optimizer, name="c"))


def test_update_ops_left_out(loss, step, w):
    for name in ("one", "two"):
        tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.Variable(0.0, trainable=False).assign_add(1.0, name=name))
    one = tf.get_collection(tf.GraphKeys.UPDATE_OPS)[:1]
    report = explain.describe(optimize_loss(loss, step, 0.1, "SGD", update_ops=one))
    assert report.update_ops == ["one"]
    (finding,) = [f for f in report if f.code == "update-ops"]
    assert "1 of 2 UPDATE_OPS do not run with the train op: 'two'" in finding.message


def test_races_are_told(w, step):
    report = explain.describe(optimize_loss(w * w, step, 0.1, "SGD", summaries=[]))
    assert "race" in report.codes


def test_no_global_step(loss):
    assert "no-global-step" in surprises(optimize_loss(loss, None, 0.1, "SGD"))
    assert surprises(tf.train.AdamOptimizer(0.1).minimize(loss)) == set()


def test_minimize_and_calls_by_hand(loss, w, step):
    with tf.name_scope("mine"):
        train = tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss, global_step=step)
    report = explain.describe(train)
    assert report.function == "minimize" and report.step_writers == ["mine/Momentum"]
    optimizer = tf.train.AdamOptimizer(0.1)
    by_hand = optimizer.apply_gradients([(tf.clip_by_norm(g, 1.0), v) for g, v in optimizer.compute_gradients(loss)])
    report = explain.describe(tf.group(by_hand))
    assert report.function == "apply_gradients" and report.loss == "loss"
    assert [v.variable for v in report.variables] == ["w"]


def test_a_group_of_train_ops(loss):
    both = [tf.train.AdamOptimizer(0.1).minimize(loss), tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss)]
    report = explain.describe(tf.group(*both))
    assert report.variables[0].rule == "ApplyMomentum" and len(report.variables) == 1
    (finding,) = [f for f in report if f.code == "other-call"]
    assert "minimize at test_describe.py:" in finding.message
    assert "other-call" not in explain.describe(both[0]).codes


def test_an_optimizer_of_ones_own(loss, w):
    class Plain(tf.train.Optimizer):
        def __init__(self):
            super().__init__(False, "Plain")

        def _apply_dense(self, grad, var):
            return var.assign_sub(0.1 * grad)

    (trained,) = explain.describe(Plain().minimize(loss)).variables
    assert trained.rule == "AssignSub" and trained.gradient.startswith("gradients/")


def test_what_is_no_train_op(loss):
    with pytest.raises(ValueError, match="'loss' .* is no train op"):
        explain.describe(loss)


def test_a_failed_call_leaves_no_remark(graph, loss, step):
    with pytest.raises(ValueError):
        optimize_loss(loss, step, 0.1, "SGD", gradient_multipliers={"w": 2.0}, clip_gradients=5)
    assert explain.describe(optimize_loss(loss, step, 0.1, "SGD")).remarks == []


def test_it_is_drawn(graph, loss, step, tmp_path):
    report = explain.describe(optimize_loss(loss, step, 0.1, "SGD"))
    assert report.render(tmp_path / "train.dot").endswith("train.dot")
    assert "OptimizeLoss/train" in report.highlights["ops"]


# The stages of a picture


def test_the_stages_are_told_as_a_picture_tells_them(graph, step, w):
    count = tf.Variable(0.0, trainable=False, name="count")
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, count.assign_add(1.0, name="up"))
    train = optimize_loss(
        tf.square(w * 2.0),
        step,
        0.1,
        "Adam",
        gradient_noise_scale=0.1,
        clip_gradients=5.0,
        gradient_multipliers={"w:0": 2.0},
        learning_rate_decay_fn=exponential,
    )
    sections = tf.viz.View(graph).sections
    text = str(explain.describe(train))
    for section in sections:
        assert f"\n      {section.number}. {section.title}" in text
    assert len(sections) == len(explain.describe(train).stages) + 1 == 10


# Updates made by hand, and in bodies


class Decaying(tf.train.Optimizer):
    """As BERT's: it assigns what it works out, and keeps moments in variables of its own."""

    def __init__(self, rate):
        super().__init__(False, "Decaying")
        self.rate = rate

    def apply_gradients(self, grads_and_vars, global_step=None, name=None):
        done = []
        for gradient, v in grads_and_vars:
            m = tf.get_variable(v.op.name + "/m", [], trainable=False, initializer=tf.zeros_initializer())
            moment = 0.9 * m + 0.1 * gradient
            done += [v.assign(v - self.rate * (moment + 0.01 * v)), m.assign(moment)]
        return tf.group(*done, name=name)


def test_assignments_of_an_optimizer_of_ones_own(w, loss, step):
    (gradient,) = tf.gradients(loss, [w])
    (clipped,), _ = tf.clip_by_global_norm([gradient], 1.0)
    rate = tf.train.polynomial_decay(0.1, step, 100)
    train = tf.group(Decaying(rate).apply_gradients([(clipped, w)]), step.assign(step + 1, name="count"))
    report = explain.describe(train)
    assert report.function == "hand" and report.title.startswith(f"'{train.name}' runs updates made by hand at test_d")
    (trained,) = report.variables
    assert (trained.variable, trained.rule, trained.slots) == ("w", "Assign", ["w/m"])
    assert trained.gradient == gradient.name and report.loss == "loss"
    assert report.learning_rate.startswith("worked out by 'PolynomialDecay'")
    assert [name for name, *_ in report.stages] == ["gradients", "derived"] and report.step_writers == ["count"]
    assert not surprises(train)


def test_minimize_of_an_optimizer_of_ones_own(w, loss):
    train = Decaying(0.1).minimize(loss)
    report = explain.describe(train)
    assert report.title.startswith(f"'{train.name}', made by minimize at test_describe.py:")
    assert report.learning_rate == "0.1, a constant" and report.variables[0].slots == ["w/m"]


def test_gradient_descent_by_hand(w, loss):
    rate = tf.placeholder(tf.float32, [], name="rate")
    report = explain.describe(w.assign_sub(rate * tf.gradients(loss, w)[0]))
    assert (report.function, report.variables[0].rule) == ("hand", "AssignSub")
    assert report.learning_rate.startswith("fed: 'rate'") and report.untrained == []


def test_rows_by_hand(graph):
    table = tf.get_variable("table", [5, 2])
    (gradient,) = tf.gradients(tf.reduce_sum(tf.square(tf.nn.embedding_lookup(table, [1, 2, 1]))), [table])
    report = explain.describe(tf.scatter_sub(table, gradient.indices, 0.5 * gradient.values))
    assert (report.variables[0].variable, report.variables[0].is_sparse) == ("table", True)
    assert report.learning_rate == "0.5, a constant"


def minimized(optimizer, loss):
    return optimizer.minimize(loss)


def applied(optimizer, loss):
    return optimizer.apply_gradients(optimizer.compute_gradients(loss))


@pytest.mark.parametrize("make, function", [(minimized, "minimize"), (applied, "apply_gradients")])
def test_training_in_a_branch(w, loss, make, function):
    train = tf.cond(tf.placeholder(tf.bool, []), lambda: make(tf.train.AdamOptimizer(0.1), loss), tf.no_op)
    report = explain.describe(train)
    assert report.title.startswith(f"'{train.op.name}', which runs what was made by {function} at test_describe.py:")
    assert (report.variables[0].variable, report.variables[0].slots) == ("w", ["w/Adam", "w/Adam_1"])
    assert report.loss == "loss" and report.learning_rate == "0.1, a constant"
    assert report.highlights["ops"] and set(report.highlights["ops"]) <= {op.name for op in w.graph.get_operations()}


def test_gradients_of_outside_applied_in_a_branch(w, loss):
    optimizer = tf.train.AdamOptimizer(0.1)
    pairs = optimizer.compute_gradients(loss)
    report = explain.describe(tf.cond(tf.is_finite(loss), lambda: optimizer.apply_gradients(pairs), tf.no_op))
    assert report.variables[0].gradient == pairs[0][0].name


def test_training_in_a_loop(w):
    def body(i):
        with tf.control_dependencies([tf.train.GradientDescentOptimizer(0.1).minimize(tf.square(w.read_value()))]):
            return i + 1

    report = explain.describe(tf.while_loop(lambda i: i < 3, body, [0]))
    assert report.function == "minimize" and report.variables[0].rule == "ApplyGradientDescent"


def test_what_waits_for_a_train_op_was_not_made_by_it(w, loss):
    train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    with tf.control_dependencies([train]):
        later = tf.train.ExponentialMovingAverage(0.9).apply([w])
    assert explain.describe(later).title.startswith(f"'{later.name}', which runs what was made by minimize at ")
    assert explain.describe(train).title.startswith(f"'{train.name}', made by minimize at ")


@pytest.fixture
def two(graph):
    """Return the losses of two networks of which the second judges the first, and their variables."""
    with tf.variable_scope("g"):
        made = tf.layers.dense(tf.ones([1, 2]), 2)
    with tf.variable_scope("d"):
        judged = tf.layers.dense(made, 1)
    return tf.reduce_mean(judged, name="loss"), tf.trainable_variables("g"), tf.trainable_variables("d")


@pytest.mark.parametrize(
    "train",
    [
        lambda loss, v: optimize_loss(loss, None, 0.1, "SGD", variables=v),
        lambda loss, v: tf.train.AdamOptimizer(0.1).minimize(loss, var_list=v),
        lambda loss, v: tf.group(*[a.assign_sub(0.1 * g) for a, g in zip(v, tf.gradients(loss, v))]),
    ],
)
def test_the_half_of_a_gan_that_is_left_alone_on_purpose(two, train):
    loss, generator, critic = two
    for trained, alone in ((critic, generator), (generator, critic)):
        report = explain.describe(train(loss, trained))
        assert "not-trained" not in report.codes and report.untrained == [v.op.name for v in alone]


def test_a_variable_that_was_asked_for_and_gets_no_gradient(two):
    loss, generator, critic = two
    train = optimize_loss(tf.stop_gradient(loss) + critic[0][0, 0], None, 0.1, "SGD", variables=generator + critic[:1])
    (finding,) = [f for f in explain.describe(train) if f.code == "not-trained"]
    assert finding.ops == tuple(v.op for v in generator) and "no gradient comes through" in finding.message


def test_no_advice_names_a_loss_in_a_branch(w, loss):
    apart = tf.Variable(1.0, name="apart")

    def step():
        with tf.control_dependencies([tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(tf.square(w)))]):
            return tf.constant(1.0)

    (found,) = [
        f
        for f in explain.describe(tf.cond(tf.placeholder(tf.bool, []), step, lambda: tf.constant(0.0)))
        if f.code == "not-trained"
    ]
    assert found.message.endswith("the loss does not depend on it") and apart.op in found.ops and found.advice == ""
