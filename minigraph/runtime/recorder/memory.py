"""Where each value of a recorded run is kept: the arena's buffers, the arrays of the variables, or an array of its own.

A buffer is used again after the last use of the value in it; an elementwise call writes over an argument that dies with
it; the new value of a variable is computed into the variable's memory where no one reads that before it is written.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from minigraph.graph.variable_cell import Cell
from minigraph.runtime import tuning
from minigraph.runtime.recorder.calls import Call, Value
from minigraph.runtime.recorder.passes import Pass
from minigraph.runtime.recorder.record import Recording

__all__ = ["Buffer", "Placement"]


@dataclass(eq=False)
class Buffer:
    """A part of the arena."""

    nbytes: int
    is_piece: bool  # holds one piece of a value that only one block needs


@dataclass(eq=False)
class _Memory:
    """What one or several values are kept in: a place, and the indices of the calls that use it."""

    uses: list[int] = field(default_factory=list)
    last: int = -1
    buffer: Buffer | None = None


class Placement:
    """The places of the values of a recording.

    Attributes:
        places: for a value computed into given memory: a `Buffer`, or the `Cell` whose array takes it.
        bound: the cells whose memory is the same from run to run.
        last: for each value the index of the last call that needs its memory.
        buffers: all buffers.
    """

    def __init__(self, recording: Recording):
        self.calls = recording.calls
        self.fetched = {f for f in recording.fetches if isinstance(f, Value)}
        self.places: dict[Value, Any] = {}
        self.buffers: list[Buffer] = []
        self._memory: dict[Value, set[_Memory]] = {}
        self._find_memory()
        self.blocks = self._find_blocks() if Pass.BLOCKS.is_on else {}
        if Pass.UPDATES.is_on:
            self._place_updates()
        self._place_rest()
        cells = [call.function for call in self.calls if call.kind in ("read", "write")]
        self.bound = [c for c in dict.fromkeys(cells) if self.is_bound(c)]

    @staticmethod
    def is_bound(cell: Cell) -> bool:
        """Return True if the cell's memory is the same from run to run: its values have one shape."""
        return cell.shape is not None and isinstance(cell.value, np.ndarray)

    # Which values share memory, and how long it is needed

    def _find_memory(self) -> None:
        self._settled = self._settled_values()
        for i, call in enumerate(self.calls):
            for value in call.outputs:
                self._memory[value] = (
                    set().union(*[self.memory(a) for a in value.aliases]) if value.aliases else {_Memory()}
                )
            for value in (*call.values(), *call.outputs):
                for memory in self.memory(value):
                    memory.last = i
                    memory.uses.append(i)
        for value in self.fetched:
            for memory in self.memory(value):
                memory.last = len(self.calls)

    def _settled_values(self) -> set[Value]:
        """Return the values that lie in the memory of a variable or may take a buffer."""
        return {
            value
            for call in self.calls
            for value in call.outputs
            if self._does_nothing(call) or self._may_take_buffer(call, value)
        }

    def memory(self, value: Value) -> set[_Memory]:
        """Return the memory that a value may lie in (a feed's is its own)."""
        return self._memory.setdefault(value, {_Memory()})

    def last(self, value: Value) -> int:
        """Return the index of the last call that needs the value's memory."""
        return max(m.last for m in self.memory(value))

    # Blocks: runs of elementwise calls on large arrays of one shape, done piece by piece while the pieces are in the
    # processor's cache

    def _find_blocks(self) -> dict[int, int]:
        """Return {index of the first call: index after the last} of each run."""
        blocks: dict[int, int] = {}
        start = end = count = 0
        value = None  # of the run's shape and item size
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
        """Return True for the reading of a bound cell, which takes no code."""
        return call.kind == "read" and self.is_bound(call.function)

    def _is_elementwise(self, call: Call, like: Value | None) -> bool:
        if call.kind != "ufunc" or type(call.function) is not np.ufunc or call.kwargs or like is None or not like.shape:
            return False
        if like.nbytes < tuning.BLOCK * like.dtype.itemsize or not self._may_take_buffer(call, call.outputs[0]):
            return False
        return all(self._is_like(arg, like) for arg in (*call.args, call.outputs[0]))

    def _is_like(self, arg: Any, like: Value) -> bool:
        if isinstance(arg, Value):
            whole = arg.shape == like.shape and arg.dtype.itemsize == like.dtype.itemsize and arg in self._settled
            return arg.shape == () or whole
        return np.ndim(arg) == 0

    # The variables

    def _place_updates(self) -> None:
        """Let new values of variables be computed into their memory instead of copied, if that is unobservable."""
        made = self._origins()
        touches, writes = self._touches()
        failing, written = -1, dict.fromkeys(writes, -1)  # the last call that may fail: until then all is as it was
        for i, call in enumerate(self.calls):
            if call.kind == "write" and self.is_bound(call.function):
                cell, value = call.function, call.args[0]
                at = made.get(value, -1) if isinstance(value, Value) else -1
                if (
                    at > max(failing, written[cell])
                    and self._goes_into(value, at)
                    and self._is_unseen(value, at, i, touches[cell], writes[cell])
                ):
                    self.places[value] = cell
                    (memory,) = self.memory(value)
                    touches[cell] = sorted([*touches[cell], *memory.uses])
            failing = i if call.kind in ("kernel", "call") else failing
            for cell in call.written():
                written[cell] = i

    def _touches(self) -> tuple[dict[Cell, list[int]], dict[Cell, list[int]]]:
        """For each cell the indices of the calls that read or write its memory, and of those that write it."""
        touches: dict[Cell, list[int]] = {}
        writes: dict[Cell, list[int]] = {}
        for i, call in enumerate(self.calls):
            for cell in call.written():
                writes.setdefault(cell, []).append(i)
            for cell in {*call.written(), *[cell for value in call.values() for cell in value.cells]}:
                touches.setdefault(cell, []).append(i)
        return touches, writes

    def _is_unseen(self, value: Value, at: int, i: int, touches: list[int], writes: list[int]) -> bool:
        """Return True if the call `at` may compute `value` into the memory that is written at `i`: nothing reads that
        in between, and nothing needs the value once it is written again."""
        k = bisect.bisect(touches, at)
        if touches[k] != i or k and touches[k - 1] == at and self.calls[at].kind != "ufunc":
            return False
        again = bisect.bisect(writes, i)
        return again == len(writes) or self.last(value) < writes[again]

    def _origins(self) -> dict[Value, int]:
        """Return the index of the call that makes each value."""
        return {value: i for i, call in enumerate(self.calls) for value in call.outputs}

    def _goes_into(self, value: Value, at: int) -> bool:
        """Return True if the call `at` can compute `value` into given memory that outlasts the run."""
        return (
            self.calls[at].kind in ("ufunc", "into")
            and bool(value.shape)
            and value not in self.places
            and value not in self.fetched
            and not value.aliases
        )

    # The rest

    def _place_rest(self) -> None:
        """Give the values that are left buffers, each of which is free again after the last use."""
        free: list[Buffer] = []
        pieces: list[Buffer] = []
        start = end = 0
        for i, call in enumerate(self.calls):
            if i in self.blocks:
                start, end = i, self.blocks[i]
            dying = self._last_needed_by(i, call)
            value = self._unplaced(call)
            if value is not None:
                (memory,) = self._memory[value]
                small = start <= i < end and memory.last < end
                buffer = self._inherited(call, value, i, small) or self._buffer(value, small, pieces if small else free)
                memory.buffer = self.places[value] = buffer
                dying.discard(buffer)
                if memory.last <= i:
                    dying.add(buffer)
            for buffer in dying:
                (pieces if buffer.is_piece else free).append(buffer)

    def _last_needed_by(self, i: int, call: Call) -> set[Buffer]:
        """Return the buffers that nothing needs after the call, the call number `i`."""
        return {m.buffer for v in call.values() for m in self.memory(v) if m.last == i and m.buffer is not None}

    def _unplaced(self, call: Call) -> Value | None:
        """Return the call's result if it has no place yet and may take a buffer."""
        value = call.outputs[0] if call.outputs else None
        if value is None or value in self.places or not self._may_take_buffer(call, value):
            return None
        return value

    def _buffer(self, value: Value, small: bool, pool: list[Buffer]) -> Buffer:
        """Return a buffer for a value, or for one piece of it at a time: one of the pool, or a new one."""
        nbytes = tuning.BLOCK * value.dtype.itemsize if small else value.nbytes
        buffer = _taken(pool, nbytes)
        if buffer is None:
            buffer = Buffer(nbytes, small)
            self.buffers.append(buffer)
        return buffer

    def _may_take_buffer(self, call: Call, value: Value) -> bool:
        return (
            Pass.BUFFERS.is_on
            and call.kind in ("ufunc", "into")
            and bool(value.shape)
            and value.nbytes > 0
            and value.dtype != object
            and value not in self.fetched
        )

    def _inherited(self, call: Call, value: Value, i: int, small: bool) -> Buffer | None:
        """Return the buffer of an argument that dies with this call, if the call may write over it."""
        if call.kind != "ufunc" or not Pass.OVERWRITE.is_on:
            return None
        for arg in call.args:
            if _are_alike(arg, value) and arg in self.places:
                (memory,) = self._memory[arg]
                if memory.last == i and memory.buffer is not None and (small or not memory.buffer.is_piece):
                    return memory.buffer
        return None


def _are_alike(arg: Any, value: Value) -> bool:
    return isinstance(arg, Value) and arg.shape == value.shape and arg.dtype == value.dtype


def _taken(free: list[Buffer], nbytes: int) -> Buffer | None:
    """Take the smallest buffer that is large enough, and not wastefully large."""
    fitting = [b for b in free if nbytes <= b.nbytes <= tuning.WASTED_FACTOR * nbytes + tuning.WASTED_BYTES]
    if not fitting or not Pass.REUSE.is_on:
        return None
    best = min(fitting, key=lambda b: b.nbytes)
    free.remove(best)
    return best
