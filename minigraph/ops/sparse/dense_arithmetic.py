"""The elements of a sparse tensor, multiplied, divided or increased by a dense tensor's at their index vectors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.graph.sparse_tensor import SparseTensor
from minigraph.ops.arrays import cast
from minigraph.ops.math import division
from minigraph.ops.sparse.indices import NUMBERS, check_parts

__all__ = ["sparse_dense_cwise_add", "sparse_dense_cwise_div", "sparse_dense_cwise_mul", "sparse_dense_truediv"]


class _Cwise(OpDef):
    """Base: a function of the elements and of those of the dense tensor, which is broadcast to the sparse shape."""

    inputs = ("sp_indices: int64", "sp_values: T", "sp_shape: int64", "dense: T")
    allowed = {"T": NUMBERS}
    compute: ClassVar[Any] = None

    def shape(self, indices, values, shape, dense):
        return TensorShape.of((with_rank(indices, 2).tuple[0],))

    def kernel(self, xp, indices, values, shape, dense):
        check_parts(indices, values, shape)
        sizes = tuple(shape.tolist())
        try:
            whole = np.broadcast_to(dense, sizes)
        except ValueError:
            raise ValueError(
                "SparseDenseBinaryOpShared broadcasts dense to sparse only; got incompatible shapes: "
                f"{brackets(sizes)} vs. {brackets(np.shape(dense))}"
            ) from None
        demand(
            bool(((indices >= 0) & (indices < shape)).all()),
            "Provided indices are out-of-bounds w.r.t. dense side with broadcasted shape",
        )
        return type(self).compute(values, whole[tuple(indices.T)])

    def _gradients(self, tf, dy, values, indices, shape, dense, is_product):
        dense_shape = tf.cast(tf.shape(dense), dtypes.int64)
        added = tf.expand_dims(tf.size(shape) - tf.size(dense_shape), 0)
        whole = tf.concat([tf.ones(added, dtypes.int64), dense_shape], 0)
        places = tf.floordiv(indices, tf.floordiv(shape, whole))
        places = tf.slice(places, tf.concat([[0], added], 0), [-1, -1])
        taken = tf.gather_nd(dense, places)
        if is_product:
            d_values, d_taken = dy * taken, dy * values
        else:
            d_values, d_taken = dy / taken, dy * (-values / tf.square(taken))
        d_dense = tf.sparse_add(tf.zeros_like(dense), SparseTensor(places, d_taken, dense_shape))
        return None, d_values, None, d_dense


class SparseDenseCwiseAdd(_Cwise):
    """The elements plus those of the dense tensor."""

    compute = np.add

    def gradient(self, tf, dy, y, *inputs):
        raise NotImplementedError("Gradient for SparseDenseCwiseAdd is currently not implemented yet.")


class SparseDenseCwiseMul(_Cwise):
    """The elements times those of the dense tensor."""

    compute = np.multiply

    def gradient(self, tf, dy, y, indices, values, shape, dense):
        return self._gradients(tf, dy, values, indices, shape, dense, True)


class SparseDenseCwiseDiv(_Cwise):
    """The elements divided by those of the dense tensor."""

    @staticmethod
    def compute(x, y):
        """Divide; integers are divided towards zero, as in C."""
        return x / y if x.dtype.kind in "fc" else division.truncated_quotient(np, x, y)

    def gradient(self, tf, dy, y, indices, values, shape, dense):
        return self._gradients(tf, dy, values, indices, shape, dense, False)


def sparse_dense_cwise_add(sp_t: SparseTensor, dense_t: Any) -> SparseTensor:
    """Add a dense tensor's elements to those of a sparse tensor, at its index vectors only.

    Args:
        sp_t: a sparse tensor.
        dense_t: a tensor of its type; it is broadcast to its shape.

    Returns:
        A sparse tensor with the same index vectors.
    """
    return sp_t.with_values(apply(SparseDenseCwiseAdd(), *sp_t.nest_parts(), dense_t))


def sparse_dense_cwise_mul(indices: Any, values: Any, shape: Any, dense: Any, name: str | None = None) -> Tensor:
    """Return the elements of a sparse tensor times a dense tensor's; the dense one is broadcast."""
    return apply(SparseDenseCwiseMul(), indices, values, shape, dense, name=name)


def sparse_dense_cwise_div(indices: Any, values: Any, shape: Any, dense: Any, name: str | None = None) -> Tensor:
    """Return the elements of a sparse tensor divided by a dense tensor's; the dense one is broadcast."""
    return apply(SparseDenseCwiseDiv(), indices, values, shape, dense, name=name)


def sparse_dense_truediv(indices: Any, values: Any, shape: Any, dense: Any, name: str | None = None) -> Tensor:
    """Return the elements of a sparse tensor divided by a dense tensor's; integers become floating-point first."""
    with atomic_scope(name, "truediv", [indices, values, shape, dense]) as scope:
        values, dense = convert_to_tensor(values, name="sp_values"), convert_to_tensor(dense, name="y")
        division.check_same_type(values, dense)
        kind = values.dtype.base_dtype
        if kind.is_integer:
            wanted = dtypes.float32 if kind.size < 4 else dtypes.float64
            values, dense = cast.cast(values, wanted), cast.cast(dense, wanted)
        return sparse_dense_cwise_div(indices, values, shape, dense, name=scope)


def _operator(function: Callable, name: str) -> Callable:
    def operate(sparse: SparseTensor, y: Any) -> SparseTensor:
        with atomic_scope(None, name, [*sparse.nest_parts(), y]) as scope:
            y = convert_to_tensor(y, sparse.dtype.base_dtype, name="y")
            return sparse.with_values(function(*sparse.nest_parts(), y, name=scope))

    operate.__name__, operate.__doc__ = f"__{name}__", function.__doc__
    return operate


for _name, _function in (
    ("mul", sparse_dense_cwise_mul),
    ("rmul", sparse_dense_cwise_mul),
    ("div", sparse_dense_cwise_div),
    ("truediv", sparse_dense_truediv),
):
    setattr(SparseTensor, f"__{_name}__", _operator(_function, _name.removeprefix("r")))
