"""Adagrad."""

from __future__ import annotations

from typing import Any

from minigraph.graph.apply import apply
from minigraph.ops.arrays import cast, fill, shape_ops
from minigraph.ops.training.apply_dense import ApplyAdagrad
from minigraph.ops.training.apply_sparse import SparseApplyAdagrad
from minigraph.train.one_operation import OneOperation
from minigraph.variables.initializers.constant import constant_initializer

__all__ = ["AdagradOptimizer"]


class AdagradOptimizer(OneOperation):
    """Divide each step by the root of the sum of the squared gradients so far.

    Source: Duchi, Hazan and Singer, Adaptive subgradient methods (2011).

    Args:
        learning_rate: a float, a scalar tensor, or a function without arguments that gives one.
        initial_accumulator_value: what the sum of squares starts with, above 0.
        use_locking: accepted, as in TF1.
        name: the name of the operations and of the slot "accumulator".

    Raises:
        ValueError: if the initial value is not positive.

    Example:
        >>> tf.train.AdagradOptimizer(0.1, initial_accumulator_value=0.0)
        Traceback (most recent call last):
        ...
        ValueError: initial_accumulator_value must be positive: 0.0
    """

    _dense, _sparse = ApplyAdagrad, SparseApplyAdagrad

    def __init__(
        self,
        learning_rate: Any,
        initial_accumulator_value: float = 0.1,
        use_locking: bool = False,
        name: str = "Adagrad",
    ):
        if initial_accumulator_value <= 0.0:
            raise ValueError(f"initial_accumulator_value must be positive: {initial_accumulator_value}")
        super().__init__(use_locking, name)
        self._learning_rate, self._initial_accumulator_value = learning_rate, initial_accumulator_value
        self._learning_rate_tensor: Any = None

    def _create_slots(self, var_list: list) -> None:
        for v in var_list:
            dtype = v.dtype.base_dtype
            if v.shape.is_fully_defined():
                initializer: Any = constant_initializer(self._initial_accumulator_value, dtype=dtype)
            else:
                initializer = self._init_constant_op(v, dtype)
            self._get_or_make_slot_with_initializer(v, initializer, v.shape, dtype, "accumulator", self._name)

    def _init_constant_op(self, v: Any, dtype: Any) -> Any:
        """Return the initializer of the slot of a variable whose shape is not known."""
        return lambda: cast.cast(fill.fill(shape_ops.shape(v), self._initial_accumulator_value), dtype)

    def _prepare(self) -> None:
        (self._learning_rate_tensor,) = self._tensors(learning_rate=self._learning_rate)

    def _step(self, kind: Any, var: Any, *gradient: Any) -> Any:
        accum, (rate,) = self.get_slot(var, "accumulator"), self._as(var, self._learning_rate_tensor)
        return apply(kind(self._use_locking), var, accum, rate, *gradient)
