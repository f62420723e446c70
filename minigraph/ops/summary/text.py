"""The summary of strings, for TensorBoard's text plugin."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.ops.summary.base import SummaryOp, collect, summary_scope
from minigraph.ops.summary.protos import protos, tensorboard, text_of, written

__all__ = ["text"]


class TensorSummaryV2(SummaryOp):
    """A tensor for the TensorBoard plugin named in the metadata."""

    inputs = ("tag: string", "tensor: T", "serialized_summary_metadata: string")

    def kernel(self, xp, tag, tensor, metadata):
        plugin = protos().SummaryMetadata.FromString(np.asarray(metadata).item())
        proto = tensorboard("util.tensor_util").make_tensor_proto(np.asarray(tensor))
        return written(dict(tag=text_of(tag), tensor=proto, metadata=plugin))


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
        plugin = protos().SummaryMetadata.PluginData(plugin_name="text")
        metadata = protos().SummaryMetadata(plugin_data=plugin).SerializeToString()
        with summary_scope(name, None, [tensor]) as (tag, scope):
            return collect(apply(TensorSummaryV2(), tag, tensor, metadata, name=scope), collections)
