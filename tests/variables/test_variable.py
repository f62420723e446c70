"""`Variable`: making it, what it is, reading and writing it, the collections of variables."""

from __future__ import annotations

import pytest
from answers import answer, nodes, plain, run

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")


def some():
    """Variables, and `collected(...)`: the collections that a variable with these options joins."""
    graph = tf.get_default_graph()

    def collected(**options):
        w = tf.Variable(0.0, name="w", **options)
        return sorted(k for k in graph.get_all_collection_keys() if w in graph.get_collection(k))

    return {
        "v": tf.Variable([1.0, 2.0], name="v"),
        "x": tf.placeholder(tf.float32, name="x"),
        "g": graph,
        "collected": collected,
        "run": run,
    }


VARIABLES = {
    "tf.Variable(1.0)": "<tf.Variable 'Variable:0' shape=() dtype=float32_ref>",
    'tf.Variable([[1, 2]], name="n")': "<tf.Variable 'n:0' shape=(1, 2) dtype=int32_ref>",
    "tf.Variable(1, dtype=tf.float32)": "<tf.Variable 'Variable:0' shape=() dtype=float32_ref>",
    "tf.Variable(1.5, dtype=tf.int32)": "TypeError: Expected int32, got 1.5 of type 'float' instead",
    'tf.Variable(lambda: 3.0, name="f").initial_value': "<tf.Tensor 'f/Initializer/initial_value:0' shape=() dtype=float32>",
    "tf.Variable(v)": "<tf.Variable 'Variable:0' shape=(2,) dtype=float32_ref>",
    "tf.Variable(None)": "ValueError: initial_value must be specified",
    "tf.Variable(x)": 'ValueError: initial_value must have a shape specified: Tensor("x:0", dtype=float32)',
    "tf.Variable(x, validate_shape=False)": "<tf.Variable 'Variable:0' shape=<unknown> dtype=float32_ref>",
    'tf.Variable(1.0, collections="a")': "ValueError: collections argument to Variable constructor must be a list, tuple, or set",
    "tf.Variable(1.0, constraint=3)": "ValueError: The `constraint` argument must be a callable",
    "tf.Variable(1.0, expected_shape=[2])": "<tf.Variable 'Variable:0' shape=() dtype=float32_ref>",
    'tf.Variable([1.0, "a"])': "TypeError: Failed to convert object of type <class 'list'> to Tensor",
    'tf.Variable(1.0, name="a b")': "ValueError: 'a b' is not a valid scope name",
    'tf.Variable(1.0, name="")': "ValueError: '' is not a valid node name",
    '[tf.Variable(1.0, name="e").name for _ in range(2)]': "['e:0', 'e_1:0']",
    '[tf.Variable(1.0, name="e/").name, tf.Variable(1.0).name]': "['e:0', 'Variable:0']",
    "collected()": "['trainable_variables', 'variables']",
    "collected(trainable=False)": "['variables']",
    "collected(collections=[])": "['trainable_variables']",
    'collected(collections=[tf.GraphKeys.LOCAL_VARIABLES, "mine"], trainable=False)': "['local_variables', 'mine']",
    'collected(collections=("mine",))': "['mine', 'trainable_variables']",
    "[v.name, v.op.name, v.op.type, v._shared_name, v.device]": "['v:0', 'v', 'VariableV2', 'v', '']",
    "[v.dtype, v.shape, v.get_shape(), v.value().dtype]": "[tf.float32_ref, TensorShape([Dimension(2)]), TensorShape([Dimension(2)]), tf.float32]",
    "[v.trainable, tf.Variable(1.0, trainable=False).trainable]": "[True, False]",
    "[v.constraint, tf.Variable(1.0, constraint=abs).constraint is abs]": "[None, True]",
    "[v.synchronization, v.aggregation]": "[<VariableSynchronization.AUTO: 0>, <VariableAggregation.NONE: 0>]",
    "[v.initializer, v.initial_value]": "[<tf.Operation 'v/Assign' type=Assign>, <tf.Tensor 'v/initial_value:0' shape=(2,) dtype=float32>]",
    "[v.value(), v.read_value(), v.value() is v.value(), v.read_value() is v.read_value()]": "[<tf.Tensor 'v/read:0' shape=(2,) dtype=float32>, <tf.Tensor 'read:0' shape=(2,) dtype=float32>, True, False]",
    "repr(v)": "<tf.Variable 'v:0' shape=(2,) dtype=float32_ref>",
    "str(v)": "<tf.Variable 'v:0' shape=(2,) dtype=float32_ref>",
    "[v == v, v == 1.0, {v: 1}[v], v in [v], v.graph is g]": "[True, False, 1, True, True]",
    "v.set_shape([3])": "ValueError: Dimension 0 in both shapes must be equal, but are 2 and 3",
    "v.eval()": "ValueError: Cannot evaluate tensor using `eval()`: No default session is registered",
    "v.load([3.0, 4.0])": "ValueError: Either session argument should be provided or default session should be established",
    "[v[0], v + v, -v, abs(v), [1.0, 2.0] * v]": "[<tf.Tensor 'strided_slice:0' shape=() dtype=float32>, <tf.Tensor 'add:0' shape=(2,) dtype=float32>, "
    "<tf.Tensor 'Neg:0' shape=(2,) dtype=float32>, <tf.Tensor 'Abs:0' shape=(2,) dtype=float32>, <tf.Tensor "
    "'mul:0' shape=(2,) dtype=float32>]",
    "tf.is_variable_initialized(v)": "<tf.Tensor 'IsVariableInitialized:0' shape=() dtype=bool>",
}


