"""Adagrad by dual averaging."""

from __future__ import annotations

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.scopes import colocate_with, device
from minigraph.ops.arrays import constant, identity
from minigraph.ops.training.apply_dense import ApplyAdagradDA
from minigraph.ops.training.apply_sparse import SparseApplyAdagradDA
from minigraph.train.one_operation import OneOperation

__all__ = ["AdagradDAOptimizer"]


class AdagradDAOptimizer(OneOperation):
    """Adagrad by dual averaging: for linear models with many zeros.

    Source: Duchi, Hazan and Singer, Adaptive subgradient methods (2011).

    Args:
        learning_rate: a float or a scalar tensor.
        global_step: the variable that counts the steps (and is incremented by `minimize(global_step=…)`).
        initial_gradient_squared_accumulator_value: what the sum of squares starts with, above 0.
        l1_regularization_strength, l2_regularization_strength: of the penalties, 0 or more.
        use_locking: accepted, as in TF1.
        name: the name of the operations and slots.

    Raises:
        ValueError: if the initial value is not positive.

    Example:
        >>> step = tf.train.create_global_step()
        >>> w = tf.Variable([1.0], name="w")
        >>> optimizer = tf.train.AdagradDAOptimizer(1.0, step)
        >>> train_op = optimizer.minimize(w * w, global_step=step)
        >>> optimizer.get_slot_names()
        ['gradient_accumulator', 'gradient_squared_accumulator']
    """

    _dense, _sparse = ApplyAdagradDA, SparseApplyAdagradDA

    def __init__(
        self,
        learning_rate: Any,
        global_step: Any,
        initial_gradient_squared_accumulator_value: float = 0.1,
        l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0,
        use_locking: bool = False,
        name: str = "AdagradDA",
    ):
        if initial_gradient_squared_accumulator_value <= 0.0:
            raise ValueError(
                "initial_gradient_squared_accumulator_value must be positive: "
                f"{initial_gradient_squared_accumulator_value}"
            )
        super().__init__(use_locking, name)
        self._learning_rate, self._global_step = learning_rate, global_step
        self._initial_gradient_squared_accumulator_value = initial_gradient_squared_accumulator_value
        self._l1_regularization_strength = l1_regularization_strength
        self._l2_regularization_strength = l2_regularization_strength
        self._learning_rate_tensor = self._global_step_on_worker = None  # type: Any

    def _create_slots(self, var_list: list) -> None:
        for v in var_list:
            with colocate_with(v):
                total = constant.constant(0.0, v.dtype.base_dtype, v.shape)
                squares = constant.constant(
                    self._initial_gradient_squared_accumulator_value, v.dtype.base_dtype, v.shape
                )
            self._get_or_make_slot(v, total, "gradient_accumulator", self._name)
            self._get_or_make_slot(v, squares, "gradient_squared_accumulator", self._name)

    def _prepare(self) -> None:
        self._learning_rate_tensor = convert_to_tensor(self._learning_rate, name="learning_rate")
        with colocate_with(self._learning_rate_tensor):
            self._global_step_on_worker = identity.identity(self._global_step) + 1

    def _step(self, kind: Any, var: Any, *gradient: Any) -> Any:
        slots = (self.get_slot(var, "gradient_accumulator"), self.get_slot(var, "gradient_squared_accumulator"))
        with device(var.device):
            step = identity.identity(self._global_step_on_worker)
        numbers = self._as(
            var, self._learning_rate_tensor, self._l1_regularization_strength, self._l2_regularization_strength
        )
        return apply(kind(self._use_locking), var, *slots, *gradient, *numbers, step)
