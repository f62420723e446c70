"""Draw random graphs: a table of moves, each of which picks from the tensors that are there and adds others.

A tensor is *exact* where numpy's rounding leaves no choice (elementwise arithmetic, moving numbers about, integers), so
that every way to compute it gives the same bits. The sum of many floats, say, depends on the order: what comes of it
is compared to a few ulp, and is asked no question that a last bit may decide.
"""

from __future__ import annotations

import drawing_bodies as bodies
import numpy as np
from hypothesis import strategies as st

import minigraph as tf

SHAPES = [(), (3,), (2, 3), (3, 3), (0, 3), (2, 2, 3), (1, 4, 4, 2), (200, 200), (40_000,)]
DTYPES = [tf.float32, tf.float32, tf.float64, tf.int32, tf.int64]
FLOATS = (tf.float32, tf.float64)


class Unfit(Exception):
    """There is nothing that the move could be made with."""


class Drawing:
    """A graph in the making.

    Attributes:
        pool: its tensors. `exact`: those of them that must be equal bit for bit.
        placeholders: with the shapes to feed. `switch`: one that conditionals look at.
        variables, updates: what it says. `exact_variables`: those that hold exact values only.
    """

    def __init__(self, data, kinds=None):
        self.data, self.pool, self.exact = data, [], set()
        self.kinds = kinds or KINDS
        self.placeholders, self.variables, self.exact_variables, self.updates = {}, [], set(), []
        self._picked, self._careful = [], False
        for _ in range(self.number(1, 3)):
            self.add_placeholder()
        self.switch = tf.placeholder(tf.bool, [])
        self.placeholders[self.switch] = ()
        for _ in range(self.number(0, 2)):
            self.add_variable()
        for _ in range(self.number(2, 14)):
            self.move()

    # Choices

    def number(self, least, most):
        return self.data.draw(st.integers(least, most))

    def choice(self, things):
        if not things:
            raise Unfit
        return things[self.number(0, len(things) - 1)]

    def pick(self, dtypes=None, ranks=None, fits=lambda t: True):
        """One of the tensors; late ones are likelier."""
        found = [
            t
            for t in self.pool
            if (dtypes is None or t.dtype.base_dtype in dtypes)
            and (ranks is None or t.shape.ndims in ranks)
            and (not self._careful or t in self.exact)
            and fits(t)
        ]
        self._picked.append(self.choice(found + found[-3:]))
        return self._picked[-1]

    def floats(self, *ranks):
        return self.pick(FLOATS, ranks or None)

    def numbers(self, *ranks):
        return self.pick((*FLOATS, tf.int32, tf.int64), ranks or None)

    def fellow(self, x):
        """Another of the type of `x` that it can be added to."""
        return self.pick((x.dtype.base_dtype,), None, lambda t: _broadcast(t.shape, x.shape))

    def alike(self, x):
        """One of the type and shape of `x`."""
        return self.pick((x.dtype.base_dtype,), None, lambda t: t.shape.as_list() == x.shape.as_list())

    # Steps

    def add_placeholder(self):
        shape, dtype = self.choice(SHAPES), self.choice(DTYPES)
        known = (None, *shape[1:]) if shape and self.number(0, 2) == 0 else shape
        x = tf.placeholder(dtype, known)
        self.placeholders[x] = shape
        self.pool.append(x)
        self.exact.add(x)

    def add_variable(self):
        shape, dtype = self.choice(SHAPES), self.choice(DTYPES)
        v = tf.Variable(values(np.random.RandomState(0), dtype, shape))
        self.variables.append(v)
        if dtype.is_integer or self.number(0, 1):
            self.exact_variables.add(v)
            self.exact.add(v.value())
        self.pool.append(v.value())

    def move(self):
        """Make one move, perhaps after something else has run."""
        kind, moves = self.choice(self.kinds)
        self._picked, self._careful = [], kind == "careful"
        try:
            waits = [self.choice(self.pool + self.updates)] if self.number(0, 3) == 0 else []
            with tf.control_dependencies(waits):
                made = self.choice(list(moves.values()))(self)
        except (Unfit, ValueError):  # nothing to pick, or shapes that do not fit
            return
        made = [] if made is None else made if isinstance(made, (list, tuple)) else [made]
        self.pool += made
        if kind in ("exact", "careful") and all(t in self.exact for t in self._picked):
            self.exact.update(made)


