"""The value of a variable is its memory, in every way of running: random programs beside numpy, see `memory_programs`.

Programs whose steps are in a total order have TensorFlow's outcome. In others, what no path orders runs in the order in
which it was made.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_programs import Memory, agree, build, draw, draw_fetches, feeds
from running import loops_in_python

import minigraph as tf

RUNS = 6
ENGINES = ["interpreted", "recorded", "compiled"]
TRACED = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE, trace_values=True)


def config(engine):
    """Return the options of a session that interprets, or records, or compiles loops too, if numba is there."""
    level, jit = {"interpreted": (-1, -1), "recorded": (0, -1), "compiled": (0, 0)}[engine]
    options = tf.OptimizerOptions(opt_level=level, global_jit_level=jit)
    return tf.ConfigProto(graph_options=tf.GraphOptions(optimizer_options=options))


class Started:
    """A program with a session, and the memory that the session's must equal.

    Args:
        fetches: the positions of the values that are fetched together.
        resources: whether the variables are resource variables.
    """

    def __init__(self, program, fetches, engine, resources=False):
        self.program, self.fetches, self.memory, sessions = program, fetches, Memory(program, resources), []
        with tf.Graph().as_default() as graph:
            self.graph = build(tf, program, sessions, resources)
            init = tf.global_variables_initializer()
        self.session = tf.Session(graph=graph, config=config(engine))
        sessions.append(self.session)
        self.session.run(init)
        self.tensors = [self.graph.values[j] for j in fetches]
        self._call = self.session.make_callable(self.tensors, [self.graph.x, self.graph.p])
        self._kept = []

    def check(self, way, run, split=1):
        """Run once in one of the `WAYS`, compare what is fetched, then all variables."""
        x, p = feeds(self.program, run)
        fed = x.copy()
        self.memory.start(x, p)
        self._compare(WAYS[way](self, {self.graph.x: fed, self.graph.p: p}, split))
        np.testing.assert_array_equal(fed, x)
        if fed.ndim:
            fed[...] = -55.0
        for found, wanted in zip(self.session.run(self.graph.variables), self.memory.variables):
            assert agree(found, wanted), f"a variable after run {run + 1}: {found} for {wanted}"

    def _compare(self, found_and_wanted):
        found, wanted = found_and_wanted
        for j, one, other in zip(self.fetches, found, wanted):
            assert agree(one, other), f"value {j}: {np.ravel(one)[:3]} for {np.ravel(other)[:3]} in {self.program}"
        arrays = [array for array in found if isinstance(array, np.ndarray) and array.ndim]
        for i, array in enumerate(arrays):  # what a run gave is the user's
            assert not any(np.may_share_memory(array, other) for other in arrays[:i] + self._kept[-4:])
            array[...] = -77.0
        self._kept += arrays
        assert all((array == -77.0).all() for array in self._kept[-8:])

    # Ways of running

    def plainly(self, fed, _):
        return self.session.run(self.tensors, fed), self.memory.run(self.fetches)

    def called(self, fed, _):
        return self._call(*fed.values()), self.memory.run(self.fetches)

    def traced(self, fed, _):
        found = self.session.run(self.tensors, fed, options=TRACED, run_metadata=tf.RunMetadata())
        return found, self.memory.run(self.fetches)

    def partially(self, fed, split):
        """Run the first fetches' part, then the rest; a fetch sees what is there when its part ends."""
        fetches = [
            [j for j in part if self.graph.values[j] not in fed]  # which a partial run does not fetch
            for part in (self.fetches[:split], self.fetches[split:])
        ]
        parts = [part for part in fetches if part]
        if not parts:
            return self.plainly(fed, split)
        handle = self.session.partial_run_setup([self.graph.values[j] for part in parts for j in part], list(fed))
        found, wanted = [], []
        for i, part in enumerate(parts):
            found += self.session.partial_run(handle, [self.graph.values[j] for j in part], fed if i == 0 else {})
            wanted += self.memory.run(part)
        return found, wanted


WAYS = {"run": Started.plainly, "callable": Started.called, "trace": Started.traced, "partial run": Started.partially}
orders = pytest.mark.parametrize("ordered", [True, False], ids=["total order", "creation order"])
drawn = settings(max_examples=60, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


def check(ways, ordered, r, engine, resources=False):
    program = draw(r, ordered)
    started = Started(program, draw_fetches(r, program, resources), engine, resources)
    for run in range(RUNS):
        started.check(ways[run % len(ways)], run, r.randint(0, len(started.fetches)))


def randoms(*engines):
    return given(r=st.randoms(use_true_random=False), engine=st.sampled_from(engines))


@orders
@drawn
@randoms(*ENGINES)
def test_runs(ordered, r, engine):
    check(["run"], ordered, r, engine)


@orders
@drawn
@randoms(*ENGINES)
def test_callables(ordered, r, engine):
    check(["callable"], ordered, r, engine)


@orders
@drawn
@randoms("recorded")
def test_traced_runs(ordered, r, engine):
    check(["trace", "run"], ordered, r, engine)


@orders
@drawn
@randoms("recorded")
def test_partial_runs(ordered, r, engine):
    check(["partial run"], ordered, r, engine)


@orders
@drawn
@randoms("recorded", "compiled")
def test_one_way_after_the_other(ordered, r, engine):
    check(["run", "run", "callable", "run", "partial run", "trace"], ordered, r, engine)


@orders
@drawn
@randoms(*ENGINES)
def test_runs_with_resource_variables(ordered, r, engine):
    check(["run"], ordered, r, engine, resources=True)


@orders
@drawn
@randoms("recorded", "compiled")
def test_one_way_after_the_other_with_resource_variables(ordered, r, engine):
    check(["run", "run", "callable", "run", "partial run", "trace"], ordered, r, engine, resources=True)


@orders
@drawn
@randoms("compiled")
def test_runs_whose_loops_are_pythons(ordered, r, engine):
    """All that could be compiled is one loop, however small; in plain Python, which needs no compiler."""
    with loops_in_python():
        check(["run"], ordered, r, engine)


@orders
@drawn
@given(r=st.randoms(use_true_random=False))
def test_runs_of_other_fetches_in_turn(ordered, r):
    """Each choice of fetches has a plan of its own, over the same memory."""
    program = draw(r, ordered)
    started = Started(program, draw_fetches(r, program), "recorded")
    choices = [(started.fetches, started.tensors)]
    for _ in range(2):
        fetches = draw_fetches(r, program)
        choices.append((fetches, [started.graph.values[j] for j in fetches]))
    for run in range(3 * RUNS):
        started.fetches, started.tensors = choices[run * run % 3 if run % 4 else 2]
        started.check("run", run)
