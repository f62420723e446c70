"""`optimize_loss`: one call that turns a loss into a train op, stage by stage.

The nodes are TF1's, in TF1's order. Where TF1 silently does something unexpected, there is a `GraphWarning`
here; the semantics stay TF1's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.contrib.layers.arguments import called, checked_pairs_of, iterated
from minigraph.contrib.layers.gradient_norms import norm_of
from minigraph.contrib.layers.gradient_transforms import add_scaled_noise, clip_pairs, multiply_gradients, say
from minigraph.contrib.layers.warnings import warn_of_second_increment, warn_of_shared_rate
from minigraph.graph.code import code
from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.text import Plain, did_you_mean, message
from minigraph.graph.traces import here
from minigraph.ops.control import assert_scalar, group
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
    multipliers, clipping, summaries, the optimizer's updates, the global step.

    Operations run in creation order, so update ops run before the loss if they were made before it, and the value of
    the train op is the loss *before* the update. A float rate is kept in a variable `learning_rate`, which a checkpoint
    saves, so that a restored model trains at its old rate. The learning rate has a summary only if there is a decay
    function.

    Args:
        loss: a scalar tensor.
        global_step: a scalar integer variable that counts the steps; None for the graph's global step, if there is one.
        learning_rate: a float, a scalar tensor, or None if `optimizer` has its own.
        optimizer: a name from `OPTIMIZER_CLS_NAMES`; a subclass of `tf.train.Optimizer` that takes the rate; an
            instance (which already has its rate); or a function that returns an instance and takes the rate (nothing
            if `learning_rate` is None).
        gradient_noise_scale: add noise, normal but within two standard deviations, times this number.
        gradient_multipliers: a dict from variables or their names ("w:0") to factors for their gradients.
        clip_gradients: a float, the maximum global norm of the gradients; or a function from a list of (gradient,
            variable) to such a list, as returned by `adaptive_clipping_fn()`.
        learning_rate_decay_fn: a function of the rate and the global step that returns the rate to use.
        update_ops: operations to run before the loss is returned; by default the collection UPDATE_OPS.
        variables: the variables to train; by default the collection TRAINABLE_VARIABLES.
        name: the name of the scope, by default "OptimizeLoss".
        summaries: the summaries to write, from `OPTIMIZER_SUMMARIES`; by default the loss, the learning rate and
            the global norm of the gradients.
        colocate_gradients_with_ops: request that gradients are computed on the devices of their forward operations.
        increment_global_step: False leaves the global step unchanged, for a second train op that runs with the first.

    Returns:
        The train op: a tensor with the loss's value whose evaluation has applied the updates.

    Raises:
        ValueError: if an argument is of the wrong kind or out of range; if there is nothing to train; if a decay
            function is given and there is no global step. The graph is left unchanged.
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
        global_step = _checked_step(global_step)
        _check_arguments(optimizer, clip_gradients, learning_rate)
        with variable_scope(name, "OptimizeLoss", [loss, global_step]):
            loss = _after_update_ops(loss, update_ops)
            rate = _rate_tensor(learning_rate)
            wanted = _checked_summaries(summaries)
            if learning_rate is not None and learning_rate_decay_fn is not None:
                rate = _decayed(rate, learning_rate_decay_fn, global_step, wanted)
            if learning_rate is None and learning_rate_decay_fn is not None:
                graph.remark("learning_rate_decay_fn has no effect, since learning_rate is None")
            opt = _make_optimizer(optimizer, learning_rate, rate)
            pairs = opt.compute_gradients(
                loss,
                trainable_variables() if variables is None else variables,
                colocate_gradients_with_ops=colocate_gradients_with_ops,
            )
            pairs = _transformed(pairs, gradient_noise_scale, gradient_multipliers, clip_gradients, wanted)
            _summarize(loss, pairs, clip_gradients, wanted)
            if increment_global_step:
                warn_of_second_increment(global_step)
            updates = opt.apply_gradients(
                pairs, global_step=global_step if increment_global_step else None, name="train"
            )
            with _stage("apply"):
                return group.with_dependencies([updates], loss)


def _stage(part: str) -> Any:
    return get_default_graph().stage(part)


# The arguments


def _checked_step(global_step: Any) -> Any:
    if global_step is None:
        return training_util.get_global_step()
    training_util.assert_global_step(global_step)
    return global_step


def _check_arguments(optimizer: Any, clip_gradients: Any, learning_rate: Any) -> None:
    """Warn, before anything is built, of arguments that TF1 accepts silently."""
    if isinstance(optimizer, Optimizer) and learning_rate is not None:
        say(
            f"learning_rate={learning_rate!r} (and its decay) has no effect, since optimizer is an "
            "instance with a rate of its own; pass learning_rate=None, or the class instead of an instance"
        )
    if isinstance(clip_gradients, float) and clip_gradients <= 0.0:
        effect = "sets every gradient to zero: nothing is trained" if clip_gradients == 0.0 else "does not clip"
        say(f"clip_gradients={clip_gradients} {effect}; pass the maximum norm, such as 5.0, or None")


def _checked_summaries(summaries: Any) -> list:
    if summaries is None:
        return ["loss", "learning_rate", "global_gradient_norm"]
    for each in iterated("summaries", summaries, "Give a list of them, or None for the usual ones."):
        if each not in OPTIMIZER_SUMMARIES:
            advice = "\n" + did_you_mean(str(each), OPTIMIZER_SUMMARIES)
            if isinstance(summaries, str):
                known = summaries if summaries in OPTIMIZER_SUMMARIES else "loss"
                advice = (
                    f"\n{summaries!r} is one string, given at {here()}: write a list, {code(f'summaries=[{known!r}]')}."
                )
            raise ValueError(
                f"Summaries should be one of [{', '.join(OPTIMIZER_SUMMARIES)}], you provided {each}." + advice.rstrip()
            )
    return list(summaries)


# Update ops, the learning rate, the optimizer


def _after_update_ops(loss: Tensor, update_ops: Any) -> Tensor:
    given = update_ops
    if update_ops is None:
        update_ops = get_collection(GraphKeys.UPDATE_OPS)
    one = ""
    if isinstance(update_ops, (Operation, Tensor)):
        one = f" It is an operation: write {code('update_ops=[update_ops]', 'update_ops')}."
    update_ops = list(
        dict.fromkeys(
            iterated(
                "update_ops",
                update_ops or (),
                f"Give a list of operations, or None for the collection UPDATE_OPS.{one}",
            )
        )
    )
    if not update_ops:
        return loss
    try:
        with _stage("update_ops"):
            return group.with_dependencies(update_ops, loss)
    except KeyError as error:
        if not isinstance(given, str):
            raise
        scoped = f"tf.get_collection(tf.GraphKeys.UPDATE_OPS, {given!r})"
        raise KeyError(
            Plain(
                message(
                    str(error.args[0]).split("\n")[0],
                    f"{given!r} is one string, taken letter by letter, at {here()}.",
                    f"update_ops is a list of operations: {code(scoped)}.",
                )
            )
        ) from None


def _rate_tensor(learning_rate: Any) -> Any:
    if learning_rate is None:
        return None
    if isinstance(learning_rate, Tensor) and learning_rate.shape.ndims == 0:
        return learning_rate
    if not isinstance(learning_rate, float):
        advice = ""
        if _is_number(learning_rate):
            advice = f"\nWrite a float: learning_rate={float(learning_rate)}"
        raise ValueError(
            f"Learning rate should be 0d Tensor or float. Got {learning_rate} of type {type(learning_rate)}{advice}"
        )
    if learning_rate < 0.0:
        raise ValueError(f"Invalid learning_rate {learning_rate}.")
    before = get_default_graph().version
    with _stage("learning_rate"):
        rate = get_variable("learning_rate", [], trainable=False, initializer=constant_initializer(learning_rate))
    if rate.op.id < before:
        warn_of_shared_rate(rate, learning_rate)
    return rate


def _is_number(value: Any) -> bool:
    try:
        return float(value) is not None
    except (TypeError, ValueError):
        return False


def _decayed(rate: Any, decay: Callable, global_step: Any, wanted: list) -> Any:
    if global_step is None:
        raise ValueError(
            "global_step is required for learning_rate_decay_fn.\n"
            f"Pass {code('global_step=tf.train.get_or_create_global_step()')}."
        )
    with _stage("learning_rate"):
        rate = called(
            "learning_rate_decay_fn",
            decay,
            (rate, global_step),
            "Give a function of both, such as",
            f"{code('lambda rate, step: tf.train.exponential_decay(rate, step, 1000, 0.9)')}.",
        )
    if "learning_rate" in wanted:
        with _stage("summaries"):
            scalar("learning_rate", rate)
    return rate


def _named_optimizer(name: str, rate: Any) -> Optimizer:
    if rate is None:
        raise ValueError(f"Learning rate is None, but should be specified if optimizer is string ({name}).")
    if name not in OPTIMIZER_CLS_NAMES:
        raise ValueError(
            f"Optimizer name should be one of [{', '.join(OPTIMIZER_CLS_NAMES)}], you provided "
            f"{name}.\n{did_you_mean(name, OPTIMIZER_CLS_NAMES)}".rstrip()
        )
    return OPTIMIZER_CLS_NAMES[name](learning_rate=rate)


def _make_optimizer(optimizer: Any, learning_rate: Any, rate: Any) -> Optimizer:
    if isinstance(optimizer, str):
        return _named_optimizer(optimizer, rate)
    if isinstance(optimizer, type) and issubclass(optimizer, Optimizer):
        if rate is None:
            raise ValueError(f"Learning rate is None, but should be specified if optimizer is class ({optimizer}).")
        return called(
            "optimizer",
            optimizer,
            (),
            "For a class with more arguments write a function:",
            f"{code(f'optimizer=lambda rate: {_class_name(optimizer)}(rate, ...)', optimizer.__name__)}.",
            learning_rate=rate,
        )
    if isinstance(optimizer, Optimizer):
        return optimizer
    if not callable(optimizer):
        raise ValueError(
            "Unrecognized optimizer: should be string, subclass of Optimizer, instance of subclass of "
            f"Optimizer or function with one argument. Got {optimizer}."
        )
    made = called(
        "optimizer",
        optimizer,
        () if learning_rate is None else (rate,),
        f"Pass a function of the learning rate, or one without arguments and {code('learning_rate=None')}.",
    )
    if not isinstance(made, Optimizer):
        raise ValueError(f"Unrecognized optimizer: function should return subclass of Optimizer. Got {made}.")
    return made


# The gradients


def _class_name(kind: type) -> str:
    """Return the name by which a program refers to an optimizer class."""
    return f"tf.train.{kind.__name__}" if kind.__module__.startswith("minigraph.") else kind.__name__


def _transformed(pairs: list, noise_scale: Any, multipliers: Any, clip: Any, wanted: list) -> list:
    """Apply noise, multipliers and clipping, in this order, with a summary of the norm before clipping."""
    if noise_scale is not None:
        with _stage("noise"):
            pairs = add_scaled_noise(pairs, noise_scale)
    if multipliers is not None:
        with _stage("multipliers"):
            pairs = multiply_gradients(pairs, multipliers)
        if not pairs:
            raise ValueError(
                "Empty list of (gradient, var) pairs encountered. This is most likely to be caused by an "
                "improper value of gradient_multipliers."
            )
    if _NORMS.intersection(wanted):
        with _stage("summaries"):
            scalar("global_norm/gradient_norm", norm_of(pairs))
    if clip is None:
        return pairs
    with _stage("clipping"):
        if isinstance(clip, float):
            return clip_pairs(pairs, clip)
        if callable(clip):
            return checked_pairs_of(clip, pairs)
    raise ValueError(
        message(
            f"Unknown type {type(clip)} for clip_gradients",
            _clip_advice(clip),
            f"That is clip_gradients={clip!r} at {here()}.",
        )
    )


def _clip_advice(clip: Any) -> str:
    if _is_number(clip):
        return f"Write a float: {code(f'clip_gradients={float(clip)}')}"
    if isinstance(clip, (tuple, list)) and len(clip) == 2:
        clipped = f"(g if g is None else tf.clip_by_value(g, {clip[0]}, {clip[1]}), v)"
        return (
            "To limit every element to a range write "
            f"{code(f'clip_gradients=lambda pairs: [{clipped} for g, v in pairs]')}."
        )
    return "Pass the maximum global norm, such as 5.0, or a function of the list of (gradient, variable)."


def _summarize(loss: Tensor, pairs: list, clip: Any, wanted: list) -> None:
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
                scalar(f"gradient_norm/{name}", norm_of([(values, variable)]))
        if clip is not None and _NORMS.intersection(wanted):
            scalar("global_norm/clipped_gradient_norm", norm_of(pairs))
