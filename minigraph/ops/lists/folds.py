"""`foldl` and `foldr`: one value, made from all rows one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import nest
from minigraph.graph.default import get_default_graph
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import constant
from minigraph.ops.control import while_loop
from minigraph.ops.lists.rows import count_rows, need_callable, to_tensors, unstacked

__all__ = ["foldl", "foldr"]


def foldl(
    fn: Callable,
    elems: Any,
    initializer: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    name: str | None = None,
) -> Any:
    """Combine the rows of `elems` from the first to the last: `a = fn(a, row)`.

    Args:
        fn: a function of the value so far and a row that returns the next value.
        elems: a tensor of shape (n, ...), or a structure of tensors with equally many rows.
        initializer: the value to start with; by default the first row.
        parallel_iterations, swap_memory: accepted, as in TF1.
        back_prop: False blocks gradients.
        name: the name of the node.

    Returns:
        The last value.

    Raises:
        TypeError: if `fn` is not callable.

    Example:
        >>> print(tf.foldl(lambda a, x: 10 * a + x, tf.range(1, 4)).eval())
        123
    """
    need_callable(fn)
    with get_default_graph().atomic(), atomic_scope(name, "foldl", nest.flatten(elems)):
        n, rows = _rows(elems)
        first = nest.map_structure(lambda array: array.read(0), rows) if initializer is None else initializer
        start = constant.constant(1 if initializer is None else 0)

        def step(i: Any, a: Any) -> list:
            return [i + 1, fn(a, nest.map_structure(lambda array: array.read(i), rows))]

        return _loop(lambda i, _: i < n, step, [start, first], n, parallel_iterations, back_prop, swap_memory)


def foldr(
    fn: Callable,
    elems: Any,
    initializer: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    name: str | None = None,
) -> Any:
    """Combine the rows of `elems` from the last to the first: `a = fn(a, row)`.

    Args:
        fn: a function of the value so far and a row that returns the next value.
        elems: a tensor of shape (n, ...), or a structure of tensors with equally many rows.
        initializer: the value to start with; by default the last row.
        parallel_iterations, swap_memory: accepted, as in TF1.
        back_prop: False blocks gradients.
        name: the name of the node.

    Returns:
        The last value.

    Raises:
        TypeError: if `fn` is not callable.

    Example:
        >>> print(tf.foldr(lambda a, x: 10 * a + x, tf.range(1, 4)).eval())
        321
    """
    need_callable(fn)
    with get_default_graph().atomic(), atomic_scope(name, "foldr", nest.flatten(elems)):
        n, rows = _rows(elems)
        start = n - 1 if initializer is None else n
        first = nest.map_structure(lambda array: array.read(start), rows) if initializer is None else initializer

        def step(i: Any, a: Any) -> list:
            i -= 1
            return [i, fn(a, nest.map_structure(lambda array: array.read(i), rows))]

        return _loop(lambda i, _: i > 0, step, [start, first], n, parallel_iterations, back_prop, swap_memory)


def _rows(elems: Any) -> tuple[Any, Any]:
    """Return the number of rows, and the arrays of the rows, structured as `elems`."""
    tensors = to_tensors(nest.flatten(elems))
    n = count_rows(tensors)
    return n, nest.pack_sequence_as(elems, [unstacked(t, n) for t in tensors])


def _loop(cond: Callable, step: Callable, start: list, n: Any, parallel: int, back_prop: bool, swap: bool) -> Any:
    return while_loop.while_loop(
        cond, step, start, parallel_iterations=parallel, back_prop=back_prop, swap_memory=swap, maximum_iterations=n
    )[1]
