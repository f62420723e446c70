"""A session gives what the interpreter gives that carries out the same operations one by one, run after run."""

from __future__ import annotations

import numpy as np
import pytest
from drawing import BODIES, EXACT, GRADIENTS, KINDS, Drawing, values
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from running import loops_in_python

import minigraph as tf
from minigraph.runtime.feeds import feed_value
from minigraph.runtime.interpreter import Interpreter
from minigraph.runtime.plan import Plan
from minigraph.runtime.program import Program


class Interpreted:
    """Run plans step by step, without folding, on the variables of a session of its own."""

    def __init__(self, graph):
        self.session = tf.Session(graph=graph)
        self._programs = {}

    def run(self, fetches, feeds):
        key = tuple(fetches), tuple(feeds)
        if key not in self._programs:
            self._programs[key] = Program(Plan(*key, fold=False), self.session._state_of, self.session._lock)
        with np.errstate(all="ignore"):
            return self._programs[key].interpret([feed_value(t, v) for t, v in feeds.items()], Interpreter())


def outcome(run, fetches, feeds):
    """Return the values, or the kind of error."""
    try:
        return run(fetches, feeds)
    except Exception as error:  # the interpreter marks the operation, a session tells it
        return f"failure of {(getattr(error, 'minigraph_op', None) or error.op).name}"


def check_same(found, wanted, exact):
    if wanted is None:
        assert found is None
        return
    assert type(found) is type(wanted) and found.dtype == wanted.dtype and found.shape == wanted.shape
    if exact or found.dtype.kind not in "fc":
        np.testing.assert_array_equal(found, wanted)
        return
    largest = np.max(np.abs(wanted[np.isfinite(wanted)]), initial=1e-30)
    tolerance = 2000 * np.finfo(wanted.dtype).eps
    np.testing.assert_allclose(found, wanted, rtol=tolerance, atol=tolerance * largest)


LAYOUTS = [
    lambda a: a,
    lambda a: a.copy("F"),
    lambda a: np.repeat(a, 2, axis=-1)[..., ::2] if a.ndim else a,
    lambda a: np.frombuffer(a.tobytes(), a.dtype).reshape(a.shape),
]


def drawn(examples):
    """Return a test what it draws from, for plans that are compiled as they are, and specialised."""
    draw = settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    levels = pytest.mark.parametrize("level", [tf.OptimizerOptions.L0, tf.OptimizerOptions.L1])
    return lambda test: levels(given(data=st.data())(draw(test)))


@drawn(80)
def test_runs_of_a_random_graph(data, level):
    check_runs(data, level, KINDS)


@drawn(30)
def test_runs_of_a_random_graph_with_branches_and_loops(data, level):
    check_runs(data, level, [("exact", EXACT), *BODIES])


@drawn(30)
def test_runs_of_gradients_of_branches_and_loops(data, level):
    check_runs(data, level, GRADIENTS)


@given(data=st.data())
@settings(
    max_examples=80, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
def test_runs_of_a_random_graph_whose_loops_are_pythons(data):
    with loops_in_python():
        check_runs(data, tf.OptimizerOptions.L1, [("exact", EXACT), *BODIES])


def check_runs(data, level, kinds):
    """Run what is drawn again and again, beside the interpreter."""
    with tf.Graph().as_default() as graph:
        tf.set_random_seed(1)
        drawing = Drawing(data, kinds)
        init = tf.global_variables_initializer()
    plans = [drawn_plan(data, drawing, extra) for extra in ([], drawing.updates)]
    random, layout = np.random.RandomState(data.draw(st.integers(0, 99))), LAYOUTS[data.draw(st.integers(0, 3))]
    interpreter, kept = Interpreted(graph), []
    options = tf.GraphOptions(optimizer_options=tf.OptimizerOptions(opt_level=level))
    with tf.Session(graph=graph, config=tf.ConfigProto(graph_options=options)) as sess:
        sess.run(init), interpreter.session.run(init)
        for i, which in enumerate((0, 0, 0, 1, 0, 1, 1, 0, 1)):
            fetches, fed = plans[which]
            feeds = {t: layout(values(random, t.dtype.base_dtype, sizes(t, shape, i))) for t, shape in fed.items()}
            before = {t: value.copy() for t, value in feeds.items()}
            wanted, found = outcome(interpreter.run, fetches, before), outcome(sess.run, fetches, feeds)
            if isinstance(wanted, str) or isinstance(found, str):
                assert found == wanted
                continue
            for t, one, other in zip(fetches, found, wanted):
                check_same(one, other, t in drawing.exact)
            spoil(found, kept)
            assert all(np.array_equal(value, before[t]) for t, value in feeds.items())
            spoil([value for value in feeds.values() if value.flags.writeable], [])
            assert all((array == 1).all() for array in kept)
        variables = [v.value() for v in graph.get_collection("variables")]
        for v, one, other in zip(variables, sess.run(variables), interpreter.session.run(variables)):
            check_same(one, other, v in drawing.exact)


def drawn_plan(data, drawing, extra):
    """Return what is fetched, and what is fed: the placeholders, and perhaps a tensor within the graph."""
    fetches = data.draw(st.lists(st.sampled_from(drawing.pool + drawing.updates), min_size=1, max_size=5)) + extra
    within = data.draw(st.sampled_from(drawing.pool))
    fed = dict(drawing.placeholders)
    if within.shape.is_fully_defined() and within in drawing.exact and within.dtype == within.dtype.base_dtype:
        fed.setdefault(within, tuple(within.shape.as_list()))
    return list(dict.fromkeys(fetches)), fed


def sizes(tensor, shape, i):
    """Return the shape to feed; where the first size is open, now and then another one."""
    return (1, *shape[1:]) if i in (4, 5) and None in tensor.shape.as_list() else shape


def spoil(found, kept):
    """Write over arrays, which are the program's own, and keeps them."""
    arrays = [array for array in found if isinstance(array, np.ndarray)]
    for i, array in enumerate(arrays):
        assert not any(np.may_share_memory(array, other) for other in arrays[:i])
        array[...] = 1
    kept += arrays
