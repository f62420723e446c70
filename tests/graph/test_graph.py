"""`Graph`: look-up, collections, seeds, finalization, the stack of default graphs, feeding."""

from __future__ import annotations

import threading

import pytest
from answers import answer, nodes

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")


KEYS = sorted(k for k in dir(tf.GraphKeys) if k.isupper() and k[0] != "_")


class Holder:
    """Stands for a tensor."""

    def _as_graph_element(self):
        return tf.get_default_graph().get_tensor_by_name("a:0")


def elements():
    """Return a graph with a bit of everything, and things of another one."""
    with tf.Graph().as_default():
        other, other_op = tf.constant(2.0, name="other"), tf.no_op(name="other_op")
    return {
        "g": tf.get_default_graph(),
        "a": tf.constant(1.0, name="a"),
        "s": tf.split(tf.zeros([4]), 2, name="s"),
        "v": tf.Variable(1.0, name="v"),
        "n": tf.no_op(name="n"),
        "other": other,
        "other_op": other_op,
        "Holder": Holder,
    }


LOOKUPS = {
    'g.get_operation_by_name("a")': "<tf.Operation 'a' type=Const>",
    'g.get_operation_by_name("a:0")': "ValueError: Name 'a:0' appears to refer to a Tensor, not a Operation",
    'g.get_operation_by_name("b")': "KeyError: The name 'b' refers to an Operation not in the graph",
    'g.get_operation_by_name("")': "KeyError: The name '' refers to an Operation not in the graph",
    "g.get_operation_by_name(3)": "TypeError: Operation names are strings (or similar), not int",
    "g.get_operation_by_name(a)": "TypeError: Operation names are strings (or similar), not Tensor",
    'g.get_tensor_by_name("a:0")': "<tf.Tensor 'a:0' shape=() dtype=float32>",
    'g.get_tensor_by_name("s:1")': "<tf.Tensor 's:1' shape=(2,) dtype=float32>",
    'g.get_tensor_by_name("v:0")': "<tf.Tensor 'v:0' shape=() dtype=float32_ref>",
    'g.get_tensor_by_name("a")': "ValueError: The name 'a' refers to an Operation, not a Tensor",
    'g.get_tensor_by_name("b")': "ValueError: The name 'b' looks like an (invalid) Operation name, not a Tensor",
    'g.get_tensor_by_name("b:0")': "KeyError: The name 'b:0' refers to a Tensor which does not exist",
    'g.get_tensor_by_name("s:2")': "KeyError: The name 's:2' refers to a Tensor which does not exist",
    'g.get_tensor_by_name("n:0")': "KeyError: The name 'n:0' refers to a Tensor which does not exist",
    'g.get_tensor_by_name("a:b")': "ValueError: The name 'a:b' looks a like a Tensor name, but is not a valid one",
    'g.get_tensor_by_name(":0")': "KeyError: The name ':0' refers to a Tensor which does not exist",
    'g.get_tensor_by_name("a:0:0")': "ValueError: The name 'a:0:0' looks a like a Tensor name, but is not a valid one",
    "g.get_tensor_by_name(3)": "TypeError: Tensor names are strings (or similar), not int",
    'g.as_graph_element("a")': "<tf.Operation 'a' type=Const>",
    'g.as_graph_element(b"a")': "<tf.Operation 'a' type=Const>",
    'g.as_graph_element("a:0")': "<tf.Tensor 'a:0' shape=() dtype=float32>",
    "g.as_graph_element(a)": "<tf.Tensor 'a:0' shape=() dtype=float32>",
    "g.as_graph_element(a.op)": "<tf.Operation 'a' type=Const>",
    "g.as_graph_element(v)": "<tf.Tensor 'v:0' shape=() dtype=float32_ref>",
    "g.as_graph_element(Holder())": "<tf.Tensor 'a:0' shape=() dtype=float32>",
    'g.as_graph_element("a", allow_operation=False)': "ValueError: The name 'a' refers to an Operation, not a Tensor",
    'g.as_graph_element("a:0", allow_tensor=False)': "ValueError: Name 'a:0' appears to refer to a Tensor, not a Operation",
    "g.as_graph_element(a, allow_tensor=False)": "TypeError: Can not convert a Tensor into a Operation",
    "g.as_graph_element(a.op, allow_operation=False)": "TypeError: Can not convert a Operation into a Tensor",
    "g.as_graph_element(a, allow_tensor=False, allow_operation=False)": "ValueError: allow_tensor and allow_operation can't both be False",
    "g.as_graph_element(other)": 'ValueError: Tensor Tensor("other:0", shape=(), dtype=float32) is not an element of this graph',
    "g.as_graph_element(other_op)": 'ValueError: Operation name: "other_op"',
    "g.as_graph_element(3)": "TypeError: Can not convert a int into a Tensor or Operation",
    "g.as_graph_element(3, allow_tensor=False)": "TypeError: Can not convert a int into a Operation",
    "g.as_graph_element(3, allow_operation=False)": "TypeError: Can not convert a int into a Tensor",
    "g.as_graph_element(None)": "TypeError: Can not convert a NoneType into a Tensor or Operation",
    "g.as_graph_element([a])": "TypeError: Can not convert a list into a Tensor or Operation",
    "g.version": 10,
    "g.graph_def_versions.producer": 134,
}


