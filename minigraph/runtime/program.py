"""The numpy engine: carries out a plan step by step, and from its second plain run on as straight-line Python.

It sees an operation only through the rules of its definition. Each line of the emitted function calls one bound
kernel; where a line fails, its number tells which operation it was.
"""

from __future__ import annotations

import contextlib
import copy
import functools
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.gc_paused import gc_paused
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.variable_cell import Cell
from minigraph.runtime import tuning
from minigraph.runtime.aliasing import apart, may_be_memory, takes_memory
from minigraph.runtime.apply_update import Stale, carry_out
from minigraph.runtime.plan import Plan, is_read

if TYPE_CHECKING:
    from minigraph.runtime.recorder.codegen import Specialised

__all__ = ["Program", "FILENAME"]

FILENAME = "<minigraph plan>"


class Program:
    """A plan bound to the state of one session, ready to run.

    Args:
        plan: what to do.
        state_of: gives the state of a stateful operation in the session.
        lock: held while a cell is updated, so that two threads lose no update.
        specialise: repeat a recorded run where feeds of the same shapes come again.
        fuse: compile what can be compiled in it.
        is_open: other runs may go on while this one does: each operation by itself holds the lock.
        borrowed: the feeds that may be memory of variables, as the inputs of a function body may.

    Attributes:
        run: a plain run: the values of the plan's feeds in, the list of the fetched values out.
        switches: the indices of the feeds for whose truth value it is specialised, as it is for the shapes of all.
    """

    def __init__(
        self,
        plan: Plan,
        state_of: Callable[[Operation], Any],
        lock: Any,
        specialise: bool = False,
        fuse: bool = False,
        is_open: bool = False,
        borrowed: Iterable[Tensor] = (),
    ):
        self.plan = plan
        self._memory = may_be_memory(plan.steps, borrowed)
        self._state_of, self._lock = state_of, lock
        self.calls_back = _calls_back(plan.steps)
        self._is_open = is_open or self.calls_back
        self.kernels = [self.bind(op) for op in plan.steps]
        self._arguments: list[str] = []  # of each step, in the emitted function
        self._compiled: Callable | None = None
        self.run: Callable = self._run_once
        self._fuse = fuse
        self._specialises = specialise and not self.calls_back and not any(t.dtype._is_ref for t in plan.feeds)
        self.switches = _switches(plan) if self._specialises else set()
        self.ready: dict[tuple, Callable] = {}  # by the key of the feeds
        self._special: dict[tuple, Specialised | None] = {}  # None: seen once

    def execute(self, feeds: tuple) -> list:
        """Run the plan and return the fetched values, which are the caller's own.

        The first run with feeds of some shapes is a plain one, the second one is recorded; then the function that
        repeats the recording is `ready`.
        """
        if self.calls_back:
            return self._plain(feeds)
        with self._lock:
            return self._execute(feeds) if self._specialises else self._plain(feeds)

    def _execute(self, feeds: tuple) -> list:
        key = self.key(feeds)
        run = self.ready.get(key)
        if run is not None:
            try:
                return run(feeds)
            except Stale:
                self.forget(key)
        if key not in self._special:
            while len(self._special) >= tuning.MOST_SHAPES << len(self.switches):
                self.forget(next(iter(self._special)))
            self._special[key] = None
            return self._plain(feeds)
        from minigraph.runtime.recorder.codegen import (
            Specialised,  # late: a program that runs everything once needs none of it
        )
        from minigraph.runtime.recorder.record import record
        from minigraph.runtime.recorder.simplify import simplify

        with gc_paused():
            values, recording = record(self, feeds)
            special = self._special[key] = Specialised(simplify(recording), self._lock, self._fuse)
        self.ready[key] = special.run
        return [plain(v) for v in values]

    def key(self, feeds: Iterable) -> tuple:
        """Return what of the feeds decides which recorded run they can repeat: the shapes, and which branch a switch
        takes.
        """
        return tuple([bool(value) if i in self.switches else value.shape for i, value in enumerate(feeds)])

    def forget(self, key: tuple) -> None:
        """Drop what is ready for feeds of this key."""
        self._special.pop(key, None)
        self.ready.pop(key, None)

    def trace(self, feeds: tuple, on_step: Callable) -> list:
        """Do what `execute` does, step by step: see `interpret`."""
        with contextlib.nullcontext() if self.calls_back else self._lock:
            return self._plain(feeds, lambda values: self.interpret(values, on_step))

    def cells(self) -> dict[Operation, Cell]:
        """Return the variables that a step takes, and where their values are."""
        states = {op: self._state_of(op) for op in self.plan.steps if op.op_def.stateful}
        return {op: state for op, state in states.items() if isinstance(state, Cell)}

    def _plain(self, feeds: tuple, run: Callable | None = None) -> list:
        values = (run or self.run)(tuple([as_feed(t, v) for t, v in zip(self.plan.feeds, feeds)]))
        with self._lock:
            return [plain(take(f, value)) for f, value in zip(self.plan.fetches, values)]

    def bind(self, op: Operation) -> Callable:
        """Return the function of the input values that carries out `op`."""
        op_def = op.op_def
        if op_def.writes:
            return functools.partial(carry_out, op_def, functools.partial(op_def.update, np), self._lock)
        extra: dict[str, Any] = {}
        if op_def.stateful:
            extra["state"] = self._state_of(op)
        if op_def.functions:
            extra["functions"] = tuple(
                Function(op_def.attr(name), self._state_of, self._lock, self._is_open) for name in op_def.functions
            )
        kernel: Callable = functools.partial(op_def.kernel, np, **extra)
        if op_def.functions or not takes_memory(op, self._memory):
            return kernel
        kernel = apart(kernel, op_def.forwards)
        return self._alone(kernel, op_def.calls_back) if self._is_open else kernel

    def _alone(self, kernel: Callable, calls_back: bool) -> Callable:
        """Return a kernel that no other run's update meets halfway. One that calls the user's code, which may wait for
        another run, gets copies; no lock is held meanwhile."""

        def alone(*arrays: Any) -> Any:
            with self._lock:
                if not calls_back:
                    return kernel(*arrays)
                arrays = tuple([a.copy() if isinstance(a, np.ndarray) else a for a in arrays])
            return kernel(*arrays)

        return alone

    def _run_once(self, feeds: tuple) -> list:
        """Do the first plain run: compiling takes longer than interpreting, and many plans have no second one."""
        self.run = self._run_again
        return self.interpret(feeds)

    def _run_again(self, feeds: tuple) -> list:
        with gc_paused():
            self.run = self._compiled = self._emit()
        return self.run(feeds)

    def _emit(self) -> Callable:
        names: dict[Tensor, str] = {}
        scope: dict[str, Any] = {}
        for i, (tensor, value) in enumerate(self.plan.constants.items()):
            names[tensor] = f"c{i}"
            scope[f"c{i}"] = value
        for i, tensor in enumerate(self.plan.feeds):
            names[tensor] = f"f{i}"
        feeds = "".join(f"f{i}, " for i in range(len(self.plan.feeds)))
        lines = ["def run(feeds):", f" ({feeds}) = feeds" if feeds else " pass"]
        slots = _Slots(self.plan)
        for i, (op, kernel) in enumerate(zip(self.plan.steps, self.kernels)):
            scope[f"k{i}"] = kernel
            arguments = ", ".join([names[t] + ".read()" * is_read(op, j) for j, t in enumerate(op.inputs)])
            self._arguments.append(arguments)
            slots.release(op)
            targets = [slots.take(t) if t not in names else "_" for t in op.all_outputs]
            names.update((t, target) for t, target in zip(op.all_outputs, targets) if target != "_")
            assign = ", ".join(targets) + " = " if targets else ""
            lines.append(f" {assign}k{i}({arguments})")
        fetched = ", ".join(names[f] if isinstance(f, Tensor) else "None" for f in self.plan.fetches)
        lines.append(f" return [{fetched}]")
        exec(compile("\n".join(lines), FILENAME, "exec"), scope)
        return scope["run"]

    def mark(self, error: Any) -> None:
        """Note on an error of an emitted function which operation raised it (`minigraph_op`) and its input values."""
        for special in self._special.values():
            if special is not None:
                special.mark(error)
        run: Any = self._compiled
        traceback = None if run is None or hasattr(error, "minigraph_op") else error.__traceback__
        while traceback is not None:
            frame, at = traceback.tb_frame, traceback.tb_lineno - 3  # the first step stands in line 3
            if frame.f_code is run.__code__ and 0 <= at < len(self.plan.steps):
                values = {**run.__globals__, **frame.f_locals}
                names = [text.partition(".")[0] for text in self._arguments[at].split(", ") if text]
                error.minigraph_op = self.plan.steps[at]
                error.minigraph_inputs = [values.get(name) for name in names]
                return
            traceback = traceback.tb_next

    def interpret(self, feeds: Any, on_step: Callable | None = None) -> list:
        """Run the same plan step by step; return what `run` gives.

        Args:
            feeds: the values of the plan's feeds.
            on_step: called after each step with the operation and its output values.
        """

        def step(op: Operation, kernel: Callable, env: dict) -> None:
            self.carry_out(op, kernel, env)
            if on_step is not None:
                on_step(op, [env.get(t) for t in op.all_outputs])

        return self.through(feeds, step)

    def through(self, feeds: Any, carry_out: Callable) -> list:
        """Go through the plan; return the values of the fetches. Each value is forgotten after its last use.

        Args:
            feeds: the values of the plan's feeds.
            carry_out: called with each operation, its kernel and the values so far, to which it adds the outputs.
        """
        env: dict[Tensor, Any] = {**self.plan.constants, **dict(zip(self.plan.feeds, feeds))}
        last = self.plan.last_uses()
        for op, kernel in zip(self.plan.steps, self.kernels):
            carry_out(op, kernel, env)
            for t in (*op.all_outputs, *op.inputs):
                if last.get(t) is op:
                    env.pop(t, None)
        return [env[f] if isinstance(f, Tensor) else None for f in self.plan.fetches]

    def carry_out(self, op: Operation, kernel: Callable, env: dict) -> None:
        """Run one operation on the values in `env` and add its outputs."""
        values = [env[t] for t in op.inputs]
        try:
            result = kernel(*[v.read() if type(v) is Cell and is_read(op, j) else v for j, v in enumerate(values)])
        except Exception as error:
            if not hasattr(error, "minigraph_op"):
                error.minigraph_op, error.minigraph_inputs = op, values  # type: ignore[attr-defined]
            raise
        for t, value in zip(op.all_outputs, result if len(op.all_outputs) > 1 else (result,)):
            env.setdefault(t, value)  # a fed output keeps the fed value


