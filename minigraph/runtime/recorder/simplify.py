"""Common-subexpression and dead-call elimination for a recorded run. The values stay the same bit for bit."""

from __future__ import annotations

import bisect
from typing import Any

import numpy as np

from minigraph.graph.recordable import is_tree
from minigraph.graph.variable_cell import Cell
from minigraph.runtime import tuning
from minigraph.runtime.recorder.calls import Call, Value, replaced
from minigraph.runtime.recorder.passes import Pass
from minigraph.runtime.recorder.record import Recording
from minigraph.runtime.recorder.tracer import snapshot

__all__ = ["simplify"]


def simplify(recording: Recording) -> Recording:
    """Merge equal calls, make numbers of constants of equal elements, drop factors of one, and needless copies and
    calls."""
    names: dict[Value, Any] = {}
    seen: dict[Any, Call] = {}
    calls, merged = [], []
    writes = _Writes(recording.calls, recording.fetches)
    for i, call in enumerate(recording.calls):
        call = _with_names(call, names)
        if call.kind in ("ufunc", "into", "call", "view"):
            _shrink_constants(call)
            same = _is_identity(call) or writes.needless_copy(i, call)
            if same is not None:
                names[call.outputs[0]] = same
                continue
            key = _key(call), writes.times_before(i, call)
            if key in seen and _may_merge(call):
                names.update(zip(call.outputs, seen[key].outputs))
                merged.append((call.op, seen[key].op))
                continue
            seen[key] = call
        calls.append(call)
    fetches = [names.get(f, f) if isinstance(f, Value) else f for f in recording.fetches]
    return Recording(_needed(calls, fetches), recording.feeds, fetches, merged)


class _Writes:
    """When the memory of variables may change in a recorded run."""

    def __init__(self, calls: list[Call], fetches: list):
        self._of: dict[Cell, list[int]] = {}  # the indices of the calls that may write it
        self._last: dict[Value, int] = {f: len(calls) for f in fetches if isinstance(f, Value)}
        for i, call in enumerate(calls):
            for cell in call.written():
                self._of.setdefault(cell, []).append(i)
            for value in call.values():
                self._last[value] = max(i, self._last.get(value, -1))
        for call in reversed(calls):  # a view is needed as long as what is made of it
            for value in call.outputs:
                for base in value.aliases:
                    self._last[base] = max(self._last.get(value, -1), self._last.get(base, -1))

    def _changes(self, value: Value, start: int, end: int) -> bool:
        """Return True if the memory that `value` may be changes after the call `start`, and before or at `end`."""
        return any(start < i <= end for cell in value.cells for i in self._of.get(cell, ()))

    def times_before(self, i: int, call: Call) -> frozenset:
        """Return how often each cell of the inputs was written before; equal calls merge only with no write between."""
        cells = {cell for value in call.values() for cell in value.cells}
        return frozenset([(cell, bisect.bisect(self._of.get(cell, ()), i)) for cell in cells])

    def needless_copy(self, i: int, call: Call) -> Any:
        """Return the memory that the call copies, if nothing writes it as long as the copy is needed; else None."""
        if call.function is not snapshot or not Pass.SNAPSHOTS.is_on:
            return None
        (memory,) = call.args
        return None if self._changes(memory, i, self._last.get(call.outputs[0], i)) else memory


def _may_merge(call: Call) -> bool:
    """Return True if the results of a call are small enough to be kept for an equal one."""
    return Pass.MERGE.is_on and sum(value.nbytes for value in call.outputs) <= tuning.LARGEST_KEPT


def _with_names(call: Call, names: dict) -> Call:
    """Return the call with merged values replaced by what they were merged into."""
    if not any(value in names for value in call.values()):
        return call

    def rename(leaf: Any) -> Any:
        return names.get(leaf, leaf) if isinstance(leaf, Value) else leaf

    for value in call.outputs:
        value.share(tuple([a for a in map(rename, value.aliases) if isinstance(a, Value)]))
    kwargs = {k: replaced(v, rename) for k, v in call.kwargs.items()}
    return Call(call.kind, call.function, replaced(call.args, rename), kwargs, call.outputs, call.op)


def _shrink_constants(call: Call) -> None:
    """Replace a constant of equal elements beside an array (or scalar) of the output's shape by one number."""
    if call.kind != "ufunc" or call.kwargs or not Pass.CONSTANTS.is_on:
        return
    output = call.outputs[0]
    whole = [a for a in call.args if isinstance(a, Value) and a.shape == output.shape]
    if not whole or output.shape is None:
        return
    dtype = whole[0].dtype

    def shrink(arg: Any) -> Any:
        if not isinstance(arg, np.ndarray) or arg.dtype != dtype or not arg.size or dtype.kind == "O":
            return arg
        first = arg.flat[0]
        of_two_zeros = dtype.kind in "fc" and first == 0 and len(set(np.signbit(arg.real).flat)) > 1
        return first if arg.size == 1 or (arg == first).all() and not of_two_zeros else arg

    call.args = tuple(map(shrink, call.args))


def _is_identity(call: Call) -> Any:
    """Return the argument that the call gives back unchanged, or None: x * 1 and x / 1 are x to the last bit."""
    if call.function not in (np.multiply, np.true_divide) or call.kwargs or not Pass.IDENTITIES.is_on:
        return None
    a, b = call.args
    for kept, one in ((a, b), (b, a)) if call.function is np.multiply else ((a, b),):
        if _can_replace(kept, call.outputs[0]) and isinstance(one, (np.generic, float, int)) and one == 1:
            return kept
    return None


def _can_replace(arg: Any, output: Value) -> bool:
    """Return True if an argument has the type and shape of a result, and does not lie in a variable."""
    return isinstance(arg, Value) and not arg.cells and arg.shape == output.shape and arg.dtype == output.dtype


def _key(call: Call) -> Any:
    return (call.function, _token(call.args), tuple((k, _token(v)) for k, v in sorted(call.kwargs.items())))


def _token(leaf: Any) -> Any:
    if is_tree(leaf):
        return type(leaf), tuple(map(_token, leaf))
    if isinstance(leaf, np.ndarray) and leaf.size <= tuning.SMALL_CONSTANT and leaf.dtype != object:
        return leaf.shape, leaf.dtype.str, leaf.tobytes()
    if isinstance(leaf, np.generic):
        return leaf.dtype.str, leaf.tobytes()
    if isinstance(leaf, slice):
        return slice, leaf.start, leaf.stop, leaf.step
    if isinstance(leaf, (int, float, str, np.dtype, type)) or leaf is None or leaf is Ellipsis:
        return type(leaf), repr(leaf) if isinstance(leaf, float) else leaf
    return id(leaf)


def _needed(calls: list[Call], fetches: list) -> list[Call]:
    """Return the calls that have an effect, or that a fetch or another needed call wants."""
    if not Pass.DEAD_CODE.is_on:
        return calls
    wanted = {f for f in fetches if isinstance(f, Value)}
    kept = []
    for call in reversed(calls):
        if call.kind in ("write", "kernel") or any(value in wanted for value in call.outputs):
            wanted.update(call.values())
            kept.append(call)
    return kept[::-1]
