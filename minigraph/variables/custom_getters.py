"""Custom getters: functions called in place of `get_variable`."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from minigraph.variables.modes import checked_modes

__all__ = ["chain", "spelled_out"]


def chain(inner: Callable, outer: Callable) -> Callable:
    """Return a custom getter that calls `inner` with `outer` as its true getter."""

    def chained(getter: Callable, *args: Any, **options: Any) -> Any:
        return inner(functools.partial(outer, getter), *args, **options)

    return chained


def spelled_out(getter: Callable, name: str, options: dict) -> dict:
    """Return the arguments for a custom getter: with defaults filled in, and `constraint` only if it takes one."""
    options = dict(options)
    modes = checked_modes(options.get("synchronization"), options.get("aggregation"), options.get("trainable"), name)
    options["synchronization"], options["aggregation"], options["trainable"] = modes
    parameters = inspect.signature(getter).parameters.values()
    if not any(p.name == "constraint" or p.kind is p.VAR_KEYWORD for p in parameters):
        del options["constraint"]
    return options
