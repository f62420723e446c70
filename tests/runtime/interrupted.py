"""Ctrl-C into training loops: real signals from a timer, sent into steps; no step may be torn, no loop may hang.

    python tests/runtime/interrupted.py [COUNT]

sends COUNT signals (1,000 by default) into each kind of loop, and prints what was found. `test_interrupts.py` does it
with few.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time

import numpy as np

import minigraph as tf

SIZES = {"small": 4, "large": 400}


class Model:
    """Adam on a least-squares problem. All that a step writes tells how many steps there were."""

    def __init__(self, width: int):
        self.x = tf.placeholder(tf.float32, [None, width])
        self.data = np.ones((8, width), np.float32)
        weights = tf.get_variable("w", [width, width], initializer=tf.zeros_initializer())
        loss = tf.reduce_mean(tf.square(tf.matmul(self.x, weights) - 1.0))
        step = tf.train.get_or_create_global_step()
        counts = [
            tf.get_variable(f"count{i}", [width], initializer=tf.zeros_initializer(), trainable=False) for i in range(4)
        ]
        with tf.control_dependencies([c.assign_add(tf.ones([width])) for c in counts[:2]]):
            train = tf.contrib.layers.optimize_loss(loss, step, 0.01, "Adam")
        with tf.control_dependencies([train]):
            self.train = tf.group(*[c.assign_add(tf.ones([width])) for c in counts[2:]])
        self.loss, self.y = train, self.x * 2.0
        self.told = [step, *counts, *[v for v in tf.global_variables() if "beta2_power" in v.op.name]]
        self.initial = tf.global_variables_initializer()
        self.sess = tf.Session()
        self.sess.run(self.initial)

    def is_whole(self) -> bool:
        """Do the global step, the counts and Adam's slots tell the same number of steps?"""
        step, *counts, power = self.sess.run(self.told)
        return all((c == step).all() for c in counts) and abs(power - 0.999 ** (step + 1)) <= 4e-4 * power


def in_a_loop(width: int) -> Model:
    """Return a model whose step is the body of a while_loop."""
    model = Model.__new__(Model)
    model.x, model.data = tf.placeholder(tf.float32, [None, width]), np.ones((8, width), np.float32)
    step = tf.get_variable("step", [], initializer=tf.zeros_initializer())
    counts = [tf.get_variable(f"count{i}", [width], initializer=tf.zeros_initializer()) for i in range(4)]

    def body(i):
        added = [step.assign_add(1.0), *[c.assign_add(tf.ones([width])) for c in counts]]
        with tf.control_dependencies([a.op for a in added]):
            return i + 1

    model.train = tf.while_loop(lambda i: i < 20, body, [tf.constant(0)])
    model.told = [step, *counts]
    model.initial = tf.global_variables_initializer()
    model.sess = tf.Session()
    model.sess.run(model.initial)
    model.is_whole = lambda: (
        len({float(np.max(v)) for v in model.sess.run(model.told)}) == 1
        and all(v.min() == v.max() and v.max() % 20 == 0 for v in model.sess.run(model.told))
    )
    return model


def ways(width: int) -> dict:
    """For each way of running: a model, and a function that makes one step."""
    found = {}

    def add(name, model, step):
        found[name] = model, step

    def graph():
        return tf.Graph().as_default()

    with graph():
        m = Model(width)
        add("recorded", m, lambda m=m: m.sess.run(m.train, {m.x: m.data}))
    with graph():
        m = Model(width)
        call = m.sess.make_callable([m.train, m.loss], [m.x])
        add("make_callable", m, lambda m=m, call=call: call(m.data))
    with graph():
        m = Model(width)
        plain = tf.OptimizerOptions(opt_level=tf.OptimizerOptions.L0)
        sess = tf.Session(config=tf.ConfigProto(graph_options=tf.GraphOptions(optimizer_options=plain)))
        sess.run(m.initial)
        m.sess = sess
        add("plain", m, lambda m=m: m.sess.run(m.train, {m.x: m.data}))
    with graph():
        m = Model(width)
        add("first", m, lambda m=m: m.sess.run([m.train, m.x + 0.0], {m.x: m.data}))
    with graph():
        m = Model(width)
        add("traced", m, lambda m=m: m.sess.run(m.train, {m.x: m.data}, tf.RunOptions(trace_level=3), tf.RunMetadata()))
    with graph():
        m = Model(width)

        def partly(m=m):
            handle = m.sess.partial_run_setup([m.train, m.y], [m.x])
            m.sess.partial_run(handle, m.train, {m.x: m.data})

        add("partial", m, partly)
    with graph():
        m = Model(width)
        call_back = tf.py_func(lambda: np.float32(0.0), [], tf.float32)
        with tf.control_dependencies([call_back]):
            both = tf.group(m.train)
        add("py_func", m, lambda m=m, both=both: m.sess.run([both, call_back], {m.x: m.data}))
    with graph():
        m = in_a_loop(width)
        add("while_loop", m, lambda m=m: m.sess.run(m.train))
    return found


def interrupt(model, step, count: int, draw: random.Random) -> tuple[int, int, int]:
    """Send `count` signals into a loop of steps; return how many came through, and how many tore a step or a result."""
    caught = torn = steps = 0
    kept = []  # the timers: a thread that is freed runs code of threading's own, in which an interrupt would be lost
    for _ in range(3):
        step()
    began = time.perf_counter()
    for _ in range(5):
        step()
    lasts = (time.perf_counter() - began) / 5
    while caught < count:
        wait = draw.uniform(0.0, min(3 * lasts, 0.05))
        timer = threading.Timer(wait, os.kill, (os.getpid(), signal.SIGINT))
        kept.append(timer)
        try:
            timer.start()
            while True:
                step()
                steps += 1
        except KeyboardInterrupt:
            caught += 1
        torn += not model.is_whole()
        model.sess.run(model.initial)
    done: list = []
    other = threading.Thread(target=lambda: done.append(step()), daemon=True)  # a lock that is left would hold it
    other.start()
    other.join(30)
    return caught, torn, steps if done else -1


def main(count: int) -> int:
    """Print a line for each kind of loop; return the number of those with a fault."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
    faults = 0
    for size, width in SIZES.items():
        for name, (model, step) in ways(width).items():
            caught, torn, steps = interrupt(model, step, count, random.Random(0))
            faults += torn > 0 or steps < 0
            print(f"{name} {size}: {caught} interrupts, {torn} torn{', hung' if steps < 0 else ''}", flush=True)
    return faults


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000) > 0)
