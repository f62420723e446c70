"""What beginners hand to `optimize_loss` and to losses: TF1's words, then the line and what to write."""

import pytest

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")


def told(kind, function, *args, **kwargs):
    """Return the lines of the error."""
    with pytest.raises(kind) as caught:
        function(*args, **kwargs)
    assert type(caught.value).__name__ == kind.__name__
    return str(caught.value).split("\n")


def optimize(**arguments):
    w = tf.Variable([1.0, -2.0], name="w")
    before = len(tf.get_default_graph().get_operations())
    options = {"learning_rate": 0.1, "optimizer": "SGD", **arguments}
    try:
        return tf.contrib.layers.optimize_loss(tf.constant(1.0) * w[0], tf.train.get_or_create_global_step(), **options)
    finally:
        assert before


SUMMARIES = (
    "Summaries should be one of [learning_rate, loss, gradients, gradient_norm, global_gradient_norm], you provided "
)
DECAY = ["Give a function of both, such as", "lambda rate, step: tf.train.exponential_decay(rate, step, 1000, 0.9)."]


@pytest.mark.parametrize(
    "arguments, kind, first, last",
    [  # the first lines: TensorFlow 1.15.5
        ({"learning_rate_decay_fn": 0.5}, TypeError, "'float' object is not callable", DECAY),
        (
            {"learning_rate_decay_fn": lambda rate: rate},
            TypeError,
            "<lambda>() takes 1 positional argument but 2 were given",
            DECAY,
        ),
        (
            {"learning_rate_decay_fn": tf.train.exponential_decay},
            TypeError,
            "exponential_decay() missing 2 required positional arguments: 'decay_steps' and 'decay_rate'",
            DECAY,
        ),
        (
            {"summaries": 3},
            TypeError,
            "'int' object is not iterable",
            ["Give a list of them, or None for the usual ones."],
        ),
        (
            {"variables": ["w"]},
            AttributeError,
            "'str' object has no attribute 'op'",
            ["Names are not looked up: write tf.trainable_variables('w'), or give the variables."],
        ),
        (
            {"update_ops": 3},
            TypeError,
            "'int' object is not iterable",
            ["Give a list of operations, or None for the collection UPDATE_OPS."],
        ),
        ({"clip_gradients": (1.0, 2.0)}, ValueError, "Unknown type <class 'tuple'> for clip_gradients", None),
        ({"clip_gradients": 5}, ValueError, "Unknown type <class 'int'> for clip_gradients", None),
        (
            {"clip_gradients": lambda pairs: None},
            TypeError,
            "'NoneType' object is not iterable",
            ["It gets a list of (gradient, variable), and must return one."],
        ),
        (
            {"clip_gradients": tf.clip_by_norm},
            TypeError,
            "clip_by_norm() missing 1 required positional argument: 'clip_norm'",
            [
                "To clip by the global norm write clip_gradients=5.0; a function gets a list of (gradient, variable)",
                "  and returns one.",
            ],
        ),
        (
            {"gradient_multipliers": 2.0},
            TypeError,
            "argument of type 'float' is not iterable",
            ["Write a dict: gradient_multipliers={'w:0': 2.0}."],
        ),
        (
            {"optimizer": tf.train.MomentumOptimizer},
            TypeError,
            "__init__() missing 1 required positional argument: 'momentum'",
            [
                "For a class with more arguments write a function:",
                "optimizer=lambda rate: tf.train.MomentumOptimizer(rate, ...).",
            ],
        ),
        (
            {"optimizer": tf.train.Optimizer},
            TypeError,
            "__init__() got an unexpected keyword argument 'learning_rate'",
            [
                "For a class with more arguments write a function:",
                "optimizer=lambda rate: tf.train.Optimizer(rate, ...).",
            ],
        ),
        (
            {"optimizer": lambda: tf.train.AdamOptimizer()},
            TypeError,
            "<lambda>() takes 0 positional arguments but 1 was given",
            ["Pass a function of the learning rate, or one without arguments and learning_rate=None."],
        ),
    ],
)
def test_arguments_of_optimize_loss(arguments, kind, first, last):
    lines = told(kind, optimize, **arguments)
    assert lines[0] == first and (last is None or lines[-len(last) :] == last)
    assert any("test_untaught.py:" in line for line in lines[1:])


@pytest.mark.parametrize(
    "given, advice",
    [
        ((1.0, 2.0), "To limit every element to a range write clip_gradients=lambda pairs: [(g if g is None else"),
        (5, "Write a float: clip_gradients=5.0"),
        ([1.0], "Pass the maximum global norm, such as 5.0, or a function of the list of (gradient, variable)."),
    ],
)
def test_a_norm_that_is_none(given, advice):
    assert told(ValueError, optimize, clip_gradients=given)[1] == advice


@pytest.mark.parametrize(
    "given, letter, meant", [("loss", "l", "loss"), ("all", "a", "loss"), ("gradients", "g", "gradients")]
)
def test_summaries_that_are_one_string(given, letter, meant):
    first, second = told(ValueError, optimize, summaries=given)
    assert first == f"{SUMMARIES}{letter}."
    assert second.startswith(f"{given!r} is one string, given at test_untaught.py:")
    assert second.endswith(f": write a list, summaries=[{meant!r}].")


