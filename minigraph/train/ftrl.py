"""FTRL: follow the regularized leader."""

from __future__ import annotations

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.scopes import colocate_with
from minigraph.ops.arrays import constant
from minigraph.ops.training.apply_dense import ApplyFtrl, ApplyFtrlV2
from minigraph.ops.training.apply_sparse import SparseApplyFtrl, SparseApplyFtrlV2
from minigraph.train.one_operation import OneOperation

__all__ = ["FtrlOptimizer"]


class FtrlOptimizer(OneOperation):
    """Follow the regularized leader: for linear models with many inputs, of which few should count.

    Source: McMahan et al., Ad click prediction: a view from the trenches (2013).

    Args:
        learning_rate: a float or a scalar tensor.
        learning_rate_power: how the rate falls, 0 or less; -0.5 is 1 / sqrt.
        initial_accumulator_value: what the sum of squares starts with, 0 or more.
        l1_regularization_strength, l2_regularization_strength: of the penalties, 0 or more.
        use_locking: accepted, as in TF1.
        name: the name of the operations and slots.
        accum_name, linear_name: names for the slots "accum" and "linear".
        l2_shrinkage_regularization_strength: of an L2 penalty in the loss, 0 or more.

    Raises:
        ValueError: if a number is out of its range.

    Example:
        >>> w = tf.Variable([3.0], name="w")
        >>> optimizer = tf.train.FtrlOptimizer(0.1)
        >>> train_op = optimizer.minimize(w * w)
        >>> optimizer.get_slot_names()
        ['accum', 'linear']
    """

    _numbers = (
        "learning_rate",
        "l1_regularization_strength",
        "l2_regularization_strength",
        "l2_shrinkage_regularization_strength",
        "learning_rate_power",
    )

    def __init__(
        self,
        learning_rate: Any,
        learning_rate_power: float = -0.5,
        initial_accumulator_value: float = 0.1,
        l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0,
        use_locking: bool = False,
        name: str = "Ftrl",
        accum_name: str | None = None,
        linear_name: str | None = None,
        l2_shrinkage_regularization_strength: float = 0.0,
    ):
        super().__init__(use_locking, name)
        if learning_rate_power > 0.0:
            raise ValueError(f"learning_rate_power {learning_rate_power:f} needs to be negative or zero")
        for key, value in (
            ("initial_accumulator_value", initial_accumulator_value),
            ("l1_regularization_strength", l1_regularization_strength),
            ("l2_regularization_strength", l2_regularization_strength),
            ("l2_shrinkage_regularization_strength", l2_shrinkage_regularization_strength),
        ):
            if value < 0.0:
                raise ValueError(f"{key} {value:f} needs to be positive or zero")
        self._learning_rate, self._learning_rate_power = learning_rate, learning_rate_power
        self._initial_accumulator_value = initial_accumulator_value
        self._l1_regularization_strength = l1_regularization_strength
        self._l2_regularization_strength = l2_regularization_strength
        self._l2_shrinkage_regularization_strength = l2_shrinkage_regularization_strength
        self._accum_name, self._linear_name = accum_name, linear_name
        self._dense, self._sparse = ApplyFtrl, SparseApplyFtrl
        if l2_shrinkage_regularization_strength > 0.0:
            self._dense, self._sparse = ApplyFtrlV2, SparseApplyFtrlV2

    def _create_slots(self, var_list: list) -> None:
        for v in var_list:
            with colocate_with(v):
                start = constant.constant(self._initial_accumulator_value, v.dtype.base_dtype, v.shape)
                self._get_or_make_slot(v, start, "accum", self._accum_name or self._name)
                self._zeros_slot(v, "linear", self._linear_name or self._name)

    def _step(self, kind: Any, var: Any, *gradient: Any) -> Any:
        slots = self.get_slot(var, "accum"), self.get_slot(var, "linear")
        numbers = self._tensors_of_numbers()
        if self._l2_shrinkage_regularization_strength <= 0.0:
            del numbers[3]  # the shrinkage, which the operation does not take then
        return apply(kind(self._use_locking), var, *slots, *gradient, *self._as(var, *numbers))
