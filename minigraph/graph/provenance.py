"""Where in the user's program something was made: file and line, without reading any source.

A *trace* is a tuple of (code object, line number), innermost first, of the frames outside this package. Turning it
into text is left to the reader, so that making a node stays cheap.
"""
from __future__ import annotations

import os
import sys
import warnings
from types import CodeType
from typing import Any

__all__ = ["user_trace", "format_where", "warn", "package_folder"]

package_folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_DEPTH = 6
_is_ours: dict[CodeType, bool] = {}


def _ours(code: CodeType) -> bool:
    known = _is_ours.get(code)
    if known is None:
        name = code.co_filename
        known = name.startswith(package_folder) or name.startswith("<minigraph") or "contextlib" in name
        _is_ours[code] = known
    return known


def user_trace(skip: int = 1) -> tuple:
    """Gives the innermost frames outside the package.

    Args:
        skip: how many frames to leave out at once (1: the caller of this function is the first looked at).

    Returns:
        Up to six pairs (code object, line number), innermost first.

    Example:
        >>> user_trace() != ()
        True
    """
    frame: Any = sys._getframe(skip)
    found: list[tuple[CodeType, int]] = []
    while frame is not None and len(found) < _DEPTH:
        code = frame.f_code
        ours = _is_ours.get(code)
        if ours is None:
            ours = _ours(code)
        if not ours:
            found.append((code, frame.f_lineno))
        frame = frame.f_back
    return tuple(found)


def format_where(trace: tuple) -> str:
    """Gives "train.py:12" for a trace, or "<unknown>".

    Example:
        >>> format_where(())
        '<unknown>'
    """
    if not trace:
        return "<unknown>"
    code, line = trace[0]
    name = code.co_filename
    return f"{name if name.startswith('<') else os.path.basename(name)}:{line}"


def warn(message: str, category: type[Warning] | None = None) -> None:
    """Warns at the user's line: the innermost frame outside the package.

    Args:
        message: what to say.
        category: by default `GraphWarning`.

    Example:
        >>> with warnings.catch_warnings(record=True) as seen:
        ...     warn("mind the gap")
        >>> str(seen[0].message), seen[0].category.__name__
        ('mind the gap', 'GraphWarning')
    """
    from minigraph.graph.errors import GraphWarning
    frame: Any = sys._getframe(1)
    while frame.f_back is not None and _ours(frame.f_code):
        frame = frame.f_back
    warnings.warn_explicit(message, category or GraphWarning, frame.f_code.co_filename, frame.f_lineno,
                           registry=frame.f_globals.setdefault("__warningregistry__", {}))
