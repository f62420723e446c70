"""The calls of layers in progress, and the operations that depend on their inputs."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

from minigraph.graph import nest
from minigraph.graph.operation import Operation, Tensor

__all__ = ["LayerCall", "current", "inside", "parameters", "reachable"]


class LayerCall(NamedTuple):
    """A call of a layer: its inputs, and the `training` that nested layers inherit."""

    inputs: Any
    training: Any


class _Calls(threading.local):
    def __init__(self) -> None:
        self.open: list[LayerCall] = []


_calls = _Calls()


def current() -> LayerCall | None:
    """Return the innermost call of this thread, or None."""
    return _calls.open[-1] if _calls.open else None


class inside:
    """Make the call the innermost one inside the block."""

    def __init__(self, call: LayerCall):
        self._call = call

    def __enter__(self) -> None:
        _calls.open.append(self._call)

    def __exit__(self, *error: Any) -> None:
        _calls.open.pop()


def parameters(function: Callable) -> tuple[list[str], bool]:
    """Return the names of a function's parameters, and True if it takes any other keywords.

    Example:
        >>> parameters(lambda x, training=False, **rest: x)
        (['x', 'training'], True)
    """
    found = inspect.signature(function).parameters.values()
    names = [p.name for p in found if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    return names, any(p.kind is p.VAR_KEYWORD for p in found)


def reachable(inputs: Any) -> Callable[[Any], bool]:
    """Return a predicate: True for a tensor or operation that is, or depends on, one of the inputs.

    Example:
        >>> x, y = tf.constant(1.0), tf.constant(2.0)
        >>> depends = reachable([x])
        >>> depends(x + y), depends(y * 2.0)
        (True, False)
    """
    given = {getattr(x, "_as_graph_element", lambda x=x: x)() for x in nest.flatten(inputs) if x is not None}
    for x in given:
        if not isinstance(x, (Tensor, Operation)):
            raise TypeError(f"Expected Operation, Variable, or Tensor, got {x}")
    ops = {x for x in given if isinstance(x, Operation)}
    done: list[int] = [0]  # the number of the graph's operations examined so far

    def depends(x: Any) -> bool:
        graph = x.graph
        for op in graph._ops[done[0] :]:
            if any(t in given or t.op in ops for t in op.inputs) or not ops.isdisjoint(op.waits_for):
                ops.add(op)
        done[0] = len(graph._ops)
        return x in given or (x if isinstance(x, Operation) else x.op) in ops

    return depends
