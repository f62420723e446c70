"""Products of matrices and tensors."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import merge, merge_sizes, with_rank, with_rank_at_least, with_size
from minigraph.graph.shapes import TensorShape, brackets, broadcast, unknown_shape
from minigraph.ops.arrays import concat, ranges, reshape, shape_ops, stack, transpose, unique, where
from minigraph.ops.math import complex_numbers, reductions
from minigraph.ops.rows import gather

__all__ = ["cross", "matmul", "tensordot"]

_TYPES = (
    dtypes.bfloat16,
    dtypes.float16,
    dtypes.float32,
    dtypes.float64,
    dtypes.int32,
    dtypes.int64,
    dtypes.complex64,
    dtypes.complex128,
)


class MatMul(OpDef):
    """The product of two matrices."""

    transpose_a: bool = False
    transpose_b: bool = False

    inputs = ("a: T", "b: T")
    allowed = {"T": _TYPES}

    def shape(self, a, b):
        m, k = with_rank(a, 2).tuple[:: -1 if self.transpose_a else 1]
        other, n = with_rank(b, 2).tuple[:: -1 if self.transpose_b else 1]
        merge_sizes(k, other)
        return TensorShape.of((m, n))

    def kernel(self, xp, a, b):
        if np.ndim(a) != 2 or np.ndim(b) != 2:
            raise ValueError("not matrices")
        return xp.matmul(a.T if self.transpose_a else a, b.T if self.transpose_b else b)

    def failure(self, a, b):
        for i, x in enumerate((a, b)):
            if x.ndim != 2:
                return f"In[{i}] is not a matrix. Instead it has shape {brackets(x.shape)}"
        return f"Matrix size-incompatible: In[0]: {brackets(a.shape)}, In[1]: {brackets(b.shape)}"

    def gradient(self, tf, dy, y, a, b):
        a, b = tf.conj(a), tf.conj(b)
        if not self.transpose_a and not self.transpose_b:
            return _mul(dy, b, False, True), _mul(a, dy, True, False)
        if not self.transpose_a:
            return _mul(dy, b, False, False), _mul(dy, a, True, False)
        if not self.transpose_b:
            return _mul(b, dy, False, True), _mul(a, dy, False, False)
        return _mul(b, dy, True, True), _mul(dy, a, True, True)


def _mul(a: Any, b: Any, transpose_a: bool, transpose_b: bool) -> Tensor:
    return apply(MatMul(transpose_a, transpose_b), a, b)


class BatchMatMulV2(OpDef):
    """The products of matrices in the last two axes; the other axes are broadcast."""

    adj_x: bool = False
    adj_y: bool = False

    inputs = ("x: T", "y: T")
    allowed = {"T": _TYPES}

    def shape(self, x, y):
        x, y = with_rank_at_least(x, 2), with_rank_at_least(y, 2)
        if x.ndims is None or y.ndims is None:
            return unknown_shape()
        m, k = x.tuple[-2:][:: -1 if self.adj_x else 1]
        other, n = y.tuple[-2:][:: -1 if self.adj_y else 1]
        merge_sizes(k, other)
        return broadcast(x[:-2], y[:-2]).concatenate((m, n))

    def kernel(self, xp, x, y):
        for i, each in enumerate((x, y)):
            if np.ndim(each) < 2:
                raise ValueError(f"In[{i}] ndims must be >= 2: {np.ndim(each)}")
        given = f"{brackets(x.shape)} {brackets(y.shape)} {int(self.adj_x)} {int(self.adj_y)}"
        x, y = _adjoint(xp, x, self.adj_x), _adjoint(xp, y, self.adj_y)
        if x.shape[-1] != y.shape[-2]:
            raise ValueError(f"In[0] mismatch In[1] shape: {x.shape[-1]} vs. {y.shape[-2]}: {given}")
        return xp.matmul(x, y)

    def gradient(self, tf, dy, out, x, y):
        if not self.adj_x:
            dx = tf.matmul(dy, y, adjoint_b=not self.adj_y)
            other = tf.matmul(dy, x, adjoint_a=True) if self.adj_y else tf.matmul(x, dy, adjoint_a=True)
        else:
            dx = tf.matmul(y, dy, adjoint_a=self.adj_y, adjoint_b=True)
            other = tf.matmul(dy, x, adjoint_a=True, adjoint_b=True) if self.adj_y else tf.matmul(x, dy)
        if x.shape.is_fully_defined() and y.shape.is_fully_defined() and x.shape.tuple == y.shape.tuple:
            return dx, other
        sx, sy = tf.shape(x), tf.shape(y)
        rx, ry = tf.broadcast_gradient_args(sx[:-2], sy[:-2])
        return tf.reshape(tf.reduce_sum(dx, rx), sx), tf.reshape(tf.reduce_sum(other, ry), sy)


def _adjoint(xp: Any, x: Any, wanted: bool) -> Any:
    if not wanted:
        return x
    x = xp.swapaxes(x, -1, -2)
    return xp.conj(x) if x.dtype.kind == "c" else x


class Cross(OpDef):
    """The cross products of three-element vectors along the last axis."""

    inputs = ("a: T", "b: T")
    allowed = {
        "T": (
            dtypes.float32,
            dtypes.float64,
            dtypes.int32,
            dtypes.uint8,
            dtypes.int16,
            dtypes.int8,
            dtypes.int64,
            dtypes.bfloat16,
            dtypes.uint16,
            dtypes.float16,
            dtypes.uint32,
            dtypes.uint64,
        )
    }

    def shape(self, a, b):
        whole = merge(with_rank_at_least(a, 1), with_rank_at_least(b, 1))
        if whole.tuple is None:
            return whole
        return TensorShape.of((*whole.tuple[:-1], with_size(whole.tuple[-1], 3)))

    def kernel(self, xp, a, b):
        if not a.ndim:
            raise ValueError("Input must be at least 1D[]")
        if a.shape != b.shape:
            raise ValueError(f"Both inputs must be of same shape: {brackets(a.shape)} vs. {brackets(b.shape)}")
        if a.shape[-1] != 3:
            raise errors.FailedPreconditionError(None, None, "Cross-products are only defined for 3-element vectors.")
        return xp.cross(a, b)

    def gradient(self, tf, dy, y, a, b):
        return tf.cross(b, dy), tf.cross(dy, a)


def cross(a: Any, b: Any, name: str | None = None) -> Tensor:
    """Compute the cross products of three-element vectors.

    Args:
        a, b: tensors of one type and shape, the last axis of size 3.
        name: the name of the node.

    Example:
        >>> print(tf.cross([1.0, 0.0, 0.0], [0.0, 1.0, 0.0]).eval())
        [0. 0. 1.]
    """
    return apply(Cross(), a, b, name=name)


def matmul(
    a: Any,
    b: Any,
    transpose_a: bool = False,
    transpose_b: bool = False,
    adjoint_a: bool = False,
    adjoint_b: bool = False,
    a_is_sparse: bool = False,
    b_is_sparse: bool = False,
    name: str | None = None,
) -> Tensor:
    """Multiply matrices.

    Args:
        a, b: tensors of one type with two or more axes; the last two are the matrices', the others are broadcast.
        transpose_a, transpose_b: transpose the matrix first.
        adjoint_a, adjoint_b: transpose it and take the complex conjugate.
        a_is_sparse, b_is_sparse: accepted and ignored; they are a hint in TF1.
        name: the name of the node.

    Raises:
        ValueError: if the shapes do not fit, or a matrix is to be both transposed and conjugate-transposed.

    Example:
        >>> print(tf.matmul([[1, 2], [3, 4]], [[1], [10]]).eval())
        [[21]
         [43]]
    """
    with atomic_scope(name, "MatMul", [a, b]) as scope:
        for side, transposed, adjoint in (("a", transpose_a, adjoint_a), ("b", transpose_b, adjoint_b)):
            if transposed and adjoint:
                raise ValueError(f"Only one of transpose_{side} and adjoint_{side} can be True.")
        a, b = convert_to_tensor(a, name="a"), convert_to_tensor(b, name="b")
        if any(t.shape.ndims is None or t.shape.ndims > 2 for t in (a, b)):
            a, b = (complex_numbers.conj(a) if transpose_a else a), (complex_numbers.conj(b) if transpose_b else b)
            return apply(BatchMatMulV2(transpose_a or adjoint_a, transpose_b or adjoint_b), a, b, name=scope)
        a, b = (complex_numbers.conj(a) if adjoint_a else a), (complex_numbers.conj(b) if adjoint_b else b)
        return apply(MatMul(transpose_a or adjoint_a, transpose_b or adjoint_b), a, b, name=scope)


# Tensor products


def tensordot(a: Any, b: Any, axes: Any, name: str | None = None) -> Tensor:
    """Multiply two tensors and sum over pairs of axes.

    Args:
        a, b: tensors of one type.
        axes: a number n: sum over the last n axes of `a` and the first n of `b`; or two lists of axes.
        name: the name scope.

    Raises:
        ValueError: if the axes do not fit.

    Example:
        >>> print(tf.tensordot(tf.zeros([2, 3, 4]), tf.zeros([4, 3, 5]), [[1, 2], [1, 0]]).shape)
        (2, 5)
    """
    with atomic_scope(name, "Tensordot", [a, b, axes]) as scope:
        a, b = convert_to_tensor(a, name="a"), convert_to_tensor(b, name="b")
        axes_a, axes_b = _contracted_axes(a, axes)
        flat_a, free_a, static_a = _as_matrix(a, axes_a, False)
        flat_b, free_b, static_b = _as_matrix(b, axes_b, True)
        product = matmul(flat_a, flat_b)
        if isinstance(free_a, list) and isinstance(free_b, list):
            return reshape.reshape(product, free_a + free_b, name=scope)
        free_a, free_b = convert_to_tensor(free_a, dtypes.int32), convert_to_tensor(free_b, dtypes.int32)
        result = reshape.reshape(product, concat.concat([free_a, free_b], 0), name=scope)
        if static_a is not None and static_b is not None:
            result.set_shape(static_a + static_b)
        return result


def _contracted_axes(a: Tensor, axes: Any) -> tuple:
    if isinstance(axes, (int, np.integer)):
        if axes < 0:
            raise ValueError("'axes' must be at least 0.")
        if a.shape.ndims is None:
            ndims = shape_ops.rank(a)
            return ranges.range(ndims - axes, ndims, dtype=dtypes.int32), ranges.range(axes, dtype=dtypes.int32)
        if axes > a.shape.ndims:
            raise ValueError(f"'axes' must not be larger than the number of dimensions of tensor {a}.")
        return list(range(a.shape.ndims - axes, a.shape.ndims)), list(range(axes))
    if not isinstance(axes, (list, tuple)):
        axes = convert_to_tensor(axes, name="axes", dtype=dtypes.int32)
        return axes[0], axes[1]
    if len(axes) != 2:
        raise ValueError("'axes' must be an integer or have length 2.")
    first, second = axes
    if isinstance(first, (int, np.integer)) and isinstance(second, (int, np.integer)):
        first, second = [first], [second]
    if len(first) != len(second):
        raise ValueError(f"Different number of contraction axes 'a' and 'b', {len(first)} != {len(second)}.")
    return first, second


def _as_matrix(x: Tensor, axes: Any, flipped: bool) -> tuple:
    """Move the contracted axes to one side and reshape to a matrix; return also the sizes of the free axes."""
    if x.shape.ndims is not None and isinstance(axes, (list, tuple)):
        sizes = x.shape.as_list()
        axes = [i if i >= 0 else i + len(sizes) for i in axes]
        free: Any = [i for i in range(len(sizes)) if i not in axes]
        static = [sizes[i] for i in free]
        if x.shape.is_fully_defined():
            flat = [int(np.prod(static)), int(np.prod([sizes[i] for i in axes]))]
            order: Any = list(axes) + free if flipped else free + list(axes)
            return reshape.reshape(transpose.transpose(x, order), flat[::-1] if flipped else flat), static, static
        axes = convert_to_tensor(axes, dtypes.int32, name="axes")
        free = convert_to_tensor(free, dtypes.int32, name="free")
        shape = shape_ops.shape(x)
    else:
        static = None
        shape, ndims = shape_ops.shape(x), shape_ops.rank(x)
        axes = convert_to_tensor(axes, dtypes.int32, name="axes")
        axes = where.where(axes >= 0, axes, axes + ndims)
        free, _ = unique.setdiff1d(ranges.range(ndims), axes)
    free_sizes, summed_sizes = gather.gather(shape, free), gather.gather(shape, axes)
    sides = [reductions.reduce_prod(free_sizes), reductions.reduce_prod(summed_sizes)]
    order = concat.concat([axes, free] if flipped else [free, axes], 0)
    flat = stack.stack(sides[::-1] if flipped else sides)  # type: ignore[assignment]
    return reshape.reshape(transpose.transpose(x, order), flat), free_sizes, static
