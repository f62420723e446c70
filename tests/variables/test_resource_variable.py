"""`ResourceVariable`: its nodes, its reads that are copies, its writes, and where it stands beside other things.

Nodes and values were recorded from TensorFlow 1.15.5.
"""

import copy

import numpy as np
import pytest

import minigraph as tf
from minigraph import explain

pytestmark = pytest.mark.usefixtures("graph")


def since(start):
    """Return the nodes made since `start`, a line each: type, name, inputs and control inputs."""
    lines = []
    for op in tf.get_default_graph().get_operations()[start:]:
        control = "".join(f" ^{c.name}" for c in op.control_inputs)
        lines.append(" ".join([op.type, op.name, *[t.name for t in op.inputs]]) + control)
    return lines


def made(build):
    """Return the nodes that a function makes beside a variable `v`."""
    v = tf.Variable([1.0, 2.0], name="v", use_resource=True)
    start = len(tf.get_default_graph().get_operations())
    build(v)
    return since(start)


def test_what_it_is():
    v = tf.Variable([1.0, 2.0], name="v", use_resource=True)
    assert since(0) == [
        "Const v/Initializer/initial_value",
        "VarHandleOp v",
        "VarIsInitializedOp v/IsInitialized/VarIsInitializedOp v:0",
        "AssignVariableOp v/Assign v:0 v/Initializer/initial_value:0",
        "ReadVariableOp v/Read/ReadVariableOp v:0",
    ]
    assert type(v).__name__ == "ResourceVariable" and isinstance(v, tf.Variable)
    assert str(v) == "<tf.Variable 'v:0' shape=(2,) dtype=float32>"
    assert (v.op.type, v.dtype, v.handle.name, v.handle.dtype) == ("VarHandleOp", tf.float32, "v:0", tf.resource)
    assert v.handle.shape == () and v.op.get_attr("shared_name") == b"v"
    assert v.op.colocation_groups() == [b"loc:@v"] and v.initializer.colocation_groups() == [b"loc:@v/Assign"]