def written():
    """Variables to be written, and `rows(values, indices)`."""
    return {
        "v": tf.Variable([1.0, 2.0, 3.0], name="v"),
        "m": tf.Variable([[1.0, 2.0], [3.0, 4.0]], name="m"),
        "n": tf.Variable(5, name="n"),
        "c": tf.constant(1.0, name="c"),
        "run": run,
        "rows": lambda values, indices: tf.IndexedSlices(tf.constant(values), tf.constant(indices)),
    }


UPDATES = {
    "v.assign([4.0, 5.0, 6.0])": "<tf.Tensor 'Assign:0' shape=(3,) dtype=float32_ref>",
    "v.assign([4.0, 5.0, 6.0], read_value=False)": "<tf.Operation 'Assign' type=Assign>",
    '[v.assign([1.0, 1.0, 1.0], name="set").name, v.assign_add([1.0] * 3).name, v.assign_sub([1.0] * 3).op.name]': "['set:0', 'AssignAdd:0', 'AssignSub']",
    "v.assign([1.0])": "ValueError: Dimension 0 in both shapes must be equal, but are 3 and 1",
    "v.assign([1, 2, 3])": "<tf.Tensor 'Assign:0' shape=(3,) dtype=float32_ref>",
    'v.assign("a")': "TypeError: Expected float32 passed to parameter 'value' of op 'Assign', got 'a' of type 'str' instead",
    "v.assign(None)": "ValueError: Tried to convert 'value' to a tensor and failed",
    "v.assign(n)": "TypeError: Input 'value' of 'Assign' Op has type int32 that does not match type float32 of argument 'ref'",
    "v.assign_add(1.0)": "ValueError: Shapes must be equal rank, but are 1 and 0 for 'AssignAdd' (op: 'AssignAdd') with input shapes: "
    "[3], []",
    "tf.assign(v, [1.0], validate_shape=False)": "<tf.Tensor 'Assign:0' shape=(1,) dtype=float32_ref>",
    '[tf.assign(v, v).op.get_attr("use_locking"), tf.assign_add(v, v).op.get_attr("use_locking")]': "[True, False]",
    "tf.assign(c, 2.0)": "AttributeError: 'Tensor' object has no attribute 'assign'",
    "tf.assign_add(c, 2.0)": "AttributeError: 'Tensor' object has no attribute 'assign_add'",
    "tf.assign_add(n, 1.5)": "TypeError: Expected int32 passed to parameter 'value' of op 'AssignAdd', got 1.5 of type 'float' instead",
    "tf.assign(v.value(), [1.0, 1.0, 1.0])": "AttributeError: 'Tensor' object has no attribute 'assign'",
    "run(tf.assign(tf.assign(v, [1.0, 1.0, 1.0]), [2.0, 2.0, 2.0]))": "[2.0, 2.0, 2.0]",
    "run(tf.assign_add(v, v))": "[2.0, 4.0, 6.0]",
    "run(n.count_up_to(7))": 5,
    "run(n.count_up_to(3))": "OutOfRangeError: Reached limit of 3",
    "v.count_up_to(7)": "TypeError: Value passed to parameter 'ref' has DataType float32 not in list of allowed values: int32, int64",
    "run(tf.scatter_update(m, [1, 0], [[5.0, 6.0], [7.0, 8.0]]))": "[[7.0, 8.0], [5.0, 6.0]]",
    "run(tf.scatter_update(v, 1, 9.0))": "[1.0, 9.0, 3.0]",
    "run(tf.scatter_update(v, [3], [9.0]))": "InvalidArgumentError: indices[0] = 3 is not in [0, 3)",
    "run(tf.scatter_update(v, [-1], [9.0]))": "InvalidArgumentError: indices[0] = -1 is not in [0, 3)",
    "tf.scatter_update(v, [0], [9.0, 8.0])": "ValueError: Dimension 0 in both shapes must be equal, but are 2 and 1",
    "tf.scatter_update(m, [0], [9.0])": "ValueError: Shapes must be equal rank, but are 1 and 2 for 'ScatterUpdate' (op: 'ScatterUpdate') with input "
    "shapes: [2,2], [1], [1]",
    "tf.scatter_update(c, [0], [9.0])": "AttributeError: 'Tensor' object has no attribute '_lazy_read'",
    "tf.scatter_update(v, [0.0], [9.0])": "TypeError: Value passed to parameter 'indices' has DataType float32 not in list of allowed values: int32, "
    "int64",
    'tf.scatter_update(v, [0], [9.0], name="set").name': "set:0",
    '[f(v, [0], [9.0]).op.get_attr("use_locking") for f in (tf.scatter_update, tf.scatter_add)]': "[True, False]",
    "run(v.scatter_update(rows([9.0], [0])))": "[9.0, 2.0, 3.0]",
    "run(v.scatter_add(rows([9.0, 1.0], [0, 0])))": "[11.0, 2.0, 3.0]",
    "run(v.scatter_sub(rows([9.0], [0])))": "[-8.0, 2.0, 3.0]",
    "v.scatter_update([0])": "TypeError: sparse_delta is not IndexedSlices: [0]",
    "run(v.scatter_nd_add([[1]], [9.0]))": "[1.0, 11.0, 3.0]",
    "run(v.scatter_nd_update([[1]], [9.0]))": "[1.0, 9.0, 3.0]",
    "run(v.scatter_nd_sub([[1]], [9.0]))": "[1.0, -7.0, 3.0]",
    "tf.scatter_nd_update(m, [[0, 0, 0]], [9.0])": "<tf.Tensor 'ScatterNdUpdate:0' shape=(2, 2) dtype=float32_ref>",
    "run(tf.scatter_nd_update(m, [[0, 5]], [9.0]))": "InvalidArgumentError: indices[0] = [0, 5] does not index into shape [2,2]",
}


