"""Straight-line Python for a recorded run: one line a call, with every buffer in its place, compiled once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from minigraph.graph.variable_cell import Cell
from minigraph.runtime import tuning
from minigraph.runtime.apply_update import Stale
from minigraph.runtime.fetches import plain
from minigraph.runtime.recorder.calls import Call, Value, replaced
from minigraph.runtime.recorder.expressions import Texts
from minigraph.runtime.recorder.fuse import Loop, is_available
from minigraph.runtime.recorder.memory import Placement
from minigraph.runtime.recorder.passes import Pass
from minigraph.runtime.recorder.record import Recording

__all__ = ["Recorded"]

FILENAME = "<minigraph plan, recorded>"


class Recorded:
    """A recorded run, to be repeated with other numbers.

    Args:
        recording: the calls.
        lock: held during a run, if it touches what is not its own.
        fuse: compile runs of elementwise calls, where that can be done.

    Attributes:
        run: the compiled function: values of the feeds in, the list of fetched values out, which are the caller's own.
        text: its source.
        compiled: for each compiled loop the index of its first call, and how many it does.
        arena_bytes: the size of all buffers.
    """

    def __init__(self, recording: Recording, lock: Any, fuse: bool = True):
        self.recording, self._fuse = recording, fuse
        self.placement = Placement(recording)
        self._texts = Texts(self.placement.places)
        self._names, self.scope = self._texts.names, self._texts.scope
        self.scope.update(rebind=self._rebind, acquire=lock.acquire, release=lock.release)
        self._cells: dict[Cell, str] = {}
        self._views: list[tuple[str, Call]] = []  # of memory that stays where it is
        self._steps: dict[int, Call] = {}  # by line
        self._given: set[Value] = set()  # fetched already: one array goes to one fetch
        self._blocks: list[tuple] = []  # the arguments of _cut
        self.compiled: dict[int, int] = {}
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
        memory = {buffer: _aligned(buffer.nbytes) for buffer in self.placement.buffers}
        self.arena_bytes = sum(buffer.nbytes for buffer in memory)
        named: dict[Any, str] = {}
        for value, place in self.placement.places.items():
            if isinstance(place, Cell):
                self._names[value] = self._arrays[place]
                continue
            name = self._names[value] = named.setdefault((place, value.shape, value.dtype), f"b{len(named)}")
            if name not in self.scope:
                whole = memory[place] if place.is_piece else memory[place][: value.nbytes]
                self.scope[name] = whole.view(value.dtype).reshape((-1,) if place.is_piece else value.shape)

    # Lines

    def _lines(self) -> list[str]:
        feeds = "".join(f"f{i}, " for i in range(len(self.recording.feeds)))
        lines = ["def run(feeds):", f" ({feeds}) = feeds" if feeds else " pass"]
        if self._touches():
            lines += [" acquire()", " try:"]
        lines += self._checks()
        for i, text in self._all_lines():
            lines += [f"  {each}" for each in self._texts.before]
            self._texts.before.clear()
            call = self._steps[len(lines) + 1] = self.recording.calls[i]
            freed = [f"{self._names[v]} = None" for v in set(call.values()) if self._is_freed(v, i)]
            lines.append("  " + "; ".join([text, *freed]))
        lines.append(f"  return [{', '.join(self._fetch(f) for f in self.recording.fetches)}]")
        if self._touches():
            return [*lines, " finally: release()"]
        return lines[:2] + [line[1:] for line in lines[2:]]

    def _all_lines(self) -> Iterator[tuple[int, str]]:
        """Return for each line of the run the index of its (first) call and its text."""
        blocks, until = self.placement.blocks, 0
        compiles = self._compiles()
        loop = Loop(self._find)
        for i, call in enumerate(self.recording.calls):
            if i < until:
                continue
            if compiles and call.kind == "ufunc" and i not in blocks:
                if loop.add(i, call):
                    continue
                yield from self._finished(loop)
                if loop.add(i, call):  # of another shape
                    continue
            until = blocks.get(i, i)
            text = self._block(i, until) if until > i else self._line(i, call)
            if text is not None:
                yield from self._finished(loop)
                yield i, text
        yield from self._finished(loop)

    def _compiles(self) -> bool:
        """Return True if loops are compiled: not for small arrays alone, since numba is slow to import."""
        return self._fuse and Pass.LOOPS.is_on and bool(self.placement.blocks) and is_available()

    def _finished(self, loop: Loop) -> Iterator[tuple[int, str]]:
        """Return the line of a loop, or those of its calls, and empties it."""
        calls = loop.calls
        text = self._compiled(loop) if loop.pays() else None
        loop.clear()
        if text is not None:
            yield min(calls), text
            return
        for i, call in calls.items():
            yield i, str(self._line(i, call))

    def _touches(self) -> bool:
        """Return True if the run touches variables, buffers, or an operation's state; otherwise it needs no lock."""
        return bool(self.placement.buffers) or any(
            call.kind in ("read", "write", "kernel") for call in self.recording.calls
        )

    def _checks(self) -> list[str]:
        """Return the line that asks, before anything is done, if the variables are as they were."""
        tests = [f"{self._cell(cell)}.value is not {name}" for cell, name in self._bound]
        read = dict.fromkeys(call.function for call in self.recording.calls if call.kind in ("read", "write"))
        tests += [f"{self._cell(cell)}.value is None" for cell in read if cell not in self._arrays]
        return [f"  if {' or '.join(tests)}: rebind()"] if tests else []

    def _is_freed(self, value: Value, i: int) -> bool:
        name = self._names[value]
        return (
            Pass.FREE.is_on
            and name[0] in "vs"
            and name not in self.scope
            and value.nbytes >= tuning.FREED
            and self.placement.last(value) == i
        )

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
        return (f"{targets} = " if targets else "") + self._texts.expression(call)

    def _block(self, start: int, end: int) -> str:
        """One line that does some elementwise calls, compiled or piece by piece."""
        calls = {i: self.recording.calls[i] for i in range(start, end)}
        for i, call in calls.items():
            if call.kind != "ufunc":
                self._line(i, call)
        calls = {i: call for i, call in calls.items() if call.kind == "ufunc"}
        loop = Loop(self._find)
        if self._compiles() and all(loop.add(i, call) for i, call in calls.items()):
            text = self._compiled(loop)
            if text is not None:
                return text
        large = [v for call in calls.values() for v in (*call.values(), *call.outputs) if v.shape]
        self._texts.pieces = {name: f"x{i}" for i, name in enumerate(dict.fromkeys(self._names[v] for v in large))}
        body = "; ".join(map(self._texts.expression, calls.values()))
        text = f"for {', '.join(self._texts.pieces.values())}, in B{start}: {body}"
        self._blocks.append((f"B{start}", list(self._texts.pieces), None))
        self._texts.pieces = {}
        self._cut(*self._blocks[-1])
        return text

    def _find(self, value: Value) -> tuple[str, np.ndarray] | None:
        """Return the name of the array in which a value lies, and that array, if it is there in each run."""
        name = self._names.get(value, "")
        array = self.scope.get(name)
        return (name, array) if isinstance(array, np.ndarray) and array.flags.c_contiguous else None

    def _compiled(self, loop: Loop) -> str | None:
        """Return the line that calls a compiled loop; None if it cannot be one."""
        start, last = min(loop.calls), max(loop.calls)

        def is_kept(value: Value) -> bool:
            return isinstance(self.placement.places[value], Cell) or self.placement.last(value) > last

        found = loop.finish(is_kept)
        if found is None:
            return None
        self._blocks.append((f"B{start}", *zip(*found.arrays)))
        self._cut(*self._blocks[-1])
        self.compiled[start] = len(loop.calls)
        scalars = ", ".join(self._texts.number(each, found.dtype) for each in found.scalars)
        return f"{self._texts.constant(found.function, 'n')}(*B{start}, {scalars})"

    def _cut(self, name: str, arrays: Sequence[str], shapes: Sequence[tuple] | None) -> None:
        """Make the list of pieces that a block goes through, or of whole arrays in the shapes that a loop takes."""
        found = [self.scope[array] for array in arrays]
        if shapes is not None:
            self.scope[name] = [array.reshape(shape) for array, shape in zip(found, shapes)]
            return
        flat, count = [array.reshape(-1) for array in found], max(array.size for array in found)
        self.scope[name] = [
            tuple([f[: min(tuning.BLOCK, count - at)] if f.size < count else f[at : at + tuning.BLOCK] for f in flat])
            for at in range(0, count, tuning.BLOCK)
        ]

    def _read(self, call: Call) -> str | None:
        cell, (value,) = call.function, call.outputs
        if cell in self._arrays:
            self._names[value] = self._arrays[cell]
            return None
        self._names[value] = f"s{len(self._names)}"
        return f"{self._names[value]} = {self._cell(cell)}.value"

    def _write(self, call: Call) -> str | None:
        cell, new = call.function, call.args[0]
        in_place = isinstance(new, Value) and self.placement.places.get(new) is cell
        return None if in_place else f"{self._arrays[cell]}[...] = {self._texts.text(new)}"

    def _fetch(self, fetch: Any) -> str:
        if fetch is None:
            return "None"
        if not isinstance(fetch, Value):
            return f"{self._texts.constant(np.array(fetch))}.copy()" if np.ndim(fetch) else self._texts.text(fetch[()])
        name = self._names[fetch]
        if fetch.shape == ():
            return self._scalar(fetch)
        if fetch.shape is None:
            return f"{self._texts.constant(plain)}({name})"
        first = fetch not in self._given
        self._given.add(fetch)
        return name if first and self._is_given_away(fetch) else f"{name}.copy()"

    def _scalar(self, value: Value) -> str:
        """Return the text of a scalar that shares no memory, as an array without axes may."""
        name = self._names[value]
        return name if self._made(value) in ("ufunc", "into") else f"{name}[()]"

    def _made(self, value: Value) -> str | None:
        """Return the kind of call that makes the value."""
        return next((call.kind for call in self.recording.calls if value in call.outputs), None)

    def _is_given_away(self, fetch: Value) -> bool:
        """Return True if nobody else holds the array."""
        if self._made(fetch) not in ("ufunc", "into", "call") or fetch in self.placement.places:
            return False
        (memory,) = self.placement.memory(fetch)
        return not any(memory in self.placement.memory(other) for other in self.placement.fetched if other is not fetch)

    # Memory that stays where it is

    def _is_hoisted(self, i: int, call: Call) -> bool:
        """Make the view once, where its argument stays in its place from run to run."""
        stays = all(self._names[v] in self.scope for v in call.values())
        if not Pass.HOIST.is_on or len(call.outputs) != 1 or not stays:
            return False
        view = self._viewed(call)
        if not np.may_share_memory(view, self._resolve(call.args[0])):
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
        """Take the variables' arrays anew, where something else has written them; Stale if they are others."""
        for cell, name in self._bound:
            old, new = self.scope[name], cell.value
            if new is None or new.shape != old.shape:
                raise Stale(cell.name)
        for cell in self._cells:
            if cell.value is None:
                raise Stale(cell.name)
        for cell, name in self._bound:
            self.scope[name] = cell.value
        for name, call in self._views:
            self.scope[name] = self._viewed(call)
        for block in self._blocks:
            self._cut(*block)

    # Errors

    def mark(self, error: Any) -> None:
        """Note on an error which operation raised it (`minigraph_op`) and its input values."""
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


def _aligned(nbytes: int) -> np.ndarray:
    whole = np.empty(nbytes + tuning.ALIGNMENT, np.uint8)
    start = -whole.ctypes.data % tuning.ALIGNMENT
    return whole[start : start + nbytes]
