"""`boolean_mask`: the elements for which a mask is True."""

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import as_shape
from minigraph.ops.arrays import concat, expand_dims, reshape, shape_ops, where
from minigraph.ops.math import reductions
from minigraph.ops.rows import gather

__all__ = ["boolean_mask"]


def boolean_mask(tensor: Any, mask: Any, name: str | None = "boolean_mask", axis: int | None = None) -> Tensor:
    """Return the parts of a tensor where a mask is True.

    Args:
        tensor: a tensor.
        mask: booleans, of the shape of some consecutive axes of `tensor`.
        name: the name scope.
        axis: the first of these axes, 0 by default.

    Returns:
        A tensor in which these axes have become one.

    Raises:
        ValueError: if the mask is a scalar, of unknown rank, or has another shape.

    Example:
        >>> print(tf.boolean_mask([[1, 2], [3, 4], [5, 6]], [True, False, True]).eval().tolist())
        [[1, 2], [5, 6]]
    """
    with atomic_scope(name, values=[tensor, mask]):
        tensor, mask = convert_to_tensor(tensor, name="tensor"), convert_to_tensor(mask, name="mask")
        count = mask.shape.ndims
        if count == 0:
            raise ValueError("mask cannot be scalar.")
        if count is None:
            raise ValueError(
                "Number of mask dimensions must be specified, even if some dimensions are None.  E.g. "
                "shape=[None] is ok, but shape=None is not."
            )
        at = 0 if axis is None else axis
        known = tensor.shape
        known[at : at + count].assert_is_compatible_with(mask.shape)
        leading = apply(reductions.Prod(), shape_ops.shape(tensor)[at : at + count], [0])
        flat = reshape.reshape(
            tensor, concat.concat([shape_ops.shape(tensor)[:at], [leading], shape_ops.shape(tensor)[at + count :]], 0)
        )
        flat.set_shape(
            as_shape(known[:at]).concatenate([known[at : at + count].num_elements()]).concatenate(known[at + count :])
        )
        mask = reshape.reshape(mask, [-1])
        places = expand_dims.squeeze(where.where(mask), axis=[1])
        return gather.gather(flat, places, axis=at)
