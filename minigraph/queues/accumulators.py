"""Accumulators of gradients: `ConditionalAccumulator`, `SparseConditionalAccumulator`."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays.cast import cast
from minigraph.ops.queues import accumulators

__all__ = ["ConditionalAccumulator", "ConditionalAccumulatorBase", "SparseConditionalAccumulator"]


class ConditionalAccumulatorBase:
    """A sum of gradients, from which their mean is taken once there are enough; its state is in the session.

    A gradient computed at an older step than the accumulator's own is dropped; each take begins the next step.

    Args:
        dtype: the dtype of the gradients.
        shape: their shape, or None.
        accumulator_ref: the handle.
    """

    def __init__(self, dtype: Any, shape: Any, accumulator_ref: Tensor):
        self._dtype, self._shape, self._accumulator_ref = dtype, TensorShape(shape), accumulator_ref
        self._name = accumulator_ref.op.name.split("/")[-1]

    @property
    def accumulator_ref(self) -> Tensor:
        """The handle."""
        return self._accumulator_ref

    @property
    def name(self) -> str:
        """The last part of the node's name."""
        return self._name

    @property
    def dtype(self) -> DType:
        """The dtype of the gradients."""
        return self._dtype

    def num_accumulated(self, name: str | None = None) -> Tensor:
        """Return the number of gradients that have been added since the last take, a scalar int32."""
        add = accumulators.resource_accumulator_num_accumulated
        return add(self._accumulator_ref, name=name or f"{self._name}_NumAccumulated")

    def set_global_step(self, new_global_step: Any, name: str | None = None) -> Operation:
        """Build an operation that sets the accumulator's step.

        Args:
            new_global_step: the step, an integer scalar or a variable.
            name: the name.
        """
        add = accumulators.resource_accumulator_set_global_step
        return add(self._accumulator_ref, _step(new_global_step), name=name)


class ConditionalAccumulator(ConditionalAccumulatorBase):
    """A sum of gradients, from which their mean is taken once there are enough of them.

    Args:
        dtype: the dtype of the gradients, a number's.
        shape: their shape; None if it is not known.
        shared_name: its name in messages; by default made of the node's.
        name: the name of the node.
        reduction_type: "MEAN", or "SUM" for the sum.

    Raises:
        TypeError, ValueError: for another dtype or reduction.

    Example:
        >>> accumulator = tf.ConditionalAccumulator(tf.float32, shape=[2])
        >>> for gradient in [[1.0, 2.0], [3.0, 2.0]]:
        ...     sess.run(accumulator.apply_grad(gradient))
        >>> print(sess.run(accumulator.take_grad(2)))
        [2. 2.]
    """

    def __init__(
        self,
        dtype: Any,
        shape: Any = None,
        shared_name: str | None = None,
        name: str = "conditional_accumulator",
        reduction_type: str = "MEAN",
    ):
        ref = accumulators.conditional_accumulator(dtype, shape, shared_name or "", reduction_type, name)
        super().__init__(dtypes.as_dtype(dtype), shape, ref)

    def apply_grad(self, grad: Any, local_step: Any = 0, name: str | None = None) -> Operation:
        """Build an operation that adds a gradient, unless it belongs to an older step than the accumulator's.

        Args:
            grad: the gradient.
            local_step: the step at which it was computed, an integer scalar or a variable.
            name: the name.

        Raises:
            ValueError: if the gradient has another shape; InvalidArgumentError if that shows in a run.
        """
        grad = convert_to_tensor(grad, self._dtype)
        grad.shape.assert_is_compatible_with(self._shape)
        add = accumulators.resource_accumulator_apply_gradient
        return add(self._accumulator_ref, _step(local_step), grad, name=name)

    def take_grad(self, num_required: Any, name: str | None = None) -> Tensor:
        """Return the mean of the gradients; the run waits until there are enough, and begins with the next step.

        Args:
            num_required: how many are enough, a scalar.
            name: the name.

        Raises:
            InvalidArgumentError: in a run, if `num_required` is less than 1.
        """
        add = accumulators.resource_accumulator_take_gradient
        found = add(self._accumulator_ref, num_required, self._dtype, name=name)
        found.set_shape(self._shape)
        return found


