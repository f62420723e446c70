"""What conditionals and loops leave in a graph: counted nodes, which random seeds follow from; what is refused outside.

All numbers, names and first sentences are recorded from TensorFlow 1.15.5.
"""

from __future__ import annotations

import numpy as np
import pytest

import minigraph as tf
from minigraph.graph.errors import InaccessibleTensorError

INVALID = tf.errors.InvalidArgumentError


def boolean(shape=None):
    return tf.placeholder(tf.bool, shape)


def scalar():
    return tf.placeholder(tf.float32, [])


def given(value):
    return tf.placeholder_with_default(value, np.shape(value))


class Counter(list):
    """The number of nodes at several places, by the seed that an operation made there would have."""

    def __call__(self, result=None):
        self.append(tf.get_seed(None)[1])
        return result


def known(n):
    tf.cond(boolean([]), lambda: n(tf.zeros([3])), lambda: n(tf.zeros([3])))


def unknown_rank(n):
    tf.cond(boolean(), lambda: n(tf.zeros([3])), lambda: n(tf.zeros([3])))


def nested(n):
    p, q, x = boolean(), boolean(), tf.placeholder(tf.float32)
    tf.cond(p, lambda: tf.cond(q, lambda: n(x * 2.0), lambda: n(x + 1.0)), lambda: n(x))


def nested_twice(n):
    p, x = boolean(), tf.placeholder(tf.float32)

    def inner():
        z = x * 3.0
        return tf.cond(x > 0.0, lambda: n(x * z), lambda: n(z))

    tf.cond(p, inner, inner)


def in_a_loop(n):
    p, x = boolean(), scalar()
    tf.while_loop(lambda i, a: n(i < 3), lambda i, a: (i + 1, tf.cond(p, lambda: n(a * x), lambda: n(x))), [0, x])


def loop_in_branch(n):
    p, x = boolean(), scalar()
    y = x * 2.0
    tf.cond(p, lambda: n(tf.while_loop(lambda j: n(j < y), lambda j: n(j + x), [y])), lambda: n(x))


def case(n):
    p, q = boolean(), boolean()
    tf.case([(p, lambda: n(tf.constant(1))), (q, lambda: n(tf.constant(2)))], default=lambda: n(tf.constant(3)))


def case_alone(n):
    tf.case([(boolean([]), lambda: n(tf.constant(1)))])


def dropout(n):
    tf.layers.dropout(tf.placeholder(tf.float32, [None, 4]), 0.5, training=boolean())


def normalization(n):
    tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 4]), training=boolean())


def scoped_variable(n):
    p, x = boolean(), tf.placeholder(tf.float32)
    with tf.variable_scope("b"):
        tf.cond(p, lambda: n(x * tf.get_variable("w", [], initializer=tf.zeros_initializer())), lambda: n(x))


def layers_in_branches(n):
    p, x = boolean(), tf.placeholder(tf.float32, [None, 3])
    tf.cond(p, lambda: n(tf.layers.dense(x, 2)), lambda: n(tf.layers.dense(x, 2)))


def slices_of_two_kinds(n):
    p, x, i = boolean(), tf.placeholder(tf.float32, [5, 2]), tf.placeholder(tf.int32, [None])
    tf.cond(
        p, lambda: tf.IndexedSlices(tf.gather(x, i), i), lambda: tf.IndexedSlices(tf.gather(x, i), tf.cast(i, tf.int64))
    )


def limited(n):
    tf.while_loop(lambda i: n(i < 3), lambda i: n(i + 1), [0], maximum_iterations=5)


def not_differentiated(n):
    x = scalar()
    tf.while_loop(lambda i, y: n(i < 3), lambda i, y: n((i + 1, y * x)), [0, x], back_prop=False)


def outer_values_in_a_nested_loop(n):
    x = scalar()
    y = x * 2.0

    def body(i, a):
        c = tf.while_loop(lambda j, b: n(j < 2), lambda j, b: n((j + 1, b)), [0, y])[1]
        return n((i + 1, c + a))

    tf.while_loop(lambda i, a: i < 3, body, [0, x])


def control_inputs_from_outside(n):
    x = scalar()
    y, z = x * 2.0, x * 3.0

    def body(i):
        with tf.control_dependencies([y, z]):
            r = n(tf.identity(i))
            n(tf.constant(2.0))
        return r

    tf.while_loop(lambda i: i < 3, body, [0])


