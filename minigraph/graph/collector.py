"""Python's garbage collector, kept out of the way while much is made that stays."""

from __future__ import annotations

import gc
from typing import Any

__all__ = ["uncollected"]


class uncollected:
    """Put the garbage collector off until the end of the block, if it is on.

    A graph or a plan is thousands of objects that all stay. Making them would have the collector go through all that
    there is again and again, for nothing, which takes up to a third of the time.

    Example:
        >>> with uncollected():
        ...     gc.isenabled()
        False
        >>> gc.isenabled()
        True
    """

    def __enter__(self) -> None:
        self._was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *error: Any) -> None:
        if self._was_on:
            gc.enable()
