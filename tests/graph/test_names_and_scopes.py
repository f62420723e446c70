"""Names, name scopes, control dependencies, devices and colocation."""

from __future__ import annotations

import contextlib

import pytest
from answers import answer, run
from hypothesis import given
from hypothesis import strategies as st

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")


def naming():
    """`scoped(name, outer=None)`: the scope's full name and that of an operation in it."""

    def scoped(name, outer=None):
        with tf.name_scope(outer), tf.name_scope(name) as scope:
            return scope, tf.no_op(name="n").name

    def unique(*wanted):
        return [tf.get_default_graph().unique_name(name) for name in wanted]

    def named(*wanted):
        return [tf.no_op(name=name).name for name in wanted]

    return {"scoped": scoped, "unique": unique, "named": named}


NAMES = {
    'unique("a", "a", "a")': "['a', 'a_1', 'a_2']",
    'unique("a", "A", "a")': "['a', 'A_1', 'a_2']",
    'unique("a", "a", "a_1", "a_1")': "['a', 'a_1', 'a_1_1', 'a_1_2']",
    'unique("a/b", "a", "a/b")': "['a/b', 'a', 'a/b_1']",
    '[tf.get_default_graph().unique_name("a", mark_as_used=False) for _ in range(2)]': "['a', 'a']",
    'scoped("a")': "('a/', 'a/n')",
    '[scoped("a"), scoped("a")]': "[('a/', 'a/n'), ('a_1/', 'a_1/n')]",
    '[scoped("a"), scoped("a/")]': "[('a/', 'a/n'), ('a/', 'a/n_1')]",
    '[scoped("a"), scoped("a/b"), scoped("a/b")]': "[('a/', 'a/n'), ('a/b/', 'a/b/n'), ('a/b_1/', 'a/b_1/n')]",
    'scoped("")': "('', 'n')",
    "scoped(None)": "('', 'n')",
    'scoped("/")': "ValueError: '/' is not a valid scope name",
    'scoped("a\\\\b")': "ValueError: 'a\\b' is not a valid scope name",
    'scoped("a b")': "ValueError: 'a b' is not a valid scope name",
    'scoped("_a")': "ValueError: '_a' is not a valid scope name",
    'scoped(".")': "('./', './n')",
    'scoped("a", "o")': "('o/a/', 'o/a/n')",
    'scoped("", "o")': "('', 'n')",
    'scoped(None, "o")': "('', 'n')",
    'scoped("a/", "o")': "('a/', 'a/n')",
    'scoped("_a", "o")': "('o/_a/', 'o/_a/n')",
    'scoped("a b", "o")': "ValueError: 'a b' is not a valid scope name",
    'scoped("i", "o/")': "('o/i/', 'o/i/n')",
    'named("a/b/c", "a/b", "a")': "['a/b/c', 'a/b', 'a']",
    'named("a", "a_1", "a")': "['a', 'a_1', 'a_2']",
    'named("a/")': "['a']",
    'named("a/", "a")': "ValueError: Duplicate node name in graph: 'a'",
    'named("a b")': "ValueError: 'a b' is not a valid scope name",
    'named("_a")': "ValueError: '_a' is not a valid scope name",
    'tf.constant(1, name="a b").name': "ValueError: 'a b' is not a valid node name",
    'tf.name_scope("a", "b").name': "a",
    'tf.name_scope(None, "b").name': "b",
    "tf.name_scope(None, None).__enter__()": "",
    "tf.name_scope(None, None, [1]).__enter__()": "ValueError: At least one of name (None) and default_name (None) must be provided",
    'tf.name_scope("a", [1]).__enter__()': "TypeError: `default_name` type (<class 'list'>) is not a string type",
    'tf.name_scope("a", values=[tf.constant(1), None, "x"]).__enter__()': "a/",
}


def placing():
    """`placed(*devices)` and `groups(*ops)`: where an operation inside such blocks stands."""

    def opened(scope, entries, **options):
        with contextlib.ExitStack() as stack:
            for entry in entries:
                stack.enter_context(scope(entry, **options))
            return tf.no_op()

    def groups(*entries, **options):
        op = opened(tf.colocate_with, entries, **options)
        return op.colocation_groups(), op.device

    with tf.device("/cpu:0"):
        d = tf.constant(1.0, name="d")
    return {
        "c": tf.constant(1.0, name="c"),
        "d": d,
        "groups": groups,
        "placed": lambda *entries: opened(tf.device, entries).device,
    }


