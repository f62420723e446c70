"""`StringFormat`: tensors put into a text."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.ops.control import shown_elements

__all__ = ["string_format"]


class StringFormat(OpDef):
    """A text in which the tensors stand in the places of a placeholder."""

    template: str = "%s"
    placeholder: str = "%s"
    summarize: int = 3

    inputs = ("*inputs: *T",)
    outputs = ("string",)

    def shape(self, *inputs):
        return TensorShape.of(())

    def kernel(self, xp, *inputs):
        parts = self.template.split(self.placeholder)
        shown = [shown_elements.table(x, self.summarize) for x in inputs]
        text = parts[0] + "".join(one + part for one, part in zip(shown, parts[1:]))
        return np.array(text.encode(), object)

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


def string_format(
    template: str, inputs: Any, placeholder: str = "{}", summarize: int = 3, name: str | None = None
) -> Tensor:
    """Put tensors into a text.

    Args:
        template: the text, with a placeholder for each tensor.
        inputs: a tensor, or a list of them.
        placeholder: what stands in the text for a tensor.
        summarize: how many elements are shown at both ends of each axis; -1 for all.
        name: the name of the node.

    Returns:
        A scalar of type string.

    Raises:
        ValueError: if the number of placeholders is not that of the tensors.

    Example:
        >>> print(sess.run(string_format("x: {}, y: {}", [tf.range(9), tf.constant(0.5)])).decode())
        x: [0 1 2 ... 6 7 8], y: 0.5
    """
    tensors = list(inputs) if isinstance(inputs, (list, tuple)) else [inputs]
    count = template.count(placeholder)
    if count != len(tensors):
        raise ValueError(
            f"{count} placeholder(s) in template does not match {len(tensors)} tensor(s) provided as input"
        )
    return apply(StringFormat(template, placeholder, summarize), *tensors, name=name)
