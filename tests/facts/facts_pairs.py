"""Functions and operators of two tensors: broadcasting, types, Python values on either side, nodes, errors."""

import numpy as np
from asking import ask
from facts import fact

ANY = np.array([[-1.7, -0.4, 0.3], [0.6, 1.2, 2.5]])
POSITIVE = np.array([[0.2, 0.7, 1.1], [1.5, 2.25, 3.0]])
ROW = np.array([0.5, -1.5, 2.0])
COLUMN = np.array([[0.7], [1.3]])
N = np.array([[7, -7, 5], [-5, 3, -1]])
M = np.array([[2, 2, -3], [3, -2, 4]])
COMPLEX = np.array([1 + 2j, -0.5 + 1j, 2 - 1.5j])
TRUTH = np.array([True, False, True])

ARITHMETIC = [
    "add",
    "subtract",
    "multiply",
    "divide",
    "div",
    "truediv",
    "realdiv",
    "floordiv",
    "floor_div",
    "mod",
    "floormod",
    "pow",
    "maximum",
    "minimum",
    "squared_difference",
    "div_no_nan",
    "math.divide_no_nan",
    "math.multiply_no_nan",
    "math.xdivy",
    "math.xlogy",
    "atan2",
    "complex",
]
COMPARISONS = ["equal", "not_equal", "less", "less_equal", "greater", "greater_equal"]
LOGIC = ["logical_and", "logical_or", "logical_xor"]
INTEGER = ["truncatediv", "truncatemod"]  # of floats TensorFlow's answer depends on the build
OPERATORS = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
    "//": lambda x, y: x // y,
    "%": lambda x, y: x % y,
    "**": lambda x, y: x**y,
    "<": lambda x, y: x < y,
    "<=": lambda x, y: x <= y,
    ">": lambda x, y: x > y,
    ">=": lambda x, y: x >= y,
    "&": lambda x, y: x & y,
    "|": lambda x, y: x | y,
    "^": lambda x, y: x ^ y,
}
PYTHON = {
    "2": 2,
    "2.5": 2.5,
    "text": "x",
    "None": None,
    "list": [1.0, 2.0, 3.0],
    "whole list": [1, 2, 3],
    "True": True,
    "1j": 1j,
    "np.float64": np.float64(2),
    "np.int64": np.int64(2),
    "array": np.array([1.0, 2.0, 3.0]),
    "ragged": [[1.0, 2.0], [3.0]],
}


def named(tf, name):
    for part in name.split("."):
        tf = getattr(tf, part)
    return tf


def functions(tf):
    """(name, function) of everything that takes two tensors: functions, and the operators that are none of them."""
    return [(name, named(tf, name)) for name in ARITHMETIC + COMPARISONS + LOGIC] + [("+", OPERATORS["+"])]


@fact
def broadcasting(tf, note):
    for name, function in functions(tf):
        if name == "atan2":
            continue  # its gradient there is an error in TensorFlow
        for label, x, y in [
            ("row", POSITIVE, ROW),
            ("column", COLUMN, ROW),
            ("scalar", POSITIVE, np.float64(1.5)),
            ("scalar first", np.float64(1.5), POSITIVE),
            ("ones", np.ones((1, 1)), np.ones(1)),
            ("empty", np.zeros((0, 3)), ROW),
            ("inner", POSITIVE[:, None, :], POSITIVE[:, :2, None]),
        ]:
            ask(tf, note, name + " " + label, function, [x, y], order=1)
        for label, shapes in [
            ("unknown", [None, None]),
            ("half unknown", [[None, 3], [3]]),
            ("ranks", [[2, None], [None]]),
        ]:
            ask(tf, note, name + " " + label, function, [POSITIVE, ROW], shapes, order=1)


@fact
def types(tf, note):
    for name, function in functions(tf):
        for kind in ("int8", "int32", "int64", "uint8"):
            if kind == "int8" and name == "realdiv":
                continue
            x, y = (abs(N), abs(M)) if kind[0] == "u" or name in ("pow", "**") else (N, M)
            ask(tf, note, name + " " + kind, function, [x.astype(kind), y.astype(kind)])
        ask(tf, note, name + " float64", function, [POSITIVE, ANY], order=1)
        if "floor" not in name:  # for which not every build has a kernel
            ask(
                tf,
                note,
                name + " complex64",
                function,
                [COMPLEX.astype(np.complex64), COMPLEX[::-1].astype(np.complex64)],
            )
        ask(tf, note, name + " bool", function, [TRUTH, TRUTH[:, None]])
        ask(tf, note, name + " string", lambda: function(tf.constant(["a", "b"]), tf.constant("b")))
        ask(tf, note, name + " float and int", function, [POSITIVE, N])
        ask(tf, note, name + " int and float", function, [N, POSITIVE])


@fact
def integers(tf, note):
    for name in INTEGER:
        for kind in ("int32", "int64"):
            ask(tf, note, name + " " + kind, named(tf, name), [N.astype(kind), M.astype(kind)])
        ask(tf, note, name + " of nothing", named(tf, name), [np.zeros(0, np.int32), np.zeros(1, np.int32)])
    for name in ("floordiv", "floormod", "div", "mod"):
        ask(tf, note, name + " by zero", named(tf, name), [np.array([1, 2]), np.array([1, 0])])
        ask(tf, note, name + " of constants by zero", lambda: named(tf, name)([1, 2], [1, 0]))
    ask(tf, note, "negative power", tf.pow, [np.array([1, 2]), np.array([1, -1])])


