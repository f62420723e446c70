"""Orthogonal and identity matrices as initial values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays import reshape, transpose
from minigraph.ops.linalg import diag, solvers
from minigraph.ops.math import signs
from minigraph.ops.random import normal
from minigraph.variables.initializers.base import Initializer, floating

__all__ = ["Orthogonal", "Identity", "orthogonal_initializer"]


class Orthogonal(Initializer):
    """Orthogonal rows or columns times `gain` (Saxe et al., arXiv:1312.6120)."""

    _arguments = ("gain", "seed")

    def __init__(self, gain: float = 1.0, seed: int | None = None, dtype: Any = dtypes.float32):
        super().__init__(floating(dtype))
        self.gain, self.seed = gain, seed

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        if len(shape) < 2:
            raise ValueError("The tensor to initialize must be at least two-dimensional")
        rows, columns = math.prod(int(d) for d in shape[:-1]), int(shape[-1])
        drawn = normal.random_normal((max(rows, columns), min(rows, columns)), dtype=self._dtype(dtype), seed=self.seed)
        q, r = solvers.qr(drawn, full_matrices=False)
        q *= signs.sign(diag.diag_part(r))  # without this the distribution would not be uniform
        if rows < columns:
            q = transpose.matrix_transpose(q)
        return self.gain * reshape.reshape(q, shape)


class Identity(Initializer):
    """The identity matrix times `gain`; for matrices only."""

    _arguments = ("gain",)

    def __init__(self, gain: float = 1.0, dtype: Any = dtypes.float32):
        super().__init__(floating(dtype))
        self.gain = gain

    def __call__(self, shape: Sequence, dtype: Any = None, partition_info: Any = None) -> Tensor:
        if len(shape) != 2:
            raise ValueError("Identity matrix initializer can only be used for 2D matrices.")
        rows, columns = shape.as_list() if isinstance(shape, TensorShape) else shape
        return self.gain * diag.eye(rows, columns, dtype=self._dtype(dtype))


orthogonal_initializer = Orthogonal
