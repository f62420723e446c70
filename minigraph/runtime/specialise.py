"""Specialising: one run of a plan that is recorded, for feeds of these shapes.

The run is a real one: its values are fetched and its updates stay. What is recorded beside it is the list of numpy
calls that the same run with other numbers makes, with all shapes known.
"""
from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from minigraph.graph.cell import Cell
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.runtime.plan import is_read
from minigraph.runtime.recording import Call, Recorder, Traced, Untraceable, Value, xp
from minigraph.runtime.updates import BLOCK, first_piece

__all__ = ["Recording", "record"]

_LARGEST = 1 << 20      # elements of a constant that is kept rather than computed in each run


class Recording:
    """What a recorded run did.

    Attributes:
        calls: the numpy calls, in order.
        feeds: the values of the plan's feeds.
        fetches: for each fetch its value, an array where it is the same in every run, or None for an operation.
        dynamic: the cells whose arrays are replaced by whole kernels.
        merged: pairs of an operation and the one whose equal call serves it too.
    """

    def __init__(self, calls: list[Call], feeds: list[Value], fetches: list, dynamic: set[Cell],
                 merged: tuple[tuple[Operation, Operation], ...] = ()):
        self.calls, self.feeds, self.fetches, self.dynamic, self.merged = calls, feeds, fetches, dynamic, merged


def record(program: Any, feeds: tuple) -> tuple[list, Recording]:
    """Runs a program once; gives the fetched values and the recording."""
    walk = _Walk(program, feeds)
    dying = program.plan.last_uses()
    for op, kernel in zip(program.plan.steps, program.kernels):
        walk.step(op, kernel)
        for t in dying.get(op, ()):
            walk.env.pop(t, None)
    found = [walk.fetch(f) for f in program.plan.fetches]
    values = [f._array if isinstance(f, Traced) else f for f in found]
    fetches = [f._value if isinstance(f, Traced) else f for f in found]
    return values, Recording(walk.recorder.calls, walk.feeds, fetches, walk.dynamic)


