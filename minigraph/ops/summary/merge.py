"""Merging of several summaries into one."""

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.default import get_default_graph
from minigraph.graph.expect_list import expect_list
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.summary.base import SummaryOp, collect
from minigraph.ops.summary.messages import tags

__all__ = ["merge", "merge_all"]


class MergeSummary(SummaryOp):
    """The values of several summaries in one message."""

    inputs = ("*inputs: string",)

    def kernel(self, xp, *inputs):
        messages = [message for each in inputs for message in np.ravel(each)]
        try:
            found = [tag for message in messages for tag in tags(message)]
        except (TypeError, ValueError) as error:  # text, or bytes of something else
            raise ValueError("Could not parse one of the summary inputs") from error
        twice = next((tag for i, tag in enumerate(found) if tag in found[:i]), None)
        if twice is not None:
            raise ValueError(f"Duplicate tag {twice} found in summary inputs")
        return np.array(b"".join(messages), dtype=object)


def merge(inputs: Any, collections: Any = None, name: str | None = None) -> Tensor:
    """Merge several summaries into one.

    Args:
        inputs: a list of summaries.
        collections: where to add it, by default nowhere.
        name: the name scope.

    Example:
        >>> print(tf.summary.merge([tf.summary.scalar("a", 1.0), tf.summary.scalar("b", 2.0)]).name)
        Merge/MergeSummary:0
    """
    with get_default_graph().atomic(), atomic_scope(name, "Merge", inputs):
        inputs = expect_list(inputs, "inputs", "MergeSummary")
        return collect(apply(MergeSummary(), *inputs, name=name), collections or [])


def merge_all(key: str = GraphKeys.SUMMARIES, scope: str | None = None, name: str | None = None) -> Tensor | None:
    """Merge all summaries of a collection into one; return None if it is empty.

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
