"""Handles of resource variables: the variable that one names, and its static shape."""

from __future__ import annotations

from minigraph.graph.dtypes import resource
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape

__all__ = ["named_by", "value_shape"]


def value_shape(tensor: Tensor) -> TensorShape:
    """Return the static shape of a tensor; for a resource handle, that of its variable."""
    if tensor.dtype is not resource:
        return tensor._shape
    return getattr(named_by(tensor).op.op_def, "shape_", TensorShape.of(None))


def named_by(handle: Tensor) -> Tensor:
    """Return the handle of the variable itself for a handle that is an argument of a function body."""
    outer = handle.graph.outer_of(handle)
    return handle if outer is handle else named_by(outer)
