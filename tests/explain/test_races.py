"""`explain.races` and `explain.explore`: what the order of a run decides, and what it does not."""

import re

import numpy as np
import pytest

import minigraph as tf
from minigraph import explain


@pytest.fixture
def v(graph):
    return tf.Variable(1.0, name="v")


def test_two_writes(v):
    add, double = v.assign_add(1.0, name="add"), v.assign(v * 2.0, name="double")
    report = explain.races(tf.group(add, double))
    assert set(report.codes) == {"race"} and report.variables == ["v"]
    text = str(report)
    assert "both write 'v'" in text and "with tf.control_dependencies([add]): make 'double' inside." in text
    assert sorted(float(o.variables["v"]) for o in explain.explore([add, double]).outcomes) == [2.0, 3.0, 4.0]
    assert ("add", "double") in report.highlights["edges"] and "v" in report.highlights["ops"]


def test_an_edge_settles_it(v):
    add = v.assign_add(1.0, name="add")
    with tf.control_dependencies([add]):
        double = v.assign(v.read_value() * 2.0, name="double")
    report = explain.races([add, double.op])
    assert report.codes == [] and str(report) == "No race"
    assert len(explain.explore(tf.group(add, double)).outcomes) == 1


def test_a_read_beside_a_write(v):
    def step():
        return v.assign_add(1.0, name="bump")

    bump, y = step(), tf.multiply(v, 3.0, name="y")
    (finding,) = explain.races([bump.op, y])
    assert finding.code == "race" and finding.message.startswith("'y' (test_races.py:")
    assert "reads 'v'" in finding.message
    found = explain.explore([bump.op, y])
    assert sorted(float(o.value[1]) for o in found.outcomes) == [3.0, 6.0] and found.is_exhaustive


def test_updates_that_only_add_are_no_race(v):
    report = explain.races(tf.group(v.assign_add(1.0), v.assign_sub(3.0)))
    assert report.codes == []


def test_the_ref_of_an_update_is_a_read(v):
    a, b = v.assign_add(1.0, name="a"), v.assign_add(10.0, name="b")
    assert explain.races([a + 0.0, b.op]).codes == ["race"]


def test_a_fetch_comes_last(v):
    bump = v.assign_add(1.0, name="bump")
    for fetched in (v, v.value(), tf.reshape(v, [1]), tf.stop_gradient(bump)):
        assert explain.races([bump, fetched]).codes == []
        (outcome,) = explain.explore([bump, fetched]).outcomes
        assert [float(np.ravel(x)[0]) for x in outcome.value] == [2.0, 2.0]


@pytest.mark.parametrize(
    "hand_on",
    [
        tf.identity,
        tf.stop_gradient,
        lambda v: tf.reshape(v, [1]),
        lambda v: v.read_value(),
        lambda v: tf.tuple([v])[0],
        lambda v: tf.cond(tf.constant(True), lambda: v.value(), lambda: v.value()),
    ],
)
def test_the_reader_is_who_computes(v, hand_on):
    memory = hand_on(v)
    bump = v.assign_add(1.0, name="bump")
    y = tf.multiply(memory, 3.0, name="y")
    with tf.control_dependencies([bump]):
        after = tf.multiply(memory, 3.0)
    (pair,) = explain.races([bump.op, y]).pairs
    assert (pair.reader.name, pair.cell.name) == ("y", "v")
    assert explain.races([bump.op, after]).codes == []
    (outcome,) = explain.explore([bump.op, after]).outcomes
    assert float(np.ravel(outcome.value[1])[0]) == 6.0


def test_what_looks_at_no_numbers_reads_nothing(v):
    assert explain.races([v.assign_add(1.0), tf.shape(v), tf.zeros_like(v), tf.cast(v, tf.float32)]).codes == []
    (pair,) = explain.races([v.assign_add(1.0), tf.cast(v, tf.int32)]).pairs
    assert pair.reader.type == "Cast"


def test_a_loss_that_no_gradient_needs(v):
    train = tf.contrib.layers.optimize_loss(tf.multiply(v, v, name="loss"), None, 0.1, "SGD", summaries=[])
    (finding,) = explain.races(train)
    assert {"loss", "OptimizeLoss/train/update_v/ApplyGradientDescent"} <= {op.name for op in finding.ops}
    assert sorted(round(float(o.value), 2) for o in explain.explore(train).outcomes) == [0.64, 1.0]


