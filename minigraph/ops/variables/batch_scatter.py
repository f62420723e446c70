"""Conversion of row indices within each entry of a batch to index vectors."""

from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.ops.arrays import concat, expand_dims, filled_like, ranges, reshape, shape_ops

__all__ = ["index_vectors"]


def index_vectors(indices: Any) -> Tensor:
    """Return the index vector of each row within its entry of the batch.

    Args:
        indices: integers of known rank: the batch axes, and last the rows in each entry.

    Returns:
        A tensor with one more axis.

    Example:
        >>> print(sess.run(index_vectors([[2], [0]])).tolist())
        [[[0, 2]], [[1, 0]]]
    """
    indices = convert_to_tensor(indices)
    sizes, rank = shape_ops.shape(indices), len(indices.shape)
    rows = expand_dims.expand_dims(indices, -1)
    parts = []
    for axis in range(rank - 1):
        size = sizes[axis]
        entries = ranges.range(0, size, 1, dtype=indices.dtype, name="Range")
        entries = reshape.reshape(entries, [1] * axis + [size] + [1] * (rank - axis))
        parts.append(entries * filled_like.ones_like(rows, dtype=indices.dtype))
    return concat.concat(parts + [rows], axis=-1)
