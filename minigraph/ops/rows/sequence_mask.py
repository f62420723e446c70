"""`sequence_mask`: the positions within each sequence's length."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import cast, constant, expand_dims, ranges, size_ops
from minigraph.ops.math import maximum_minimum, reduce_max_min

__all__ = ["sequence_mask"]


def sequence_mask(lengths: Any, maxlen: Any = None, dtype: Any = dtypes.bool_, name: str | None = None) -> Tensor:
    """Return, for each length, a row in which that many first elements are True.

    Args:
        lengths: integers.
        maxlen: the length of the rows, by default the largest of the lengths.
        dtype: the element type of the result.
        name: the name scope.

    Raises:
        ValueError: if `maxlen` is not a scalar.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.sequence_mask([1, 2], 3)))
        [[ True False False]
         [ True  True False]]
    """
    with atomic_scope(name, "SequenceMask", [lengths, maxlen]):
        lengths = convert_to_tensor(lengths)
        if maxlen is None:
            maxlen = apply(reduce_max_min.Max(), lengths, _all_axes(lengths))
            maxlen = maximum_minimum.maximum(constant.constant(0, maxlen.dtype), maxlen)
        else:
            maxlen = convert_to_tensor(maxlen)
        if maxlen.shape.ndims not in (None, 0):
            raise ValueError("maxlen must be scalar for sequence_mask")
        row = apply(ranges.Range(), constant.constant(0, maxlen.dtype), maxlen, constant.constant(1, maxlen.dtype))
        column = apply(cast.Cast(maxlen.dtype), expand_dims.expand_dims(lengths, -1))
        result = row < column
        return result if as_dtype(dtype) is dtypes.bool_ else cast.cast(result, dtype)


def _all_axes(x: Tensor) -> Any:
    if x.shape.ndims is not None:
        return constant.constant(np.arange(x.shape.ndims, dtype=np.int32))
    return apply(ranges.Range(), 0, size_ops.rank(x), 1)
