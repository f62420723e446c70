"""The operations of a graph, in the order of their creation, and how what a failed call has made is taken back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from minigraph.graph.operation import Operation

__all__ = ["NodeList"]


class NodeList:
    """The part of a graph that holds its operations: an append-only list, but for calls that fail."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._users_lock = threading.Lock()  # its own: a session that runs asks too, while others build
        self._ops: list[Operation] = []
        self._noted = 0  # of how many operations the inputs know it
        self._by_name: dict[str, Operation] = {}
        self._names: dict[str, int] = {}  # lower-cased name: how often it was asked for
        self._name_log: list[str] = []  # the keys counted in _names, in order, to take them back
        self._undo: list[Callable] = []  # what to call, last first, when an atomic block fails
        self._atomic_depth = 0
        self._constants: dict[Operation, Any] = {}  # values found by `static.constant_value`

    def get_operations(self) -> list[Operation]:
        """All operations, in creation order."""
        return list(self._ops)

    @property
    def version(self) -> int:
        """A number that grows with each operation added."""
        return len(self._ops)

    def _append(self, op: Operation) -> None:
        op._id = len(self._ops)
        self._ops.append(op)
        self._by_name[op._name] = op
        for c in op._control_inputs:
            if c._control_outputs is None:
                c._control_outputs = []
            c._control_outputs.append(op)

    def _note_users(self) -> None:
        """Tell tensors who takes them. Done for many operations at once and when somebody asks, since a list for each
        tensor is a lot for Python's garbage collector to look through while a graph is built."""
        with self._users_lock:
            new = self._ops[self._noted :]
            for op in new:
                for t in op._inputs:
                    if t._users is None:
                        t._users = []
                    t._users.append(op)
            self._noted += len(new)

    def _remove_last(self) -> None:
        self._note_users()
        with self._users_lock:
            op = self._ops.pop()
            self._noted -= 1
            for t in op._inputs:
                t._users.pop()
        del self._by_name[op._name]
        self._constants.pop(op, None)
        for c in op._control_inputs:
            c._control_outputs.pop()

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
        """Everything made inside stays only if the block ends without an exception."""
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
        """Register what to call if the atomic block in force fails; outside of one, nothing."""
        if self._atomic_depth:
            self._undo.append(undo)
