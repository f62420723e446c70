"""Straight-line Python for a recorded run: one line a call, with every buffer in its place, compiled once."""
from __future__ import annotations

import math
from typing import Any, Callable, Iterator, Sequence

import numpy as np

from minigraph.graph.cell import Cell
from minigraph.runtime.fuse import Loop, is_available
from minigraph.runtime.placement import Placement
from minigraph.runtime.recording import Call, Value, astype, item, replaced
from minigraph.runtime.specialise import Recording
from minigraph.runtime.updates import BLOCK

__all__ = ["Specialised", "Stale"]

FILENAME = "<minigraph plan, specialised>"
_OPERATORS = {np.add: "{} + {}", np.subtract: "{} - {}", np.multiply: "{} * {}", np.true_divide: "{} / {}",
              np.negative: "-{}", np.isfinite: "{0} - {0} == 0", np.minimum: "{0} if {0} < {1} or {0} != {0} else {1}",
              np.maximum: "{0} if {0} > {1} or {0} != {0} else {1}"}
_EXTREMA = (np.maximum, np.minimum)
_ALIGNMENT = 64     # bytes: a cache line
_FEWEST, _ENOUGH = 6, 1 << 13       # calls, or elements, for which a compiled loop pays
_FREED = 1 << 12    # bytes from which on a local array is let go as soon as nothing needs it


class Stale(Exception):
    """The variables are not as they were when the run was recorded."""


