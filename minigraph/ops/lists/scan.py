"""`scan`: the values that a fold goes through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph import nest
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
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
    flat = nest.flatten(elems)
    with get_default_graph().atomic(), atomic_scope(name, "scan", flat):
        tensors = to_tensors(flat)
        scanned = _Scan(fn, elems, tensors, initializer, infer_shape, reverse)
        _, _, arrays = while_loop.while_loop(
            scanned.goes_on,
            scanned.step,
            scanned.start,
            parallel_iterations=parallel_iterations,
            back_prop=back_prop,
            swap_memory=swap_memory,
            maximum_iterations=scanned.size,
        )
        return scanned.packed(stack_rows(arrays, tensors))


class _Scan:
    """The loop of `scan`; its variables are the index, the value so far and the arrays of all values.

    Args:
        fn, elems, initializer, infer_shape, reverse: as for `scan`.
        tensors: the leaves of `elems` as tensors.
    """

    def __init__(self, fn: Callable, elems: Any, tensors: list, initializer: Any, infer_shape: bool, reverse: bool):
        self._fn, self._reverse = fn, reverse
        self._like = elems if initializer is None else initializer
        self._given, self.packed = packer(elems), packer(self._like)
        self.size = _rows_of(tensors[0])
        rows = [TensorArray(t.dtype, self.size, dynamic_size=False, element_shape=t.shape[1:]) for t in tensors]
        self._rows = [array.unstack(t) for array, t in zip(rows, tensors)]
        self.start = self._from_first_row(infer_shape) if initializer is None else self._from(initializer, infer_shape)

    def _from(self, initializer: Any, infer_shape: bool) -> tuple:
        """Return the loop's variables before the first row."""
        values = [convert_to_tensor(value) for value in nest.flatten(initializer)]
        arrays = [_array_like(value, self.size, infer_shape) for value in values]
        return (self.size - 1 - 0 if self._reverse else 0), values, arrays

    def _from_first_row(self, infer_shape: bool) -> tuple:
        """Return the loop's variables after the first row, which is the first value."""

        def first() -> Any:  # as a node of its own each time, as in TF1
            return self.size - 1 if self._reverse else 0

        values = [array.read(first()) for array in self._rows]
        arrays = [_array_like(value, self.size, infer_shape) for value in values]
        arrays = [array.write(first(), value) for array, value in zip(arrays, values)]
        return (self.size - 1 - 1 if self._reverse else 1), values, arrays

    def goes_on(self, i: Any, *_: Any) -> Tensor:
        """Return whether there is a row at an index."""
        return i >= 0 if self._reverse else i < self.size

    def step(self, i: Any, values: list, arrays: list) -> tuple:
        """Return the next values of the loop's variables."""
        row = self._given([array.read(i) for array in self._rows])
        found = self._fn(self.packed(values), row)
        nest.assert_same_structure(self._like, found)
        values = nest.flatten(found)
        arrays = [array.write(i, value) for array, value in zip(arrays, values)]
        return (i - 1 if self._reverse else i + 1), values, arrays


def _rows_of(tensor: Tensor) -> Any:
    """Return the number of rows: an int if it is known, 0 included, a scalar tensor if not."""
    known = tensor.shape[0].value if tensor.shape.ndims else None
    return shape_ops.shape(tensor)[0] if known is None else known


def _array_like(value: Tensor, size: Any, infer_shape: bool) -> TensorArray:
    shape = value.shape if infer_shape else None
    return TensorArray(value.dtype, size, dynamic_size=False, element_shape=shape, infer_shape=infer_shape)
