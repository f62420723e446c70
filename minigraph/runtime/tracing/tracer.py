"""The interpreter of a traced run: it takes down each step, those in function bodies too, and what it accesses."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.variable_cell import Cell
from minigraph.runtime import tuning
from minigraph.runtime.access import Memory, accesses
from minigraph.runtime.function_body import with_bodies_run_by
from minigraph.runtime.interpreter import Interpreter
from minigraph.runtime.tracing.difference import Difference, difference
from minigraph.runtime.tracing.steps import Change, Step, Turn
from minigraph.runtime.tracing.values import ValueSummary, statistics_of

__all__ = ["Tracer"]


def _value_or_none(value: ValueSummary) -> ValueSummary | None:
    return None if value.shape is None else value


def _copied(cell: Cell) -> np.ndarray | None:
    """Return a copy of the array in a variable's memory, which later writes change; None where there is none."""
    return np.array(cell.value) if isinstance(cell.value, (np.ndarray, np.generic)) else None


class _Write(NamedTuple):
    """The value that a write left, and how far it moved the variable."""

    left: ValueSummary
    moved: Difference | None


class _Calls:
    """The calls of function bodies by one step: runs them, and takes down the first."""

    def __init__(self, tracer: Tracer, op: Operation):
        self._tracer, self._names = tracer, {op.op_def.attr(name): name for name in op.op_def.functions}
        self._is_loop = op.op_def.functions[:1] == ("cond",)
        self._counts: Counter = Counter()
        self.turns: list[Turn] = []

    @property
    def count(self) -> int:
        """How many calls there were."""
        return sum(self._counts.values())

    def run(self, program: Any, arrays: tuple) -> list:
        """Run a body, as `Interpreter.run` does."""
        name = next((self._names[f.graph] for f in program.plan.fetches if f.graph in self._names), "body")
        self._counts[name] += 1
        steps: list[Step] | None = None
        if len(self.turns) == self.count - 1 < tuning.MOST_TURNS and self._tracer.room > 0:
            steps = []
            self.turns.append(Turn(f"{name} {self._counts[name]}" if self._is_loop else name, steps))
        return _Inside(self._tracer, steps).run(program, arrays)


class _Inside(Interpreter):
    """Run a function body; take down what its operations have accessed and, if there is a list, each as a step."""

    def __init__(self, tracer: Tracer, steps: list[Step] | None):
        self._tracer, self._steps = tracer, steps

    def run_op(self, op: Operation, kernel: Callable, env: dict) -> None:
        found = self._tracer.found(op, env) if self._steps is not None else {}
        calls, began = _Calls(self._tracer, op), time.perf_counter_ns()
        super().run_op(op, with_bodies_run_by(calls.run, op, kernel), env)
        self._tracer.took_inside(op, began, calls, env, found, self._steps)