def seeded():
    """`seed(graph seed, op seed, nodes before)`: the pair of seeds of an operation made then."""

    def seed(graph_seed, op_seed=None, before=0):
        tf.set_random_seed(graph_seed)
        for _ in range(before):
            tf.no_op()
        return tf.get_seed(op_seed)

    return {"seed": seed}


SEEDS = {
    "tf.get_seed(None)": "(None, None)",
    "tf.get_seed(3)": "(87654321, 3)",
    "seed(5)": "(5, 0)",
    "seed(5, 7)": "(5, 7)",
    "seed(5, None, 4)": "(5, 4)",
    "seed(0)": "(0, 2147483647)",
    "seed(0, 0)": "(0, 2147483647)",
    "seed(None, 3)": "(87654321, 3)",
    "seed(-1)": "(2147483646, 0)",
    "seed(2**31)": "(1, 0)",
    "seed(2**31 - 1, 2**31 - 1)": "(0, 2147483647)",
    "seed(5, 2**31 + 3)": "(5, 4)",
}


@pytest.mark.parametrize("expression", LOOKUPS)
def test_lookup(expression):
    assert answer(expression, elements()) == LOOKUPS[expression]


@pytest.mark.parametrize("expression", SEEDS)
def test_seed(expression):
    assert answer(expression, seeded()) == SEEDS[expression]


def test_operations_stand_in_the_order_of_their_creation(graph):
    x = tf.constant(1.0, name="x")
    y = x + 2.0
    assert nodes() == ["Const x()", "Const add/y()", "AddV2 add(x:0, add/y:0)"]
    operations = graph.get_operations()
    operations.clear()
    assert graph.get_operations() == [x.op, y.op.inputs[1].op, y.op]


@pytest.mark.parametrize("key", KEYS)
def test_a_collection_of_each_standard_key(graph, key):
    name = getattr(tf.GraphKeys, key)
    assert graph.get_collection(name) == [] and name not in graph.collections
    tf.add_to_collection(name, 1)
    graph.add_to_collection(name, 2)
    assert tf.get_collection(name) == [1, 2] and graph.get_all_collection_keys() == [name]


def test_the_standard_keys_have_these_values():
    keys = {k: getattr(tf.GraphKeys, k) for k in KEYS}
    unlike = {"GLOBAL_VARIABLES": "variables", "TABLE_INITIALIZERS": "table_initializer"}
    assert {k: v for k, v in keys.items() if v != k.lower()} == unlike and len(keys) >= 30


