"""`MatMul`: the product of two matrices."""

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import merge_sizes, with_rank
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.graph.type_lists import SIGNED

__all__: list[str] = []


class MatMul(OpDef, output="product"):
    """The product of two matrices."""

    transpose_a: bool = False
    transpose_b: bool = False

    inputs = ("a: T", "b: T")
    allowed = {"T": SIGNED}

    def shape(self, a, b):
        m, k = with_rank(a, 2).tuple[:: -1 if self.transpose_a else 1]
        other, n = with_rank(b, 2).tuple[:: -1 if self.transpose_b else 1]
        merge_sizes(k, other)
        return TensorShape.of((m, n))

    def kernel(self, xp, a, b):
        if np.ndim(a) != 2 or np.ndim(b) != 2:
            raise ValueError("not matrices")
        return xp.matmul(a.T if self.transpose_a else a, b.T if self.transpose_b else b)

    def failure(self, a, b):
        for i, x in enumerate((a, b)):
            if x.ndim != 2:
                return f"In[{i}] is not a matrix. Instead it has shape {brackets(x.shape)}"
        return f"Matrix size-incompatible: In[0]: {brackets(a.shape)}, In[1]: {brackets(b.shape)}"

    def gradient(self, tf, dy, y, a, b):
        a, b = tf.conj(a), tf.conj(b)
        if not self.transpose_a and not self.transpose_b:
            return _mul(dy, b, False, True), _mul(a, dy, True, False)
        if not self.transpose_a:
            return _mul(dy, b, False, False), _mul(dy, a, True, False)
        if not self.transpose_b:
            return _mul(b, dy, False, True), _mul(a, dy, False, False)
        return _mul(b, dy, True, True), _mul(dy, a, True, True)


def _mul(a: Any, b: Any, transpose_a: bool, transpose_b: bool) -> Tensor:
    return apply(MatMul(transpose_a, transpose_b), a, b)
