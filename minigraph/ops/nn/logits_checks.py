"""Checks that labels match logits; the errors suggest what may have been intended."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.code import code, name_of
from minigraph.graph.messages import made
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape, as_shape
from minigraph.graph.text import message
from minigraph.graph.traces import here
from minigraph.ops.arrays import shape_ops
from minigraph.ops.control import assertions

__all__ = ["assert_same_shape", "check_arguments", "check_shapes", "check_types"]


def check_arguments(name: str, sentinel: Any, labels: Any, logits: Any) -> None:
    """Raise ValueError unless labels and logits are both given, and by name."""
    if sentinel is not None:
        raise ValueError(f"Only call `{name}` with named arguments (labels=..., logits=..., ...)")
    if labels is None or logits is None:
        raise ValueError("Both labels and logits must be provided.")


def check_types(labels: Tensor, logits: Tensor, parameter: str) -> None:
    """Raise TypeError if logits are not floats: often they and the labels are swapped."""
    if logits.dtype.base_dtype not in dtypes.NN_FLOATS:
        cast = code(f"tf.cast({name_of(logits, 'logits')}, tf.float32)", "logits")
        raise TypeError(
            message(
                f"Value passed to parameter '{parameter}' has DataType {logits.dtype.base_dtype.name} not in list of "
                f"allowed values: {', '.join(t.name for t in dtypes.NN_FLOATS)}",
                f"The logits at {here()} are {made(logits)}.",
                "They and the labels look swapped."
                if labels.dtype.is_floating
                else f"Logits are the floats of the last layer, before the softmax; write {cast}.",
            )
        )


def check_shapes(labels: TensorShape, logits: TensorShape) -> bool:
    """Raise an error if the shapes of class indices and logits cannot match; return True if both are fully known."""
    known = logits.ndims is not None and labels.is_fully_defined() and as_shape(logits[:-1]).is_fully_defined()
    if logits.ndims == 0:
        raise ValueError(f"Logits cannot be scalars - received shape {logits}.")
    if logits.ndims is not None and labels.ndims is not None and labels.ndims != logits.ndims - 1:
        raise ValueError(
            message(
                f"Rank mismatch: Rank of labels (received {labels.ndims}) should equal rank of logits minus 1 "
                f"(received "
                f"{logits.ndims}).",
                f"At {here()} labels have shape {labels} and logits {logits}.",
                _rank_advice(labels, logits),
            )
        )
    if known and labels.tuple != logits.tuple[:-1]:
        raise ValueError(
            f"Shape mismatch: The shape of labels (received {labels}) should equal the shape of logits "
            f"except for the last dimension (received {logits})."
        )
    return known


def _rank_advice(labels: Any, logits: Any) -> str:
    """Return advice for labels that are not one class index for each row of logits."""
    if labels.ndims == logits.ndims and labels.tuple[-1] == 1:
        return f"Labels are one number an example: write {code('tf.squeeze(labels, -1)', 'labels')}."
    if labels.ndims == logits.ndims:
        return (
            f"For one-hot labels use {code('tf.nn.softmax_cross_entropy_with_logits')}, or write "
            f"{code('tf.argmax(labels, -1)', 'labels')}."
        )
    if labels.ndims == logits.ndims + 1:
        return "They look swapped: labels are the numbers of the classes, logits have one axis more."
    return "Logits have one axis more than labels, that of the classes."


def assert_same_shape(labels: Tensor, logits: Tensor) -> Any:
    """Assert that class indices have the shape of the logits without the last axis."""
    return assertions.assert_equal(shape_ops.shape(labels), shape_ops.shape(logits)[:-1])
