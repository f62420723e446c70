"""Gradient descent with momentum."""

from __future__ import annotations

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.ops.training.apply_dense import ApplyMomentum
from minigraph.ops.training.apply_sparse import SparseApplyMomentum
from minigraph.train.one_operation import OneOperation

__all__ = ["MomentumOptimizer"]


class MomentumOptimizer(OneOperation):
    """Steps against a decaying sum of the gradients: accum = momentum * accum + grad; var -= learning_rate * accum.

    Source: Sutskever et al., On the importance of initialization and momentum in deep learning (2013).

    Args:
        learning_rate, momentum: floats, scalar tensors, or functions without arguments that give them.
        use_locking: accepted, as in TF1.
        name: the name of the operations and of the slot "momentum".
        use_nesterov: Nesterov's form of the step.

    Example:
        >>> w = tf.Variable(3.0, name="w")
        >>> optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
        >>> train_op = optimizer.minimize(w * w)
        >>> optimizer.get_slot_names(), optimizer.get_slot(w, "momentum").name
        (['momentum'], 'w/Momentum:0')
    """

    _dense, _sparse = ApplyMomentum, SparseApplyMomentum

    def __init__(
        self,
        learning_rate: Any,
        momentum: Any,
        use_locking: bool = False,
        name: str = "Momentum",
        use_nesterov: bool = False,
    ):
        super().__init__(use_locking, name)
        self._learning_rate, self._momentum, self._use_nesterov = learning_rate, momentum, use_nesterov

    def _create_slots(self, var_list: list) -> None:
        for v in var_list:
            self._zeros_slot(v, "momentum", self._name)

    def _prepare(self) -> None:
        rate, momentum = self._learning_rate, self._momentum
        self._learning_rate_tensor = convert_to_tensor(rate() if callable(rate) else rate, name="learning_rate")
        self._momentum_tensor = convert_to_tensor(momentum() if callable(momentum) else momentum, name="momentum")

    def _step(self, kind: Any, var: Any, *gradient: Any) -> Any:
        accum = self.get_slot(var, "momentum")
        rate, momentum = self._as(var, self._learning_rate_tensor, self._momentum_tensor)
        return apply(kind(self._use_locking, self._use_nesterov), var, accum, rate, *gradient, momentum)