@pytest.mark.parametrize(
    "build, nodes",
    [
        (lambda v: v.value(), ["ReadVariableOp ReadVariableOp v:0"]),
        (
            lambda v: v.read_value(),
            ["ReadVariableOp Read/ReadVariableOp v:0", "Identity Identity Read/ReadVariableOp:0"],
        ),
        (
            lambda v: tf.identity(v),
            ["ReadVariableOp Identity/ReadVariableOp v:0", "Identity Identity Identity/ReadVariableOp:0"],
        ),
        (
            lambda v: v * v,
            [
                "ReadVariableOp ReadVariableOp v:0",
                "ReadVariableOp mul/ReadVariableOp v:0",
                "Mul mul ReadVariableOp:0 mul/ReadVariableOp:0",
            ],
        ),
        (lambda v: -v, ["ReadVariableOp ReadVariableOp v:0", "Neg Neg ReadVariableOp:0"]),
        (
            lambda v: tf.gather(v, [0]),
            ["Const Gather/indices", "ResourceGather Gather v:0 Gather/indices:0", "Identity Identity Gather:0"],
        ),
        (
            lambda v: tf.nn.embedding_lookup(v, [0]),
            [
                "Const embedding_lookup/ids",
                "ResourceGather embedding_lookup v:0 embedding_lookup/ids:0",
                "Identity embedding_lookup/Identity embedding_lookup:0",
                "Identity embedding_lookup/Identity_1 embedding_lookup/Identity:0",
            ],
        ),
        (
            lambda v: tf.gather_nd(v, [[0]]),
            [
                "Const GatherNd/indices",
                "ResourceGatherNd GatherNd v:0 GatherNd/indices:0",
                "Identity Identity GatherNd:0",
            ],
        ),
        (
            lambda v: v.assign([3.0, 4.0]),
            [
                "Const Const",
                "AssignVariableOp AssignVariableOp v:0 Const:0",
                "ReadVariableOp ReadVariableOp v:0 ^AssignVariableOp",
            ],
        ),
        (
            lambda v: v.assign([3.0, 4.0], read_value=False),
            ["Const Const", "AssignVariableOp AssignVariableOp v:0 Const:0"],
        ),
        (
            lambda v: v.assign_add([3.0, 4.0], name="a"),
            ["Const Const", "AssignAddVariableOp a v:0 Const:0", "ReadVariableOp ReadVariableOp v:0 ^a"],
        ),
        (
            lambda v: tf.assign_add(v, [3.0, 4.0], name="a"),
            [
                "Const Const",
                "AssignAddVariableOp AssignAddVariableOp v:0 Const:0",
                "ReadVariableOp ReadVariableOp v:0 ^AssignAddVariableOp",
            ],
        ),
        (
            lambda v: v.assign_sub([3.0, 4.0]) + 1.0,
            [
                "Const Const",
                "AssignSubVariableOp AssignSubVariableOp v:0 Const:0",
                "ReadVariableOp ReadVariableOp v:0 ^AssignSubVariableOp",
                "ReadVariableOp ReadVariableOp_1 v:0 ^AssignSubVariableOp",
                "Const add/y",
                "AddV2 add ReadVariableOp_1:0 add/y:0",
            ],
        ),
        (
            lambda v: tf.group(v.assign([3.0, 4.0])),
            [
                "Const Const",
                "AssignVariableOp AssignVariableOp v:0 Const:0",
                "ReadVariableOp ReadVariableOp v:0 ^AssignVariableOp",
                "NoOp group_deps ^AssignVariableOp",
            ],
        ),
        (
            lambda v: v.scatter_add(tf.IndexedSlices([1.0], [0])),
            [
                "Const Const",
                "Const ResourceScatterAdd/indices",
                "ResourceScatterAdd ResourceScatterAdd v:0 ResourceScatterAdd/indices:0 Const:0",
                "ReadVariableOp ReadVariableOp v:0 ^ResourceScatterAdd",
            ],
        ),
        (lambda v: tf.is_variable_initialized(v), ["VarIsInitializedOp VarIsInitializedOp v:0"]),
        (
            lambda v: tf.Variable(v, name="w", use_resource=False),
            [
                "ReadVariableOp w/ReadVariableOp v:0",
                "VariableV2 w",
                "Assign w/Assign w:0 w/ReadVariableOp:0",
                "Identity w/read w:0",
            ],
        ),
    ],
)
def test_the_nodes_of_its_uses(build, nodes):
    assert made(build) == nodes


def test_a_read_is_a_copy_that_no_later_write_changes():
    v = tf.Variable([1.0, 2.0], use_resource=True)
    old = tf.identity(v)
    with tf.control_dependencies([old]):
        new = v.assign_add([10.0, 10.0])
    with tf.control_dependencies([new]):
        again, same = v.read_value(), tf.identity(old)
    with tf.Session() as sess:
        sess.run(v.initializer)
        for turn in range(4):  # the fourth run is a recorded one
            start = np.array([1.0, 2.0]) + 10.0 * turn
            for value, expected in zip(sess.run([old, new, again, same]), [start, start + 10, start + 10, start]):
                assert value.tolist() == expected.tolist()


def test_scopes_and_defaults_choose_the_kind():
    def kind(**options):
        return type(tf.Variable(1.0, **options)).__name__

    assert kind() == "Variable" and kind(use_resource=True) == "ResourceVariable"
    with tf.variable_scope("s", use_resource=True):
        assert kind() == "ResourceVariable" and kind(use_resource=False) == "Variable"
        assert type(tf.get_variable("w", [1])).__name__ == "ResourceVariable"
    with tf.variable_scope("t") as scope:
        scope.set_use_resource(True)
        assert type(tf.get_variable("w", [1])).__name__ == "ResourceVariable"
    tf.enable_resource_variables()
    try:
        assert kind() == "ResourceVariable" and tf.resource_variables_enabled()
    finally:
        tf.disable_resource_variables()
    assert kind() == "Variable"


