"""The sparse updates of the optimizers: the dense formulas applied to the rows at `indices`.

Each has the attributes and inputs of the dense update from which it is derived, with the indices after the gradient.
They must be distinct; the optimizers first sum the gradients of each row.
"""

from typing import Any

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
        at = self.places["Tindices"]
        indices = arrays[at]
        check_bounds(indices, arrays[0].shape[0])
        rows = [array[indices] if i in self.writes else array for i, array in enumerate(arrays) if i != at]
        new = super().update(np, *rows)  # the dense formula
        for i, values in zip(self.writes, new if len(self.writes) > 1 else (new,)):
            arrays[i][indices] = values

    def solution(self, xp, linear, l1, curvature):
        """Return the variable of `ApplyFtrl`: in TF1's sparse update NaN stays NaN."""
        return (xp.clip(linear, -l1, l1) - linear) / curvature


def _of_rows(kind: Any) -> Any:
    """Return the definition that applies the formula of a dense update to some rows."""
    inputs: list[str] = []
    for text in kind.inputs:
        inputs += ["grad: T", "indices: Tindices"] if text in ("grad: T", "delta: T") else [text]
    members = {"__doc__": f"{kind.__name__} for some rows.", "__module__": __name__, "inputs": tuple(inputs)}
    return type(f"Sparse{kind.__name__}", (SparseUpdate, kind), members)


SparseApplyMomentum = _of_rows(apply_dense.ApplyMomentum)
SparseApplyAdagrad = _of_rows(apply_dense.ApplyAdagrad)
SparseApplyAdagradDA = _of_rows(apply_dense.ApplyAdagradDA)
SparseApplyAdadelta = _of_rows(apply_dense.ApplyAdadelta)
SparseApplyRMSProp = _of_rows(apply_dense.ApplyRMSProp)
SparseApplyCenteredRMSProp = _of_rows(apply_dense.ApplyCenteredRMSProp)
SparseApplyFtrl = _of_rows(apply_dense.ApplyFtrl)
SparseApplyFtrlV2 = _of_rows(apply_dense.ApplyFtrlV2)
SparseApplyProximalGradientDescent = _of_rows(apply_dense.ApplyProximalGradientDescent)
SparseApplyProximalAdagrad = _of_rows(apply_dense.ApplyProximalAdagrad)
