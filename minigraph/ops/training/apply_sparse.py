"""The sparse updates of the optimizers: the dense formulas applied to the rows at `indices`.

The indices must be distinct; the optimizers first sum the gradients of each row.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.shape_rules import merge, merge_sizes, with_rank, with_rank_at_least
from minigraph.graph.shapes import TensorShape
from minigraph.ops.rows.gather import check_bounds
from minigraph.ops.training import apply_dense
from minigraph.ops.training.update import Update


class SparseUpdate(Update, base=True):
    """Base: the inputs of the dense update, with the gradient's rows and their indices."""

    allowed = {"T": dtypes.NUMBERS, "Tindices": dtypes.INDICES}
    dense: ClassVar[type] = Update
    elementwise = False

    def merge_gradient(self, var, grad, indices):
        indices, grad = with_rank(indices, 1), with_rank_at_least(grad, 1)
        if grad.tuple is None:
            return var
        merge_sizes(indices.tuple[0], grad.tuple[0])
        return merge(var, TensorShape.of((None, *grad.tuple[1:])))

    def update(self, xp, *arrays):
        return self.write_copies(*arrays)

    def write(self, *arrays):
        names = [spec.name for spec in self.specs]
        given = dict(zip(names, arrays))
        indices = given.pop("indices")
        check_bounds(indices, arrays[0].shape[0])
        for i in self.writes:
            given[names[i]] = arrays[i][indices]
        formula: Any = self.dense(**{name: getattr(self, name) for name in self.fields.values()})
        order = [spec.name for spec in formula.specs]
        given.setdefault("delta", given["grad"])
        rows = formula.update(np, *[given[name] for name in order])
        for i, new in zip(self.writes, rows if len(self.writes) > 1 else (rows,)):
            arrays[i][indices] = new


class SparseApplyMomentum(SparseUpdate):
    """ApplyMomentum for some rows."""

    use_nesterov: bool = False
    inputs = ("var: &T", "accum: &T", "lr: T", "grad: T", "indices: Tindices", "momentum: T")
    reads = writes = (0, 1)
    dense = apply_dense.ApplyMomentum


class SparseApplyAdagrad(SparseUpdate):
    """ApplyAdagrad for some rows."""

    update_slots: bool = True
    inputs = ("var: &T", "accum: &T", "lr: T", "grad: T", "indices: Tindices")
    reads = writes = (0, 1)
    dense = apply_dense.ApplyAdagrad


class SparseApplyAdagradDA(SparseUpdate):
    """ApplyAdagradDA for some rows."""

    inputs = (
        "var: &T",
        "gradient_accumulator: &T",
        "gradient_squared_accumulator: &T",
        "grad: T",
        "indices: Tindices",
        "lr: T",
        "l1: T",
        "l2: T",
        "global_step: int64",
    )
    reads = writes = (0, 1, 2)
    dense = apply_dense.ApplyAdagradDA


class SparseApplyAdadelta(SparseUpdate):
    """ApplyAdadelta for some rows."""

    inputs = (
        "var: &T",
        "accum: &T",
        "accum_update: &T",
        "lr: T",
        "rho: T",
        "epsilon: T",
        "grad: T",
        "indices: Tindices",
    )
    reads = writes = (0, 1, 2)
    dense = apply_dense.ApplyAdadelta


class SparseApplyRMSProp(SparseUpdate):
    """ApplyRMSProp for some rows."""

    inputs = (
        "var: &T",
        "ms: &T",
        "mom: &T",
        "lr: T",
        "rho: T",
        "momentum: T",
        "epsilon: T",
        "grad: T",
        "indices: Tindices",
    )
    reads = writes = (0, 1, 2)
    dense = apply_dense.ApplyRMSProp


class SparseApplyCenteredRMSProp(SparseUpdate):
    """ApplyCenteredRMSProp for some rows."""

    inputs = (
        "var: &T",
        "mg: &T",
        "ms: &T",
        "mom: &T",
        "lr: T",
        "rho: T",
        "momentum: T",
        "epsilon: T",
        "grad: T",
        "indices: Tindices",
    )
    reads = writes = (0, 1, 2, 3)
    dense = apply_dense.ApplyCenteredRMSProp


class _Rows:
    """The difference between TF1's sparse and dense update: NaN stays NaN."""

    def solution(self, xp, linear, l1, curvature):
        return (xp.clip(linear, -l1, l1) - linear) / curvature


class _FtrlOfRows(_Rows, apply_dense.ApplyFtrl):
    pass


class _FtrlV2OfRows(_Rows, apply_dense.ApplyFtrlV2):
    pass


class SparseApplyFtrl(SparseUpdate):
    """ApplyFtrl for some rows."""

    inputs = (
        "var: &T",
        "accum: &T",
        "linear: &T",
        "grad: T",
        "indices: Tindices",
        "lr: T",
        "l1: T",
        "l2: T",
        "lr_power: T",
    )
    reads = writes = (0, 1, 2)
    dense = _FtrlOfRows


class SparseApplyFtrlV2(SparseUpdate):
    """ApplyFtrlV2 for some rows."""

    inputs = (
        "var: &T",
        "accum: &T",
        "linear: &T",
        "grad: T",
        "indices: Tindices",
        "lr: T",
        "l1: T",
        "l2: T",
        "l2_shrinkage: T",
        "lr_power: T",
    )
    reads = writes = (0, 1, 2)
    dense = _FtrlV2OfRows


class SparseApplyProximalGradientDescent(SparseUpdate):
    """ApplyProximalGradientDescent for some rows."""

    inputs = ("var: &T", "alpha: T", "l1: T", "l2: T", "grad: T", "indices: Tindices")
    reads = writes = (0,)
    dense = apply_dense.ApplyProximalGradientDescent


class SparseApplyProximalAdagrad(SparseUpdate):
    """ApplyProximalAdagrad for some rows."""

    inputs = ("var: &T", "accum: &T", "lr: T", "l1: T", "l2: T", "grad: T", "indices: Tindices")
    reads = writes = (0, 1)
    dense = apply_dense.ApplyProximalAdagrad
