"""Run of elementwise calls as one loop, compiled by numba (the extra `speed`).

The loop is written from the recorded calls: one line a call, in their order, so that its results are numpy's to the
last bit. Compiled functions are kept on disk, as modules named after their text. Without numba nothing here is used.
"""

from __future__ import annotations

import functools
import importlib.util
import math
import os
import pathlib
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from minigraph.runtime import tuning
from minigraph.runtime.recorder.calls import Call, Value
from minigraph.runtime.recorder.scalars import CALCULATIONS

__all__ = ["Fused", "Loop", "is_available"]

# What a processor computes alike in numpy's loops and in compiled ones; an exp or a tanh may differ in the last bit.
_EXPRESSIONS = {**CALCULATIONS, np.sqrt: "sqrt({})", np.square: "{0} * {0}", np.absolute: "abs({})"}
_TESTS = {np.greater: "{} > {}", np.greater_equal: "{} >= {}", np.less: "{} < {}", np.less_equal: "{} <= {}"}
_TYPES = (np.dtype(np.float32), np.dtype(np.float64))
_HEAD = """from math import sqrt

import numba
from numba import float32, float64


@numba.njit(cache={cache}, error_model="numpy", nogil=True)
"""


class Fused(NamedTuple):
    """A compiled loop over arrays.

    Attributes:
        function: takes the arrays and then the scalars.
        arrays: for each array the name of its memory and its shape: (rows, columns), or (columns,) of one that is the
            same for all rows.
        scalars: values of no axes, and numbers.
        dtype: the type of all of them.
    """

    function: Callable
    arrays: list[tuple[str, tuple]]
    scalars: list
    dtype: np.dtype


@functools.cache
def is_available() -> bool:
    """Return True if numba can be imported."""
    if importlib.util.find_spec("numba") is None:
        return False
    try:
        import numba  # noqa: F401
    except Exception:  # it is there, but not for this numpy
        return False
    return True


