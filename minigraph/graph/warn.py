"""Warnings at the user's line, and the logger."""

from __future__ import annotations

import sys
import warnings
from typing import Any

from minigraph.graph.errors import GraphWarning
from minigraph.graph.provenance import is_ours

__all__ = ["log", "warn"]


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