@pytest.mark.parametrize(
    "build, kind, message",
    [
        (
            lambda v: copy.deepcopy(v),
            NotImplementedError,
            "__deepcopy__() is only available when eager execution is enabled.",
        ),
        (lambda v: v.numpy(), NotImplementedError, "numpy() is only available when eager execution is enabled."),
        (lambda v: v.set_shape([2]), NotImplementedError, "ResourceVariable does not implement set_shape()"),
        (lambda v: list(v), TypeError, "'Variable' object is not iterable."),
        (lambda v: v.assign([1.0, 2.0, 3.0]), ValueError, "Shapes (2,) and (3,) are incompatible"),
        (
            lambda v: tf.convert_to_tensor(v, tf.int32),
            ValueError,
            "Incompatible type conversion requested to type 'int32' for variable of type 'float32'",
        ),
        (
            lambda v: tf.scatter_nd_add(v, [[0]], tf.constant([1])),
            ValueError,
            "Tensor conversion requested dtype float32 for Tensor with dtype int32: <tf.Tensor 'Const:0' shape=(1,) "
            "dtype=int32>",
        ),
    ],
)
def test_what_it_refuses(build, kind, message):
    v = tf.Variable([1.0, 2.0], use_resource=True)
    with pytest.raises(kind) as caught:
        build(v)
    assert str(caught.value).split("\n")[0] == message


@pytest.mark.parametrize("use", [lambda v: v * 2.0, lambda v: v])
def test_without_a_value_it_fails_as_a_resource(use):
    v = tf.Variable([1.0, 2.0], name="v", use_resource=True)
    fetch = use(v)
    with tf.Session() as sess, pytest.raises(tf.errors.FailedPreconditionError) as caught:
        sess.run(fetch)
    assert str(caught.value).startswith(
        "Error while reading resource variable v from Container: localhost. This could "
        "mean that the variable was uninitialized."
    )


NOT_FOUND = "Container localhost does not exist. (Could not find resource: localhost/v)"


@pytest.mark.parametrize(
    "use, kind, words",
    [  # recorded from TensorFlow 1.15.5
        (
            lambda v: v + 1.0,
            tf.errors.FailedPreconditionError,
            "Error while reading resource variable v from Container: localhost. This could mean that the variable was "
            f"uninitialized. Not found: {NOT_FOUND}",
        ),
        (lambda v: v.assign_add([1.0, 1.0]), tf.errors.NotFoundError, NOT_FOUND),
        (lambda v: tf.gather(v, [0]), tf.errors.NotFoundError, NOT_FOUND),
        (lambda v: v.gather_nd([[0]]), tf.errors.NotFoundError, NOT_FOUND),
        (lambda v: tf.scatter_update(v, [0], [1.0]), tf.errors.NotFoundError, NOT_FOUND),
        (lambda v: v.scatter_nd_add([[0]], [1.0]), tf.errors.NotFoundError, NOT_FOUND),
        (lambda v: v[:1].assign([1.0]), tf.errors.NotFoundError, NOT_FOUND),
        (
            lambda v: tf.train.GradientDescentOptimizer(0.1).apply_gradients([(tf.ones([2]), v)]),
            tf.errors.InternalError,
            "Invalid variable reference.",
        ),
        (
            lambda v: tf.train.AdagradOptimizer(0.1).apply_gradients([(tf.IndexedSlices(tf.ones([1]), [0]), v)]),
            tf.errors.InternalError,
            "Invalid variable reference.",
        ),
    ],
)
def test_what_needs_it_decides_the_error(use, kind, words):
    v = tf.Variable([1.0, 2.0], name="v", use_resource=True)
    fetch = use(v)
    with tf.Session() as sess, pytest.raises(kind) as caught:
        sess.run(fetch)
    assert str(caught.value).split("\n")[0] == words
    assert "The run at" in str(caught.value)


