"""The summary of a number."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import brackets
from minigraph.ops.summary.base import SummaryOp, collect, summary_scope
from minigraph.ops.summary.messages import single, summary, text_of, value

__all__ = ["scalar"]


class ScalarSummary(SummaryOp):
    """A number for each tag."""

    inputs = ("tags: string", "values: T")
    allowed = {"T": dtypes.REALS}

    def kernel(self, xp, tags, values):
        if np.shape(tags) != np.shape(values):
            both = f"{brackets(np.shape(tags))} != {brackets(np.shape(values))}"
            one = f" (tag '{text_of(tags)}')" if np.size(tags) == 1 else ""
            raise ValueError(f"tags and values not the same shape: {both}{one}")
        pairs = zip(np.ravel(tags), np.ravel(values))
        return summary(*[value(text_of(tag), single(2, float(number))) for tag, number in pairs])


def scalar(name: str, tensor: Any, collections: Any = None, family: str | None = None) -> Tensor:
    """Build a summary of a number: a scalar string tensor, a serialized `Summary` message.

    Args:
        name: the name of the node, and the tag under which TensorBoard shows it.
        tensor: a scalar.
        collections: where to add it, by default SUMMARIES.
        family: puts it under this heading in TensorBoard.

    Example:
        >>> print(tf.summary.scalar("loss", 0.5))
        Tensor("loss:0", shape=(), dtype=string)
    """
    with summary_scope(name, family, [tensor]) as (tag, scope):
        return collect(apply(ScalarSummary(), tag, tensor, name=scope), collections)
