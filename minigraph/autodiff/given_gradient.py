"""The gradients with which a program lets the backward walk start (`grad_ys`), and those that do not fit."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Operation, Tensor
from minigraph.ops.arrays import identity

__all__ = ["given_gradient", "other_shape"]


def given_gradient(i: int, y: Any, grad: Any) -> Any:
    """Return the gradient given for `ys[i]`, as a new node; TypeError if its numbers are of another kind than y's."""
    _check_type(y, grad.dtype)
    if not isinstance(grad, IndexedSlices):
        return identity.identity(grad, name=f"grad_ys_{i}")
    indices = identity.identity(grad.indices, name=f"grad_ys_{i}_indices")
    values, shape = identity.identity(grad.values, name=f"grad_ys_{i}_values"), grad.dense_shape
    if shape is not None:
        shape = identity.identity(shape, name=f"grad_ys_{i}_shape")
    return IndexedSlices(values, indices, shape)


def _check_type(y: Any, found: dtypes.DType) -> None:
    """Raise TypeError if a given gradient of `y` has another kind of numbers than `y`."""
    kind = y.dtype.base_dtype
    if kind.is_floating or kind.is_integer:
        fits, what, wanted = found.is_floating or found.is_integer, "real or integer", "real or integer"
    elif kind.is_complex:
        fits, what, wanted = found.is_complex, "complex", "real"  # TF1's word
    elif kind is not dtypes.variant:
        raise TypeError(f"Tensor {y} with type {kind.name} must be numeric to obtain a default gradient")
    else:
        return
    if not fits:
        text = f"Gradient type {found.name} generated for {what}-valued tensor {y} with type {kind.name}"
        raise TypeError(f"{text} must be {wanted}")


def other_shape(op: Operation, i: int, t: Tensor, grad: Tensor) -> ValueError:
    """Return the error for a gradient that does not have the shape of the input `t` of `op`."""
    return ValueError(
        f"Incompatible shapes between op input and calculated input gradient.  Forward operation: {op.name}.  Input "
        f"index: {i}. Original input shape: {t.shape}.  Calculated input gradient shape: {grad.shape}"
    )