def test_once_another_variable_has_a_value_only_the_variable_is_missing():
    v, other = [tf.Variable([1.0], name=name, use_resource=True) for name in "vw"]
    fetch = tf.gather(v, [0])
    with tf.Session() as sess:
        sess.run(other.initializer)
        with pytest.raises(tf.errors.NotFoundError) as caught:
            sess.run(fetch)
    assert str(caught.value).startswith("Resource localhost/v/N10tensorflow3VarE does not exist.\n")


def test_an_update_of_another_shape_fails_and_an_assignment_takes_it():
    v, x = tf.Variable([1.0, 2.0], use_resource=True), tf.placeholder(tf.float32)
    add, assign = v.assign_add(x), v.assign(x)
    with tf.Session() as sess:
        sess.run(v.initializer)
        with pytest.raises(
            tf.errors.InvalidArgumentError,
            match=r"^Cannot update variable with shape \[2\] using a "
            r"Tensor with shape \[3\], shapes must be equal\.",
        ):
            sess.run(add, {x: [1.0, 2.0, 3.0]})
        assert sess.run(assign, {x: [1.0, 2.0, 3.0]}).tolist() == [1.0, 2.0, 3.0]
        assert sess.run(v).tolist() == [1.0, 2.0, 3.0]


@pytest.mark.parametrize("target", [lambda v: v, lambda v: v.handle])
def test_gradients_go_to_the_handle(target):
    v = tf.Variable([1.0, 2.0], use_resource=True)
    (dense,) = tf.gradients(tf.reduce_sum(v * v), target(v))
    (rows,) = tf.gradients(tf.reduce_sum(tf.gather(v, [0, 0])), target(v))
    assert isinstance(rows, tf.IndexedSlices) and tf.gradients(tf.reduce_sum(v * v), v.value()) == [None]
    with tf.Session() as sess:
        sess.run(v.initializer)
        assert sess.run(dense).tolist() == [2.0, 4.0]
        assert sess.run(tf.convert_to_tensor(rows)).tolist() == [2.0, 0.0]
        assert sess.run(tf.hessians(tf.reduce_sum(v * v * v), v))[0].tolist() == [[6.0, 0.0], [0.0, 12.0]]


@pytest.mark.parametrize(
    "build, expected",
    [
        (lambda w, p: tf.cond(p > 0, lambda: tf.reduce_sum(w * w * p), lambda: p * 3.0), [4.0, 8.0]),
        (lambda w, p: tf.cond(p < 0, lambda: tf.reduce_sum(w * w * p), lambda: p * 3.0), [0.0, 0.0]),
        (lambda w, p: tf.cond(p > 0, lambda: tf.gather(w, [1]), lambda: tf.ones([1])), [0.0, 1.0]),
        (
            lambda w, p: tf.while_loop(lambda i, x: i < 3, lambda i, x: (i + 1, x * w), [0, tf.ones([2])])[1],
            [3.0, 12.0],
        ),
    ],
)
def test_gradients_through_branches_and_loops(build, expected):
    w, p = tf.Variable([1.0, 2.0], use_resource=True), tf.placeholder(tf.float32, [])
    grad = tf.convert_to_tensor(tf.gradients(build(w, p), w)[0])
    with tf.Session() as sess:
        sess.run(w.initializer)
        for _ in range(4):
            assert sess.run(grad, {p: 2.0}).tolist() == expected


def test_a_loop_reads_it_in_each_turn():
    a, b = tf.Variable(0, use_resource=True), tf.Variable(0, use_resource=True)

    def body(i):
        with tf.control_dependencies([a.assign_add(1)]):
            more = b.assign_add(a)
        with tf.control_dependencies([more]):
            return i + 1

    turns = tf.while_loop(lambda i: a < 10, body, [tf.constant(0)])
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        assert sess.run(turns) == 10
        assert sess.run([a, b]) == [10, 55]