DEVICES = {
    'placed("/cpu:0")': "/device:CPU:0",
    'placed("cpu:0")': "/device:CPU:0",
    'placed("/device:gpu:1")': "/device:GPU:1",
    'placed("/gpu:*")': "/device:GPU:*",
    'placed("/cpu")': "/device:CPU:*",
    'placed("/job:ps/replica:2/task:03/device:GPU:4")': "/job:ps/replica:2/task:3/device:GPU:4",
    'placed("/job:ps/task:1", "/gpu:0")': "/job:ps/task:1/device:GPU:0",
    'placed("/job:ps", "/job:worker")': "/job:worker",
    'placed("/gpu:1", "/gpu:*")': "/device:GPU:1",
    'placed("/gpu:0", "/job:ps", "/cpu:1")': "/job:ps/device:CPU:1",
    'placed("/gpu:0", None)': "",
    'placed("/gpu:0", "")': "/device:GPU:0",
    'placed("/job:ps/task:x")': "ValueError: invalid literal for int() with base 10: 'x'",
    'placed("nonsense")': "ValueError: Unknown attribute: 'nonsense' in 'nonsense'",
    'placed("/tpu:0")': "ValueError: Unknown attribute: 'tpu' in '/tpu:0'",
    'placed("/cpu:0/gpu:0")': "ValueError: Cannot specify multiple device types: /cpu:0/gpu:0",
    'placed("/job:a:b")': "ValueError: Unknown attribute: 'job' in '/job:a:b'",
    'placed(lambda op: "/cpu:0")': "/cpu:0",
    'placed("/job:ps", lambda op: "/gpu:1")': "/job:ps/device:GPU:1",
    'placed(lambda op: op.device + "/job:x", "/gpu:1")': "/device:GPU:1/job:x",
    'placed(lambda op: "/gpu:1" if op.type == "NoOp" else "")': "/gpu:1",
    'placed(lambda op: "/cpu:0", None)': "",
    "placed(lambda op: None)": "TypeError: Expected binary or unicode string, got None",
    "str(d)": 'Tensor("d:0", shape=(), dtype=float32, device=/device:CPU:0)',
    "groups()": "([b'loc:@NoOp'], '')",
    "groups(c)": "([b'loc:@c'], '')",
    "groups(d)": "([b'loc:@d'], '/device:CPU:0')",
    "groups(c.op, d)": "([b'loc:@c', b'loc:@d'], '/device:CPU:0')",
    "groups(c, d, ignore_existing=True)": "([b'loc:@d'], '/device:CPU:0')",
    'groups("text")': "([b'loc:@Const'], '')",
    "groups(None)": "ValueError: Trying to reset colocation (op is None) but ignore_existing is not True",
    "groups(c, None, ignore_existing=True)": "([b'loc:@NoOp'], '')",
}


@pytest.mark.parametrize("expression", NAMES)
def test_name(expression):
    assert answer(expression, naming()) == NAMES[expression]


@pytest.mark.parametrize("expression", DEVICES)
def test_device(expression):
    assert answer(expression, placing()) == DEVICES[expression]


words = st.text("aAb_1", min_size=1, max_size=3).filter(lambda word: word[0] != "_")


@given(st.lists(words, max_size=12))
def test_names_are_unique_and_begin_as_asked(wanted):
    with tf.Graph().as_default() as graph:
        names = [tf.no_op(name=word).name for word in wanted]
    assert len({name.lower() for name in names}) == len(names)
    assert all(name == word or name.rsplit("_", 1)[0] == word for name, word in zip(names, wanted))
    assert [graph.get_operation_by_name(name).name for name in names] == names


@given(st.lists(words, min_size=1, max_size=4))
def test_a_scope_is_opened_again_by_its_full_name(path):
    with tf.Graph().as_default() as graph, contextlib.ExitStack() as stack:
        for word in path:
            scope = stack.enter_context(tf.name_scope(word))
        assert scope == "/".join(path) + "/" == graph.get_name_scope() + "/"
        with tf.name_scope(None):
            assert not graph.get_name_scope()
            with tf.name_scope(scope) as again:
                assert again == scope and tf.no_op(name="x").name == scope + "x"
        assert tf.no_op(name="x").name == scope + "x_1"


def controls(op):
    return [c.name for c in op.control_inputs]


def test_control_dependencies_nest_and_are_cleared():
    a, b, c = (tf.no_op(name=name) for name in "abc")
    with tf.control_dependencies([a]):
        with tf.control_dependencies([b, c, b]):
            inner = tf.no_op()
            with tf.control_dependencies(None):
                free = tf.no_op()
                with tf.control_dependencies([c]):
                    anew = tf.no_op()
        with tf.control_dependencies([]):
            outer = tf.no_op()
    assert [sorted(controls(op)) for op in (inner, free, anew, outer)] == [["a", "b", "c"], [], ["c"], ["a"]]
    assert controls(tf.no_op()) == []