def _broadcast(a, b):
    try:
        return (tf.broadcast_static_shape(a, b).num_elements() or 0) <= 50_000
    except ValueError:
        return False


def values(random, dtype, shape):
    """Small multiples of 1/4, or small whole numbers: sums of them are exact for a while."""
    if dtype == tf.bool:
        return np.asarray(random.rand(*shape) < 0.5)
    whole = random.randint(-6, 7, shape)
    return np.asarray(whole if dtype.is_integer else whole / 4.0, dtype.as_numpy_dtype)


# Moves


def _reshape(g):
    x = g.pick(fits=lambda t: t.shape.is_fully_defined())
    return tf.reshape(x, g.choice([[-1], [1, x.shape.num_elements()], tf.shape(x)[::-1]]))


def _slice(g):
    x = g.pick(ranks=(1, 2, 3, 4))
    return x[
        g.choice(
            [
                0,
                slice(1, None),
                slice(None, None, -1),
                slice(None, 1),
                Ellipsis,
                (..., slice(0, 2)),
                (None, slice(None)),
                (..., 0),
                (..., slice(None, None, 2)),
            ]
        )
    ]


def _concat(g):
    x = g.pick(ranks=(1, 2, 3, 4))
    return tf.concat([x, g.alike(x), x], g.choice([0, -1]))


EXACT = {
    "add": lambda g: (lambda x: x + g.fellow(x))(g.numbers()),
    "sub": lambda g: (lambda x: x - g.fellow(x))(g.numbers()),
    "mul": lambda g: (lambda x: x * g.fellow(x))(g.numbers()),
    "div": lambda g: (lambda x: x / (tf.abs(g.fellow(x)) + 1.0))(g.floats()),
    "by constants": lambda g: g.choice(
        [
            lambda x: x * 1.0,
            lambda x: x / 1.0,
            lambda x: 2.0 * x - 1.0,
            lambda x: x / 3.0,
            lambda x: x * tf.ones_like(x),
        ]
    )(g.floats()),
    "unary": lambda g: g.choice([tf.negative, tf.abs, tf.square, tf.identity, tf.stop_gradient])(g.numbers()),
    "relu": lambda g: g.choice([tf.nn.relu, tf.nn.relu6, lambda x: tf.sqrt(tf.abs(x)), tf.nn.leaky_relu])(g.floats()),
    "extremes": lambda g: (lambda x: g.choice([tf.maximum, tf.minimum])(x, g.fellow(x)))(g.numbers()),
    "clip": lambda g: tf.clip_by_value(g.floats(), -1.0, 0.75),
    "cast up": lambda g: tf.cast(g.pick((tf.int32, tf.float32)), tf.float64),
    "add_n": lambda g: (lambda x: tf.add_n([x, g.alike(x), x]))(g.numbers()),
    "reshape": _reshape,
    "transpose": lambda g: tf.transpose(g.pick()),
    "slice": _slice,
    "concat": _concat,
    "stack": lambda g: (lambda x: tf.stack([x, g.alike(x)], g.choice([0, -1])))(g.numbers(0, 1, 2)),
    "unstack": lambda g: tf.unstack(g.pick(ranks=(2,), fits=lambda t: t.shape.as_list()[0] in (1, 2, 3))),
    "split": lambda g: tf.split(g.pick(ranks=(1, 2)), g.choice([1, 3]), g.choice([0, -1])),
    "pad": lambda g: tf.pad(g.pick(ranks=(2,)), [[1, 0], [0, 2]], g.choice(["CONSTANT", "SYMMETRIC"])),
    "tile": lambda g: tf.tile(g.pick(ranks=(1,), fits=lambda t: t.shape.as_list() == [3]), [2]),
    "squeeze": lambda g: tf.squeeze(g.pick(fits=lambda t: 1 in t.shape.as_list())),
    "expand_dims": lambda g: tf.expand_dims(g.pick(), g.choice([0, -1])),
    "like": lambda g: g.choice([tf.ones_like, tf.zeros_like])(g.numbers()),
    "shape": lambda g: g.choice([tf.shape, tf.size])(g.pick()),
    "whole sum": lambda g: tf.reduce_sum(g.pick((tf.int32, tf.int64)), g.choice([None, 0, -1])),
    "max": lambda g: g.choice([tf.reduce_max, tf.reduce_min])(g.numbers(1, 2, 3), g.choice([0, -1]), keepdims=True),
    "gather": lambda g: tf.gather(
        g.pick(ranks=(1, 2), fits=lambda t: t.shape.as_list()[0] in (2, 3)), g.choice([1, [1, 0, 1], [[0, 1]]])
    ),
    "max_pool": lambda g: tf.nn.max_pool(g.pick((tf.float32,), (4,)), [1, 2, 2, 1], [1, 2, 2, 1], "SAME"),
    "cond": bodies.branch,
    "random": lambda g: g.choice([tf.random_uniform, tf.random_normal])(g.choice(SHAPES), seed=g.number(0, 3)),
}