class _Walk:
    """The state of a recorded run."""

    def __init__(self, program: Any, feeds: tuple):
        self.recorder = Recorder()
        self.env: dict[Tensor, Any] = dict(program.plan.constants)
        given = [self.recorder.traced(array) for array in feeds]
        self.env.update(zip(program.plan.feeds, given))
        self.fed = set(program.plan.feeds)
        self.feeds = [each._value for each in given]
        self.current: dict[Cell, Traced] = {}       # what the cells hold, as far as it is known
        self.dynamic: set[Cell] = set()

    def step(self, op: Operation, kernel: Any) -> None:
        """Carries out one operation."""
        self.recorder.op = op
        inputs = [self.env[t] for t in op._inputs]
        mark = len(self.recorder.calls)
        try:
            if op.op_def.writes:
                results = self._update(op, kernel, inputs)
            else:
                results = self._formula(op, self._read_cells(op, inputs))
        except Exception:       # not recordable, or a failure, which the kernel itself will tell in its own words
            calls = self.recorder.calls
            calls[mark:] = [call for call in calls[mark:] if call.kind == "read"]       # `current` has their values
            results = self._whole(op, kernel, inputs)
        for t, result in zip(op._outputs, results):
            if t not in self.fed:
                self.env[t] = result

    def _read_cells(self, op: Operation, inputs: list) -> list:
        if any(isinstance(x, Cell) for x in inputs) and (op.op_def.functions or not op.op_def.is_pure):
            raise Untraceable("takes a cell")
        return [self.read(x) if isinstance(x, Cell) else x for x in inputs]

    def read(self, cell: Cell) -> Traced:
        """The value of a cell now."""
        if cell not in self.current:
            array = cell.read()
            value = Value(array, fixed=cell.shape is not None)
            self.recorder.calls.append(Call("read", cell, (), {}, (value,), self.recorder.op))
            self.current[cell] = self.recorder.traced(array, value)
        return self.current[cell]

    def _formula(self, op: Operation, inputs: list) -> tuple:
        if not op.op_def.is_pure or op.op_def.functions or any(_is_loose(x) for x in inputs):
            raise Untraceable(op.type)
        result = op.op_def.kernel(xp, *inputs)
        results = result if len(op._outputs) > 1 else (result,)
        if any(not isinstance(r, (Traced, np.ndarray, np.generic)) or r.size > _LARGEST and not isinstance(r, Traced)
               for r in results):
            raise Untraceable("a large constant")
        return tuple(results)

    def _update(self, op: Operation, kernel: Any, inputs: list) -> tuple:
        cells = [inputs[i] for i in op.op_def.writes]
        if not getattr(op.op_def, "validate_shape", True) or any(map(_is_loose, inputs)) or any(
                cell.shape is None or cell.value is None or cell.value.dtype == object for cell in cells):
            raise Untraceable("a cell of unknown shape")
        values = [self.read(x) if isinstance(x, Cell) else x for x in inputs]
        results = self._formula_of_update(op.op_def, values, cells[0])
        if len(set(cells)) < len(cells) or any(
                r.shape != cell.shape or r.dtype != cell.value.dtype for r, cell in zip(results, cells)):
            raise Untraceable("another shape")
        del values
        for cell in cells:
            self.current.pop(cell, None)
        kernel(*[x._array if isinstance(x, Traced) else x for x in inputs])
        for cell, new in zip(cells, results):
            self.recorder.calls.append(Call("write", cell, (new,), {}, (), op))
            if isinstance(new, Value):
                self.current[cell] = self.recorder.traced(cell.value, new)
        return (cells[0],)

    def _formula_of_update(self, op_def: Any, values: list, cell: Cell) -> list:
        """Records an update rule; gives the new values. One that goes element by element is recorded on the first
        few elements, so that it is carried out once only."""
        mark = len(self.recorder.calls)
        whole, small = cell.shape, op_def.elementwise and cell.value.size > BLOCK and all(
            x.shape == () or x.shape == cell.shape and isinstance(x, Traced) for x in values)
        if small:
            values = [self.recorder.traced(first_piece(x._array), x._value) if isinstance(x, Traced) else first_piece(x)
                      for x in values]
        result = op_def.update(xp, *values)
        for value in [v for call in self.recorder.calls[mark:] for v in call.outputs] if small else ():
            if value.shape:
                value.spread(whole)
        results = result if len(op_def.writes) > 1 else (result,)
        return [r._value if isinstance(r, Traced) else r for r in results]

    def _whole(self, op: Operation, kernel: Any, inputs: list) -> tuple:
        """Runs a kernel as one call."""
        values = list(inputs)
        if not op.op_def.writes:
            values = [self.read(x) if isinstance(x, Cell) and is_read(op, j) else x
                      for j, x in enumerate(inputs)]
        arrays = [x._array if isinstance(x, Traced) else x for x in values]
        try:
            result = kernel(*arrays)
        except Exception as error:
            if not hasattr(error, "minigraph_op"):
                error.minigraph_op, error.minigraph_inputs = op, arrays         # type: ignore[attr-defined]
            raise
        results = tuple(result) if len(op._outputs) > 1 else (result,) if op._outputs else ()
        if not op._inputs and all(isinstance(r, Cell) for r in results):
            return results          # a variable: its cell is the same in every run
        for cell in arrays:
            if isinstance(cell, Cell):
                self.dynamic.add(cell)
                self.current.pop(cell, None)
        args = tuple(x._value if isinstance(x, Traced) else x for x in values)
        fixed = _has_fixed_shapes(op, inputs, results)
        outputs = tuple(Value(r, self._shared(r, values), fixed) for r in results)
        cells = any(isinstance(r, Cell) for r in results)
        self.recorder.calls.append(Call("kernel", kernel, args, {}, () if cells else outputs, op))
        return results if cells else tuple(map(self.recorder.traced, results, outputs))

    @staticmethod
    def _shared(result: Any, values: list) -> tuple:
        """The values whose memory a kernel's result shares."""
        if not isinstance(result, np.ndarray):
            return ()
        return tuple(x._value for x in values if isinstance(x, Traced) and isinstance(x._array, np.ndarray)
                     and np.may_share_memory(result, x._array))

    def fetch(self, fetch: Any) -> Any:
        """What a fetch gives: a stand-in, a constant or None."""
        if isinstance(fetch, Operation):
            return None
        found = self.env[fetch]
        if isinstance(found, Cell):
            self.recorder.op = fetch._op
            return self.read(found)
        return found


def _is_loose(x: Any) -> bool:
    return isinstance(x, Traced) and x._value.shape is None


def _has_fixed_shapes(op: Operation, inputs: list, results: tuple) -> bool:
    """Do the shapes of the inputs decide those of the outputs?"""
    if all(t._shape.is_fully_defined() for t in op._outputs):
        return True
    if any(map(_is_loose, inputs)) or op.op_def.functions:
        return False
    try:
        found = op.op_def.shape(*[_known(op, j, x) for j, x in enumerate(inputs)])
    except Exception:
        return False
    shapes = found if isinstance(found, (tuple, list)) else (found,)
    return len(shapes) == len(results) and all(
        isinstance(s, TensorShape) and s.is_fully_defined() and s.tuple == np.shape(r) for s, r in zip(shapes, results))


def _known(op: Operation, j: int, x: Any) -> Any:
    """An input as a shape rule sees it, with all that is known when the feeds' shapes are."""
    constant = not isinstance(x, (Traced, Cell))
    shape = TensorShape.of(x.shape) if not isinstance(x, Cell) else TensorShape(x.shape)
    static = op.op_def.static_inputs
    if static is not ... and j not in static and j - len(op._inputs) not in static:
        return shape
    return SimpleNamespace(tensor=op._inputs[j], shape=shape, value=np.asarray(x) if constant else None, asked=False,
                           as_shape=TensorShape(np.asarray(x).tolist()) if constant and x.ndim == 1 else TensorShape(
                               None))
