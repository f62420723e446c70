"""Summation of gradients that arrive along several paths."""

from __future__ import annotations

import functools
from typing import Any

from minigraph.autodiff.options import AggregationMethod
from minigraph.graph import dtypes
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays.cast import cast
from minigraph.ops.arrays.concat import concat
from minigraph.ops.math.add_n import accumulate_n, add_n

__all__ = ["total"]


def total(grads: list, name: str, method: int) -> Any:
    """Return the sum of two or more gradients of a tensor of the operation `name`, by an `AggregationMethod`."""
    if not all(isinstance(g, Tensor) for g in grads):
        return _sum_slices(grads)
    if method == AggregationMethod.EXPERIMENTAL_ACCUMULATE_N and len(grads) > 2:
        if functools.reduce(TensorShape.merge_with, [g.shape for g in grads]).is_fully_defined():
            return accumulate_n(grads)
    if method == AggregationMethod.ADD_N:
        return _sum_by_device(grads)
    with atomic_scope(name + "_gradient_sum"):
        return functools.reduce(lambda a, b: add_n([a, b]), grads)


def _sum_by_device(grads: list) -> Tensor:
    """Sum tensors per device, beside the first tensor of each, and then sum the results."""
    groups: dict[str, list] = {}
    for grad in grads:
        groups.setdefault(grad.op.device, []).append(grad)
    sums = []
    for _, group in sorted(groups.items()):
        with colocate_with(group[0].op, ignore_existing=True):
            sums.append(add_n(group))
    return add_n(sums) if len(sums) > 1 else sums[0]


def _sum_slices(grads: list) -> Any:
    """Sum gradients some of which are `IndexedSlices`: their rows are concatenated, unless one gradient is dense."""
    if any(isinstance(g, Tensor) for g in grads):
        return add_n(grads)
    indices = [g.indices for g in grads]
    if any(i.dtype is dtypes.int64 for i in indices):
        indices = [cast(i, dtypes.int64) for i in indices]
    return IndexedSlices(concat([g.values for g in grads], axis=0), concat(indices, axis=0), grads[0].dense_shape)