class Specialised:
    """A recorded run, to be repeated with other numbers.

    Args:
        recording: the calls.
        lock: held during a run, if it touches what is not its own.
        fuse: compile runs of elementwise calls, where that can be done.

    Attributes:
        run: the compiled function: values of the feeds in, the list of fetched values out, which are the caller's own.
        text: its source.
        compiled: the indices of the calls at which compiled loops begin.
        arena_bytes: the size of all buffers.
    """

    def __init__(self, recording: Recording, lock: Any, fuse: bool = True):
        self.recording, self._fuse = recording, fuse
        self.placement = Placement(recording)
        self.scope: dict[str, Any] = {"rebind": self._rebind, "acquire": lock.acquire, "release": lock.release}
        self._names: dict[Value, str] = {}
        self._constants: dict[int, str] = {}
        self._kept: list[Any] = []              # constants by identity must stay alive
        self._cells: dict[Cell, str] = {}
        self._views: list[tuple[str, Call]] = []        # of memory that stays where it is
        self._steps: dict[int, Call] = {}       # by line
        self._given: set[Value] = set()         # fetched already: one array goes to one fetch
        self._pieces: dict[str, str] = {}       # in a block: the names of the pieces of arrays
        self._blocks: list[tuple] = []          # the arguments of _cut
        self._full: dict[tuple, np.ndarray] = {}        # arrays of one number
        self.compiled: set[int] = set()
        self._names_of_bound()
        self._make_arena()
        self.text = "\n".join(self._lines())
        exec(compile(self.text, FILENAME, "exec"), self.scope)
        self.run: Callable = self.scope["run"]

    # Names

    def _names_of_bound(self) -> None:
        self._bound = [(cell, f"w{i}") for i, cell in enumerate(self.placement.bound)]
        self._arrays = dict(self._bound)
        for cell, name in self._bound:
            self.scope[name] = cell.value
            self.scope[self._cell(cell)] = cell
        for i, value in enumerate(self.recording.feeds):
            self._names[value] = f"f{i}"

    def _cell(self, cell: Cell) -> str:
        name = self._cells.setdefault(cell, f"C{len(self._cells)}")
        self.scope[name] = cell
        return name

    def _make_arena(self) -> None:
        self.arena_bytes = 0
        memory = {}
        for buffer in self.placement.buffers:
            memory[buffer] = _aligned(buffer.nbytes)
            self.arena_bytes += buffer.nbytes
        named: dict[Any, str] = {}
        for value, place in self.placement.places.items():
            if isinstance(place, Cell):
                self._names[value] = self._arrays[place]
                continue
            name = self._names[value] = named.setdefault((place, value.shape, value.dtype), f"b{len(named)}")
            if name not in self.scope:
                whole = memory[place] if place.is_piece else memory[place][:value.nbytes]
                self.scope[name] = whole.view(value.dtype).reshape((-1,) if place.is_piece else value.shape)

    def _text(self, leaf: Any) -> str:
        """The text of an argument."""
        if isinstance(leaf, Value):
            return self._pieces.get(self._names[leaf], self._names[leaf])
        if type(leaf) in (tuple, list):
            inner = ", ".join(map(self._text, leaf))
            return f"[{inner}]" if type(leaf) is list else f"({inner},)" if leaf else "()"
        if leaf is None or leaf is Ellipsis or type(leaf) in (bool, int, str):
            return repr(leaf)
        if isinstance(leaf, slice):
            return f"slice({self._text(leaf.start)}, {self._text(leaf.stop)}, {self._text(leaf.step)})"
        return self._constant(leaf)

    def _constant(self, thing: Any, prefix: str = "c") -> str:
        if id(thing) not in self._constants:
            name = self._constants[id(thing)] = f"{prefix}{len(self._constants)}"
            self._kept.append(thing)
            self.scope[name] = thing
        return self._constants[id(thing)]

    # Lines

    def _lines(self) -> list[str]:
        feeds = "".join(f"f{i}, " for i in range(len(self.recording.feeds)))
        lines = ["def run(feeds):", f" ({feeds}) = feeds" if feeds else " pass"]
        if self._touches():
            lines += [" acquire()", " try:"]
        lines += self._checks()
        for i, text in self._steps_of_run():
            call = self._steps[len(lines) + 1] = self.recording.calls[i]
            freed = [f"{self._names[v]} = None" for v in set(call.values()) if self._is_freed(v, i)]
            lines.append("  " + "; ".join([text, *freed]))
        lines.append(f"  return [{', '.join(self._fetch(f) for f in self.recording.fetches)}]")
        if self._touches():
            lines.append(" finally: release()")
        else:
            lines[2:] = [line[1:] for line in lines[2:]]
        fixed = ", ".join(f"{name}={name}" for name in self.scope if name[0] in "bcknC" and name[1:].isdigit())
        lines[0] = f"def run(feeds, {fixed}):"      # as locals, which are faster than globals
        return lines

    def _steps_of_run(self) -> Iterator[tuple[int, str]]:
        """Gives for each line of the run the index of its (first) call and its text."""
        blocks, until = self.placement.blocks, 0
        compiles = self._fuse and bool(blocks) and is_available()   # not for small arrays alone: numba is slow to import
        waiting = _Waiting(self)
        for i, call in enumerate(self.recording.calls):
            if i < until:
                continue
            if compiles and call.kind == "ufunc" and i not in blocks:
                if waiting.takes(i, call):
                    continue
                yield from waiting.lines()      # of another shape
                if waiting.takes(i, call):
                    continue
            until = blocks.get(i, i)
            text = self._block(i, until) if until > i else self._line(i, call)
            if text is not None:
                yield from waiting.lines()
                yield i, text
        yield from waiting.lines()

    def _touches(self) -> bool:
        """Does the run touch variables, buffers, or the state of an operation? Else it needs no lock."""
        return bool(self.placement.buffers) or any(
            call.kind in ("read", "write", "kernel") for call in self.recording.calls)

    def _checks(self) -> list[str]:
        """Are the variables as they were? A few identity tests, before anything is done."""
        tests = [f"{self._cell(cell)}.value is not {name}" for cell, name in self._bound]
        read = dict.fromkeys(call.function for call in self.recording.calls if call.kind in ("read", "write"))
        tests += [f"{self._cell(cell)}.value is None or {self._cell(cell)}.shape is None" for cell in read
                  if cell not in self._arrays]
        return [f"  if {' or '.join(tests)}: rebind()"] if tests else []

    def _is_freed(self, value: Value, i: int) -> bool:
        name = self._names[value]
        return (name[0] in "vs" and name not in self.scope and value.nbytes >= _FREED
                and self.placement.last(value) == i)

    def _line(self, i: int, call: Call) -> str | None:
        if call.kind == "read":
            return self._read(call)
        if call.kind == "write":
            return self._write(call)
        if call.kind == "view" and self._is_hoisted(i, call):
            return None
        for j, value in enumerate(call.outputs):
            self._names.setdefault(value, f"v{i}_{j}" if j else f"v{i}")
        targets = ", ".join(self._names[value] for value in call.outputs if value not in self.placement.places)
        return (f"{targets} = " if targets else "") + self._expression(call)

    def _block(self, start: int, end: int) -> str:
        """One line that does some elementwise calls, compiled or piece by piece."""
        for i, call in enumerate(self.recording.calls[start:end]):
            if call.kind != "ufunc":
                self._line(start + i, call)
        calls = [call for call in self.recording.calls[start:end] if call.kind == "ufunc"]
        loop = Loop(self._find)
        if self._fuse and is_available() and all(map(loop.add, calls)):
            text = self._compiled(loop, start, end)
            if text is not None:
                return text
        large = [v for call in calls for v in (*call.values(), *call.outputs) if v.shape]
        self._pieces = {name: f"x{i}" for i, name in enumerate(dict.fromkeys(self._names[v] for v in large))}
        body = "; ".join(self._expression(call) for call in calls)
        text = f"for {', '.join(self._pieces.values())}, in B{start}: {body}"
        self._blocks.append((f"B{start}", list(self._pieces), None))
        self._pieces = {}
        self._cut(*self._blocks[-1])
        return text

    def _find(self, value: Value) -> tuple[str, np.ndarray] | None:
        """The name of the array in which a value lies, and that array, if it is there in each run."""
        name = self._names.get(value, "")
        array = self.scope.get(name)
        return (name, array) if isinstance(array, np.ndarray) and array.flags.c_contiguous else None

    def _compiled(self, loop: Loop, start: int, end: int) -> str | None:
        """The line that calls a compiled loop, of calls from `start` until `end`; None if it cannot be one."""
        def is_kept(value: Value) -> bool:
            return isinstance(self.placement.places[value], Cell) or self.placement.last(value) >= end
        found = loop.finish(is_kept)
        if found is None:
            return None
        self._blocks.append((f"B{start}", *zip(*found.arrays)))
        self._cut(*self._blocks[-1])
        self.compiled.add(start)
        scalars = ", ".join(self._number(each, found.dtype) for each in found.scalars)
        return f"{self._constant(found.function, 'n')}(*B{start}, {scalars})"

    def _number(self, leaf: Any, dtype: np.dtype) -> str:
        """The text of a number that a compiled loop takes: always of one type, or it would be compiled again."""
        if isinstance(leaf, Value):
            return f"{self._constant(dtype.type, 'n')}({self._text(leaf)})"
        return self._constant(dtype.type(leaf))

    def _cut(self, name: str, arrays: Sequence[str], shapes: Sequence[tuple] | None) -> None:
        """Makes the list of pieces that a block goes through, or of whole arrays in the shapes that a loop takes."""
        found = [self.scope[array] for array in arrays]
        if shapes is not None:
            self.scope[name] = [array.reshape(shape) for array, shape in zip(found, shapes)]
            return
        flat, count = [array.reshape(-1) for array in found], max(array.size for array in found)
        self.scope[name] = [tuple([f[:min(BLOCK, count - at)] if f.size < count else f[at:at + BLOCK] for f in flat])
                            for at in range(0, count, BLOCK)]

    def _read(self, call: Call) -> str | None:
        cell, (value,) = call.function, call.outputs
        if cell in self._arrays:
            self._names[value] = self._arrays[cell]
            return None
        self._names[value] = f"s{len(self._names)}"
        scalar = value.shape == () and value.dtype != object
        return f"{self._names[value]} = {self._cell(cell)}.value" + ("[()]" if scalar else "")

    def _write(self, call: Call) -> str | None:
        cell, new = call.function, call.args[0]
        if cell in self._arrays:
            in_place = isinstance(new, Value) and self.placement.places.get(new) is cell
            return None if in_place else f"{self._arrays[cell]}[...] = {self._text(new)}"
        if np.ndim(cell.value):
            return f"{self._cell(cell)}.value = {self._constant(np.array)}({self._text(new)})"
        return f"{self._cell(cell)}.value = {self._scalar(new) if isinstance(new, Value) else self._text(new[()])}"

    def _expression(self, call: Call) -> str:
        args = self._arguments(call)
        if call.kind == "kernel":
            return f"{self._constant(_owned(call), 'k')}({', '.join(args)})"
        if call.function in _METHODS and not call.kwargs and len(args) == 2:
            return args[0] + _METHODS[call.function].format(args[1])
        out = self._text(call.outputs[0]) if call.outputs[0] in self.placement.places else None
        if type(call.function) is np.ufunc:
            if out is not None:
                args.append(f"out={out}" if call.function in _EXTREMA else out)
            elif call.function in _OPERATORS and not call.kwargs and _is_scalar(call):
                return _OPERATORS[call.function].format(*args)
        elif call.function in _OF_SCALARS and not call.kwargs and _are_numbers(call):
            return _OF_SCALARS[call.function].format(*args, kind=self._constant(call.outputs[0].dtype.type, "n"))
        elif out is not None and len(args) == 5 and args[3] == "None":
            args[3] = out
        elif out is not None:
            args.append(f"out={out}")
        args += [f"{k}={self._text(v)}" for k, v in call.kwargs.items()]
        return f"{self._constant(call.function, 'n')}({', '.join(args)})"

    def _arguments(self, call: Call) -> list[str]:
        """The texts of the arguments."""
        output = call.outputs[0] if call.outputs else None
        if output not in self.placement.places or type(call.function) is not np.ufunc:
            return [self._text(arg) for arg in call.args]
        types = {arg.dtype for arg in call.args if isinstance(arg, Value)}
        return [self._text(arg) if isinstance(arg, Value) or np.ndim(arg) else self._number_for(call, arg, types)
                for arg in call.args]

    def _number_for(self, call: Call, number: Any, types: set) -> str:
        """The text of a number beside an array. numpy takes an array without axes faster than a number; and it finds
        larger and smaller elements four times as fast if the number is an array of the output's shape."""
        if len(types) != 1 or getattr(number, "dtype", None) not in (None, *types) or not all(
                dtype.kind == "f" for dtype in types):
            return self._text(number)
        if call.function in _EXTREMA:
            return self._filled(number, call.outputs[0])
        return self._array_of(number, (), *types)

    def _filled(self, number: Any, like: Value) -> str:
        """The name of an array of one number, of the shape of `like` or of its last axes."""
        shape = like.shape
        while math.prod(shape) > BLOCK:
            shape = (BLOCK,) if self._pieces else shape[1:]
        name = self._array_of(number, shape, like.dtype)
        return self._pieces.setdefault(name, f"x{len(self._pieces)}") if self._pieces else name

    def _array_of(self, number: Any, shape: tuple, dtype: np.dtype) -> str:
        """The name of an array of one number."""
        array = np.full(shape, number, dtype)
        return self._constant(self._full.setdefault((array.reshape(-1)[:1].tobytes(), shape, dtype), array))

    def _fetch(self, fetch: Any) -> str:
        if fetch is None:
            return "None"
        if not isinstance(fetch, Value):
            return f"{self._constant(np.array(fetch))}.copy()" if np.ndim(fetch) else self._text(fetch[()])
        name = self._names[fetch]
        if fetch.shape == ():
            return self._scalar(fetch)
        if fetch.shape is None:
            return f"{self._constant(_plain)}({name})"
        first = fetch not in self._given
        self._given.add(fetch)
        return name if first and self._is_given_away(fetch) else f"{name}.copy()"

    def _scalar(self, value: Value) -> str:
        """The text of a scalar that shares no memory, as an array without axes may."""
        name = self._names[value]
        return name if self._made(value) in ("ufunc", "into") else f"{name}[()]"

    def _made(self, value: Value) -> str | None:
        """The kind of call that makes the value."""
        return next((call.kind for call in self.recording.calls if value in call.outputs), None)

    def _is_given_away(self, fetch: Value) -> bool:
        """Does nobody else hold the array?"""
        if self._made(fetch) not in ("ufunc", "into", "call") or fetch in self.placement.places:
            return False
        (memory,) = self.placement.memory(fetch)
        return not any(memory in self.placement.memory(other) for other in self.placement.fetched if other is not fetch)

    # Memory that stays where it is

    def _is_hoisted(self, i: int, call: Call) -> bool:
        """Makes the view once, where its argument stays in its place from run to run."""
        if len(call.outputs) != 1 or not all(self._names[v] in self.scope for v in call.values()):
            return False
        base = self._resolve(call.args[0])
        view = self._viewed(call)
        if not np.may_share_memory(view, base):
            return False
        name = self._names[call.outputs[0]] = f"v{i}"
        self.scope[name] = view
        self._views.append((name, call))
        return True

    def _resolve(self, leaf: Any) -> Any:
        return self.scope[self._names[leaf]] if isinstance(leaf, Value) else leaf

    def _viewed(self, call: Call) -> Any:
        args = replaced(call.args, self._resolve)
        return call.function(*args, **{k: replaced(v, self._resolve) for k, v in call.kwargs.items()})

    def _rebind(self) -> None:
        """Takes the variables' arrays anew, where something else has written them; Stale if they are others."""
        for cell, name in self._bound:
            old, new = self.scope[name], cell.value
            if new is None or new.shape != old.shape or new.dtype != old.dtype or not new.flags.c_contiguous:
                raise Stale(cell.name)
        for cell in self._cells:
            if cell not in self._arrays and (cell.value is None or cell.shape is None):
                raise Stale(cell.name)
        for cell, name in self._bound:
            self.scope[name] = cell.value
        for name, call in self._views:
            self.scope[name] = self._viewed(call)
        for block in self._blocks:
            self._cut(*block)

    # Errors

    def mark(self, error: Any) -> None:
        """Notes on an error which operation raised it (`minigraph_op`) and its input values."""
        traceback = None if hasattr(error, "minigraph_op") else error.__traceback__
        while traceback is not None:
            frame = traceback.tb_frame
            call = self._steps.get(traceback.tb_lineno) if frame.f_code is self.run.__code__ else None
            if call is not None:
                found = {**self.scope, **frame.f_locals}
                error.minigraph_op = call.op
                error.minigraph_inputs = [found.get(self._names[a]) if isinstance(a, Value) else a for a in call.args]
                return
            traceback = traceback.tb_next


