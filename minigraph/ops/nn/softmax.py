"""`softmax` and `log_softmax`."""

from typing import Any

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import with_rank_at_least
from minigraph.ops.arrays import concat, ranges, shape_ops, size_ops, transpose, where
from minigraph.ops.math import arithmetic, comparison

__all__ = ["log_softmax", "softmax"]


def log_softmax_of(xp: Any, x: Any) -> Any:
    """Compute log_softmax along the last axis of an array, shifted so that nothing overflows."""
    shifted = x - xp.max(x, axis=-1, keepdims=True)
    return shifted - xp.log(xp.sum(xp.exp(shifted), axis=-1, keepdims=True, dtype=x.dtype))


class _AlongRows(OpDef):
    inputs = ("logits",)
    allowed = {"T": dtypes.NN_FLOATS}

    def shape(self, logits):
        return with_rank_at_least(logits, 1)

    def kernel(self, xp, logits):
        if not logits.ndim:
            raise ValueError("logits must have >= 1 dimension, got []")
        return self.of_rows(xp, logits) if logits.size else logits

    def of_rows(self, xp: Any, logits: Any) -> Any:
        """Compute the operation for nonempty arrays."""
        raise NotImplementedError


class Softmax(_AlongRows, output="softmax"):
    """exp(x) over its sum along the last axis."""

    def of_rows(self, xp, logits):
        e = xp.exp(logits - xp.max(logits, axis=-1, keepdims=True))
        return e / xp.sum(e, axis=-1, keepdims=True, dtype=e.dtype)

    def gradient(self, tf, dy, y, logits):
        return (dy - tf.reduce_sum(dy * y, -1, keepdims=True)) * y


class LogSoftmax(_AlongRows, output="logsoftmax"):
    """x - log(sum(exp(x))) along the last axis."""

    def of_rows(self, xp, logits):
        return log_softmax_of(xp, logits)

    def gradient(self, tf, dy, y, logits):
        probabilities = tf.exp(y)
        return dy - tf.reduce_sum(dy, -1, keepdims=True) * probabilities


def _check_axis(axis: Any, ndims: int | None) -> None:
    if ndims is not None and axis is not None and not -ndims <= axis < ndims:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"Dimension ({axis}) must be in the range [{-ndims}, "
            f"{ndims}) where {ndims} is the number of dimensions in the "
            "input.",
        )


def _is_last(axis: Any, ndims: int | None) -> bool:
    """Return True if an axis that is not a tensor is the last one, as far as the rank is known."""
    return axis == -1 or ndims is not None and axis == ndims - 1


def _along_last(logits: Any, op_def: OpDef, axis: Any, name: str | None) -> Tensor:
    """Apply an operation on the last axis to another axis."""
    with get_default_graph().atomic():
        logits = convert_to_tensor(logits)
        shape = logits.shape
        if not isinstance(axis, Tensor) and _is_last(axis, shape.ndims):
            return apply(op_def, logits, name=name)
        _check_axis(constant_value(axis) if isinstance(axis, Tensor) else axis, shape.ndims)
        axis = _counted_from_front(axis, size_ops.rank(logits))
        ndims = size_ops.rank(logits)
        if isinstance(axis, Tensor):
            axis = axis % (shape.ndims if shape.ndims is not None else ndims)
        result = _swap_last(logits, axis, arithmetic.subtract(ndims, 1))
        result = apply(op_def, result)
        result = _swap_last(result, axis, arithmetic.subtract(ndims, 1), name)
        result.set_shape(shape)
        return result


def _counted_from_front(axis: Any, ndims: Any) -> Any:
    if isinstance(axis, Tensor):
        return where.where(comparison.less(axis, 0), axis + ndims, axis)
    return axis + ndims if axis < 0 else axis


def _swap_last(x: Tensor, axis: Any, last: Tensor, name: str | None = None) -> Tensor:
    order = concat.concat([ranges.range(axis), [last], ranges.range(axis + 1, last), [axis]], 0)
    return transpose.transpose(x, order, name=name or "transpose")


def softmax(logits: Any, axis: int | None = None, name: str | None = None, dim: int | None = None) -> Tensor:
    """Compute exp(x) over its sum along an axis: numbers that add up to 1.

    Args:
        logits: a tensor of floats.
        axis: the axis, the last by default.
        name: the name of the node.
        dim: the older name of `axis`.

    Raises:
        ValueError: if the axis is out of range.

    Example:
        >>> print(tf.nn.softmax([0.0, 0.0]).eval())
        [0.5 0.5]
    """
    axis = shape_ops.either("axis", axis, "dim", dim)
    return _along_last(logits, Softmax(), -1 if axis is None else axis, name)


def log_softmax(logits: Any, axis: int | None = None, name: str | None = None, dim: int | None = None) -> Tensor:
    """Compute the logarithm of `softmax` without loss of precision; the arguments are those of `softmax`.

    Example:
        >>> print(tf.nn.log_softmax([0.0, 1000.0]).eval())
        [-1000.     0.]
    """
    axis = shape_ops.either("axis", axis, "dim", dim)
    return _along_last(logits, LogSoftmax(), -1 if axis is None else axis, name)
