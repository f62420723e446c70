"""Which variables have a value in a session, and which sessions there are."""

from __future__ import annotations

import threading
from typing import Any
from weakref import WeakSet

from minigraph.graph.operation import Operation
from minigraph.graph.variable_cell import Cell

__all__ = ["remember", "sessions", "variables_with_value"]

_sessions: WeakSet = WeakSet()  # those in use, to tell a user who has initialized another one
_lock = threading.Lock()


def remember(session: Any) -> None:
    """Count a session among those that may have been initialized in place of another one."""
    with _lock:
        _sessions.add(session)


def sessions() -> list:
    """Return the sessions in use."""
    with _lock:
        return list(_sessions)


def variables_with_value(state: dict) -> list[Operation]:
    """Return the variables with a value. Another thread may be running in the session meanwhile."""
    return [op for op, cell in list(state.items()) if isinstance(cell, Cell) and cell.value is not None]
