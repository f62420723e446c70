"""`needs`, `diff`, `name_of`, and what all reports have in common."""

import pathlib

import pytest

import minigraph as tf
from minigraph import explain


@pytest.fixture
def model(graph):
    """x -> w -> loss -> train, with update ops and a summary; gives the nodes by name."""
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    y = tf.placeholder(tf.float32, [None], name="y")
    w = tf.Variable([1.0, 2.0], name="w")
    loss = tf.reduce_mean(tf.square(tf.reduce_sum(x * w, 1) - y), name="loss")
    seen = tf.Variable(0.0, trainable=False, name="seen")
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, seen.assign_add(1.0, name="count"))
    tf.summary.scalar("curve", loss)
    train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, name="train")
    tf.negative(loss, name="after")
    tf.group(tf.global_variables_initializer())
    return {"x": x, "y": y, "w": w, "loss": loss, "train": train}


def names(ops):
    return [op.name for op in ops]


def test_what_a_loss_needs(model):
    report = explain.needs(model["loss"])
    assert report.placeholders == ["x", "y"] and report.variables == ["w"] and report.writes == []
    assert report.update_ops == [] and report.update_ops_left == ["count"]
    assert "x' (test_reports.py:" in str(report) and "loss <- Square <- sub <- Sum <- mul <- x" in str(report)
    assert "after" in names(report.pruned["after the fetches"])
    assert {"w/Assign", "seen/Assign", "init"} <= set(names(report.pruned["an initializer"]))
    assert names(report.pruned["in UPDATE_OPS, which no fetch needs"]) == ["count"]
    assert names(report.pruned["a summary, which no fetch needs"]) == ["curve"]
    assert len(report.runs) + sum(map(len, report.pruned.values())) == model["loss"].graph.version


def test_what_is_fed_is_not_needed(model):
    report = explain.needs(model["loss"], {model["x"]: [[1.0, 2.0]], "y:0": [1.0]})
    assert report.placeholders == [] and "must be fed" not in str(report)
    assert f"fed: {report.fed[0]}, {report.fed[1]}" in str(report) and report.fed[0].startswith("'x' (test_reports.py:")
    assert names(report.pruned["its value is fed"]) == ["x", "y"]
    product = model["w"].graph.get_tensor_by_name("mul:0")
    report = explain.needs(model["loss"], [product])
    assert report.placeholders == ["y"] and report.variables == []
    assert {"x", "w", "w/read"} <= set(names(report.pruned["before a tensor that is fed"]))
    assert names(report.pruned["its value is fed"]) == ["mul"]


def test_what_a_train_op_writes(model):
    report = explain.needs([model["train"], "count"])
    assert sorted(report.writes) == ["seen", "w"]
    assert report.update_ops == ["count"]


def test_diff_of_a_call(graph):
    w = tf.Variable(3.0, name="w")
    before = explain.moment()
    train = tf.contrib.layers.optimize_loss(w * w, None, 0.1, "Momentum")
    after = explain.moment(graph)
    tf.constant(1.0)
    found = explain.diff(before, after)
    assert found.added == graph.get_operations()[before.version : after.version] and train.op in found.added
    assert found.variables == ["OptimizeLoss/learning_rate", "OptimizeLoss/w/Momentum"]
    assert set(found.collections) == {"variables", "summaries", "train_op"}
    assert found.stages["gradients"] > 3 and f"stages: none {found.stages[None]}" in str(found)
    assert len(explain.diff(before).added) == len(found.added) + 1
    assert explain.diff(after, after).added == [] and str(explain.diff(after, after)).startswith("0 nodes added")


def test_diff_of_collections_that_were_changed(graph):
    tf.add_to_collection("mine", 1)
    before = explain.moment()
    tf.get_collection_ref("mine").insert(0, 0)
    assert explain.diff(before).collections == {"mine": [0]}


