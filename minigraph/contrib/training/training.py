"""`tf.contrib.training`: a training operation that returns the loss, what may be done to gradients before, the loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies
from minigraph.graph.warn import log
from minigraph.monitored.monitored_session import MonitoredTrainingSession
from minigraph.ops.arrays import constant
from minigraph.ops.check_numerics import check_numerics as checked
from minigraph.ops.control import group
from minigraph.ops.math import clip
from minigraph.ops.math.clip_by_global_norm import global_norm
from minigraph.ops.summary.histogram import histogram
from minigraph.ops.summary.scalar import scalar
from minigraph.train.optimizer import Optimizer
from minigraph.train.training_util import get_or_create_global_step
from minigraph.variables.collections import trainable_variables

__all__ = [
    "GET_OR_CREATE",
    "add_gradients_summaries",
    "clip_gradient_norms",
    "clip_gradient_norms_fn",
    "create_train_op",
    "multiply_gradients",
    "summaries_of_gradients",
    "train",
]

GET_OR_CREATE = object()  # the global step of the graph, made if need be


def _changed(gradient: Any, change: Any) -> Any:
    """Return a gradient with its values changed by a function."""
    if isinstance(gradient, IndexedSlices):
        return IndexedSlices(change(gradient.values), gradient.indices, gradient.dense_shape)
    return change(gradient)


def clip_gradient_norms(gradients_to_variables: Any, max_norm: float) -> list:
    """Clip each gradient to a norm.

    Args:
        gradients_to_variables: pairs of a gradient (or None) and a variable.
        max_norm: the maximum norm of a gradient.

    Example:
        >>> v = tf.Variable(3.0)
        >>> (gradient, _), = tf.contrib.training.clip_gradient_norms([(tf.constant([3.0, 4.0]), v)], 1.0)
        >>> print(gradient.eval())
        [0.6 0.8]
    """
    with get_default_graph().atomic():
        return [
            (None if gradient is None else _changed(gradient, lambda g: clip.clip_by_norm(g, max_norm)), variable)
            for gradient, variable in gradients_to_variables
        ]


def clip_gradient_norms_fn(max_norm: float) -> Callable:
    """Return a function that clips gradients to a norm, for `transform_grads_fn` of `create_train_op`.

    Example:
        >>> clip = tf.contrib.training.clip_gradient_norms_fn(1.0)
        >>> (gradient, _), = clip([(tf.constant([3.0, 4.0]), tf.Variable(3.0))])
        >>> print(gradient.eval())
        [0.6 0.8]
    """
    return lambda gradients_to_variables: clip_gradient_norms(gradients_to_variables, max_norm)


def multiply_gradients(grads_and_vars: list, gradient_multipliers: dict) -> list:
    """Multiply the gradients of some variables.

    Args:
        grads_and_vars: pairs of a gradient and a variable.
        gradient_multipliers: numbers by variables or their names.

    Raises:
        ValueError: if the pairs are not in a list, the multipliers are not in a dict or none, or a gradient to be
            multiplied is None.
    """
    if not isinstance(grads_and_vars, list):
        raise ValueError("`grads_and_vars` must be a list.")
    if not gradient_multipliers:
        raise ValueError("`gradient_multipliers` is empty.")
    if not isinstance(gradient_multipliers, dict):
        raise ValueError("`gradient_multipliers` must be a dict.")
    with get_default_graph().atomic():
        return [(_multiplied(g, variable, gradient_multipliers), variable) for g, variable in grads_and_vars]


def _multiplied(gradient: Any, variable: Any, multipliers: dict) -> Any:
    key = variable if variable in multipliers else variable.op.name
    if key not in multipliers:
        return gradient
    if gradient is None:
        raise ValueError("Requested multiple of `None` gradient.")
    factor = multipliers[key]
    if not isinstance(factor, Tensor):
        factor = constant.constant(factor, dtype=gradient.dtype)
    return _changed(gradient, lambda g: g * factor)


def add_gradients_summaries(grads_and_vars: Any) -> list:
    """Build a histogram of each gradient, and a scalar summary of its norm; return them."""
    return summaries_of_gradients(grads_and_vars, "_gradient")


def summaries_of_gradients(grads_and_vars: Any, mark: str) -> list:
    """Build the summaries of gradients, whose names are those of the variables with a mark."""
    summaries = []
    with get_default_graph().atomic():
        for gradient, variable in grads_and_vars:
            if gradient is None:
                log("info", f"Var {variable.op.name} has no gradient")
                continue
            values = gradient.values if isinstance(gradient, IndexedSlices) else gradient
            summaries.append(histogram(f"{variable.op.name}{mark}", values))
            summaries.append(scalar(f"{variable.op.name}{mark}_norm", global_norm([values])))
    return summaries


def create_train_op(
    total_loss: Any,
    optimizer: Optimizer,
    global_step: Any = GET_OR_CREATE,
    update_ops: Any = None,
    variables_to_train: Any = None,
    transform_grads_fn: Callable | None = None,
    summarize_gradients: bool = False,
    gate_gradients: int = Optimizer.GATE_OP,
    aggregation_method: Any = None,
    colocate_gradients_with_ops: bool = False,
    check_numerics: bool = True,
) -> Tensor:
    """Build an operation that computes the gradients of a loss, applies them, and returns the loss.

    Args:
        total_loss: a scalar.
        optimizer: an optimizer of `tf.train`.
        global_step: the variable that counts the steps; None for none. By default the graph's, made if need be.
        update_ops: operations to run before the loss is computed; by default the collection UPDATE_OPS.
        variables_to_train: by default the trainable variables.
        transform_grads_fn: a function that returns other pairs of gradient and variable, before they are applied.
        summarize_gradients: add summaries of the gradients.
        gate_gradients, aggregation_method, colocate_gradients_with_ops: as for `Optimizer.compute_gradients`.
        check_numerics: fail in a run in which the loss is not a finite number.

    Returns:
        The loss, after the step; it is also in the collection TRAIN_OP.

    Raises:
        ValueError: if there is nothing to train.

    Example:
        >>> v = tf.Variable(3.0)
        >>> train_op = tf.contrib.training.create_train_op(v * v, tf.train.GradientDescentOptimizer(0.5))
        >>> sess.run(tf.global_variables_initializer())
        >>> print(sess.run(train_op), sess.run(v))
        9.0 0.0
    """
    with get_default_graph().atomic():
        step = get_or_create_global_step() if global_step is GET_OR_CREATE else global_step
        loss = _after_updates(total_loss, update_ops)
        variables = trainable_variables() if variables_to_train is None else variables_to_train
        if not variables:
            raise ValueError("No variables to train.")
        pairs = optimizer.compute_gradients(
            loss,
            variables,
            gate_gradients=gate_gradients,
            aggregation_method=aggregation_method,
            colocate_gradients_with_ops=colocate_gradients_with_ops,
        )
        if transform_grads_fn is not None:
            pairs = transform_grads_fn(pairs)
        if summarize_gradients:
            with atomic_scope("summarize_grads"):
                add_gradients_summaries(pairs)
        updates = optimizer.apply_gradients(pairs, global_step=step)
        with atomic_scope("train_op"):
            if check_numerics:
                loss = checked(loss, "LossTensor is inf or nan")
            train_op = group.with_dependencies([updates], loss)
        get_default_graph().add_to_collection(GraphKeys.TRAIN_OP, train_op)
        return train_op


def _after_updates(loss: Any, update_ops: Any) -> Tensor:
    """Return the loss, computed after the updates."""
    known = dict.fromkeys(get_collection(GraphKeys.UPDATE_OPS))
    updates = known if update_ops is None else dict.fromkeys(update_ops)
    if not known.keys() <= updates.keys():
        log("warning", "update_ops in create_train_op does not contain all the update_ops in GraphKeys.UPDATE_OPS")
    if not updates:
        return convert_to_tensor(loss)
    with control_dependencies(list(updates)):
        barrier = group.no_op(name="update_barrier")
    return group.with_dependencies([barrier], loss)


def train(
    train_op: Tensor,
    logdir: str | None,
    master: str = "",
    is_chief: bool = True,
    scaffold: Any = None,
    hooks: Any = None,
    chief_only_hooks: Any = None,
    save_checkpoint_secs: float | None = 600,
    save_summaries_steps: int | None = 100,
    config: Any = None,
    max_wait_secs: float = 7200,
    run_metadata: Any = None,
) -> Any:
    """Run a training operation in a `tf.train.MonitoredTrainingSession` until a hook stops it.

    Args:
        train_op: the training operation, as `create_train_op` gives it.
        logdir: the folder of checkpoints and summaries; None if there are none.
        master, is_chief, scaffold, hooks, chief_only_hooks, save_checkpoint_secs, save_summaries_steps, config,
            max_wait_secs: as for `MonitoredTrainingSession`.
        run_metadata: takes the trace of each run.

    Returns:
        The value of `train_op` in the last run; None if there was no run.

    Raises:
        ValueError: if there is no `logdir`, and checkpoints or summaries are to be written.

    Example:
        >>> v = tf.Variable(3.0)
        >>> train_op = tf.contrib.training.create_train_op(v * v, tf.train.GradientDescentOptimizer(0.25))
        >>> print(tf.contrib.training.train(train_op, None, hooks=[tf.train.StopAtStepHook(num_steps=2)],
        ...                                 save_checkpoint_secs=None, save_summaries_steps=None))
        2.25
    """
    if logdir is None and is_chief:
        if save_summaries_steps:
            raise ValueError("logdir cannot be None when save_summaries_steps is not None")
        if save_checkpoint_secs:
            raise ValueError("logdir cannot be None when save_checkpoint_secs is not None")
    loss = None
    with MonitoredTrainingSession(
        master=master,
        is_chief=is_chief,
        checkpoint_dir=logdir,
        scaffold=scaffold,
        hooks=hooks,
        chief_only_hooks=chief_only_hooks,
        save_checkpoint_secs=save_checkpoint_secs,
        save_summaries_steps=save_summaries_steps,
        config=config,
        max_wait_secs=max_wait_secs,
    ) as session:
        while not session.should_stop():
            loss = session.run(train_op, run_metadata=run_metadata)
    return loss
