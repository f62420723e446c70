"""`slim.learning`: a training operation that returns the loss, and what may be done to gradients before."""

from __future__ import annotations

from typing import Any

from minigraph.contrib.training import training
from minigraph.contrib.training.training import GET_OR_CREATE, clip_gradient_norms, multiply_gradients
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.train.optimizer import Optimizer

__all__ = ["add_gradients_summaries", "clip_gradient_norms", "create_train_op", "multiply_gradients"]


def add_gradients_summaries(grads_and_vars: Any) -> list:
    """Build a histogram of each gradient, and a scalar summary of its norm; return them."""
    return training.summaries_of_gradients(grads_and_vars, "/gradient")


def create_train_op(
    total_loss: Any,
    optimizer: Optimizer,
    global_step: Any = GET_OR_CREATE,
    update_ops: Any = None,
    variables_to_train: Any = None,
    clip_gradient_norm: float = 0,
    summarize_gradients: bool = False,
    gate_gradients: int = Optimizer.GATE_OP,
    aggregation_method: Any = None,
    colocate_gradients_with_ops: bool = False,
    gradient_multipliers: Any = None,
    check_numerics: bool = True,
) -> Tensor:
    """Build an operation that computes the gradients of a loss, applies them, and returns the loss.

    Args:
        total_loss: a scalar.
        optimizer: an optimizer of `tf.train`.
        global_step: the variable that counts the steps; None for none. By default the graph's, made if need be.
        update_ops: operations to run before the loss is computed; by default the collection UPDATE_OPS.
        variables_to_train: by default the trainable variables.
        clip_gradient_norm: the maximum norm of each gradient, if it is greater than 0.
        summarize_gradients: add summaries of the gradients.
        gate_gradients, aggregation_method, colocate_gradients_with_ops: as for `Optimizer.compute_gradients`.
        gradient_multipliers: numbers by variables or their names.
        check_numerics: fail in a run in which the loss is not a finite number.

    Returns:
        The loss, after the step; it is also in the collection TRAIN_OP.

    Raises:
        ValueError: if there is nothing to train.

    Example:
        >>> v = tf.Variable(3.0)
        >>> train_op = tf.contrib.slim.learning.create_train_op(v * v, tf.train.GradientDescentOptimizer(0.5))
        >>> sess.run(tf.global_variables_initializer())
        >>> print(sess.run(train_op), sess.run(v))
        9.0 0.0
    """

    def transform_grads(pairs: list) -> list:
        if gradient_multipliers:
            with atomic_scope("multiply_grads"):
                pairs = multiply_gradients(pairs, gradient_multipliers)
        if clip_gradient_norm > 0:
            with atomic_scope("clip_grads"):
                pairs = clip_gradient_norms(pairs, clip_gradient_norm)
        return pairs

    return training.create_train_op(
        total_loss,
        optimizer,
        global_step,
        update_ops,
        variables_to_train,
        transform_grads,
        summarize_gradients,
        gate_gradients,
        aggregation_method,
        colocate_gradients_with_ops,
        check_numerics,
    )