def test_its_average_its_load_and_its_initialized_value():
    v = tf.Variable([1.0, 2.0], name="v", use_resource=True)
    w = tf.Variable(lambda: v.initialized_value() * 2.0, use_resource=True)
    average = tf.train.ExponentialMovingAverage(0.5)
    with tf.control_dependencies([v.assign([3.0, 6.0])]):
        update = average.apply([v])
    assert type(average.average(v)).__name__ == "ResourceVariable"
    with tf.Session() as sess:
        sess.run(w.initializer)
        assert sess.run(w).tolist() == [2.0, 4.0]
        sess.run(tf.global_variables_initializer())
        sess.run(update)
        assert sess.run(average.average(v)).tolist() == [2.0, 4.0]
        v.load([7.0, 8.0], sess)
        assert v.eval().tolist() == [7.0, 8.0]


def test_a_caching_device_keeps_one_read():
    v = tf.Variable([1.0], name="v", use_resource=True, caching_device="/cpu:0")
    assert v.value() is v.value() and v.value().name == "v/Read/Identity:0"


def test_reports_know_it():
    w = tf.Variable([1.0, 2.0], name="w", use_resource=True)
    loss = tf.reduce_sum(w * w, name="loss")
    train = tf.train.AdamOptimizer(0.1).minimize(loss)
    more = w.assign_add([1.0, 1.0])
    assert explain.why_none(loss, w).codes == ["flows"]
    assert explain.why_none(tf.stop_gradient(loss), w).codes == ["cut"]
    races = explain.races([train, more.op])
    assert len(races.findings) == 3 and all("'w'" in str(finding) for finding in races.findings)
    assert len(explain.races([train]).findings) == 0


def test_a_loss_without_it_names_what_it_depends_on():
    v, w = (tf.Variable(1.0, name=name, use_resource=True) for name in "vw")
    with pytest.raises(ValueError) as caught:
        tf.train.GradientDescentOptimizer(0.1).minimize(v * v, var_list=[w])
    assert "It depends on 'v' (test_resource_variable.py:" in str(caught.value)


def test_the_nodes_of_an_assignment_to_a_slice():
    assert made(lambda v: v[1:].assign([5.0])) == [
        "ReadVariableOp ReadVariableOp v:0",
        "Const strided_slice/stack",
        "Const strided_slice/stack_1",
        "Const strided_slice/stack_2",
        "StridedSlice strided_slice ReadVariableOp:0 strided_slice/stack:0 "
        "strided_slice/stack_1:0 strided_slice/stack_2:0",
        "Const Const",
        "ResourceStridedSliceAssign "
        "strided_slice/_assign v:0 strided_slice/stack:0 strided_slice/stack_1:0 strided_slice/stack_2:0 Const:0",
        "ReadVariableOp ReadVariableOp_1 v:0 ^strided_slice/_assign",
    ]


@pytest.mark.parametrize(
    "build",
    [
        lambda v: v * 2.0,
        lambda v: tf.gather(v, [0]),
        lambda v: tf.gather_nd(v, [[0]]),
        lambda v: tf.cond(tf.constant(True), lambda: v * 2.0, lambda: v * 1.0),
    ],
)
@pytest.mark.parametrize("use_resource, kind", [(True, "If"), (False, "StatelessIf")])
def test_a_conditional_that_reads_one_has_a_state(build, use_resource, kind):
    v, p = tf.Variable([1.0], use_resource=use_resource), tf.placeholder(tf.bool, [])
    assert tf.cond(p, lambda: build(v), lambda: tf.ones([1])).op.inputs[0].op.type == kind


