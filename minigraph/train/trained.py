"""The variables that optimizers train, and the update of each kind."""

from __future__ import annotations

from typing import Any

from minigraph.graph import nest, traces
from minigraph.graph.code import code
from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.messages import made
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import colocate_with, control_dependencies
from minigraph.graph.text import message
from minigraph.train.explain_gradients import no_gradients_to_apply
from minigraph.variables.collections import trainable_variables
from minigraph.variables.variable import Variable, is_resource_variable

__all__ = ["chosen", "target", "checked_pairs", "beside", "update"]


def chosen(var_list: Any) -> list:
    """Return the variables to train: of a (nested) list, or all trainable ones; ValueError if there are none."""
    variables = (
        nest.flatten(var_list)
        if var_list is not None
        else trainable_variables() + get_collection(GraphKeys.TRAINABLE_RESOURCE_VARIABLES)
    )
    if not variables:
        raise ValueError(
            "No variables to optimize.\nThere is no trainable variable in this graph (or var_list is empty)."
        )
    return variables


def target(v: Any) -> Tensor:
    """Return the tensor whose gradient trains `v`; AttributeError or NotImplementedError if there is none."""
    if not hasattr(v, "op"):
        raise AttributeError(message(f"'{type(v).__name__}' object has no attribute 'op'", *_no_variable(v)))
    if isinstance(v, Variable):
        return v._ref()
    if isinstance(v, Tensor):
        return v
    raise NotImplementedError(f"Trying to optimize unsupported type {v}")


def beside(global_step: Any) -> Any:
    """Return a block colocated with the global step; TypeError, with advice, if it is a list, such as of variables."""
    try:
        return colocate_with(global_step)
    except TypeError as error:
        if not isinstance(global_step, (list, tuple)):
            raise
        raise TypeError(
            message(
                str(error).split("\n")[0],
                f"A list was given as the global step, at {traces.here()}.",
                "The second argument is global_step, a variable that counts; write var_list= before the variables.",
            )
        ) from None


def update(optimizer: Any, gradient: Any, variable: Any) -> Any:
    """Build the update of a variable by the optimizer's method that suits the variable and the gradient."""
    if isinstance(variable, Tensor):
        raise NotImplementedError(
            message(
                str(("Trying to update a Tensor ", variable)),
                f"var_list takes variables, and {made(variable)} is a tensor.",
                "Give a variable, or a list of them: tf.trainable_variables() has those that can be trained.",
            )
        )
    if isinstance(gradient, IndexedSlices):
        if variable.constraint is not None:
            raise RuntimeError("Cannot use a constraint function on a sparse variable.")
        if is_resource_variable(variable):
            return optimizer._resource_apply_sparse_duplicate_indices(gradient.values, variable, gradient.indices)
        return optimizer._apply_sparse_duplicate_indices(gradient, variable)
    if is_resource_variable(variable):
        done = optimizer._resource_apply_dense(gradient, variable)
    else:
        done = optimizer._apply_dense(gradient, variable)
    if variable.constraint is None:
        return done
    with control_dependencies([done]):
        return variable.assign(variable.constraint(variable))


def checked_pairs(grads_and_vars: Any, without_gradients: tuple | None = None) -> list:
    """Return pairs of (gradient, variable); a gradient is a tensor, `IndexedSlices` or None, at least one not None.

    Args:
        grads_and_vars: the pairs as the user gave them.
        without_gradients: the loss that was differentiated last, if it gave no gradient at all; for the message.

    Raises:
        TypeError: if a gradient is none of these, or an item is not a pair.
        ValueError: if there is no gradient.
    """
    given = list(grads_and_vars)
    for i, pair in enumerate(given):
        if isinstance(pair, (Tensor, IndexedSlices)):
            raise TypeError(
                message(
                    "Tensor objects are only iterable when eager execution is enabled. To iterate over this tensor use "
                    "tf.map_fn.",
                    f"Item {i} of grads_and_vars is {made(pair)}, and no pair of a gradient and a variable.",
                    f"Write {code('zip(grads, variables)', 'grads', 'variables')}.",
                )
            )
    if not given:
        raise ValueError("No variables provided.")
    pairs = []
    for g, v in given:
        pairs.append((_gradient(g), v))
        target(v)  # says what is no variable
    if all(g is None for g, _ in pairs):
        raise ValueError(no_gradients_to_apply([v for _, v in pairs], without_gradients))
    return pairs


def _no_variable(v: Any) -> list[str]:
    """Return the lines of a message that say what to pass in place of `v`, which is not a variable."""
    line = f"{v!r} stands for a variable to train at {traces.here()}, and is none."
    if isinstance(v, str):
        name = v.partition(":")[0]
        scope = repr(name) if any(each.op.name.startswith(name) for each in trainable_variables()) else ""
        return [line, f"Names are not looked up: write tf.trainable_variables({scope}), or give the variables."]
    return [line, "Give a variable, or a list of them: tf.trainable_variables() has those that can be trained."]


def _gradient(g: Any) -> Any:
    if g is None or isinstance(g, (Tensor, IndexedSlices)):
        return g
    try:
        return convert_to_tensor(g)
    except TypeError:
        raise TypeError(f"Gradient must be convertible to a Tensor or IndexedSlices, or None: {g}") from None