def control_inputs_around(n):
    x = scalar()
    y = x * 2.0
    with tf.control_dependencies([x]):
        tf.while_loop(lambda i, a: n(i < 3), lambda i, a: n((n(i + 1), a * y + tf.constant(2.0))), [0, x])


@pytest.mark.parametrize(
    "build, expected",
    [
        (known, [6, 7, 8]),
        (unknown_rank, [6, 7, 8]),
        (nested, [16, 19, 20, 22]),
        (nested_twice, [18, 18, 32, 32, 35]),
        (in_a_loop, [9, 25, 25, 31]),
        (loop_in_branch, [13, 19, 21, 21, 23]),
        (case, [7, 13, 14, 16]),
        (case_alone, [35, 35]),
        (dropout, [26]),
        (normalization, [74]),
        (scoped_variable, [13, 13, 15]),
        (layers_in_branches, [25, 44, 45]),
        (slices_of_two_kinds, [20]),
        (limited, [11, 21, 25]),
        (not_differentiated, [8, 17, 21]),
        (outer_values_in_a_nested_loop, [23, 30, 37, 41]),
        (control_inputs_from_outside, [18, 21, 23]),
        (control_inputs_around, [12, 20, 25, 29]),
    ],
)
def test_count_of_nodes(build, expected):
    """The seeds of random operations in bodies and after them are those of TensorFlow's Switch and Merge nodes."""
    count = Counter()
    with tf.Graph().as_default():
        tf.set_random_seed(1)
        build(count)
        count()
    assert count == expected


# What is used outside


def branches():
    """Return a conditional, and a tensor of each branch that is none of its results."""
    p, x, inner = given(True), given(2.0), []

    def branch(factor):
        inner.append(x * factor)
        return inner[-1] + 1.0

    tf.cond(p, lambda: branch(3.0), lambda: branch(5.0))
    return inner


def loop():
    """Return a tensor of a loop's body."""
    x, inner = given(2.0), []

    def body(i, y):
        inner.append(y * x)
        return i + 1, inner[-1] + 1.0

    tf.while_loop(lambda i, y: i < 3, body, [0, x])
    return inner[0]


def of_one_loop_in_another():
    y = loop()
    return tf.while_loop(lambda i: i < 3.0, lambda i: i + y, [0.0])


def of_an_inner_loop():
    inner = []

    def body(i):
        def step(j):
            inner.append(j * 2)
            return j + 1

        tf.while_loop(lambda j: j < 3, step, [0])
        return i + inner[0]

    return tf.while_loop(lambda i: i < 3, body, [0])


@pytest.mark.parametrize(
    "build, error, text",
    [
        (lambda: branches()[0], InaccessibleTensorError, "Operation 'cond/mul' has been marked as not fetchable."),
        (lambda: branches()[0].op, InaccessibleTensorError, "Operation 'cond/mul' has been marked as not fetchable."),
        (loop, InaccessibleTensorError, "Operation 'while/mul' has been marked as not fetchable."),
        (
            lambda: [tf.constant(1.0), loop()],
            InaccessibleTensorError,
            "Operation 'while/mul' has been marked as not fetchable.",
        ),
        (
            lambda: loop() * 2.0,
            ValueError,
            "Cannot use 'while/mul' as input to 'mul' because 'while/mul' is in a while loop",
        ),
        (
            lambda: tf.add_n([loop(), 1.0]),
            ValueError,
            "Cannot use 'while/mul' as input to 'AddN' because 'while/mul' is in a while loop",
        ),
        (
            lambda: tf.assign(tf.Variable(1.0), loop()),
            ValueError,
            "Cannot use 'while/mul' as input to 'Assign' because 'while/mul' is in a while loop",
        ),
        (
            of_one_loop_in_another,
            ValueError,
            "Cannot use 'while/mul' as input to 'while_1/add' because they are in different while loops",
        ),
        (
            of_an_inner_loop,
            ValueError,
            "Cannot use 'while/while/mul' as input to 'while/add' because they are in different while loops",
        ),
        (lambda: branches()[1] * 2.0, INVALID, "Retval[0] does not have value"),
        (
            lambda: tf.Variable(loop()),
            ValueError,
            "Initializer for variable Variable/ is from inside a control-flow "
            "construct, such as a loop or conditional. When creating a variable inside a loop or conditional, use a lambda as "
            "the initializer.",
        ),
    ],
)
def test_refused_outside(build, error, text):
    with tf.Graph().as_default(), tf.Session() as sess, pytest.raises(error) as caught:
        sess.run(build())
    assert str(caught.value).startswith(text)


