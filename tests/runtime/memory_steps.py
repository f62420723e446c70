"""Kinds of steps of `memory_programs`: how to build one, and what it does to memory.

`build` gets tensors (s.t, s.u: earlier values; s.v: a variable; s.p: a predicate), `model` the same as arrays. What a
model returns is an array of its own, or the very array that it was handed: then the step passes memory on.

This file runs on Python 3.7 too.
"""

from __future__ import annotations

import numpy as np


class Kind:
    """A kind of step.

    Attributes:
        forms: its forms, with the values that each of them takes: "t", "u", both or none.
        rows: whether it needs rows. `weight`: how often it is drawn.
    """

    rows, weight = False, 1


class Pass(Kind):
    weight = 3
    forms = dict.fromkeys(
        [
            "identity",
            "reshape",
            "stop_gradient",
            "squeeze",
            "tuple",
            "identity_n",
            "default",
            "ensure_shape",
            "check",
            "bitcast",
            "custom_gradient",
        ],
        "t",
    )

    def build(self, tf, s):
        return {
            "identity": lambda: tf.identity(s.t),
            "stop_gradient": lambda: tf.stop_gradient(s.t),
            "reshape": lambda: tf.reshape(tf.reshape(s.t, [-1]), s.shape),
            "squeeze": lambda: tf.squeeze(tf.expand_dims(s.t, 0), [0]),
            "tuple": lambda: tf.tuple([s.t])[0],
            "identity_n": lambda: tf.identity_n([s.t])[0],
            "default": lambda: tf.placeholder_with_default(s.t, s.shape),
            "ensure_shape": lambda: tf.ensure_shape(s.t, s.shape),
            "check": lambda: tf.check_numerics(s.t, "infinite"),
            "bitcast": lambda: tf.bitcast(s.t, tf.float32),
            "custom_gradient": lambda: tf.custom_gradient(lambda a: (tf.identity(a), lambda dy: dy))(s.t),
        }[s.form]()

    def model(self, s):
        return s.t


class NothingToDo(Kind):
    """Operations that pass memory on where there is nothing for them to do."""

    rows = True
    forms = dict.fromkeys(
        ["transpose", "pad", "tile", "broadcast", "reverse", "slice", "strided", "sum", "split", "concat", "stack"], "t"
    )

    def build(self, tf, s):
        rank = len(s.shape)
        return {
            "transpose": lambda: tf.transpose(s.t, list(range(rank))),
            "pad": lambda: tf.pad(s.t, [[0, 0]] * rank),
            "tile": lambda: tf.tile(s.t, [1] * rank),
            "broadcast": lambda: tf.broadcast_to(s.t, s.shape),
            "reverse": lambda: tf.reverse(s.t, np.zeros(0, np.int32)),
            "slice": lambda: tf.slice(s.t, [0] * rank, s.shape),
            "strided": lambda: s.t[:],
            "sum": lambda: tf.reduce_sum(s.t, []),
            "split": lambda: tf.split(s.t, 1)[0],
            "concat": lambda: tf.concat([s.t], 0),
            "stack": lambda: tf.reshape(tf.stack([s.t]), s.shape),
        }[s.form]()

    def model(self, s):
        return s.t


class Read(Kind):
    forms = {"read_value": "", "value": ""}

    def build(self, tf, s):
        return s.v.read_value() if s.form == "read_value" else tf.identity(s.v.value())

    def model(self, s):
        return s.v


class Compute(Kind):
    weight = 3
    forms = {"scale": "t", "sum": "tu", "extremes": "tu", "function": "t"}

    def build(self, tf, s):
        return {
            "scale": lambda: s.t * 0.5 + s.c,
            "sum": lambda: (s.t + s.u) * 0.5,
            "function": lambda: tf.py_func(lambda a: a * np.float32(0.5), [s.t], tf.float32),
            "extremes": lambda: tf.maximum(s.t, s.u) - tf.minimum(s.t, s.c),
        }[s.form]()

    def model(self, s):
        return {
            "scale": lambda: s.t * 0.5 + s.c,
            "sum": lambda: (s.t + s.u) * 0.5,
            "function": lambda: s.t * 0.5,
            "extremes": lambda: np.maximum(s.t, s.u) - np.minimum(s.t, s.c),
        }[s.form]()


class Gather(Kind):
    rows, forms = True, {"gather": "t", "concat": "tu"}

    def build(self, tf, s):
        if s.form == "concat":
            return tf.concat([s.t, s.u], 0)[s.shape[0] :] + 1.0
        return tf.gather(s.t, np.arange(s.shape[0])[::-1].copy())

    def model(self, s):
        return s.u + 1.0 if s.form == "concat" else s.t[::-1].copy()


