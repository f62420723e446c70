"""Adam."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.default import get_default_graph
from minigraph.graph.scopes import colocate_with, control_dependencies, init_scope
from minigraph.ops.control import group
from minigraph.ops.math import powers
from minigraph.ops.training.apply_dense import ApplyAdam
from minigraph.ops.variables import assign, scatter
from minigraph.ops.variables.resource_scatter import apply_to_handle
from minigraph.train.one_operation import OneOperation

__all__ = ["AdamOptimizer"]


class AdamOptimizer(OneOperation):
    """Steps by the mean of the gradients over the root of the mean of their squares.

    m and v are means with decays beta1 and beta2, corrected for their start at zero:
    var -= learning_rate * sqrt(1 - beta2**t) / (1 - beta1**t) * m / (sqrt(v) + epsilon).

    Source: Kingma and Ba, https://arxiv.org/abs/1412.6980 (the form before section 2.1).

    Args:
        learning_rate, beta1, beta2, epsilon: floats, scalar tensors, or functions without arguments that give them.
        use_locking: accepted, as in TF1.
        name: the name of the operations and of the slots "m" and "v".

    Example:
        >>> w = tf.Variable(3.0, name="w")
        >>> train_op = tf.train.AdamOptimizer(0.1).minimize(w * w)
        >>> [v.op.name for v in tf.global_variables()]
        ['w', 'beta1_power', 'beta2_power', 'w/Adam', 'w/Adam_1']
    """

    _dense = ApplyAdam

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta1: Any = 0.9,
        beta2: Any = 0.999,
        epsilon: Any = 1e-8,
        use_locking: bool = False,
        name: str = "Adam",
    ):
        super().__init__(use_locking, name)
        self._lr, self._beta1, self._beta2, self._epsilon = learning_rate, beta1, beta2, epsilon
        self._lr_t = self._beta1_t = self._beta2_t = self._epsilon_t = None  # type: Any

    def _get_beta_accumulators(self) -> tuple:
        with init_scope():
            graph = get_default_graph()
        return (
            self._get_non_slot_variable("beta1_power", graph=graph),
            self._get_non_slot_variable("beta2_power", graph=graph),
        )

    def _create_slots(self, var_list: list) -> None:
        first = min(var_list, key=lambda v: v.name)
        self._create_non_slot_variable(initial_value=self._beta1, name="beta1_power", colocate_with=first)
        self._create_non_slot_variable(initial_value=self._beta2, name="beta2_power", colocate_with=first)
        for v in var_list:
            self._zeros_slot(v, "m", self._name)
            self._zeros_slot(v, "v", self._name)

    def _prepare(self) -> None:
        self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t = self._tensors(
            learning_rate=self._lr, beta1=self._beta1, beta2=self._beta2, epsilon=self._epsilon
        )

    def _step(self, kind: Any, var: Any, *gradient: Any) -> Any:
        slots = self.get_slot(var, "m"), self.get_slot(var, "v")
        numbers = self._as(
            var, *self._get_beta_accumulators(), self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t
        )
        return apply(kind(self._use_locking), var, *slots, *numbers, *gradient)

    def _apply_sparse_shared(self, grad: Any, var: Any, indices: Any, scatter_add: Callable) -> Any:
        """All rows decay; only those of the gradient get something new. The variable moves everywhere."""
        power1, power2, lr, beta1, beta2, epsilon = self._as(
            var, *self._get_beta_accumulators(), self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t
        )
        rate: Any = lr * powers.sqrt(1 - power2) / (1 - power1)
        m = self._mean(self.get_slot(var, "m"), indices, grad * (1 - beta1), beta1, scatter_add)
        v = self._mean(self.get_slot(var, "v"), indices, grad * grad * (1 - beta2), beta2, scatter_add)
        root = powers.sqrt(v)
        done = assign.assign_sub(var, rate * m / (root + epsilon), use_locking=self._use_locking)
        return group.group(done, m, v)

    def _mean(self, slot: Any, indices: Any, values: Any, beta: Any, scatter_add: Callable) -> Any:
        decayed = assign.assign(slot, slot * beta, use_locking=self._use_locking)
        with control_dependencies([decayed]):
            return scatter_add(slot, indices, values)

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        return self._apply_sparse_shared(
            grad.values, var, grad.indices, functools.partial(scatter.scatter_add, use_locking=self._use_locking)
        )

    def _resource_apply_sparse(self, grad: Any, handle: Any, indices: Any) -> Any:
        return self._apply_sparse_shared(grad, handle, indices, self._resource_scatter_add)

    def _resource_scatter_add(self, x: Any, i: Any, v: Any) -> Any:
        """Add rows to a resource variable, and reads it then."""
        with control_dependencies([apply_to_handle("ScatterAdd", x.handle, i, v, None)]):
            return x.value()

    def _finish(self, update_ops: list, name_scope: str) -> Any:
        with control_dependencies(update_ops):
            power1, power2 = self._get_beta_accumulators()
            with colocate_with(power1):
                next1 = power1.assign(power1 * self._beta1_t, use_locking=self._use_locking)
                next2 = power2.assign(power2 * self._beta2_t, use_locking=self._use_locking)
        return group.group(*update_ops, next1, next2, name=name_scope)
