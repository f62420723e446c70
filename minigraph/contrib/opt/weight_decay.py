"""Optimizers after whose gradients the weights decay, apart from the gradients (Loshchilov and Hutter, 2017)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.scopes import control_dependencies
from minigraph.ops.control import group
from minigraph.ops.rows import gather
from minigraph.ops.variables import scatter
from minigraph.ops.variables.resource_scatter import apply_to_handle
from minigraph.train.adam import AdamOptimizer
from minigraph.train.momentum import MomentumOptimizer
from minigraph.train.optimizer import Optimizer

__all__ = [
    "AdamWOptimizer",
    "DecoupledWeightDecayExtension",
    "MomentumWOptimizer",
    "extend_with_decoupled_weight_decay",
]


class DecoupledWeightDecayExtension:
    """Mixin for an optimizer: each step also multiplies the weights by 1 - `weight_decay`.

    Args:
        weight_decay: a float, a scalar tensor, or a function without arguments that gives one.
        **kwargs: those of the optimizer.

    Example:
        >>> class DecayingSGD(tf.contrib.opt.DecoupledWeightDecayExtension, tf.train.GradientDescentOptimizer):
        ...     pass
        >>> w = tf.Variable(2.0)
        >>> train = DecayingSGD(weight_decay=0.5, learning_rate=0.1).minimize(w)
        >>> sess.run(tf.global_variables_initializer())
        >>> sess.run(train)
        >>> print(sess.run(w))
        0.9
    """

    _use_locking: bool

    def __init__(self, weight_decay: Any, **kwargs: Any):
        self._decay_var_list: Any = None
        self._weight_decay: Any = weight_decay
        self._weight_decay_tensor: Any = None
        super().__init__(**kwargs)

    def minimize(
        self,
        loss: Any,
        global_step: Any = None,
        var_list: Any = None,
        gate_gradients: int = Optimizer.GATE_OP,
        aggregation_method: Any = None,
        colocate_gradients_with_ops: bool = False,
        name: str | None = None,
        grad_loss: Any = None,
        decay_var_list: Any = None,
    ) -> Any:
        """Build a step; as the optimizer's, with the variables that decay as `decay_var_list`, by default all."""
        self._decay_var_list = set(decay_var_list) if decay_var_list else False
        return super().minimize(  # type: ignore[misc]
            loss,
            global_step=global_step,
            var_list=var_list,
            gate_gradients=gate_gradients,
            aggregation_method=aggregation_method,
            colocate_gradients_with_ops=colocate_gradients_with_ops,
            name=name,
            grad_loss=grad_loss,
        )

    def apply_gradients(
        self, grads_and_vars: Any, global_step: Any = None, name: str | None = None, decay_var_list: Any = None
    ) -> Any:
        """Build the updates; as the optimizer's, with the variables that decay as `decay_var_list`, by default all."""
        self._decay_var_list = set(decay_var_list) if decay_var_list else False
        return super().apply_gradients(grads_and_vars, global_step=global_step, name=name)  # type: ignore[misc]

    def _prepare(self) -> None:
        decay = self._weight_decay() if callable(self._weight_decay) else self._weight_decay
        self._weight_decay_tensor = convert_to_tensor(decay, name="weight_decay")
        super()._prepare()  # type: ignore[misc]

    def _decays(self, var: Any) -> bool:
        return not self._decay_var_list or var in self._decay_var_list

    def _decay(self, var: Any) -> Any:
        if not self._decays(var):
            return group.no_op()
        return var.assign_sub(self._weight_decay * var, self._use_locking)

    def _decay_rows(self, var: Any, indices: Any, scatter_add: Callable) -> Any:
        if not self._decays(var):
            return group.no_op()
        return scatter_add(var, indices, -self._weight_decay * gather.gather(var, indices))

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        with control_dependencies([self._decay(var)]):
            return super()._apply_dense(grad, var)  # type: ignore[misc]

    def _resource_apply_dense(self, grad: Any, handle: Any) -> Any:
        with control_dependencies([self._decay(handle)]):
            return super()._resource_apply_dense(grad, handle)  # type: ignore[misc]

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        def add(v: Any, indices: Any, values: Any) -> Any:
            return scatter.scatter_add(v, indices, values, use_locking=self._use_locking)

        with control_dependencies([self._decay_rows(var, grad.indices, add)]):
            return super()._apply_sparse(grad, var)  # type: ignore[misc]

    def _resource_apply_sparse(self, grad: Any, handle: Any, indices: Any) -> Any:
        def add(v: Any, indices: Any, values: Any) -> Any:
            with control_dependencies([apply_to_handle("ScatterAdd", v.handle, indices, values, None)]):
                return v.value()

        with control_dependencies([self._decay_rows(handle, indices, add)]):
            return super()._resource_apply_sparse(grad, handle, indices)  # type: ignore[misc]


