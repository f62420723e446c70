"""Record one run of a plan, for feeds of these shapes.

The run is a real one: its values are fetched and its updates stay. What is recorded beside it is the list of numpy
calls that the same run with other numbers makes, with all shapes known.

A tensor that is the memory of a variable is kept as `Held`, and read by the operations that compute with it, when they
do: a write in between is seen. So the calls tell in their order which numbers each takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from minigraph.graph.operation import Operation
from minigraph.graph.recordable import Holder, is_tree
from minigraph.graph.shapes import TensorShape
from minigraph.graph.variable_cell import Cell
from minigraph.runtime import tuning
from minigraph.runtime.aliasing import apart, is_all_of
from minigraph.runtime.interpreter import Interpreter
from minigraph.runtime.plan import is_read
from minigraph.runtime.recorder import tracer
from minigraph.runtime.recorder.calls import Call, Value, replaced
from minigraph.runtime.recorder.shape_facts import Known, fixed
from minigraph.runtime.recorder.tracer import Recorder, StandIn, Traced, Untraceable, array_of, value_of, xp

__all__ = ["Recording", "record"]


@dataclass
class Recording:
    """What a recorded run did.

    Attributes:
        calls: the numpy calls, in order.
        feeds: the values of the plan's feeds.
        fetches: for each fetch its value, an array where it is the same in every run, or None for an operation.
        merged: pairs of an operation and the one whose equal call serves it too.
    """

    calls: list[Call]
    feeds: list[Value]
    fetches: list
    merged: list[tuple[Operation, Operation]] = field(default_factory=list)


class Held(StandIn):
    """Stands for the memory of a variable, as a tensor that hands it on has it: perhaps in another shape or type."""

    __slots__ = ("cell", "shape", "dtype")

    def __init__(self, cell: Cell, shape: tuple, dtype: Any):
        self.cell, self.shape, self.dtype = cell, shape, dtype


def record(program: Any, feeds: tuple) -> tuple[list, Recording]:
    """Run a program once; return the fetched values and the recording."""
    interpreter = _RecordingInterpreter()
    given = [interpreter.recorder.traced(array) for array in feeds]
    found = interpreter.run(program, [np.array(x._array) if i in program.switches else x for i, x in enumerate(given)])
    found = [interpreter.fetched(f, value) for f, value in zip(program.plan.fetches, found)]
    values = [f._array if isinstance(f, Traced) else f for f in found]
    fetches = [f._value if isinstance(f, Traced) else f for f in found]
    return values, Recording(interpreter.recorder.calls, [x._value for x in given], fetches)


class _RecordingInterpreter(Interpreter):
    """Run operations on stand-ins, which tell the recorder what is done with them."""

    def __init__(self) -> None:
        self.recorder = Recorder()
        self.current: dict[Cell, Traced] = {}  # the memory of the cells, since the last write
        self.left = tuning.MOST_STEPS
        self.unknown = self.recorder.traced(None)  # what must not be looked at

    def run_op(self, op: Operation, kernel: Any, env: dict) -> None:
        for t, result in zip(op.all_outputs, self._results(op, kernel, [env[t] for t in op.inputs])):
            env.setdefault(t, result)  # a fed output keeps the fed value

    def _results(self, op: Operation, kernel: Any, inputs: list) -> tuple:
        """Run one operation; return the values of its outputs."""
        self.recorder.op = op
        mark = len(self.recorder.calls)
        try:
            if op.op_def.writes:
                return self._update(op, kernel, inputs)
            if op.op_def.functions:
                return self._bodies(op, kernel, inputs)
            given = self._given(op, inputs)
            return self._handed_on(op, inputs, given, _formula(op, given))
        except Exception as error:  # not recordable, or a failure, which the kernel will tell in its own words
            if hasattr(error, "minigraph_op"):
                raise  # the kernel of an operation in a body has told it
            calls = self.recorder.calls
            calls[mark:] = [call for call in calls[mark:] if call.kind == "read"]  # `current` has their values
        return self._whole(op, kernel, inputs)

    def _bodies(self, op: Operation, kernel: Any, inputs: list) -> tuple:
        """Run the bodies that the kernel calls, if it is sure that no numbers decide which, and how often.

        First the kernel is tried on constants alone, without effects: it raises `Untraceable` if it looks at anything
        else.
        """
        bodies = kernel.keywords["functions"]
        trial = _OnConstants(self.unknown, self.left)
        op.op_def.kernel(xp, *inputs, functions=[b.run_by(trial.run_body, lambda cell: self.unknown) for b in bodies])
        self.left = trial.left
        result = op.op_def.kernel(xp, *inputs, functions=[b.run_by(self.run, self.memory) for b in bodies])
        return tuple(result) if len(op.all_outputs) > 1 else (result,)

    # Memory

    def read(self, cell: Cell) -> Traced:
        """Return the memory of a cell, as it is until the next write."""
        if cell not in self.current:
            array = cell.read()
            value = Value(array, fixed=cell.shape is not None, cells=frozenset([cell]))
            self.recorder.calls.append(Call("read", cell, (), {}, (value,), self.recorder.op))
            self.current[cell] = self.recorder.traced(array, value)
        return self.current[cell]

    def memory(self, x: Any) -> Any:
        """For a cell, or what it is handed on as, its memory as an array; anything else as it is."""
        if isinstance(x, Cell):
            return self.read(x)
        if not isinstance(x, Held):
            return x
        array = self.read(x.cell)
        if x.dtype != array.dtype:
            array = self.recorder.call("view", tracer.viewed, (array, x.dtype))
        return array if array.shape == x.shape else self.recorder.call("view", np.reshape, (array, x.shape))

    def numbers(self, x: Any) -> Any:
        """Return the same for an operation that computes: a single number is taken out of the memory."""
        x = self.memory(x)
        is_number = _is_of_cells(x) and x._value.shape == () and x.dtype != object
        return self.recorder.call("call", tracer.item, (x, ())) if is_number else x

    def _given(self, op: Operation, inputs: list) -> list:
        """Return the inputs as a formula takes them."""
        if any(_is_taken(op, j, x) for j, x in enumerate(inputs)):
            raise Untraceable("takes a cell")
        in_variables = op.op_def.chooses and any(isinstance(x, (Cell, Held)) for x in inputs)
        if in_variables or op.op_def.forwards and any(map(_is_of_cells, inputs)):
            raise Untraceable("which memory it is may differ from run to run")
        return [*map(self.memory if op.op_def.forwards else self.numbers, inputs)]

    def _handed_on(self, op: Operation, inputs: list, given: list, results: tuple) -> tuple:
        """Return the results of a formula: held, what is memory that it forwards; copied, what else shares memory."""
        taken = [(x, array._array) for x, array in zip(inputs, given) if _is_of_cells(array)]
        return tuple([self._apart(op, r, taken) for r in results]) if taken else results

    def _apart(self, op: Operation, result: Any, taken: list) -> Any:
        for x, memory in taken if isinstance(result, Traced) else ():
            if np.may_share_memory(result._array, memory):
                if op.op_def.forwards and is_all_of(result._array, memory):
                    return Held(x if isinstance(x, Cell) else x.cell, result.shape, result.dtype)
                return self.recorder.call("into", tracer.snapshot, (result,)) if result.shape else self.numbers(result)
        return result

    # Updates

    def _update(self, op: Operation, kernel: Any, inputs: list) -> tuple:
        cells = [inputs[i] for i in op.op_def.writes]
        values = [*map(self.numbers, inputs)]
        known = all(c.shape is not None and c.value is not None and c.value.dtype != object for c in cells)
        if not known or any(map(_is_loose, values)):
            raise Untraceable("a cell of unknown shape")
        results = self._formula_of_update(op.op_def, values, cells[0])
        fit = all(r.shape == cell.shape and r.dtype == cell.value.dtype for r, cell in zip(results, cells))
        if not fit or len(set(cells)) < len(cells):
            raise Untraceable("another shape")
        kernel(*[x if _is_taken(op, j, x) else array_of(values[j]) for j, x in enumerate(inputs)])
        for cell, new in zip(cells, results):
            self.recorder.calls.append(Call("write", cell, (new,), {}, (), op))
            self.current.pop(cell, None)
        return (cells[0],)

    def _formula_of_update(self, op_def: Any, values: list, cell: Cell) -> list:
        """Record an update rule; return the new values. One that goes element by element is recorded on the first
        few elements, so that it is carried out once only."""
        mark, whole = len(self.recorder.calls), cell.shape
        small = op_def.elementwise and cell.value.size > tuning.BLOCK
        small = small and all(x.shape == () or x.shape == whole and isinstance(x, Traced) for x in values)
        if small:
            values = [
                self.recorder.traced(_first_piece(x._array), x._value) if isinstance(x, Traced) else x for x in values
            ]
        result = op_def.update(xp, *values)
        for value in [v for call in self.recorder.calls[mark:] for v in call.outputs] if small else ():
            if value.shape:
                value.spread(whole)
        results = result if len(op_def.writes) > 1 else (result,)
        return [r._value if isinstance(r, Traced) else r for r in results]

    # Whole kernels

    def _whole(self, op: Operation, kernel: Any, inputs: list) -> tuple:
        """Run a kernel as one call."""
        taken = self.memory if op.op_def.forwards else self.numbers
        values = [x if _is_taken(op, j, x) else replaced(x, taken) for j, x in enumerate(inputs)]
        arrays = [replaced(x, array_of) for x in values]
        try:
            result = kernel(*arrays)
        except Exception as error:
            if not hasattr(error, "minigraph_op"):
                error.minigraph_op, error.minigraph_inputs = op, arrays  # type: ignore[attr-defined]
            raise
        results = tuple(result) if len(op.all_outputs) > 1 else (result,) if op.all_outputs else ()
        if not op.inputs and all(isinstance(r, Cell) for r in results):
            return results  # a variable: its cell is the same in every run
        for cell in arrays:
            if isinstance(cell, Cell):
                self.current.pop(cell, None)
        args = tuple(replaced(x, value_of) for x in values)
        hidden = op.op_def.functions and any(isinstance(x, Cell) for x in inputs)  # reads, which are not checked
        are_fixed = [False] * len(results) if hidden else fixed(op, [*map(_known, values)], results)
        shared = _sharing(op, results, values)
        outputs = tuple(Value(r, shared, is_fixed) for r, is_fixed in zip(results, are_fixed))
        cells = any(isinstance(r, Cell) for r in results)
        self.recorder.calls.append(
            Call("kernel", kernel if shared or not outputs else apart(kernel), args, {}, () if cells else outputs, op)
        )
        return results if cells else tuple(map(self.recorder.traced, results, outputs))

    def fetched(self, fetch: Any, value: Any) -> Any:
        """Return what a fetch gives: a stand-in, a constant or None. Memory is read at the end of the run."""
        self.recorder.op = getattr(fetch, "op", fetch)
        return self.numbers(value)


class _OnConstants(Interpreter):
    """Run function bodies on what is the same in every run, without effects.

    Args:
        unknown: stands for all else.
        left: how many steps may run.
    """

    def __init__(self, unknown: Any, left: int):
        self._unknown, self.left = unknown, left

    def run_body(self, program: Any, arrays: Iterable) -> list:
        """Run a body; raise `Untraceable` after too many steps."""
        self.left -= len(program.plan.steps) + 1
        if self.left < 0:
            raise Untraceable("a long loop")
        return self.run(program, arrays)

    def run_op(self, op: Operation, kernel: Any, env: dict) -> None:
        env.update(zip(op.all_outputs, self._results(op, [env[t] for t in op.inputs])))

    def _results(self, op: Operation, inputs: list) -> tuple:
        """Return what a formula gives for constants, as it will when the run is recorded."""
        try:
            if not op.op_def.functions and all(isinstance(x, (np.ndarray, np.generic)) for x in inputs):
                return _formula(op, inputs)
        except Exception:  # then its kernel is one call
            pass
        return (self._unknown,) * len(op.all_outputs)


def _formula(op: Operation, inputs: list) -> tuple:
    """Run the kernel of a pure operation on stand-ins; raise `Untraceable` where that cannot be recorded."""
    if not op.op_def.is_pure or any(_is_loose(x) for x in inputs):
        raise Untraceable(op.type)
    result = op.op_def.kernel(xp, *inputs)
    results = result if len(op.all_outputs) > 1 else (result,)
    for r in _flat(results):
        if not isinstance(r, StandIn) and not (
            isinstance(r, (np.ndarray, np.generic)) and r.size <= tuning.LARGEST_CONSTANT
        ):
            raise Untraceable("a large constant")
    return tuple(results)


def _sharing(op: Operation, results: tuple, values: list) -> tuple[Value, ...]:
    """Return the values whose memory what a kernel gives may share; if () it is kept apart from all.

    One that forwards, or that gives something that holds arrays, may share with each of its arguments, whichever it
    was in the recorded run.
    """
    found = [x for x in _flat(values) if isinstance(x, Traced)]
    known = op.op_def.forwards or not all(isinstance(r, (np.ndarray, np.generic, bytes, str)) for r in results)
    if (
        known
        or not any(map(_is_of_cells, found))
        and any(np.may_share_memory(r, x._array) for r in results for x in found if isinstance(x._array, np.ndarray))
    ):
        return tuple(dict.fromkeys(x._value for x in found))
    return ()


def _flat(tree: Any) -> Iterator:
    """Yield the leaves of a tree of tuples and lists, of a holder the arrays."""
    for each in tree:
        if is_tree(each):
            yield from _flat(each.arrays() if isinstance(each, Holder) else each)
        else:
            yield each


def _is_taken(op: Operation, j: int, x: Any) -> bool:
    """Return True if an operation takes a cell as its input `j`, rather than the value in it."""
    return isinstance(x, Cell) and not is_read(op, j)


def _first_piece(array: Any) -> Any:
    """Return the first elements of an array, on which an elementwise formula does what it does on all."""
    return array.reshape(-1)[: tuning.PIECE] if np.ndim(array) else array


def _is_of_cells(x: Any) -> bool:
    return isinstance(x, Traced) and bool(x._value.cells)


def _is_loose(x: Any) -> bool:
    return isinstance(x, Traced) and x._value.shape is None


def _known(x: Any) -> Known:
    """Return what is known of a value when the feeds' shapes are."""
    if isinstance(x, Traced):
        return Known(TensorShape.of(x._value.shape))
    return Known(TensorShape.of(x.shape), x) if isinstance(x, (np.ndarray, np.generic)) else Known()
