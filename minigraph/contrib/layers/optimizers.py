"""`optimize_loss`: one call that turns a loss into a train op, stage by stage.

The nodes are TF1's, in TF1's order. Where TF1 silently does something unexpected, there is a `GraphWarning`
here; the semantics stay TF1's. What to say of an argument that is wrong, or has no effect, `arguments.py` knows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from minigraph.contrib.layers import arguments
from minigraph.contrib.layers.gradient_transforms import add_scaled_noise, clip_pairs, multiply_gradients
from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Tensor
from minigraph.ops.control import assert_scalar, group
from minigraph.ops.math.clip_by_global_norm import global_norm
from minigraph.summary import histogram, scalar
from minigraph.train import training_util
from minigraph.train.adagrad import AdagradOptimizer
from minigraph.train.adam import AdamOptimizer
from minigraph.train.ftrl import FtrlOptimizer
from minigraph.train.gradient_descent import GradientDescentOptimizer
from minigraph.train.momentum import MomentumOptimizer
from minigraph.train.optimizer import Optimizer
from minigraph.train.rmsprop import RMSPropOptimizer
from minigraph.variables.collections import trainable_variables
from minigraph.variables.get_variable import get_variable
from minigraph.variables.initializers.constant import constant_initializer
from minigraph.variables.variable import Variable
from minigraph.variables.variable_scope import variable_scope

__all__ = ["optimize_loss", "OPTIMIZER_CLS_NAMES", "OPTIMIZER_SUMMARIES"]

OPTIMIZER_CLS_NAMES: dict[str, Callable] = {
    "Adagrad": AdagradOptimizer,
    "Adam": AdamOptimizer,
    "Ftrl": FtrlOptimizer,
    "Momentum": lambda learning_rate: MomentumOptimizer(learning_rate, momentum=0.9),
    "RMSProp": RMSPropOptimizer,
    "SGD": GradientDescentOptimizer,
}

OPTIMIZER_SUMMARIES = ["learning_rate", "loss", "gradients", "gradient_norm", "global_gradient_norm"]
_USUAL = ["loss", "learning_rate", "global_gradient_norm"]
_NORMS = {"global_gradient_norm", "gradient_norm"}


def optimize_loss(
    loss: Any,
    global_step: Any,
    learning_rate: Any,
    optimizer: Any,
    gradient_noise_scale: float | None = None,
    gradient_multipliers: dict | None = None,
    clip_gradients: Any = None,
    learning_rate_decay_fn: Callable | None = None,
    update_ops: Any = None,
    variables: Any = None,
    name: str | None = None,
    summaries: Any = None,
    colocate_gradients_with_ops: bool = False,
    increment_global_step: bool = True,
) -> Tensor:
    """Add everything that training needs to the graph of a loss.

    The parts are added in this order, each as a `stage` of the graph: update ops, learning rate, gradients, noise,
    multipliers, clipping, summaries, the optimizer's updates, the global step. Operations run in creation order, so
    update ops run before the loss if they were made before it, and the value is the loss *before* the update.
    A float rate is kept in a variable `learning_rate`, which a checkpoint saves, so that a restored model trains at its
    old rate. The learning rate has a summary only if there is a decay function.

    Args:
        loss: a scalar tensor.
        global_step: a scalar integer variable that counts the steps; None for the graph's global step, if there is one.
        learning_rate: a float, a scalar tensor, or None if `optimizer` has its own.
        optimizer: a name from `OPTIMIZER_CLS_NAMES`; a subclass of `tf.train.Optimizer`; an instance, which has its own
            rate; or a function that returns an instance and takes the rate (nothing if `learning_rate` is None).
        gradient_noise_scale: add noise, normal but within two standard deviations, times this number.
        gradient_multipliers: a dict from variables or their names ("w:0") to factors for their gradients.
        clip_gradients: a float, the maximum global norm of the gradients; or a function from a list of (gradient,
            variable) to such a list, as returned by `adaptive_clipping_fn()`.
        learning_rate_decay_fn: a function of the rate and the global step that returns the rate to use.
        update_ops: operations to run before the loss is returned; by default the collection UPDATE_OPS.
        variables: the variables to train; by default the collection TRAINABLE_VARIABLES.
        name: the name of the scope, by default "OptimizeLoss".
        summaries: some of `OPTIMIZER_SUMMARIES`; by default the loss, the learning rate and the gradients' global norm.
        colocate_gradients_with_ops: request that gradients are computed on the devices of their forward operations.
        increment_global_step: False leaves the global step unchanged, for a second train op that runs with the first.

    Returns:
        The train op: a tensor with the loss's value whose evaluation has applied the updates.

    Raises:
        ValueError: if an argument is of the wrong kind or out of range; if there is nothing to train, or no global step
            for a decay function. The graph is left unchanged.
        TypeError: if `global_step` is not an integer.

    Warns:
        GraphWarning: if an argument has no effect, or an effect that is rarely intended.

    Example:
        >>> w = tf.Variable(3.0, name="w")
        >>> train_op = optimize_loss(w * w, None, 0.25, "SGD", summaries=[])
        >>> sess.run(tf.global_variables_initializer())
        >>> print(sess.run(train_op), sess.run(w))
        9.0 1.5

        The four ways to specify an optimizer:

        >>> _ = optimize_loss(w * w, None, 0.25, "Adam")
        >>> _ = optimize_loss(w * w, None, 0.25, tf.train.AdamOptimizer)
        >>> _ = optimize_loss(w * w, None, None, tf.train.AdamOptimizer(0.25, beta1=0.5))
        >>> _ = optimize_loss(w * w, None, 0.25, lambda rate: tf.train.AdamOptimizer(rate, beta1=0.5))
    """
    graph = get_default_graph()
    with graph.atomic(), graph.training_call("optimize_loss"):
        graph.note_variables(variables)
        loss = assert_scalar.assert_scalar(convert_to_tensor(loss))
        if global_step is None:
            global_step = training_util.get_global_step()
        else:
            training_util.assert_global_step(global_step)
        wanted = _USUAL if summaries is None else arguments.checked_summaries(summaries, OPTIMIZER_SUMMARIES)
        with variable_scope(name, "OptimizeLoss", [loss, global_step]):
            loss = _after_update_ops(loss, update_ops)
            rate = _rate(learning_rate, learning_rate_decay_fn, global_step, "learning_rate" in wanted)
            opt = _make_optimizer(optimizer, learning_rate, rate)
            trained = trainable_variables() if variables is None else variables
            pairs = opt.compute_gradients(loss, trained, colocate_gradients_with_ops=colocate_gradients_with_ops)
            pairs = _transformed(pairs, gradient_noise_scale, gradient_multipliers, clip_gradients, wanted)
            _summarize(loss, pairs, clip_gradients is not None, wanted)
            step = global_step if increment_global_step else None
            if earlier := _increments(step):
                arguments.warn_of_second_increment(global_step, earlier[0])
            updates = opt.apply_gradients(pairs, global_step=step, name="train")
            with _stage("apply"):
                return group.with_dependencies([updates], loss)


def _stage(part: str) -> Any:
    return get_default_graph().stage(part)


def _after_update_ops(loss: Tensor, given: Any) -> Tensor:
    update_ops = get_collection(GraphKeys.UPDATE_OPS) if given is None else arguments.checked_update_ops(given)
    if not update_ops:
        return loss
    with _stage("update_ops"):
        return group.with_dependencies(list(dict.fromkeys(update_ops)), loss)


def _rate(given: Any, decay: Callable | None, global_step: Any, with_summary: bool) -> Any:
    """Return the learning rate, decayed where there is a function for it; None if the optimizer has its own."""
    if given is None:
        if decay is not None:
            get_default_graph().remark("learning_rate_decay_fn has no effect, since learning_rate is None")
        return None
    rate = given if isinstance(given, Tensor) and given.shape.ndims == 0 else _rate_variable(given)
    if decay is None:
        return rate
    with _stage("learning_rate"):
        rate = arguments.decayed(rate, decay, global_step)
    if with_summary:
        with _stage("summaries"):
            scalar("learning_rate", rate)
    return rate


def _rate_variable(given: Any) -> Any:
    if not isinstance(given, float):
        raise arguments.unknown_rate(given)
    if given < 0.0:
        raise ValueError(f"Invalid learning_rate {given}.")
    before = get_default_graph().version
    with _stage("learning_rate"):
        rate = get_variable("learning_rate", [], trainable=False, initializer=constant_initializer(given))
    if rate.op.id < before:
        arguments.warn_of_shared_rate(rate, given)
    return rate


def _make_optimizer(given: Any, learning_rate: Any, rate: Any) -> Optimizer:
    """Return the optimizer that was given, or make it: from its name, its class, or a function."""
    if isinstance(given, Optimizer):
        if learning_rate is not None:
            arguments.warn_of_unused_rate(learning_rate)
        return given
    is_class = isinstance(given, type) and issubclass(given, Optimizer)
    if is_class or isinstance(given, str):
        return _with_rate(given, rate, is_class)
    if not callable(given):
        kinds = "string, subclass of Optimizer, instance of subclass of Optimizer or function with one argument"
        raise ValueError(f"Unrecognized optimizer: should be {kinds}. Got {given}.")
    made = arguments.result(given, () if learning_rate is None else (rate,))
    if not isinstance(made, Optimizer):
        raise ValueError(f"Unrecognized optimizer: function should return subclass of Optimizer. Got {made}.")
    return made


def _with_rate(given: Any, rate: Any, is_class: bool) -> Optimizer:
    """Return an optimizer of a class, or with a name."""
    if rate is None:
        kind = "class" if is_class else "string"
        raise ValueError(f"Learning rate is None, but should be specified if optimizer is {kind} ({given}).")
    if is_class:
        return arguments.instance(given, rate)
    if given not in OPTIMIZER_CLS_NAMES:
        raise arguments.unknown_optimizer(given, OPTIMIZER_CLS_NAMES)
    return OPTIMIZER_CLS_NAMES[given](learning_rate=rate)


def _transformed(pairs: list, noise_scale: Any, multipliers: Any, clip: Any, wanted: Collection[str]) -> list:
    """Apply noise, multipliers and clipping, in this order, with a summary of the norm before clipping."""
    if noise_scale is not None:
        with _stage("noise"):
            pairs = add_scaled_noise(pairs, noise_scale)
    if multipliers is not None:
        with _stage("multipliers"):
            pairs = multiply_gradients(pairs, multipliers)
    if _NORMS.intersection(wanted):
        with _stage("summaries"):
            scalar("global_norm/gradient_norm", global_norm([gradient for gradient, _ in pairs]))
    if clip is not None:
        with _stage("clipping"):
            pairs = clip_pairs(pairs, clip)
    return pairs


def _summarize(loss: Tensor, pairs: list, is_clipped: bool, wanted: Collection[str]) -> None:
    with _stage("summaries"):
        if "loss" in wanted:
            scalar("loss", loss)
        for gradient, variable in pairs:
            values = gradient.values if isinstance(gradient, IndexedSlices) else gradient
            if values is None:
                continue
            name = variable.name.replace(":", "_")
            if "gradients" in wanted:
                histogram(f"gradients/{name}", values)
            if "gradient_norm" in wanted:
                scalar(f"gradient_norm/{name}", global_norm([values]))
        if is_clipped and _NORMS.intersection(wanted):
            scalar("global_norm/clipped_gradient_norm", global_norm([gradient for gradient, _ in pairs]))


def _increments(global_step: Any) -> list:
    """Return the operations of other train ops that increment the global step."""
    consumers = global_step._ref().consumers() if isinstance(global_step, Variable) else []
    return [op for op in consumers if op.stage == "global_step"]
