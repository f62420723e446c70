"""`where`, `broadcast_to` and the shapes of broadcasting."""

import numpy as np
from asking import ask
from facts import fact

SHAPES = [(), (2,), (2, 3), (3,), (2, 1), (1,), (2, 3, 1), (0,)]
CHOICES = [
    ((2, 3), (2, 3)),
    ((2, 3), (3,)),
    ((2, 3), (2, 1)),
    ((), ()),
    ((2,), (2,)),
    ((2, 3), ()),
    ((3,), (4,)),
    ((0,), (0,)),
    ((1,), (1,)),
]


def numbers(shape):
    return np.arange(1.0, 1.0 + int(np.prod(shape))).reshape(shape)


@fact
def where(tf, note):
    for chooser in SHAPES:
        condition = (np.arange(int(np.prod(chooser))) % 2 == 0).reshape(chooser)
        for first, second in CHOICES:
            label = "%s %s %s" % (chooser, first, second)
            arrays = [condition, numbers(first), -numbers(second)]
            ask(tf, note, label, tf.where, arrays, order=2)
            ask(tf, note, label + " unknown", tf.where, arrays, [None, None, None])
            ask(
                tf, note, label + " ranks", tf.where, arrays, [[None] * len(chooser), [None] * len(first), list(second)]
            )
            ask(tf, note, label + " condition unknown", tf.where, arrays, [None, first, second])
    ask(tf, note, "nodes", tf.where, [np.array([True, False]), numbers((2, 3)), numbers((2, 3))], order=1, nodes=True)


@fact
def places(tf, note):
    for kind in ("bool", "int8", "int32", "int64", "uint8", "float32", "float64", "complex64"):
        ask(tf, note, kind, tf.where, [np.array([[1, 0, 2], [0, 0, 3]]).astype(kind)], order=1, nodes=True)
    for shape in ((), (0,), (2, 0), (2, 2, 2)):
        ask(tf, note, "of %s" % (shape,), tf.where, [np.ones(shape, bool)])
        ask(tf, note, "unknown %s" % (shape,), tf.where, [np.ones(shape, bool)], [None])
    ask(tf, note, "half unknown", tf.where, [np.ones((2, 3), bool)], [[None, 3]])


@fact
def python_values(tf, note):
    for label, args in {
        "one": ([True],),
        "numbers": ([1, 0],),
        "None": (None,),
        "text": ("a",),
        "x only": ([True], [1]),
        "y only": ([True], None, [1]),
        "two types": ([True], [1], [2.0]),
        "whole condition": ([1], [1], [2]),
        "texts": ([True], ["a"], ["b"]),
        "named": ([True], [1], [2], "n"),
        "scalars": ([True, False], 1, 2),
    }.items():
        ask(tf, note, label, lambda: tf.where(*args), nodes=True)
    ask(tf, note, "by name", lambda: tf.where(condition=[True], x=[1], y=[2], name="n"), nodes=True)
    ask(tf, note, "tensor and number", lambda: tf.where([True], tf.constant([1.0]), tf.constant([2])))


@fact
def broadcast_to(tf, note):
    for wanted, shapes in {
        (2, 3): [(1, 3), (3,), (), (2, 1), (2, 3), (2,), (1, 2, 3), (4, 3)],
        (4, 2, 3): [(3,), (2, 1)],
        (0, 3): [(3,), (0, 3)],
        (): [(), (1,)],
    }.items():
        for shape in shapes:
            label = "%s to %s" % (shape, wanted)
            ask(tf, note, label, lambda x: tf.broadcast_to(x, wanted), [numbers(shape)], order=2, nodes=True)
            if len(shape) <= len(wanted):
                ask(
                    tf,
                    note,
                    label + " unknown",
                    lambda x: tf.broadcast_to(x, wanted),
                    [numbers(shape)],
                    [None],
                    order=1,
                )
    for label, wanted in {
        "matrix": [[2, 3]],
        "number": 3,
        "floats": [2.0, 3.0],
        "shape": tf.TensorShape([2, 3]),
        "long": np.array([2, 3], np.int64),
    }.items():
        ask(tf, note, label, lambda x: tf.broadcast_to(x, wanted, name="b"), [numbers((3,))], nodes=True)
    ask(tf, note, "negative", lambda x: tf.broadcast_to(x, [-1, 3]), [numbers((3,))], [None])
    ask(tf, note, "fed", tf.broadcast_to, [numbers((3,)), np.array([2, 3])], order=1)
    ask(tf, note, "text", lambda: tf.broadcast_to("a", [2]))


@fact
def shapes(tf, note):
    for x, y in [
        ([2, 1], [3]),
        ([2], [3]),
        ([], [3]),
        ([], []),
        ([1, 2, 3], [5, 1, 3]),
        ([2, 3], [2.0, 3.0]),
        (2, 3),
        ([0], [1]),
    ]:
        ask(tf, note, "dynamic %s %s" % (x, y), lambda: tf.broadcast_dynamic_shape(x, y), nodes=True)
    ask(tf, note, "dynamic, fed", tf.broadcast_dynamic_shape, [np.array([2, 1]), np.array([5, 1, 3])], [[None], [3]])
    ask(tf, note, "dynamic, unequal", tf.broadcast_dynamic_shape, [np.array([2]), np.array([3])])
    for x, y in [
        ([2, 1], [2, 3]),
        ([None, 1], [None]),
        (None, [3]),
        ([2], [3]),
        ([None], [3]),
        ([], [3]),
        ([None], [1]),
    ]:
        label = "static %s %s" % (x, y)
        ask(tf, note, label, lambda: str(tf.broadcast_static_shape(tf.TensorShape(x), tf.TensorShape(y))))