class Write(Kind):
    weight, forms = 4, {"assign": "", "add": "", "sub": "", "copy": "t", "add value": "t"}

    def build(self, tf, s):
        fill = tf.fill(s.shape, s.c)
        return {
            "assign": lambda: tf.assign(s.v, fill),
            "add": lambda: tf.assign_add(s.v, fill),
            "sub": lambda: tf.assign_sub(s.v, fill),
            "copy": lambda: tf.assign(s.v, s.t),
            "add value": lambda: tf.assign_add(s.v, s.t * 0.25),
        }[s.form]()

    def model(self, s):
        s.v[...] = {
            "assign": lambda: s.c,
            "add": lambda: s.v + s.c,
            "sub": lambda: s.v - s.c,
            "copy": lambda: s.t,
            "add value": lambda: s.v + s.t * 0.25,
        }[s.form]()
        return s.v


class Scatter(Kind):
    rows, forms = True, {"update": "t", "add": "t", "sub": "t"}

    def build(self, tf, s):
        scatter = {"update": tf.scatter_update, "add": tf.scatter_add, "sub": tf.scatter_sub}[s.form]
        return scatter(s.v, [s.shape[0] - 1, 0], tf.gather(s.t, [0, s.shape[0] - 1]) * 0.5)

    def model(self, s):
        for to, row in zip((-1, 0), (s.t[[0, -1]] * 0.5)):
            s.v[to] = {"update": row, "add": s.v[to] + row, "sub": s.v[to] - row}[s.form]
        return s.v


def _after(tf, s, op):
    with tf.control_dependencies([op]):
        return tf.identity(s.v)


class Train(Kind):
    weight = 3
    forms = dict.fromkeys(["descend", "gradient", "momentum", "adam", "minimize", "by hand"], "t")

    def build(self, tf, s):
        if s.form == "by hand":
            gradient = s.t * 0.5
            with tf.control_dependencies([gradient]):
                return tf.assign_sub(s.v, gradient)
        optimizer = {
            "momentum": lambda: tf.train.MomentumOptimizer(0.25, 0.5),
            "adam": lambda: tf.train.AdamOptimizer(0.5),
        }.get(s.form, lambda: tf.train.GradientDescentOptimizer(0.25))()
        if s.form == "minimize":
            loss = tf.reduce_sum(tf.square(s.v) * 0.5 + s.v * tf.stop_gradient(s.t))
            return _after(tf, s, optimizer.minimize(loss, var_list=[s.v]))
        gradient = tf.identity(s.t) if s.form == "gradient" else s.t * 0.5
        return _after(tf, s, optimizer.apply_gradients([(gradient, s.v)]))

    def model(self, s):
        gradient = {"gradient": lambda: s.t, "minimize": lambda: s.v + s.t}.get(s.form, lambda: s.t * 0.5)()
        s.v -= {"momentum": self._momentum, "adam": self._adam, "by hand": lambda s, g: g}.get(
            s.form, lambda s, g: 0.25 * g
        )(s, gradient)
        return s.v

    def _momentum(self, s, gradient):
        s.slots["m"] = s.slots.get("m", 0.0) * 0.5 + gradient
        return 0.25 * s.slots["m"]

    def _adam(self, s, gradient):
        t = s.slots["t"] = s.slots.get("t", 0) + 1
        s.slots["m"] = s.slots.get("m", 0.0) * 0.9 + 0.1 * gradient
        s.slots["v"] = s.slots.get("v", 0.0) * 0.999 + 0.001 * gradient * gradient
        rate = 0.5 * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        return (rate * s.slots["m"] / (np.sqrt(s.slots["v"]) + 1e-8)).astype(np.float32)


class Average(Kind):
    forms = {"moving": ""}

    def build(self, tf, s):
        average = tf.train.ExponentialMovingAverage(0.75)
        with tf.control_dependencies([average.apply([s.v])]):
            return tf.identity(average.average(s.v))

    def model(self, s):
        shadow = s.slots.setdefault("shadow", s.initial.copy())
        shadow -= 0.25 * (shadow - s.v)
        return shadow


