"""What a page says of a script that failed before its end."""

from __future__ import annotations

import os
import traceback

from minigraph.viz.text import clean

__all__ = ["failure_text"]


def failure_text(error: BaseException, script: str) -> str:
    """Return where in a script an error came up, and what it says.

    Args:
        error: what ended the script.
        script: its file; the line is the innermost one of it.

    Example:
        >>> failure_text(ValueError("no batch"), "train.py")
        'the script failed: ValueError: no batch'
    """
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if _is_same(f.filename, script)]
    if isinstance(error, SyntaxError) and error.filename is not None and _is_same(error.filename, script):
        lines.append(error.lineno)
    said = traceback.format_exception_only(type(error), error)[-1] if isinstance(error, SyntaxError) else _said(error)
    return clean(f"the script failed{f' at line {lines[-1]}' if lines else ''}: {said.strip()}")


def _is_same(path: str, other: str) -> bool:
    return os.path.abspath(path) == os.path.abspath(other)


def _said(error: BaseException) -> str:
    text = str(error).splitlines()
    return f"{type(error).__name__}: {text[0]}" if text else type(error).__name__
