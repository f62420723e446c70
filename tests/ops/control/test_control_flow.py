"""Conditionals, loops, checks, Python functions: node types, effects, messages, errors."""

from __future__ import annotations

import numpy as np
import pytest

import minigraph as tf

INVALID = tf.errors.InvalidArgumentError


def run(build):
    with tf.Graph().as_default(), tf.Session() as sess:
        return sess.run(build())


def given(values):
    """Return a tensor whose value is known in a run only."""
    return tf.placeholder_with_default(values, np.shape(values))


def slices(indices, kind=tf.int32):
    """Rows of ones of a matrix of three rows."""
    return tf.IndexedSlices(tf.ones([len(indices), 2]), tf.constant(indices, kind), tf.constant([3, 2]))


def no():
    return tf.logical_not(given(True))


@pytest.mark.parametrize(
    "build, expected",
    [
        (lambda x: tf.no_op(), "StatelessIf"),
        (lambda x: tf.tuple([x, x])[0], "StatelessIf"),
        (lambda x: tf.py_func(np.sin, [x], tf.float32, stateful=False), "StatelessIf"),
        (lambda x: tf.py_func(np.sin, [x], tf.float32), "If"),
        (lambda x: tf.check_numerics(x, "x"), "If"),
        (lambda x: tf.Print(x, [x]), "If"),
        (lambda x: tf.random_uniform([]), "If"),
        (lambda x: tf.while_loop(lambda i: i < 3.0, lambda i: i + 1.0, [x]), "If"),
        (lambda x: tf.cond(x > 1.0, lambda: x, lambda: x * 2.0), "StatelessIf"),
        (lambda x: tf.cond(x > 1.0, lambda: tf.random_uniform([]), lambda: x), "If"),
    ],
)
def test_node_of_a_conditional(build, expected):
    """An If has a state where an operation of a branch, or of a body in it, has one (as TF 1.15 builds it)."""
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, [])
        other = tf.no_op if isinstance(build(x), tf.Operation) else lambda: x
        assert tf.cond(x > 0.0, lambda: build(x), other).op.inputs[0].op.type == expected


def test_an_effect_runs_where_something_waits_for_it():
    calls = []

    def call(tag):
        return tf.py_func(lambda: calls.append(tag), [], [])

    def ignored(x):
        call("ignored")
        return x + 1.0

    def awaited(x):
        with tf.control_dependencies([call("awaited")]):
            return x + 1.0

    for branch in (ignored, awaited):
        assert run(lambda: tf.cond(given(1.0) > 0.0, lambda: branch(tf.constant(1.0)), lambda: 0.0)) == 2.0
    assert calls == ["awaited"]


def test_an_update_in_a_branch_can_be_awaited_outside(graph):
    """Recorded from TensorFlow 1.15.5: it runs only where it is asked for, and is no node that seeds would count."""
    tf.set_random_seed(5)
    p, v, made = tf.placeholder(tf.bool, []), tf.Variable(1.0), []

    def then():
        y = v * 2.0
        made.append(v.assign_add(y * 3.0))
        return y

    result = tf.cond(p, then, lambda: tf.constant(2.0))
    with tf.control_dependencies([made[0]]):
        awaiting = tf.identity(result)
    assert awaiting.op.control_inputs[0].name == "cond/AssignAdd"
    drawn = tf.random_uniform([2])
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        assert sess.run([result, v], {p: True}) == [2.0, 1.0]
        sess.run(awaiting, {p: True})
        assert sess.run(v) == 7.0
        with pytest.raises(tf.errors.InvalidArgumentError, match="does not have value"):
            sess.run(awaiting, {p: False})
        assert sess.run(v) == 7.0
        np.testing.assert_allclose(sess.run(drawn), [0.00292516, 0.03847504], rtol=1e-5)