ROUGH = {
    "functions": lambda g: g.choice([tf.tanh, tf.sigmoid, tf.sin, tf.nn.softplus, tf.nn.elu, tf.atan])(g.floats()),
    "exp": lambda g: tf.exp(-tf.abs(g.floats())),
    "log": lambda g: tf.log(tf.abs(g.floats()) + 1.0),
    "pow": lambda g: tf.pow(tf.abs(g.floats()) + 0.5, 1.5),
    "sum": lambda g: g.choice([tf.reduce_sum, tf.reduce_mean])(g.floats(), g.choice([None, 0, -1])),
    "sum of rows": lambda g: tf.reduce_sum(g.floats(2), 1, keepdims=True),
    "norm": lambda g: tf.nn.l2_loss(g.floats()),
    "matmul": lambda g: (lambda x: tf.matmul(x, x, transpose_b=True))(g.floats(2, 3)),
    "matmul of two": lambda g: (lambda x: tf.matmul(x, g.pick((x.dtype.base_dtype,), (2,))))(g.floats(2)),
    "softmax": lambda g: g.choice([tf.nn.softmax, tf.nn.log_softmax])(g.floats(1, 2)),
    "cross entropy": lambda g: (
        lambda x: tf.nn.softmax_cross_entropy_with_logits_v2(labels=tf.nn.softmax(g.alike(x)), logits=x)
    )(g.floats(2)),
    "sigmoid cross entropy": lambda g: (
        lambda x: tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.sigmoid(g.alike(x)), logits=x)
    )(g.floats()),
    "conv": lambda g: tf.nn.conv2d(
        g.pick((tf.float32,), (4,)),
        np.linspace(-1, 1, 36).reshape(3, 3, 2, 2),
        [1, 1, 1, 1],
        g.choice(["SAME", "VALID"]),
    ),
    "avg_pool": lambda g: tf.nn.avg_pool(g.pick((tf.float32,), (4,)), [1, 2, 2, 1], [1, 1, 1, 1], "VALID"),
    "cumsum": lambda g: tf.cumsum(g.floats(1, 2)),
    "gradients": lambda g: [
        tf.convert_to_tensor(dx) for dx in tf.gradients(tf.tanh(g.floats()), [g.floats()]) if dx is not None
    ],
    "loop": bodies.loop,
}

