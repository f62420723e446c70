"""What a view shows: stages, folding, constants, arrows."""

import pytest

import minigraph as tf
from minigraph.reading.roles import STAGES
from minigraph.viz import View


def boxes_of(view):
    return {box.path: box for box in view.boxes}


def test_the_story_is_told_in_order(training):
    view = View(training)
    assert [s.stage for s in view.sections] == [
        "forward",
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
    assert [s.number for s in view.sections] == list(range(1, 11))
    assert len(view.boxes) <= 60 and len(training.get_operations()) > 400


def test_every_node_is_in_one_box_or_said_to_be_hidden(training):
    view = View(training)
    boxed = [op for box in view.boxes for op in box.ops]
    assert len(boxed) == len(set(boxed))
    assert len(boxed) + sum(view.hidden.values()) == len(training.get_operations())
    assert sum(box.nodes for box in view.boxes) == len([op for op in view.home if view.home[op] in set(boxed)])


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"depth": 0},
        {"depth": 1},
        {"depth": 3},
        {"unfold": ["gradients"]},
        {"fold": ["apply", "hidden"]},
        {"show_constants": True},
        {"show_init": True},
        {"show_helpers": True},
        {"by": "scope"},
        {"by": "device"},
        {"by": "job"},
    ],
)
def test_arrows_are_the_edges_of_the_graph(training, options):
    """Each data edge between two drawn nodes in different boxes is in exactly the arrow between these."""
    view = View(training, **options)
    box = {op: b for b in view.boxes for op in b.ops}
    carried = {
        (tensor, a.from_section or a.tail, a.to_section or a.head)
        for a in view.arrows
        if a.kind == "data"
        for tensor in a.sources
    }
    between_sections = {
        (t, a.tail.section, a.head.section) for a in view.arrows if a.kind != "control" for t in a.sources
    }
    for op in view.drawn:
        for tensor in op.inputs:
            tail, head = box.get(view.home.get(tensor.op)), box[op]
            if tail is None or tail is head or view.home[tensor.op] is not tensor.op:
                continue
            if tail.section is not head.section:
                assert (tensor, tail.section, head.section) in between_sections
            elif not tensor.dtype._is_ref:
                assert (tensor, tail, head) in carried


def test_depth_0_is_one_box_for_each_stage(training):
    view = View(training, depth=0)
    assert [box.kind for box in view.boxes] == ["section"] * len(view.sections)
    assert {box.section.stage for box in view.boxes} == {s.stage for s in view.sections}


def test_a_great_depth_shows_every_drawn_node(training):
    view = View(training, depth=99)
    assert {box.kind for box in view.boxes} == {"op"} and len(view.boxes) == len(view.drawn)


def test_everything_can_be_shown(training):
    view = View(training, depth=99, show_constants=True, show_helpers=True, show_init=True)
    assert view.hidden == {"read": len(training.get_collection(tf.GraphKeys.GLOBAL_VARIABLES))}
    assert len(view.boxes) + view.hidden["read"] == len(training.get_operations())


def test_fold_and_unfold(training):
    assert "hidden/MatMul" in boxes_of(View(training))
    folded = View(training, fold=["hidden"])
    assert boxes_of(folded)["hidden"].kind == "scope" and "hidden/MatMul" not in boxes_of(folded)
    assert boxes_of(View(training, depth=1, unfold=["hidden"]))["hidden/MatMul"].kind == "op"
    assert [b for b in View(training, fold=["gradients"]).boxes if b.section.stage == "gradients"][0].kind == "section"
    few, many = (
        len([b for b in v.boxes if b.section.stage == "clipping"])
        for v in (View(training), View(training, unfold="clipping"))
    )
    assert many > few


def test_unfold_opens_what_is_above(training):
    view = View(training, depth=0, unfold=["norm/batchnorm"])
    assert "norm/batchnorm/Rsqrt" in boxes_of(view)


def test_unknown_names_are_told(training):
    with pytest.raises(
        ValueError, match="unfold: the graph has no scope or stage named 'hiden'. Did you mean 'hidden'"
    ):
        View(training, unfold=["hiden"])
    with pytest.raises(ValueError, match="fold: the graph has no scope or stage named 'zzz'"):
        View(training, fold=["zzz"])
    with pytest.raises(ValueError, match="by must be 'stage', 'scope', 'role', 'device' or 'job', not 'name'"):
        View(training, by="name")
    with pytest.raises(ValueError, match="depth must be a number from 0 on, not -1"):
        View(training, depth=-1)
    with pytest.raises(TypeError, match="a tf.Graph was expected"):
        View(3)
    with pytest.raises(KeyError, match="nothing"):
        View(training, fetches="nothing:0")


def test_fetches_show_ancestors_only(training):
    view = View(training, fetches="logits/BiasAdd:0")
    assert [s.stage for s in view.sections] == ["forward"] and view.sections[0].number == 0
    assert not [op for op in view.drawn if op.name.startswith(("sparse_softmax", "OptimizeLoss"))]
    op = training.get_operation_by_name("logits/BiasAdd")
    assert {b.path for b in View(training, fetches=[op, {"a": "x"}]).boxes} == {b.path for b in view.boxes}


