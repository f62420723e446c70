"""`invalid`: the error of a run for values that do not fit."""

from __future__ import annotations

from minigraph.graph import errors

__all__ = ["invalid"]


def invalid(text: str) -> errors.OpError:
    """Return an InvalidArgumentError with a text; the run adds the operation and its line."""
    return errors.InvalidArgumentError(None, None, text)
