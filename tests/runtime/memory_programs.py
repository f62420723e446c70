"""Random programs of reads and writes, and what they give if a variable's value is its memory.

The value of a variable is its memory, not a copy: what only passes a value on hands on the memory, what computes reads
it when it runs, a write goes into it, and a fetch sees what is there at the end of the run. A `Program` is a list of
steps; `build` makes it a graph, in MiniGraph or in TensorFlow 1.15, and `Memory` carries it out with numpy, one step
after the other. That the model is right is shown on TensorFlow, where a program in a total order has one outcome:

    python3.7 tests/runtime/memory_programs.py 0 1000       # with TensorFlow; prints the programs that differ: none

With `resources` the variables are resource variables. Then a use of a variable reads its memory as well, but what it
gives is a copy, and a write gives a copy of what is there after it.

This file runs on Python 3.7 too.
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import sys
from types import SimpleNamespace

import numpy as np
from memory_steps import KINDS, NAMES

SHAPES = [(), (1,), (3,), (64,), (40000,), (200, 200)]
PREDICATES = ["true", "false", "fed", "numbers"]
FIRST_STEP = 3  # the values before the steps': two variables and a placeholder

Step = collections.namedtuple("Step", "kind source other variable amount form predicate waits")
Program = collections.namedtuple("Program", "shape steps ordered")


def draw(r, ordered):
    """Draw a program.

    Args:
        r: a `random.Random`, or hypothesis' stand-in for one.
        ordered: whether each step runs after the one before. Otherwise a step runs after what it takes, and perhaps
            after one other.
    """
    shape, steps = r.choice(SHAPES), []
    for i in range(r.randint(2, 9)):
        kind = KINDS[r.choice([name for name in NAMES if shape or not KINDS[name].rows])]
        last = FIRST_STEP + i - 1
        waits = [last] if ordered and i else [r.randint(FIRST_STEP, last)] if i and r.randint(0, 2) == 0 else []
        steps.append(
            Step(
                type(kind).__name__,
                r.randint(0, last),
                r.randint(0, last),
                r.randint(0, 1),
                float(r.randint(1, 9)),
                r.choice(sorted(kind.forms)),
                r.choice(PREDICATES),
                waits,
            )
        )
    return Program(shape, steps, ordered)


def draw_fetches(r, program, resources=False):
    """Draw up to four of a program's values, as positions; in an ordered program the last step is among them.

    A resource variable is not: what is fetched is a read that nothing orders. Nor then is what is fed.
    """
    count = FIRST_STEP + len(program.steps)
    fetched = r.sample(range(count), min(count, r.randint(1, 4)))
    fetched = [j for j in fetched if not resources or j >= FIRST_STEP]
    return sorted(set(fetched) | ({count - 1} if program.ordered or not fetched else set()))


def initial_values(shape):
    """Return the variables' initial values."""
    size = int(np.prod(shape))
    return [np.reshape(np.arange(size) % 3 + i + 1.0, shape).astype(np.float32) for i in range(2)]


def feeds(program, run):
    """Return what a run is fed: an array, and a boolean."""
    size = int(np.prod(program.shape))
    return np.reshape(np.arange(size) % 5 + run - 2.0, program.shape).astype(np.float32), run % 3 != 1


# A program as a graph, and as numpy


def build(tf, program, sessions=(), resources=False):
    """Build a program in the default graph.

    Args:
        sessions: a list whose last entry is the session that Python functions of the program run.
        resources: whether its variables are resource variables.

    Returns:
        An object with its `variables`, the placeholders `x` and `p`, and the `values`, each of which can be fetched.
    """
    variables = [
        tf.Variable(value, name="v%d" % i, use_resource=resources)
        for i, value in enumerate(initial_values(program.shape))
    ]
    x, p = tf.placeholder(tf.float32, program.shape), tf.placeholder(tf.bool, [])
    values, updates = variables + [x], {}
    for step in program.steps:
        with tf.control_dependencies([values[i].op for i in step.waits]):
            t = values[step.source]
            predicate = {
                "true": lambda: tf.constant(True),
                "false": lambda: tf.constant(False),
                "fed": lambda: p,
                "numbers": lambda: tf.reduce_max(t) > step.amount + 0.37,
            }[step.predicate if step.kind == "Branch" else "fed"]()
            made = KINDS[step.kind].build(
                tf,
                SimpleNamespace(
                    t=t,
                    u=values[step.other],
                    v=variables[step.variable],
                    variable=step.variable,
                    c=step.amount,
                    form=step.form,
                    p=predicate,
                    shape=program.shape,
                    ordered=program.ordered,
                    sessions=sessions,
                    updates=updates,
                ),
            )
            if hasattr(made, "handle"):  # a resource variable after a write
                made = made.value()
            made.set_shape(program.shape)
            values.append(made)
    return SimpleNamespace(variables=variables, x=x, p=p, values=values)


