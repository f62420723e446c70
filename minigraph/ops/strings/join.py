"""`string_join`: texts put together element by element."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import merge
from minigraph.graph.shapes import TensorShape

__all__ = ["string_join"]


class StringJoin(OpDef):
    """The texts of all inputs, joined element by element; scalars count as arrays of any shape."""

    separator: str = ""

    inputs = ("*inputs: string",)
    outputs = ("string",)

    def shape(self, *inputs):
        result = TensorShape.of(())
        for shape in inputs:
            if shape.ndims != 0:
                result = merge(result, shape) if result.ndims != 0 else shape
        return result

    def kernel(self, xp, *inputs):
        arrays = np.broadcast_arrays(*inputs)
        separator = self.separator.encode()
        joined = [separator.join(texts) for texts in zip(*[array.ravel() for array in arrays])]
        return np.array([*joined, None], object)[:-1].reshape(arrays[0].shape)

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


def string_join(inputs: Any, separator: str = "", name: str | None = None) -> Tensor:
    """Join texts element by element.

    Args:
        inputs: a list of tensors of type string, of one shape; a scalar is joined with every element of the others.
        separator: what stands between them.
        name: the name of the node.

    Raises:
        ValueError: if the shapes differ.

    Example:
        >>> print(tf.string_join([["a", "b"], "c"], separator="-").eval())
        [b'a-c' b'b-c']
    """
    return apply(StringJoin(separator), *inputs, name=name)
