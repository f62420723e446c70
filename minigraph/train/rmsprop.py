"""RMSProp."""

from __future__ import annotations

from typing import Any

from minigraph.graph.apply import apply
from minigraph.ops.arrays import filled_like
from minigraph.ops.training.apply_dense import ApplyCenteredRMSProp, ApplyRMSProp
from minigraph.ops.training.apply_sparse import SparseApplyCenteredRMSProp, SparseApplyRMSProp
from minigraph.train.one_operation import OneOperation
from minigraph.variables.initializers.constant import ones_initializer

__all__ = ["RMSPropOptimizer"]


class RMSPropOptimizer(OneOperation):
    """Divide each gradient by the root of the mean of its squares, with momentum.

    Source: Tieleman and Hinton, lecture 6.5 of Neural Networks for Machine Learning (2012); the centered form, which
    takes the variance: Graves, https://arxiv.org/abs/1308.0850.

    Args:
        learning_rate, decay, momentum, epsilon: floats, scalar tensors, or functions without arguments that give them.
        use_locking: accepted, as in TF1.
        centered: divide by the standard deviation of the gradient instead.
        name: the name of the operations and of the slots "rms", "momentum" and (centered) "mg".

    Example:
        >>> w = tf.Variable(3.0, name="w")
        >>> optimizer = tf.train.RMSPropOptimizer(0.1, centered=True)
        >>> train_op = optimizer.minimize(w * w)
        >>> optimizer.get_slot_names()
        ['mg', 'momentum', 'rms']
    """

    def __init__(
        self,
        learning_rate: Any,
        decay: Any = 0.9,
        momentum: Any = 0.0,
        epsilon: Any = 1e-10,
        use_locking: bool = False,
        centered: bool = False,
        name: str = "RMSProp",
    ):
        super().__init__(use_locking, name)
        self._learning_rate, self._decay, self._momentum, self._epsilon = learning_rate, decay, momentum, epsilon
        self._centered = centered
        self._dense, self._sparse = ApplyRMSProp, SparseApplyRMSProp
        if centered:
            self._dense, self._sparse = ApplyCenteredRMSProp, SparseApplyCenteredRMSProp
        self._learning_rate_tensor = self._decay_tensor = None  # type: Any
        self._momentum_tensor = self._epsilon_tensor = None  # type: Any

    def _create_slots(self, var_list: list) -> None:
        for v in var_list:
            dtype = v.dtype.base_dtype
            ones = ones_initializer(dtype=dtype) if v.shape.is_fully_defined() else filled_like.ones_like(v)
            self._get_or_make_slot_with_initializer(v, ones, v.shape, dtype, "rms", self._name)
            if self._centered:
                self._zeros_slot(v, "mg", self._name)
            self._zeros_slot(v, "momentum", self._name)

    def _prepare(self) -> None:
        self._learning_rate_tensor, self._decay_tensor, self._momentum_tensor, self._epsilon_tensor = self._tensors(
            learning_rate=self._learning_rate, decay=self._decay, momentum=self._momentum, epsilon=self._epsilon
        )

    def _step(self, kind: Any, var: Any, *gradient: Any) -> Any:
        names = ["mg", "rms", "momentum"] if self._centered else ["rms", "momentum"]
        slots = [self.get_slot(var, name) for name in names]
        numbers = self._as(
            var, self._learning_rate_tensor, self._decay_tensor, self._momentum_tensor, self._epsilon_tensor
        )
        return apply(kind(self._use_locking), var, *slots, *numbers, *gradient)