def test_updates_of_a_normalization_in_a_branch_are_awaited_by_the_training_step(graph):
    x, p, w = tf.placeholder(tf.float32, [4, 2]), tf.placeholder(tf.bool, []), tf.Variable(1.0)
    y = tf.cond(p, lambda: tf.layers.batch_normalization(x, training=True, momentum=0.5), lambda: x)
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        train = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(y * w), var_list=[w])
    moving = [v for v in tf.global_variables() if "moving" in v.name]
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for expected in ([[1.5, 2.0], [3.0, 3.0]], [[2.25, 3.0], [4.0, 4.0]]):
            sess.run(train, {x: np.arange(8.0).reshape(4, 2), p: True})
            np.testing.assert_allclose(sess.run(moving), expected, rtol=1e-5)


def test_only_the_chosen_branch_runs():
    calls = []

    def call(tag):
        return lambda: tf.py_func(lambda: calls.append(tag) or np.float32(1.0), [], tf.float32)

    run(lambda: tf.cond(no(), call("then"), call("else")))
    assert calls == ["else"]


def test_variable_updated_in_a_loop():
    with tf.Graph().as_default(), tf.Session() as sess:
        v = tf.Variable(1.0)

        def step(i):
            with tf.control_dependencies([tf.assign_add(v, 2.0)]):
                return i + 1

        loop = tf.while_loop(lambda i: i < 3, step, [0])
        sess.run(v.initializer)
        assert sess.run(loop) == 3 and sess.run(v) == 7.0


def test_gradient_given_for_a_growing_variable():
    """The shape of the gradient for the last value is not that of the steps before."""
    x = np.array([0.5, 1.0, 2.0])
    with tf.Graph().as_default(), tf.Session() as sess:
        t = tf.constant(x)
        y = tf.while_loop(
            lambda i, y: i < 2,
            lambda i, y: (i + 1, tf.concat([y, y * y], 0)),
            [0, t],
            shape_invariants=[tf.TensorShape([]), tf.TensorShape([None])],
        )[1]
        first = tf.gradients(y, t, grad_ys=tf.ones([12], tf.float64))[0]
        second = tf.gradients(first, t)[0]
        found = sess.run([first, second])
    np.testing.assert_allclose(found, [1 + 4 * x + 4 * x**3, 4 + 12 * x**2])


@pytest.mark.parametrize(
    "build, expected",
    [
        (lambda: tf.cond(given(True), fn1=lambda: 1, fn2=lambda: 2), 1),
        (lambda: tf.cond(given(True), lambda: [1], lambda: [2], strict=True), [1]),
        (lambda: tf.cond(given(True), lambda: {"a": 1}, lambda: {"a": 2})["a"], 1),
        (lambda: tf.cond(given(True), lambda: 1.0, lambda: [2.0]), 1.0),
        (lambda: tf.cond(np.bool_(True), lambda: [1], lambda: (2,)), 1),
        (lambda: tf.cond(given(True), lambda: [1, []], lambda: [2, []])[0], 1),
        (lambda: tf.cond(given(True), lambda: [tf.no_op(), 1], lambda: [tf.no_op(), 2])[1], 1),
        (
            lambda: tf.convert_to_tensor(tf.cond(given(True), lambda: slices([0, 1]), lambda: slices([1], tf.int64))),
            [[1.0, 1.0], [1.0, 1.0], [0.0, 0.0]],
        ),
        (lambda: tf.case([(no(), lambda: 1), (given(True), lambda: 2)]), 2),
        (lambda: tf.case([(given(True), lambda: tf.constant(1))]), 1),
        (lambda: tf.case({given(True): lambda: 1}, default=lambda: 2, exclusive=True), 1),
        (lambda: tf.while_loop(lambda i: i < 3, lambda i: i + 1, [0], return_same_structure=True), [3]),
        (lambda: tf.while_loop(lambda i, e: i < 3, lambda i, e: [i + 1, e], [0, []]), 3),
        (
            lambda: tf.convert_to_tensor(
                tf.while_loop(
                    lambda i, s: i < 3,
                    lambda i, s: (i + 1, tf.IndexedSlices(s.values * 2.0, s.indices, s.dense_shape)),
                    [0, slices([2])],
                )[1]
            ),
            [[0.0, 0.0], [0.0, 0.0], [8.0, 8.0]],
        ),
        (
            lambda: (
                tf.while_loop(
                    lambda i, s: i < 3,
                    lambda i, s: (
                        i + 1,
                        tf.IndexedSlices(
                            tf.concat([s.values, s.values], 0), tf.concat([s.indices, s.indices], 0), s.dense_shape
                        ),
                    ),
                    [0, slices([2])],
                    shape_invariants=[tf.TensorShape([]), tf.TensorShape([None, 2])],
                )[1].indices
            ),
            [2] * 8,
        ),
        (
            lambda: tf.gradients(
                tf.while_loop(
                    lambda i, y: i < 9,
                    lambda i, y: (i + 1, y * y),
                    (0, given(2.0)),
                    maximum_iterations=tf.constant(2, tf.int64),
                )[1],
                tf.get_default_graph().get_tensor_by_name("PlaceholderWithDefault:0"),
            )[0],
            32.0,
        ),
        (lambda: tf.while_loop(lambda i: i < 9, lambda i: i + 1, [0], maximum_iterations=tf.constant(4)), 4),
        (lambda: tf.while_loop(lambda i: i < 9, lambda i: i + 1, [0], maximum_iterations=0), 0),
        (lambda: tf.py_func(lambda: np.array(["abc", "d"]), [], tf.string), [b"abc", b"d"]),
        (lambda: tf.is_non_decreasing([[1, 2], [3, 2]]), False),
        (lambda: tf.is_non_decreasing([]), True),
        (lambda: tf.is_strictly_increasing([1, 2, 2]), False),
    ],
)
def test_value(build, expected):
    assert np.array_equal(run(build), expected)