@fact
def unequal(tf, note):
    for name, function in functions(tf):
        ask(tf, note, name, function, [POSITIVE, np.ones(4)])
        ask(tf, note, name + " in a run", function, [POSITIVE, np.ones(4)], [None, None])


@fact
def python_values(tf, note):
    for name, function in (
        functions(tf)[:5]
        + [("div_no_nan", tf.div_no_nan), ("equal", tf.equal), ("logical_or", tf.logical_or)]
        + list(OPERATORS.items())
    ):
        for label, value in PYTHON.items():
            if label == "1j" and name in ("//", "%"):
                continue  # Python 3.10 and later have other words for it
            ask(
                tf, note, "%s float and %s" % (name, label), lambda x: function(x, value), [POSITIVE.astype(np.float32)]
            )
            ask(
                tf, note, "%s %s and float" % (name, label), lambda x: function(value, x), [POSITIVE.astype(np.float32)]
            )
            if name not in ("pow", "**"):
                ask(tf, note, "%s int and %s" % (name, label), lambda x: function(x, value), [N.astype(np.int32)])
                ask(tf, note, "%s %s and int" % (name, label), lambda x: function(value, x), [N.astype(np.int32)])


@fact
def nodes(tf, note):
    for name, function in functions(tf):
        if name != "atan2":
            ask(tf, note, name, function, [POSITIVE, ROW], order=1, nodes=True)
            ask(tf, note, name + " unknown", function, [POSITIVE, ROW], [None, [3]], order=1, nodes=True)
        ask(tf, note, name + " equal", function, [POSITIVE, ANY], order=1, nodes=True)
        ask(tf, note, name + " of numbers", lambda: function(tf.constant(7.0), 2.0), nodes=True)
    for name in ARITHMETIC[:15]:
        ask(tf, note, name + " named", lambda x, y: named(tf, name)(x, y, name="q"), [POSITIVE, ROW], nodes=True)


@fact
def numbers(tf, note):
    for name in ARITHMETIC + COMPARISONS:
        for x, y in [(7, 2), (7.0, 2.0), (7.0, 2), (7, 2.5)]:
            ask(tf, note, "%s %r %r" % (name, x, y), lambda: named(tf, name)(x, y))


@fact
def scalar_mul(tf, note):
    for label, scalar, make in [
        ("number", 2.0, lambda: tf.constant([1.0])),
        ("whole", 2, lambda: tf.constant([1.0])),
        ("fraction of integers", 2.5, lambda: tf.constant([1])),
        ("vector", [2.0], lambda: tf.constant([1.0])),
        ("rows", 2.0, lambda: tf.IndexedSlices(tf.constant([[1.0]]), tf.constant([0]), tf.constant([3, 1]))),
        ("True", True, lambda: tf.constant([1.0])),
        ("float", 2.5, lambda: 3.0),
    ]:
        ask(tf, note, label, lambda: tf.convert_to_tensor(tf.scalar_mul(scalar, make())), nodes=True)


@fact
def expressions(tf, note):
    one, two = (lambda: tf.constant(1.0)), (lambda: tf.constant(2))
    for label, build in {
        "2 ** x": lambda: 2 ** two(),
        "x ** -1": lambda: two() ** -1,
        "x ** 0.5": lambda: two() ** 0.5,
        "x / 0": lambda: two() / 0,
        "1 < x": lambda: 1 < two(),
        "1 > x": lambda: 1.5 > two(),
        "~x": lambda: ~two(),
        "~bool": lambda: ~tf.constant([True]),
        "-x": lambda: -two(),
        "abs": lambda: abs(-two()),
        "+x": lambda: +two(),
        "x << 1": lambda: two() << 1,
        "divmod": lambda: divmod(two(), 2),
        "x == y": lambda: two() == two(),
        "x != 1": lambda: two() != 1,
        "len": lambda: len(tf.constant([1])) and 0,
        "__div__": lambda: tf.constant(7).__div__(2),
        "__rdiv__": lambda: tf.constant(2).__rdiv__(7),
        "text +": lambda: tf.constant("a") + "b",
        "+ text": lambda: "b" + tf.constant("a"),
        "text *": lambda: tf.constant("a") * 2,
        "array *": lambda: np.array([1.0, 2.0], np.float32) * one(),
        "double array *": lambda: np.array([1.0, 2.0]) * one(),
        "list *": lambda: [1.0, 2.0] * one(),
        "number *": lambda: np.float32(2) * one(),
        "@": lambda: tf.constant([[1.0]]) @ [[2.0]],
        "list @": lambda: [[1.0]] @ tf.constant([[2.0]]),
        "array @": lambda: np.ones((1, 1), np.float32) @ tf.constant([[2.0]]),
        "shape +": lambda: tf.constant(1) + tf.TensorShape([1]),
        "float shape": lambda: one() + tf.TensorShape([1]),
        "size +": lambda: tf.Dimension(1) + tf.constant(1),
        "float size": lambda: tf.Dimension(2) * one(),
        "rows": lambda: one() + tf.IndexedSlices(tf.constant([[1.0]]), tf.constant([0]), tf.constant([3, 1])),
    }.items():
        if label != "len":
            ask(tf, note, label, build, nodes=label not in ("x == y", "x != 1", "x << 1"))