class Loop:
    """A run of elementwise calls on its way to become one loop.

    Args:
        find: gives the name of the memory in which a value lies and that memory, an array; None if it is not the same
            from run to run.

    Attributes:
        calls: those that have been taken in, by their numbers.
    """

    def __init__(self, find: Callable[[Value], tuple[str, np.ndarray] | None]):
        self._find = find
        self.clear()

    def clear(self) -> None:
        """Take all calls out."""
        self.calls: dict[int, Call] = {}
        self._made: set[Value] = set()
        self._shape: tuple = ()
        self._dtype: Any = None
        self._columns: int | None = None  # of the rows that are added to each row, where there are any

    def add(self, i: int, call: Call) -> bool:
        """Take in the call number `i` and return True, or return False if it cannot be a part of the loop."""
        if not self.calls:
            self._shape = call.outputs[0].shape if call.outputs else ()
            self._dtype = next((arg.dtype for arg in call.args if isinstance(arg, Value)), None)
        if not self._fits(call):
            return False
        self.calls[i] = call
        self._made.add(call.outputs[0])
        return True

    def pays(self) -> bool:
        """Return True if the loop is faster than its calls, one by one."""
        count, is_large = len(self.calls), math.prod(self._shape) >= tuning.ENOUGH_ELEMENTS
        return count >= tuning.FEWEST_CALLS or count > 1 and is_large

    def _fits(self, call: Call) -> bool:
        if call.kind != "ufunc" or call.kwargs or not self._shape or 0 in self._shape or self._dtype not in _TYPES:
            return False
        output = call.outputs[0]
        return (
            self._has_type(output, call.function)
            and output.shape == self._shape
            and self._find(output) is not None
            and all(self._takes(arg, call) for arg in call.args)
        )

    def _has_type(self, output: Value, function: Any) -> bool:
        """Return True if the result of a function has the type that the loop knows it to give."""
        if function in _EXPRESSIONS and output.dtype == self._dtype:
            return True
        return function in _TESTS and output.dtype == bool

    def _takes(self, arg: Any, call: Call) -> bool:
        """Return True if the loop can read an argument of the call."""
        if not isinstance(arg, Value):
            return np.ndim(arg) == 0 and getattr(arg, "dtype", self._dtype) == self._dtype
        if arg.dtype == bool:
            return arg in self._made and call.function is np.multiply
        if arg.dtype != self._dtype:
            return False
        return arg.shape == () or arg in self._made or self._is_in_memory(arg)

    def _is_in_memory(self, arg: Value) -> bool:
        """Return True if an argument lies whole in memory that is the same from run to run."""
        is_there = self._find(arg) is not None and not self._is_view(arg)
        return is_there and (arg.shape == self._shape or self._are_columns(arg))

    def _is_view(self, arg: Value) -> bool:
        """Return True for a view of what the loop computes, which is not in memory before the loop ends."""
        bases = list(arg.aliases)
        while bases:
            base = bases.pop()
            if base in self._made:
                return True
            bases += base.aliases
        return False

    def _are_columns(self, arg: Value) -> bool:
        """Return True for an array that a broadcast adds to each row; all such must be of one size."""
        count, is_row = math.prod(arg.shape), arg.shape == self._shape[-len(arg.shape) :]
        if not is_row or count < tuning.FEWEST_COLUMNS or self._columns not in (None, count):
            return False
        self._columns = count
        return True

    def finish(self, is_kept: Callable[[Value], bool]) -> Fused | None:
        """Compile the loop.

        Args:
            is_kept: is a value needed after the run?

        Returns:
            The loop; None where it would write over what it has yet to read.
        """
        text = _Text(self._find, self._shape, self._dtype)
        for i, call in enumerate(self.calls.values()):
            text.add(i, call, is_kept(call.outputs[0]))
        if text.collides():
            return None
        columns = self._columns or math.prod(self._shape)
        shapes = [(columns,) if is_row else (math.prod(self._shape) // columns, columns) for is_row in text.is_row]
        return Fused(_compiled(text.whole()), list(zip(text.names, shapes)), text.scalars, self._dtype)


class _Text:
    """The text of a loop: an array's element is read before anything is stored, and what is kept is stored last."""

    def __init__(self, find: Callable, shape: tuple, dtype: np.dtype):
        self._find, self._shape, self._dtype = find, shape, dtype
        self.names: list[str] = []
        self.is_row: list[bool] = []
        self.scalars: list = []
        self._arrays: list[np.ndarray] = []
        self._lines: list[str] = []
        self._stores: dict[int, str] = {}  # what is stored in an array in the end
        self._local: dict[Value, str] = {}  # by the value; a memory may hold one after the other

    def add(self, i: int, call: Call, is_kept: bool) -> None:
        """Add the line of a call."""
        args = [self._argument(arg) for arg in call.args]
        value = call.outputs[0]
        self._local[value] = f"v{i}"
        self._lines.append(f"v{i} = {(_EXPRESSIONS.get(call.function) or _TESTS[call.function]).format(*args)}")
        if is_kept:
            self._stores[self._array(value)] = f"v{i}"

    def _argument(self, arg: Any) -> str:
        if isinstance(arg, Value) and arg.shape:
            if arg not in self._local:
                at = self._array(arg)
                self._local[arg] = self._stores.get(at, f"e{at}")  # a variable may be read after its new value
                if at not in self._stores:
                    self._lines.append(f"e{at} = a{at}[{'c' if self.is_row[at] else 'r, c'}]")
            local = self._local[arg]
            return f"{self._dtype}({local})" if arg.dtype == bool else local
        at = next((j for j, known in enumerate(self.scalars) if known is arg), len(self.scalars))
        if at == len(self.scalars):
            self.scalars.append(arg)
        return f"s{at}"

    def _array(self, value: Value) -> int:
        """Return the index of the array in which a value lies: one for all of a type that begin at one place."""
        name, array = self._find(value)
        is_row = value.shape != self._shape
        for at, other in enumerate(self._arrays):
            if other.ctypes.data == array.ctypes.data and other.dtype == array.dtype and self.is_row[at] == is_row:
                return at
        self.names.append(name)
        self._arrays.append(array)
        self.is_row.append(is_row)
        return len(self.names) - 1

    def collides(self) -> bool:
        """Return True if an array that is written shares memory with another one."""
        return any(
            i != j and np.may_share_memory(self._arrays[i], other)
            for i in self._stores
            for j, other in enumerate(self._arrays)
        )

    def whole(self) -> str:
        """Return the function."""
        names = ", ".join([f"a{i}" for i in range(len(self.names))] + [f"s{i}" for i in range(len(self.scalars))])
        stores = [f"a{at}[r, c] = {local}" for at, local in self._stores.items()]
        body = "\n".join(f"            {line}" for line in self._lines + stores)
        rows, columns = [f"range(a{self.is_row.index(False)}.shape[{axis}])" for axis in (0, 1)]
        return f"def fused({names}):\n    for r in {rows}:\n        for c in {columns}:\n{body}\n"


@functools.cache
def _compiled(text: str) -> Callable:
    """Return the function of that text, from the disk where it has been compiled before."""
    import hashlib

    source = _HEAD.format(cache=True) + text
    name = "minigraph_fused_" + hashlib.sha256(source.encode()).hexdigest()[:24]
    try:
        path = _folder() / f"{name}.py"
        if not path.exists():
            _write_whole(path, source)
        spec: Any = importlib.util.spec_from_file_location(name, path)
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.fused
    except (OSError, RuntimeError):  # no place to keep it: RuntimeError is what numba says of that
        scope: dict[str, Any] = {}
        exec(compile(_HEAD.format(cache=False) + text, "<minigraph fused>", "exec"), scope)
        return scope["fused"]


def _folder() -> pathlib.Path:
    """Return the folder of this user's compiled functions."""
    names = ["NUMBA_CACHE_DIR", "XDG_CACHE_HOME"] + ["LOCALAPPDATA"] * (os.name == "nt")
    home = next(filter(None, map(os.environ.get, names)), None) or pathlib.Path.home() / ".cache"
    folder = pathlib.Path(home) / "minigraph"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _write_whole(path: pathlib.Path, text: str) -> None:
    import tempfile

    with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".tmp", delete=False) as file:
        file.write(text)
    os.replace(file.name, path)
