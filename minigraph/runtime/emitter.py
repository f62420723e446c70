"""`Emitted`: a plan as straight-line Python, in which each line calls one kernel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from minigraph.graph.operation import Operation, Tensor
from minigraph.runtime.plan import Plan, is_read

__all__ = ["Emitted"]

_FILENAME = "<minigraph plan, emitted>"
_FIRST_STEP = 3  # the line of it


class Emitted:
    """The emitted function of a plan.

    Args:
        plan: what to do.
        kernels: the kernel of each of its steps.

    Attributes:
        run: the function: the values of the plan's feeds in, the list of the values of its fetches out.
    """

    def __init__(self, plan: Plan, kernels: Sequence[Callable]):
        self._steps = plan.steps
        self._arguments: list[str] = []  # of each step
        scope: dict[str, Any] = {f"k{i}": kernel for i, kernel in enumerate(kernels)}
        scope.update((f"c{i}", value) for i, value in enumerate(plan.constants.values()))
        exec(compile("\n".join(self._lines(plan)), _FILENAME, "exec"), scope)
        self.run: Callable = scope["run"]

    def _lines(self, plan: Plan) -> list[str]:
        names = {tensor: f"c{i}" for i, tensor in enumerate(plan.constants)}
        names.update((tensor, f"f{i}") for i, tensor in enumerate(plan.feeds))
        feeds = "".join(f"f{i}, " for i in range(len(plan.feeds)))
        lines = ["def run(feeds):", f" ({feeds}) = feeds" if feeds else " pass"]
        slots = _Slots(plan)
        for i, op in enumerate(plan.steps):
            arguments = ", ".join([names[t] + ".read()" * is_read(op, j) for j, t in enumerate(op.inputs)])
            self._arguments.append(arguments)
            slots.release(op)
            targets = [slots.take(t) if t not in names else "_" for t in op.all_outputs]
            names.update((t, target) for t, target in zip(op.all_outputs, targets) if target != "_")
            assign = ", ".join(targets) + " = " if targets else ""
            lines.append(f" {assign}k{i}({arguments})")
        fetched = ", ".join(names[f] if isinstance(f, Tensor) else "None" for f in plan.fetches)
        return [*lines, f" return [{fetched}]"]

    def mark(self, error: Any) -> None:
        """Note on an error of the function which operation raised it (`minigraph_op`) and its input values.

        The number of the line in which the function was tells which operation it is.
        """
        traceback = None if hasattr(error, "minigraph_op") else error.__traceback__
        while traceback is not None:
            frame, at = traceback.tb_frame, traceback.tb_lineno - _FIRST_STEP
            if frame.f_code is self.run.__code__ and 0 <= at < len(self._steps):
                values = {**frame.f_globals, **frame.f_locals}
                names = [text.partition(".")[0] for text in self._arguments[at].split(", ") if text]
                error.minigraph_op = self._steps[at]
                error.minigraph_inputs = [values.get(name) for name in names]
                return
            traceback = traceback.tb_next


class _Slots:
    """Choose names for values: a name whose value no later step needs is used again, so the value is freed."""

    def __init__(self, plan: Plan):
        self._last: dict[Tensor, Operation] = {t: op for op in plan.steps for t in op.inputs}
        self._kept = {f for f in plan.fetches if isinstance(f, Tensor)}
        self._free: list[str] = []
        self._names: dict[Tensor, str] = {}

    def take(self, tensor: Tensor) -> str:
        """Return a name for the value of a tensor."""
        name = self._free.pop() if self._free else f"v{len(self._names)}"
        self._names[tensor] = name
        if tensor not in self._last and tensor not in self._kept:
            self._free.append(name)
        return name

    def release(self, op: Operation) -> None:
        """Set the names of the values free that `op` takes last."""
        for t in set(op.inputs):
            if self._last[t] is op and t in self._names and t not in self._kept:
                self._free.append(self._names[t])
