"""A dense tensor with numbers added at index vectors, given as the parts of a sparse tensor."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand
from minigraph.graph.shapes import brackets

__all__ = ["sparse_tensor_dense_add"]


class SparseTensorDenseAdd(OpDef):
    """A dense tensor b, with the values of a sparse tensor of the same shape added."""

    inputs = ("a_indices: Tindices", "a_values: T", "a_shape: Tindices", "b: T")
    allowed = {"T": dtypes.NUMBERS, "Tindices": dtypes.INDICES}

    def shape(self, a_indices, a_values, a_shape, b):
        return b

    def kernel(self, xp, a_indices, a_values, a_shape, b):
        _check(*map(np.asarray, (a_indices, a_values, a_shape, b)))
        result = np.array(b)
        np.add.at(result, tuple(np.moveaxis(np.asarray(a_indices), -1, 0)), a_values)
        return result

    def gradient(self, tf, dy, y, a_indices, a_values, a_shape, b):
        return None, tf.gather_nd(dy, a_indices), None, dy


def _check(indices: np.ndarray, values: np.ndarray, shape: np.ndarray, b: np.ndarray) -> None:
    """Raise ValueError unless the parts make a sparse tensor of the shape of b."""
    demand(indices.ndim == 2, f"Input a_indices should be a matrix but received shape: {brackets(indices.shape)}")
    demand(
        values.ndim == shape.ndim == 1,
        "Inputs a_values and a_shape should be vectors but received shapes: "
        f"{brackets(values.shape)} and {brackets(shape.shape)}",
    )
    demand(len(values) == len(indices), f"{len(values)} values for {len(indices)} index vectors")
    demand(len(shape) == b.ndim, f"Two operands have different ranks; received: {len(shape)} and {b.ndim}")
    for i, (sparse, dense) in enumerate(zip(shape.tolist(), b.shape)):
        sides = f"sparse side {sparse} vs dense side {dense}"
        demand(sparse == dense, f"Dimension {i} does not equal (no broadcasting is supported): {sides}")
    outside = np.argwhere((indices < 0) | (indices >= shape))
    if len(outside):
        axis = outside[0][1]
        raise ValueError(
            f"Sparse tensor has some invalid index on dimension {axis}; dense tensor shape: {brackets(b.shape)}\n"
            f"The index is {indices[tuple(outside[0])]}."
        )


def sparse_tensor_dense_add(a_indices: Any, a_values: Any, a_shape: Any, b: Any, name: str | None = None) -> Tensor:
    """Add values to a dense tensor at index vectors.

    Args:
        a_indices: a matrix of integers, an index vector in each row.
        a_values: a vector, a number for each row.
        a_shape: the shape of `b`, of the type of the indices.
        b: the dense tensor.
        name: the name of the node.

    Returns:
        A tensor of the type and shape of `b`; values at equal index vectors add up.

    Example:
        >>> indices, zeros = tf.constant([[0, 1], [1, 0], [0, 1]]), tf.zeros([2, 2])
        >>> print(sparse_tensor_dense_add(indices, [1.0, 2.0, 3.0], [2, 2], zeros).eval().tolist())
        [[0.0, 4.0], [2.0, 0.0]]
    """
    return apply(SparseTensorDenseAdd(), a_indices, a_values, a_shape, b, name=name)
