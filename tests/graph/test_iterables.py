"""What holds several things: where views, generators and dicts are taken and where refused, as in TensorFlow 1.15.5."""

import collections

import pytest

import minigraph as tf
from minigraph.graph import nest


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def names(items):
    return sorted(op.name for op in items)


HOLDERS = {
    "list": lambda x, y: [x, y],
    "tuple": lambda x, y: (x, y),
    "values": lambda x, y: {"k": x, "l": y}.values(),
    "keys": lambda x, y: {x: 1, y: 2}.keys(),
    "deque": lambda x, y: collections.deque([x, y]),
    "namedtuple": lambda x, y: collections.namedtuple("Pair", "x y")(x, y),
    "set": lambda x, y: {x, y},
    "generator": lambda x, y: (each for each in (x, y)),
    "map": lambda x, y: map(lambda each: each, [x, y]),
    "reversed": lambda x, y: reversed([x, y]),
    "named by a dict": lambda x, y: {x.op.name: x, y.op.name: y},
    "dict": lambda x, y: {"k": x, "l": y},
    "nested": lambda x, y: [[x], (y,)],
}
SEQUENCES = ("list", "tuple", "values", "keys", "deque", "namedtuple", "nested", "dict", "named by a dict")


@pytest.mark.parametrize("holder", [h for h in HOLDERS if h not in ("dict", "nested")])
def test_control_dependencies_take_what_can_be_iterated_over(holder):
    a, b = tf.constant(1.0, name="a"), tf.Variable(2.0, name="b")
    with tf.control_dependencies(HOLDERS[holder](a, b)):
        assert names(tf.no_op().control_inputs) == ["a", "b"]


def test_control_dependencies_refuse_the_rest():
    a = tf.constant(1.0, name="a")
    for given, kind, text in (
        ({"k": a}, KeyError, "The name 'k' refers to an Operation not in the graph."),
        (a, TypeError, "iterating over `tf.Tensor` is not allowed in Graph execution. Use Eager execution"),
        (a.op, TypeError, "'Operation' object is not iterable"),
        (tf.Variable(1.0), TypeError, "'Variable' object is not iterable."),
        ([None], TypeError, "Can not convert a NoneType into a Tensor or Operation."),
    ):
        with pytest.raises(kind, match=text):
            with tf.control_dependencies(given):
                pass


def test_function_bodies_take_the_same():
    a, b = tf.constant(1.0, name="a"), tf.Variable(2.0, name="b")

    def branch():
        with tf.control_dependencies(each for each in (a, b)):
            return tf.constant(1.0)

    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        assert sess.run(tf.cond(a > 0.0, branch, lambda: tf.constant(0.0))) == 1.0


@pytest.mark.parametrize("holder", SEQUENCES)
def test_groups_and_lists_of_variables(holder):
    v, w = tf.Variable(1.0, name="v"), tf.Variable(2.0, name="w")
    held = HOLDERS[holder](v, w)
    assert names(tf.group(held).control_inputs) == ["v", "w"]
    optimizer = tf.train.GradientDescentOptimizer(0.1)
    found = optimizer.compute_gradients(v * w, held)
    assert names(each.op for _, each in found) == ["v", "w"]
    assert optimizer.minimize(v * w, var_list=held).type == "NoOp"


@pytest.mark.parametrize("holder", ["set", "generator", "map", "reversed"])
def test_what_is_no_sequence_is_one_thing_to_nest(holder):
    v, w = tf.Variable(1.0), tf.Variable(2.0)
    with pytest.raises(TypeError, match=r"Expected tf.group\(\) expected Tensor arguments not"):
        tf.group(HOLDERS[holder](v, w))
    with pytest.raises(AttributeError):
        tf.train.GradientDescentOptimizer(0.1).minimize(v * w, var_list=HOLDERS[holder](v, w))


def test_lists_that_must_be_lists():
    x = tf.constant([1.0])
    for call, text in (
        (lambda it: tf.py_func(lambda v: v, it, tf.float32), "Expected list for 'input' argument to 'PyFunc' Op,"),
        (lambda it: tf.summary.merge(it), "Expected list for 'inputs' argument to 'MergeSummary' Op, not"),
        (lambda it: tf.Assert(x[0] > 0.0, it), "values must be a sequence."),
    ):
        with pytest.raises(TypeError, match=text):
            call(each for each in [x])
    with pytest.raises(ValueError, match="List argument 'data' to 'Assert' Op with length 0 shorter than minimum"):
        tf.Assert(x[0] > 0.0, [])


def test_nests_of_sequences_and_views():
    pair = collections.namedtuple("Pair", "x y")
    structure = {"b": collections.deque([1, 2]), "a": pair(3, {"k": 4}.values()), "c": range(2)}
    assert nest.flatten(structure) == [3, 4, 1, 2, 0, 1]
    packed = nest.pack_sequence_as(structure, [10, 20, 30, 40, 50, 60])
    assert packed == {"b": collections.deque([30, 40]), "a": pair(10, [20]), "c": [50, 60]}
    assert nest.flatten("ab") == ["ab"] and nest.flatten({1, 2}) == [{1, 2}]
    with pytest.raises(TypeError, match="nest only supports dicts with sortable keys."):
        nest.flatten({1: 2, "a": 3})


def test_errors_of_shapes_are_value_errors_by_name_too():
    for make in (
        lambda: tf.TensorShape([1]).merge_with([2]),
        lambda: tf.TensorShape([1]).with_rank(2),
        lambda: tf.losses.mean_squared_error([1.0], [1.0, 2.0]),
    ):
        with pytest.raises(ValueError) as error:
            make()
        assert error.type.__name__ == "ValueError"