class _Slots:
    """Choose names for values: a name whose value no later step needs is used again, so the value is freed."""

    def __init__(self, plan: Plan):
        self._last: dict[Tensor, Operation] = {t: op for op in plan.steps for t in op.inputs}
        self._kept = {f for f in plan.fetches if isinstance(f, Tensor)}
        self._free: list[str] = []
        self._names: dict[Tensor, str] = {}

    def take(self, tensor: Tensor) -> str:
        name = self._free.pop() if self._free else f"v{len(self._names)}"
        self._names[tensor] = name
        if tensor not in self._last and tensor not in self._kept:
            self._free.append(name)
        return name

    def release(self, op: Operation) -> None:
        for t in set(op.inputs):
            if self._last[t] is op and t in self._names and t not in self._kept:
                self._free.append(self._names[t])


class Function:
    """A function body as a callable on arrays, sharing the session's state.

    Calling it gives the tuple of the outputs; `with_intermediates` gives beside it the values that gradient bodies
    asked for.
    """

    def __init__(self, body: FuncGraph, state_of: Callable, lock: Any, is_open: bool = False):
        self._body, self._state_of, self._lock, self._is_open = body, state_of, lock, is_open
        self._programs: dict[int, Program] = {}
        self._execute: Callable = lambda program, arrays: program.run(arrays)
        self._read: Callable = Cell.read

    def executed(self, execute: Callable, read: Callable) -> Function:
        """Return the same function, carried out by others: `execute` gets the program and the arrays, `read` a cell."""
        other = copy.copy(self)
        other._execute, other._read = execute, read
        return other

    def value(self, given: Any) -> Any:
        """Return the value of what an argument is: a cell, which is read, or an array."""
        return self._read(given) if isinstance(given, Cell) else given

    def _program(self, extra: int) -> Program:
        program = self._programs.get(extra)
        if program is None:
            body = self._body
            plan = Plan((*body.outputs, *body.intermediates[:extra]), body.inputs)
            program = self._programs[extra] = Program(
                plan, self._state_of, self._lock, is_open=self._is_open, borrowed=body.inputs
            )
        return program

    def _run(self, extra: int, arrays: tuple) -> list:
        program = self._program(extra)
        try:
            return self._execute(
                program, tuple([a if t.dtype._is_ref else self.value(a) for t, a in zip(self._body.inputs, arrays)])
            )
        except Exception as error:
            program.mark(error)
            raise

    def __call__(self, *arrays: Any) -> tuple:
        return tuple(self._run(0, arrays)[: len(self._body.outputs)])

    def with_intermediates(self, *arrays: Any) -> tuple[tuple, tuple]:
        """Return (outputs, intermediates)."""
        count = len(self._body.intermediates)
        values, given = self._run(count, arrays), len(self._body.outputs)
        return tuple(values[:given]), tuple(values[given : given + count])


