"""Composite reductions: log-sum-exp, Euclidean norm, variance, standard deviation, counts."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import cast, fill, filled_like, reshape, shape_ops, stop_gradient, where
from minigraph.ops.math import arithmetic, comparison, exponential, powers, reduce_max_min, reductions, rounding
from minigraph.ops.math.reduction_axes import Reduction, reduced

__all__ = ["reduce_logsumexp", "reduce_euclidean_norm", "reduce_variance", "reduce_std", "count_nonzero"]


def reduce_logsumexp(
    input_tensor: Any,
    axis: Any = None,
    keepdims: Any = None,
    name: str | None = None,
    reduction_indices: Any = None,
    keep_dims: Any = None,
) -> Tensor:
    """Compute log(sum(exp(x))) over axes without overflow; the arguments are those of `reduce_sum`.

    Example:
        >>> print(tf.reduce_logsumexp([1000.0, 1000.0]).eval())
        1000.6932
    """
    with get_default_graph().atomic():
        axis = shape_ops.either("axis", axis, "reduction_indices", reduction_indices)
        keepdims = bool(shape_ops.either("keepdims", keepdims, "keep_dims", keep_dims))
        x = convert_to_tensor(input_tensor)
        with atomic_scope(name, "ReduceLogSumExp", [x]):
            raw = reduce_max_min.reduce_max(x, axis=axis, keepdims=True)
            top = stop_gradient.stop_gradient(where.where(rounding.is_finite(raw), raw, filled_like.zeros_like(raw)))
            sums = reductions.reduce_sum(exponential.exp(arithmetic.subtract(x, top)), axis, keepdims=keepdims)
            result = exponential.log(sums)
            if not keepdims:
                top = reshape.reshape(top, shape_ops.shape(result))
            result = apply(arithmetic.Add(), result, top)
            if axis is None and not keepdims:
                result.set_shape(())
            return result


def reduce_variance(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """Return the variance over axes: the mean squared distance from the mean.

    Args:
        input_tensor: a tensor of floats.
        axis: an axis or a list of them, by default all.
        keepdims: keep the axes, with size 1.
        name: the name scope.

    Example:
        >>> print(tf.math.reduce_variance([1.0, 3.0]).eval())
        1.0
    """
    with atomic_scope(name or "reduce_variance"):
        means = reductions.reduce_mean(input_tensor, axis=axis, keepdims=True)
        squares = powers.square(input_tensor - means)
        return reductions.reduce_mean(squares, axis=axis, keepdims=keepdims)


def reduce_std(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """Return the standard deviation over axes; the arguments are those of `reduce_variance`.

    Example:
        >>> print(tf.math.reduce_std([1.0, 5.0]).eval())
        2.0
    """
    with atomic_scope(name or "reduce_std"):
        return powers.sqrt(reduce_variance(input_tensor, axis=axis, keepdims=keepdims))


def count_nonzero(
    input_tensor: Any = None,
    axis: Any = None,
    keepdims: Any = None,
    dtype: Any = dtypes.int64,
    name: str | None = None,
    reduction_indices: Any = None,
    keep_dims: Any = None,
    input: Any = None,
) -> Tensor:
    """Count the nonzero elements over axes.

    Args:
        input_tensor: a tensor of numbers, booleans or strings (the empty string counts as zero).
        axis, keepdims: as for `reduce_sum`.
        dtype: the type of the count.
        name: the name scope.
        reduction_indices, keep_dims, input: other names of `axis`, `keepdims` and `input_tensor`.

    Example:
        >>> print(tf.count_nonzero([[0, 1], [2, 3]], axis=0).eval())
        [1 2]
    """
    keepdims = bool(shape_ops.either("keepdims", keepdims, "keep_dims", keep_dims))
    input_tensor = shape_ops.either("input", input, "input_tensor", input_tensor)
    axis = shape_ops.either("axis", axis, "reduction_indices", reduction_indices)
    with atomic_scope(name, "count_nonzero", [input_tensor]):
        x = convert_to_tensor(input_tensor, name="input")
        different = cast.cast(comparison.not_equal(x, fill.zeros([], x.dtype)), dtypes.int64)
        return cast.cast(reductions.reduce_sum(different, axis=axis, keepdims=keepdims), dtype)


class EuclideanNorm(Reduction):
    """The square root of the sum of squares over axes."""

    gradient = no_gradient

    def reduce(self, xp, input, axes):
        squares = xp.sum(input * xp.conj(input), axis=axes, keepdims=self.keep_dims, dtype=input.dtype)
        return xp.sqrt(squares).astype(input.dtype)


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
