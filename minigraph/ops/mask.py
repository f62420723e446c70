"""Masks: the parts of a tensor where one is True, and masks of sequence lengths."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.context import name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import as_shape
from minigraph.ops import array, binary, cast, constants, extremes, gather, join, reduction, select, sequences

__all__ = ["boolean_mask", "sequence_mask"]


def boolean_mask(tensor: Any, mask: Any, name: str | None = "boolean_mask", axis: int | None = None) -> Tensor:
    """Return the parts of a tensor where a mask is True.

    Args:
        tensor: a tensor.
        mask: booleans, of the shape of some axes of `tensor`, one after the other.
        name: the name scope.
        axis: the first of these axes, 0 by default.

    Returns:
        A tensor in which these axes are one.

    Raises:
        ValueError: if the mask is a scalar, of unknown rank, or has another shape.

    Example:
        >>> print(tf.boolean_mask([[1, 2], [3, 4], [5, 6]], [True, False, True]).eval().tolist())
        [[1, 2], [5, 6]]
    """
    with name_scope(name, values=[tensor, mask]):
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
        leading = apply(reduction.Prod(), array.shape(tensor)[at : at + count], [0])
        flat = array.reshape(
            tensor, join.concat([array.shape(tensor)[:at], [leading], array.shape(tensor)[at + count :]], 0)
        )
        flat.set_shape(
            as_shape(known[:at]).concatenate([known[at : at + count].num_elements()]).concatenate(known[at + count :])
        )
        mask = array.reshape(mask, [-1])
        places = array.squeeze(select.where(mask), axis=[1])
        return gather.gather(flat, places, axis=at)


def sequence_mask(lengths: Any, maxlen: Any = None, dtype: Any = dtypes.bool_, name: str | None = None) -> Tensor:
    """Mark, for each length, that many first elements of a row.

    Args:
        lengths: integers.
        maxlen: the length of the rows, by default the largest of the lengths.
        dtype: the element type of the result.
        name: the name scope.

    Raises:
        ValueError: if `maxlen` is no scalar.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.sequence_mask([1, 2], 3)))
        [[ True False False]
         [ True  True False]]
    """
    with name_scope(name, "SequenceMask", [lengths, maxlen]):
        lengths = convert_to_tensor(lengths)
        if maxlen is None:
            maxlen = apply(extremes.Max(), lengths, _all_axes(lengths))
            maxlen = binary.maximum(constants.constant(0, maxlen.dtype), maxlen)
        else:
            maxlen = convert_to_tensor(maxlen)
        if maxlen.shape.ndims not in (None, 0):
            raise ValueError("maxlen must be scalar for sequence_mask")
        row = apply(sequences.Range(), constants.constant(0, maxlen.dtype), maxlen, constants.constant(1, maxlen.dtype))
        column = apply(cast.Cast(maxlen.dtype), array.expand_dims(lengths, -1))
        result = row < column
        return result if as_dtype(dtype) is dtypes.bool_ else cast.cast(result, dtype)


def _all_axes(x: Tensor) -> Any:
    if x.shape.ndims is not None:
        return constants.constant(np.arange(x.shape.ndims, dtype=np.int32))
    return apply(sequences.Range(), 0, array.rank(x), 1)
