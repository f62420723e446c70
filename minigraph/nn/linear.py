"""A matrix product with a bias, and the fraction of zeros."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import cast, fill, identity, size_ops
from minigraph.ops.control import cond
from minigraph.ops.linalg import matmul
from minigraph.ops.math import comparison, reductions
from minigraph.ops.nn import activations, bias_add

__all__ = ["xw_plus_b", "relu_layer", "zero_fraction"]


def xw_plus_b(x: Any, weights: Any, biases: Any, name: str | None = None) -> Tensor:
    """Compute x · weights + biases.

    Args:
        x: a matrix, a row for each example.
        weights: a matrix.
        biases: a vector.
        name: the name of the node.

    Example:
        >>> print(tf.nn.xw_plus_b([[1.0, 2.0]], [[3.0], [4.0]], [0.5]).eval())
        [[11.5]]
    """
    with atomic_scope(name, "xw_plus_b", [x, weights, biases]) as scope:
        return _product(x, weights, biases, scope)


def _product(x: Any, weights: Any, biases: Any, name: str | None = None) -> Tensor:
    x, weights = convert_to_tensor(x, name="x"), convert_to_tensor(weights, name="weights")
    biases = convert_to_tensor(biases, name="biases")
    return bias_add.bias_add(matmul.matmul(x, weights), biases, name=name)


def relu_layer(x: Any, weights: Any, biases: Any, name: str | None = None) -> Tensor:
    """Compute relu(x · weights + biases); the arguments are those of `xw_plus_b`."""
    with atomic_scope(name, "relu_layer", [x, weights, biases]) as scope:
        return activations.relu(_product(x, weights, biases), name=scope)


def _count(value: Tensor, dtype: Any) -> Tensor:
    with atomic_scope("count_nonzero", values=[value]):
        different = comparison.not_equal(value, fill.zeros([], dtype=value.dtype))
        return reductions.reduce_sum(cast.cast(different, dtype), name="nonzero_count")


def zero_fraction(value: Any, name: str | None = None) -> Tensor:
    """Return the fraction of elements that are zero.

    Args:
        value: a tensor of numbers.
        name: the name scope.

    Example:
        >>> print(tf.nn.zero_fraction([0.0, 1.0, 0.0, 2.0]).eval())
        0.5
    """
    with atomic_scope(name, "zero_fraction", [value]):
        value = convert_to_tensor(value, name="value")
        size: Any = size_ops.size(value, out_type=dtypes.int64)
        found = cond.cond(
            size <= dtypes.int32.max,
            true_fn=lambda: cast.cast(_count(value, dtypes.int32), dtypes.int64),
            false_fn=lambda: _count(value, dtypes.int64),
        )
        with atomic_scope("counts_to_fraction"):
            zeros = cast.cast(size - found, dtypes.float32)
            fraction = zeros / cast.cast(size, dtypes.float32)
        return identity.identity(fraction, "fraction")