def extend_with_decoupled_weight_decay(base_optimizer: type) -> type:
    """Return a class of optimizers with weight decay, whose first argument is `weight_decay`.

    Args:
        base_optimizer: a class of optimizers.

    Example:
        >>> AdagradW = tf.contrib.opt.extend_with_decoupled_weight_decay(tf.train.AdagradOptimizer)
        >>> issubclass(AdagradW, tf.train.AdagradOptimizer), AdagradW(weight_decay=0.1, learning_rate=0.5).get_name()
        (True, 'Adagrad')
    """

    class OptimizerWithDecoupledWeightDecay(DecoupledWeightDecayExtension, base_optimizer):
        """The optimizer, with weight decay."""

        def __init__(self, weight_decay: Any, *args: Any, **kwargs: Any):
            super().__init__(weight_decay, *args, **kwargs)

    return OptimizerWithDecoupledWeightDecay


class MomentumWOptimizer(DecoupledWeightDecayExtension, MomentumOptimizer):
    """Momentum with weight decay (Loshchilov and Hutter, 2017).

    Args:
        weight_decay: how much of the weights is taken off in each step.
        learning_rate, momentum, use_locking, name, use_nesterov: as for `tf.train.MomentumOptimizer`.

    Example:
        >>> w = tf.Variable(2.0)
        >>> train = tf.contrib.opt.MomentumWOptimizer(0.5, 0.1, 0.9).minimize(w)
        >>> sess.run(tf.global_variables_initializer())
        >>> sess.run(train)
        >>> print(sess.run(w))
        0.9
    """

    def __init__(
        self,
        weight_decay: Any,
        learning_rate: Any,
        momentum: Any,
        use_locking: bool = False,
        name: str = "MomentumW",
        use_nesterov: bool = False,
    ):
        super().__init__(
            weight_decay,
            learning_rate=learning_rate,
            momentum=momentum,
            use_locking=use_locking,
            name=name,
            use_nesterov=use_nesterov,
        )


class AdamWOptimizer(DecoupledWeightDecayExtension, AdamOptimizer):
    """Adam with weight decay (Loshchilov and Hutter, 2017).

    Args:
        weight_decay: how much of the weights is taken off in each step.
        learning_rate, beta1, beta2, epsilon, use_locking, name: as for `tf.train.AdamOptimizer`.

    Example:
        >>> w = tf.Variable(2.0)
        >>> train = tf.contrib.opt.AdamWOptimizer(0.5, 0.1).minimize(w)
        >>> sess.run(tf.global_variables_initializer())
        >>> sess.run(train)
        >>> print(sess.run(w).round(3))
        0.9
    """

    def __init__(
        self,
        weight_decay: Any,
        learning_rate: Any = 0.001,
        beta1: Any = 0.9,
        beta2: Any = 0.999,
        epsilon: Any = 1e-8,
        use_locking: bool = False,
        name: str = "AdamW",
    ):
        super().__init__(
            weight_decay,
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            use_locking=use_locking,
            name=name,
        )
