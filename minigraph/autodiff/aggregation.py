"""Summation of gradients that arrive along several paths."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import colocate_with
from minigraph.ops.arrays.cast import cast
from minigraph.ops.arrays.concat import concat
from minigraph.ops.math.add_n import add_n


def sum_by_device(grads: list) -> Tensor:
    """Sum tensors per device, beside the first tensor of each, and then sum the results."""
    groups: dict[str, list] = {}
    for grad in grads:
        groups.setdefault(grad.op.device, []).append(grad)
    sums = []
    for _, group in sorted(groups.items()):
        with colocate_with(group[0].op, ignore_existing=True):
            sums.append(add_n(group))
    return add_n(sums) if len(sums) > 1 else sums[0]


def sum_slices(grads: list) -> Any:
    """Sum gradients some of which are `IndexedSlices`: their rows are concatenated, unless one gradient is dense."""
    if any(isinstance(g, Tensor) for g in grads):
        return add_n(grads)
    indices = [g.indices for g in grads]
    if any(i.dtype is dtypes.int64 for i in indices):
        indices = [cast(i, dtypes.int64) for i in indices]
    return IndexedSlices(concat([g.values for g in grads], axis=0), concat(indices, axis=0), grads[0].dense_shape)