@pytest.mark.parametrize("n", [2, 40_000], ids=["small", "in blocks"])
@pytest.mark.parametrize("way", ["run", "callable", "trace"])
def test_reads_around_writes_in_every_run(n, way):
    v = tf.Variable(np.ones(n, np.float32), use_resource=True)
    old = v.read_value()
    with tf.control_dependencies([old]):
        add = v.assign_add(old)
    with tf.control_dependencies([add]):
        between = v.read_value()
    with tf.control_dependencies([between]):
        assign = v.assign(between * 3.0 + old)
    fetches = [old, between, assign.value(), old + between]
    with tf.Session() as sess:
        call, start = sess.make_callable(fetches), 1.0
        sess.run(v.initializer)
        for _ in range(5):
            options = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)
            found = (
                call()
                if way == "callable"
                else sess.run(fetches)
                if way == "run"
                else sess.run(fetches, options=options, run_metadata=tf.RunMetadata())
            )
            assert [set(value.tolist()) for value in found] == [{start}, {2 * start}, {7 * start}, {3 * start}]
            start *= 7.0


def test_a_recorded_read_is_a_copy_where_a_write_comes_before_its_last_use():
    v = tf.Variable(np.ones(10, np.float32), use_resource=True)
    old = v.read_value()
    before = old * 2.0
    with tf.control_dependencies([before]):
        add = v.assign(before, read_value=False)
    with tf.control_dependencies([add]):
        after = old + 1.0
    with tf.Session() as sess:
        for fetch, steps in (before, ["read", "multiply"]), (after, ["read", "snapshot", "multiply", "write", "add"]):
            sess.run(v.initializer)
            for turn in range(4):
                assert sess.run(fetch).tolist() == [2.0 if fetch is before else 2.0**turn + 1.0] * 10
            table = str(explain.plan(sess, fetch)).split("carried out whole: 0\n")[1]
            assert [line.split()[1] for line in table.splitlines()] == steps


def test_traces_tell_the_type_of_its_value():
    v, run = tf.Variable([1, 2], name="v", use_resource=True), tf.RunMetadata()
    add = v.assign_add([1, 1], read_value=False, name="add")
    with tf.Session() as sess:
        sess.run(v.initializer)
        sess.run(add, options=tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE, trace_values=True), run_metadata=run)
    (change,) = run.trace.variables
    assert (change.before.dtype, change.written_by, change.after.value.tolist()) == ("int32", ["add"], [2, 3])


def test_advice_names_what_writes_it():
    v = tf.Variable(1.0, name="v", use_resource=True)
    add = v.assign_add(1.0)
    report = explain.races([add.op, v * 2.0])
    assert "with tf.control_dependencies([add]):" in str(report)


@pytest.mark.parametrize("use_resource", [False, True])
def test_rows_within_each_entry_of_a_batch_are_replaced(use_resource):
    """Nodes and values are recorded from TensorFlow 1.15.5."""
    memory = tf.Variable(tf.zeros([2, 3, 2]), use_resource=use_resource, name="m")
    before = len(tf.get_default_graph().get_operations())
    update = memory.batch_scatter_update(tf.IndexedSlices(tf.ones([2, 1, 2]), tf.constant([[2], [0]])))
    names = [op.name for op in tf.get_default_graph().get_operations()[before:]]
    reads = ["ReadVariableOp", "ReadVariableOp_1"] if use_resource else []
    assert [name for name in names if "/" not in name] == [
        "ones",
        "Const",
        "Shape",
        "ExpandDims",
        "strided_slice",
        "Range",
        "Reshape",
        "ones_like",
        "mul",
        "concat",
        "ResourceScatterNdUpdate" if use_resource else "ScatterNdUpdate",
        *reads,
    ]
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        assert sess.run(update).tolist() == [[[0.0, 0.0], [0.0, 0.0], [1.0, 1.0]], [[1.0, 1.0], [0.0, 0.0], [0.0, 0.0]]]
