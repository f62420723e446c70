"""Views that answer a question: what lies between, who reads and writes, what repeats."""

import pytest

import minigraph as tf
from minigraph.viz import View


def paths_of(view):
    return {box.path for box in view.boxes}


def test_a_path_shows_what_lies_between(training):
    view = View(training, path=("x", "norm/batchnorm/add_1"), depth=9)
    assert {"x", "hidden/MatMul", "hidden/Relu", "norm/batchnorm/add_1"} <= paths_of(view)
    assert not [p for p in paths_of(view) if "kernel" in p or p.startswith(("logits", "OptimizeLoss"))]


def test_there_is_no_path(training):
    with pytest.raises(
        ValueError,
        match=r"no edges lead from 'norm.*' to 'x'.\nThe other way round there is one: "
        r"path=\('x', 'norm/batchnorm/add_1'\)",
    ):
        View(training, path=("norm/batchnorm/add_1", "x"))
    with pytest.raises(ValueError, match="no edges lead from 'x' to 'labels'.\nWhat each of them needs"):
        View(training, path=("x", "labels"))
    with pytest.raises(ValueError, match="path must be a pair"):
        View(training, path="x")


def test_around_a_variable_are_its_readers_and_writers(training):
    with training.as_default():
        kernel = next(v for v in tf.global_variables() if v.op.name == "hidden/kernel")
    view = View(training, around=kernel, depth=9)
    types = {op.type for op in view.drawn}
    assert {"VariableV2", "MatMul", "ApplyAdam"} <= types and len(view.drawn) < 8
    assert [a.kind for a in view.arrows if a.kind == "write"] == ["write"]


def test_roles_are_those_of_the_whole_graph(training):
    """What was differentiated is the loss, even if a part is looked at whose first gradient is another's."""
    view = View(training, around="hidden/kernel", depth=9)
    assert "loss" not in {box.role for box in view.boxes}


def test_by_role(training):
    view = View(training, by="role")
    assert [s.stage for s in view.sections] == [
        "placeholders",
        "variables",
        "operations",
        "gradients",
        "updates",
        "summaries",
    ]
    for section in view.sections[:2]:
        assert {view.anatomy.role[op] for op in section.ops} == {section.stage.rstrip("s")}
    assert sum(len(s.ops) for s in view.sections) == len(view.drawn)


@pytest.fixture
def tower():
    """12 blocks that are built alike, and one that is not."""
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 4], name="x")
        for i in range(12):
            with tf.name_scope(f"block_{i}"):
                x = tf.nn.relu(tf.negative(x, name="turn"), name="act")
        with tf.name_scope("block_99"):
            tf.exp(tf.square(x, name="turn"), name="act")
    return graph


def test_repeated_blocks_are_one_box(tower):
    boxes = {box.title: box for box in View(tower, repeats=True).boxes}
    assert set(boxes) >= {"x", "block × 12"} and len(boxes["block × 12"].ops) == 24
    assert [box.title for box in View(tower, repeats=True, depth=1).boxes] == ["x", "block × 12", "block_99"]


def test_repeated_blocks_are_apart_where_there_is_room(tower):
    assert not [box for box in View(tower).boxes if "×" in box.title]
    assert "block × 12" in {box.title for box in View(tower, max_boxes=8).boxes}
    assert not [box for box in View(tower, repeats=False, max_boxes=8).boxes if "×" in box.title]


def test_a_repeated_block_can_be_opened(tower):
    view = View(tower, repeats=True, depth=1, unfold=["block_3"])
    assert "block_3/turn" in paths_of(view)
