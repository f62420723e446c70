"""Runs of elementwise calls as one loop, compiled by numba (the extra `speed`).

The loop is written from the recorded calls: one line a call, in their order, so that its results are numpy's to the
last bit. Compiled functions are kept on disk, as modules named after their text. Without numba nothing here is used.
"""
from __future__ import annotations

import functools
import importlib.util
import os
import pathlib
import sys
from typing import Any, Callable, Sequence

import numpy as np

from minigraph.runtime.recording import Call, Value

__all__ = ["Fused", "fused", "is_available"]

# What a processor computes alike in numpy's loops and in compiled ones; an exp or a tanh may differ in the last bit.
_EXPRESSIONS = {np.add: "{} + {}", np.subtract: "{} - {}", np.multiply: "{} * {}", np.true_divide: "{} / {}",
                np.sqrt: "sqrt({})", np.negative: "-{}", np.square: "{0} * {0}", np.absolute: "abs({})"}
_TYPES = (np.dtype(np.float32), np.dtype(np.float64))
_HEAD = """from math import sqrt

import numba


@numba.njit(cache={cache}, error_model="numpy", nogil=True)
"""


class Fused:
    """A loop over arrays.

    Attributes:
        function: takes the arrays, flat, and then the scalars.
        arrays: one of the values that lie in each array.
        scalars: values of no axes, and numbers.
        dtype: the type of all of them.
    """

    def __init__(self, function: Callable, arrays: list[Value], scalars: list, dtype: np.dtype):
        self.function, self.arrays, self.scalars, self.dtype = function, arrays, scalars, dtype


@functools.lru_cache(maxsize=None)
def is_available() -> bool:
    """Can numba be imported?"""
    if importlib.util.find_spec("numba") is None:
        return False
    try:
        import numba  # noqa: F401
    except Exception:       # it is there, but not for this numpy
        return False
    return True


def fused(calls: Sequence[Call], is_kept: Callable[[Value], bool], name_of: Callable[[Value], str]) -> Fused | None:
    """Compiles a run of elementwise calls.

    Args:
        calls: ufuncs on arrays of one shape and scalars.
        is_kept: is a value needed after the run?
        name_of: the name of the memory in which a value lies; several may lie in one.

    Returns:
        The loop; None where numba is missing, or would compute something else than numpy.
    """
    dtype = calls[0].outputs[0].dtype
    if dtype not in _TYPES or not all(_fits(call, dtype) for call in calls) or not is_available():
        return None
    loop = _Loop(is_kept, name_of)
    for i, call in enumerate(calls):
        loop.add(i, call)
    return Fused(_compiled(loop.text()), list(loop.arrays.values()), loop.scalars, dtype)


def _fits(call: Call, dtype: np.dtype) -> bool:
    types = [arg.dtype for arg in (*call.args, *call.outputs) if isinstance(arg, (Value, np.ndarray, np.generic))]
    return call.function in _EXPRESSIONS and not call.kwargs and all(each == dtype for each in types)


class _Loop:
    """The text of a loop: an array's element is read before anything is stored, and what is kept is stored last."""

    def __init__(self, is_kept: Callable, name_of: Callable):
        self._is_kept, self._name_of = is_kept, name_of
        self.arrays: dict[str, Value] = {}
        self.scalars: list = []
        self._lines: list[str] = []
        self._stores: list[str] = []
        self._local: dict[Value, str] = {}      # by the value; a memory may hold one after the other

    def add(self, i: int, call: Call) -> None:
        """Adds the line of a call."""
        args = [self._argument(arg) for arg in call.args]
        value = call.outputs[0]
        self._local[value] = f"v{i}"
        self._lines.append(f"v{i} = {_EXPRESSIONS[call.function].format(*args)}")
        if self._is_kept(value):
            self._stores.append(f"{self._array(value)}[i] = v{i}")

    def _argument(self, arg: Any) -> str:
        if isinstance(arg, Value) and arg.shape:
            if arg not in self._local:
                array = self._array(arg)
                self._local[arg] = f"e{array[1:]}"
                self._lines.append(f"{self._local[arg]} = {array}[i]")
            return self._local[arg]
        at = next((j for j, known in enumerate(self.scalars) if known is arg), len(self.scalars))
        if at == len(self.scalars):
            self.scalars.append(arg)
        return f"s{at}"

    def _array(self, value: Value) -> str:
        name = self._name_of(value)
        self.arrays.setdefault(name, value)
        return f"a{list(self.arrays).index(name)}"

    def text(self) -> str:
        """The function."""
        names = ", ".join([f"a{i}" for i in range(len(self.arrays))] + [f"s{i}" for i in range(len(self.scalars))])
        body = "\n".join(f"        {line}" for line in self._lines + self._stores)
        return f"def fused({names}):\n    for i in range(a0.size):\n{body}\n"


@functools.lru_cache(maxsize=None)
def _compiled(text: str) -> Callable:
    """The function of that text, from the disk where it has been compiled before."""
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
    except (OSError, RuntimeError):     # no place to keep it: RuntimeError is what numba says of that
        scope: dict[str, Any] = {}
        exec(compile(_HEAD.format(cache=False) + text, "<minigraph fused>", "exec"), scope)
        return scope["fused"]


def _folder() -> pathlib.Path:
    """Where compiled functions are kept for this user."""
    home = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or (
        os.environ.get("LOCALAPPDATA") if os.name == "nt" else None) or pathlib.Path.home() / ".cache"
    folder = pathlib.Path(home) / "minigraph"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _write_whole(path: pathlib.Path, text: str) -> None:
    import tempfile
    with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".tmp", delete=False) as file:
        file.write(text)
    os.replace(file.name, path)
