"""The summary of strings, for TensorBoard's text plugin."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.ops.summary.base import collect, summary_scope
from minigraph.ops.summary.messages import part, string
from minigraph.ops.summary.tensor import TensorSummaryV2

__all__ = ["text"]


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