def scoped():
    """Variables of each collection; `names(found)`, `lone(fetch)`: in a session where nothing is initialized."""
    ones = tf.ones_initializer()
    with tf.variable_scope("a"):
        v, local = tf.get_variable("v", [2], initializer=ones), tf.get_local_variable("l", [], initializer=ones)
    with tf.variable_scope("b"):
        w = tf.get_variable("w", [], initializer=ones, trainable=False)
    return {
        "v": v,
        "w": w,
        "l": local,
        "run": run,
        "names": lambda found: [f.op.name for f in found],
        "lone": lambda fetch: plain(tf.Session().run(fetch)),
    }


GETTERS = {
    "names(tf.global_variables())": "['a/v', 'b/w']",
    'names(tf.global_variables("a"))': "['a/v']",
    'names(tf.global_variables("v"))': "[]",
    'names(tf.global_variables(".*w"))': "['b/w']",
    "names(tf.trainable_variables())": "['a/v']",
    'names(tf.local_variables("a/"))': "['a/l']",
    "[tf.model_variables(), tf.moving_average_variables()]": "[[], []]",
    "tf.global_variables() is tf.global_variables()": False,
    "tf.global_variables_initializer()": "<tf.Operation 'init' type=NoOp>",
    "[f().name for f in (tf.global_variables_initializer, tf.local_variables_initializer)]": "['init', 'init_1']",
    "sorted(c.name for c in tf.global_variables_initializer().control_inputs)": "['a/v/Assign', 'b/w/Assign']",
    '[tf.variables_initializer([v], name="mine").name, tf.variables_initializer([]).type]': "['mine', 'NoOp']",
    "tf.report_uninitialized_variables()": "<tf.Tensor 'report_uninitialized_variables/boolean_mask/GatherV2:0' shape=(?,) dtype=string>",
    "tf.report_uninitialized_variables([v]).shape": "TensorShape([Dimension(None)])",
    "run(tf.report_uninitialized_variables())": "[]",
    "lone(tf.report_uninitialized_variables())": "[b'a/v', b'b/w', b'a/l']",
    "lone(tf.report_uninitialized_variables([w]))": "[b'b/w']",
    "lone(tf.report_uninitialized_variables([]))": "[]",
    "lone(tf.is_variable_initialized(v))": False,
    "tf.assert_variables_initialized([v])": "<tf.Tensor 'Rank:0' shape=() dtype=int32>",
    "run(tf.assert_variables_initialized())": "[1, 0, 0]",
    "lone(tf.assert_variables_initialized([v]))": "FailedPreconditionError: Attempting to use uninitialized value a/v",
    "lone(v)": "FailedPreconditionError: Attempting to use uninitialized value a/v",
    "lone(v + 1)": "FailedPreconditionError: Attempting to use uninitialized value a/v",
}


