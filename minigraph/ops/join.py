"""Joining tensors: stack, concat, meshgrid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply, expect_list
from minigraph.graph.context import get_default_graph, name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, merge, with_rank, with_rank_at_least
from minigraph.graph.shapes import ShapeError, TensorShape, brackets, unknown_shape
from minigraph.graph.static import constant_value
from minigraph.graph.step import step
from minigraph.ops import array, fill, identities

__all__ = ["stack", "parallel_stack", "concat", "meshgrid"]


def place_of(axis: int, ndims: int) -> int:
    """Return an axis counted from the front; ShapeError where there is none."""
    if not -ndims <= axis < ndims:
        raise ShapeError(f"Invalid axis: {axis}; must be in [{-ndims},{ndims})")
    return axis % ndims


@step("into")
def _vector(*scalars: Any, out: Any = None) -> Any:
    """Numbers in a row; numpy's `stack` takes ten times as long."""
    out = np.empty(len(scalars), scalars[0].dtype) if out is None else out
    out[:] = scalars
    return out


class Pack(OpDef):
    """Tensors of one shape, side by side along a new axis."""

    axis: int = 0
    inputs = ("*values: T",)
    forwards = True

    def shape(self, *values):
        merged = _merge_all(reversed(list(enumerate(values))))
        if merged.ndims is None:
            return merged
        at = place_of(self.axis, merged.ndims + 1)
        return TensorShape.of((*merged.tuple[:at], len(values), *merged.tuple[at:]))

    def as_shape(self, *values):
        if self.axis or any(v.shape.ndims for v in values):  # one of unknown rank is taken for a number, as in TF1
            return None
        sizes = [None if v.value is None or v.value < 0 else int(v.value) for v in values]
        return TensorShape.of(tuple(sizes))

    def kernel(self, xp, *values):
        ndims = np.ndim(values[0]) + 1
        demand(-ndims <= self.axis < ndims, f"axis = {self.axis} not in [{-ndims}, {ndims})")
        if len(values) == 1:
            return xp.expand_dims(values[0], self.axis)
        if xp.__name__ == "numpy" and all(v.shape == () and v.dtype.kind in "fiub" for v in values):
            return _vector(*values)
        return xp.stack(values, axis=self.axis)

    def failure(self, *values):
        first = np.shape(values[0])
        for i, shape in enumerate(np.shape(v) for v in values):
            if shape != first:
                return (
                    f"Shapes of all inputs must match: values[0].shape = {brackets(first)} != values[{i}].shape = "
                    f"{brackets(shape)}"
                )
        return None

    def gradient(self, tf, dy, y, *values):
        return tf.unstack(dy, num=len(values), axis=self.axis)


def _merge_all(numbered: Iterable) -> TensorShape:
    """Return what (number, shape) pairs tell together of the one shape that all have."""
    merged = unknown_shape()
    for i, shape in numbered:
        try:
            merged = merge(shape, merged)
        except ShapeError as error:
            raise ShapeError(f"{error}\n\tFrom merging shape {i} with other shapes.") from None
    return merged


class ParallelConcat(OpDef):
    """Tensors one after the other along their first axis, of size 1; has no gradient, as in TF1."""

    shape_: TensorShape
    inputs = ("*values: T",)

    def shape(self, *values):
        if not self.shape_.is_fully_defined():
            raise ShapeError("shape attr must be fully defined.")
        _merge_all(enumerate(values))
        return self.shape_

    def kernel(self, xp, *values):
        return xp.concatenate(values)


class ConcatV2(OpDef):
    """Tensors one after the other along an axis that they have."""

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
        ndims = known[0].ndims
        for value in known:
            if value.ndims == 0:
                raise ShapeError("Can't concatenate scalars (use tf.stack instead)")
            with_rank(value, ndims)
        if axis.value is None:
            return unknown_shape(ndims)
        at = int(axis.value)
        with_rank_at_least(known[0], at + 1 if at >= 0 else -at)
        at %= ndims
        merged = unknown_shape(ndims - 1)
        for value in known:
            merged = merge(merged, TensorShape.of((*value.tuple[:at], *value.tuple[at + 1 :])))
        sizes = [v.tuple[at] if v.ndims is not None else None for v in values]
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
    """Where each of several tensors begins in their concatenation."""

    inputs = ("concat_dim: int32", "*shape: int32")

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

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


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