def test_exploring_compares_all_that_is_written(v):
    other = tf.Variable(1.0, name="other")
    add, double = v.assign_add(1.0), v.assign(v * 2.0)
    with tf.control_dependencies([add, double]):
        copy = other.assign(v)
    found = explain.explore(copy.op)
    assert {(float(o.variables["v"]), float(o.variables["other"])) for o in found.outcomes} == {
        (2.0, 2.0),
        (3.0, 3.0),
        (4.0, 4.0),
    }
    assert all("other = " in str(o) for o in found.outcomes)


def test_two_train_ops_with_one_optimizer(graph):
    a, b = tf.Variable(1.0, name="a"), tf.Variable(1.0, name="b")
    adam = tf.train.AdamOptimizer(0.1)
    both = [adam.minimize(tf.square(tf.sin(v)), var_list=[v]) for v in (a, b)]
    report = explain.races(both)
    assert report.variables == ["beta1_power", "beta2_power"]
    assert explain.races(both[0]).codes == []


def test_a_loss_that_reads_what_update_ops_write(v):
    loss = tf.square(v, name="loss")
    weight = tf.Variable(1.0, name="weight")
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, v.assign_add(1.0, name="bump"))
    train = tf.contrib.layers.optimize_loss(loss * weight, None, 0.1, "SGD", variables=[weight], summaries=[])
    assert explain.races(train).codes[0] == "race"
    assert {round(float(o.value), 2) for o in explain.explore(train).outcomes} == {1.0, 4.0, 0.9, 2.4}


@pytest.mark.parametrize(
    "make",
    [
        lambda: tf.train.AdamOptimizer(0.1),
        lambda: tf.train.MomentumOptimizer(0.1, 0.9),
        lambda: tf.train.FtrlOptimizer(0.1),
        lambda: tf.train.RMSPropOptimizer(0.1),
    ],
)
def test_training_has_no_race(graph, make):
    x = tf.placeholder(tf.float32, [None, 3])
    h = tf.layers.dense(tf.layers.dense(x, 4, activation=tf.nn.relu), 1)
    step = tf.train.create_global_step()
    train = make().minimize(tf.reduce_mean(tf.square(h)), global_step=step)
    assert explain.races(train, {x: 0}).codes == []


def test_initial_values_of_other_variables(graph):
    v = tf.Variable(1.0, name="v")
    tf.Variable(v.initialized_value() * 2.0, name="good")
    tf.Variable(v * 2.0, name="guarded")
    assert explain.races(tf.global_variables_initializer()).codes == []
    hidden = tf.Variable(1.0, name="hidden", collections=["mine"])  # where nobody looks for it
    tf.Variable(hidden * 2.0, name="bad")
    init = tf.group(tf.global_variables_initializer(), hidden.initializer)
    (finding,) = explain.races(init)
    assert "an error, since there is no value yet" in finding.message
    assert finding.advice == "write hidden.initialized_value() in its place."
    errors = [o.error for o in explain.explore(init, session=tf.Session()).outcomes]
    assert any("FailedPreconditionError: Attempting to use uninitialized value hidden" in e for e in errors if e)


def test_in_function_bodies(v):
    go = tf.placeholder(tf.bool, [])
    inc = tf.cond(go, lambda: v.assign_add(1.0) + 0.0, lambda: v.assign(5.0) + 0.0)
    assert explain.races([inc, v * 2.0]).codes == ["race"]
    other = tf.Variable(0.0, name="other")
    inside = tf.cond(go, lambda: tf.group(other.assign(other * 2.0), other.assign_add(3.0)), lambda: tf.no_op())
    assert {p.cell.name for p in explain.races(inside).pairs} == {"other"}
    assert explain.races(tf.cond(go, lambda: other.assign_add(1.0) + 0.0, lambda: 0.0)).codes == []


