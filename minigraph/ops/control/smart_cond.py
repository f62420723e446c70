"""`smart_cond`: a conditional decided while the graph is built, if possible."""

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph.constant_value import computed_value
from minigraph.graph.operation import Tensor
from minigraph.ops.control.cond import cond

__all__ = ["smart_cond", "smart_constant_value"]


def smart_constant_value(pred: Any) -> bool | None:
    """Return the value of a condition that is the same in every run, or None.

    Raises:
        TypeError: if it is neither a boolean, 0, 1 nor a tensor.
    """
    if isinstance(pred, Tensor):
        value = computed_value(pred)
        return None if value is None else bool(value)
    if isinstance(pred, (bool, np.bool_)) or pred in (0, 1):
        return bool(pred)
    if hasattr(pred, "_as_graph_element"):
        return None
    raise TypeError(f"`pred` must be a Tensor, or a Python bool, or 1 or 0. Found instead: {pred}")


def smart_cond(pred: Any, true_fn: Callable, false_fn: Callable, name: str | None = None) -> Any:
    """Build a conditional as `cond` does, unless the condition is known statically, which decides at once."""
    if not callable(true_fn):
        raise TypeError("`true_fn` must be callable.")
    if not callable(false_fn):
        raise TypeError("`false_fn` must be callable.")
    value = smart_constant_value(pred)
    if value is not None:
        return true_fn() if value else false_fn()
    return cond(pred, true_fn=true_fn, false_fn=false_fn, name=name)