def test_one_operation_for_update_ops():
    lines = told(TypeError, lambda: optimize(update_ops=tf.no_op()))
    assert lines[0] == "'Operation' object is not iterable"
    assert " ".join(lines).endswith("It is an operation: write   update_ops=[update_ops].")


def test_a_string_for_update_ops():
    lines = told(KeyError, lambda: optimize(update_ops="second"))
    assert lines[0].strip('"') == "The name 's' refers to an Operation not in the graph."
    text = " ".join(line.strip() for line in lines)
    assert "update_ops is a list of operations:" in text
    assert "tf.get_collection(tf.GraphKeys.UPDATE_OPS, 'second')" in text


def test_variables_in_place_of_the_global_step():
    w = tf.Variable(1.0, name="w")
    lines = told(TypeError, lambda: tf.train.GradientDescentOptimizer(0.1).minimize(w * w, [w]))
    assert lines[0].startswith("Failed to convert object of type <class 'list'> to Tensor.")
    assert "The second argument is global_step" in lines[2] and "var_list=" in " ".join(lines[2:])


def test_a_tensor_in_place_of_variables():
    y = tf.add(tf.Variable(1.0), 1.0, name="y")
    first, second, third = told(
        NotImplementedError, lambda: tf.train.GradientDescentOptimizer(0.1).minimize(y * y, var_list=y)
    )
    assert first.startswith("('Trying to update a Tensor ', <tf.Tensor 'y:0'")
    assert second.startswith("var_list takes variables, and 'y'") and "tf.trainable_variables()" in third


def test_an_error_of_the_users_own_function_is_left_alone():
    def decay(rate, step):
        raise TypeError("mine")

    assert told(TypeError, optimize, learning_rate_decay_fn=decay) == ["mine"]


def rank(labels, logits):
    return f"Rank mismatch: Rank of labels (received {labels}) should equal rank of logits minus 1 (received {logits})."


@pytest.mark.parametrize(
    "labels, logits, first, last",
    [
        (
            [[0, 1, 0]],
            [[1.0, 2.0, 3.0]],
            rank(2, 2),
            "For one-hot labels use tf.nn.softmax_cross_entropy_with_logits, or write tf.argmax(labels, -1).",
        ),
        ([[1]], [[1.0, 2.0, 3.0]], rank(2, 2), "Labels are one number an example: write tf.squeeze(labels, -1)."),
        (
            [[1.0, 2.0, 3.0]],
            [1],
            rank(2, 1),
            "They look swapped: labels are the numbers of the classes, logits have one axis more.",
        ),
    ],
)
def test_labels_of_another_rank(labels, logits, first, last):
    lines = told(ValueError, tf.nn.sparse_softmax_cross_entropy_with_logits, labels=labels, logits=logits)
    assert lines[0] == first and lines[-1] == last
    assert lines[1].startswith("At test_untaught.py:")


@pytest.mark.parametrize(
    "labels, last",
    [
        ([[0.5, 0.5]], "They and the labels look swapped."),
        ([[0, 1]], "Logits are the floats of the last layer, before the softmax; write tf.cast(logits, tf.float32)."),
    ],
)
def test_logits_that_are_no_floats(labels, last):
    logits = tf.constant([[0, 1]])
    lines = told(TypeError, tf.nn.softmax_cross_entropy_with_logits_v2, labels=labels, logits=logits)
    assert lines[0] == (
        "Value passed to parameter 'features' has DataType int32 not in list of allowed values: "
        "float16, bfloat16, float32, float64"
    )
    assert " ".join(line.strip() for line in lines[2:]) == last


def test_one_hot_labels_for_the_sparse_loss():
    lines = told(ValueError, tf.losses.sparse_softmax_cross_entropy, [[0, 1, 0]], [[1.0, 2.0, 3.0]])
    assert lines[0].startswith("Can not squeeze dim[1], expected a dimension of 1, got 3 for ")
    assert lines[-1] == "For one-hot labels use tf.losses.softmax_cross_entropy."


def test_shapes_that_do_not_fit_are_a_value_error():
    assert told(ValueError, tf.losses.softmax_cross_entropy, [0, 1], [[1.0, 2.0]])[0] == (
        "Shapes (1, 2) and (2,) are incompatible"
    )


def test_a_variable_of_another_type():
    with tf.variable_scope("m", reuse=tf.AUTO_REUSE):
        tf.get_variable("w", [2], tf.float32)
        lines = told(ValueError, tf.get_variable, "w", [2], tf.float64)
    assert lines[0] == "Trying to share variable m/w, but specified dtype float64 and found dtype float32_ref."
    assert lines[1].startswith("The variable was made at test_untaught.py:")
    assert lines[2].startswith("Ask for it with dtype=tf.float32, and write tf.cast(v, tf.float64) where you need")


def test_a_class_gets_the_rate_by_name():
    class Mine(tf.train.GradientDescentOptimizer):
        def __init__(self, rate):
            super().__init__(rate)

    lines = told(TypeError, lambda: optimize(optimizer=Mine))
    assert lines[0] == "__init__() got an unexpected keyword argument 'learning_rate'"
    assert lines[-1] == "optimizer=lambda rate: Mine(rate, ...)."