def _switches(plan: Plan) -> set[int]:
    """Return the indices of the feeds that may choose a branch: the scalar booleans, unless there are too many of
    them.
    """
    found = {i for i, t in enumerate(plan.feeds) if t.dtype.name == "bool" and t.shape.tuple == ()}
    branches = any(op.op_def.functions for op in plan.steps)
    return found if branches and len(found) <= tuning.MOST_SWITCHES else set()


def _calls_back(ops: Any) -> bool:
    """Return True if one of the operations, or one in their bodies, calls a function of the user's."""
    return any(
        op.op_def.calls_back
        or op.op_def.functions
        and any(_calls_back(op.op_def.attr(name).get_operations()) for name in op.op_def.functions)
        for op in ops
    )


def take(fetch: Any, value: Any) -> Any:
    """Return a fetched value; a variable is read at the end of the run."""
    if isinstance(fetch, Tensor) and fetch.dtype._is_ref:
        try:
            return value.read()
        except errors.FailedPreconditionError as error:
            error.minigraph_op, error.minigraph_inputs = fetch.op, []  # type: ignore[attr-defined]
            raise
    return value


def plain(value: Any) -> Any:
    """Return a value as TF1 gives it: numpy scalars for scalars, bytes for a string, arrays that nobody else holds."""
    if isinstance(value, np.ndarray):
        return value.copy() if value.ndim else value[()]
    return value


def as_feed(tensor: Tensor, value: Any) -> Any:
    """Return the value to run with for a fed tensor: where a ref is fed, a cell that holds a copy of the value."""
    return Cell(tensor.name, None, np.array(value)) if tensor.dtype._is_ref else value
