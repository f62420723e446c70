"""Pause the garbage collector while building many long-lived objects."""

from __future__ import annotations

import gc
from typing import Any

__all__ = ["gc_paused"]


class gc_paused:
    """Pause garbage collection until the end of the block, if it is enabled.

    A graph or a plan is thousands of objects that all stay alive. While they are made the collector would scan all
    objects again and again without freeing any, which takes up to a third of the time.
    """

    def __enter__(self) -> None:
        self._was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *error: Any) -> None:
        if self._was_on:
            gc.enable()
