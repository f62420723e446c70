"""Diagonals, bands and unit matrices."""
from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.context import colocate_with, name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import ShapeError, TensorShape, unknown_shape
from minigraph.ops import array, binary, extremes, fill, join, reduction, slicing

__all__ = ["diag", "diag_part", "matrix_diag", "matrix_diag_part", "matrix_set_diag", "matrix_band_part", "eye", "trace"]


class Diag(OpDef):
    """A tensor of twice the rank with the elements on the diagonal."""
    inputs = ("diagonal",)

    def shape(self, diagonal):
        return diagonal.concatenate(diagonal)

    def kernel(self, xp, diagonal):
        return np.diag(diagonal.reshape(-1)).reshape(diagonal.shape * 2)

    def gradient(self, dy, y, diagonal):
        return diag_part(dy)


class DiagPart(OpDef):
    """The diagonal of a tensor of even rank, whose first half of sizes is the second."""
    inputs = ("input",)

    def shape(self, input):
        if input.ndims is None:
            return unknown_shape()
        if input.ndims % 2 or not input.ndims:
            raise ShapeError(f"Input must have even and non-zero rank, input rank is {input.ndims}")
        half = input.ndims // 2
        return input[:half].merge_with(input[half:])

    def kernel(self, xp, input):
        sizes = input.shape[:input.ndim // 2]
        return np.diagonal(input.reshape(int(np.prod(sizes)), -1)).reshape(sizes)

    def gradient(self, dy, y, input):
        return diag(dy)


class MatrixDiag(OpDef):
    """Square matrices with the last axis on their diagonals."""
    inputs = ("diagonal",)

    def shape(self, diagonal):
        if diagonal.ndims is None:
            return unknown_shape()
        if not diagonal.ndims:
            raise ShapeError("Shape must be at least rank 1 but is rank 0")
        return diagonal.concatenate(diagonal[-1:])

    def kernel(self, xp, diagonal):
        n = diagonal.shape[-1]
        result = np.zeros((*diagonal.shape, n), diagonal.dtype)
        result[..., np.arange(n), np.arange(n)] = diagonal
        return result

    def gradient(self, dy, y, diagonal):
        return matrix_diag_part(dy)


class MatrixDiagPart(OpDef):
    """The diagonals of the matrices in the last two axes."""
    inputs = ("input",)

    def shape(self, input):
        if input.ndims is None:
            return unknown_shape()
        if input.ndims < 2:
            raise ShapeError(f"Shape must be at least rank 2 but is rank {input.ndims}")
        rows, columns = input.tuple[-2:]
        return TensorShape.of((*input.tuple[:-2], None if None in (rows, columns) else min(rows, columns)))

    def kernel(self, xp, input):
        return xp.diagonal(input, axis1=-2, axis2=-1)

    def gradient(self, dy, y, input):
        rows, columns = input.shape[-2:].tuple if input.shape.ndims else (None, None)
        if rows is not None and rows == columns:
            return matrix_diag(dy)
        return matrix_set_diag(fill.zeros_like(input), dy)


class MatrixSetDiag(OpDef):
    """Matrices with other diagonals."""
    inputs = ("input: T", "diagonal: T")

    def shape(self, input, diagonal):
        if input.ndims is not None and input.ndims < 2:
            raise ShapeError(f"Shape must be at least rank 2 but is rank {input.ndims}")
        if input.ndims is None or diagonal.ndims is None:
            return input
        if diagonal.ndims != input.ndims - 1:
            raise ShapeError(f"Shape must be rank {input.ndims - 1} but is rank {diagonal.ndims}")
        return input[:-2].merge_with(diagonal[:-1]).concatenate(input[-2:])

    def kernel(self, xp, input, diagonal):
        n = min(input.shape[-2:])
        if diagonal.shape != (*input.shape[:-2], n):
            raise ValueError(f"must have diagonal.shape == input.shape[:-2] + min(input.shape[-2:]), but received input "
                             f"shape: {list(input.shape)} and diagonal shape: {list(diagonal.shape)}")
        result = np.array(input)
        result[..., np.arange(n), np.arange(n)] = diagonal
        return result

    def gradient(self, dy, y, input, diagonal):
        batch, sides = _static_sides(input, diagonal, dy)
        if batch is not None:
            shape: Any = [*batch, min(sides)]
        else:
            with colocate_with(dy):
                sizes, ndims = array.shape(dy), array.rank(dy)
                first = slicing.slice(sizes, [0], [ndims - 2])      # type: ignore[operator]
                last = slicing.slice(sizes, [ndims - 2], [2])       # type: ignore[operator]
                shape = join.concat([first, [extremes.reduce_min(last)]], 0)
        return matrix_set_diag(dy, fill.zeros(shape, dtype=dy.dtype)), matrix_diag_part(dy)


def _static_sides(input: Tensor, diagonal: Tensor, dy: Tensor) -> tuple:
    shape = input.shape.merge_with(dy.shape)
    if shape.ndims is None:
        return None, None
    batch = shape[:-2].merge_with(diagonal.shape[:-1])
    sides = shape[-2:]
    known = batch.is_fully_defined() and sides.is_fully_defined()
    return (batch.as_list(), sides.as_list()) if known else (None, None)


class MatrixBandPart(OpDef):
    """Matrices with zeros outside of a band around the diagonal."""
    inputs = ("input: T", "num_lower: Tindex", "num_upper: Tindex")
    allowed = {"Tindex": dtypes.INDICES}
    type_defaults = {"Tindex": dtypes.int64}

    def shape(self, input, lower, upper):
        return input

    def kernel(self, xp, input, lower, upper):
        rows, columns = input.shape[-2:]
        distance = np.arange(columns) - np.arange(rows)[:, None]
        lower, upper = int(lower), int(upper)
        inside = ((distance >= -lower) | (lower < 0)) & ((distance <= upper) | (upper < 0))
        return xp.where(inside, input, input.dtype.type(0))

    def gradient(self, dy, y, input, lower, upper):
        return matrix_band_part(dy, lower, upper), None, None


def diag(diagonal: Any, name: str | None = None) -> Tensor:
    """Puts a tensor on the diagonal of one of twice its rank, zeros elsewhere.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.diag([1, 2])).tolist())
        [[1, 0], [0, 2]]
    """
    return apply(Diag(), diagonal, name=name)


def diag_part(input: Any, name: str | None = None) -> Tensor:
    """Gives the diagonal of a tensor of even rank: the inverse of `diag`.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.diag_part([[1, 2], [3, 4]])))
        [1 4]
    """
    return apply(DiagPart(), input, name=name)


def matrix_diag(diagonal: Any, name: str | None = "diag") -> Tensor:
    """Makes square matrices with the last axis of a tensor on their diagonals.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.matrix_diag([[1, 2], [3, 4]])).tolist())
        [[[1, 0], [0, 2]], [[3, 0], [0, 4]]]
    """
    return apply(MatrixDiag(), diagonal, name=name)


def matrix_diag_part(input: Any, name: str | None = "diag_part") -> Tensor:
    """Gives the diagonals of the matrices in the last two axes.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.matrix_diag_part([[1, 2, 3], [4, 5, 6]])))
        [1 5]
    """
    return apply(MatrixDiagPart(), input, name=name)


def matrix_set_diag(input: Any, diagonal: Any, name: str | None = "set_diag") -> Tensor:
    """Gives the matrices in the last two axes with other diagonals.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.matrix_set_diag([[7, 7], [7, 7]], [1, 2])).tolist())
        [[1, 7], [7, 2]]
    """
    return apply(MatrixSetDiag(), input, diagonal, name=name)


def matrix_band_part(input: Any, num_lower: Any, num_upper: Any, name: str | None = None) -> Tensor:
    """Keeps a band around the diagonal of the matrices in the last two axes, zeros elsewhere.

    Args:
        input: a tensor.
        num_lower, num_upper: how many subdiagonals and superdiagonals to keep; a negative number keeps all.
        name: the name of the node.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.matrix_band_part([[1, 2], [3, 4]], 0, -1)).tolist())
        [[1, 2], [0, 4]]
    """
    return apply(MatrixBandPart(), input, num_lower, num_upper, name=name)


def eye(num_rows: Any, num_columns: Any = None, batch_shape: Any = None, dtype: Any = dtypes.float32,
        name: str | None = None) -> Tensor:
    """Makes a unit matrix, or a batch of them.

    Args:
        num_rows, num_columns: the sizes; a square by default.
        batch_shape: the sizes of the axes before.
        dtype: the element type.
        name: the name scope.

    Raises:
        TypeError: if a size is neither an integer nor a tensor.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.eye(2, 3)).tolist())
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    """
    with name_scope(name, "eye", [num_rows, num_columns, batch_shape]):
        is_square = num_columns is None
        batch_shape = [] if batch_shape is None else batch_shape
        num_columns = num_rows if is_square else num_columns
        if isinstance(num_rows, Tensor) or isinstance(num_columns, Tensor):
            size: Any = binary.minimum(num_rows, num_columns)
        elif not all(isinstance(n, (int, np.integer)) for n in (num_rows, num_columns)):
            raise TypeError("num_rows and num_columns must be positive integer values.")
        else:
            is_square, size = num_rows == num_columns, min(num_rows, num_columns)
        sides = [num_rows, num_columns]
        if isinstance(batch_shape, Tensor) or isinstance(size, Tensor):
            batch = convert_to_tensor(batch_shape, dtypes.int32, name="shape")
            diagonal_shape: Any = join.concat((batch, [size]), axis=0)
            whole: Any = None if is_square else join.concat((batch, sides), axis=0)
        else:
            diagonal_shape, whole = [*batch_shape, size], [*batch_shape, *sides]
        ones = fill.ones(diagonal_shape, dtype=dtype)
        return matrix_diag(ones) if is_square else matrix_set_diag(fill.zeros(whole, dtype=dtype), ones)


def trace(x: Any, name: str | None = None) -> Tensor:
    """Sums the diagonals of the matrices in the last two axes.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.trace([[1, 2], [3, 4]])))
        5
    """
    with name_scope(name, "Trace", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        return reduction.reduce_sum(matrix_diag_part(x), [-1], name=scope)
