"""The nodes that hold accumulators of gradients, and the operations on them."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply, apply_op
from minigraph.graph.dtypes import DType
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import TensorShape, unknown_shape
from minigraph.ops.queues.accumulator_state import Accumulator, SparseAccumulator

__all__ = [
    "accumulator_num_accumulated",
    "accumulator_set_global_step",
    "conditional_accumulator",
    "resource_accumulator_apply_gradient",
    "resource_accumulator_num_accumulated",
    "resource_accumulator_set_global_step",
    "resource_accumulator_take_gradient",
    "sparse_accumulator_apply_gradient",
    "sparse_accumulator_take_gradient",
    "sparse_conditional_accumulator",
]

_NUMBERS = (
    *(dtypes.float32, dtypes.float64, dtypes.int32, dtypes.uint8, dtypes.int16, dtypes.int8, dtypes.complex64),
    *(dtypes.int64, dtypes.bfloat16, dtypes.uint16, dtypes.complex128, dtypes.float16, dtypes.uint32, dtypes.uint64),
)


class _Accumulator(OpDef):
    dtype_: DType
    shape_: TensorShape
    container: str = ""
    shared_name: str = ""
    reduction_type: str = "MEAN"

    allowed: ClassVar[dict] = {"dtype": _NUMBERS}
    choices: ClassVar[dict] = {"reduction_type": ("MEAN", "SUM")}
    outputs = ("handle: resource",)
    stateful = holds_resource = True
    gradient = no_gradient
    _kind: ClassVar[type[Accumulator]] = Accumulator

    def shape(self):
        return TensorShape.of((2,))

    def initial_state(self, name):
        return self._kind(name, self.dtype_, self.shape_, self.reduction_type == "MEAN", self.shared_name)

    def kernel(self, xp, state):
        return state

    def __eq__(self, other):  # two nodes never share an accumulator
        return self is other

    def __hash__(self):
        return id(self)


class ResourceConditionalAccumulator(_Accumulator):
    """An accumulator of gradients."""


class SparseConditionalAccumulator(_Accumulator):
    """An accumulator of rows of gradients."""

    outputs = ("handle: &string",)
    _kind = SparseAccumulator


class _Use(OpDef):
    outputs: ClassVar[tuple[str, ...]] = ()
    side_effect = waits = True
    gradient = no_gradient

    def shape(self, *shapes):
        return ()


class ResourceAccumulatorApplyGradient(_Use):
    """Add a gradient, unless it is older than the accumulator's step."""

    inputs = ("handle: &resource", "local_step: int64", "gradient: dtype")

    def kernel(self, xp, handle, local_step, gradient):
        handle.add(int(local_step), gradient)


class SparseAccumulatorApplyGradient(_Use):
    """Add rows of a gradient, unless they are older than the accumulator's step."""

    has_known_shape: bool

    inputs = (
        "handle: &string",
        "local_step: int64",
        "gradient_indices: int64",
        "gradient_values: dtype",
        "gradient_shape: int64",
    )

    def kernel(self, xp, handle, local_step, indices, values, shape):
        handle.add(int(local_step), (indices, values, shape if self.has_known_shape else None))


class ResourceAccumulatorTakeGradient(_Use):
    """Take the mean, once there are enough gradients."""

    dtype_: DType

    inputs = ("handle: &resource", "num_required: int32")
    outputs = ("average: dtype",)

    def shape(self, handle, num_required):
        return unknown_shape()

    def kernel(self, xp, handle, num_required):
        return handle.take(int(num_required))


class SparseAccumulatorTakeGradient(_Use):
    """Take the mean of rows, once there are enough gradients."""

    dtype_: DType

    inputs = ("handle: &string", "num_required: int32")
    outputs = ("indices: int64", "values: dtype", "shape: int64")

    def shape(self, handle, num_required):
        return (unknown_shape(),) * 3

    def kernel(self, xp, handle, num_required):
        return handle.take(int(num_required))


class ResourceAccumulatorNumAccumulated(_Use):
    """The number of gradients that were added."""

    inputs = ("handle: &resource",)
    outputs = ("num_accumulated: int32",)

    def shape(self, handle):
        return TensorShape.of(())

    def kernel(self, xp, handle):
        return np.int32(handle.count)


