"""Sums, means and products over axes, and the sum of several tensors."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import computed_value, constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import colocate_with, device
from minigraph.graph.shape_rules import merge
from minigraph.graph.shapes import ShapeError, TensorShape, as_shape, brackets
from minigraph.ops.arrays import identity
from minigraph.ops.arrays.broadcast import graph_cache
from minigraph.ops.math.reduction_axes import Reduction, reduced, reduced_shape

__all__ = ["reduce_sum", "reduce_mean", "reduce_prod", "reduce_euclidean_norm", "add_n", "accumulate_n"]


class Sum(Reduction):
    """The sum over axes."""

    def reduce(self, xp, input, axes):
        return xp.sum(input, axis=axes, keepdims=self.keep_dims, dtype=input.dtype)

    def gradient(self, tf, dy, y, input, axes):
        return _spread(tf, dy, input, axes), None


class Mean(Reduction):
    """The mean over axes; rounded towards zero for integers."""

    def reduce(self, xp, input, axes):
        is_integer = input.dtype.kind in "iu"
        total = xp.sum(input, axis=axes, keepdims=self.keep_dims, dtype=np.int64 if is_integer else input.dtype)
        count = np.size(input) // max(np.size(total), 1)
        if is_integer:
            return (np.sign(total) * (np.abs(total) // max(count, 1))).astype(input.dtype)
        return total / input.dtype.type(count)

    def gradient(self, tf, dy, y, input, axes):
        spread = _spread(tf, dy, input, axes)
        count, kept = input.shape.num_elements(), y.shape.num_elements()
        if count is not None and kept is not None:
            factor: Any = tf.constant(count // max(kept, 1), spread.dtype)
        else:
            sizes, left = tf.shape(input), tf.shape(y)
            factor = tf.safe_division(tf.reduce_prod(sizes), tf.reduce_prod(left))
        return tf.truediv(spread, tf.cast(factor, spread.dtype)), None


class Prod(Reduction):
    """The product over axes."""

    def reduce(self, xp, input, axes):
        return xp.prod(input, axis=axes, keepdims=self.keep_dims, dtype=input.dtype)

    def gradient(self, tf, dy, y, input, axes):
        return _of_product(tf, dy, input, axes), None


class EuclideanNorm(Reduction):
    """The square root of the sum of squares over axes."""

    def reduce(self, xp, input, axes):
        squares = xp.sum(input * xp.conj(input), axis=axes, keepdims=self.keep_dims, dtype=input.dtype)
        return xp.sqrt(squares).astype(input.dtype)

    def gradient(self, tf, dy, y, input, axes):
        return None, None  # as in TF1


class AddN(OpDef):
    """The sum of tensors of one shape."""

    inputs = ("*inputs: T",)
    allowed = {"T": (*dtypes.NUMBERS, dtypes.variant)}
    forwards = True

    def shape(self, *inputs):
        result = inputs[-1]
        for i in reversed(range(len(inputs) - 1)):
            try:
                result = merge(inputs[i], result)
            except ShapeError as error:
                raise ShapeError(f"{error}\n\tFrom merging shape {i} with other shapes.") from None
        return result

    def kernel(self, xp, *inputs):
        total = inputs[0]
        for i, each in enumerate(inputs[1:], 1):
            if np.shape(each) != np.shape(total):
                raise ValueError(
                    f"Inputs to operation of type {self.type} must have the same size and shape.  Input "
                    f"0: {brackets(np.shape(total))} != input {i}: {brackets(np.shape(each))}"
                )
            total = total + each
        return total

    def gradient(self, tf, dy, y, *inputs):
        return [dy] * len(inputs)


class AccumulateNV2(AddN):
    """The sum of tensors of one given shape."""

    shape_: TensorShape

    def shape(self, *inputs):
        return super().shape(*inputs).merge_with(self.shape_)


def _spread(tf: Any, dy: Tensor, input: Tensor, axes: Tensor) -> Tensor:
    """Repeat the gradient of a sum along the summed axes."""
    sizes = input.shape.tuple
    known = constant_value(axes) if sizes is not None else None
    if sizes is not None and known is not None:
        if np.array_equal(known, np.arange(len(sizes))):
            dy = tf.reshape(dy, [1] * len(sizes))
            whole = tf.shape(input) if None in sizes else tf.constant(sizes, dtypes.int32)
            return tf.tile(dy, whole)
        if None not in sizes:
            kept, factors = _static_spread(tf, sizes, tuple(np.reshape(known, -1).tolist()))
            return tf.tile(tf.reshape(dy, kept), factors)
    shape = tf.shape(input)
    with colocate_with(shape):
        kept = reduced_shape(tf, shape, axes)
        factors = tf.safe_division(shape, kept)
    return tf.tile(tf.reshape(dy, kept), factors)


def _static_spread(tf: Any, sizes: tuple, axes: tuple) -> tuple:
    """Return the kept shape and the repetitions as constants, whose nodes are made once per graph, as in TF1."""
    cache = graph_cache("reduction")
    if (sizes, axes) not in cache:
        kept = reduced_shape(tf, sizes, axes)
        static_kept = tuple(computed_value(kept).tolist())
        static_factors = tuple(computed_value(tf.safe_division(sizes, static_kept)).tolist())
        cache[sizes, axes] = static_kept, static_factors
    return cache[sizes, axes]


def _of_product(tf: Any, dy: Tensor, input: Tensor, axes: Tensor) -> Tensor:
    """Return the gradient of a product: for each element the product of all others, without division by zero."""
    shape = tf.shape(input)
    reduced: Any = tf.reshape(axes, [-1])
    kept = reduced_shape(tf, shape, axes)
    factors = tf.safe_division(shape, kept)
    dy = tf.tile(tf.reshape(dy, kept), factors)
    with device("/cpu:0"):
        ndims = tf.rank(input)
        reduced = tf.cast((reduced + ndims) % ndims, dtypes.int32)
        other, _ = tf.setdiff1d(tf.range(0, ndims), reduced)
        order = tf.concat([reduced, other], 0)
        reduced_count = tf.reduce_prod(tf.gather(shape, reduced))
        other_count = tf.reduce_prod(tf.gather(shape, other))
    permuted = tf.transpose(input, order)
    permuted_shape = tf.shape(permuted)
    matrix = tf.reshape(permuted, (reduced_count, other_count))
    left = tf.cumprod(matrix, axis=0, exclusive=True)
    right = tf.cumprod(matrix, axis=0, exclusive=True, reverse=True)
    both = tf.reshape(tf.conj(left) * tf.conj(right), permuted_shape)
    result = dy * tf.transpose(both, tf.invert_permutation(order))
    return tf.reshape(result, shape)


def reduce_sum(
    input_tensor: Any,
    axis: Any = None,
    keepdims: Any = None,
    name: str | None = None,
    reduction_indices: Any = None,
    keep_dims: Any = None,
) -> Tensor:
    """Sum the elements of a tensor over axes.

    Args:
        input_tensor: a tensor of numbers.
        axis: an axis or a list of them (negative ones count from the end); by default all.
        keepdims: keep the axes, with size 1.
        name: the name of the node.
        reduction_indices, keep_dims: the older names of `axis` and `keepdims`.

    Returns:
        A tensor of the input's type.

    Raises:
        ValueError: if an axis is out of range, or both spellings of an argument are given.

    Example:
        >>> x = tf.constant([[1, 2, 3], [4, 5, 6]])
        >>> print(sess.run(tf.reduce_sum(x)), sess.run(tf.reduce_sum(x, 0)), sess.run(tf.reduce_sum(x, 1)))
        21 [5 7 9] [ 6 15]
    """
    return reduced(Sum, input_tensor, axis, keepdims, name, reduction_indices, keep_dims)


def reduce_mean(
    input_tensor: Any,
    axis: Any = None,
    keepdims: Any = None,
    name: str | None = None,
    reduction_indices: Any = None,
    keep_dims: Any = None,
) -> Tensor:
    """Return the mean of the elements over axes; the arguments are those of `reduce_sum`.

    The mean of integers is an integer, rounded towards zero: cast to float32 first.

    Example:
        >>> print(sess.run(tf.reduce_mean([[1.0, 2.0], [3.0, 4.0]], axis=0)), sess.run(tf.reduce_mean([1, 0, 1])))
        [2. 3.] 0
    """
    return reduced(Mean, input_tensor, axis, keepdims, name, reduction_indices, keep_dims)


def reduce_prod(
    input_tensor: Any,
    axis: Any = None,
    keepdims: Any = None,
    name: str | None = None,
    reduction_indices: Any = None,
    keep_dims: Any = None,
) -> Tensor:
    """Multiply the elements over axes; the arguments are those of `reduce_sum`.

    Example:
        >>> print(tf.reduce_prod([[1, 5], [3, 4]]).eval())
        60
    """
    return reduced(Prod, input_tensor, axis, keepdims, name, reduction_indices, keep_dims)


def reduce_euclidean_norm(
    input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None
) -> Tensor:
    """Return the square root of the sum of squares over axes; the arguments are those of `reduce_sum`.

    It has no gradient, as in TF1: use `tf.norm` if you need one.

    Example:
        >>> print(tf.math.reduce_euclidean_norm([3.0, 4.0]).eval())
        5.0
    """
    return reduced(EuclideanNorm, input_tensor, axis, keepdims, name)


def _tensors(inputs: Any, kinds: str, allow_slices: bool) -> list:
    error = ValueError(f"inputs must be a list of at least one {kinds} with the same dtype and shape")
    if not inputs or not isinstance(inputs, (list, tuple)):
        raise error
    found = [x if isinstance(x, IndexedSlices) else convert_to_tensor(x) for x in inputs]
    if not allow_slices and any(isinstance(x, IndexedSlices) for x in found):
        raise error
    return found


def add_n(inputs: Any, name: str | None = None) -> Tensor:
    """Add several tensors of one shape and type.

    Args:
        inputs: a list of tensors or `IndexedSlices`.
        name: the name of the node.

    Raises:
        ValueError: if the list is empty or the shapes differ.

    Example:
        >>> print(tf.add_n([[3, 5], [1, 6], [2, 2]]).eval())
        [ 6 13]
    """
    with get_default_graph().atomic():
        inputs = _tensors(inputs, "Tensor/IndexedSlices", True)
        if len(inputs) == 1:
            single = convert_to_tensor(inputs[0])
            return identity.identity(single, name=name) if name else single
        return apply(AddN(), *inputs, name=name)


def accumulate_n(inputs: Any, shape: Any = None, tensor_dtype: Any = None, name: str | None = None) -> Tensor:
    """Add several tensors of one shape and type, as `add_n` does; `shape` may refine the static shape.

    Args:
        inputs: a list of tensors.
        shape: their shape.
        tensor_dtype: their type, checked.
        name: the name of the node.

    Raises:
        ValueError: if the list is empty or shapes or types differ.
        TypeError: if the type is not `tensor_dtype`.

    Example:
        >>> print(tf.accumulate_n([[1, 2], [10, 20]]).eval())
        [11 22]
    """
    with get_default_graph().atomic():
        inputs = _tensors(inputs, "Tensor", False)
        if len({x.dtype.base_dtype for x in inputs}) > 1:
            raise ValueError("inputs must be a list of at least one Tensor with the same dtype and shape")
        known = as_shape(shape)
        for x in inputs:
            known = known.merge_with(x.shape)
        if tensor_dtype is not None and tensor_dtype != inputs[0].dtype:
            raise TypeError(f"tensor_dtype is {tensor_dtype}, but input is of type {inputs[0].dtype}")
        if len(inputs) == 1:
            return inputs[0] if name is None else identity.identity(inputs[0], name=name)
        return apply(AccumulateNV2(known), *inputs, name=name)
