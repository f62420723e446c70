"""Traces as text, for messages, and the comparison of two traces of source that may have run again."""

from __future__ import annotations

import linecache
import os
import sys
from types import CodeType
from typing import Any

from minigraph.graph.provenance import user_trace

__all__ = ["format_where", "format_chain", "ran_again", "in_two_cells", "here", "where_text"]
__all__ += ["frames", "frames_with_start_lines"]


def frames(op: Any) -> tuple[tuple, ...]:
    """Return (file, line, function, source line) for each frame that made a node, outermost first."""
    made = [(code.co_filename, line, code.co_name) for code, line in reversed(op.where)]
    return tuple([(*frame, linecache.getline(*frame[:2]).strip()) for frame in made])


def frames_with_start_lines(op: Any) -> tuple[tuple, ...]:
    """Return the same with the first line of each function added."""
    starts = [code.co_firstlineno for code, _ in reversed(op.where)]
    return tuple([(*frame, start) for frame, start in zip(frames(op), starts)])


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


def where_text(op: Any) -> str:
    """Return the line that made `op`, as "train.py:12"."""
    return format_where(op.where)
