"""`scalar_mul`: the product of a tensor, or of rows, and a number."""

from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.ops.math.arithmetic import multiply

__all__ = ["scalar_mul"]


def scalar_mul(scalar: Any, x: Any, name: str | None = None) -> Any:
    """Multiply a tensor or `IndexedSlices` by a number.

    Args:
        scalar: a number or a tensor of rank 0.
        x: the tensor; its type determines the result's.
        name: the name of the node.

    Raises:
        ValueError: if `scalar` is known not to have rank 0.

    Example:
        >>> print(tf.scalar_mul(2.0, tf.constant([1.0, 3.0])).eval())
        [2. 6.]
    """
    with get_default_graph().atomic():
        scalar = convert_to_tensor(scalar, x.dtype.base_dtype, name="scalar")
        if scalar.shape.ndims != 0:
            raise ValueError(f"Only scalar multiply works, got shape {scalar.shape}")
        if isinstance(x, IndexedSlices):
            return IndexedSlices(multiply(scalar, x.values, name), x.indices, x.dense_shape)
        return multiply(scalar, x, name)
