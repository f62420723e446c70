"""Undoing of broadcasting and reductions in gradient rules: axes to sum over, shapes with the axes kept."""

from typing import Any

import numpy as np

from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.ops.arrays import reshape, shape_ops
from minigraph.ops.arrays.broadcast_gradient import axes_to_sum, broadcast_gradient_args
from minigraph.ops.math import division, maximum_minimum, reductions

__all__ = ["same_static_shape", "full_axes", "broadcast_axes", "reduce_to", "safe_division"]


def same_static_shape(*tensors: Any) -> bool:
    """Return True if all of these are tensors with the same fully known shape."""
    if not all(isinstance(t, Tensor) for t in tensors):
        return False
    first = tensors[0].shape
    return first.is_fully_defined() and all(t.shape.tuple == first.tuple for t in tensors)


def full_axes(x: Any, y: Any, optimize: bool = True) -> tuple:
    """Return ((axes, shape) of x, (axes, shape) of y), all as nodes: Shape, Shape, BroadcastGradientArgs."""
    sx, sy = shape_ops.shape_internal(x, optimize=optimize), shape_ops.shape_internal(y, optimize=optimize)
    rx, ry = broadcast_gradient_args(sx, sy)
    return (rx, sx), (ry, sy)


def broadcast_axes(x: Tensor, y: Tensor, dy: Any) -> tuple:
    """Return for `x` and for `y` what `reduce_to` takes after a gradient; few nodes if the shapes are known."""
    if not (isinstance(dy, Tensor) and x.shape.is_fully_defined() and y.shape.is_fully_defined()):
        return full_axes(x, y, optimize=not isinstance(dy, Tensor))
    sx, sy = x.shape.tuple, y.shape.tuple
    cache = get_default_graph().kept("broadcast", dict)
    if (sx, sy) not in cache:  # TF1 makes the node, and only the first time; nothing consumes it
        broadcast_gradient_args(np.array(sx, np.int32), np.array(sy, np.int32))
        cache[sx, sy] = axes_to_sum(sx, sy)
    rx, ry = cache[sx, sy]
    return (rx, sx, sx != dy.shape.tuple), (ry, sy, sy != dy.shape.tuple)


def reduce_to(gradient: Any, axes: Any, shape: Any, needed: bool = True) -> Tensor:
    """Sum `gradient` over `axes` and reshape it to `shape`, that of the broadcast input; leave it unless `needed`."""
    if not needed:
        return gradient
    if isinstance(shape, tuple):
        axes, shape = np.array(axes, np.int32), np.array(shape, np.int32)
    return reshape.reshape(reductions.reduce_sum(gradient, axes), shape)


def safe_division(x: Any, y: Any) -> Tensor:
    """Return x // y, and x where y is 0 (there are no elements then)."""
    return division.floordiv(x, maximum_minimum.maximum(y, 1))
