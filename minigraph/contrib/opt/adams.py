"""Variants of Adam: Nadam, and one that updates only the rows of a gradient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.scopes import control_dependencies
from minigraph.ops.control import group
from minigraph.ops.math import powers
from minigraph.ops.rows import gather
from minigraph.ops.variables import assign, scatter
from minigraph.ops.variables.resource_scatter import apply_to_handle
from minigraph.train.adam import AdamOptimizer

__all__ = ["LazyAdamOptimizer", "NadamOptimizer"]


class NadamOptimizer(AdamOptimizer):
    """Adam with Nesterov's momentum (Dozat, 2016).

    Args:
        learning_rate, beta1, beta2, epsilon, use_locking, name: as for `tf.train.AdamOptimizer`.

    Example:
        >>> w = tf.Variable(3.0)
        >>> train = tf.contrib.opt.NadamOptimizer(0.1).minimize(w * w)
        >>> sess.run(tf.global_variables_initializer())
        >>> sess.run(train)
        >>> print(sess.run(w).round(3))
        2.81
    """

    def _step(self, kind: Any, var: Any, *gradient: Any) -> Any:
        slots = self.get_slot(var, "m"), self.get_slot(var, "v")
        numbers = self._as(
            var, *self._get_beta_accumulators(), self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t
        )
        return apply(kind(self._use_locking, True), var, *slots, *numbers, *gradient)

    def _apply_sparse_shared(self, grad: Any, var: Any, indices: Any, scatter_add: Callable) -> Any:
        power1, power2, lr, beta1, beta2, epsilon = self._as(
            var, *self._get_beta_accumulators(), self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t
        )
        rate: Any = lr * powers.sqrt(1 - power2) / (1 - power1)
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        new = grad * (1 - beta1)
        decayed = assign.assign(m, m * beta1, use_locking=self._use_locking)
        with control_dependencies([decayed]):
            m_after = scatter_add(m, indices, new)
            mean = new + beta1 * gather.gather(m_after, indices)
        squares = self._mean(v, indices, grad * grad * (1 - beta2), beta2, scatter_add)
        root = powers.sqrt(gather.gather(squares, indices))
        done = scatter_add(var, indices, -rate * mean / (root + epsilon))
        return group.group(done, mean, squares)


class LazyAdamOptimizer(AdamOptimizer):
    """Adam that, for a gradient of rows, updates these rows and their means only; the others stay as they are.

    Args:
        learning_rate, beta1, beta2, epsilon, use_locking, name: as for `tf.train.AdamOptimizer`.

    Example:
        >>> table = tf.Variable([[1.0], [2.0]])
        >>> loss = tf.reduce_sum(tf.nn.embedding_lookup(table, [1]))
        >>> train = tf.contrib.opt.LazyAdamOptimizer(0.1).minimize(loss)
        >>> sess.run(tf.global_variables_initializer())
        >>> sess.run(train)
        >>> print(sess.run(table).round(3).tolist())
        [[1.0], [1.899999976158142]]
    """

    def _rates(self, var: Any) -> tuple:
        power1, power2, lr, beta1, beta2, epsilon = self._as(
            var, *self._get_beta_accumulators(), self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t
        )
        return lr * powers.sqrt(1 - power2) / (1 - power1), beta1, beta2, epsilon

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        rate, beta1, beta2, epsilon = self._rates(var)
        indices, locking = grad.indices, self._use_locking
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        mean = beta1 * gather.gather(m, indices) + (1 - beta1) * grad.values
        m_after = scatter.scatter_update(m, indices, mean, use_locking=locking)
        square = beta2 * gather.gather(v, indices) + (1 - beta2) * powers.square(grad.values)
        v_after = scatter.scatter_update(v, indices, square, use_locking=locking)
        m_rows, v_rows = gather.gather(m_after, indices), gather.gather(v_after, indices)
        below: Any = powers.sqrt(v_rows) + epsilon
        done = scatter.scatter_sub(var, indices, rate * m_rows / below, use_locking=locking)
        return group.group(done, m_after, v_after)

    def _resource_apply_sparse(self, grad: Any, handle: Any, indices: Any) -> Any:
        rate, beta1, beta2, epsilon = self._rates(handle)
        m: Any = self.get_slot(handle, "m")
        v: Any = self.get_slot(handle, "v")
        mean: Any = beta1 * gather.gather(m, indices) + (1 - beta1) * grad
        m_after = apply_to_handle("ScatterUpdate", m.handle, indices, mean, None)
        square: Any = beta2 * gather.gather(v, indices) + (1 - beta2) * powers.square(grad)
        v_after = apply_to_handle("ScatterUpdate", v.handle, indices, square, None)
        step = rate * mean / (powers.sqrt(square) + epsilon)
        done = apply_to_handle("ScatterSub", handle.handle, indices, step, None)
        return group.group(done, m_after, v_after)