class _Waiting:
    """Elementwise calls, one after the other, that may become one compiled loop."""

    def __init__(self, of: Specialised):
        self._of = of
        self._loop, self._indices = Loop(of._find), []      # type: tuple[Loop, list[int]]

    def takes(self, i: int, call: Call) -> bool:
        """Takes the next call, if it can be in a loop with those that wait."""
        if not self._loop.add(call):
            return False
        self._indices.append(i)
        return True

    def lines(self) -> Iterator[tuple[int, str]]:
        """Gives the lines of those that wait, after which none do."""
        loop, indices = self._loop, self._indices
        self._loop, self._indices = Loop(self._of._find), []
        calls = len(indices)
        if calls >= _FEWEST or calls > 1 and math.prod(loop.shape) >= _ENOUGH:
            text = self._of._compiled(loop, indices[0], indices[-1] + 1)
            if text is not None:
                yield indices[0], text
                return
        for i, call in zip(indices, loop.calls):
            yield i, str(self._of._line(i, call))


# What numpy's functions do with single numbers, without the tenfold cost that they have for arrays.
_OF_SCALARS = {np.where: "({1} if {0} else {2})[()]", astype: "{kind}({0})"}
_METHODS = {np.reshape: ".reshape({})", np.transpose: ".transpose({})", item: "[{}]"}


