"""The summary functions: each makes a node whose value is a serialized `Summary` message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply, expect_list
from minigraph.graph.collections import GraphKeys
from minigraph.graph.context import get_collection, get_default_graph, name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.provenance import log
from minigraph.ops.summary import HistogramSummary, ImageSummary, MergeSummary, ScalarSummary, TensorSummaryV2, protos

__all__ = ["scalar", "histogram", "image", "text", "merge", "merge_all"]

_ILLEGAL = re.compile(r"[^-/\w\.]")


def _clean(name: str) -> str:
    """Return a name that a node can have; says so where it is another one."""
    if name is None:
        return name
    cleaned = _ILLEGAL.sub("_", name).lstrip("/")
    if cleaned != name:
        log("info", f"Summary name {name} is illegal; using {cleaned} instead.")
    return cleaned


@contextmanager
def _scope(name: str, family: str | None, values: Any) -> Iterator[tuple[str, str]]:
    """Open the scope of a summary; return its tag and the scope's name."""
    name, family = _clean(name), _clean(family) if family else None
    base = name if family is None else f"{family}/{name}"
    with get_default_graph().atomic(), name_scope(base, values=values) as scope:
        tag = get_default_graph().get_name_scope()
        yield (tag if family is None else f"{family}/{tag}"), scope


def _collect(summary: Tensor, collections: Any) -> Tensor:
    get_default_graph().add_to_collections([GraphKeys.SUMMARIES] if collections is None else collections, summary)
    return summary


def scalar(name: str, tensor: Any, collections: Any = None, family: str | None = None) -> Tensor:
    """Make the summary of a number.

    Args:
        name: the name of the node, and the tag under which TensorBoard shows it.
        tensor: a scalar.
        collections: where to add it, by default SUMMARIES.
        family: puts it under this heading in TensorBoard.

    Returns:
        A scalar string tensor: a serialized `Summary` message.

    Example:
        >>> print(tf.summary.scalar("loss", 0.5))
        Tensor("loss:0", shape=(), dtype=string)
    """
    with _scope(name, family, [tensor]) as (tag, scope):
        return _collect(apply(ScalarSummary(), tag, tensor, name=scope), collections)


def histogram(name: str, values: Any, collections: Any = None, family: str | None = None) -> Tensor:
    """Make the summary of how the elements of a tensor are spread; the arguments are those of `scalar`.

    In a run it is an error if an element is not finite.

    Example:
        >>> print(tf.summary.histogram("weights", [1.0, 2.0]).op.type)
        HistogramSummary
    """
    with _scope(name, family, [values]) as (tag, scope):
        return _collect(apply(HistogramSummary(), tag, values, name=scope), collections)


def image(name: str, tensor: Any, max_outputs: int = 3, collections: Any = None, family: str | None = None) -> Tensor:
    """Make the summary of images.

    Args:
        name, collections, family: as for `scalar`.
        tensor: images, (batch, height, width, channels) with 1, 3 or 4 channels, of bytes or floats.
        max_outputs: how many of them.

    Example:
        >>> print(tf.summary.image("digits", tf.zeros([1, 8, 8, 1])).name)
        digits:0
    """
    with _scope(name, family, [tensor]) as (tag, scope):
        return _collect(apply(ImageSummary(max_outputs), tag, tensor, name=scope), collections)


def text(name: str, tensor: Any, collections: Any = None) -> Tensor:
    """Make the summary of strings.

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
        with _scope(name, None, [tensor]) as (tag, scope):
            return _collect(apply(TensorSummaryV2(), tag, tensor, metadata, name=scope), collections)


def merge(inputs: Any, collections: Any = None, name: str | None = None) -> Tensor:
    """Make one summary of several.

    Args:
        inputs: a list of summaries.
        collections: where to add it, by default nowhere.
        name: the name scope.

    Example:
        >>> print(tf.summary.merge([tf.summary.scalar("a", 1.0), tf.summary.scalar("b", 2.0)]).name)
        Merge/MergeSummary:0
    """
    with get_default_graph().atomic(), name_scope(name, "Merge", inputs):
        inputs = expect_list(inputs, "inputs", "MergeSummary")
        return _collect(apply(MergeSummary(), *inputs, name=name), collections or [])


def merge_all(key: str = GraphKeys.SUMMARIES, scope: str | None = None, name: str | None = None) -> Tensor | None:
    """Make one summary of all in a collection; None where it is empty.

    Args:
        key: the collection.
        scope: only those whose names match.
        name: the name scope.

    Example:
        >>> print(tf.summary.merge_all())
        None
    """
    found = get_collection(key, scope)
    return merge(found, name=name) if found else None
