"""`scan`: the values that a fold goes through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import nest
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import shape_ops
from minigraph.ops.control import while_loop
from minigraph.ops.lists.rows import need_callable, packer, stack_rows, to_tensors
from minigraph.ops.lists.tensor_array import TensorArray

__all__ = ["scan"]


def scan(
    fn: Callable,
    elems: Any,
    initializer: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    infer_shape: bool = True,
    reverse: bool = False,
    name: str | None = None,
) -> Any:
    """Combine the rows of `elems` one after the other, `a = fn(a, row)`, and stack all values of `a`.

    Args:
        fn: a function of the value so far and a row that returns the next value.
        elems: a tensor of shape (n, ...), or a structure of tensors with equally many rows.
        initializer: the value before the first row; by default the first row is the first value.
        parallel_iterations, swap_memory: accepted, as in TF1.
        back_prop: False blocks gradients.
        infer_shape: the values must have one shape.
        reverse: go from the last row to the first; the values lie at the indices of their rows.
        name: the name of the node.

    Returns:
        A tensor of shape (n, ...) for each part of the value, structured as `initializer` or else `elems`.

    Raises:
        TypeError: if `fn` is not callable.
        ValueError: if the result of `fn` is structured differently than the value.

    Example:
        >>> print(tf.scan(lambda a, x: a + x, tf.range(1, 5)).eval())
        [ 1  3  6 10]
    """
    need_callable(fn)
    like, flat = elems if initializer is None else initializer, nest.flatten(elems)
    with get_default_graph().atomic(), atomic_scope(name, "scan", flat):
        tensors = to_tensors(flat)
        n = tensors[0].shape[0].value if tensors[0].shape.ndims else None
        n = shape_ops.shape(tensors[0])[0] if n is None else n
        rows = [TensorArray(t.dtype, n, dynamic_size=False, element_shape=t.shape[1:]) for t in tensors]
        rows = [array.unstack(t) for array, t in zip(rows, tensors)]
        given, packed = packer(elems), packer(like)
        if initializer is None:
            first = [array.read(n - 1 if reverse else 0) for array in rows]
        else:
            first = [convert_to_tensor(value) for value in nest.flatten(initializer)]
        arrays = [
            TensorArray(a.dtype, n, False, element_shape=a.shape if infer_shape else None, infer_shape=infer_shape)
            for a in first
        ]
        if initializer is None:
            arrays = [array.write(n - 1 if reverse else 0, a) for array, a in zip(arrays, first)]

        def step(i: Any, a: list, arrays: list) -> tuple:
            row = given([array.read(i) for array in rows])
            found = fn(packed(a), row)
            nest.assert_same_structure(like, found)
            values = nest.flatten(found)
            arrays = [array.write(i, value) for array, value in zip(arrays, values)]
            return (i - 1 if reverse else i + 1), values, arrays

        done = 1 if initializer is None else 0
        start = n - 1 - done if reverse else done
        _, _, arrays = while_loop.while_loop(
            (lambda i, *_: i >= 0) if reverse else (lambda i, *_: i < n),
            step,
            (start, first, arrays),
            parallel_iterations=parallel_iterations,
            back_prop=back_prop,
            swap_memory=swap_memory,
            maximum_iterations=n,
        )
        return packed(stack_rows(arrays, tensors))