def test_feeds_cut_off(v):
    y = tf.multiply(v, 2.0, name="y")
    bump = v.assign_add(1.0)
    assert explain.races([y, bump.op]).codes == ["race"]
    assert explain.races([y, bump.op], feeds=[v.value()]).codes == []
    assert explain.races([y + 1.0, bump.op], feeds={y: 0.0}).codes == []


def test_exploring_leaves_the_state(v):
    with tf.Session() as sess:
        sess.run(v.initializer)
        v.load(5.0, sess)
        found = explain.explore([v.assign_add(1.0), v.assign(v * 2.0)])
        assert sess.run(v) == 5.0
        assert {float(o.variables["v"]) for o in found.outcomes} == {10.0, 11.0, 12.0}


def test_exploring_samples_where_there_are_many(graph):
    v = tf.Variable(1.0, name="v")
    ops = [v.assign(v.read_value() * float(i)) for i in range(2, 8)]
    report = explain.explore(tf.group(*ops), limit=30, seed=3)
    assert not report.is_exhaustive and report.runs == 30 and "(a sample)" in report.title
    again = explain.explore(tf.group(*ops), limit=30, seed=3)
    assert [(o.count, o.order) for o in report.outcomes] == [(o.count, o.order) for o in again.outcomes]
    assert str(report).splitlines()[1].split()[1].startswith("#")


def test_exploring_feeds_and_mistakes(v):
    x = tf.placeholder(tf.float32, [2], name="x")
    (outcome,) = explain.explore({"y": x * v}, {x: [1.0, 2.0]}).outcomes
    np.testing.assert_array_equal(outcome.value["y"], [1.0, 2.0])
    with pytest.raises(tf.errors.InvalidArgumentError, match="You must feed a value for placeholder tensor 'x'"):
        explain.explore(x * v)
    with pytest.raises(ValueError, match="limit must be at least 1"):
        explain.explore(v, limit=0)
    with pytest.raises(TypeError):
        explain.races(3.0)


@pytest.mark.parametrize("seed", range(15))
def test_no_race_means_one_outcome(graph, seed):
    """Random programs, run in shuffled orders: where `races` is silent the outcome is always the same."""
    rng = np.random.RandomState(seed)
    variables = [tf.Variable(float(i + 1), name="v") for i in range(2)]
    made = [v.value() for v in variables]
    ops = []
    for _ in range(5):
        v = variables[rng.randint(2)]
        with tf.control_dependencies([ops[-1]] if ops and rng.rand() < 0.6 else []):
            value = v.read_value() * 2.0 if rng.rand() < 0.5 else made[rng.randint(len(made))] + 1.0
            made.append(value)
            ops.append((v.assign if rng.rand() < 0.5 else v.assign_add)(value).op)
    fetches = [ops, made[-1]]
    report = explain.races(fetches)
    outcomes = set()
    for order_seed in range(12):
        config = tf.ConfigProto(order="shuffle", order_seed=order_seed)
        with tf.Session(config=config) as sess:
            sess.run(tf.global_variables_initializer())
            outcomes.add((float(sess.run(fetches)[1]), *map(float, sess.run(variables))))
    assert report.variables or len(outcomes) == 1
    assert (
        outcomes
        <= {
            (
                float(o.value[1]),
                *[float(o.variables.get(v.op.name, s)) for v, s in zip(variables, next(iter(outcomes))[1:])],
            )
            for o in explain.explore(fetches, limit=1024).outcomes
        }
        or len(report.variables) < 2
    )


def random_updates(rng):
    """Read, updates and uses of reads, some of which wait for others."""
    v, w = (tf.Variable(1.0, name=name) for name in "vw")
    made = [v.value(), w.value()]
    for _ in range(12):
        with tf.control_dependencies([made[rng.randint(len(made))]] if rng.rand() < 0.4 else []):
            kind, of = rng.randint(4), (v, w)[rng.randint(2)]
            taken = made[rng.randint(len(made))]
            made.append(
                of.read_value()
                if kind == 0
                else tf.identity(taken) * 2.0
                if kind == 1
                else of.assign(tf.identity(taken))
                if kind == 2
                else of.assign_add(tf.identity(taken))
            )
    return made


