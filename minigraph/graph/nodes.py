"""A graph's operations in creation order, with rollback for calls that fail."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from minigraph.graph.operation import Operation
from minigraph.graph.refusals import is_finalized

__all__ = ["NodeList"]


class NodeList:
    """The part of a graph that holds its operations: a list that is append-only except when a call fails."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._users_lock = threading.Lock()  # its own lock: running sessions ask too, while others build
        self._ops: list[Operation] = []
        self._noted = 0  # the number of operations of whose inputs know them as users
        self._by_name: dict[str, Operation] = {}
        self._names: dict[str, int] = {}  # lower-cased name: how often it was requested
        self._name_log: list[str] = []  # the keys counted in _names, in order, for rollback
        self._undo: list[Callable] = []  # functions to call, last first, when an atomic block fails
        self._atomic_depth = 0
        self._finalized: tuple | None = None  # the trace of the call that finalized
        self._constants: dict[Operation, Any] = {}  # values found by `constant_value`

    def _check_not_finalized(self, name: str, kind: str) -> None:
        if self._finalized is not None:
            raise is_finalized(self, name, kind)

    def get_operations(self) -> list[Operation]:
        """Return all operations, in creation order."""
        return list(self._ops)

    @property
    def version(self) -> int:
        """A counter that grows with each operation added."""
        return len(self._ops)

    def _append(self, op: Operation) -> None:
        op._id = len(self._ops)
        self._ops.append(op)
        self._by_name[op.name] = op
        for c in op.waits_for:
            if c._control_outputs is None:
                c._control_outputs = []
            c._control_outputs.append(op)

    def _note_users(self) -> None:
        """Record on tensors which operations use them: on demand, and for many operations at once.

        A list per tensor is a lot for Python's garbage collector to scan while a graph is built.
        """
        with self._users_lock:
            new = self._ops[self._noted :]
            for op in new:
                for t in op.inputs:
                    if t._users is None:
                        t._users = []
                    t._users.append(op)
            self._noted += len(new)

    def _remove_last(self) -> None:
        self._note_users()
        with self._users_lock:
            op = self._ops.pop()
            self._noted -= 1
            for t in op.inputs:
                t._users.pop()  # type: ignore[union-attr]  # `_note_users` has made it
        del self._by_name[op.name]
        self._constants.pop(op, None)
        for c in op.waits_for:
            c._control_outputs.pop()  # type: ignore[union-attr]

    def _mark(self) -> tuple:
        return len(self._ops), len(self._name_log), len(self._undo)

    def _rollback(self, mark: tuple) -> None:
        ops, names, undo = mark
        while len(self._undo) > undo:
            self._undo.pop()()
        while len(self._ops) > ops:
            self._remove_last()
        while len(self._name_log) > names:
            key = self._name_log.pop()
            self._names[key] -= 1
            if not self._names[key]:
                del self._names[key]

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Keep everything made inside the block only if it ends without an exception."""
        with self._lock:
            mark = self._mark()
            self._atomic_depth += 1
            try:
                yield
            except BaseException:
                self._rollback(mark)
                raise
            finally:
                self._atomic_depth -= 1
                if not self._atomic_depth:
                    self._undo.clear()

    def on_rollback(self, undo: Callable) -> None:
        """Register a function to call if the open atomic block fails; do nothing outside of one."""
        if self._atomic_depth:
            self._undo.append(undo)
