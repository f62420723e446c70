"""`map_fn`: a function of each row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import nest
from minigraph.graph.default import get_default_graph
from minigraph.graph.same_structure import assert_same_structure
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import constant
from minigraph.ops.control import while_loop
from minigraph.ops.lists.rows import count_rows, need_callable, packer, stack_rows, to_tensors, unstacked
from minigraph.ops.lists.tensor_array import TensorArray

__all__ = ["map_fn"]


def map_fn(
    fn: Callable,
    elems: Any,
    dtype: Any = None,
    parallel_iterations: int | None = None,
    back_prop: bool = True,
    swap_memory: bool = False,
    infer_shape: bool = True,
    name: str | None = None,
) -> Any:
    """Apply `fn` to each row of `elems`, in a loop, and stack the results.

    Args:
        fn: a function of one row (structured as `elems`) that returns tensors, structured as `dtype`.
        elems: a tensor of shape (n, ...), or a structure of tensors with equally many rows.
        dtype: the types of the results, structured as they are; by default those of `elems`.
        parallel_iterations, swap_memory: accepted, as in TF1.
        back_prop: False blocks gradients.
        infer_shape: the results must have one shape.
        name: the name of the node.

    Returns:
        A tensor of shape (n, ...) for each result of `fn`, structured as `dtype`.

    Raises:
        TypeError: if `fn` is not callable, or returns another type than `dtype`.
        ValueError: if `elems` is a scalar, or the result of `fn` is structured differently than `dtype`.

    Example:
        >>> x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
        >>> y = tf.map_fn(lambda row: tf.reduce_sum(row * row), x)
        >>> print(*sess.run([y, tf.gradients(y, x)[0]]))
        [ 5. 25.] [[2. 4.]
         [6. 8.]]
    """
    need_callable(fn)
    flat = nest.flatten(elems)
    with get_default_graph().atomic(), atomic_scope(name, "map", flat):
        tensors = to_tensors(flat)
        given = packer(elems)
        types = given([t.dtype for t in tensors]) if dtype is None else dtype
        if tensors[0].shape.ndims == 0:
            several = "elements in elems must be 1+ dimensional Tensors, not scalars"
            raise ValueError(several if len(tensors) > 1 else "elems must be a 1+ dimensional Tensor, not a scalar")
        n = count_rows(tensors)
        rows = [unstacked(t, n) for t in tensors]
        start = constant.constant(0)
        results = [TensorArray(t, size=n, dynamic_size=False, infer_shape=infer_shape) for t in nest.flatten(types)]

        def step(i: Any, arrays: list) -> tuple:
            found = fn(given([array.read(i) for array in rows]))
            assert_same_structure(types, found)
            return i + 1, [array.write(i, value) for array, value in zip(arrays, nest.flatten(found))]

        _, results = while_loop.while_loop(
            lambda i, _: i < n,
            step,
            (start, results),
            parallel_iterations=parallel_iterations or 10,
            back_prop=back_prop,
            swap_memory=swap_memory,
            maximum_iterations=n,
        )
        return packer(types)(stack_rows(results, tensors))