@pytest.mark.parametrize(
    "data, summarize, text",
    [
        (lambda: [tf.constant([1, 2, 3, 4, 5])], None, "[1 2 3...]"),
        (lambda: [tf.constant([1.5, 2.0, 3.0])], 2, "[1.5 2...]"),
        (lambda: ["a", tf.constant([1.5, 2.0, 3.0, 4.0]), True], -1, "[a] [1.5 2 3 4] [1]"),
        (lambda: [tf.constant([[1, 2], [3, 4]])], 10, "[[1 2][3 4]]"),
        (lambda: [tf.constant([1e-8, 1e20, 0.1])], 10, "[1e-08 1e+20 0.1]"),
    ],
)
def test_text_of_an_assertion(data, summarize, text):
    with pytest.raises(INVALID) as caught:
        run(lambda: tf.Assert(no(), data(), summarize=summarize))
    assert caught.value.message.split("\n")[0] == f"assertion failed: {text}"


def raising(error):
    def function():
        raise error("boom")

    return lambda: tf.py_func(function, [], tf.float32)


@pytest.mark.parametrize(
    "build, error, text",
    [
        (lambda: tf.cond(True, lambda: 1, lambda: 2), TypeError, "pred must not be a Python bool"),
        (
            lambda: tf.cond(given(1.0), lambda: 1, lambda: 2),
            TypeError,
            "Input 'pred' of 'Switch' Op has type float32 that does not match expected type of bool.\n",
        ),
        (lambda: tf.cond(given(True), lambda: 1), TypeError, "cond(): false_fn argument required"),
        (
            lambda: tf.cond(given(True), lambda: 1, lambda: 2, fn1=lambda: 3),
            TypeError,
            "cond(): true_fn and fn1 may not be set simultaneously.",
        ),
        (lambda: tf.cond(given(True), 1, lambda: 2), TypeError, "true_fn must be callable."),
        (
            lambda: tf.cond(given(True), lambda: 1, lambda: 2.0),
            ValueError,
            "Outputs of true_fn and false_fn must have the same type: int32, float32",
        ),
        (
            lambda: tf.cond(given(True), lambda: 1, lambda: [2, 3]),
            ValueError,
            "The two structures don't have the same nested structure.\n",
        ),
        (
            lambda: tf.cond(given(True), lambda: (1, 2), lambda: [2, 3]),
            TypeError,
            "The two structures don't have the same nested structure.\n",
        ),
        (
            lambda: tf.cond(given([True]), lambda: 1, lambda: 2),
            ValueError,
            "Shape must be rank 0 but is rank 1 for 'cond/Switch' (op: 'Switch') with input shapes: [1], [1].",
        ),
        (lambda: tf.cond(given(True), lambda: (1, None), lambda: (1, None)), ValueError, "None values not supported."),
        (
            lambda: tf.cond(given(True), lambda: slices([0]), lambda: tf.ones([3, 2])),
            ValueError,
            "Incompatible return "
            "values of true_fn and false_fn: The two structures don't have the same nested structure.",
        ),
        (
            lambda: tf.cond(given(True), lambda: [1], lambda: 2, strict=True),
            ValueError,
            "The two structures don't have the same nested structure.\n",
        ),
        (lambda: tf.cond(given(True), lambda: 1, lambda: None), ValueError, "false_fn must have a return value."),
        (
            lambda: tf.cond(given(True), lambda: [], lambda: []),
            ValueError,
            "true_fn and false_fn must return at least one result.",
        ),
        (lambda: tf.case(3), TypeError, "fns must be a list, tuple, or dict"),
        (lambda: tf.case([given(True)], default=lambda: 2), TypeError, "Each entry in pred_fn_pairs must be a 2-tuple"),
        (
            lambda: tf.case([(no(), lambda: 1), (no(), lambda: tf.constant(2))]),
            INVALID,
            "assertion failed: [Input error: None of conditions evaluated as True:] [0 0]",
        ),
        (lambda: tf.while_loop(1, lambda i: i, [0]), TypeError, "cond must be callable."),
        (lambda: tf.while_loop(lambda i: True, 1, [0]), TypeError, "body must be callable."),
        (lambda: tf.while_loop(lambda i: i < 3, lambda i: i + 1, []), ValueError, "No loop variables provided"),
        (
            lambda: tf.while_loop(lambda i: i < 3, lambda i: i + 1, [0], parallel_iterations=0),
            TypeError,
            "parallel_iterations must be a positive integer.",
        ),
        (
            lambda: tf.while_loop(lambda i: i < 3, lambda i: i, [0], parallel_iterations=1.5),
            ValueError,
            "`parallel_iterations` must be a positive integer: 1.5",
        ),
        (lambda: tf.while_loop(lambda i: i < 3, lambda i: i + 1, 0), ValueError, "No loop variables provided"),
        (
            lambda: tf.while_loop(lambda i: i < 3, lambda i: i + 1, [0], maximum_iterations=[3]),
            ValueError,
            "maximum_iterations must be a scalar, saw shape: (1,)",
        ),
        (
            lambda: tf.while_loop(lambda i, j: i < 9, lambda i, j: (i, j), [0, 0], maximum_iterations=3),
            TypeError,
            "The two structures don't have the same nested structure.\n",
        ),
        (
            lambda: tf.while_loop(lambda i: i < 9, lambda i: i, [0], shape_invariants=(tf.TensorShape([]),)),
            TypeError,
            "The two structures don't have the same nested structure.\n",
        ),
        (
            lambda: tf.while_loop(lambda i: i < 9, lambda i: i, [0], shape_invariants=[[]]),
            ValueError,
            "The two structures don't have the same nested structure.\n",
        ),
        (
            lambda: tf.while_loop(lambda i: [i < 3], lambda i: i + 1, [0]),
            ValueError,
            "Shape must be rank 0 but is rank 1 for 'while/LoopCond' (op: 'LoopCond') with input shapes: [1].\n",
        ),
        (
            lambda: tf.while_loop(lambda i: tf.fill([2], True), lambda i: i + 1, [0]),
            ValueError,
            "Shape must be rank 0 but is rank 1 for 'while/LoopCond' (op: 'LoopCond') with input shapes: [2].\n",
        ),
        (
            lambda: tf.while_loop(lambda i: i, lambda i: i + 1, [0]),
            TypeError,
            "Input 'input' of 'LoopCond' Op has type int32 that does not match expected type of bool.\n",
        ),
        (
            lambda: tf.while_loop(lambda i, j: i < 3, lambda i, j: i + 1, [0, 0]),
            ValueError,
            "The two structures don't have the same nested structure.\n",
        ),
        (
            lambda: tf.while_loop(lambda i, j: i < 3, lambda i, j: (i + 1, [j]), [0, 0]),
            ValueError,
            "The two structures don't have the same nested structure.\n",
        ),
        (
            lambda: tf.while_loop(lambda x: True, lambda x: tf.concat([x, x], 0), [tf.constant([1.0])]),
            ValueError,
            "Input tensor 'Const:0' enters the loop with shape (1,), but has shape (2,) after one iteration. To allow the "
            "shape to vary across iterations, use the `shape_invariants` argument of tf.while_loop to specify a "
            "less-specific shape.",
        ),
        (
            lambda: tf.group(1),
            TypeError,
            "Expected tf.group() expected Tensor arguments not '1' with type '<class 'int'>'",
        ),
        (lambda: tf.group(tf.no_op(), foo=3), ValueError, "Unknown keyword arguments: foo"),
        (lambda: tf.tuple([None]), ValueError, "Must have at least one Tensor: [None]"),
        (
            lambda: tf.tuple([tf.constant(1)], control_inputs=[3]),
            TypeError,
            "Control input must be Operation or Tensor: 3",
        ),
        (
            lambda: tf.py_func(3, [], tf.float32),
            ValueError,
            "Expected func to be callable, got func of type <class 'int'>",
        ),
        (
            lambda: tf.py_func(lambda: 1.0, [], tf.float32),
            INVALID,
            "0-th value returned by pyfunc is double, but expects float",
        ),
        (raising(ValueError), INVALID, "ValueError: boom"),
        (raising(StopIteration), tf.errors.OutOfRangeError, "StopIteration: boom"),
        (raising(NotImplementedError), tf.errors.UnimplementedError, "NotImplementedError: boom"),
        (raising(MemoryError), tf.errors.ResourceExhaustedError, "MemoryError: boom"),
        (raising(KeyError), tf.errors.UnknownError, "KeyError: 'boom'"),
        (lambda: tf.check_numerics([1.0, np.nan], "msg"), INVALID, "msg : Tensor had NaN values"),
        (lambda: tf.check_numerics([np.nan, -np.inf], "msg"), INVALID, "msg : Tensor had Inf and NaN values"),
        (lambda: tf.verify_tensor_all_finite(x=[np.inf], message="msg"), INVALID, "msg : Tensor had Inf values"),
        (lambda: tf.verify_tensor_all_finite([1.0], "m", x=[1.0]), ValueError, "Cannot specify both 't' and 'x'"),
        (lambda: tf.Print(tf.constant(1), 2), TypeError, "Expected list for 'data' argument to 'Print' Op, not 2."),
        (
            lambda: tf.assert_equal(given(1), given(2), message="msg"),
            INVALID,
            "assertion failed: [msg] [Condition x == y did not hold element-wise:]",
        ),
        (
            lambda: tf.assert_greater(given(1.0), given(2.0)),
            INVALID,
            "assertion failed: [Condition x > y did not hold "
            "element-wise:] [x (PlaceholderWithDefault:0) = ] [1] [y (PlaceholderWithDefault_1:0) = ] [2]",
        ),
        (
            lambda: tf.assert_non_negative(given(-1.0)),
            INVALID,
            "assertion failed: [] [Condition x >= 0 did not hold element-wise:] [x (PlaceholderWithDefault:0) = ] [-1]",
        ),
        (
            lambda: tf.assert_rank(tf.zeros([2, 3], name="x"), 1, message="msg"),
            ValueError,
            "msg.  Tensor x:0 must have rank 1.  Received rank 2, shape (2, 3)",
        ),
        (
            lambda: tf.assert_rank(tf.zeros([2, 3]), 1.5),
            TypeError,
            "  assert_rank/rank:0 must be of type <dtype: 'int32'>",
        ),
        (
            lambda: tf.assert_scalar(tf.zeros([2], name="x")),
            ValueError,
            "Expected scalar shape for x:0, saw shape: (2,).",
        ),
        (
            lambda: tf.assert_integer(tf.constant(1.0), message="msg"),
            TypeError,
            "msg  Expected \"x\" to be integer type.  Found: Const:0 of dtype <dtype: 'float32'>",
        ),
        (lambda: tf.assert_type(tf.constant(1.0), tf.int32), TypeError, "  Const:0 must be of type <dtype: 'int32'>"),
        (lambda: tf.is_strictly_increasing(["a"]), TypeError, "Expected x to be numeric, instead found: Tensor("),
    ],
)
def test_error(build, error, text):
    with pytest.raises(error) as caught:
        run(build)
    assert str(caught.value).startswith(text)


