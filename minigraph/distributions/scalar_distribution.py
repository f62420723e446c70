"""`ScalarDistribution`: distributions of numbers, whose parameters say how many there are."""

from __future__ import annotations

import functools
from typing import Any, ClassVar

from minigraph.distributions.distribution import Distribution
from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays import concat, constant, shape_ops
from minigraph.ops.arrays.broadcast import broadcast_dynamic_shape, broadcast_static_shape

__all__ = ["ScalarDistribution"]


class ScalarDistribution(Distribution):
    """Base of distributions of numbers whose batch shape is that of their parameters, broadcast.

    `_shaping` names the attributes of these parameters.
    """

    _shaping: ClassVar[tuple[str, ...]] = ()

    def _batch_shape(self) -> TensorShape:
        return functools.reduce(broadcast_static_shape, [getattr(self, name).shape for name in self._shaping])

    def _batch_shape_tensor(self) -> Tensor:
        shapes = [shape_ops.shape(getattr(self, name)) for name in self._shaping]
        return functools.reduce(lambda inner, outer: broadcast_dynamic_shape(outer, inner), reversed(shapes))

    def _event_shape(self) -> TensorShape:
        return TensorShape([])

    def _event_shape_tensor(self) -> Tensor:
        return constant.constant([], dtype=dtypes.int32)

    def _many(self, n: Any) -> Tensor:
        """Return the shape of n samples."""
        return concat.concat([[n], self.batch_shape_tensor()], 0)
