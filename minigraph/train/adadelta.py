"""Adadelta."""

from __future__ import annotations

from typing import Any

from minigraph.graph.apply import apply
from minigraph.ops.training.apply_dense import ApplyAdadelta
from minigraph.ops.training.apply_sparse import SparseApplyAdadelta
from minigraph.train.one_operation import OneOperation

__all__ = ["AdadeltaOptimizer"]


class AdadeltaOptimizer(OneOperation):
    """Steps in the ratio of the root mean squares of earlier steps and of the gradients.

    Source: Zeiler, https://arxiv.org/abs/1212.5701.

    Args:
        learning_rate, rho, epsilon: floats, scalar tensors, or functions without arguments that give them: the size of
            the steps, the decay of the means, and what keeps them from 0.
        use_locking: accepted, as in TF1.
        name: the name of the operations and of the slots "accum" and "accum_update".

    Example:
        >>> w = tf.Variable(3.0, name="w")
        >>> optimizer = tf.train.AdadeltaOptimizer(1.0)
        >>> train_op = optimizer.minimize(w * w)
        >>> [v.name for v in optimizer.variables()]
        ['w/Adadelta:0', 'w/Adadelta_1:0']
    """

    _dense, _sparse = ApplyAdadelta, SparseApplyAdadelta

    def __init__(
        self,
        learning_rate: Any = 0.001,
        rho: Any = 0.95,
        epsilon: Any = 1e-8,
        use_locking: bool = False,
        name: str = "Adadelta",
    ):
        super().__init__(use_locking, name)
        self._lr, self._rho, self._epsilon = learning_rate, rho, epsilon
        self._lr_t = self._rho_t = self._epsilon_t = None  # type: Any

    def _create_slots(self, var_list: list) -> None:
        for v in var_list:
            self._zeros_slot(v, "accum", self._name)
            self._zeros_slot(v, "accum_update", self._name)

    def _prepare(self) -> None:
        self._lr_t, self._rho_t, self._epsilon_t = self._tensors(lr=self._lr, rho=self._rho, epsilon=self._epsilon)

    def _step(self, kind: Any, var: Any, *gradient: Any) -> Any:
        slots = self.get_slot(var, "accum"), self.get_slot(var, "accum_update")
        numbers = self._as(var, self._lr_t, self._rho_t, self._epsilon_t)
        return apply(kind(self._use_locking), var, *slots, *numbers, *gradient)