def test_refused_feeds():
    with tf.Graph().as_default(), tf.Session() as sess:
        inner = loop()
        with pytest.raises(ValueError, match="may not be fed."):
            sess.run(tf.constant(1.0), {inner: 1.0})


def test_a_tensor_of_the_branch_that_ran_may_be_used():
    with tf.Graph().as_default(), tf.Session() as sess:
        inner = branches()[0]
        with tf.control_dependencies([inner]):
            after = tf.constant(1.0)
        assert sess.run([inner * 2.0, tf.identity(inner), after]) == [12.0, 6.0, 1.0]
        assert sess.run(
            tf.gradients(inner * inner, tf.get_default_graph().get_tensor_by_name("PlaceholderWithDefault_1:0"))
        ) == [36.0]


def test_a_loss_of_a_branch_is_in_the_total():
    with tf.Graph().as_default(), tf.Session() as sess:
        x = given([[2.0]])

        def branch():
            tf.losses.mean_squared_error(x, x * 2.0)
            return tf.layers.dense(x, 1, kernel_initializer=tf.ones_initializer(), kernel_regularizer=tf.nn.l2_loss)

        tf.cond(given(True), branch, lambda: x)
        sess_values = [tf.losses.get_total_loss(), tf.losses.get_regularization_loss()]
        sess.run(tf.global_variables_initializer())
        assert sess.run(sess_values) == [4.5, 0.5]


def test_an_effect_of_a_branch_that_is_asked_for_outside_runs_where_its_branch_does():
    with tf.Graph().as_default():
        v, inner = tf.Variable(1.0), []
        taken = given(True)
        tf.cond(taken, lambda: inner.append(v.assign_add(1.0)) or 1, lambda: 2)
        with tf.control_dependencies(inner):
            after = v.read_value()
        with tf.Session() as sess:
            sess.run(v.initializer)
            assert [sess.run(after) for _ in range(4)] == [2.0, 3.0, 4.0, 5.0]
            with pytest.raises(tf.errors.InvalidArgumentError, match="Retval\\[0\\] does not have value"):
                sess.run(after, {taken: False})
            assert sess.run(v) == 5.0


def test_a_call_back_in_a_branch_is_not_asked_for_outside():
    """In TensorFlow it runs in the runs that ask for it; here it would run in all of them, so it is refused."""
    with tf.Graph().as_default():
        inner = []
        tf.cond(given(True), lambda: inner.append(tf.py_func(lambda: 1.0, [], tf.float64)) or 1, lambda: 2)
        with pytest.raises(InaccessibleTensorError) as caught, tf.control_dependencies(inner):
            pass
    assert (
        str(caught.value).splitlines()[-1]
        == "Return it from the function that makes it; an operation with an effect, too."
    )


@pytest.mark.parametrize(
    "build",
    [
        lambda p: tf.cond(p, lambda: tf.get_variable("v", initializer=tf.zeros([2])) + 0.0, lambda: tf.zeros([2])),
        lambda p: tf.cond(p, lambda: tf.Variable(tf.zeros([2])) + 0.0, lambda: tf.zeros([2])),
        lambda p: tf.while_loop(lambda i: i < 5, lambda i: i + tf.Variable(tf.constant(1)), [0]),
        lambda p: tf.case([(p, lambda: tf.Variable(tf.ones([])) * 1.0)], default=lambda: tf.zeros([])),
    ],
)
def test_variable_of_a_tensor_of_a_body(build):
    with tf.Graph().as_default() as graph:
        p = given(True)
        with pytest.raises(ValueError, match="Initializer for variable .* is from inside a control-flow construct"):
            build(p)
        assert tf.global_variables() == tf.trainable_variables() == []
        assert [op.name for op in graph.get_operations()] == ["PlaceholderWithDefault/input", "PlaceholderWithDefault"]