def test_gradient_of_checked_numbers_is_checked():
    def build():
        x = tf.constant([0.0, 1.0])
        return tf.gradients(tf.sqrt(tf.check_numerics(x, "x")), x)[0]

    with pytest.raises(INVALID, match="values detected in gradient. b'x' : Tensor had Inf values"):
        run(build)


def test_print(capfd):
    with tf.Graph().as_default(), tf.Session() as sess:
        x = tf.Print(tf.constant(1.0), ["x", tf.constant([[1.5, 2.0]])], message="here: ", first_n=2)
        assert [float(sess.run(x)) for _ in range(3)] == [1.0] * 3
    assert capfd.readouterr().err.splitlines() == ["here: [x][[1.5 2]]"] * 2


@pytest.mark.parametrize("check", [tf.assert_rank, tf.assert_rank_at_least, lambda x, r: tf.assert_rank_in(x, [r, 3])])
def test_a_rank_that_only_a_run_tells_must_be_a_scalar(check):
    """Recorded from TensorFlow 1.15.5."""
    with tf.Graph().as_default(), tf.Session() as sess:
        rank = tf.placeholder(tf.int32)
        checked = check(tf.constant([1.0, 2.0]), rank)
        sess.run(checked, {rank: 1})
        with pytest.raises(tf.errors.InvalidArgumentError) as error:
            sess.run(checked, {rank: [1, 2]})
        assert str(error.value).startswith("assertion failed: [Rank must be a scalar. Received rank: ] [1 2]")
        with pytest.raises(ValueError, match="must have rank 0.  Received rank 1"):
            check(tf.constant([1.0]), tf.placeholder(tf.int32, [2]))


