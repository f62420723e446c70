"""The summary of a tensor, for the TensorBoard plugin that its metadata name."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.operation import Tensor
from minigraph.ops.summary.base import SummaryOp, collect, summary_scope
from minigraph.ops.summary.messages import integer, part, string, summary, text_of, value

__all__ = ["tensor_summary"]


class TensorSummaryV2(SummaryOp):
    """A tensor for the TensorBoard plugin named in the metadata."""

    inputs = ("tag: string", "tensor: T", "serialized_summary_metadata: string")

    def kernel(self, xp, tag, tensor, metadata):
        return summary(value(text_of(tag), part(8, message(tensor)) + part(9, np.asarray(metadata).item())))


def message(array: Any) -> bytes:
    """Return a `TensorProto` of an array: texts one by one, numbers as the bytes in memory."""
    array = np.asarray(array)
    shape = b"".join(part(2, integer(1, size)) for size in array.shape)
    if array.dtype.kind in "OSU":
        texts = [each.encode() if isinstance(each, str) else bytes(each) for each in array.ravel()]
        return integer(1, dtypes.string.as_datatype_enum) + part(2, shape) + b"".join(part(8, each) for each in texts)
    return integer(1, as_dtype(array.dtype).as_datatype_enum) + part(2, shape) + string(4, array.tobytes())


def tensor_summary(
    name: str,
    tensor: Any,
    summary_description: str | None = None,
    collections: Any = None,
    summary_metadata: Any = None,
    family: str | None = None,
    display_name: str | None = None,
) -> Tensor:
    """Build a summary of a whole tensor: a scalar string tensor, a serialized `Summary` message.

    Args:
        name, collections, family: as for `scalar`.
        tensor: a tensor of any type and shape.
        summary_description: a text about it, in Markdown.
        summary_metadata: a `tf.SummaryMetadata` message, which names the plugin that shows the tensor.
        display_name: the title in TensorBoard.

    Example:
        >>> print(tf.summary.tensor_summary("matrix", [[1.0, 2.0]], display_name="A matrix"))
        Tensor("matrix:0", shape=(), dtype=string)
    """
    metadata = b"" if summary_metadata is None else summary_metadata.SerializeToString()
    for field, text in (2, display_name), (3, summary_description):  # the last of a field counts
        metadata += b"" if text is None else string(field, text.encode())
    with summary_scope(name, family, [tensor]) as (tag, scope):
        return collect(apply(TensorSummaryV2(), tag, tensor, metadata, name=scope), collections)
