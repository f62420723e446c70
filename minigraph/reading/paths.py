"""Walk through a graph: iterative, and linear in its size."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from minigraph.graph.operation import Operation, Tensor

__all__ = ["shortest", "sources", "arrows", "inputs_of", "data_ancestors", "data_inputs", "from_outside"]


def inputs_of(op: Operation, fed: Any = frozenset()) -> list[Operation]:
    """Return the operations that must run before one, by data and control edges."""
    return [t.op for t in op.inputs if t not in fed] + list(op.waits_for)


def shortest(start: Iterable[Any], neighbours: Callable[[Any], Iterable[Any]], is_end: Callable[[Any], bool]) -> list:
    """Return a shortest path from one of `start` to an end, both included; [] where there is none.

    Example:
        >>> shortest([1], lambda n: [2 * n, n + 3], lambda n: n == 10)
        [1, 2, 5, 10]
    """
    back: dict[Any, Any] = dict.fromkeys(start)
    queue = deque(back)
    while queue:
        node = queue.popleft()
        if is_end(node):
            path = []
            while node is not None:
                path.append(node)
                node = back[node]
            return path[::-1]
        for other in neighbours(node):
            if other not in back:
                back[other] = node
                queue.append(other)
    return []


def data_ancestors(tensors: Iterable[Tensor]) -> set[Operation]:
    """Return the operations from which values flow into some tensors; from a function body on into the graph around
    it.
    """
    found: set[Operation] = set()
    todo = [t.op for t in tensors]
    while todo:
        op = todo.pop()
        if op not in found:
            found.add(op)
            todo += [t.op for t in data_inputs(op)]
    return found


def data_inputs(op: Operation) -> list[Tensor]:
    """Return what an operation takes: of the argument of a function body, the tensor around the body that it stands
    for.
    """
    outer = getattr(op.op_def, "outer", None)
    return [outer] if isinstance(outer, Tensor) else list(op.inputs)


def from_outside(tensor: Tensor) -> Tensor:
    """Return the tensor around function bodies for which the argument of one stands; another one as it is."""
    while isinstance(outer := getattr(tensor.op.op_def, "outer", None), Tensor):
        tensor = outer
    return tensor


def sources(ops: Iterable[Operation]) -> list[Operation]:
    """Of some operations those where values come from: variables and placeholders, in creation order."""
    return sorted(
        (
            op
            for op in ops
            if not op.inputs
            and op.type != "Const"
            and (op.op_def.must_feed or op.op_def.stateful and op.all_outputs and op.all_outputs[0].dtype._is_ref)
            or op.type == "PlaceholderWithDefault"
        ),
        key=lambda op: op.id,
    )


def arrows(way: Iterable[Any], at: int = 0, name: Callable[[Any], str] = str) -> str:
    """Return "x -> Cast -> loss"; a long way is told by its ends and what is around its place `at`.

    Example:
        >>> arrows("abcdefghijklm", at=6)
        'a -> b -> ... -> f -> g -> h -> ... -> l -> m'
    """
    way = list(way)
    if len(way) <= 7:
        return " -> ".join(map(name, way))
    shown = sorted({i for i in (0, 1, at - 1, at, at + 1, len(way) - 2, len(way) - 1) if 0 <= i < len(way)})
    told = [name(way[0])]
    for before, i in zip(shown, shown[1:]):
        told += ["...", name(way[i])] if i > before + 1 else [name(way[i])]
    return " -> ".join(told)