class AccumulatorNumAccumulated(ResourceAccumulatorNumAccumulated):
    """The number of gradients that were added."""

    inputs = ("handle: &string",)


class ResourceAccumulatorSetGlobalStep(_Use):
    """Set the step of the accumulator."""

    inputs = ("handle: &resource", "new_global_step: int64")

    def kernel(self, xp, handle, new_global_step):
        handle.set_step(int(new_global_step))


class AccumulatorSetGlobalStep(ResourceAccumulatorSetGlobalStep):
    """Set the step of the accumulator."""

    inputs = ("handle: &string", "new_global_step: int64")


def conditional_accumulator(
    dtype: Any, shape: Any, shared_name: str = "", reduction_type: str = "MEAN", name: str | None = None
) -> Tensor:
    """Add an accumulator of gradients; return its handle. See `tf.ConditionalAccumulator`.

    Args:
        dtype: the dtype of the gradients.
        shape: their shape; None if it is not known.
        shared_name: its name in messages; by default made of the node's.
        reduction_type: "MEAN" or "SUM".
        name: the name of the node.
    """
    given = dtypes.as_dtype(dtype), TensorShape(shape), "", shared_name or "", reduction_type
    return apply(ResourceConditionalAccumulator(*given), name=name)


def sparse_conditional_accumulator(
    dtype: Any, shape: Any, shared_name: str = "", reduction_type: str = "MEAN", name: str | None = None
) -> Tensor:
    """Add an accumulator of rows of gradients; return its handle. Arguments as `conditional_accumulator`."""
    given = dtypes.as_dtype(dtype), TensorShape(shape), "", shared_name or "", reduction_type
    return apply(SparseConditionalAccumulator(*given), name=name)


def resource_accumulator_apply_gradient(handle: Any, local_step: Any, gradient: Any, name: Any = None) -> Operation:
    """Add a gradient to an accumulator when it runs, unless `local_step` is less than the accumulator's step."""
    return apply_op(ResourceAccumulatorApplyGradient(), handle, local_step, gradient, name=name)


def sparse_accumulator_apply_gradient(
    handle: Any,
    local_step: Any,
    gradient_indices: Any,
    gradient_values: Any,
    gradient_shape: Any,
    has_known_shape: bool,
    name: str | None = None,
) -> Operation:
    """Add rows of a gradient when it runs, unless `local_step` is less than the accumulator's step."""
    given = handle, local_step, gradient_indices, gradient_values, gradient_shape
    return apply_op(SparseAccumulatorApplyGradient(has_known_shape), *given, name=name)


def resource_accumulator_take_gradient(handle: Any, num_required: Any, dtype: Any, name: Any = None) -> Tensor:
    """Return the mean of the gradients of an accumulator when it runs; the run waits until there are enough."""
    return apply(ResourceAccumulatorTakeGradient(dtypes.as_dtype(dtype)), handle, num_required, name=name)


def sparse_accumulator_take_gradient(handle: Any, num_required: Any, dtype: Any, name: Any = None) -> list[Tensor]:
    """Return indices, values and shape of the mean of rows when it runs; the run waits until there are enough."""
    return list(
        apply_op(SparseAccumulatorTakeGradient(dtypes.as_dtype(dtype)), handle, num_required, name=name).outputs
    )


def resource_accumulator_num_accumulated(handle: Any, name: str | None = None) -> Tensor:
    """Return how many gradients an accumulator has when it runs, a scalar int32."""
    return apply(ResourceAccumulatorNumAccumulated(), handle, name=name)


def accumulator_num_accumulated(handle: Any, name: str | None = None) -> Tensor:
    """Return how many gradients an accumulator of rows has when it runs, a scalar int32."""
    return apply(AccumulatorNumAccumulated(), handle, name=name)


def resource_accumulator_set_global_step(handle: Any, new_global_step: Any, name: str | None = None) -> Operation:
    """Set the step of an accumulator when it runs."""
    return apply_op(ResourceAccumulatorSetGlobalStep(), handle, new_global_step, name=name)


def accumulator_set_global_step(handle: Any, new_global_step: Any, name: str | None = None) -> Operation:
    """Set the step of an accumulator of rows when it runs."""
    return apply_op(AccumulatorSetGlobalStep(), handle, new_global_step, name=name)
