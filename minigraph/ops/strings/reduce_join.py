"""`reduce_join`: texts along axes of a tensor, joined."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape, unknown_shape
from minigraph.ops.arrays.constant import constant
from minigraph.ops.arrays.ranges import range as range_of
from minigraph.ops.arrays.size_ops import rank

__all__ = ["reduce_join"]


class ReduceJoin(OpDef):
    """The texts along axes, joined; along the first of them first."""

    keep_dims: bool = False
    separator: str = ""

    inputs = ("inputs: string", "reduction_indices: int32")
    outputs = ("string",)
    static_inputs = (1,)

    def shape(self, inputs, reduction_indices):
        axes = reduction_indices.value
        if inputs.ndims is None or axes is None:
            return unknown_shape()
        gone = {int(axis) % inputs.ndims for axis in np.ravel(axes)} if inputs.ndims else set()
        if self.keep_dims:
            return TensorShape.of(tuple([1 if i in gone else size for i, size in enumerate(inputs.tuple)]))
        return TensorShape.of(tuple([size for i, size in enumerate(inputs.tuple) if i not in gone]))

    def kernel(self, xp, inputs, reduction_indices):
        texts = np.asarray(inputs, object)
        axes = [int(axis) for axis in np.ravel(reduction_indices)]
        for axis in axes:
            if not -texts.ndim <= axis < max(texts.ndim, 1):
                text = f"Invalid reduction dimension {axis} for input with {texts.ndim} dimension(s)"
                raise errors.OutOfRangeError(None, None, text)
        axes = [axis % texts.ndim for axis in axes] if texts.ndim else []
        kept = [i for i in range(texts.ndim) if i not in axes]
        sizes = [texts.shape[i] for i in kept]
        rows = texts.transpose(kept + axes[::-1]).reshape(int(np.prod(sizes, dtype=int)), -1)
        joined = np.array([self.separator.encode().join(row) for row in rows.tolist()] + [None], object)[:-1]
        shape = [1 if i in axes else size for i, size in enumerate(texts.shape)] if self.keep_dims else sizes
        return joined.reshape(shape)

    def gradient(self, tf, dy, y, inputs, reduction_indices):
        return [None, None]


def reduce_join(
    inputs: Any,
    axis: Any = None,
    keep_dims: bool | None = None,
    separator: str = "",
    name: str | None = None,
    reduction_indices: Any = None,
    keepdims: bool | None = None,
) -> Tensor:
    """Join the texts along axes.

    Args:
        inputs: texts.
        axis: the axis or axes; all by default, the last one first.
        keep_dims: keep the axes, with size 1.
        separator: what stands between the texts.
        name: the name.
        reduction_indices: another name of `axis`.
        keepdims: another name of `keep_dims`.

    Raises:
        OutOfRangeError: in a run, if there is no such axis.

    Example:
        >>> print(sess.run(tf.reduce_join([["a", "b"], ["c", "d"]], axis=1, separator=" ")))
        [b'a b' b'c d']
    """
    with atomic_scope(None, "ReduceJoin", [t for t in [inputs] if isinstance(t, Tensor)]):
        texts = convert_to_tensor(inputs)
        axes = reduction_indices if axis is None else axis
        if axes is None:
            axes = _all_axes(texts)
        return apply(ReduceJoin(bool(keep_dims or keepdims), separator), texts, axes, name=name)


def _all_axes(texts: Tensor) -> Tensor:
    """Return all axes, the last one first."""
    if texts.shape.ndims is not None:
        return constant(np.arange(texts.shape.ndims - 1, -1, -1), dtypes.int32)
    return range_of(rank(texts) - 1, -1, -1)
