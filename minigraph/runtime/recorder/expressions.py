"""The texts of a recorded run: names for its values and constants, and for each call the expression that does it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from minigraph.graph.recordable import Holder, is_tree
from minigraph.runtime import tuning
from minigraph.runtime.recorder.calls import Call, Value
from minigraph.runtime.recorder.passes import Pass
from minigraph.runtime.recorder.scalars import expression
from minigraph.runtime.recorder.tracer import item

__all__ = ["Texts"]

_FLOATS = {np.dtype("float32"), np.dtype("float64")}
_EXTREMA = (np.maximum, np.minimum)
_METHODS = {np.reshape: ".reshape({})", np.transpose: ".transpose({})", item: "[{}]"}


class Texts:
    """Make the texts.

    Args:
        places: the values that are computed into memory made beforehand.

    Attributes:
        scope: what the names mean, as far as it is the same in every run.
        names: of the values.
        pieces: in a block the names of the pieces of arrays.
        before: what is to be done before the line that is being made.
    """

    def __init__(self, places: Any):
        self._places = places
        self.scope: dict[str, Any] = {}
        self.names: dict[Value, str] = {}
        self.pieces: dict[str, str] = {}
        self._constants: dict[int, str] = {}
        self._kept: list[Any] = []  # constants by identity must stay alive
        self._boxes: dict[Value, str] = {}
        self.before: list[str] = []
        self._full: dict[tuple, np.ndarray] = {}  # arrays of one number, flat
        self._parts: dict[tuple, str] = {}  # the names of parts of them

    def text(self, leaf: Any) -> str:
        """Return the text of an argument."""
        if isinstance(leaf, Value):
            return self.pieces.get(self.names[leaf], self.names[leaf])
        if is_tree(leaf):
            inner = ", ".join(map(self.text, leaf))
            text = f"[{inner}]" if type(leaf) is list else f"({inner},)" if leaf else "()"
            return f"{self.constant(type(leaf))}({text})" if isinstance(leaf, Holder) else text
        if leaf is None or leaf is Ellipsis or type(leaf) in (bool, int, str):
            return repr(leaf)
        if isinstance(leaf, slice):
            return f"slice({self.text(leaf.start)}, {self.text(leaf.stop)}, {self.text(leaf.step)})"
        return self.constant(leaf)

    def constant(self, thing: Any, prefix: str = "c") -> str:
        """Return the name of something that is the same in every run."""
        if id(thing) not in self._constants:
            name = self._constants[id(thing)] = f"{prefix}{len(self._constants)}"
            self._kept.append(thing)
            self.scope[name] = thing
        return self._constants[id(thing)]

    def number(self, leaf: Any, dtype: np.dtype) -> str:
        """Return the text of a number that a compiled loop takes: always of one type, or it would be compiled again."""
        if isinstance(leaf, Value):
            return f"{self.constant(dtype.type, 'n')}({self.text(leaf)})"
        return self.constant(dtype.type(leaf))

    def expression(self, call: Call) -> str:
        """Return what does the call."""
        args = self._arguments(call)
        if call.kind == "kernel":
            return f"{self.constant(call.function, 'k')}({', '.join(args)})"
        of_numbers = expression(call, args, lambda dtype: self.constant(dtype.type, "n"))
        if of_numbers is not None:
            return of_numbers
        if Pass.METHODS.is_on and call.function in _METHODS and not call.kwargs and len(args) == 2:
            return args[0] + _METHODS[call.function].format(args[1])
        out = self.text(call.outputs[0]) if call.outputs[0] in self._places else None
        if type(call.function) is np.ufunc:
            args += [f"out={out}" if call.function in _EXTREMA else out] if out is not None else []
        elif out is not None and len(args) == 5 and args[3] == "None":
            args[3] = out
        elif out is not None:
            args.append(f"out={out}")
        args += [f"{k}={self.text(v)}" for k, v in call.kwargs.items()]
        return f"{self._needed(call, out)}{self.constant(call.function, 'n')}({', '.join(args)})"

    def _needed(self, call: Call, out: str | None) -> str:
        """Return the text before a call that does nothing where a number is one, as that of a clipping mostly is."""
        numbers = [arg for arg in call.args if isinstance(arg, Value) and _is_number(arg)]
        if call.function is not np.multiply or len(numbers) != 1 or call.outputs[0].nbytes < tuning.SKIPPED:
            return ""
        is_in_place = Pass.SKIP_ONE.is_on and out in [self.text(arg) for arg in call.args]
        return f"{self.text(*numbers)} == 1 or " if is_in_place else ""

    def _arguments(self, call: Call) -> list[str]:
        """Return the texts of the arguments of a call."""
        output = call.outputs[0] if call.outputs else None
        types = {arg.dtype for arg in call.args if isinstance(arg, Value)}
        is_boxed = Pass.BOXES.is_on and output in self._places and type(call.function) is np.ufunc
        if not is_boxed or len(types) != 1 or types.isdisjoint(_FLOATS):
            return [self.text(arg) for arg in call.args]
        return [self._number_for(call, arg, *types) if _is_number(arg) else self.text(arg) for arg in call.args]

    def _number_for(self, call: Call, number: Any, dtype: np.dtype) -> str:
        """Return the text of a number beside an array. numpy takes an array without axes faster than a number, and
        finds extrema four times as fast if the number is an array of the output's shape."""
        if isinstance(number, Value):
            return self._boxed(number)
        if getattr(number, "dtype", dtype) != dtype:
            return self.text(number)
        is_filled = call.function in _EXTREMA and Pass.FILLED.is_on
        return self._filled(number, call.outputs[0]) if is_filled else self._array_of(number, (), dtype)

    def _boxed(self, number: Value) -> str:
        """Return the name of an array without axes that holds a number, from the line before the next one on."""
        if number not in self._boxes:
            box = np.empty((), number.dtype)
            self._boxes[number] = self.constant(box)
            self.before.append(f"{self._boxes[number]}[()] = {self.text(number)}")
        return self._boxes[number]

    def _filled(self, number: Any, like: Value) -> str:
        """Return the name of an array of one number, of the shape of `like` or of its last axes."""
        shape = like.shape
        while math.prod(shape) > tuning.BLOCK:
            shape = (tuning.BLOCK,) if self.pieces else shape[1:]
        name = self._array_of(number, shape, like.dtype)
        return self.pieces.setdefault(name, f"x{len(self.pieces)}") if self.pieces else name

    def _array_of(self, number: Any, shape: tuple, dtype: np.dtype) -> str:
        """Return the name of an array of one number: a part of the largest one that there is of it."""
        key, count = (np.array(number, dtype).tobytes(), dtype), math.prod(shape)
        if key not in self._full or self._full[key].size < count:
            self._full[key] = np.full(count, number, dtype)
        if (key, shape) not in self._parts:
            self._parts[key, shape] = self.constant(self._full[key][:count].reshape(shape))
        return self._parts[key, shape]


def _is_number(arg: Any) -> bool:
    return arg.shape == () if isinstance(arg, Value) else not np.ndim(arg)
