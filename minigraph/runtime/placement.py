"""Where each value of a recorded run is kept: the arena's buffers, the arrays of the variables, or an array of its own.

A buffer is used again after the last use of the value in it; an elementwise call writes over an argument that dies with
it; the new value of a variable is computed into the variable's array where no one needs the old one any more.
"""
from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph.cell import Cell
from minigraph.runtime.recording import Call, Value
from minigraph.runtime.specialise import Recording
from minigraph.runtime.updates import BLOCK

__all__ = ["Buffer", "Placement"]


class Buffer:
    """A part of the arena."""

    __slots__ = ("nbytes", "is_piece")

    def __init__(self, nbytes: int, is_piece: bool = False):
        self.nbytes = nbytes
        self.is_piece = is_piece        # holds one piece of a value that only one block needs


class _Memory:
    """What one or several values are kept in: a place, and the index of the last call that needs it."""

    __slots__ = ("last", "cell", "buffer")

    def __init__(self, cell: Cell | None = None):
        self.last, self.cell = -1, cell
        self.buffer: Any = None


class Placement:
    """The places of the values of a recording.

    Attributes:
        places: for a value computed into given memory: a `Buffer`, or the `Cell` whose array takes it.
        bound: the cells whose arrays are the same from run to run, read or written in place.
        dynamic: the other cells.
        last: for each value the index of the last call that needs its memory.
        buffers: all buffers.
    """

    def __init__(self, recording: Recording):
        self.calls = recording.calls
        self.dynamic = set(recording.dynamic)
        self.fetched = {f for f in recording.fetches if isinstance(f, Value)}
        while not self._place():
            pass

    def _place(self) -> bool:
        self.places: dict[Value, Any] = {}
        self.buffers: list[Buffer] = []
        self._memory: dict[Value, set[_Memory]] = {}
        self._find_memory()
        self.blocks = self._find_blocks()
        if not self._place_updates():
            return False
        self._place_rest()
        cells = [call.function for call in self.calls if call.kind in ("read", "write")]
        self.bound = [c for c in dict.fromkeys(cells) if self.is_bound(c)]
        return True

    def is_bound(self, cell: Cell) -> bool:
        """Is the cell's array the same from run to run? That of a scalar is not: numpy's scalars cannot be changed."""
        return cell not in self.dynamic and bool(np.ndim(cell.value))

    # Which values share memory, and how long it is needed

    def _find_memory(self) -> None:
        last: dict[Value, int] = {value: len(self.calls) for value in self.fetched}
        for i, call in enumerate(self.calls):
            for value in call.values():
                last[value] = max(last.get(value, -1), i)
        self._settled = {value for call in self.calls for value in call.outputs
                         if self._does_nothing(call) and call.function.value.flags.c_contiguous
                         or self._may_take_buffer(call, value)}
        for i, call in enumerate(self.calls):
            for value in call.outputs:
                if value.aliases:
                    self._memory[value] = set().union(*[self.memory(a) for a in value.aliases])
                else:
                    bound = call.kind == "read" and self.is_bound(call.function)
                    self._memory[value] = {_Memory(call.function if bound else None)}
                for memory in self._memory[value]:
                    memory.last = max(memory.last, last.get(value, i))

    def memory(self, value: Value) -> set[_Memory]:
        """The memory that a value may lie in (a feed's is its own)."""
        return self._memory.setdefault(value, {_Memory()})

    def last(self, value: Value) -> int:
        """The index of the last call that needs the value's memory."""
        return max(m.last for m in self.memory(value))

    # Blocks: runs of elementwise calls on large arrays of one shape, done piece by piece while the pieces are in the
    # processor's cache

    def _find_blocks(self) -> dict[int, int]:
        """Gives {index of the first call: index after the last} of each run."""
        blocks: dict[int, int] = {}
        start = end = count = 0
        value = None        # of the run's shape and item size
        for i, call in enumerate([*self.calls, None]):
            if call is not None and count and self._does_nothing(call):
                continue
            like = value if count else call.outputs[0] if call is not None and call.outputs else None
            if call is not None and self._is_elementwise(call, like):
                start, value = (start, value) if count else (i, call.outputs[0])
                end, count = i + 1, count + 1
                continue
            if count > 1:
                blocks[start] = end
            count = 0
            if call is not None and call.outputs and self._is_elementwise(call, call.outputs[0]):
                start, end, count, value = i, i + 1, 1, call.outputs[0]
        return blocks

    def _does_nothing(self, call: Call) -> bool:
        """Reading a bound cell takes no code, and writing one is done where its value is computed, or is copying."""
        return call.kind == "read" and self.is_bound(call.function)

    def _is_elementwise(self, call: Call, like: Value | None) -> bool:
        if call.kind != "ufunc" or type(call.function) is not np.ufunc or call.kwargs or like is None or not like.shape:
            return False
        if like.nbytes < BLOCK * like.dtype.itemsize or not self._may_take_buffer(call, call.outputs[0]):
            return False
        return all(self._is_like(arg, like) for arg in (*call.args, call.outputs[0]))

    def _is_like(self, arg: Any, like: Value) -> bool:
        if isinstance(arg, Value):
            whole = arg.shape == like.shape and arg.dtype.itemsize == like.dtype.itemsize and arg in self._settled
            return arg.shape == () or whole
        return np.ndim(arg) == 0

    # The variables

    def _place_updates(self) -> bool:
        """Decides for each write how the cell gets its value; False where a cell has turned out to be dynamic."""
        made = {value: i for i, call in enumerate(self.calls) for value in call.outputs}
        readers: dict[Cell, list[_Memory]] = {}
        written: dict[Cell, int] = {}
        failing = -1        # the last call that may fail: the variable is still as it was then
        for i, call in enumerate(self.calls):
            cell = call.function
            failing = i if call.kind in ("kernel", "call") else failing
            if call.kind == "read" and self.is_bound(cell):
                readers.setdefault(cell, []).extend(self._memory[call.outputs[0]])
            elif call.kind == "write" and self.is_bound(cell):
                value, old = call.args[0], readers.get(cell, [])
                at = made.get(value, -1) if isinstance(value, Value) else -1
                if at > max(failing, written.get(cell, -1)) and cell.value.flags.c_contiguous and self._goes_into(
                        value, self.calls[at], at, old):
                    self.places[value] = cell
                    readers[cell] = list(self._memory[value])
                elif all(memory.last <= i for memory in old):
                    readers[cell] = []
                else:
                    self.dynamic.add(cell)
                    return False
                written[cell] = i
        return True

    def _goes_into(self, value: Value, call: Call, at: int, old: list[_Memory]) -> bool:
        """Can the call compute `value` into the array of a cell whose old value lies in `old`?"""
        if call.kind not in ("ufunc", "into") or value in self.places or value in self.fetched or value.aliases:
            return False
        return all(memory.last < at or memory.last == at and call.kind == "ufunc" for memory in old)

    # The rest

    def _place_rest(self) -> None:
        free: list[Buffer] = []
        pieces: list[Buffer] = []
        start = end = 0
        for i, call in enumerate(self.calls):
            if i in self.blocks:
                start, end = i, self.blocks[i]
            value = call.outputs[0] if call.outputs else None
            dying = {m for v in call.values() for m in self.memory(v) if m.last == i and m.buffer is not None}
            if value is not None and value not in self.places and self._may_take_buffer(call, value):
                (memory,) = self._memory[value]
                small = start <= i < end and memory.last < end
                pool, nbytes = (pieces, BLOCK * value.dtype.itemsize) if small else (free, value.nbytes)
                memory.buffer = self._inherited(call, value, i, nbytes) or _taken(pool, nbytes)
                if memory.buffer is None:
                    memory.buffer = Buffer(nbytes, small)
                    self.buffers.append(memory.buffer)
                self.places[value] = memory.buffer
                dying = {m for m in dying if m.buffer is not memory.buffer}
                if memory.last <= i:
                    dying.add(memory)
            for buffer in {m.buffer for m in dying}:
                (pieces if buffer.is_piece else free).append(buffer)

    def _may_take_buffer(self, call: Call, value: Value) -> bool:
        return (call.kind in ("ufunc", "into") and bool(value.shape) and value.nbytes > 0 and value.dtype != object
                and value not in self.fetched)

    def _inherited(self, call: Call, value: Value, i: int, nbytes: int) -> Buffer | None:
        """The buffer of an argument that dies with this call, if the call may write over it."""
        if call.kind != "ufunc":
            return None
        for arg in call.args:
            if isinstance(arg, Value) and arg.shape == value.shape and arg.dtype == value.dtype and arg in self.places:
                (memory,) = self._memory[arg]
                if memory.last == i and memory.buffer is not None and memory.buffer.nbytes >= nbytes:
                    return memory.buffer
        return None


def _taken(free: list[Buffer], nbytes: int) -> Buffer | None:
    """Takes the smallest buffer that is large enough, and not wastefully large."""
    fitting = [b for b in free if nbytes <= b.nbytes <= 2 * nbytes + 256]
    if not fitting:
        return None
    best = min(fitting, key=lambda b: b.nbytes)
    free.remove(best)
    return best