def test_diff_of_two_graphs():
    def build(extra):
        with tf.Graph().as_default() as graph:
            tf.constant(1.0, name="a")
            tf.constant(2.0, name="b") if extra else tf.placeholder(tf.float32, name="b")
        return graph

    found = explain.diff(build(False), build(True))
    assert [op.type for op in found.added] == ["Const"] and [op.type for op in found.removed] == ["Placeholder"]
    assert "1 node gone" in str(found)


def test_names_by_scopes(graph):
    made = []
    for _ in range(2):
        with tf.variable_scope("model", reuse=tf.AUTO_REUSE), tf.variable_scope("layer"), tf.name_scope("part"):
            w = tf.get_variable("w", [])
            made.append((w, tf.multiply(w, 2.0, name="y"), tf.Variable(1.0, name="own")))
    (w, _, _), (_, y, own) = made
    name = explain.name_of(y)
    assert name.name_scopes == ["model_1", "layer", "part"] and name.base == "y"
    assert name.variable_scopes == ["model", "layer"]
    assert "the variable scope 'model' was taken before" in str(name).replace("\n      ", " ")
    assert explain.name_of(w).variable_scopes == ["model", "layer"] and explain.name_of(w).name_scopes == []
    assert explain.name_of(w.value()).by_get_variable
    assert not explain.name_of(own).by_get_variable and explain.name_of(own).name_scopes == ["model_1", "layer", "part"]


def test_a_number_without_a_scope(graph):
    tf.constant(1.0, name="c")
    second = tf.constant(1.0, name="c")
    name = explain.name_of(second)
    assert name.name == "c_1" and name.base == "c" and name.codes == ["numbered"]
    assert explain.name_of("c:0").codes == []
    tf.constant(1.0, name="layer_3")  # a number of the user's own
    assert explain.name_of("layer_3").codes == []


def test_reports_are_plain_and_printable(graph, tmp_path):
    w = tf.Variable([1.0], name="w")
    y = tf.round(w, name="y")
    for report in (
        explain.why_none(y, w),
        explain.needs(y),
        explain.name_of(y),
        explain.diff(explain.moment()),
        explain.races(y),
        explain.lint(y),
    ):
        assert isinstance(report, explain.Report) and report and repr(report) == str(report)
        assert set(report.highlights) == {"ops", "edges"}
        assert all(graph.get_operation_by_name(name) for name in report.highlights["ops"])
        assert report._repr_html_().startswith("<div><b>")
        assert max(map(len, str(report).splitlines())) <= 100
        assert report.render(str(tmp_path / "report.dot")).endswith("report.dot")


def test_a_lazy_room():
    import subprocess
    import sys

    code = "import sys, minigraph as tf; assert 'minigraph.explain' not in sys.modules; tf.explain.lint"
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(AttributeError, match="has no attribute 'no_such_thing'"):
        tf.no_such_thing


@pytest.mark.parametrize(
    "ask, message",
    [
        (lambda: explain.describe([]), "one train op is wanted here, not []"),
        (lambda: explain.name_of(["a"]), "a tensor, operation, variable or name is wanted here, not ['a']"),
        (lambda: explain.diff(3), "a tf.Graph, or what explain.moment() gave, is wanted here, not 3"),
        (lambda: explain.moment("graph"), "a tf.Graph, or what explain.moment() gave, is wanted here, not 'graph'"),
        (lambda: explain.why_none(None, None), "Can not convert a NoneType into a Tensor or Operation."),
        (lambda: explain.races(None), "Fetch argument None has invalid type <class 'NoneType'>"),
    ],
)
def test_wrong_arguments(graph, ask, message):
    with pytest.raises(TypeError) as error:
        ask()
    assert str(error.value).startswith(message)


def test_a_drawn_report_marks_what_it_found(graph, tmp_path):
    v = tf.Variable(1.0, name="v")
    races = explain.races(tf.group(v.assign_add(1.0), v.assign(v * 2.0)))
    needs = explain.needs(v * 3.0)
    assert "the finding" in pathlib.Path(races.render(tmp_path / "races.svg")).read_text()
    assert "the finding" not in pathlib.Path(needs.render(tmp_path / "needs.svg")).read_text()