class SparseConditionalAccumulator(ConditionalAccumulatorBase):
    """A sum of `IndexedSlices`; the mean of a row is that of the gradients that have it.

    Args:
        dtype, shared_name, name, reduction_type: those of `ConditionalAccumulator`.
        shape: the shape of the whole gradient; None if it is not known.

    Example:
        >>> accumulator = tf.SparseConditionalAccumulator(tf.float32, shape=[3, 1])
        >>> sess.run(accumulator.apply_grad([0, 2], [[1.0], [3.0]]))
        >>> sess.run(accumulator.apply_grad([2], [[5.0]]))
        >>> found = sess.run(accumulator.take_indexed_slices_grad(2))
        >>> print(found.indices, found.values.ravel())
        [0 2] [1. 4.]
    """

    def __init__(
        self,
        dtype: Any,
        shape: Any = None,
        shared_name: str | None = None,
        name: str = "sparse_conditional_accumulator",
        reduction_type: str = "MEAN",
    ):
        ref = accumulators.sparse_conditional_accumulator(dtype, shape, shared_name or "", reduction_type, name)
        super().__init__(dtypes.as_dtype(dtype), shape, ref)

    def apply_indexed_slices_grad(self, grad: IndexedSlices, local_step: Any = 0, name: str | None = None) -> Operation:
        """Build an operation that adds a gradient of rows; see `apply_grad`."""
        return self.apply_grad(grad.indices, grad.values, grad.dense_shape, local_step, name)

    def apply_grad(
        self, grad_indices: Any, grad_values: Any, grad_shape: Any = None, local_step: Any = 0, name: str | None = None
    ) -> Operation:
        """Build an operation that adds rows, unless they belong to an older step than the accumulator's.

        Args:
            grad_indices: their indices, of shape (n,), in ascending order.
            grad_values: the rows, of shape (n, ...).
            grad_shape: the shape of the whole gradient, or None.
            local_step: the step at which they were computed.
            name: the name.

        Raises:
            InvalidArgumentError: in a run, if shapes do not fit.
        """
        step = _step(local_step)
        indices = cast(grad_indices, dtypes.int64)
        shape = cast([] if grad_shape is None else grad_shape, dtypes.int64)
        add = accumulators.sparse_accumulator_apply_gradient
        return add(self._accumulator_ref, step, indices, grad_values, shape, grad_shape is not None, name=name)

    def take_grad(self, num_required: Any, name: str | None = None) -> Any:
        """Return indices, rows and shape of the mean; the run waits until there are enough gradients.

        Raises:
            InvalidArgumentError: in a run, if `num_required` is less than 1.
        """
        add = accumulators.sparse_accumulator_take_gradient
        return add(self._accumulator_ref, num_required, self._dtype, name=name)

    def take_indexed_slices_grad(self, num_required: Any, name: str | None = None) -> IndexedSlices:
        """Return the mean as `IndexedSlices`; see `take_grad`."""
        indices, values, shape = self.take_grad(num_required, name)
        return IndexedSlices(values, indices, shape)

    def num_accumulated(self, name: str | None = None) -> Tensor:
        """Return the number of gradients that have been added since the last take, a scalar int32."""
        add = accumulators.accumulator_num_accumulated
        return add(self._accumulator_ref, name=name or f"{self._name}_NumAccumulated")

    def set_global_step(self, new_global_step: Any, name: str | None = None) -> Operation:
        """Build an operation that sets the accumulator's step; see `ConditionalAccumulator`."""
        add = accumulators.accumulator_set_global_step
        return add(self._accumulator_ref, _step(new_global_step), name=name)


def _step(step: Any) -> Tensor:
    return cast(convert_to_tensor(step), dtypes.int64)