class Memory:
    """The variables of a program as numpy arrays, and its runs."""

    def __init__(self, program, resources=False):
        self.program, self._resources = program, resources
        self.variables = initial_values(program.shape)
        self._slots = [{} for _ in program.steps]

    def start(self, x, p):
        """Begin a run with these feeds."""
        self._values, self._p, self._done = [*self.variables, x], p, set()
        self._values += [None] * len(self.program.steps)

    def run(self, fetched):
        """Carry out what the fetches need and did not run yet; return copies of their values as they are at the end."""
        needed = self._needed(fetched)
        for i, step in enumerate(self.program.steps):
            if i + FIRST_STEP in needed and i not in self._done:
                self._done.add(i)
                self._values[i + FIRST_STEP] = self._carry_out(i, step)
        return [np.array(self._values[j]) for j in fetched]

    def _needed(self, fetched):
        needed = set(fetched)
        for i, step in reversed(list(enumerate(self.program.steps, FIRST_STEP))):
            if i in needed:
                needed.update(inputs(step))
        return needed

    def _carry_out(self, i, step):
        t = self._values[step.source]
        numbers = t is not None and np.max(t) > step.amount + 0.37
        if self._resources and step.kind == "LoopVariable":
            t = np.array(t)  # read once, for the first turn
        p = {"true": True, "false": False, "fed": self._p, "numbers": numbers}[step.predicate]
        found = KINDS[step.kind].model(
            SimpleNamespace(
                t=t,
                u=self._values[step.other],
                v=self.variables[step.variable],
                c=np.float32(step.amount),
                form=step.form,
                p=p,
                slots=self._slots[i],
                initial=initial_values(self.program.shape)[step.variable],
            )
        )
        return np.array(found) if self._resources else found


def inputs(step):
    """Return the positions of the values without which a step does not run."""
    takes = KINDS[step.kind].forms[step.form] + ("t" if step.kind == "Branch" and step.predicate == "numbers" else "")
    return list(step.waits) + [step.source] * ("t" in takes) + [step.other] * ("u" in takes)


def agree(found, wanted):
    """Return True if two values agree, but for rounding."""
    return np.shape(found) == np.shape(wanted) and np.allclose(found, wanted, 1e-4, 1e-3)


# The proof of the model: on TensorFlow


def check_on_tensorflow(tf, seed, runs, resources):
    """Run an ordered program on TensorFlow; return None, or what differs from the model."""
    r = random.Random(seed)
    program = draw(r, ordered=True)
    fetched = draw_fetches(r, program, resources)
    tf.reset_default_graph()
    sessions, memory = [], Memory(program, resources)
    graph = build(tf, program, sessions, resources)
    init = tf.global_variables_initializer()
    with tf.Session(config=plain_config(tf)) as session:
        sessions.append(session)
        session.run(init)
        for run in range(runs):
            x, p = feeds(program, run)
            memory.start(x, p)
            wanted = memory.run(fetched)
            found = session.run([graph.values[j] for j in fetched], {graph.x: x, graph.p: p})
            for j, one, other in zip(fetched, found, wanted):
                if not agree(one, other):
                    return "run %d, value %d: %r, by the model %r\n    %s" % (
                        run + 1,
                        j,
                        np.ravel(one)[:3],
                        np.ravel(other)[:3],
                        "\n    ".join(map(str, program.steps)),
                    )
    return None


def plain_config(tf):
    """Return options without TensorFlow's arithmetic rewrites: one of them drops the control inputs of a Bitcast."""
    config = tf.ConfigProto()
    if hasattr(config.graph_options.rewrite_options, "arithmetic_optimization"):
        config.graph_options.rewrite_options.arithmetic_optimization = 2  # OFF
    return config


def main():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    parser = argparse.ArgumentParser()
    parser.add_argument("start", type=int)
    parser.add_argument("stop", type=int)
    parser.add_argument("--runs", type=int, default=4)
    parser.add_argument("--backend", default="tensorflow")
    parser.add_argument("--resources", action="store_true")
    arguments = parser.parse_args()
    tf = __import__(arguments.backend)
    wrong = 0
    for seed in range(arguments.start, arguments.stop):
        difference = check_on_tensorflow(tf, seed, arguments.runs, arguments.resources)
        wrong += difference is not None
        if difference is not None:
            print("seed %d: %s" % (seed, difference))
    print("%d programs, %d wrong" % (arguments.stop - arguments.start, wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