@pytest.mark.parametrize("seed", range(30))
def test_no_edge_that_is_proposed_closes_a_cycle(graph, seed):
    advised = [finding.advice for finding in explain.races(random_updates(np.random.RandomState(seed)))]
    edges = [
        (first, then)
        for text in advised
        for names, then in re.findall(r"control_dependencies\(\[([^]]*)\]\):\s+make '(.*?)' inside", text)
        for first in re.findall("'(.*?)'", names)
    ]
    assert len(edges) >= len([text for text in advised if "make '" in text])
    for first, then in edges:
        needed = explain.needs(graph.get_operation_by_name(first)).runs
        assert graph.get_operation_by_name(then) not in needed, (first, then)


def test_what_waits_for_an_update_cannot_come_before_it(v):
    old = v.value()
    update = v.assign_add(1.0, name="update")
    with tf.control_dependencies([update]):
        late = tf.multiply(old, 2.0, name="late")
    assert "[late]" not in str(explain.races([late, update])) and "'late'" not in str(explain.races([late, update]))


def test_a_call_that_makes_both_cannot_wait_for_one_of_them(v):
    loss = v + 0.0
    train = tf.contrib.layers.optimize_loss(loss, None, 0.1, "SGD", summaries=[], variables=[v, v])
    (advice,) = [finding.advice for finding in explain.races(train) if loss.op not in finding.ops]
    assert advice.endswith("makes both: fetch the value in a run of its own.")


def test_a_batch_normalization_writes_in_training_what_it_reads_only_elsewhere(graph):
    x, training = tf.placeholder(tf.float32, [4, 2], name="x"), tf.placeholder(tf.bool, name="training")
    y = tf.layers.batch_normalization(x, training=training)
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        train = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_mean(tf.square(y - 1.0)))
    assert explain.races(train).codes == []
    for value in (True, False):
        found = explain.explore(train, {x: np.arange(8.0).reshape(4, 2), training: value})
        assert len(found.outcomes) == found.runs == 1


def test_a_branch_races_with_what_reads_while_it_writes(v):
    """The predicate orders nothing for who reads in every run, and for who reads in the branch that writes."""
    p = tf.placeholder(tf.bool, [], name="p")
    write = tf.cond(p, lambda: v.assign_add(1.0), lambda: v.value(), name="write")
    for other, told in (
        (tf.cond(p, lambda: v * 10.0, lambda: tf.constant(0.0)), ["race"]),
        (tf.cond(p, lambda: tf.constant(0.0), lambda: v * 10.0), []),
        (v * 10.0, ["race"]),
    ):
        assert explain.races([write, other]).codes == told
        found = explain.explore([write, other], {p: True})
        assert len(found.outcomes) == 1 + len(told)


def test_outcomes_that_differ_are_told_apart(v):
    a, b = v.assign(v * 1.1, name="a"), v.assign(v * (1.1 + 2e-7), name="b")
    told = [finding.message for finding in explain.explore(tf.group(a, b)).findings]
    assert len(told) > 1 and len(set(told)) == len(told)


@pytest.mark.parametrize("ask", [explain.needs, explain.races, explain.lint, explain.explore])
def test_no_feeds_may_be_none(v, ask):
    y = v * 2.0
    assert str(ask(y, None)) == str(ask(y))


def test_large_arrays_of_outcomes_can_be_read():
    with tf.Graph().as_default(), tf.Session() as sess:
        w = tf.Variable(np.arange(12.0, dtype=np.float32).reshape(3, 4), name="w")
        big = tf.Variable(np.ones([20, 30], np.float32), name="big")
        sess.run(tf.global_variables_initializer())
        found = explain.explore(
            tf.group(
                w.assign_add(tf.ones([3, 4])),
                w.assign(w.read_value() * 2.0),
                big.assign(big * 3.0),
                big.assign(big + 1.0),
            )
        )
    lines = str(found).splitlines()
    assert max(map(len, lines)) <= 110, max(lines, key=len)
    assert any("w = [2. 4. … 24.] (3 × 4, mean 13.)" in line for line in lines)
    assert any("big = 6. everywhere (20 × 30)" in line for line in lines)
    assert len({outcome.text(found.told, found.digits) for outcome in found.outcomes}) == len(found.outcomes)
