"""The summary of strings, for TensorBoard's text plugin."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.ops.summary.base import SummaryOp, collect, summary_scope
from minigraph.ops.summary.messages import integer, part, string, summary, text_of, value

__all__ = ["text"]


class TensorSummaryV2(SummaryOp):
    """A tensor for the TensorBoard plugin named in the metadata."""

    inputs = ("tag: string", "tensor: T", "serialized_summary_metadata: string")

    def kernel(self, xp, tag, tensor, metadata):
        return summary(value(text_of(tag), part(8, message(tensor)) + part(9, np.asarray(metadata).item())))


def message(array: Any) -> bytes:
    """Return a `TensorProto` of an array of texts."""
    texts = [each.encode() if isinstance(each, str) else bytes(each) for each in np.ravel(array)]
    shape = b"".join(part(2, integer(1, size)) for size in np.shape(array))
    return integer(1, dtypes.string.as_datatype_enum) + part(2, shape) + b"".join(part(8, each) for each in texts)


def text(name: str, tensor: Any, collections: Any = None) -> Tensor:
    """Build a summary of strings.

    Args:
        name, collections: as for `scalar`.
        tensor: a tensor of strings.

    Raises:
        ValueError: if it is of another type.

    Example:
        >>> print(tf.summary.text("note", tf.constant("hello")).name)
        note:0
    """
    with get_default_graph().atomic():
        tensor = convert_to_tensor(tensor)
        if tensor.dtype.base_dtype is not dtypes.string:
            raise ValueError(f"Expected tensor {tensor.name} to have dtype string, got {tensor.dtype}")
        metadata = part(1, string(1, b"text"))  # a SummaryMetadata with the name of the plugin
        with summary_scope(name, None, [tensor]) as (tag, scope):
            return collect(apply(TensorSummaryV2(), tag, tensor, metadata, name=scope), collections)
