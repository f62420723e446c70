"""Gradient descent and Adagrad with penalties that make weights exactly zero."""

from __future__ import annotations

from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.scopes import colocate_with
from minigraph.ops.arrays import constant
from minigraph.ops.training.apply_dense import ApplyProximalAdagrad, ApplyProximalGradientDescent
from minigraph.ops.training.apply_resource import on_handles
from minigraph.ops.training.apply_sparse import SparseApplyProximalAdagrad, SparseApplyProximalGradientDescent
from minigraph.train.one_operation import OneOperation

__all__ = ["ProximalGradientDescentOptimizer", "ProximalAdagradOptimizer"]


class _Proximal(OneOperation):
    """Base: a rate and two penalties."""

    _numbers = ("learning_rate", "l1_regularization_strength", "l2_regularization_strength")
    _slot_names: tuple[str, ...] = ()

    def __init__(self, learning_rate: Any, l1: float, l2: float, use_locking: bool, name: str):
        super().__init__(use_locking, name)
        self._learning_rate, self._l1_regularization_strength, self._l2_regularization_strength = learning_rate, l1, l2

    def _step(self, kind: Any, var: Any, *gradient: Any, numbers: Any = None) -> Any:
        slots = [self.get_slot(var, name) for name in self._slot_names]
        return apply(kind(self._use_locking), var, *slots, *(numbers or self._tensors_of_numbers()), *gradient)

    def _resource_apply_sparse(self, grad: Any, handle: Any, indices: Any) -> Any:
        # TF1 casts the numbers to the gradient's type for rows of resource variables only.
        numbers = self._as(grad, *self._tensors_of_numbers())
        return self._step(on_handles(self._sparse), handle, grad, indices, numbers=numbers)


class ProximalGradientDescentOptimizer(_Proximal):
    """Gradient descent, each step followed by one of the penalties, which may set a weight to zero.

    Source: Duchi and Singer, Efficient online and batch learning using forward backward splitting (2009).

    Args:
        learning_rate: a float or a scalar tensor.
        l1_regularization_strength, l2_regularization_strength: of the penalties, 0 or more.
        use_locking: accepted, as in TF1.
        name: the name of the operations.

    Example:
        >>> w = tf.Variable([0.1])
        >>> train_op = tf.train.ProximalGradientDescentOptimizer(0.1, 10.0).minimize(w * w)
        >>> sess.run(tf.global_variables_initializer())
        >>> sess.run(train_op)
        >>> print(sess.run(w))
        [0.]
    """

    _dense, _sparse = ApplyProximalGradientDescent, SparseApplyProximalGradientDescent

    def __init__(
        self,
        learning_rate: Any,
        l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0,
        use_locking: bool = False,
        name: str = "ProximalGradientDescent",
    ):
        super().__init__(learning_rate, l1_regularization_strength, l2_regularization_strength, use_locking, name)


class ProximalAdagradOptimizer(_Proximal):
    """Adagrad, each step followed by one of the penalties, which may set a weight to zero.

    Args:
        learning_rate: a float or a scalar tensor.
        initial_accumulator_value: what the sum of squares starts with, above 0.
        l1_regularization_strength, l2_regularization_strength: of the penalties, 0 or more.
        use_locking: accepted, as in TF1.
        name: the name of the operations and of the slot "accumulator".

    Raises:
        ValueError: if the initial value is not positive.

    Example:
        >>> w = tf.Variable([3.0], name="w")
        >>> optimizer = tf.train.ProximalAdagradOptimizer(0.1)
        >>> train_op = optimizer.minimize(w * w)
        >>> optimizer.get_slot(w, "accumulator").name
        'w/ProximalAdagrad:0'
    """

    _dense, _sparse = ApplyProximalAdagrad, SparseApplyProximalAdagrad
    _slot_names = ("accumulator",)

    def __init__(
        self,
        learning_rate: Any,
        initial_accumulator_value: float = 0.1,
        l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0,
        use_locking: bool = False,
        name: str = "ProximalAdagrad",
    ):
        if initial_accumulator_value <= 0.0:
            raise ValueError(f"initial_accumulator_value must be positive: {initial_accumulator_value}")
        super().__init__(learning_rate, l1_regularization_strength, l2_regularization_strength, use_locking, name)
        self._initial_accumulator_value = initial_accumulator_value

    def _create_slots(self, var_list: list) -> None:
        for v in var_list:
            with colocate_with(v):
                start = constant.constant(self._initial_accumulator_value, v.dtype.base_dtype, v.shape)
            self._get_or_make_slot(v, start, "accumulator", self._name)
