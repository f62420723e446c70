"""What layers know of the call they are in, and which operations follow from which inputs."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

from minigraph.graph import nest
from minigraph.graph.operation import Operation, Tensor

__all__ = ["LayerCall", "current", "inside", "parameters", "reachable"]


class LayerCall(NamedTuple):
    """A call of a layer: its inputs, and the `training` that the layers called inside take."""

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
    """A context manager: the call is the innermost one."""

    def __init__(self, call: LayerCall):
        self._call = call

    def __enter__(self) -> None:
        _calls.open.append(self._call)

    def __exit__(self, *error: Any) -> None:
        _calls.open.pop()


def parameters(function: Callable) -> tuple[list[str], bool]:
    """Return the names of a function's parameters, and whether it takes any others by name.

    Example:
        >>> parameters(lambda x, training=False, **rest: x)
        (['x', 'training'], True)
    """
    found = inspect.signature(function).parameters.values()
    names = [p.name for p in found if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    return names, any(p.kind is p.VAR_KEYWORD for p in found)


def reachable(inputs: Any) -> Callable[[Any], bool]:
    """Return a function that tells whether a tensor or operation depends on one of the inputs, or is one.

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
    done: list[int] = [0]  # how many operations of the graph were looked at

    def depends(x: Any) -> bool:
        graph = x.graph
        for op in graph._ops[done[0] :]:
            if any(t in given or t.op in ops for t in op.inputs) or not ops.isdisjoint(op.waits_for):
                ops.add(op)
        done[0] = len(graph._ops)
        return x in given or (x if isinstance(x, Operation) else x.op) in ops

    return depends
