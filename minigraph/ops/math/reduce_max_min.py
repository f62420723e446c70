"""Maximum and minimum, their positions, and the reductions `all` and `any`."""

from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import with_rank
from minigraph.graph.shapes import ShapeError, TensorShape, brackets, unknown_shape
from minigraph.ops.arrays import shape_ops
from minigraph.ops.math.reduction_axes import Reduction, reduced
from minigraph.ops.math.reduction_gradients import reduced_shape

__all__ = ["reduce_max", "reduce_min", "argmax", "argmin", "arg_max", "arg_min", "reduce_all", "reduce_any"]


class _Extreme(Reduction):
    allowed = {"T": dtypes.REALS, "Tidx": dtypes.INDICES}
    function: ClassVar[str]
    sign: ClassVar[int]  # that of the number that all others surpass

    def reduce(self, xp, input, axes):
        """Return the extreme element, ignoring NaN as TF1 does."""
        find, limits = getattr(xp, self.function), np.iinfo(input.dtype) if input.dtype.kind in "iu" else None
        start: Any = self.sign * np.inf if limits is None else limits.max if self.sign > 0 else limits.min
        found = find(input, initial=start, axis=axes, keepdims=self.keep_dims)
        if input.dtype.kind == "f" and np.isnan(found).any():
            input = xp.where(xp.isnan(input), input.dtype.type(start), input)
            found = find(input, initial=start, axis=axes, keepdims=self.keep_dims)
        return found

    def gradient(self, tf, dy, y, input, axes):
        """Split the gradient evenly among the elements that attain the maximum or minimum."""
        kept = reduced_shape(tf, tf.shape(input), axes)
        y, dy = tf.reshape(y, kept), tf.reshape(dy, kept)
        chosen = tf.cast(tf.equal(y, input), dy.dtype)
        count = tf.reshape(tf.reduce_sum(chosen, axes), kept)
        return tf.divide(chosen, count) * dy, None


class Max(_Extreme):
    """The largest element over axes."""

    function, sign = "max", -1


class Min(_Extreme):
    """The smallest element over axes."""

    function, sign = "min", 1


class ArgMax(OpDef):
    """The index of the largest element along an axis, the first if there are several."""

    output_type: DType = dtypes.int64

    function, start = "argmax", -np.inf  # NaN counts as the number that all others surpass
    inputs = ("input: T", "dimension: Tidx")
    outputs = ("output_type",)
    allowed = {"T": dtypes.NUMBERS, "Tidx": dtypes.INDICES}
    type_defaults = {"Tidx": dtypes.int32}
    static_inputs = (1,)
    gradient = no_gradient

    def shape(self, input, dimension):
        with_rank(dimension.shape, 0)
        if input.ndims is None:
            return unknown_shape()
        if input.ndims < 2:  # the run checks the axis, as in TF1
            return TensorShape.of(())
        if dimension.value is None:
            return unknown_shape(input.ndims - 1)
        axis = int(dimension.value)
        if not -input.ndims <= axis < input.ndims:
            raise ShapeError(
                f"Dimension ({axis}) must be in the range [{-input.ndims}, {input.ndims}), where "
                f"{input.ndims} is the number of dimensions in the input."
            )
        axis %= input.ndims
        return TensorShape.of(tuple(n for i, n in enumerate(input.tuple) if i != axis))

    def kernel(self, xp, input, dimension):
        if np.ndim(dimension):
            raise ValueError(f"dim must be a scalar, but received tensor of shape: {brackets(np.shape(dimension))}")
        ndims, axis = np.ndim(input), int(dimension)
        if not -ndims <= axis < ndims:
            raise ValueError(f"Expected dimension in the range [{-ndims}, {ndims}), but got {axis}")
        if not input.shape[axis]:
            raise ValueError(f"Reduction axis {axis % ndims} is empty in shape {brackets(input.shape)}")
        if input.dtype.kind == "f" and np.isnan(input).any():
            input = xp.where(xp.isnan(input), input.dtype.type(self.start), input)
        return getattr(xp, self.function)(input, axis=axis).astype(self.output_type.as_numpy_dtype)


class ArgMin(ArgMax):
    """The index of the smallest element along an axis, the first if there are several."""

    function, start = "argmin", np.inf


class All(Reduction):
    """True if all elements over axes are true."""

    inputs = ("input: bool", "reduction_indices: Tidx")
    outputs = ("bool",)
    gradient = no_gradient

    function = "all"

    def reduce(self, xp, input, axes):
        return getattr(xp, self.function)(input, axis=axes, keepdims=self.keep_dims)