def test_variable_made_in_a_branch():
    """Its initial value is drawn from TensorFlow's seed, and it is where the branch asks for it."""
    with tf.Graph().as_default(), tf.Session() as sess:
        tf.set_random_seed(7)
        x, made = given(np.ones([2, 3], np.float32)), []

        def branch():
            with tf.device("/device:CPU:0"):
                made.append(tf.get_variable("k", [2], initializer=tf.random_uniform_initializer()))
            return tf.reduce_sum(x) * made[0]

        tf.cond(given(True), branch, lambda: tf.zeros([2]))
        sess.run(tf.global_variables_initializer())
        np.testing.assert_allclose(sess.run(made[0]), [0.023186326, 0.0994875431], rtol=1e-5)
        assert made[0].device == "/device:CPU:0"


def test_names_of_variables_made_in_bodies():
    with tf.Graph().as_default(), tf.name_scope("a"):

        def branch(name):
            return tf.Variable(lambda: 1.0) + tf.get_variable(name, []) + tf.Variable(2.0, name="k")

        tf.cond(given(True), lambda: branch("g"), lambda: branch("h"))
        tf.while_loop(lambda i: i < 3.0, lambda i: i + tf.Variable(lambda: 1.0, name="loop"), [0.0])
        names = [v.op.name for v in tf.global_variables()]
    assert names == ["a/cond/Variable", "g", "a/cond/k", "a/cond/Variable_1", "h", "a/cond/k_1", "a/while/loop"]


def test_names_of_slots_made_in_branches():
    with tf.Graph().as_default():
        v, optimizer = tf.Variable(1.0), tf.train.AdamOptimizer(0.1)
        tf.cond(given(True), lambda: optimizer.minimize(v * 2.0), tf.no_op)
        with tf.name_scope("s"):
            tf.cond(given(True), lambda: tf.train.AdamOptimizer(0.1).minimize(v * 2.0), tf.no_op)
        names = [v.op.name for v in tf.global_variables()]
    assert names == [
        "Variable",
        "cond/beta1_power",
        "cond/beta2_power",
        "Variable/Adam",
        "Variable/Adam_1",
        "s/cond/beta1_power",
        "s/cond/beta2_power",
        "Variable/Adam_2",
        "Variable/Adam_3",
    ]


def test_an_operation_that_fails_in_a_branch_takes_nothing_in():
    with tf.Graph().as_default(), tf.Session() as sess:
        x, never = given([[1.0, 2.0]]), tf.placeholder(tf.float32, [3, 3])

        def branch():
            with pytest.raises(ValueError):
                tf.matmul(x, never)
            return x * 2.0

        y = tf.cond(given(True), branch, lambda: x)
        assert [t.op.name for t in y.op.inputs[0].op.inputs] == ["PlaceholderWithDefault_1", "PlaceholderWithDefault"]
        assert sess.run(y).tolist() == [[2.0, 4.0]]


# Outer effects


def awaited(build):
    """How often an update made outside runs, and what `build(update)` gives."""
    with tf.Graph().as_default(), tf.Session() as sess:
        v = tf.Variable(0.0)
        result = build(v.assign_add(1.0))
        sess.run(v.initializer)
        return sess.run(result), sess.run(v)


def waits(update, give):
    with tf.control_dependencies([update]):
        return give()


def waits_in_a_nested_branch(update):
    return tf.cond(
        given(True), lambda: tf.cond(given(True), lambda: waits(update, lambda: tf.constant(3)), lambda: 7), lambda: 2
    )


