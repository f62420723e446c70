"""Functions of one tensor: values, types, gradients to the second order, nodes, errors."""

import numpy as np
from asking import ask
from facts import fact

ANY = np.array([[-1.7, -0.4, 0.3], [0.6, 1.2, 2.5]])
POSITIVE = np.array([[0.2, 0.7, 1.1], [1.5, 2.25, 3.0]])
UNIT = np.array([-0.9, -0.35, 0.0, 0.4, 0.8])
COMPLEX = np.array([1 + 2j, -0.5 + 1j, 2 - 1.5j])
SPECIAL = np.array([0.0, 1.0, -1.0, 2.0, 0.5, -0.5, np.inf, -np.inf, np.nan], np.float32)

FUNCTIONS = {
    "negative": ANY,
    "abs": ANY,
    "sign": ANY,
    "square": ANY,
    "sqrt": POSITIVE,
    "rsqrt": POSITIVE,
    "reciprocal": ANY,
    "exp": ANY,
    "expm1": ANY,
    "log": POSITIVE,
    "log1p": POSITIVE,
    "sin": ANY,
    "cos": ANY,
    "tan": UNIT,
    "asin": UNIT,
    "acos": UNIT,
    "atan": ANY,
    "sinh": ANY,
    "cosh": ANY,
    "tanh": ANY,
    "asinh": ANY,
    "acosh": POSITIVE + 1,
    "atanh": UNIT,
    "sigmoid": ANY,
    "log_sigmoid": ANY,
    "floor": ANY,
    "ceil": ANY,
    "rint": ANY,
    "round": ANY,
    "erf": ANY,
    "erfc": ANY,
    "lgamma": POSITIVE,
    "digamma": POSITIVE,
    "real": ANY,
    "imag": ANY,
    "angle": ANY,
    "conj": ANY,
}
TESTS = ["is_nan", "is_inf", "is_finite"]
INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool"]
NO_KERNEL = ["tan", "asin", "acos", "atan", "reciprocal"]  # TensorFlow's answer for integers depends on the build


@fact
def values(tf, note):
    for name, array in FUNCTIONS.items():
        function = getattr(tf, name)
        ask(tf, note, name + " float64", function, [array], order=2)
        ask(tf, note, name + " empty", function, [np.zeros((0, 3))], order=1)
        ask(
            tf,
            note,
            name + " scalar, named",
            lambda x: function(x, name="q"),
            [0.5 if array is UNIT else 1.25],
            order=1,
        )
        ask(tf, note, name + " list", lambda: function([1.0, 0.5]), nodes=True)
        ask(
            tf,
            note,
            name + " half unknown",
            function,
            [array.astype(np.float64)],
            shapes=[[None] * array.ndim],
            order=1,
        )
        if name not in ("sqrt", "rsqrt", "digamma"):  # -0.0 and poles: rounded otherwise by vector instructions
            ask(tf, note, name + " special", function, [SPECIAL])


@fact
def types(tf, note):
    for name in list(FUNCTIONS) + TESTS:
        function = getattr(tf, name)
        for kind in INTEGERS:
            if name not in NO_KERNEL or kind not in ("int32", "int64"):
                ask(tf, note, name + " " + kind, function, [np.array([1, 2, 3, 0]).astype(kind)], order=1)
        ask(tf, note, name + " string", lambda: function("a"))
        ask(tf, note, name + " None", lambda: function(None))
    for name in TESTS:
        ask(tf, note, name + " special", getattr(tf, name), [SPECIAL])
        ask(tf, note, name + " double", getattr(tf, name), [SPECIAL.astype(np.float64)], order=1)


@fact
def complex_numbers(tf, note):
    # Without those for which not every build has a kernel.
    for name in sorted(set(FUNCTIONS) - {"asin", "acos", "atan", "round"}):
        ask(tf, note, name + " complex", getattr(tf, name), [COMPLEX], order=1)
        ask(
            tf,
            note,
            name + " complex gradient",
            lambda x, y: tf.real(getattr(tf, name)(tf.complex(x, y))),
            [COMPLEX.real, COMPLEX.imag],
            order=1,
        )
    ask(tf, note, "of infinities", tf.complex, [SPECIAL[:, None], SPECIAL])


@fact
def nodes(tf, note):
    for name, array in FUNCTIONS.items():
        ask(tf, note, name, getattr(tf, name), [array.astype(np.float64)], order=2, nodes=True)
        ask(tf, note, name + " unknown", getattr(tf, name), [array.astype(np.float64)], [None], order=1, nodes=True)


@fact
def gamma(tf, note):
    x = np.array([0.3, 0.75, 1.0, 2.5, 7.0, 40.0])
    for order in (1.0, 2.0, 3.0):
        ask(
            tf,
            note,
            "polygamma %d" % order,
            lambda x: tf.polygamma(tf.fill(tf.shape(x), tf.cast(order, tf.float64)), x),
            [x],
            order=2,
        )
    ask(
        tf,
        note,
        "polygamma of one order",
        lambda x: tf.polygamma(tf.constant(1.0, tf.float64), x),
        [x],
        order=1,
        nodes=True,
    )
    ask(
        tf,
        note,
        "polygamma at its poles and below 0",
        tf.polygamma,
        [np.ones(5), np.array([0.0, -1.0, -100.0, -0.5, -3.25])],
    )
    for name in ("lgamma", "digamma"):
        ask(tf, note, name + " below 0", getattr(tf, name), [np.array([0.0, -1.0, -30.0, -0.5, -3.25, -41.5])])


@fact
def without_nan(tf, note):
    for kind in (np.float64, np.complex128, np.int32):
        ask(
            tf,
            note,
            "reciprocal_no_nan " + kind.__name__,
            tf.math.reciprocal_no_nan,
            [np.array([2, 0, -4], kind)],
            order=1,
        )
    ask(tf, note, "reciprocal_no_nan nodes", tf.math.reciprocal_no_nan, [ANY], order=2, nodes=True)
