"""`Program`: a plan bound to the state of one session, and the choice of how to run it.

There are three tiers. Each is faster than the one before, takes longer to prepare, and gives the same values:

- *interpreted* (`interpreter.py`): operation by operation, with nothing to prepare. The first run.
- *emitted* (`emitter.py`): straight-line Python, a line for each operation. What is not the first run and is not
  recorded: the first run with feeds of further shapes, function bodies, and plans that call the user's code or whose
  session was told `opt_level` L0.
- *recorded* (`recorder/`): straight-line Python for feeds of certain shapes, a line for each numpy call that is left
  when the calls of one run are simplified. The second run with feeds of the same shapes is interpreted by the
  recorder; from the third run on its recording is run.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from minigraph.graph.gc_paused import gc_paused
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.variable_cell import Cell
from minigraph.runtime import recorder, tuning
from minigraph.runtime.aliasing import apart, may_be_memory, takes_memory
from minigraph.runtime.apply_update import Stale, carry_out
from minigraph.runtime.emitter import Emitted
from minigraph.runtime.feeds import as_feed
from minigraph.runtime.fetches import plain, take
from minigraph.runtime.function_body import FunctionBody
from minigraph.runtime.interpreter import Interpreter
from minigraph.runtime.plan import Plan

__all__ = ["Program", "execute"]


class Program:
    """A plan bound to the state of one session, ready to run.

    Each operation is bound to a kernel, a function of its input values, one for each step of the plan.
    """

    def __init__(
        self,
        plan: Plan,
        state_of: Callable[[Operation], Any],  # gives the state of a stateful operation in the session
        lock: Any,  # held while a cell is updated, so that two threads lose no update
        records: bool = False,  # use the third tier too
        fuse: bool = False,  # compile what can be compiled in a recorded run
        is_open: bool = False,  # other runs may go on meanwhile: each operation by itself holds the lock
        borrowed: Iterable[Tensor] = (),  # feeds that may be memory of variables, as the inputs of a body may
    ):
        self.plan = plan
        self.may_wait = has_any(plan.steps, "calls_back", "waits")  # for another run: no lock is held during one
        self.is_interpreted = has_any(plan.steps, "kills")  # no other tier knows of operations that do not run
        self._state_of, self._lock = state_of, lock
        self._is_open = is_open or self.may_wait
        self._memory = may_be_memory(plan.steps, borrowed)
        self.kernels = [self.bind(op) for op in plan.steps]
        self._emitted: Emitted | None = None
        self.run: Callable = self._run_interpreted  # the first two tiers: values of the feeds in, of the fetches out
        self._fuse, self._wanted = fuse, (records, fuse)
        takes_cells = any(t.dtype._is_ref for t in plan.feeds)
        self._records = records and not (self.may_wait or self.is_interpreted or takes_cells)
        self.switches = _switches(plan) if self._records else set()  # the feeds whose truth value is in the key
        self.recorded: dict[tuple, Callable] = {}  # the third tier, by the `key` of the feeds; its results are owned
        self.recordings: dict[tuple, Any] = {}  # what `recorded` was made from; None for a key seen only once

    def bind(self, op: Operation) -> Callable:
        """Return the function of the input values that carries out `op`."""
        op_def = op._op_def
        if op_def.writes:
            return functools.partial(carry_out, op_def, functools.partial(op_def.update, np), self._lock)
        extra: dict[str, Any] = {}
        if op_def.stateful:
            extra["state"] = self._state_of(op)
        if op_def.functions:
            extra["functions"] = tuple([FunctionBody(op_def.attr(name), self._of_body) for name in op_def.functions])
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

    def like(self, plan: Plan) -> Program:
        """Return a program for another plan, with the same state and options."""
        return Program(plan, self._state_of, self._lock, *self._wanted)

    def _of_body(self, plan: Plan, inputs: Iterable[Tensor], state_of: Callable | None = None) -> Program:
        return Program(plan, state_of or self._state_of, self._lock, is_open=self._is_open, borrowed=inputs)

    def execute(self, feeds: tuple) -> list:
        """Run the plan in the highest tier that is there; return the fetched values, which are the caller's own."""
        if self.may_wait:
            return self._fetched(self.run, feeds)
        with self._lock:
            return self._run_third_tier(feeds) if self._records else self._fetched(self.run, feeds)

    def interpret(self, feeds: tuple, interpreter: Interpreter) -> list:
        """Do what `execute` does by an interpreter."""
        with contextlib.nullcontext() if self.may_wait else self._lock:
            return self._fetched(functools.partial(interpreter.run, self), feeds)

    def _fetched(self, run: Callable, feeds: tuple) -> list:
        values = run(tuple([as_feed(t, v) for t, v in zip(self.plan.feeds, feeds)]))
        with self._lock:
            return [plain(take(f, value)) for f, value in zip(self.plan.fetches, values)]

    # The tiers

    def _run_interpreted(self, feeds: tuple) -> list:
        self.run = self.run if self.is_interpreted else self._run_emitted  # the next run: many plans have none
        return Interpreter().run(self, feeds)

    def _run_emitted(self, feeds: tuple) -> list:
        with gc_paused():
            self._emitted = Emitted(self.plan, self.kernels)
        self.run = self._emitted.run
        return self.run(feeds)

    def _run_third_tier(self, feeds: tuple) -> list:
        key = self.key(feeds)
        run = self.recorded.get(key)
        if run is not None:
            try:
                return run(feeds)
            except Stale:
                self._forget(key)
        if key not in self.recordings:
            while len(self.recordings) >= tuning.MOST_SHAPES << len(self.switches):
                self._forget(next(iter(self.recordings)))
            self.recordings[key] = None
            return self._fetched(self.run, feeds)
        with gc_paused():
            values, self.recordings[key] = recorder.run_and_record(self, feeds, self._lock, self._fuse)
        self.recorded[key] = self.recordings[key].run
        return [plain(v) for v in values]

    def key(self, feeds: Iterable) -> tuple:
        """Return what decides which recorded run the feeds can repeat: their shapes, and the values of switches."""
        return tuple([bool(value) if i in self.switches else value.shape for i, value in enumerate(feeds)])

    def _forget(self, key: tuple) -> None:
        self.recordings.pop(key, None)
        self.recorded.pop(key, None)

    # What others ask

    def cells(self) -> dict[Operation, Cell]:
        """Return the variables that a step takes, and where their values are."""
        states = {op: self._state_of(op) for op in self.plan.steps if op.op_def.stateful}
        return {op: state for op, state in states.items() if isinstance(state, Cell)}

    def mark(self, error: Any) -> None:
        """Note on an error of a run which operation raised it (`minigraph_op`) and its input values."""
        for tier in (*self.recordings.values(), self._emitted):
            if tier is not None:
                tier.mark(error)


def has_any(ops: Iterable[Operation], *declared: str) -> bool:
    """Return True if one of the operations, or one in their bodies, declares one of these."""
    bodies = [op._op_def.attr(name).get_operations() for op in ops for name in op._op_def.functions]
    found = [getattr(op._op_def, each) for op in ops for each in declared]
    return any(found) or any([has_any(body, *declared) for body in bodies])


def execute(program: Program, feeds: tuple) -> list:
    """Run a program in the way that it chooses."""
    return program.execute(feeds)


def _switches(plan: Plan) -> set[int]:
    """Return the indices of the feeds that may choose a branch: scalar booleans, unless there are too many."""
    found = {i for i, t in enumerate(plan.feeds) if t.dtype.name == "bool" and t.shape.tuple == ()}
    branches = any(op.op_def.functions for op in plan.steps)
    return found if branches and len(found) <= tuning.MOST_SWITCHES else set()
