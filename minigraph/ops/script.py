"""Python functions in the graph and ways to look into a run: py_func, Print, check_numerics."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply, apply_op, expect_list
from minigraph.graph.context import colocate_with, control_dependencies, get_default_graph, name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import unknown_shape
from minigraph.ops import array, control_flow

__all__ = ["py_func", "Print", "check_numerics", "verify_tensor_all_finite", "add_check_numerics_ops"]


# What TF1 makes of an exception of the called function; of all others an UnknownError.
_RAISED = (
    (TypeError, errors.InvalidArgumentError),
    (ValueError, errors.InvalidArgumentError),
    (StopIteration, errors.OutOfRangeError),
    (MemoryError, errors.ResourceExhaustedError),
    (NotImplementedError, errors.UnimplementedError),
)


class PyFunc(OpDef):
    """Call a Python function with the arrays."""

    function: Callable
    Tout: tuple

    inputs = ("*input: *Tin",)
    side_effect = True
    calls_back = True

    def dtype(self, *types):
        return self.Tout

    def shape(self, *shapes):
        return (unknown_shape(),) * len(self.Tout)

    def kernel(self, xp, *arrays):
        try:
            found = self.function(*[np.array(a) for a in arrays])
        except Exception as error:
            kind = next((kind for raised, kind in _RAISED if isinstance(error, raised)), errors.UnknownError)
            raise kind(None, None, f"{type(error).__name__}: {error}") from error
        values = list(found) if isinstance(found, (list, tuple)) else [] if found is None else [found]
        if len(values) != len(self.Tout):
            raise ValueError(
                f"{_name(self.function)} returns {len(values)} values, but expects to see {len(self.Tout)} values."
            )
        results = tuple(_as(value, dtype, i) for i, (value, dtype) in enumerate(zip(values, self.Tout)))
        return results if len(results) != 1 else results[0]

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


class PyFuncStateless(PyFunc):
    """Call a deterministic Python function with the arrays."""

    side_effect = False


def _name(function: Callable) -> str:
    return getattr(function, "__name__", repr(function))


def _as(value: Any, dtype: dtypes.DType, i: int) -> np.ndarray:
    found = np.asarray(value)
    if dtype is dtypes.string:
        return (
            np.vectorize(lambda v: v.encode() if isinstance(v, str) else v, otypes=[object])(found)
            if found.size
            else found.astype(object)
        )
    if found.dtype != dtype.as_numpy_dtype:
        given, wanted = (_KERNEL_NAMES.get(name, name) for name in (found.dtype.name, dtype.name))
        raise ValueError(f"{i}-th value returned by pyfunc is {given}, but expects {wanted}")
    return found


_KERNEL_NAMES = {"float16": "half", "float32": "float", "float64": "double"}


def py_func(func: Callable, inp: Any, Tout: Any, stateful: bool = True, name: str | None = None) -> Any:
    """Wrap a Python function of arrays as an operation. It has no gradient.

    Args:
        func: a function that takes and gives arrays.
        inp: a list of tensors.
        Tout: the type of the result, or a list of types.
        stateful: may the function give something else for the same arrays? If so, it is called in every run.
        name: the name of the node.

    Returns:
        A tensor of unknown shape, or a list of them; where `Tout` is empty the operation, or an empty list if not
        `stateful`.

    Raises:
        ValueError: if `func` cannot be called.
        InvalidArgumentError: in a run, if it gives another type (a Python float is a float64) or number of values.

    Example:
        >>> print(tf.py_func(lambda a: a[::-1], [tf.constant([1.0, 2.0])], tf.float32).eval())
        [2. 1.]
    """
    if not callable(func):
        raise ValueError(f"Expected func to be callable, got func of type {type(func)}")
    is_list = isinstance(Tout, (list, tuple))
    types = tuple(as_dtype(t) for t in (Tout if is_list else [Tout]))
    inp = expect_list(inp, "input", "PyFunc" if stateful else "PyFuncStateless")
    op = apply_op((PyFunc if stateful else PyFuncStateless)(func, types), *inp, name=name)
    if not types and stateful:
        return op
    return list(op.values()) if is_list else op.values()[0]


class PrintOp(OpDef):
    """Return the input; print other tensors."""

    message: str = ""
    first_n: int = -1
    summarize: int = 3

    inputs = ("input: T", "*data: *U")
    outputs = ("T",)
    stateful = True
    side_effect = True
    forwards = True

    def shape(self, input, *data):
        return input

    def initial_state(self, name):
        return [0]

    def kernel(self, xp, input, *data, state):
        if self.first_n < 0 or state[0] < self.first_n:
            state[0] += 1
            shown = "".join(f"[{control_flow.summary(d, self.summarize)}]" for d in data)
            print(self.message + shown, file=sys.stderr)
        return input

    def gradient(self, tf, dy, y, input, *data):
        return [dy] + [None] * len(data)


PrintOp.type = "Print"


def Print(
    input_: Any,
    data: Any,
    message: str | None = None,
    first_n: int | None = None,
    summarize: int | None = None,
    name: str | None = None,
) -> Tensor:
    """Return the input, and print tensors (to the standard error stream) each time that it runs.

    Only what takes the result runs it: write `x = tf.Print(x, [x])`.

    Args:
        input_: a tensor.
        data: a list of tensors to print.
        message: what to print before them.
        first_n: print only so many times in a session.
        summarize: how many elements of each to print, 3 by default; -1 for all.
        name: the name of the node.

    Example:
        >>> x = tf.Print(tf.constant(1.0), ["x is", tf.constant(1.0)])
        >>> print(sess.run(x + 1.0))
        2.0
    """
    if not isinstance(data, (list, tuple)):
        raise TypeError(f"Expected list for 'data' argument to 'Print' Op, not {data}.")
    return apply(
        PrintOp(message or "", -1 if first_n is None else first_n, 3 if summarize is None else summarize),
        input_,
        *data,
        name=name,
    )


class CheckNumerics(OpDef):
    """Return the input; fail if an element is infinite or NaN."""

    message: str = ""

    inputs = ("tensor",)
    allowed = {"T": dtypes.FLOATS}
    side_effect = True
    forwards = True

    def kernel(self, xp, tensor):
        if not np.isfinite(tensor).all():
            tests = {"Inf": np.isinf, "NaN": np.isnan}
            kinds = [word for word, test in tests.items() if test(tensor).any()]
            raise errors.InvalidArgumentError(None, None, f"{self.message} : Tensor had {' and '.join(kinds)} values")
        return tensor

    def gradient(self, tf, dy, y, tensor):
        message = repr(self.message.encode())  # as bytes, as in TF1
        return tf.check_numerics(dy, f"Not a number (NaN) or infinity (Inf) values detected in gradient. {message}")


def check_numerics(tensor: Any, message: str, name: str | None = None) -> Tensor:
    """Return a tensor; fail in a run if an element is infinite or NaN.

    Args:
        tensor: a tensor of floats.
        message: the beginning of the error's message.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run.

    Example:
        >>> tf.check_numerics(tf.log(tf.constant(-1.0)), "a logarithm").eval()
        Traceback (most recent call last):
        ...
        minigraph.graph.errors.InvalidArgumentError: a logarithm : Tensor had NaN values
        ...
    """
    return apply(CheckNumerics(message), tensor, name=name)


def verify_tensor_all_finite(
    t: Any = None, msg: str | None = None, name: str | None = None, x: Any = None, message: str | None = None
) -> Tensor:
    """Return a tensor after a check that it is finite, see `check_numerics`.

    Example:
        >>> print(tf.verify_tensor_all_finite(tf.constant(1.0), "fine").eval())
        1.0
    """
    t, msg = array.either("x", x, "t", t), array.either("message", message, "msg", msg)
    with name_scope(name, "VerifyFinite", [t]):
        t = convert_to_tensor(t, name="x")
        with colocate_with(t):
            checked = check_numerics(t, msg or "")
            return control_flow.with_dependencies([checked], t)


def add_check_numerics_ops() -> Operation:
    """Make an operation that checks all floats of the graph so far, in creation order.

    Example:
        >>> y = tf.constant(0.0) / 0.0
        >>> sess.run(tf.add_check_numerics_ops())
        Traceback (most recent call last):
        ...
        minigraph.graph.errors.InvalidArgumentError: truediv:0 : Tensor had NaN values
        ...
    """
    checks: list = []
    for op in get_default_graph().get_operations():
        for output in op.outputs:
            if output.dtype in dtypes.FLOATS:
                with control_dependencies(checks[-1:]):
                    checks.append(check_numerics(output, output.name))
    return control_flow.group(*checks)
