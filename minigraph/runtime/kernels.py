"""Bind operations to the state of a session: each becomes a kernel, a function of its input values alone."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.variable_cell import Cell
from minigraph.runtime.aliasing import apart, may_be_memory, takes_memory
from minigraph.runtime.apply_update import carry_out
from minigraph.runtime.plan import Plan

__all__ = ["Binder", "FunctionBody", "may_wait", "with_bodies_run_by"]


class Binder:
    """Make kernels of the operations of a plan.

    Args:
        plan: the plan.
        state_of: gives the state of a stateful operation in the session.
        lock: held while a cell is updated, so that two threads lose no update.
        is_open: other runs may go on while this one does: each operation by itself holds the lock.
        borrowed: the feeds that may be memory of variables, as the inputs of a function body may.
        program_of: makes the program for the plan of a function body.
    """

    def __init__(
        self,
        plan: Plan,
        state_of: Callable[[Operation], Any],
        lock: Any,
        is_open: bool,
        borrowed: Iterable[Tensor],
        program_of: Callable,
    ):
        self._memory = may_be_memory(plan.steps, borrowed)
        self._state_of, self._lock, self._is_open, self._program_of = state_of, lock, is_open, program_of

    def bind(self, op: Operation) -> Callable:
        """Return the function of the input values that carries out `op`."""
        op_def = op._op_def
        if op_def.writes:
            return functools.partial(carry_out, op_def, functools.partial(op_def.update, np), self._lock)
        extra: dict[str, Any] = {}
        if op_def.stateful:
            extra["state"] = self._state_of(op)
        if op_def.functions:
            extra["functions"] = tuple([FunctionBody(op_def.attr(name), self._program_of) for name in op_def.functions])
        kernel: Callable = functools.partial(op_def.kernel, np, **extra)
        if op_def.functions:
            return kernel
        if takes_memory(op, self._memory):
            kernel = apart(kernel, op_def.forwards)
        elif op_def.waits or not any(t._dtype._is_ref for t in op._inputs):
            return kernel
        return self._alone(kernel, op_def.calls_back or op_def.waits) if self._is_open else kernel

    def _alone(self, kernel: Callable, may_wait: bool) -> Callable:
        """Return a kernel that no other run's update meets halfway. One that may wait for another run, by itself or in
        the user's code, gets copies; no lock is held meanwhile."""

        def alone(*arrays: Any) -> Any:
            with self._lock:
                if not may_wait:
                    return kernel(*arrays)
                arrays = tuple([a.copy() if isinstance(a, np.ndarray) else a for a in arrays])
            return kernel(*arrays)

        return alone


class FunctionBody:
    """A function body as a callable on arrays, sharing the session's state.

    Calling it gives the tuple of the outputs; `with_intermediates` gives beside it the values that gradient bodies
    asked for.

    Args:
        graph: the body.
        program_of: makes a program of a plan for it and of the feeds that may be memory of variables.
    """

    def __init__(self, graph: FuncGraph, program_of: Callable):
        self._graph, self._program_of = graph, program_of
        self._programs: dict[int, Any] = {}
        self._run: Callable = lambda program, arrays: program.run(arrays)
        self._read: Callable = Cell.read

    def run_by(self, run: Callable, read: Callable) -> FunctionBody:
        """Return the same body, run by others: `run` gets the program and the arrays, `read` a cell."""
        other = copy.copy(self)
        other._run, other._read = run, read
        return other

    def value(self, given: Any) -> Any:
        """Return the value of what an argument is: a cell, which is read, or an array."""
        return self._read(given) if isinstance(given, Cell) else given

    def _program(self, extra: int) -> Any:
        program = self._programs.get(extra)
        if program is None:
            graph = self._graph
            plan = Plan((*graph.outputs, *graph.intermediates[:extra]), graph.inputs)
            program = self._programs[extra] = self._program_of(plan, graph.inputs)
        return program

    def _values(self, extra: int, arrays: tuple) -> list:
        program = self._program(extra)
        given = tuple([a if t._dtype._is_ref else self.value(a) for t, a in zip(self._graph.inputs, arrays)])
        try:
            return self._run(program, given)
        except Exception as error:
            program.mark(error)
            raise

    def __call__(self, *arrays: Any) -> tuple:
        return tuple(self._values(0, arrays)[: len(self._graph.outputs)])

    def with_intermediates(self, *arrays: Any) -> tuple[tuple, tuple]:
        """Return (outputs, intermediates)."""
        count = len(self._graph.intermediates)
        values, given = self._values(count, arrays), len(self._graph.outputs)
        return tuple(values[:given]), tuple(values[given : given + count])


def with_bodies_run_by(run: Callable, op: Operation, kernel: Any) -> Callable:
    """Return the kernel of `op` with `run`, a function of a program and arrays, to run its function bodies."""
    if not op._op_def.functions:
        return kernel
    bodies = tuple([body.run_by(run, Cell.read) for body in kernel.keywords["functions"]])
    return functools.partial(kernel, functions=bodies)


def may_wait(ops: Iterable[Operation]) -> bool:
    """Return True if one of the operations, or one in their bodies, may wait for another run, by itself or in a
    function of the user's."""
    return any(
        op._op_def.calls_back
        or op._op_def.waits
        or op._op_def.functions
        and any(may_wait(op._op_def.attr(name).get_operations()) for name in op._op_def.functions)
        for op in ops
    )