def test_fetching_the_initializer_shows_it(training):
    view = View(training, fetches="init")
    assert "init" not in view.hidden and "init" in boxes_of(view)


def test_a_variable_is_one_box_with_its_shape(training):
    box = boxes_of(View(training))["hidden/kernel"]
    assert (box.role, box.lines) == ("variable", ["8 × 16"])
    assert box.nodes > 5  # with its read, its assignment and what computes the initial value


def test_constants_are_written_into_their_consumer():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.int32, [2], name="x")
        tf.multiply(x, 3, name="triple")
        tf.constant([1.0, 2.0], name="alone")
    view = View(graph)
    assert boxes_of(view)["triple"].lines == ["Mul", "y = 3"]
    assert boxes_of(view)["alone"].lines == ["[1.0, 2.0]"]
    assert "triple/y" in boxes_of(View(graph, show_constants=True))


def test_shapes_and_dtypes_on_arrows():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 3], name="x")
        y = tf.cast(tf.transpose(x, name="t"), tf.int64, name="y")
        z = tf.identity(tf.identity(y, name="i"), name="z")
        tf.group(z, name="all")
    labels = {(a.tail.title, a.head.title): (a.kind, a.label) for a in View(graph).arrows}
    assert labels["t", "y"] == ("data", "3 × ?") and labels["y", "i"] == ("data", "3 × ? int64")
    assert labels["z", "all"] == ("control", "")


def test_writing_a_variable_is_an_arrow_of_its_own():
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        tf.assign_add(v, 2.0, name="up")
    assert [(a.tail.title, a.head.title, a.kind, a.label) for a in View(graph).arrows] == [
        ("v", "up", "write", "writes")
    ]


def test_a_control_edge_through_a_constant_is_seen():
    """In a control_dependencies block the constant waits, and what takes it gets no edge of its own."""
    with tf.Graph().as_default() as graph:
        before = tf.no_op(name="before")
        v = tf.Variable(1.0, name="v")
        with tf.control_dependencies([before]):
            tf.assign_add(v, 2.0, name="up")
    assert ("before", "up", "control") in {(a.tail.title, a.head.title, a.kind) for a in View(graph).arrows}


def test_shape_computations_are_hidden():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 3], name="x")
        tf.reshape(x, tf.stack([tf.shape(x)[0], 3]), name="same")
    assert set(boxes_of(View(graph))) == {"x", "same"}
    assert {"stack", "Shape", "strided_slice"} < set(boxes_of(View(graph, show_helpers=True)))


def test_the_loss_and_the_train_op_are_marked():
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        loss = tf.square(v, name="loss")
        tf.train.GradientDescentOptimizer(0.1).minimize(loss, name="train")
    roles = {box.path: box.role for box in View(graph).boxes}
    assert roles["loss"] == "loss" and roles["train"] == "train_op"


def test_the_loss_is_what_was_differentiated_though_its_own_gradient_adds_no_node():
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        loss = tf.add(tf.square(v, name="square"), tf.sin(v, name="sine"), name="sum")
        tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    assert [box.path for box in View(graph).boxes if box.role == "loss"] == ["sum"]


def test_the_loss_is_the_one_that_was_given_though_it_waits_for_update_ops():
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        loss = tf.square(v, name="loss")
        tf.contrib.layers.optimize_loss(loss, None, 0.1, "SGD", update_ops=[tf.assign(v, 3.0, name="up")])
    assert [box.path for box in View(graph).boxes if box.role == "loss"] == ["loss"]


def test_what_is_differentiated_without_training_is_no_loss():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [], name="x")
        t = tf.while_loop(lambda a: a < 10.0, lambda a: a * 2, [x], name="loop")
        tf.gradients(tf.add(tf.square(t, name="square"), tf.sin(t), name="sum"), x)
        tf.gradients(t, x)
    boxes = [*View(graph).boxes, *View(graph, fetches=t).boxes]
    assert "loss" not in {box.role for box in boxes}
    assert {box.path for box in boxes if "differentiated" in box.lines} == {"sum", t.op.name}


def test_what_a_penalty_differentiates_is_no_loss():
    with tf.Graph().as_default() as graph:
        v = tf.Variable(2.0, name="v")
        critic = tf.square(v, name="critic")
        loss = tf.add(critic, tf.square(tf.gradients(critic, v)[0]), name="penalized")
        tf.assign_sub(v, 0.1 * tf.gradients(loss, v)[0])
    assert [box.path for box in View(graph).boxes if box.role == "loss"] == ["penalized"]


def test_two_training_ops_are_told_apart():
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        for name in ("first", "second"):
            tf.contrib.layers.optimize_loss(
                tf.square(v),
                tf.train.get_or_create_global_step(),
                0.1,
                "SGD",
                name=name,
                increment_global_step=name == "first",
                summaries=[],
            )
    titles = [s.title for s in View(graph).sections]
    assert titles[0].startswith("forward")
    assert [t for t in titles if "gradients" in t] == ["first: gradients", "second: gradients"]