def test_what_may_be_depended_on():
    v = tf.Variable(1.0, name="v")
    t = tf.constant([1.0], name="t")
    rows = tf.IndexedSlices(t, tf.constant([0]))
    with tf.control_dependencies([v, t, "t", "v/read:0", rows, v.initializer]):
        assert sorted(controls(tf.no_op())) == ["t", "v", "v/Assign", "v/read"]
    with tf.Graph().as_default():
        other = tf.no_op(name="other")
    assert answer(lambda: tf.control_dependencies([3]).__enter__()) == (
        "TypeError: Can not convert a int into a Tensor or Operation"
    )
    assert answer(lambda: tf.control_dependencies(["none"]).__enter__()) == (
        "KeyError: The name 'none' refers to an Operation not in the graph"
    )
    assert answer(lambda: tf.control_dependencies([other]).__enter__()).endswith('Operation name: "other"')


def test_an_input_that_waits_already_spares_the_edge():
    a = tf.constant(1.0, name="a")
    with tf.control_dependencies([a]):
        b = tf.constant(2.0, name="b")
        direct, through = tf.identity(a), tf.identity(b)
    assert [controls(t.op) for t in (b, direct, through)] == [["a"], [], []]


def test_control_dependencies_order_a_run():
    v = tf.Variable(1.0)
    with tf.control_dependencies([v.assign(5.0)]):
        stale, fresh = tf.identity(v.value()), v.read_value()
    assert run(fresh) == 5.0 and controls(stale.op) == ["Assign"]


def test_the_scopes_of_a_graph_are_its_own(graph):
    with tf.name_scope("a"), tf.control_dependencies([tf.no_op()]), tf.device("/cpu:0"), tf.Graph().as_default():
        op = tf.no_op()
        assert (op.name, op.control_inputs, op.device) == ("NoOp", [], "")
    assert graph.get_name_scope() == ""


def test_values_choose_the_graph():
    with tf.Graph().as_default() as other:
        x = tf.constant(1.0, name="x")
    with tf.name_scope("a", values=[x]):
        assert tf.get_default_graph() is other and tf.no_op().name == "a/NoOp"
    assert tf.get_default_graph() is not other
    assert answer(lambda: tf.name_scope("a", values=[x, tf.constant(2.0, name="y")]).__enter__()) == (
        'ValueError: Tensor("y:0", shape=(), dtype=float32) must be from the same graph as Tensor("x:0", shape=(), '
        "dtype=float32)"
    )


def test_init_scope_leaves_control_dependencies_but_not_the_name_scope():
    with tf.name_scope("a"), tf.control_dependencies([tf.no_op(name="n")]), tf.init_scope():
        op = tf.no_op(name="free")
    assert (op.name, op.control_inputs) == ("a/free", [])


def test_gradient_override_map_marks_the_operations(graph):
    with graph.gradient_override_map({"NoOp": "Mine"}):
        assert tf.no_op().get_attr("_gradient_op_type") == b"Mine"
    assert answer(lambda: graph.gradient_override_map({"NoOp": 3}).__enter__()) == (
        "TypeError: op_type_map must be a dictionary mapping strings to strings"
    )


def devices(*names):
    graph = tf.get_default_graph()
    return [graph.get_operation_by_name(name).device for name in names]


def test_slots_are_on_the_device_in_force():
    """Recorded from TensorFlow 1.15.5."""
    w = tf.Variable([[1.0], [2.0]], name="w")
    with tf.device("/cpu:0"):
        tf.train.AdamOptimizer(0.1).minimize(tf.reduce_sum(tf.gather(w, [0])))
    assert devices("w", "w/Assign") == ["", ""]
    assert devices("w/Adam", "w/Adam_1", "beta1_power", "w/Adam/Assign", "Adam") == ["/device:CPU:0"] * 5
    assert len(tf.get_default_graph().get_operations()) == 91


def test_variables_find_the_devices_around_a_colocation():
    """Recorded from TensorFlow 1.15.5: an operation beside `a` has no device, the nodes of a variable have one."""
    a = tf.constant(1.0, name="a")
    with tf.device("/cpu:0"), tf.colocate_with(a):
        tf.Variable(1.0, name="v1")
        tf.constant(1.0, name="c1")
        with tf.device("/gpu:1"):
            tf.Variable(1.0, name="v2")
    with tf.device(None), tf.colocate_with(a):
        tf.Variable(1.0, name="v3")
    assert devices("v1", "c1", "v2", "v3") == ["/device:CPU:0", "", "/device:GPU:1", ""]
