"""Tensors that must have the shape of another, checked before or in a run; batches repeated for a search."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import nest
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays import concat, expand_dims, identity, reshape, shape_ops, size_ops, tile
from minigraph.ops.control.assertions import Assert
from minigraph.ops.math import comparison, reduce_max_min

__all__ = ["tile_batch", "with_same_shape"]


def with_same_shape(expected: Tensor, tensor: Tensor) -> Tensor:
    """Return a tensor with the shape of another, which is checked in a run where it is not known before.

    Raises:
        ValueError: if the shapes are known and differ.

    Example:
        >>> x = tf.placeholder(tf.float32, [None, 3])
        >>> print(with_same_shape(tf.zeros([2, 3]), x).shape)
        (2, 3)
    """
    with atomic_scope(f"{tensor.op.name}/", values=[expected, tensor]):
        if not expected.shape.is_fully_defined():
            return _checked(shape_ops.shape(expected, name="expected_shape"), tensor)
        wanted = np.array(expected.shape.as_list(), np.int32)
        fits = tensor.shape.is_compatible_with(expected.shape)
        if not wanted.size and (not tensor.shape.is_fully_defined() or tensor.shape.is_compatible_with([1])):
            return reshape.reshape(tensor, [])
        if not tensor.shape.is_fully_defined():
            found = _checked(wanted, tensor)
            found.set_shape(expected.shape)
            return found
        if not fits:
            raise ValueError(f"Invalid shape for tensor {tensor.name}, expected {wanted}, got {tensor.shape}.")
        return tensor


def _checked(wanted: Any, tensor: Tensor) -> Tensor:
    """Return the tensor after a check of its shape, by the nodes of TF1."""
    with atomic_scope("assert_shape") as scope:
        actual = shape_ops.shape(tensor, name="actual")
        words = f"Wrong shape for {tensor.name} [expected] [actual]."
        check = Assert(_is_shape(wanted, tensor, actual), [words, wanted, actual], name=scope)
    with control_dependencies([check]):
        return identity.identity(tensor)


def _is_shape(wanted: Any, tensor: Tensor, actual: Tensor) -> Tensor:
    with atomic_scope("is_shape") as scope:
        size = size_ops.size(wanted)
        with atomic_scope("is_rank") as inner:
            rank = size_ops.rank(tensor, name="actual")
            same_rank = comparison.equal(convert_to_tensor(size, name="expected"), rank, name=inner)
        with atomic_scope("shape_tensor_equal") as inner:
            any_size, same = comparison.equal(wanted, -1), comparison.equal(wanted, actual, "equal")
            either = comparison.logical_or(any_size, same, name="exclude_partial_shape")
            same_sizes = reduce_max_min.reduce_all(either, name=inner)
        return comparison.logical_and(same_rank, same_sizes, name=scope)


def tile_batch(t: Any, multiplier: int, name: str | None = None) -> Any:
    """Repeat each entry of a batch, one after the other.

    Args:
        t: a tensor of shape [batch, ...], or a nested structure of such.
        multiplier: how often.
        name: the name scope.

    Raises:
        ValueError: if a rank is not known, or 0.

    Example:
        >>> print(sess.run(tf.contrib.seq2seq.tile_batch(tf.constant([[1], [2]]), 2)).tolist())
        [[1], [1], [2], [2]]
    """
    with atomic_scope(name, "tile_batch", [*nest.flatten(t), multiplier]):
        return nest.map_structure(lambda each: _tiled(each, multiplier), t)


def _tiled(t: Any, multiplier: int) -> Tensor:
    t = convert_to_tensor(t, name="t")
    shape: Any = shape_ops.shape(t)
    if not t.shape.ndims:
        raise ValueError("t must have statically known rank")
    batch = t.shape[0].value
    tiled = tile.tile(expand_dims.expand_dims(t, 1), [1, multiplier] + [1] * (t.shape.ndims - 1))
    tiled = reshape.reshape(tiled, concat.concat(([shape[0] * multiplier], shape[1:]), 0))
    tiled.set_shape(TensorShape([None if batch is None else batch * multiplier]).concatenate(t.shape[1:]))
    return tiled