def test_hand_written_clipping_is_told_after_the_gradients():
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        opt = tf.train.GradientDescentOptimizer(0.1)
        pairs = opt.compute_gradients(tf.square(v))
        opt.apply_gradients([(tf.multiply(g, 0.5, name="half"), v) for g, v in pairs])
    view = View(graph)
    assert [s.stage for s in view.sections] == ["forward", "gradients", "derived", "apply"]
    assert boxes_of(view)["half"].section.stage == "derived"


def test_empty_graph_and_one_node():
    assert View(tf.Graph()).boxes == [] and View(tf.Graph()).title == "0 nodes in 0 boxes"
    with tf.Graph().as_default() as graph:
        tf.constant(1.0, name="c")
    view = View(graph)
    assert [b.title for b in view.boxes] == ["c"] and view.title == "test_view.py: 1 node in 1 box"


def test_the_default_graph_a_session_and_a_tensor_will_do():
    with tf.Graph().as_default() as graph, tf.Session() as session:
        c = tf.constant(1.0, name="c")
        assert View().graph is View(session).graph is View(c).graph is View(c.op).graph is graph


def test_200_nested_scopes(fake):
    names = [f"s{i}" for i in range(200)]
    last = fake.add("x", "Placeholder")
    for i in range(200):
        last = fake.add("/".join(names[: i + 1]) + "/op", inputs=[last])
    assert len(View(fake).boxes) <= 60
    assert len(View(fake, depth=300).boxes) == 201
    assert len(View(fake, unfold=["/".join(names[:150])]).boxes) >= 150


@pytest.mark.parametrize("name", ["layer_{i}/op", "layer{i}/op", "op_{i}", "a/b/op_{i}", "deep/{i}/er/op"])
def test_many_nodes_fold_to_few_boxes(fake, name):
    last = fake.add("x", "Placeholder")
    for i in range(3000):
        last = fake.add(name.format(i=i), inputs=[last], stage=STAGES[i // 300] if i % 2 else None)
    view = View(fake)
    assert len(view.boxes) <= 60 and sum(box.nodes for box in view.boxes) == 3001
    assert len(view.arrows) <= 500


def test_one_visit_to_a_node_is_enough(fake):
    """The work of folding grows with the graph, not with its square: look-ups of inputs are counted."""
    seen = [0]

    class Counting(tuple):
        def __iter__(self):
            seen[0] += 1
            return super().__iter__()

    def visits(n):
        graph, seen[0] = type(fake)(), 0
        last = graph.add("x", "Placeholder")
        for i in range(n):
            last = graph.add(f"block_{i // 10}/op_{i % 10}", inputs=[last])
        for op in graph.ops:
            op.inputs = Counting(op.inputs)
        View(graph)
        return seen[0]

    assert visits(2000) < 2.5 * visits(1000)


def test_many_training_ops_are_told_as_one(fake):
    last = fake.add("x", "Placeholder")
    for call in range(40):
        for stage in ("gradients", "clipping", "apply"):
            last = fake.add(f"{stage}_{call}/op", inputs=[last], stage=stage)
    view = View(fake)
    assert [s.stage for s in view.sections] == ["forward", "gradients", "clipping", "apply"]
    assert len(view.boxes) <= 60


def scopes_of(view):
    return {scope.path: scope.is_variable_scope for frame in view.frames for scope in frame.scopes()}


def test_variable_scopes_are_told_from_name_scopes():
    with tf.Graph().as_default() as graph:
        for _ in range(2):
            with tf.variable_scope("model", reuse=tf.AUTO_REUSE):
                with tf.name_scope("half"):
                    y = tf.negative(tf.multiply(tf.get_variable("w", []), 0.5))
                tf.square(y)
        with tf.name_scope("outer"), tf.variable_scope("inner"):
            tf.negative(tf.multiply(tf.get_variable("w", []), 0.5))
        tf.layers.dense(tf.zeros([2, 3]), 4, tf.nn.relu, name="layer")
        with tf.name_scope("loss"):
            tf.negative(tf.square(y))
    found = scopes_of(View(graph, depth=9))
    assert found["layer"] and found["outer/inner"] and found["model_1"]
    assert not any(found[name] for name in ("model/half", "model_1/half", "loss")), found
    closed = {box.path: box.role for box in View(graph, depth=1).boxes if box.kind == "scope"}
    assert closed["layer"] == "variable_scope" and closed["loss"] == "scope"


def test_in_the_body_of_a_loop_the_scopes_are_those_of_the_graph():
    with tf.Graph().as_default():

        def body(i):
            with tf.variable_scope("step"):
                w = tf.get_variable("w", [], tf.int32, tf.zeros_initializer())
                return tf.abs(tf.negative(i)) + 1 + w

        loop = tf.while_loop(lambda i: i < 3, body, [0])
        inner = loop.op.inputs[0].op.op_def.attr("body")
    assert any(is_variable for path, is_variable in scopes_of(View(inner, depth=9)).items() if "step" in path)
