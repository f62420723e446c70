"""Provenance: the file and line of user code that made a node, found without reading any source.

A *trace* is a tuple of (code object, line number), innermost first, of the frames outside this package. It is turned
into text only on demand, so that making a node stays cheap.
"""

from __future__ import annotations

import contextlib
import os
import sys
from types import CodeType
from typing import Any

__all__ = ["user_trace", "is_ours", "package_folder"]

package_folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_DEPTH = 6
_is_ours: dict[str, bool] = {}  # by file name: a code object takes long to hash
_traces: dict[tuple, tuple] = {}  # by the ids of the code objects and the positions in them
_MOST_TRACES = 1 << 14
_contextlib = contextlib.contextmanager.__code__.co_filename


def is_ours(code: CodeType) -> bool:
    """Return True for code of this package, or of the context managers with which it is written."""
    name = code.co_filename
    known = _is_ours.get(name)
    if known is None:
        known = _is_ours[name] = name.startswith((package_folder, "<minigraph")) or name == _contextlib
    return known


def user_trace(skip: int = 1) -> tuple:
    """Return the trace of the innermost frames outside the package: the same tuple whenever the same calls are made.

    `skip` is the number of frames to skip (1: the caller of this function is the first to be looked at).
    """
    frame: Any = sys._getframe(skip)
    frames: list[Any] = []
    key: list[int] = []
    while frame is not None:
        code = frame.f_code
        ours = _is_ours.get(code.co_filename)
        if ours is None:
            ours = is_ours(code)
        if not ours:
            frames.append(frame)
            key.append(id(code))
            key.append(frame.f_lasti)
            if len(frames) == _DEPTH:
                break
        frame = frame.f_back
    trace = _traces.get(tuple(key))
    return _remember(tuple(key), frames) if trace is None else trace


def _remember(key: tuple, frames: list) -> tuple:
    """Build a trace and cache it (and so its code objects, whose ids are the key) for all nodes made there."""
    if len(_traces) >= _MOST_TRACES:
        _traces.clear()
    trace = _traces[key] = tuple([(frame.f_code, frame.f_lineno) for frame in frames])
    return trace
