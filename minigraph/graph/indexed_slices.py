"""`IndexedSlices`: some rows of a tensor, as in the gradient of `gather`."""

from __future__ import annotations

from typing import Any, NamedTuple

from minigraph.graph.constant_value import constant_value_as_shape
from minigraph.graph.graph import graph_of
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.read_only import read_only
from minigraph.graph.shapes import unknown_shape

__all__ = ["IndexedSlices", "IndexedSlicesValue"]


class IndexedSlicesValue(NamedTuple):
    """The value of a fetched `IndexedSlices`: numpy arrays."""

    values: Any
    indices: Any
    dense_shape: Any = None


class IndexedSlices:
    """Rows `values[i]` that belong at `indices[i]` of a larger tensor whose other rows are zero.

    An index may occur more than once: such rows are summed.

    Args:
        values: a tensor of shape (n, ...).
        indices: an integer tensor of shape (n,).
        dense_shape: the shape of the whole as a tensor, if it is known.

    Raises:
        ValueError: if the tensors belong to different graphs.

    Example:
        >>> table = tf.constant([[1.0], [2.0], [3.0]])
        >>> (grad,) = tf.gradients(tf.gather(table, [2, 0, 2]), [table])
        >>> print(type(grad).__name__, sess.run(grad).indices, tf.convert_to_tensor(grad).eval().ravel())
        IndexedSlices [2 0 2] [1. 0. 2.]
    """

    __slots__ = ("_values", "_indices", "_dense_shape", "__weakref__")
    value_type = IndexedSlicesValue

    def __init__(self, values: Tensor, indices: Tensor, dense_shape: Tensor | None = None):
        graph_of([values, indices, dense_shape])
        self._values, self._indices, self._dense_shape = values, indices, dense_shape

    values: Tensor = read_only("_values", "The rows.")
    indices: Tensor = read_only("_indices", "The index of each row.")
    dense_shape: Tensor | None = read_only("_dense_shape", "The shape of the whole, as a tensor, or None.")

    @property
    def shape(self) -> Any:
        """The static shape of the whole, as far as it is known."""
        return unknown_shape() if self._dense_shape is None else constant_value_as_shape(self._dense_shape)

    def get_shape(self) -> Any:
        """Return the static shape of the whole."""
        return self.shape

    name: str = read_only("_values.name", "The name of `values`.")
    device: str = read_only("_values.device", "The device of `values`.")
    op: Operation = read_only("_values.op", "The operation that produces `values`.")
    dtype: Any = read_only("_values.dtype", "The type of the elements.")
    graph: Any = read_only("_values.graph", "The graph that holds the tensors.")

    def nest_parts(self) -> list[Tensor]:
        """Return the tensors, for `nest`."""
        return [t for t in (self._values, self._indices, self._dense_shape) if t is not None]

    def with_nest_parts(self, tensors: list[Tensor]) -> IndexedSlices:
        """Return rows made of other tensors."""
        return IndexedSlices(*tensors)

    def consumers(self) -> list[Operation]:
        """Return the operations that take one of the tensors."""
        return list(dict.fromkeys(op for part in self.nest_parts() for op in part.consumers()))

    def __neg__(self) -> IndexedSlices:
        return IndexedSlices(-self._values, self._indices, self._dense_shape)

    def __str__(self) -> str:
        shape = f", dense_shape={self._dense_shape}" if self._dense_shape is not None else ""
        return f"IndexedSlices(indices={self._indices}, values={self._values}{shape})"
