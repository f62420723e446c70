"""The state of a graph's scopes: name scope, control dependencies, device, colocation, stage.

It is thread-local, so that two threads can build in one graph.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from minigraph.graph.operation import Operation, Tensor

__all__ = ["ScopeState", "Stage", "StageCall"]


@dataclass(eq=False)
class StageCall:
    """A call that makes a training op, as remembered by its stages."""

    name: str
    where: tuple
    remarks: list[str] = field(default_factory=list)  # on its arguments
    variables: list[Any] | None = None  # those that it was given to train; None for all


class Stage(str):
    """A named part of a training op; `call` is the call that made it, or None."""

    call: StageCall | None

    def __new__(cls, name: str, call: StageCall | None = None) -> Stage:
        stage = super().__new__(cls, name)
        stage.call = call
        return stage


class ScopeState(threading.local):
    """The scopes in force in one graph and thread."""

    def __init__(self) -> None:
        self.name = ""  # the open name scope, without its last slash
        self.around = ""  # the scope around the body of a function, if not left
        self.control: tuple[ControlBlock, ...] = ()
        self.device: list = []  # the requested devices, outermost first
        self.colocation: tuple[Operation, ...] = ()
        self.stage: Stage | None = None
        self.call: StageCall | None = None  # the call to which the next stage belongs
        self.gradient_override: dict[str, str] = {}
        self.original_op: Operation | None = None
        self.attrs: dict[str, Any] = {}  # attributes of every operation made
        self.container = ""
        self.where: tuple = ()  # the trace of new operations; () to look it up

    def set(self, result: Any = None, **values: Any) -> _Setting:
        """Return a context manager that sets attributes, and restores them at the end; `with … as` gives `result`."""
        return _Setting(self, values, result)

    def wait_for(self, block: ControlBlock, idle: Any) -> _Setting:
        """Return a context manager: operations made inside wait for the block's; `idle` gets a block without effect."""
        return _ControlDependenciesController(self, block, idle)


class Pushed:
    """Push a device onto the list of requested ones: in place, for `init_scope` inside a `colocate_with`."""

    __slots__ = ("_entry", "_scopes", "_devices")

    def __init__(self, scopes: ScopeState, entry: Any):
        self._scopes, self._entry = scopes, entry

    def __enter__(self) -> None:
        self._devices = self._scopes.device
        self._devices.append(self._entry)

    def __exit__(self, *error: Any) -> None:
        self._devices.pop()


class _Setting:
    """The context manager of `ScopeState.set`: a class, since a generator would cost as much as a node."""

    __slots__ = ("_scopes", "_values", "_result", "_before")

    def __init__(self, scopes: ScopeState, values: dict[str, Any], result: Any):
        self._scopes, self._values, self._result = scopes, values, result

    def __enter__(self) -> Any:
        in_force = self._scopes.__dict__
        self._before = {name: in_force[name] for name in self._values}
        in_force.update(self._values)
        return self._result

    def __exit__(self, *error: Any) -> None:
        self._scopes.__dict__.update(self._before)


class ControlBlock:
    """One `with control_dependencies(...)` block.

    It remembers the operations made inside: a new one that takes a value from an older one of the same block already
    waits for the dependencies through it, and needs no control edge.
    """

    __slots__ = ("control_inputs", "made_inside", "where")

    def __init__(self, control_inputs: tuple[Operation, ...], where: tuple = ()):
        self.control_inputs, self.where = control_inputs, where
        self.made_inside: set[Operation] = set()

    def covers(self, ops: set[Operation]) -> bool:
        """Return True if one of the operations already waits for this block's dependencies."""
        return not self.made_inside.isdisjoint(ops)


class _ControlDependenciesController(_Setting):
    """The context manager of a `ControlBlock`, with the name that it has in TF1."""

    __slots__ = ("_idle",)

    def __init__(self, scopes: ScopeState, block: ControlBlock, idle: Any):
        super().__init__(scopes, {"control": (*scopes.control, block)}, block)
        self._idle = idle  # gets the block if it had no effect

    def __exit__(self, *error: Any) -> None:
        super().__exit__()
        if error[0] is None and self._result.control_inputs and not self._result.made_inside:
            self._idle.append(self._result)


def control_inputs_for(blocks: tuple[ControlBlock, ...], inputs: tuple[Tensor, ...]) -> tuple[Operation, ...]:
    """Return the control inputs of a new operation with these inputs, as TF1 chooses them."""
    if not blocks:
        return ()
    input_ops = {t.op for t in inputs}
    found = dict.fromkeys(op for block in blocks if not block.covers(input_ops) for op in block.control_inputs)
    return tuple([op for op in found if op not in input_ops])