def stack(values: Any, axis: int = 0, name: str = "stack") -> Tensor:
    """Put tensors of one shape side by side along a new axis.

    Args:
        values: a list of tensors.
        axis: where the new axis goes.
        name: the name of the node.

    Raises:
        ValueError: if the shapes differ or the axis does not exist.

    Example:
        >>> print(tf.stack([tf.constant([1, 4]), tf.constant([2, 5])], axis=1).eval().tolist())
        [[1, 2], [4, 5]]
    """
    with get_default_graph().atomic():
        if axis == 0:
            graph_values = values
            try:
                return convert_to_tensor(graph_values, name=name)
            except (TypeError, ValueError):
                pass  # lists of unequal rows, or of several types: Pack tells what is wrong
        known = convert_to_tensor(values[0], name=name).shape
        if known.ndims is not None and not -known.ndims - 1 <= axis < known.ndims + 1:
            raise ValueError(f"axis = {axis} not in [{-known.ndims - 1}, {known.ndims + 1})")
        return apply(Pack(axis), *expect_list(values, "values", "pack"), name=name)


def parallel_stack(values: Any, name: str = "parallel_stack") -> Tensor:
    """Put tensors of one shape, which must be known, side by side along a new first axis; has no gradient.

    Args:
        values: a list of tensors.
        name: the name scope.

    Raises:
        ValueError: if the shape of the first is not known, or the others differ.

    Example:
        >>> print(tf.parallel_stack([[1, 4], [2, 5]]).eval().tolist())
        [[1, 4], [2, 5]]
    """
    with name_scope(name):
        shape = TensorShape([len(values)]).concatenate(convert_to_tensor(values[0]).shape)
        return apply(ParallelConcat(shape), *[array.expand_dims(value, 0) for value in values])


def concat(values: Any, axis: Any, name: str = "concat") -> Tensor:
    """Put tensors one after the other along an axis that they have.

    Args:
        values: a list of tensors, alike in all sizes but that one.
        axis: which axis.
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
        with name_scope(name):
            convert_to_tensor(axis, name="concat_dim", dtype=dtypes.int32).shape.assert_has_rank(0)
            return identities.identity(values[0], name=name)
    return apply(ConcatV2(), *values, axis, name=name)


def meshgrid(*args: Any, **kwargs: Any) -> list[Tensor]:
    """Make coordinate grids of vectors, as numpy's function of that name.

    Args:
        *args: vectors.
        indexing: "xy" (by default) or "ij".
        name: the name scope.

    Raises:
        TypeError, ValueError: for other options.

    Example:
        >>> print([grid.tolist() for grid in sess.run(tf.meshgrid([1, 2], [3, 4]))])
        [[[1, 2], [1, 2]], [[3, 3], [4, 4]]]
    """
    indexing, name = kwargs.pop("indexing", "xy"), kwargs.pop("name", "meshgrid")
    if kwargs:
        raise TypeError(f"'{next(iter(kwargs))}' is an invalid keyword argument for this function")
    if indexing not in ("xy", "ij"):
        raise ValueError("indexing parameter must be either 'xy' or 'ij'")
    with name_scope(name, "meshgrid", args):
        count = len(args)
        grids = [array.reshape(stack(x), (1,) * i + (-1,) + (1,) * (count - i - 1)) for i, x in enumerate(args)]
        sizes = [array.size(x) for x in args]
        dtype = convert_to_tensor(args[0]).dtype.base_dtype
        if indexing == "xy" and count > 1:
            grids[0] = array.reshape(grids[0], (1, -1) + (1,) * (count - 2))
            grids[1] = array.reshape(grids[1], (-1, 1) + (1,) * (count - 2))
            sizes[0], sizes[1] = sizes[1], sizes[0]
        factor = fill.ones(sizes, dtype)
        return [grid * factor for grid in grids]