def steps():
    """`said(function)`: its answer after what stands before in a list; the graph."""
    return {"T": tf.train, "g": tf.get_default_graph(), "said": answer}


GLOBAL_STEP = {
    "T.get_global_step()": None,
    "T.create_global_step()": "<tf.Variable 'global_step:0' shape=() dtype=int64_ref>",
    "[T.get_or_create_global_step() is T.get_global_step(), T.get_or_create_global_step() is T.get_global_step()]": "[True, True]",
    "[T.create_global_step() in tf.global_variables(), tf.trainable_variables(), "
    'len(tf.get_collection("global_step"))]': "[True, [], 1]",
    "[T.create_global_step(), said(T.create_global_step)]": "[<tf.Variable 'global_step:0' shape=() dtype=int64_ref>, 'ValueError: \"global_step\" already exists']",
    "T.create_global_step(tf.Graph()).graph is g": False,
    '[tf.Variable(1, name="global_step"), T.get_global_step()]': "[<tf.Variable 'global_step:0' shape=() dtype=int32_ref>, <tf.Tensor 'global_step:0' shape=() "
    "dtype=int32_ref>]",
    '[tf.Variable(1.0, name="global_step"), said(T.get_global_step)]': "[<tf.Variable 'global_step:0' shape=() dtype=float32_ref>, 'TypeError: Existing \"global_step\" does not "
    "have integer type: <dtype: \\'float32_ref\\'>']",
    '[tf.constant([1], name="global_step"), said(T.get_global_step)]': "[<tf.Tensor 'global_step:0' shape=(1,) dtype=int32>, 'TypeError: Existing \"global_step\" is not scalar: "
    "(1,)']",
    '[tf.no_op(name="global_step"), said(T.get_global_step)]': "[<tf.Operation 'global_step' type=NoOp>, None]",
    '[g.add_to_collection("global_step", tf.constant(1)), T.get_global_step()]': "[None, <tf.Tensor 'Const:0' shape=() dtype=int32>]",
    '[g.add_to_collections(["global_step"], tf.Variable(n)) for n in (1, 2)] and T.get_global_step()': None,
    "T.assert_global_step(tf.constant(1))": None,
    "T.assert_global_step(tf.placeholder(tf.int32))": None,
    "T.assert_global_step(tf.constant(1.0))": "TypeError: Existing \"global_step\" does not have integer type: <dtype: 'float32'>",
    "T.assert_global_step(tf.constant([1]))": 'TypeError: Existing "global_step" is not scalar: (1,)',
    "T.assert_global_step(3)": 'TypeError: Existing "global_step" must be a Variable or Tensor: 3',
}


@pytest.mark.parametrize("expression", VARIABLES)
def test_variable(expression):
    assert answer(expression, some()) == VARIABLES[expression]


@pytest.mark.parametrize("expression", UPDATES)
def test_update(expression):
    assert answer(expression, written()) == UPDATES[expression]


@pytest.mark.parametrize("expression", GETTERS)
def test_getter(expression):
    assert answer(expression, scoped()) == GETTERS[expression]


@pytest.mark.parametrize("expression", GLOBAL_STEP)
def test_global_step(expression):
    assert answer(expression, steps()) == GLOBAL_STEP[expression]