CAREFUL = {
    "compare": lambda g: (lambda x: g.choice([tf.less, tf.equal, tf.greater_equal])(x, g.fellow(x)))(g.numbers()),
    "where": lambda g: (lambda x: tf.where(x > tf.zeros_like(x), x, g.alike(x)))(g.numbers()),
    "rounding": lambda g: g.choice([tf.floor, tf.round, tf.sign, tf.ceil])(g.floats()),
    "cast down": lambda g: tf.cast(tf.clip_by_value(g.floats(), -9.0, 9.0), tf.int32),
    "argmax": lambda g: tf.argmax(g.numbers(1, 2), -1),
    "floordiv": lambda g: g.choice([lambda x: x // 2, lambda x: x % 3])(g.numbers()),
    "logic": lambda g: tf.logical_not(g.pick((tf.bool,))),
    "select": lambda g: tf.cast(g.pick((tf.bool,)), g.choice([tf.float32, tf.int32])),
    "gather by values": lambda g: tf.gather([[1.0, 2.0], [3.0, 4.0]], tf.abs(g.pick((tf.int32,))) % 2),
    "top_k": lambda g: list(tf.nn.top_k(g.numbers(1, 2), 2)),
}


# Moves that change variables


def _variable(g, dtypes=(*FLOATS, tf.int32, tf.int64), rough=False):
    return g.choice([v for v in g.variables if v.dtype.base_dtype in dtypes and not (rough and v in g.exact_variables)])


def _value_for(g, v):
    g._careful = v in g.exact_variables
    return g.pick((v.dtype.base_dtype,), None, lambda t: t.shape.as_list() == v.shape.as_list())


def _read(g, v):
    read = v.read_value()
    g.pool.append(read)
    if v in g.exact_variables:
        g.exact.add(read)


def _update(g):
    v = _variable(g)
    made = g.choice([tf.assign, tf.assign_add, tf.assign_sub])(v, _value_for(g, v))
    g.updates.append(made.op)
    _read(g, v)


def _constant_step(g):
    v = _variable(g)
    step = values(np.random.RandomState(1), v.dtype.base_dtype, v.shape.as_list())
    g.updates.append(g.choice([v.assign_add, v.assign])(step).op)


def _copy(g):
    v, w = _variable(g), _variable(g)
    if w in g.exact_variables and v not in g.exact_variables or v.shape != w.shape or v.dtype != w.dtype:
        raise Unfit
    g.updates.append(w.assign(v.read_value()).op)


def _scatter(g):
    v = _variable(g)
    if v.shape.ndims < 1 or v.shape.as_list()[0] < 2:
        raise Unfit
    rows = values(np.random.RandomState(2), v.dtype.base_dtype, [3, *v.shape.as_list()[1:]])
    g.updates.append(g.choice([tf.scatter_update, tf.scatter_add])(v, [0, 1, 0], rows).op)


def _branch_update(g):
    v = _variable(g)
    g.updates.append(bodies.branch_update(g, v, _value_for(g, v)))
    _read(g, v)


def _loop_update(g):
    v = _variable(g)
    g.updates.append(bodies.loop_update(v, _value_for(g, v)))
    _read(g, v)


def _train(g):
    v = _variable(g, FLOATS, rough=True)
    optimizer = g.choice(
        [
            lambda: tf.train.GradientDescentOptimizer(0.25),
            lambda: tf.train.MomentumOptimizer(0.25, 0.5),
            lambda: tf.train.AdamOptimizer(0.25),
            lambda: tf.train.RMSPropOptimizer(0.25, momentum=0.5),
            lambda: tf.train.AdagradOptimizer(0.25),
            lambda: tf.train.FtrlOptimizer(0.25),
            lambda: tf.train.AdadeltaOptimizer(0.25),
        ]
    )()
    loss = tf.reduce_sum(tf.square(v - tf.tanh(_value_for(g, v))))
    g.updates.append(optimizer.minimize(loss, var_list=[v]))
    g.pool.append(loss)


STATE = {
    "read": lambda g: _read(g, _variable(g)),
    "update": _update,
    "by constant": _constant_step,
    "copy": _copy,
    "scatter": _scatter,
    "branch": _branch_update,
    "train": _train,
}
KINDS = [("exact", EXACT), ("rough", ROUGH), ("careful", CAREFUL), ("state", STATE)]
BODIES = [
    ("exact", bodies.EXACT),
    ("rough", bodies.ROUGH),
    ("careful", bodies.CAREFUL),
    ("state", {"branch": _branch_update, "loop": _loop_update}),
]
ELEMENTWISE = {name: EXACT[name] for name in ("mul", "sub", "unary", "clip", "by constants")}
GRADIENTS = [
    ("exact", ELEMENTWISE),
    ("careful", bodies.CAREFUL),
    ("careful", bodies.CAREFUL),
    ("rough", bodies.GRADIENTS),
    ("rough", bodies.GRADIENTS),
    ("state", {"train": _train}),
]
