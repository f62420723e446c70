"""What a subclass of `Optimizer` gives: the update of one variable, by its kind and that of its gradient."""

from __future__ import annotations

from typing import Any

from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Tensor
from minigraph.ops.arrays import shape_ops, unique
from minigraph.ops.math import segments

__all__ = ["Updates"]


class Updates:
    """Mixin for optimizers: the methods that update one variable, to be overridden."""

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        """Make the update of a variable by a dense gradient."""
        raise NotImplementedError

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        """Make the update by a gradient of some rows, each named once."""
        raise NotImplementedError

    def _apply_sparse_duplicate_indices(self, grad: IndexedSlices, var: Any) -> Any:
        """Sum the rows that are named twice, then `_apply_sparse`."""
        values, indices = _deduplicated(grad.values, grad.indices)
        return self._apply_sparse(IndexedSlices(values, indices, grad.dense_shape), var)

    def _resource_apply_dense(self, grad: Tensor, handle: Any) -> Any:
        """Make the update of a resource variable by a dense gradient."""
        raise NotImplementedError

    def _resource_apply_sparse(self, grad: Tensor, handle: Any, indices: Tensor) -> Any:
        """Make the update of a resource variable by the values of some rows, each named once."""
        raise NotImplementedError

    def _resource_apply_sparse_duplicate_indices(self, grad: Tensor, handle: Any, indices: Tensor) -> Any:
        """Sum the rows that are named twice, then `_resource_apply_sparse`."""
        values, indices = _deduplicated(grad, indices)
        return self._resource_apply_sparse(values, handle, indices)


def _deduplicated(values: Tensor, indices: Tensor) -> tuple[Tensor, Tensor]:
    rows, places = unique.unique(indices)
    return segments.unsorted_segment_sum(values, places, shape_ops.shape(rows)[0]), rows
