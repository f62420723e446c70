"""The table of cases that drives the tests of every operation, and the gradient checker.

A file `cases_*.py` in this folder holds a list `CASES`:

    from opcases import Case
    CASES = [
        Case("MatMul", lambda a, b: tf.matmul(a, b), (A, B), expected=np.matmul),
        Case("Reshape", lambda x: tf.reshape(x, [3, -1]), (X,), expected=X.reshape(3, -1)),
        Case("ReluGrad", lambda x: tf.gradients(tf.nn.relu(x), x)[0], (X,), lambda x: (x > 0) * 1.0, grad_order=0),
    ]

`build` gets tensors in the place of `inputs`; what must be a Python value (an axis, strides) stands in `build` itself.
Give float inputs as float32 (the gradient check makes them float64) and integer inputs as int32 or int64.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import minigraph as tf

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, eq=False)
class Case:
    """One use of an operation.

    Attributes:
        op: the operation's type; the graph that the case builds (gradients included) must contain it.
        build: gives the output (a tensor, a list or tuple of them, `IndexedSlices` or an `Operation`) for tensors.
        inputs: arrays.
        expected: the output (array, or a list where `build` gives one), or a function of the arrays that gives it, or
            None where only type and shape are to be checked.
        grad_order: 2 checks first and second derivatives, 1 the first only, 0 none.
        name: tells cases of one operation apart.
        rtol, atol: the tolerance of the comparison with `expected`.
        grad_tol: the tolerance of the comparison with finite differences.
        step: the step of the finite differences.
        wrt: indices of the inputs to differentiate by, by default all floating ones.
        hide: also build with placeholders whose sizes are hidden, one at a time.
        also: other operation types that this case covers.
        deterministic: two runs give the same value.
        single: the operation knows float32 only: differentiate in it, with a coarser step and tolerance.
    """

    op: str
    build: Callable
    inputs: tuple = ()
    expected: Any = None
    grad_order: int = 2
    name: str | None = None
    rtol: float = 1e-5
    atol: float = 1e-6
    grad_tol: float = 1e-5
    step: float = 1e-5
    wrt: tuple | None = None
    hide: bool = True
    also: tuple = ()
    deterministic: bool = True
    single: bool = False

    @property
    def id(self) -> str:
        """The name of the test."""
        return self.op if self.name is None else f"{self.op}-{self.name}"

    @property
    def arrays(self) -> list:
        """The inputs as arrays, Python floats as float32."""
        arrays = [np.asarray(x) for x in self.inputs]
        return [
            a.astype(np.float32) if a.dtype == np.float64 and not isinstance(x, (np.ndarray, np.generic)) else a
            for a, x in zip(arrays, self.inputs)
        ]

    def expected_values(self) -> list | None:
        """Return the expected outputs, flat, or None."""
        if self.expected is None:
            return None
        found = self.expected(*self.arrays) if callable(self.expected) else self.expected
        return list(found) if isinstance(found, (list, tuple)) else [found]


def collect() -> list[Case]:
    """All cases of the files `cases_*.py`."""
    if str(HERE) not in sys.path:
        sys.path.insert(0, str(HERE))
    cases: list[Case] = []
    for path in sorted(HERE.glob("cases_*.py")):
        cases += importlib.import_module(path.stem).CASES
    return cases


def flatten(result: Any) -> list:
    """Return the tensors in what a `build` gave."""
    if result is None or isinstance(result, tf.Operation):
        return []
    if isinstance(result, tf.IndexedSlices):
        return [result.values, result.indices]
    if isinstance(result, tf.SparseTensor):
        return result.nest_parts()
    if isinstance(result, (list, tuple)):
        return [t for item in result for t in flatten(item)]
    return [tf.convert_to_tensor(result)]


def types_in(graph: Any) -> set:
    """Return the types of the operations of a graph and of the function bodies in it."""
    found: set = set()
    for op in graph.get_operations():
        found.add(op.type)
        for name in op.op_def.functions:
            found |= types_in(getattr(op.op_def, name))
    return found


def make_placeholders(arrays: list, hidden: tuple | None = None) -> list:
    """Return a placeholder for each array; `hidden` = (input, axis) leaves that size unknown, (input, None) the rank
    too.
    """
    made = []
    for i, array in enumerate(arrays):
        shape: list | None = list(array.shape)
        if hidden is not None and hidden[0] == i:
            if hidden[1] is None:
                shape = None
            else:
                shape[hidden[1]] = None
        made.append(tf.placeholder(array.dtype, shape))
    return made


def new_session() -> Any:
    """Return a session of the default graph with its variables initialised."""
    sess = tf.Session()
    sess.run(tf.global_variables_initializer())
    return sess


def check_gradients(
    build: Callable,
    arrays: list,
    order: int = 2,
    wrt: tuple | None = None,
    step: float = 1e-5,
    tolerance: float = 1e-5,
    seed: int = 0,
    single: bool = False,
) -> set:
    """Compare `tf.gradients` with finite differences along random directions, in float64.

    Args:
        build: gives the outputs for tensors.
        arrays: the point; float32 arrays are made float64.
        order: 1, or 2 to check the gradients of the gradients too.
        wrt: indices of the inputs to differentiate by.
        step, tolerance: of the finite differences (central).
        seed: of the directions.
        single: stay in float32, with a step and a tolerance a thousand times as large.

    Returns:
        The set of operation types in the graph.
    """
    if single:
        step, tolerance = step * 1000, tolerance * 1000
    else:
        arrays = [a.astype(np.float64) if a.dtype == np.float32 else a for a in arrays]
    if wrt is None:
        wrt = tuple(i for i, a in enumerate(arrays) if a.dtype.kind == "f")
    random = np.random.RandomState(seed)
    with tf.Graph().as_default() as graph:
        xs = make_placeholders(arrays)
        ys = [y for y in flatten(build(*xs)) if y.dtype.is_floating]
        for level in range(1, order + 1):
            sources = [xs[i] for i in wrt]
            gradients, weights = _gradients(ys, sources, xs, arrays, random)
            ys_now, ys = ys, [g for g in gradients if g is not None]
            with new_session() as sess:
                _compare(sess, xs, arrays, wrt, ys_now, weights, gradients, random, step, tolerance, level)
            if not ys:
                break
        return types_in(graph)


def _gradients(ys: list, sources: list, xs: list, arrays: list, random: Any) -> tuple[list, list]:
    with new_session() as sess:
        shapes = [np.shape(v) for v in sess.run(ys, dict(zip(xs, arrays)))]
    weights = [random.uniform(0.5, 1.5, shape) * random.choice([-1.0, 1.0], shape) for shape in shapes]
    gradients = tf.gradients(ys, sources, grad_ys=[tf.constant(w, y.dtype) for w, y in zip(weights, ys)])
    return [None if g is None else tf.convert_to_tensor(g) for g in gradients], weights


def _compare(
    sess: Any,
    xs: list,
    arrays: list,
    wrt: tuple,
    ys: list,
    weights: list,
    gradients: list,
    random: Any,
    step: float,
    tolerance: float,
    level: int,
) -> None:
    def value(feeds: list) -> float:
        return sum(float(np.sum(w * v)) for w, v in zip(weights, sess.run(ys, dict(zip(xs, feeds)))))

    found = sess.run([g for g in gradients if g is not None], dict(zip(xs, arrays)))
    for i, gradient in zip(wrt, gradients):
        direction = random.uniform(-1.0, 1.0, arrays[i].shape)
        up, down = list(arrays), list(arrays)
        up[i], down[i] = arrays[i] + step * direction, arrays[i] - step * direction
        numeric = (value(up) - value(down)) / (2 * step)
        if gradient is None:
            computed = 0.0
        else:
            array = found.pop(0)
            assert array.shape == arrays[i].shape, f"gradient for input {i} has shape {array.shape}"
            computed = float(np.sum(array * direction))
        scale = max(1.0, abs(numeric), abs(computed))
        assert abs(numeric - computed) <= tolerance * scale, (
            f"order {level}, input {i}: gradient gives {computed}, finite differences {numeric}"
        )
