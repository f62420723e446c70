"""`Interpreter`: run a program operation by operation, the simplest way and the one that all others must agree with.

A program is anything with a `plan` (see `plan.py`) and its `kernels`, one for each step (see `program.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from minigraph.graph.dead import DEAD, is_skipped
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.variable_cell import Cell
from minigraph.runtime.plan import is_read

__all__ = ["Interpreter"]


class Interpreter:
    """Run the steps of a program in order. Each value is forgotten after its last use.

    The call tree::

        run(program, feeds)                   values of the feeds in, values of the fetches out
            run_op(op, kernel, env)           for each step of the plan
                kernel(*inputs)               a variable's cell that the operation reads is read first
                    FunctionBody(*arrays)     if the kernel calls bodies (of a conditional, a loop)

    To run programs in another way, override `run_op`: watch the operations, wrap the kernel, or put other values into
    `env`. An interpreter keeps nothing of a program, so one may run several, and function bodies too: give its `run` to
    `function_body.with_bodies_run_by`.
    """

    def run(self, program: Any, feeds: Iterable) -> list:
        """Run a program with values of its plan's feeds; return those of its fetches, None for an operation."""
        plan = program.plan
        env: dict[Tensor, Any] = {**plan.constants, **dict(zip(plan.feeds, feeds))}
        last = plan.last_uses()
        for op, kernel in zip(plan.steps, program.kernels):
            self.run_op(op, kernel, env)
            for t in (*op._all_outputs, *op._inputs):
                if last.get(t) is op:
                    env.pop(t, None)
        return [env[f] if isinstance(f, Tensor) else None for f in plan.fetches]

    def run_op(self, op: Operation, kernel: Callable, env: dict[Tensor, Any]) -> None:
        """Run one operation on the values in `env` and add its outputs.

        An error is marked with the operation (`minigraph_op`) and its input values (`minigraph_inputs`).
        """
        values = [env[t] for t in op._inputs]
        dead = any([value is DEAD for value in values]) or any([other in env for other in op._waits_for])
        if dead and is_skipped(op, values, env):
            return
        try:
            result = kernel(*[v.read() if type(v) is Cell and is_read(op, j) else v for j, v in enumerate(values)])
        except Exception as error:
            if not hasattr(error, "minigraph_op"):
                error.minigraph_op, error.minigraph_inputs = op, values  # type: ignore[attr-defined]
            raise
        for t, value in zip(op._all_outputs, result if len(op._all_outputs) > 1 else (result,)):
            env.setdefault(t, value)  # a fed output keeps the fed value
