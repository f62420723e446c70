"""Cases of conditionals, loops, their tapes, and the operations that check, print and call Python."""

import numpy as np
from opcases import Case

import minigraph as tf

X = np.array([0.5, -1.5, 2.0], np.float32)
UP, DOWN = np.float32(1.5), np.float32(-0.75)
INTEGERS = np.array([3, 1, 2], np.int32)
TAPE = ("TapeItem", "TapeGradient", "TapeGradientItem")


def branch(x):
    """x³ where the sum is positive, else sin x; both need values of the forward body."""
    return tf.cond(tf.reduce_sum(x) > 0.0, lambda: x * x * x, lambda: tf.sin(x) * 2.0)


def expected_branch(x):
    return x**3 if x.sum() > 0 else 2.0 * np.sin(x)


def with_state(x):
    """Print has a state of its own: the node is an If."""
    return tf.cond(tf.reduce_sum(x) > 0.0, lambda: tf.exp(tf.Print(x, [], first_n=0)), lambda: x * x)


def nested(x):
    def inner():
        y = x * x
        return tf.cond(x[0] > 1.0, lambda: y * x, lambda: tf.exp(y))

    return tf.cond(x[1] < 0.0, inner, lambda: x)


def expected_nested(x):
    if x[1] >= 0:
        return x
    return x**3 if x[0] > 1 else np.exp(x * x)


def one_sided(x, y):
    """Each branch uses one of the tensors only."""
    return tf.cond(tf.reduce_sum(x) > 0.0, lambda: x * x, lambda: y * y * y)


def used_outside(x):
    """Return a value of a branch that is none of its results: there is one only where that branch runs."""
    inner = []

    def cube():
        inner.append(x * x)
        return inner[0] * x

    return tf.cond(tf.reduce_sum(x) > 0.0, cube, lambda: x) + 2.0 * inner[0]


def pair(x):
    return tf.cond(
        tf.reduce_sum(x) > 0.0, lambda: (x * x, [tf.reduce_sum(x * x * x)]), lambda: (x, [tf.zeros_like(x[0])])
    )


def choose(x):
    return tf.case([(x[0] > 1.0, lambda: x * x), (x[0] > 0.0, lambda: tf.exp(x))], default=lambda: x)


def powers(x):
    """x to the fourth, by a loop."""
    return tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * x), [0, x])[1]


def until(x):
    """Return the number of steps depends on the value."""
    return tf.while_loop(lambda y: tf.reduce_sum(y) < 20.0, lambda y: y * y + 1.0, [x * x])


def with_constant(x, w):
    """w comes from outside, its gradient is summed over the steps."""
    return tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, tf.sin(y * w) + w), [0, x])[1]


def expected_with_constant(x, w):
    for _ in range(3):
        x = np.sin(x * w) + w
    return x


def loop_in_loop(x):
    def outer(i, y):
        z = tf.while_loop(lambda j, z: j < i, lambda j, z: (j + 1, tf.sin(z) * y), [0, y])[1]
        return i + 1, z + x

    return tf.while_loop(lambda i, y: i < 3, outer, [0, x])[1]


def expected_loop_in_loop(x):
    y = x
    for i in range(3):
        z = y
        for _ in range(i):
            z = np.sin(z) * y
        y = z + x
    return y


def branch_in_loop(x):
    def step(i, y):
        return i + 1, tf.cond(tf.equal(i % 2, 0), lambda: y * y * 0.5, lambda: y + x)

    return tf.while_loop(lambda i, y: i < 4, step, [0, x])[1]


def expected_branch_in_loop(x):
    y = x
    for i in range(4):
        y = y * y * 0.5 if i % 2 == 0 else y + x
    return y


def loop_in_branch(x):
    return tf.cond(tf.reduce_sum(x) > 0.0, lambda: powers(x), lambda: x * x)


def growing(x):
    return tf.while_loop(
        lambda i, y: i < 2,
        lambda i, y: (i + 1, tf.concat([y, y * y], 0)),
        [0, x],
        shape_invariants=[tf.TensorShape([]), tf.TensorShape([None])],
    )[1]


def expected_growing(x):
    for _ in range(2):
        x = np.concatenate([x, x * x])
    return x


def stateful_loop(x):
    return tf.while_loop(lambda i, y: i < 2, lambda i, y: (i + 1, tf.Print(y, [], first_n=0) * y), [0, x])[1]


def called(x):
    return tf.py_func(lambda a: a * a, [x], x.dtype)


def called_without_state(x):
    return tf.py_func(lambda a: [a + 1, a.sum()], [x], [x.dtype, x.dtype], stateful=False)


def asserted(x):
    with tf.control_dependencies([tf.Assert(tf.reduce_all(x > -2.0), [x])]):
        return x * x


def waiting(x):
    with tf.control_dependencies([tf.no_op()]):
        return x * x


def grouped(x):
    with tf.control_dependencies([tf.group(x, tf.group(x * 2.0))]):
        return x * x


def of_dict(x):
    def step(y):
        return [{"a": y["a"] * y["a"] + 1.0, "b": y["b"] + y["a"]}]

    (found,) = tf.while_loop(lambda y: y["a"] < 9.0, step, [{"a": x, "b": x}])
    return found["a"], found["b"]


