"""A dense tensor from index vectors and values."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import as_sizes, demand
from minigraph.graph.shapes import brackets

__all__ = ["sparse_to_dense"]


class SparseToDense(OpDef, output="dense"):
    """A default value everywhere, but for the given elements."""

    validate_indices: bool = True

    inputs = ("sparse_indices: Tindices", "output_shape: Tindices", "sparse_values: T", "default_value: T")
    allowed = {"Tindices": dtypes.INDICES}
    type_defaults = {"Tindices": dtypes.int32}
    static_inputs = shape_inputs = (1,)

    def shape(self, sparse_indices, output_shape, sparse_values, default_value):
        return as_sizes(output_shape)

    def kernel(self, xp, sparse_indices, output_shape, sparse_values, default_value):
        indices, sizes = np.asarray(sparse_indices), np.asarray(output_shape)
        demand(
            indices.ndim <= 2,
            f"sparse_indices should be a scalar, vector, or matrix, got shape {brackets(indices.shape)}",
        )
        demand(sizes.ndim == 1, f"output_shape should be a vector, got shape {brackets(sizes.shape)}")
        demand(np.ndim(default_value) == 0, "default_value should be a scalar.")
        indices = indices.reshape(-1, 1) if indices.ndim < 2 else indices
        demand(
            indices.shape[1] == len(sizes),
            f"output_shape has incorrect number of elements: {len(sizes)} should be: {indices.shape[1]}",
        )
        demand(
            np.shape(sparse_values) in ((), (len(indices),)),
            f"sparse_values has incorrect shape {brackets(np.shape(sparse_values))}, should be [] or [{len(indices)}]",
        )
        self._check(indices, sizes)
        result = np.full(tuple(sizes.tolist()), default_value, np.asarray(sparse_values).dtype)
        result[tuple(indices.T)] = sparse_values
        return result

    def _check(self, indices: np.ndarray, sizes: np.ndarray) -> None:
        """Raise ValueError for an index that is out of bounds, repeated, or before the one above it."""
        outside = np.flatnonzero(((indices < 0) | (indices >= sizes)).any(axis=1))
        shape = brackets(sizes.tolist())
        if not self.validate_indices:
            demand(not outside.size, f"Indices are not valid (out of bounds).  Shape: {shape}")
            return
        flat = indices.astype(np.int64) @ np.append(np.cumprod(sizes[:0:-1])[::-1], 1)
        bad = np.flatnonzero(np.diff(flat) <= 0) + 1
        if outside.size or bad.size:
            at = min(outside.tolist() + bad.tolist())
            if at in outside:
                words = f"is out of bounds: need 0 <= index < {shape}"
            elif flat[at] == flat[at - 1]:
                words = "is repeated"
            else:
                words = "is out of order. Many sparse ops require sorted indices."
            raise ValueError(f"indices[{at}] = {brackets(indices[at].tolist())} {words}")

    def gradient(self, tf, dy, y, sparse_indices, output_shape, sparse_values, default_value):
        values = tf.gather_nd(dy, sparse_indices)
        rest = tf.reduce_sum(dy) - tf.reduce_sum(values)
        return tf.zeros_like(sparse_indices), tf.zeros_like(output_shape), values, rest


def sparse_to_dense(
    sparse_indices: Any,
    output_shape: Any,
    sparse_values: Any,
    default_value: Any = 0,
    validate_indices: bool = True,
    name: str | None = None,
) -> Tensor:
    """Return a tensor with the given elements, and a default value everywhere else.

    Args:
        sparse_indices: int32 or int64: a row for each element, a vector for elements of a vector, or a scalar.
        output_shape: the shape of the result, of the same type.
        sparse_values: the elements, or one for all.
        default_value: a scalar.
        validate_indices: demand that the indices are in order and without repetitions.
        name: the name of the node.

    Raises:
        tf.errors.InvalidArgumentError: in a run, if shapes do not fit or an index is out of bounds.

    Example:
        >>> print(tf.sparse_to_dense([[0, 1], [1, 2]], [2, 3], [5, 7]).eval().tolist())
        [[0, 5, 0], [0, 0, 7]]
    """
    return apply(SparseToDense(validate_indices), sparse_indices, output_shape, sparse_values, default_value, name=name)
