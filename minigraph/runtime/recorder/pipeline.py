"""The way from one run of a program to the function that repeats it: record, simplify, generate code."""

from __future__ import annotations

from typing import Any

from minigraph.runtime.recorder.codegen import Recorded
from minigraph.runtime.recorder.record import record
from minigraph.runtime.recorder.simplify import simplify

__all__ = ["run_and_record"]


def run_and_record(program: Any, feeds: tuple, lock: Any, fuse: bool) -> tuple[list, Recorded]:
    """Run a program once; return the fetched values, and what repeats the run with other numbers.

    Args:
        program: a `Program`.
        feeds: the values of the plan's feeds.
        lock: held by the repeated runs.
        fuse: compile runs of elementwise calls, where that can be done.
    """
    values, recording = record(program, feeds)
    return values, Recorded(simplify(recording), lock, fuse)