def _is_scalar(call: Call) -> bool:
    """Are all numbers single ones of one kind, for which numpy's scalars have operators that are faster than ufuncs?"""
    first = next(a for a in call.args if isinstance(a, Value))
    return call.outputs[0].shape == () and first.dtype is not None and first.dtype.kind in "fi" and all(
        isinstance(a, (Value, np.generic)) and a.shape == () and a.dtype == first.dtype for a in call.args)


def _are_numbers(call: Call) -> bool:
    """Are all arguments single numbers, of kinds that can be cast to each other without a word?"""
    (value,) = call.outputs
    types = [a.dtype for a in call.args if isinstance(a, (Value, np.generic, np.ndarray))]
    return value.shape == () and all(a.shape == () for a in call.args if isinstance(a, (Value, np.generic, np.ndarray))
                                     ) and all(each.kind in "fiub" for each in (*types, value.dtype)) and (
        call.function is astype or types[1] == types[2] == value.dtype)


def _count(value: Value) -> int:
    return value.nbytes // value.dtype.itemsize


def _aligned(nbytes: int) -> np.ndarray:
    whole = np.empty(nbytes + _ALIGNMENT, np.uint8)
    start = -whole.ctypes.data % _ALIGNMENT
    return whole[start:start + nbytes]


def _plain(value: Any) -> Any:
    return (value.copy() if value.ndim else value[()]) if isinstance(value, np.ndarray) else value


def _owned(call: Call) -> Callable:
    """A kernel whose results share no memory with its arguments, unless the recorded ones did."""
    kernel = call.function
    if any(value.aliases for value in call.outputs) or not call.outputs:
        return kernel

    def own(result: Any, args: tuple) -> Any:
        if not isinstance(result, np.ndarray) or result.base is None and not any(result is a for a in args):
            return result
        shared = any(np.may_share_memory(result, a) for a in args if isinstance(a, np.ndarray))
        return result.copy() if shared else result

    if len(call.outputs) == 1:
        return lambda *args: own(kernel(*args), args)
    return lambda *args: tuple([own(result, args) for result in kernel(*args)])