def twice(x, step):
    return tf.while_loop(lambda i, v: i < 2, lambda i, v: (i + 1, step(i, v)), [tf.constant(0), x])[1]


@pytest.mark.parametrize(
    "build, expected, slope",
    [
        (lambda x: twice(x, lambda i, v: tf.cond(tf.equal(i, 0), lambda: v + x, lambda: v * x)), [18, 32], [12, 16]),
        (lambda x: tf.cond(given(True), lambda: twice(x, lambda i, v: v + x), lambda: x * 1.0), [9, 12], [3, 3]),
        (lambda x: twice(x, lambda i, v: twice(x, lambda i, w: w + x) + v), [21, 28], [7, 7]),
    ],
)
def test_what_an_assignment_gives_begins_a_loop(build, expected, slope):
    """Recorded from TensorFlow 1.15.5 with control flow v2; its plain loops do not take a ref."""
    with tf.Graph().as_default(), tf.Session() as sess:
        x = tf.assign(tf.Variable([1.0, 2.0]), [3.0, 4.0])
        y = build(x)
        fetches = [y, tf.gradients(y, x)[0]]
        sess.run(tf.global_variables_initializer())
        for _ in range(4):  # the later runs are recorded
            assert np.array_equal(sess.run(fetches), [expected, slope])
