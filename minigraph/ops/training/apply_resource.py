"""The updates of the optimizers for resource variables, derived from those for refs.

Each has the attributes, the formula and the input order of the operation from which it is derived, and no output.
"""

from __future__ import annotations

from typing import Any

from minigraph.ops.training import apply_dense, apply_sparse, update

__all__ = ["on_handles"]


def _for_handles(kind: Any) -> Any:
    """Return a definition that takes handles in place of the refs of `kind`."""
    inputs = tuple([text.replace("&T", "&resource") for text in kind.inputs])
    return type(
        f"Resource{kind.__name__}",
        (kind,),
        {
            "__doc__": f"{kind.__name__} for resource variables.",
            "__module__": __name__,
            "inputs": inputs,
            "outputs": (),
        },
    )


ResourceApplyGradientDescent = _for_handles(update.ApplyGradientDescent)
ResourceApplyMomentum = _for_handles(apply_dense.ApplyMomentum)
ResourceApplyAdagrad = _for_handles(apply_dense.ApplyAdagrad)
ResourceApplyAdagradDA = _for_handles(apply_dense.ApplyAdagradDA)
ResourceApplyAdadelta = _for_handles(apply_dense.ApplyAdadelta)
ResourceApplyAdam = _for_handles(apply_dense.ApplyAdam)
ResourceApplyRMSProp = _for_handles(apply_dense.ApplyRMSProp)
ResourceApplyCenteredRMSProp = _for_handles(apply_dense.ApplyCenteredRMSProp)
ResourceApplyFtrl = _for_handles(apply_dense.ApplyFtrl)
ResourceApplyFtrlV2 = _for_handles(apply_dense.ApplyFtrlV2)
ResourceApplyProximalGradientDescent = _for_handles(apply_dense.ApplyProximalGradientDescent)
ResourceApplyProximalAdagrad = _for_handles(apply_dense.ApplyProximalAdagrad)
ResourceSparseApplyMomentum = _for_handles(apply_sparse.SparseApplyMomentum)
ResourceSparseApplyAdagrad = _for_handles(apply_sparse.SparseApplyAdagrad)
ResourceSparseApplyAdagradDA = _for_handles(apply_sparse.SparseApplyAdagradDA)
ResourceSparseApplyAdadelta = _for_handles(apply_sparse.SparseApplyAdadelta)
ResourceSparseApplyRMSProp = _for_handles(apply_sparse.SparseApplyRMSProp)
ResourceSparseApplyCenteredRMSProp = _for_handles(apply_sparse.SparseApplyCenteredRMSProp)
ResourceSparseApplyFtrl = _for_handles(apply_sparse.SparseApplyFtrl)
ResourceSparseApplyFtrlV2 = _for_handles(apply_sparse.SparseApplyFtrlV2)
ResourceSparseApplyProximalGradientDescent = _for_handles(apply_sparse.SparseApplyProximalGradientDescent)
ResourceSparseApplyProximalAdagrad = _for_handles(apply_sparse.SparseApplyProximalAdagrad)


def on_handles(kind: Any) -> Any:
    """Return the definition for resource variables that corresponds to `kind` for refs.

    Example:
        >>> on_handles(apply_dense.ApplyAdam).inputs[:3]
        ('var: &resource', 'm: &resource', 'v: &resource')
    """
    return globals()[f"Resource{kind.__name__}"]
