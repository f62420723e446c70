"""Weights of losses: their shapes, and the number of weighted losses."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.ops.arrays import cast, filled_like, ranges, shape_ops, size_ops, where
from minigraph.ops.control import assertions, cond, group
from minigraph.ops.math import arithmetic, comparison, reduce_max_min, reductions

__all__ = ["assert_broadcastable", "broadcast_weights", "num_elements", "num_present"]

_PREFIX = "weights can not be broadcast to values."


def _named(value: Any, name: str) -> tuple[Tensor, Tensor, Tensor]:
    """Return a tensor, its shape and its rank, under one name scope."""
    with atomic_scope(None, name, (value,)) as scope:
        tensor = convert_to_tensor(value, name=scope)
        return tensor, shape_ops.shape(tensor, name="shape"), size_ops.rank(tensor, name="rank")


def assert_broadcastable(weights: Any, values: Any) -> Operation:
    """Assert that weights are a scalar, or have the values' rank and along each axis size 1 or the values' size."""
    with atomic_scope(None, "assert_broadcastable", (weights, values)) as scope:
        weights, weights_shape, weights_rank = _named(weights, "weights")
        values, values_shape, values_rank = _named(values, "values")
        static = constant_value(weights_rank), constant_value(values_rank)
        if static[0] is not None and static[1] is not None:
            if static[0] == 0:
                return group.no_op(name="static_scalar_check_success")
            if static[0] != static[1]:
                raise ValueError(
                    f"{_PREFIX} values.rank={static[1]}. weights.rank={static[0]}. "
                    f"values.shape={values.shape}. weights.shape={weights.shape}."
                )
            if weights.shape.is_fully_defined() and values.shape.is_fully_defined():
                _check_sizes(weights.shape.as_list(), values.shape.as_list())
                return group.no_op(name="static_dims_check_success")
        is_scalar = comparison.equal(0, weights_rank, name="is_scalar")
        shapes = "weights.shape=", weights.name, weights_shape, "values.shape=", values.name, values_shape
        data = _PREFIX, *shapes, "is_scalar=", is_scalar
        valid = cond.cond(
            is_scalar,
            lambda: is_scalar,
            lambda: _is_valid(weights_rank, weights_shape, values_rank, values_shape),
            name="is_valid_shape",
        )
        return assertions.Assert(valid, data, name=scope)


def _check_sizes(weights: list, values: list) -> None:
    for i, (w, v) in enumerate(zip(weights, values)):
        if w not in (1, v):
            raise ValueError(
                f"{_PREFIX} Mismatch at dim {i}. values.shape={np.array(values)} weights.shape={np.array(weights)}."
            )


def _is_valid(weights_rank: Tensor, weights_shape: Tensor, values_rank: Tensor, values_shape: Tensor) -> Tensor:
    same = comparison.equal(values_rank, weights_rank, name="is_same_rank")
    return cond.cond(same, lambda: _sizes_fit(weights_shape, values_shape), lambda: same)


def _sizes_fit(weights_shape: Tensor, values_shape: Tensor) -> Tensor:
    fit = comparison.logical_or(comparison.equal(values_shape, weights_shape), comparison.equal(weights_shape, 1))
    graph = get_default_graph()
    graph.count_as(graph._last_id + 7)  # TF1 tests this by a difference of sets, which takes seven more nodes
    return reduce_max_min.reduce_all(fit)


def broadcast_weights(weights: Any, values: Any) -> Tensor:
    """Broadcast weights to the shape of the values."""
    with atomic_scope(None, "broadcast_weights", (weights, values)) as scope:
        values = convert_to_tensor(values, name="values")
        weights = convert_to_tensor(weights, dtype=values.dtype.base_dtype, name="weights")
        shapes = weights.shape, values.shape
        if all(s.is_fully_defined() for s in shapes) and shapes[0].is_compatible_with(shapes[1]):
            return weights
        with control_dependencies((assert_broadcastable(weights, values),)):
            return arithmetic.multiply(weights, filled_like.ones_like(values), name=scope)


def num_elements(losses: Tensor) -> Tensor:
    """Return the number of losses, in their type."""
    with atomic_scope(None, "num_elements", [losses]) as scope:
        return cast.cast(size_ops.size(losses, name=scope), losses.dtype)


def num_present(losses: Tensor, weights: Any, per_batch: bool = False) -> Tensor:
    """Return the number of losses with nonzero weight, in total or (`per_batch`) for each example."""
    if isinstance(weights, float) and weights != 0.0:
        return num_elements(losses)
    with atomic_scope(None, "num_present", (losses, weights)) as scope:
        weights = cast.cast(weights, dtypes.float32)
        present = where.where(
            comparison.equal(weights, 0.0), filled_like.zeros_like(weights), filled_like.ones_like(weights)
        )
        present = broadcast_weights(present, losses)
        if not per_batch:
            return reductions.reduce_sum(present, name=scope)
        return reductions.reduce_sum(present, axis=ranges.range(1, size_ops.rank(present)), keepdims=True, name=scope)
