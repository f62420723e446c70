"""`matmul`: products of matrices, and of batches of them."""

from typing import Any

import numpy as np

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import merge_sizes, with_rank_at_least
from minigraph.graph.shapes import brackets, broadcast, unknown_shape
from minigraph.graph.type_lists import SIGNED
from minigraph.ops.linalg.matmul_op import MatMul
from minigraph.ops.math import conj

__all__ = ["matmul"]


class BatchMatMulV2(OpDef):
    """The products of matrices in the last two axes; the other axes are broadcast."""

    adj_x: bool = False
    adj_y: bool = False

    inputs = ("x: T", "y: T")
    allowed = {"T": SIGNED}

    def shape(self, x, y):
        x, y = with_rank_at_least(x, 2), with_rank_at_least(y, 2)
        if x.ndims is None or y.ndims is None:
            return unknown_shape()
        m, k = x.tuple[-2:][:: -1 if self.adj_x else 1]
        other, n = y.tuple[-2:][:: -1 if self.adj_y else 1]
        merge_sizes(k, other)
        return broadcast(x[:-2], y[:-2]).concatenate((m, n))

    def kernel(self, xp, x, y):
        for i, each in enumerate((x, y)):
            if np.ndim(each) < 2:
                raise ValueError(f"In[{i}] ndims must be >= 2: {np.ndim(each)}")
        given = f"{brackets(x.shape)} {brackets(y.shape)} {int(self.adj_x)} {int(self.adj_y)}"
        x, y = _adjoint(xp, x, self.adj_x), _adjoint(xp, y, self.adj_y)
        if x.shape[-1] != y.shape[-2]:
            raise ValueError(f"In[0] mismatch In[1] shape: {x.shape[-1]} vs. {y.shape[-2]}: {given}")
        return xp.matmul(x, y)

    def gradient(self, tf, dy, out, x, y):
        if not self.adj_x:
            dx = tf.matmul(dy, y, adjoint_b=not self.adj_y)
            other = tf.matmul(dy, x, adjoint_a=True) if self.adj_y else tf.matmul(x, dy, adjoint_a=True)
        else:
            dx = tf.matmul(y, dy, adjoint_a=self.adj_y, adjoint_b=True)
            other = tf.matmul(dy, x, adjoint_a=True, adjoint_b=True) if self.adj_y else tf.matmul(x, dy)
        if x.shape.is_fully_defined() and y.shape.is_fully_defined() and x.shape.tuple == y.shape.tuple:
            return dx, other
        sx, sy = tf.shape(x), tf.shape(y)
        rx, ry = tf.broadcast_gradient_args(sx[:-2], sy[:-2])
        return tf.reshape(tf.reduce_sum(dx, rx), sx), tf.reshape(tf.reduce_sum(other, ry), sy)


def _adjoint(xp: Any, x: Any, wanted: bool) -> Any:
    if not wanted:
        return x
    x = xp.swapaxes(x, -1, -2)
    return xp.conj(x) if x.dtype.kind == "c" else x


def _check_flags(side: str, transposed: bool, adjoint: bool) -> None:
    if transposed and adjoint:
        raise ValueError(f"Only one of transpose_{side} and adjoint_{side} can be True.")


def _may_be_batch(t: Tensor) -> bool:
    return t.shape.ndims is None or t.shape.ndims > 2


def matmul(
    a: Any,
    b: Any,
    transpose_a: bool = False,
    transpose_b: bool = False,
    adjoint_a: bool = False,
    adjoint_b: bool = False,
    a_is_sparse: bool = False,
    b_is_sparse: bool = False,
    name: str | None = None,
) -> Tensor:
    """Multiply matrices.

    Args:
        a, b: tensors of one type with two or more axes; the last two are the matrices', the others are broadcast.
        transpose_a, transpose_b: transpose the matrix first.
        adjoint_a, adjoint_b: transpose it and take the complex conjugate.
        a_is_sparse, b_is_sparse: accepted and ignored; they are a hint in TF1.
        name: the name of the node.

    Raises:
        ValueError: if the shapes do not fit, or a matrix is to be both transposed and conjugate-transposed.

    Example:
        >>> print(tf.matmul([[1, 2], [3, 4]], [[1], [10]]).eval())
        [[21]
         [43]]
    """
    with atomic_scope(name, "MatMul", [a, b]) as scope:
        _check_flags("a", transpose_a, adjoint_a)
        _check_flags("b", transpose_b, adjoint_b)
        a, b = convert_to_tensor(a, name="a"), convert_to_tensor(b, name="b")
        is_batch = _may_be_batch(a) or _may_be_batch(b)
        definition: type[OpDef] = BatchMatMulV2 if is_batch else MatMul  # one takes adjoints, one transposes
        conj_a, conj_b = (transpose_a, transpose_b) if is_batch else (adjoint_a, adjoint_b)
        a, b = (conj.conj(a) if conj_a else a), (conj.conj(b) if conj_b else b)
        return apply(definition(transpose_a or adjoint_a, transpose_b or adjoint_b), a, b, name=scope)