def test_collections_are_copied_unless_asked_for_by_reference(graph):
    tf.add_to_collections(["one", "two", "one"], "x")
    tf.add_to_collections("three", "y")
    copied = tf.get_collection("one")
    copied.append("z")
    assert tf.get_collection("one") == ["x"] and tf.get_collection("three") == ["y"]
    tf.get_collection_ref("one").append("z")
    assert tf.get_collection("one") == ["x", "z"]
    assert tf.get_collection_ref("new") is tf.get_collection_ref("new") and "new" in graph.collections
    graph.clear_collection("one")
    graph.clear_collection("never")
    assert tf.get_collection("one") == [] and tf.get_collection("two") == ["x"]
    graph.add_to_collection(("no", "text"), 1)
    assert ("no", "text") in graph.collections and ("no", "text") not in graph.get_all_collection_keys()


def test_a_scope_filters_a_collection_by_the_start_of_names():
    with tf.name_scope("a"):
        first = tf.constant(1.0, name="x")
    second = tf.constant(1.0, name="b_a")
    for value in (first, second, "no name"):
        tf.add_to_collection("mine", value)
    assert [tf.get_collection("mine", s) for s in ("a", "a/x:0", "b", ".*a", "x", "")] == [
        [first],
        [first],
        [second],
        [first, second],
        [],
        [first, second],
    ]


def test_a_finalized_graph_takes_nothing_more(graph):
    a = tf.constant(1.0, name="a")
    graph.finalize()
    assert graph.finalized
    for change in (
        lambda: a + a,
        tf.no_op,
        lambda: tf.Variable(1.0),
        lambda: tf.get_variable("v", []),
        lambda: tf.add_to_collection("mine", a),
        tf.global_variables_initializer,
    ):
        assert answer(change) == "RuntimeError: Graph is finalized and cannot be modified"
    assert [op.name for op in graph.get_operations()] == ["a"] and graph.collections == []
    assert tf.Session().run(a) == 1.0


def test_default_graphs_are_a_stack(graph):
    inner = tf.Graph()
    with inner.as_default() as given:
        assert given is inner is tf.get_default_graph() and tf.constant(1.0).graph is inner
        with graph.as_default():
            assert tf.get_default_graph() is graph
        assert answer(tf.reset_default_graph) == (
            "AssertionError: Do not use tf.reset_default_graph() to clear nested graphs"
        )
    assert tf.get_default_graph() is graph


def test_the_default_graph_is_a_matter_of_the_thread(graph):
    found = []
    thread = threading.Thread(target=lambda: found.append(tf.get_default_graph()))
    thread.start()
    thread.join()
    assert found[0] is not graph


def test_an_error_inside_leaves_the_stack_as_it_was(graph):
    with pytest.raises(KeyError), tf.Graph().as_default(), tf.name_scope("a"):
        raise KeyError
    assert tf.get_default_graph() is graph and graph.get_name_scope() == ""


def test_feeding_and_fetching_can_be_prevented(graph):
    a = tf.constant(1.0, name="a")
    b = a + 1.0
    assert graph.is_feedable(a) and graph.is_fetchable(b) and graph.is_fetchable(b.op)
    graph.prevent_feeding(a)
    graph.prevent_fetching(b.op)
    assert not graph.is_feedable(a) and not graph.is_fetchable(b)
    with tf.Session() as sess:
        assert answer(lambda: sess.run(b.op.inputs[1], {a: 3.0})) == (
            'ValueError: Tensor Tensor("a:0", shape=(), dtype=float32) may not be fed'
        )
        assert answer(lambda: sess.run(b.op)) == "ValueError: Operation 'add' has been marked as not fetchable"


def test_as_graph_def_tells_the_graph_as_data(graph):
    with tf.control_dependencies([tf.no_op(name="n")]):
        tf.split(tf.constant([1.0, 2.0], name="c"), 2, name="s")
    tf.identity(graph.get_tensor_by_name("s:1"), name="i")
    assert [(n.name, n.op, list(n.input)) for n in graph.as_graph_def().node] == [
        ("n", "NoOp", []),
        ("c", "Const", ["^n"]),
        ("Const", "Const", ["^n"]),
        ("s/split_dim", "Const", ["^n"]),
        ("s", "Split", ["s/split_dim", "c"]),
        ("i", "Identity", ["s:1"]),
    ]
    assert "_output_shapes" in graph.as_graph_def(add_shapes=True).node[1].attr
    assert 'name: "s"' in str(graph.as_graph_def())
