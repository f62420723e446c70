"""Provenance: the file and line of user code that made a node, found without reading any source.

A *trace* is a tuple of (code object, line number), innermost first, of the frames outside this package. It is turned
into text only on demand, so that making a node stays cheap.
"""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from types import CodeType
from typing import Any

from minigraph.graph.errors import GraphWarning

__all__ = [
    "log",
    "user_trace",
    "format_where",
    "format_chain",
    "ran_again",
    "in_two_cells",
    "here",
    "is_ours",
    "warn",
    "package_folder",
]

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
    """Return the innermost frames outside the package.

    Args:
        skip: the number of frames to skip (1: the caller of this function is the first to be looked at).

    Returns:
        Up to six pairs (code object, line number), innermost first: the same tuple whenever the same calls are made.

    Example:
        >>> user_trace() != ()
        True
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


def format_where(trace: tuple) -> str:
    """Return "train.py:12" for a trace, "In[3]:2" for the cell of a notebook, or "<unknown>".

    Example:
        >>> format_where(())
        '<unknown>'
    """
    return _place(*trace[0]) if trace else "<unknown>"


def _place(code: CodeType, line: int) -> str:
    name = code.co_filename
    return f"{_cell(name) or (name if name.startswith('<') else os.path.basename(name))}:{line}"


def _cell(name: str) -> str | None:
    """Return IPython's name for the cell that it compiled under this file name, or None."""
    module = sys.modules.get("IPython.core.interactiveshell")
    if module is None or not module.InteractiveShell.initialized():
        return None
    found = getattr(module.InteractiveShell.instance().compile, "format_code_name", lambda name: None)(name)
    return found[1] if found else None


def format_chain(trace: tuple) -> str:
    """Return the position of a trace and of its caller: "model.py:12, called at model.py:20"."""
    places = []
    for code, line in trace:
        places.append(_place(code, line))
        if code.co_name == "<module>":
            break
    return ", called at ".join(places[:3]) or "<unknown>"


def ran_again(before: tuple, now: tuple) -> bool:
    """Return True if the same source was compiled and run again between two traces, as for a notebook cell.

    A function that is called twice, or a line in a loop, is the same code object; a cell that runs again is compiled
    again, to an equal one. The line of the cell decides: the functions that it calls may come from other cells,
    which ran again for other reasons.
    """
    a, b = _in_module(before), _in_module(now)
    return a is not None and b is not None and a[0] is not b[0] and a == b


def in_two_cells(before: tuple, now: tuple) -> bool:
    """Return True if two traces begin in two scripts or cells with different text."""
    a, b = _in_module(before), _in_module(now)
    return a is not None and b is not None and a[0] != b[0]


def _in_module(trace: tuple) -> tuple[CodeType, int] | None:
    """Return the line of the script or cell itself, or None if the calls are nested too deeply."""
    return next(((code, line) for code, line in trace if code.co_name == "<module>"), None)


def here() -> str:
    """Return the line of user code that is running: "train.py:12".

    Example:
        >>> here() != "<unknown>"
        True
    """
    return format_where(user_trace(2))


def warn(message: str, category: type[Warning] | None = None) -> None:
    """Issue a warning at the user's line: the innermost frame outside the package.

    Args:
        message: the text.
        category: by default `GraphWarning`.

    Example:
        >>> with warnings.catch_warnings(record=True) as seen:
        ...     warnings.simplefilter("always")
        ...     warn("mind the gap")
        >>> str(seen[0].message), seen[0].category.__name__
        ('mind the gap', 'GraphWarning')
    """
    frame: Any = sys._getframe(1)
    while frame.f_back is not None and is_ours(frame.f_code):
        frame = frame.f_back
    warnings.warn_explicit(
        message,
        category or GraphWarning,
        frame.f_code.co_filename,
        frame.f_lineno,
        registry=frame.f_globals.setdefault("__warningregistry__", {}),
    )


def log(level: str, text: str) -> None:
    """Write to Python's logger "minigraph", where TF1 writes to its own.

    Args:
        level: "info", "warning" or "error".
        text: the message.

    Example:
        >>> log("info", "seen by those who ask for it")
    """
    import logging

    getattr(logging.getLogger("minigraph"), level)(text)