@pytest.mark.parametrize(
    "build, value, times",
    [
        (lambda u: tf.cond(given(True), lambda: waits(u, lambda: tf.constant(3)), lambda: 2), 3, 1),
        (lambda u: tf.cond(given(False), lambda: waits(u, lambda: tf.constant(3)), lambda: 2), 2, 1),
        (
            lambda u: tf.cond(given(True), lambda: (waits(u, lambda: tf.constant(3)), tf.constant(4))[1], lambda: 2),
            4,
            0,
        ),
        (lambda u: tf.cond(given(True), lambda: (u + 1.0, tf.constant(4))[1], lambda: 2), 4, 0),
        (waits_in_a_nested_branch, 3, 1),
        (lambda u: tf.while_loop(lambda i: i < 3, lambda i: waits(u, lambda: i + 1), [0]), 3, 1),
        (lambda u: tf.while_loop(lambda i: waits(u, lambda: i < 3), lambda i: i + 1, [0]), 3, 1),
        (lambda u: tf.while_loop(lambda i: i < 3, lambda i: waits(tf.group(u), lambda: i + 1), [0]), 3, 1),
        (lambda u: tf.while_loop(lambda i: i < 3, lambda i: (u + 1.0, i + 1)[1], [0]), 3, 0),
        (
            lambda u: tf.while_loop(
                lambda i: i < 3, lambda i: tf.cond(i < 5, lambda: waits(u, lambda: i + 1), lambda: i), [0]
            ),
            3,
            0,
        ),
    ],
)
def test_outer_effect_that_a_body_waits_for(build, value, times):
    """It runs where something that the results need waits for it; not for a branch in a loop, as in TensorFlow."""
    assert awaited(build) == (value, times)


def test_what_no_result_needs_need_not_be_fed():
    with tf.Graph().as_default(), tf.Session() as sess:
        h, a = scalar(), tf.constant(3)

        def branch():
            with tf.control_dependencies([h]):
                a + 1
            h * 2.0
            return a + 2

        assert sess.run(tf.cond(given(True), branch, lambda: 1)) == 5


# Gradients


def square_sum(x):
    return tf.reduce_sum(tf.square(x))


ROWS = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]], np.float32)


def sparse_loop(e, p):
    return tf.while_loop(lambda i, s: i < 2, lambda i, s: (i + 1, s + square_sum(tf.gather(e, [i + 1]))), [0, 0.0])[1]


@pytest.mark.parametrize(
    "build, expected",
    [
        (
            lambda e, p: tf.cond(p, lambda: square_sum(tf.gather(e, [0, 2])), lambda: 0.0),
            [[0.62, 1.24], [3.0, 4.0], [3.1, 3.72], [7.0, 8.0]],
        ),
        (
            lambda e, p: tf.cond(p, lambda: square_sum(tf.gather(e, [0, 2])), lambda: square_sum(tf.gather(e, [1, 1]))),
            [[0.62, 1.24], [1.8, 2.4], [3.1, 3.72], [7.0, 8.0]],
        ),
        (sparse_loop, [[1.0, 2.0], [1.38, 1.84], [2.3, 2.76], [7.0, 8.0]]),
    ],
)
def test_sparse_gradient(build, expected):
    """The gradient of a gathered tensor has rows only: momentum leaves the others as they are."""
    with tf.Graph().as_default(), tf.Session() as sess:
        e, p = tf.get_variable("e", initializer=ROWS), tf.placeholder(tf.bool, [])
        loss = build(e, p)
        assert isinstance(tf.gradients(loss, e)[0], tf.IndexedSlices)
        step = tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss)
        sess.run(tf.global_variables_initializer())
        for choice in (True, False):
            sess.run(step, {p: choice})
        np.testing.assert_allclose(sess.run(e), expected, rtol=1e-5)


def test_second_gradient_of_a_linear_branch():
    with tf.Graph().as_default():
        x, y = tf.placeholder(tf.float32), tf.placeholder(tf.float32)
        first = tf.gradients(tf.cond(boolean([]), lambda: x * y * 2.0, lambda: 2.0), x)[0]
        assert tf.gradients(first, x) == [None]


def test_sum_of_gradients_on_two_devices():
    with tf.Graph().as_default():
        with tf.device("/device:GPU:1"):
            w = tf.constant([[1.0]])
        x = tf.constant([[1.0, 2.0]])
        with tf.device("/task:1"):
            a = tf.matmul(w, x)
        with tf.device("/task:2"):
            b = tf.matmul(w, x)
        total = tf.gradients(a + b, w, colocate_gradients_with_ops=True)[0]
    assert (total.op.type, total.op.colocation_groups()) == ("AddN", [b"loc:@Const"])


def test_summary_in_a_branch_is_tagged_by_its_scope():
    with tf.Graph().as_default(), tf.Session() as sess:
        tf.cond(given(True), lambda: (tf.summary.scalar("s", 2.0), 1)[1], lambda: 2)
        assert b"cond/s" in sess.run(tf.summary.merge_all())
