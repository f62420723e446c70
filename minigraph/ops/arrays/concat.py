"""`concat`: join tensors along an existing axis."""

import functools
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import merge, with_rank, with_rank_at_least
from minigraph.graph.shapes import ShapeError, TensorShape, brackets, unknown_shape
from minigraph.ops.arrays import identity

__all__ = ["concat"]


def _common_rank(shapes: list) -> int:
    """Return the rank of shapes that can be concatenated."""
    for shape in shapes:
        if shape.ndims == 0:
            raise ShapeError("Can't concatenate scalars (use tf.stack instead)")
        with_rank(shape, shapes[0].ndims)
    return shapes[0].ndims


class ConcatV2(OpDef):
    """Tensors concatenated along an existing axis."""

    inputs = ("*values: T", "axis: Tidx")
    allowed = {"Tidx": dtypes.INDICES}
    type_defaults = {"Tidx": dtypes.int32}
    static_inputs = (-1,)
    minimum = {"values": 2}

    def shape(self, *inputs):
        *values, axis = inputs
        with_rank(axis.shape, 0)
        known = [v for v in values if v.ndims is not None]
        if not known:
            return unknown_shape()
        ndims = _common_rank(known)
        if axis.value is None:
            return unknown_shape(ndims)
        at = int(axis.value)
        with_rank_at_least(known[0], at + 1 if at >= 0 else -at)
        at %= ndims
        sides = (TensorShape.of((*v.tuple[:at], *v.tuple[at + 1 :])) for v in known)
        merged = functools.reduce(merge, sides, unknown_shape(ndims - 1))
        sizes: list[Any] = [v.tuple[at] if v.ndims is not None else None for v in values]
        total = None if None in sizes else sum(sizes)
        return TensorShape.of((*merged.tuple[:at], total, *merged.tuple[at:]))

    def as_shape(self, *inputs):
        result = TensorShape.of(())
        for value in inputs[:-1]:
            if value.shape.ndims not in (None, 1):
                return None
            result = result.concatenate(value.as_shape)
        return result

    def kernel(self, xp, *inputs):
        return xp.concatenate(inputs[:-1], axis=int(inputs[-1]))

    def failure(self, *inputs):
        first, ndims, axis = inputs[0].shape, inputs[0].ndim, inputs[-1]
        if np.ndim(axis):
            return f"axis tensor should be a scalar integer, but got shape {brackets(axis.shape)}"
        if not -ndims <= axis < ndims:
            return f"ConcatOp : Expected concatenating dimensions in the range [{-ndims}, {ndims}), but got {axis}"
        axis = int(axis) % ndims
        for i, shape in enumerate(np.shape(v) for v in inputs[:-1]):
            if len(shape) != ndims:
                return (
                    f"ConcatOp : Ranks of all input tensors should match: shape[0] = {brackets(first)} vs. "
                    f"shape[{i}] = {brackets(shape)}"
                )
            if shape[:axis] + shape[axis + 1 :] != first[:axis] + first[axis + 1 :]:
                return (
                    f"ConcatOp : Dimensions of inputs should match: shape[0] = {brackets(first)} vs. "
                    f"shape[{i}] = {brackets(shape)}"
                )
        return None

    def gradient(self, tf, dy, y, *inputs):
        *values, axis = inputs
        if len(values) == 1:
            return [dy, None]
        return [*_concat_gradients(tf, dy, values, axis), None]


class ConcatOffset(OpDef):
    """The offset of each of several tensors in their concatenation."""

    inputs = ("concat_dim: int32", "*shape: int32")
    outputs = ("*offset: int32",)
    gradient = no_gradient

    def dtype(self, axis, *shapes):
        return shapes

    def shape(self, axis, *shapes):
        return tuple(shapes)

    def kernel(self, xp, axis, *shapes):
        begin, found = 0, []
        for sizes in shapes:
            offset = np.zeros_like(sizes)
            offset[int(axis)] = begin
            begin += int(sizes[int(axis)])
            found.append(offset)
        return tuple(found) if len(found) > 1 else found[0]


def _concat_gradients(tf: Any, dy: Any, values: list, axis: Tensor) -> list:
    place = axis % tf.rank(values[0])
    if isinstance(dy, IndexedSlices):
        return _concat_gradients_of_rows(tf, dy, values, axis, place)
    sizes: Any = []
    for value in values:
        size = tf.shape(value)
        if size.op.type != "Const":
            sizes = tf.shape_n(values)
            break
        sizes.append(size)

    if len(sizes) > 16:
        sizes = tf.squeeze(tf.slice(tf.stack(sizes, axis=1), [place, 0], [1, -1]))
        return tf.split(dy, sizes, place)
    offsets = apply(ConcatOffset(), place, *sizes)
    return [tf.slice(dy, begin, size) for begin, size in zip(offsets, sizes)]


def _concat_gradients_of_rows(tf: Any, dy: IndexedSlices, values: list, axis: Tensor, place: Tensor) -> list:
    static = constant_value(axis)
    if static is None:
        raise ValueError("Can only compute IndexedSlices gradient with statically-known concat_dim")
    if static < 0:
        if constant_value(tf.rank(values[0])) is None:
            raise ValueError(
                "Can only compute IndexedSlices gradient with negative concat_dim when first value rank "
                "is statically-known."
            )
        static = static % values[0].shape.ndims
    sizes: Any = [tf.shape(v) for v in values]
    found = []
    if static > 0:
        ndims = tf.shape(sizes[0])
        mask = tf.concat([tf.fill(tf.expand_dims(place, 0), 0), [1], tf.fill(ndims - place - 1, 0)], 0)
        begin: Any = tf.fill(ndims, 0)
        for size in sizes:
            rows = tf.slice(dy.values, begin, tf.concat([[-1], tf.slice(size, [1], [-1])], 0))
            found.append(IndexedSlices(rows, dy.indices, size))
            begin = tf.add(begin, size * mask)
        return found
    start: Any = tf.constant(0, dy.indices.dtype)
    for size in sizes:
        count = tf.gather(size, place)
        if count.dtype != dy.indices.dtype:
            count = tf.cast(count, dy.indices.dtype)
        end = start + count
        inside = tf.logical_and(dy.indices >= start, dy.indices < end)
        chosen = tf.squeeze(tf.where(inside), axis=[1])
        indices = tf.gather(dy.indices, chosen) - start
        found.append(IndexedSlices(tf.gather(dy.values, chosen), indices, size))
        start = end
    return found


def concat(values: Any, axis: Any, name: str = "concat") -> Tensor:
    """Concatenate tensors along an existing axis.

    Args:
        values: a list of tensors whose other sizes are equal.
        axis: the axis.
        name: the name of the node.

    Raises:
        ValueError: if the shapes do not fit.

    Example:
        >>> print(tf.concat([[[1, 2]], [[3, 4]]], axis=0).eval().tolist())
        [[1, 2], [3, 4]]
    """
    if not isinstance(values, (list, tuple)):
        values = [values]
    if len(values) == 1:
        with atomic_scope(name):
            convert_to_tensor(axis, name="concat_dim", dtype=dtypes.int32).shape.assert_has_rank(0)
            return identity.identity(values[0], name=name)
    return apply(ConcatV2(), *values, axis, name=name)
