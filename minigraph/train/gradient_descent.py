"""Gradient descent."""

from __future__ import annotations

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.ops.training.apply_resource import on_handles
from minigraph.ops.training.update import ApplyGradientDescent
from minigraph.ops.variables.resource_scatter import apply_to_handle
from minigraph.train.optimizer import Optimizer

__all__ = ["GradientDescentOptimizer"]


class GradientDescentOptimizer(Optimizer):
    """Steps against the gradient: var -= learning_rate * grad.

    Args:
        learning_rate: a float, a scalar tensor, or a function without arguments that gives one.
        use_locking: accepted, as in TF1.
        name: the name of the operations.

    Example:
        >>> w = tf.Variable(3.0)
        >>> train_op = tf.train.GradientDescentOptimizer(0.25).minimize(w * w)
        >>> sess.run(tf.global_variables_initializer())
        >>> sess.run([train_op, w])[1].item(), sess.run(w).item()
        (1.5, 1.5)
    """

    def __init__(self, learning_rate: Any, use_locking: bool = False, name: str = "GradientDescent"):
        super().__init__(use_locking, name)
        self._learning_rate, self._learning_rate_tensor = learning_rate, None  # type: Any, Any

    def _prepare(self) -> None:
        (self._learning_rate_tensor,) = self._tensors(learning_rate=self._learning_rate)

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        return self._step(ApplyGradientDescent, var, grad).op

    def _resource_apply_dense(self, grad: Any, handle: Any) -> Any:
        return self._step(on_handles(ApplyGradientDescent), handle, grad)

    def _step(self, kind: Any, var: Any, grad: Any) -> Any:
        return apply(kind(self._use_locking), var, *self._as(var, self._learning_rate_tensor), grad)

    def _resource_apply_sparse_duplicate_indices(self, grad: Any, handle: Any, indices: Any) -> Any:
        rate = self._learning_rate() if callable(self._learning_rate) else self._learning_rate
        return apply_to_handle("ScatterAdd", handle.handle, indices, -grad * rate, None)

    def _apply_sparse_duplicate_indices(self, grad: IndexedSlices, var: Any) -> Any:
        (rate,) = self._as(var, self._learning_rate_tensor)
        delta = IndexedSlices(grad.values * rate, grad.indices, grad.dense_shape)
        return var.scatter_sub(delta, use_locking=self._use_locking)
