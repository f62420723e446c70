"""`py_func`: a Python function as an operation."""

import itertools
from collections.abc import Callable
from typing import Any
from weakref import WeakValueDictionary

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply_op
from minigraph.graph.c_names import C_NAMES, c_name
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.expect_list import expect_list
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.shapes import unknown_shape

__all__ = ["py_func"]


# The errors into which TF1 turns exceptions of the called function; all others become an UnknownError.
_RAISED = (
    (TypeError, errors.InvalidArgumentError),
    (ValueError, errors.InvalidArgumentError),
    (StopIteration, errors.OutOfRangeError),
    (MemoryError, errors.ResourceExhaustedError),
    (NotImplementedError, errors.UnimplementedError),
)


_FUNCTIONS: WeakValueDictionary = WeakValueDictionary()  # by token; a graph that uses one keeps it
_numbers = itertools.count()


class Token(str):
    """The name by which a graph calls a Python function of this process."""

    function: Callable

    @staticmethod
    def of(function: Callable) -> "Token":
        """Return a token for a function that no other has."""
        found = Token(f"pyfunc_{next(_numbers)}")
        found.function = function
        _FUNCTIONS[str(found)] = found
        return found


def _function_of(token: str) -> Callable:
    """Return the function of a token, which may come from a file; ValueError if this process has none of that name."""
    found = token if isinstance(token, Token) else _FUNCTIONS.get(token)
    if found is None:
        raise ValueError(f"callback {token} is not found")
    return found.function


class PyFunc(OpDef):
    """Call a Python function with the arrays."""

    token: str
    Tout: tuple

    inputs = ("*input: *Tin",)
    outputs = ("*output: *Tout",)
    side_effect = True
    calls_back = True
    gradient = no_gradient

    def dtype(self, *types):
        return self.Tout

    def shape(self, *shapes):
        return (unknown_shape(),) * len(self.Tout)

    def kernel(self, xp, *arrays):
        try:
            function = _function_of(self.token)
            found = function(*[np.array(a) for a in arrays])
        except Exception as error:
            kind = next((kind for raised, kind in _RAISED if isinstance(error, raised)), errors.UnknownError)
            raise kind(None, None, f"{type(error).__name__}: {error}") from error
        values = list(found) if isinstance(found, (list, tuple)) else [] if found is None else [found]
        if len(values) != len(self.Tout):
            raise ValueError(
                f"{_name(function)} returns {len(values)} values, but expects to see {len(self.Tout)} values."
            )
        results = tuple(_as(value, dtype, i) for i, (value, dtype) in enumerate(zip(values, self.Tout)))
        return results if len(results) != 1 else results[0]


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
        given = C_NAMES.get(found.dtype.name, found.dtype.name)
        raise ValueError(f"{i}-th value returned by pyfunc is {given}, but expects {c_name(dtype)}")
    return found


def py_func(func: Callable, inp: Any, Tout: Any, stateful: bool = True, name: str | None = None) -> Any:
    """Wrap a Python function of arrays as an operation. It has no gradient.

    Args:
        func: a function that takes and returns arrays.
        inp: a list of tensors.
        Tout: the type of the result, or a list of types.
        stateful: True if the function may return different results for the same arrays; it is then called in every run.
        name: the name of the node.

    Returns:
        A tensor of unknown shape, or a list of them; if `Tout` is empty the operation, or an empty list if not
        `stateful`.

    Raises:
        ValueError: if `func` is not callable.
        InvalidArgumentError: in a run, if it returns another type (a Python float is a float64) or number of values.

    Example:
        >>> print(tf.py_func(lambda a: a[::-1], [tf.constant([1.0, 2.0])], tf.float32).eval())
        [2. 1.]
    """
    if not callable(func):
        raise ValueError(f"Expected func to be callable, got func of type {type(func)}")
    is_list = isinstance(Tout, (list, tuple))
    types = tuple(as_dtype(t) for t in (Tout if is_list else [Tout]))
    inp = expect_list(inp, "input", "PyFunc" if stateful else "PyFuncStateless")
    op = apply_op((PyFunc if stateful else PyFuncStateless)(Token.of(func), types), *inp, name=name)
    if not types and stateful:
        return op
    return list(op.values()) if is_list else op.values()[0]
