"""Diagonals, bands and identity matrices."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with
from minigraph.graph.shape_rules import demand, merge, merge_sizes, with_rank, with_rank_at_least
from minigraph.graph.shapes import ShapeError, TensorShape, brackets, unknown_shape
from minigraph.ops.arrays import concat, fill
from minigraph.ops.math import maximum_minimum, reductions

__all__ = [
    "diag",
    "diag_part",
    "matrix_diag",
    "matrix_diag_part",
    "matrix_set_diag",
    "matrix_band_part",
    "eye",
    "trace",
]


class Diag(OpDef):
    """A tensor of twice the rank with the elements on the diagonal."""

    inputs = ("diagonal",)

    def shape(self, diagonal):
        return with_rank_at_least(diagonal, 1).concatenate(diagonal)

    def kernel(self, xp, diagonal):
        demand(np.ndim(diagonal), "Input must be at least rank 1, got 0")
        return np.diag(diagonal.reshape(-1)).reshape(diagonal.shape * 2)

    def gradient(self, tf, dy, y, diagonal):
        return tf.diag_part(dy)


class DiagPart(OpDef, output="diagonal"):
    """The diagonal of a tensor of even rank whose sizes repeat after the first half."""

    inputs = ("input",)

    def shape(self, input):
        if input.ndims is None:
            return unknown_shape()
        if input.ndims % 2 or not input.ndims:
            raise ShapeError(f"Input must have even and non-zero rank, input rank is {input.ndims}")
        half = input.ndims // 2
        return TensorShape.of(tuple(map(merge_sizes, input.tuple[:half], input.tuple[half:])))

    def kernel(self, xp, input):
        half = input.ndim // 2
        # the spaces are TF1's
        demand(
            not input.ndim % 2,
            f"The rank of the tensor should be {' ' * 41}even and positive, got shape {brackets(input.shape)}",
        )
        for i in range(half):
            demand(
                input.shape[i] == input.shape[half + i],
                f"Invalid shape {brackets(input.shape)}: dimensions {i} and {half + i} do not match.",
            )
        sizes = input.shape[:half]
        count = int(np.prod(sizes))
        return np.diagonal(input.reshape(count, count)).reshape(sizes)

    def gradient(self, tf, dy, y, input):
        return tf.diag(dy)


class MatrixDiag(OpDef):
    """Square matrices with the last axis on their diagonals."""

    inputs = ("diagonal",)

    def shape(self, diagonal):
        if with_rank_at_least(diagonal, 1).ndims is None:
            return unknown_shape()
        return diagonal.concatenate(diagonal[-1:])

    def kernel(self, xp, diagonal):
        demand(np.ndim(diagonal), "diagonal must be at least 1-dim, received shape: []")
        n = diagonal.shape[-1]
        result = np.zeros((*diagonal.shape, n), diagonal.dtype)
        result[..., np.arange(n), np.arange(n)] = diagonal
        return result

    def gradient(self, tf, dy, y, diagonal):
        return tf.matrix_diag_part(dy)


class MatrixDiagPart(OpDef, output="diagonal"):
    """The diagonals of the matrices in the last two axes."""

    inputs = ("input",)

    def shape(self, input):
        if with_rank_at_least(input, 2).ndims is None:
            return unknown_shape()
        return TensorShape.of((*input.tuple[:-2], _shorter_side(input)))

    def kernel(self, xp, input):
        demand(np.ndim(input) > 1, f"input must be at least 2-dim, received shape: {brackets(np.shape(input))}")
        return xp.diagonal(input, axis1=-2, axis2=-1)

    def gradient(self, tf, dy, y, input):
        rows, columns = input.shape[-2:].tuple if input.shape.ndims else (None, None)
        if rows is not None and rows == columns:
            return tf.matrix_diag(dy)
        return tf.matrix_set_diag(tf.zeros_like(input), dy)


class MatrixSetDiag(OpDef):
    """Matrices with their diagonals replaced."""

    inputs = ("input: T", "diagonal: T")

    def shape(self, input, diagonal):
        input, diagonal = with_rank_at_least(input, 2), with_rank_at_least(diagonal, 1)
        if input.ndims is not None:
            diagonal = with_rank(diagonal, input.ndims - 1)
            merge_sizes(_shorter_side(input), diagonal.tuple[-1])
        if diagonal.ndims is None or input.is_fully_defined():  # the run then checks the other sizes, as in TF1
            return input
        return merge(input, diagonal[:-1].concatenate((None, None)))

    def kernel(self, xp, input, diagonal):
        demand(np.ndim(diagonal), "diagonal must be at least 1-dim, received shape: []")
        demand(np.ndim(input) > 1, f"input must be at least 2-dim, received shape: {brackets(np.shape(input))}")
        n = min(input.shape[-2:])
        wanted = (*input.shape[:-2], n)
        if diagonal.shape != wanted:
            raise ValueError(
                "Either first dimensions of diagonal don't match input.shape[:-2], or diagonal.shape[:-1] "
                "is not equal to the longests diagonal in range [lower_diag_index:upper_diag_index].\n"
                f"Input shape: {brackets(input.shape)}\nDiagonal shape: {brackets(diagonal.shape)}\n"
                f"Expected diagonal shape: {brackets(wanted)}"
            )
        result = np.array(input)
        result[..., np.arange(n), np.arange(n)] = diagonal
        return result

    def gradient(self, tf, dy, y, input, diagonal):
        batch, sides = _static_sides(input, diagonal, dy)
        if batch is not None:
            shape: Any = [*batch, min(sides)]
        else:
            with colocate_with(dy):
                sizes, ndims = tf.shape(dy), tf.rank(dy)
                first = tf.slice(sizes, [0], [ndims - 2])
                last = tf.slice(sizes, [ndims - 2], [2])
                shape = tf.concat([first, [tf.reduce_min(last)]], 0)
        return tf.matrix_set_diag(dy, tf.zeros(shape, dtype=dy.dtype)), tf.matrix_diag_part(dy)


def _static_sides(input: Tensor, diagonal: Tensor, dy: Tensor) -> tuple:
    shape = input.shape.merge_with(dy.shape)
    if shape.ndims is None:
        return None, None
    batch = shape[:-2].merge_with(diagonal.shape[:-1])
    sides = shape[-2:]
    known = batch.is_fully_defined() and sides.is_fully_defined()
    return (batch.as_list(), sides.as_list()) if known else (None, None)


def _shorter_side(shape: TensorShape) -> int | None:
    rows, columns = shape.tuple[-2:]
    return None if rows is None or columns is None else min(rows, columns)


def _band_side(name: str, count: Any, sides: str, size: int) -> int:
    if count.ndim:
        raise ValueError(f"{name} must be scalar, got shape {brackets(count.shape)}")
    if count > size:
        raise ValueError(f"{name} must be negative or less or equal to number of {sides} ({size}) got: {int(count)}")
    return int(count)


class MatrixBandPart(OpDef, output="band"):
    """Matrices with zeros outside of a band around the diagonal."""

    inputs = ("input: T", "num_lower: Tindex", "num_upper: Tindex")
    allowed = {"Tindex": dtypes.INDICES}
    type_defaults = {"Tindex": dtypes.int64}

    def shape(self, input, lower, upper):
        return input

    def kernel(self, xp, input, lower, upper):
        demand(np.ndim(input) > 1, f"input must be at least 2-dim, received shape: {brackets(np.shape(input))}")
        rows, columns = input.shape[-2:]
        distance = np.arange(columns) - np.arange(rows)[:, None]
        lower, upper = (
            _band_side(*side) for side in (("num_lower", lower, "rows", rows), ("num_upper", upper, "columns", columns))
        )
        inside = ((distance >= -lower) | (lower < 0)) & ((distance <= upper) | (upper < 0))
        return xp.where(inside, input, input.dtype.type(0))

    def gradient(self, tf, dy, y, input, lower, upper):
        return tf.matrix_band_part(dy, lower, upper), None, None


def diag(diagonal: Any, name: str | None = None) -> Tensor:
    """Return a tensor of twice the rank with `diagonal` on its diagonal and zeros elsewhere.

    Example:
        >>> print(tf.diag([1, 2]).eval().tolist())
        [[1, 0], [0, 2]]
    """
    return apply(Diag(), diagonal, name=name)


def diag_part(input: Any, name: str | None = None) -> Tensor:
    """Return the diagonal of a tensor of even rank: the inverse of `diag`.

    Example:
        >>> print(tf.diag_part([[1, 2], [3, 4]]).eval())
        [1 4]
    """
    return apply(DiagPart(), input, name=name)


def matrix_diag(
    diagonal: Any, name: str | None = "diag", k: Any = 0, num_rows: Any = -1, num_cols: Any = -1, padding_value: Any = 0
) -> Tensor:
    """Build square matrices with the last axis of a tensor on their diagonals.

    Args:
        diagonal: a tensor with one or more axes.
        name: the name of the node.
        k, num_rows, num_cols, padding_value: accepted and ignored, as in TF 1.15: the main diagonal is set.

    Example:
        >>> print(tf.matrix_diag([[1, 2], [3, 4]]).eval().tolist())
        [[[1, 0], [0, 2]], [[3, 0], [0, 4]]]
    """
    return apply(MatrixDiag(), diagonal, name=name)


def matrix_diag_part(input: Any, name: str | None = "diag_part", k: Any = 0, padding_value: Any = 0) -> Tensor:
    """Return the diagonals of the matrices in the last two axes.

    Args:
        input: a tensor with two or more axes.
        name: the name of the node.
        k, padding_value: accepted and ignored, as in TF 1.15: the main diagonal is returned.

    Example:
        >>> print(tf.matrix_diag_part([[1, 2, 3], [4, 5, 6]]).eval())
        [1 5]
    """
    return apply(MatrixDiagPart(), input, name=name)


def matrix_set_diag(input: Any, diagonal: Any, name: str | None = "set_diag", k: Any = 0) -> Tensor:
    """Return the matrices in the last two axes with their diagonals replaced.

    Args:
        input: a tensor with two or more axes.
        diagonal: the new diagonals.
        name: the name of the node.
        k: accepted and ignored, as in TF 1.15: the main diagonal is set.

    Example:
        >>> print(tf.matrix_set_diag([[7, 7], [7, 7]], [1, 2]).eval().tolist())
        [[1, 7], [7, 2]]
    """
    return apply(MatrixSetDiag(), input, diagonal, name=name)


def matrix_band_part(input: Any, num_lower: Any, num_upper: Any, name: str | None = None) -> Tensor:
    """Keep a band around the diagonal of the matrices in the last two axes; elsewhere they become zero.

    Args:
        input: a tensor.
        num_lower, num_upper: the number of subdiagonals and superdiagonals to keep; a negative number keeps all.
        name: the name of the node.

    Example:
        >>> print(tf.matrix_band_part([[1, 2], [3, 4]], 0, -1).eval().tolist())
        [[1, 2], [0, 4]]
    """
    return apply(MatrixBandPart(), input, num_lower, num_upper, name=name)


def _diagonal_size(num_rows: Any, num_columns: Any) -> Any:
    """Return the length of the main diagonal, a tensor if one of the sides is one."""
    if isinstance(num_rows, Tensor) or isinstance(num_columns, Tensor):
        return maximum_minimum.minimum(num_rows, num_columns)
    if not all(isinstance(n, (int, np.integer)) for n in (num_rows, num_columns)):
        raise TypeError("num_rows and num_columns must be positive integer values.")
    return min(num_rows, num_columns)


def eye(
    num_rows: Any,
    num_columns: Any = None,
    batch_shape: Any = None,
    dtype: Any = dtypes.float32,
    name: str | None = None,
) -> Tensor:
    """Build an identity matrix, or a batch of them.

    Args:
        num_rows, num_columns: the sizes; by default square.
        batch_shape: the sizes of leading axes.
        dtype: the element type.
        name: the name scope.

    Raises:
        TypeError: if a size is neither an integer nor a tensor.

    Example:
        >>> print(tf.eye(2, 3).eval().tolist())
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    """
    with atomic_scope(name, "eye", [num_rows, num_columns, batch_shape]):
        is_square = num_columns is None
        batch_shape = [] if batch_shape is None else batch_shape
        num_columns = num_rows if is_square else num_columns
        size = _diagonal_size(num_rows, num_columns)
        is_square = is_square or not isinstance(size, Tensor) and num_rows == num_columns
        sides = [num_rows, num_columns]
        if isinstance(batch_shape, Tensor) or isinstance(size, Tensor):
            batch = convert_to_tensor(batch_shape, dtypes.int32, name="shape")
            diagonal_shape: Any = concat.concat((batch, [size]), axis=0)
            whole: Any = None if is_square else concat.concat((batch, sides), axis=0)
        else:
            diagonal_shape, whole = [*batch_shape, size], [*batch_shape, *sides]
        ones = fill.ones(diagonal_shape, dtype=dtype)
        return matrix_diag(ones) if is_square else matrix_set_diag(fill.zeros(whole, dtype=dtype), ones)


def trace(x: Any, name: str | None = None) -> Tensor:
    """Sum the diagonals of the matrices in the last two axes.

    Example:
        >>> print(tf.trace([[1, 2], [3, 4]]).eval())
        5
    """
    with atomic_scope(name, "Trace", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        return reductions.reduce_sum(matrix_diag_part(x), [-1], name=scope)