CONDITIONALS = [
    Case("StatelessIf", branch, (X,), expected=expected_branch, also=TAPE),
    Case("StatelessIf", branch, (-X,), name="else", expected=expected_branch),
    Case("If", with_state, (X,), expected=np.exp),
    Case("If", with_state, (-X,), name="else", expected=np.square),
    Case("StatelessIf", nested, (X,), name="nested", expected=expected_nested),
    Case("StatelessIf", nested, (X + 1.0,), name="nested-then", expected=expected_nested),
    Case("StatelessIf", one_sided, (X, 2.0 * X), name="one-sided", expected=lambda x, y: x * x),
    Case("StatelessIf", one_sided, (-X, 2.0 * X), name="one-sided-else", expected=lambda x, y: y**3),
    Case("StatelessIf", pair, (X,), name="pair", expected=lambda x: [x * x, (x**3).sum()]),
    Case(
        "StatelessIf",
        lambda p, x: tf.cond(p, lambda: x + 1, lambda: x - 1),
        (np.bool_(True), INTEGERS),
        name="int32",
        expected=lambda p, x: x + 1,
    ),
    Case(
        "StatelessIf",
        lambda p, x: tf.cond(p, lambda: x[:1], lambda: x),
        (np.bool_(False), X),
        name="shapes",
        expected=lambda p, x: x,
    ),
    Case("BranchItem", used_outside, (X,), expected=lambda x: x**3 + 2.0 * x * x),
    Case("StatelessIf", choose, (X + 1.0,), name="case-first", expected=np.square),
    Case("StatelessIf", choose, (X,), name="case-second", expected=np.exp),
    Case("StatelessIf", choose, (-X,), name="case-default", expected=lambda x: x),
]

LOOPS = [
    Case("While", powers, (X,), expected=lambda x: x**4, also=TAPE),
    Case("While", powers, (UP,), name="scalar", expected=lambda x: x**4),
    Case("While", until, (X,), name="until", expected=lambda x: expected_until(x)),
    Case("While", with_constant, (X, DOWN), name="constant", expected=expected_with_constant, hide=False),
    Case("While", loop_in_loop, (X,), name="nested", expected=expected_loop_in_loop),
    Case("While", branch_in_loop, (X,), name="branch", expected=expected_branch_in_loop),
    Case("If", loop_in_branch, (X,), name="loop", expected=lambda x: x**4),
    Case("While", growing, (X,), name="growing", expected=expected_growing, hide=False),
    Case("While", stateful_loop, (X,), name="state", expected=lambda x: x**4),
    Case(
        "While",
        lambda n: tf.while_loop(lambda i, s: i < n, lambda i, s: (i + 1, s + i), [0, 0])[1],
        (np.int32(5),),
        name="int32",
        expected=np.int32(10),
    ),
    Case(
        "While",
        lambda x: tf.while_loop(lambda y: True, lambda y: y * x, [x], maximum_iterations=2),
        (X,),
        name="maximum",
        expected=lambda x: x**3,
    ),
    Case(
        "While",
        lambda x: tf.while_loop(lambda y: False, lambda y: y * y, [x]),
        (X,),
        name="never",
        expected=lambda x: x,
    ),
    Case("While", of_dict, (UP,), name="dict", expected=[np.float32(11.5625), np.float32(6.25)]),
]


def expected_until(x):
    y = x * x
    while y.sum() < 20:
        y = y * y + 1
    return y


OTHERS = [
    Case("NoOp", waiting, (X,), expected=np.square),
    Case("NoOp", grouped, (X,), name="group", expected=np.square),
    Case("NoOp", lambda: tf.no_op(), name="alone"),
    Case(
        "Identity",
        lambda x, y: tf.tuple([x * 2.0, y * y]),
        (X, UP),
        name="tuple",
        also=("NoOp",),
        expected=lambda x, y: [2 * x, y * y],
    ),
    Case("Assert", asserted, (X,), expected=np.square),
    Case("Assert", lambda x: tf.Assert(tf.reduce_all(x > 0), ["x is", x]), (INTEGERS,), name="alone"),
    Case("PyFunc", called, (X,), expected=np.square, grad_order=0),
    Case("PyFunc", called, (INTEGERS,), name="int32", expected=np.square),
    Case("PyFunc", lambda x: tf.py_func(lambda a: None, [x], []), (X,), name="nothing", grad_order=0),
    Case("PyFuncStateless", called_without_state, (X,), expected=lambda x: [x + 1, x.sum()], grad_order=0),
    Case("Print", lambda x: tf.Print(x * x, [x], first_n=0), (X,), expected=np.square),
    Case("CheckNumerics", lambda x: tf.check_numerics(x, "x") ** 3, (X,), expected=lambda x: x**3),
    Case(
        "CheckNumerics",
        lambda x: tf.verify_tensor_all_finite(x, "x") ** 3,
        (X,),
        name="verify",
        expected=lambda x: x**3,
    ),
]

CASES = [*CONDITIONALS, *LOOPS, *OTHERS]
