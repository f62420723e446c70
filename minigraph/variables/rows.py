"""The methods that read or write some rows or elements of a variable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Tensor
from minigraph.ops.rows import gather
from minigraph.ops.variables import batch_scatter, scatter

__all__ = ["Rows"]


class Rows:
    """Mixin for variables: gather, scatter and their like."""

    def _scatter(self, function: Callable, slices: Any, use_locking: bool, name: str | None) -> Tensor:
        if not isinstance(slices, IndexedSlices):
            raise TypeError(f"sparse_delta is not IndexedSlices: {slices}")
        return function(self, slices.indices, slices.values, use_locking=use_locking, name=name)

    def _scatter_nd(self, function: Callable, indices: Any, updates: Any, name: str | None) -> Any:
        return function(self, indices, updates, use_locking=True, name=name)

    def scatter_update(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
        """Make an operation that replaces the rows of an `IndexedSlices`."""
        return self._scatter(scatter.scatter_update, sparse_delta, use_locking, name)

    def scatter_add(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
        """Make an operation that adds the rows of an `IndexedSlices`."""
        return self._scatter(scatter.scatter_add, sparse_delta, use_locking, name)

    def scatter_sub(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
        """Make an operation that subtracts the rows of an `IndexedSlices`."""
        return self._scatter(scatter.scatter_sub, sparse_delta, use_locking, name)

    def scatter_mul(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
        """Make an operation that multiplies by the rows of an `IndexedSlices`."""
        return self._scatter(scatter.scatter_mul, sparse_delta, use_locking, name)

    def scatter_div(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
        """Make an operation that divides by the rows of an `IndexedSlices`."""
        return self._scatter(scatter.scatter_div, sparse_delta, use_locking, name)

    def scatter_max(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
        """Make an operation that keeps the larger of its rows and those of an `IndexedSlices`."""
        return self._scatter(scatter.scatter_max, sparse_delta, use_locking, name)

    def scatter_min(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
        """Make an operation that keeps the smaller of its rows and those of an `IndexedSlices`."""
        return self._scatter(scatter.scatter_min, sparse_delta, use_locking, name)

    def batch_scatter_update(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Any:
        """Make an operation that replaces, in each entry along the first axes, the rows that its indices name."""
        indices = batch_scatter.index_vectors(sparse_delta.indices)
        return scatter.scatter_nd_update(self, indices, sparse_delta.values, use_locking=True, name=name)

    def sparse_read(self, indices: Any, name: str | None = None) -> Tensor:
        """Return the rows that `indices` name."""
        return gather.gather(self, indices, name=name)

    def gather_nd(self, indices: Any, name: str | None = None) -> Tensor:
        """Return the elements or slices that index vectors name."""
        return gather.gather_nd(self, indices, name=name)

    def scatter_nd_update(self, indices: Any, updates: Any, name: str | None = None) -> Tensor:
        """Make an operation that replaces the elements that index vectors name."""
        return self._scatter_nd(scatter.scatter_nd_update, indices, updates, name)

    def scatter_nd_add(self, indices: Any, updates: Any, name: str | None = None) -> Tensor:
        """Make an operation that adds to the elements that index vectors name."""
        return self._scatter_nd(scatter.scatter_nd_add, indices, updates, name)

    def scatter_nd_sub(self, indices: Any, updates: Any, name: str | None = None) -> Tensor:
        """Make an operation that subtracts from the elements that index vectors name."""
        return self._scatter_nd(scatter.scatter_nd_sub, indices, updates, name)
