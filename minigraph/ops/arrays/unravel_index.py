"""`unravel_index`: positions in a flat array as positions along its axes."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import TensorShape

__all__ = ["unravel_index"]


class UnravelIndex(OpDef):
    """The positions along the axes of an array of sizes `dims`, a row for each axis."""

    inputs = ("indices: Tidx", "dims: Tidx")
    outputs = ("Tidx",)
    allowed = {"Tidx": dtypes.INDICES}
    gradient = no_gradient

    def shape(self, indices, dims):
        (axes,) = with_rank(dims, 1).tuple
        if indices.ndims is None:
            return TensorShape.of(None)
        return TensorShape.of((axes,)) if indices.ndims == 0 else TensorShape.of((axes, indices.num_elements()))

    def kernel(self, xp, indices, dims):
        indices, sizes = np.asarray(indices), np.asarray(dims)
        total = int(np.prod(sizes, dtype=np.int64))
        outside = indices.reshape(-1)[(indices.reshape(-1) < 0) | (indices.reshape(-1) >= total)]
        demand(not outside.size, f"index is out of bound as with dims: {outside[:1]} is not below {total}")
        found = np.unravel_index(indices.reshape(-1), tuple(sizes))
        return np.stack(found).reshape(sizes.shape + (indices.shape)).astype(indices.dtype)


def unravel_index(indices: Any, dims: Any, name: str | None = None) -> Tensor:
    """Return where flat positions are in an array.

    Args:
        indices: int32 or int64 positions in the flat array, a scalar or a vector.
        dims: the sizes of the array, a vector of the same type.
        name: the name of the node.

    Returns:
        A matrix with a row for each axis; a vector if `indices` is a scalar.

    Raises:
        InvalidArgumentError: in a run, if a position is not in the array.

    Example:
        >>> print(tf.unravel_index([2, 5, 7], [3, 3]).eval().tolist())
        [[0, 1, 2], [2, 2, 1]]
    """
    return apply(UnravelIndex(), indices, dims, name=name)