class Branch(Kind):
    weight = 2
    forms = {"computes": "tu", "passes on": "tu", "writes": "u", "reads after a write": "tu", "nested": "tu"}

    def build(self, tf, s):
        one = np.ones(s.shape, np.float32)
        inner = tf.placeholder_with_default(True, [])

        def read_after_write():
            with tf.control_dependencies([tf.assign_add(s.v, one)]):
                return s.t * 0.5

        def nested():
            return tf.cond(inner, lambda: tf.identity(tf.assign_sub(s.v, one)) * 0.5, lambda: s.t * 1.0)

        return {
            "computes": lambda: tf.cond(s.p, lambda: s.t * 0.75, lambda: s.u + 5.0),
            "passes on": lambda: tf.cond(s.p, lambda: tf.identity(s.t), lambda: tf.identity(s.u)),
            "writes": lambda: tf.cond(s.p, lambda: tf.identity(tf.assign_add(s.v, one)) * 1.0, lambda: s.u * 1.0),
            "reads after a write": lambda: tf.cond(s.p, read_after_write, lambda: s.u - 1.0),
            "nested": lambda: tf.cond(s.p, nested, lambda: s.u * 1.0),
        }[s.form]()

    def model(self, s):
        if s.p and s.form in ("writes", "reads after a write", "nested"):
            s.v += -1.0 if s.form == "nested" else 1.0
        return {
            "computes": lambda: s.t * 0.75 if s.p else s.u + 5.0,
            "passes on": lambda: s.t if s.p else s.u,
            "writes": lambda: (s.v if s.p else s.u) * 1.0,
            "reads after a write": lambda: s.t * 0.5 if s.p else s.u - 1.0,
            "nested": lambda: s.v * 0.5 if s.p else s.u * 1.0,
        }[s.form]()


class Loop(Kind):
    """A loop whose body writes: before it reads, after it, as long as the memory says so, now and then."""

    weight = 2
    forms = dict.fromkeys(["writes first", "reads first", "until the memory says so", "branch in a loop"], "t")

    def build(self, tf, s):
        one = np.ones(s.shape, np.float32)

        def write():
            return tf.assign_add(s.v, one)

        def body(n, total):
            if s.form == "reads first":
                read = s.t * 0.5
                with tf.control_dependencies([read] if s.ordered else []):
                    written = write()
                with tf.control_dependencies([written]):
                    return n + 1, total + read
            written = tf.cond(tf.equal(n, 1), write, lambda: s.v * 1.0) if s.form == "branch in a loop" else write()
            with tf.control_dependencies([written]):
                return n + 1, total + s.t * 0.5

        def go_on(n, total):
            more = n < 3
            return tf.logical_and(more, tf.reduce_min(s.v) < s.c) if s.form == "until the memory says so" else more

        return tf.while_loop(go_on, body, [tf.constant(0), tf.zeros(s.shape)], parallel_iterations=1)[1]

    def model(self, s):
        total = np.zeros_like(s.v)
        for n in range(3):
            if s.form == "until the memory says so" and not np.min(s.v) < s.c:
                break
            read = s.t * 0.5
            if s.form != "branch in a loop" or n == 1:
                s.v += 1.0
            total = total + (read if s.form == "reads first" else s.t * 0.5)
        return total


class LoopVariable(Kind):
    """A loop whose variable is memory at first: handed on as it is, or computed with after a write."""

    forms = {"no turn": "t", "passes on": "t", "computes": "t"}

    def build(self, tf, s):
        def body(n, a):
            with tf.control_dependencies([tf.assign_add(s.v, np.ones(s.shape, np.float32))]):
                return n + 1, a * 0.5 if s.form == "computes" else tf.identity(a)

        turns, first = 0 if s.form == "no turn" else 2, tf.identity(s.t)
        with tf.control_dependencies([first]):  # what writes waits for the number only
            start = tf.identity(tf.constant(0))
        return tf.while_loop(lambda n, a: n < turns, body, [start, first], parallel_iterations=1)[1]

    def model(self, s):
        a = s.t
        for _ in range(0 if s.form == "no turn" else 2):
            s.v += 1.0
            a = a * 0.5 if s.form == "computes" else a
        return a


class Reenter(Kind):
    """A Python function that runs the session, which writes."""

    forms = {"function": ""}

    def build(self, tf, s):
        update = s.updates.get(s.variable)
        if update is None:
            with tf.control_dependencies(None):
                update = s.updates[s.variable] = tf.assign_add(s.v, np.ones(s.shape, np.float32)).op

        def call():
            s.sessions[-1].run(update)
            return np.full(s.shape, s.c, np.float32)

        result = tf.py_func(call, [], tf.float32)
        result.set_shape(s.shape)
        return result * 1.0

    def model(self, s):
        s.v += 1.0
        return np.full(s.v.shape, s.c, np.float32)


KINDS = {kind.__name__: kind() for kind in Kind.__subclasses__()}
NAMES = [name for name, kind in KINDS.items() for _ in range(kind.weight)]
