"""Function bodies as callables on arrays: what the kernel of a conditional or a loop is given to call."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from typing import Any

from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.operation import Operation
from minigraph.graph.variable_cell import Cell
from minigraph.runtime.plan import Plan

__all__ = ["FunctionBody", "with_bodies_run_by"]


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

    def with_state(self, state_of: Callable) -> FunctionBody:
        """Return the same body with other state: that which a function gives for an operation."""
        return FunctionBody(self._graph, functools.partial(self._program_of, state_of=state_of))

    def value(self, given: Any) -> Any:
        """Return the value of what an argument is: a cell, which is read, or an array."""
        return self._read(given) if isinstance(given, Cell) else given

    def _program(self, extra: int) -> Any:
        program = self._programs.get(extra)
        if program is None:
            graph = self._graph
            plan = Plan((*graph.outputs, *graph.intermediates[:extra], *graph.effects), graph.inputs)
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
