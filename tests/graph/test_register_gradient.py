"""Gradients by name: those of operation types, those that a program registers, and which one an operation uses."""

import pytest

import minigraph as tf
from minigraph.graph.opdef import OpDef
from minigraph.graph.register_gradient import borrowed, gradient_registry

pytestmark = pytest.mark.usefixtures("graph")


def gradient_at(overrides, function, value=(-1.5, 0.3, 0.7)):
    """Return the function's values, and its derivative, where its operations use other gradients."""
    x = tf.constant(value)
    with tf.get_default_graph().gradient_override_map(overrides):
        y = function(x)
    found = tf.gradients(y, x)[0]
    with tf.Session() as sess:
        return None if found is None else sess.run(found).round(4).tolist()


@pytest.mark.parametrize(
    "overrides, function, expected",
    [  # recorded from TensorFlow 1.15.5
        ({"Sign": "Identity"}, tf.sign, [1.0, 1.0, 1.0]),
        ({"Round": "Identity"}, lambda x: tf.round(x * 2.0) / 2.0, [1.0, 1.0, 1.0]),
        ({"Floor": "Identity"}, tf.floor, [1.0, 1.0, 1.0]),
        ({"Identity": "Neg"}, tf.identity, [-1.0, -1.0, -1.0]),
        ({"Relu": "Relu6"}, lambda x: tf.nn.relu(x * 10.0), [0.0, 10.0, 0.0]),
        ({"Relu": "Elu"}, tf.nn.relu, [1.0, 1.0, 1.0]),
        ({"AddV2": "Sub"}, lambda x: x + 2.0 * x, [-1.0, -1.0, -1.0]),
        ({"Add": "Sub"}, lambda x: tf.add(x, 2.0 * x), [-1.0, -1.0, -1.0]),
        ({"Sign": "Shape"}, tf.sign, None),
        ({"Relu": "Relu"}, tf.nn.relu, [0.0, 1.0, 1.0]),
    ],
)
def test_a_built_in_gradient_is_known_by_the_name_of_its_type(overrides, function, expected):
    assert gradient_at(overrides, function) == expected


def test_a_gradient_that_does_not_fit_is_told_as_one():
    with pytest.raises(IndexError) as caught:
        gradient_at({"Relu": "TanhGrad"}, tf.nn.relu)
    assert str(caught.value) == (
        "list index out of range\nThe gradient of TanhGrad looks at 2 inputs, and 'Relu' (Relu) has 1: "
        "gradient_override_map names a\n  gradient that does not fit."
    )
    with pytest.raises(ValueError, match='^Num gradients 1 generated for op name: "mul"'):
        gradient_at({"Mul": "Identity"}, lambda x: x * 2.0)


def test_an_attribute_that_the_operation_has_not_is_told_as_tf1_tells_it():
    class Scaled(OpDef):
        by: float
        inputs = ("x",)

        def gradient(self, tf, dy, y, x):
            return dy * self.by

    rule = borrowed(Scaled, tf.nn.relu(1.0).op)
    with pytest.raises(ValueError) as caught:
        rule(tf, tf.constant(1.0), None, None)
    assert str(caught.value).startswith("Operation 'Relu' has no attr named 'by'.\n")


def test_an_unknown_name_is_a_lookup_error():
    with pytest.raises(LookupError, match=r"^No gradient defined for operation 'Sign' \(op type: Sign\)\n"):
        gradient_at({"Sign": "NeverRegistered"}, tf.sign)


@pytest.mark.parametrize(
    "register",
    [
        tf.RegisterGradient("Relu"),
        tf.RegisterGradient("Shape"),
        lambda f: tf.NotDifferentiable("Relu"),
        lambda f: tf.NoGradient("MatMul"),
    ],
)
def test_the_name_of_a_type_that_has_a_gradient_is_taken(register):
    tf.nn.relu(tf.matmul([[1.0]], [[2.0]])), tf.shape([1])
    with pytest.raises(KeyError) as caught:
        register(lambda op, grad: grad)
    first, second = str(caught.value).split("\n")[:2]
    name = first.split("'")[1]
    assert first == f"\"Registering two gradient with name '{name}'!\""
    assert second == f"{name} is a type of operations, and has a gradient."
    assert f'gradient_override_map({{"{name}": "My{name}"}})' in str(caught.value)
    assert name not in gradient_registry


def test_a_name_is_registered_once():
    tf.RegisterGradient("OnlyOnce")(lambda op, grad: grad)
    try:
        with pytest.raises(KeyError) as caught:
            tf.RegisterGradient("OnlyOnce")(lambda op, grad: -grad)
    finally:
        del gradient_registry["OnlyOnce"]
    lines = str(caught.value).split("\n")
    assert lines[0] == "\"Registering two gradient with name 'OnlyOnce'!\""
    assert lines[1].startswith("It was registered at test_register_gradient.py:")