class Any_(All):
    """True if any element over axes is true."""

    function = "any"


Any_.type = Any_.__name__ = "Any"  # in this module `Any` is typing's


def reduce_max(
    input_tensor: Any,
    axis: Any = None,
    keepdims: Any = None,
    name: str | None = None,
    reduction_indices: Any = None,
    keep_dims: Any = None,
) -> Tensor:
    """Return the largest element over axes; the arguments are those of `reduce_sum`.

    Example:
        >>> print(tf.reduce_max([[1, 5], [3, 4]], axis=1).eval())
        [5 4]
    """
    return reduced(Max, input_tensor, axis, keepdims, name, reduction_indices, keep_dims)


def reduce_min(
    input_tensor: Any,
    axis: Any = None,
    keepdims: Any = None,
    name: str | None = None,
    reduction_indices: Any = None,
    keep_dims: Any = None,
) -> Tensor:
    """Return the smallest element over axes; the arguments are those of `reduce_sum`.

    Example:
        >>> print(tf.reduce_min([[1, 5], [3, 4]], axis=1).eval())
        [1 3]
    """
    return reduced(Min, input_tensor, axis, keepdims, name, reduction_indices, keep_dims)


def reduce_all(
    input_tensor: Any,
    axis: Any = None,
    keepdims: Any = None,
    name: str | None = None,
    reduction_indices: Any = None,
    keep_dims: Any = None,
) -> Tensor:
    """Compute the logical and of booleans over axes; the arguments are those of `reduce_sum`.

    Example:
        >>> print(tf.reduce_all([[True, False], [True, True]], axis=1).eval())
        [False  True]
    """
    return reduced(All, input_tensor, axis, keepdims, name, reduction_indices, keep_dims)


def reduce_any(
    input_tensor: Any,
    axis: Any = None,
    keepdims: Any = None,
    name: str | None = None,
    reduction_indices: Any = None,
    keep_dims: Any = None,
) -> Tensor:
    """Compute the logical or of booleans over axes; the arguments are those of `reduce_sum`.

    Example:
        >>> print(tf.reduce_any([[True, False], [False, False]], axis=1).eval())
        [ True False]
    """
    return reduced(Any_, input_tensor, axis, keepdims, name, reduction_indices, keep_dims)


def _place(op_def: type, input: Any, axis: Any, name: str | None, dimension: Any, output_type: Any) -> Tensor:
    axis = shape_ops.either("axis", axis, "dimension", dimension)
    output_type = as_dtype(output_type).base_dtype
    if output_type not in (dtypes.int32, dtypes.int64):
        raise TypeError(
            f"Value passed to parameter 'output_type' has DataType {output_type.name} not in list of "
            "allowed values: int32, int64"
        )
    return apply(op_def(output_type), input, 0 if axis is None else axis, name=name)


def argmax(
    input: Any, axis: Any = None, name: str | None = None, dimension: Any = None, output_type: Any = dtypes.int64
) -> Tensor:
    """Return the index of the largest element along an axis, the first if there are several.

    Args:
        input: a tensor of numbers.
        axis: the axis, 0 by default.
        name: the name of the node.
        dimension: the older name of `axis`.
        output_type: int64 or int32.

    Returns:
        Integers, of the input's shape without that axis.

    Raises:
        ValueError: if the axis is out of range.

    Example:
        >>> print(tf.argmax([[1, 9], [7, 2]], axis=1).eval())
        [1 0]
    """
    return _place(ArgMax, input, axis, name, dimension, output_type)


def argmin(
    input: Any, axis: Any = None, name: str | None = None, dimension: Any = None, output_type: Any = dtypes.int64
) -> Tensor:
    """Return the index of the smallest element along an axis; the arguments are those of `argmax`.

    Example:
        >>> print(tf.argmin([[1, 9], [7, 2]], axis=1).eval())
        [0 1]
    """
    return _place(ArgMin, input, axis, name, dimension, output_type)


def arg_max(input: Any, dimension: Any, output_type: Any = dtypes.int64, name: str | None = None) -> Tensor:
    """Call `argmax` under its older name."""
    return argmax(input, dimension, name, output_type=output_type)


def arg_min(input: Any, dimension: Any, output_type: Any = dtypes.int64, name: str | None = None) -> Tensor:
    """Call `argmin` under its older name."""
    return argmin(input, dimension, name, output_type=output_type)
