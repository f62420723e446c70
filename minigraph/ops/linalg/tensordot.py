"""`tensordot`: sums of products over several axes."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import concat, ranges, reshape, shape_ops, size_ops, stack, transpose, unique, where
from minigraph.ops.linalg.matmul import matmul
from minigraph.ops.math import reductions
from minigraph.ops.rows import gather

__all__ = ["tensordot"]


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
            ndims = size_ops.rank(a)
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


def _split_axes(axes: Sequence[int], ndims: int) -> tuple:
    """Return contracted axes, counted from the front, and the others."""
    axes = [i if i >= 0 else i + ndims for i in axes]
    return axes, [i for i in range(ndims) if i not in axes]


def _split_axes_in_a_run(x: Tensor, axes: Any) -> tuple[Tensor, Tensor]:
    """Return the same as tensors, for axes or ranks that are unknown."""
    ndims = size_ops.rank(x)
    axes = convert_to_tensor(axes, dtypes.int32, name="axes")
    axes = where.where(axes >= 0, axes, axes + ndims)
    return axes, unique.setdiff1d(ranges.range(ndims), axes)[0]


def _static_matrix(x: Tensor, axes: list, free: list, flipped: bool) -> Tensor:
    """Return a tensor of known shape as a matrix: free axes by contracted ones, or the other way round."""
    sizes = x.shape.as_list()
    flat = [int(np.prod([sizes[i] for i in free])), int(np.prod([sizes[i] for i in axes]))]
    order = axes + free if flipped else free + axes
    return reshape.reshape(transpose.transpose(x, order), flat[::-1] if flipped else flat)


def _as_matrix(x: Tensor, axes: Any, flipped: bool) -> tuple:
    """Move the contracted axes to one side and reshape to a matrix; return also the sizes of the free axes."""
    if x.shape.ndims is not None and isinstance(axes, (list, tuple)):
        axes, free = _split_axes(axes, x.shape.ndims)
        static = [x.shape.as_list()[i] for i in free]
        if x.shape.is_fully_defined():
            return _static_matrix(x, axes, free, flipped), static, static
        axes = convert_to_tensor(axes, dtypes.int32, name="axes")
        free = convert_to_tensor(free, dtypes.int32, name="free")
        shape = shape_ops.shape(x)
    else:
        static = None
        shape = shape_ops.shape(x)
        axes, free = _split_axes_in_a_run(x, axes)
    free_sizes, summed_sizes = gather.gather(shape, free), gather.gather(shape, axes)
    sides = [reductions.reduce_prod(free_sizes), reductions.reduce_prod(summed_sizes)]
    order = concat.concat([axes, free] if flipped else [free, axes], 0)
    flat = stack.stack(sides[::-1] if flipped else sides)
    return reshape.reshape(transpose.transpose(x, order), flat), free_sizes, static