def test_the_nodes_of_a_variable():
    v = tf.Variable(1.0, name="v")
    tf.Variable(lambda: 2.0, name="f")
    assert nodes() == [
        "Const v/initial_value()",
        "VariableV2 v()",
        "Assign v/Assign(v:0, v/initial_value:0)",
        "Identity v/read(v:0)",
        "Const f/Initializer/initial_value()",
        "VariableV2 f()",
        "Assign f/Assign(f:0, f/Initializer/initial_value:0)",
        "Identity f/read(f:0)",
    ]
    assert v.value().op.colocation_groups() == v.initializer.colocation_groups() == [b"loc:@v"]


def test_a_variable_is_made_outside_of_control_dependencies():
    with tf.control_dependencies([tf.no_op()]):
        v = tf.Variable(1.0)
    assert [v.initializer.control_inputs, v.value().op.control_inputs] == [[], []]


def test_load_sets_a_value_and_adds_no_node(graph):
    v = tf.Variable([1.0, 2.0])
    with tf.Session() as sess:
        version = graph.version
        v.load([3.0, 4.0])
        assert v.eval().tolist() == [3.0, 4.0] and graph.version == version
        assert answer(lambda: v.load([1.0], sess)).startswith("ValueError: Cannot feed value of shape (1,) for Tensor")


def test_initialized_value_is_the_value_or_the_initial_one():
    v = tf.Variable(1.0, name="v")
    late = v.initialized_value()
    w = tf.Variable(late * 10.0)
    with tf.Session() as sess:
        assert sess.run(late) == 1.0
        sess.run(v.initializer)
        sess.run(v.assign(5.0))
        sess.run(w.initializer)
        assert sess.run([late, w]) == [5.0, 50.0]


def test_sessions_have_values_of_their_own():
    v = tf.Variable(1.0, name="v")
    with tf.Session() as one, tf.Session() as two:
        one.run(v.initializer)
        one.run(v.assign_add(1.0))
        assert one.run(v) == 2.0 and one.run(tf.report_uninitialized_variables()).size == 0
        assert plain(two.run(tf.report_uninitialized_variables())) == [b"v"]
        assert answer(lambda: two.run(v)) == "FailedPreconditionError: Attempting to use uninitialized value v"


def test_a_variable_may_change_its_shape_if_it_was_made_so():
    v = tf.Variable([1.0], validate_shape=False)
    assert v.shape.ndims is None
    assert run(tf.assign(v, [[1.0, 2.0]], validate_shape=False)) == [[1.0, 2.0]]


def test_after_an_unchecked_assignment_the_new_shape_is_what_counts():
    v = tf.Variable([1.0, 2.0])
    assign = tf.assign(v, [5.0, 6.0])
    with tf.Session() as sess:
        sess.run(v.initializer)
        sess.run(tf.assign(v, [3.0], validate_shape=False))
        assert plain(sess.run(tf.scatter_add(v, [0], [1.0]))) == [4.0]
        assert answer(lambda: sess.run(assign)).endswith("Assign requires shapes of both tensors to match")
        assert plain(sess.run(v)) == [4.0]


def test_a_dependent_update_sees_the_one_before():
    v = tf.Variable(1.0)
    first = v.assign_add(1.0)
    with tf.control_dependencies([first]):
        second = v.assign(v.read_value() * 10.0)
    assert run(second) == 20.0


def test_an_initial_value_needs_no_other_initializer():
    """What lies between a variable and an initial value is made anew over the variable's own initial value."""
    v = tf.Variable([1.0, 2.0], name="v")
    w = tf.Variable(v * 2.0, name="w")
    u = tf.Variable(tf.cond(tf.constant(True), lambda: w + v, lambda: w - v), name="u")
    assert w.initializer.inputs[1].name == "mul_w:0"
    assert w.initial_value.name == "mul:0"
    with tf.Session() as sess:
        sess.run(w.initializer)
        sess.run(v.assign([5.0, 5.0]))
        sess.run(u.initializer)
        assert sess.run(w).tolist() == [2.0, 4.0]
        assert sess.run(u).tolist() == [7.0, 9.0]  # of the values, where there are some


def test_a_long_chain_before_an_initial_value():
    """The walk back to the variables has no depth limit."""
    value = tf.Variable(1.0) * 1.0
    for _ in range(3000):
        value = value + 1.0
    w = tf.Variable(value)
    with tf.Session() as sess:
        sess.run(w.initializer)
        assert sess.run(w) == 3001.0