class Tracer(Interpreter):
    """Take down each step. It lasts from where the one before was taken down."""

    def __init__(self, options: Any, cells: dict[Operation, Cell], feeds: Iterable[Tensor]):
        self._memory = Memory(feeds)
        self._values, self._largest = options.trace_values, options.trace_largest
        self._cells = cells
        self.steps: list[Step] = []
        self.written: dict[Operation, list[tuple[str, _Write]]] = {op: [] for op in cells}
        self.read: dict[Operation, dict[str, None]] = {op: {} for op in cells}
        self._last = {op: _copied(cell) for op, cell in cells.items()} if options.trace_values else {}
        self._inside: list[tuple[Operation, _Write | None]] = []  # what bodies have accessed since the last step
        self._elapsed = self._lost = 0
        self.room = tuning.MOST_INSIDE  # steps in bodies that may still be taken down

    def begin(self) -> None:
        """Start the clock of the next step."""
        self._began, self._lost = time.perf_counter_ns(), 0

    def run_op(self, op: Operation, kernel: Callable, env: dict) -> None:
        calls, found = _Calls(self, op), self.found(op, env)
        super().run_op(op, with_bodies_run_by(calls.run, op, kernel), env)
        lasted = time.perf_counter_ns() - self._began - self._lost
        self.steps.append(self._step(op, self._elapsed, lasted, calls, env, found))
        self.note_accesses(op)
        self._elapsed += lasted
        self.begin()

    def took_inside(
        self, op: Operation, began: int, calls: _Calls, env: dict, found: dict, steps: list[Step] | None
    ) -> None:
        """Take down an operation in a function body; the time that this takes is not the step's."""
        ended = time.perf_counter_ns()
        if not op.op_def.functions:  # the operations of its bodies have told of themselves
            self._inside += self._accessed(op)
        if steps is not None:
            start = self._elapsed + began - self._began - self._lost
            steps.append(self._step(op, start, ended - began, calls, env, found))
            self.room -= 1
        self._lost += time.perf_counter_ns() - ended

    def found(self, op: Operation, env: dict) -> dict[str, ValueSummary]:
        """Return what is in those inputs of an operation, before it runs, that are the memory of a variable."""
        return {t.name: self.keep(t, env[t]) for t in op.inputs if self._memory.of(t)}

    def _step(self, op: Operation, start: int, lasted: int, calls: _Calls, env: dict, found: dict) -> Step:
        inputs = [t.name for t in op.inputs] + [f"^{c.name}" for c in op.waits_for]
        outputs = [self.keep(t, env[t]) for t in op.values()]
        return Step(op.name, op.type, inputs, start / 1000, lasted / 1000, outputs, calls.turns, calls.count, found)

    def note_accesses(self, op: Operation) -> None:
        """Note what a step has read and written: itself, or by the function bodies that it has called."""
        for cell, value in self._inside if op.op_def.functions else self._accessed(op):
            if value is None:
                self.read[cell][op.name] = None
            else:
                self.written[cell].append((op.name, value))
        self._inside = []

    def _accessed(self, op: Operation) -> list[tuple[Operation, _Write | None]]:
        """Return the variables that an operation has read, with None, and has written, with what is in them now."""
        found = [access for access in accesses(op) if access.cell in self._cells]
        written = dict.fromkeys(access.cell for access in found if access.writes)
        return [(access.cell, None) for access in found if access.reads] + [
            (cell, _Write(self.keep(cell.all_outputs[0], self._cells[cell]), self._moved(cell))) for cell in written
        ]

    def _moved(self, op: Operation) -> Difference | None:
        """Return how far a write has moved a variable; the next write moves it from where it is now."""
        if not self._values:
            return None
        before, now = self._last[op], _copied(self._cells[op])
        self._last[op] = now
        return None if before is None or now is None else difference(before, now)

    def change(self, op: Operation, before: ValueSummary, after: ValueSummary) -> Change:
        """Return what has become of a variable, and which steps have accessed it."""
        steps, writes = [step for step, _ in self.written[op]], [write for _, write in self.written[op]]
        return Change(
            op.name,
            _value_or_none(before),
            _value_or_none(after),
            steps,
            [write.left for write in writes],
            list(self.read[op]),
            [write.moved for write in writes],
        )

    def keep(self, tensor: Tensor, value: Any) -> ValueSummary:
        """Return what is kept of a value: of a variable's cell what is in it now."""
        dtype = tensor.dtype.base_dtype.name
        if isinstance(value, Cell):
            value, dtype = value.value, getattr(tensor.op.op_def, "dtype_", tensor.dtype.base_dtype).name
        if not isinstance(value, (np.ndarray, np.generic, bytes, str, bool, int, float, complex)):
            return ValueSummary(tensor.name, None, dtype, 0)
        array = np.asarray(value)
        size = array.nbytes if array.dtype.kind not in "OSU" else sum(len(v) for v in array.ravel().tolist())
        known: dict[str, Any] = {}
        if self._values and array.size <= self._largest:
            known["value"] = array.copy()
        elif self._values:
            known["statistics"] = statistics_of(array)
        return ValueSummary(tensor.name, array.shape, dtype, size, **known)
