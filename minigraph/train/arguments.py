"""Wrong arguments of optimizers: errors that say what to give instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minigraph.graph.code import code, name_of
from minigraph.graph.messages import made
from minigraph.graph.operation import Tensor
from minigraph.graph.text import message
from minigraph.graph.traces import here
from minigraph.variables.collections import trainable_variables

__all__ = ["a_tensor_to_update", "invalid_type", "no_pair", "not_a_variable", "wrong_step"]

_VARIABLES = "Give a variable, or a list of them: tf.trainable_variables() has those that can be trained."


def invalid_type(t: Any, valid: Iterable) -> ValueError:
    """Return the error for a loss or variable whose type cannot be trained."""
    return ValueError(
        message(
            f"Invalid type {t.dtype.base_dtype!r} for {t.name}, expected: {list(valid)}.",
            f"It is {made(t)}.",
            f"Only floating point numbers can be trained: write {code('tf.Variable(1.0)')}, or "
            f"{code(f'tf.cast({name_of(t)}, tf.float32)', 'x')}.",
        )
    )


def not_a_variable(v: Any) -> AttributeError:
    """Return the error for an object in a list of variables that is not one: a name, perhaps."""
    advice = _VARIABLES
    if isinstance(v, str):
        name = v.partition(":")[0]
        scope = repr(name) if any(each.op.name.startswith(name) for each in trainable_variables()) else ""
        advice = f"Names are not looked up: write tf.trainable_variables({scope}), or give the variables."
    line = f"{v!r} stands for a variable to train at {here()}, and is none."
    return AttributeError(message(f"'{type(v).__name__}' object has no attribute 'op'", line, advice))


def a_tensor_to_update(t: Tensor) -> NotImplementedError:
    """Return the error for a tensor in place of a variable."""
    first = str(("Trying to update a Tensor ", t))
    return NotImplementedError(message(first, f"var_list takes variables, and {made(t)} is a tensor.", _VARIABLES))


def no_pair(i: int, value: Any) -> TypeError:
    """Return the error for a gradient where `apply_gradients` wants a pair of a gradient and a variable."""
    first = (
        "Tensor objects are only iterable when eager execution is enabled. To iterate over this tensor use tf.map_fn."
    )
    line = f"Item {i} of grads_and_vars is {made(value)}, and no pair of a gradient and a variable."
    return TypeError(message(first, line, f"Write {code('zip(grads, variables)', 'grads', 'variables')}."))


def wrong_step(global_step: Any, error: TypeError) -> TypeError:
    """Return `error`, with advice if a list, such as of variables, was given as the global step."""
    if not isinstance(global_step, (list, tuple)):
        return error
    return TypeError(
        message(
            str(error).split("\n")[0],
            f"A list was given as the global step, at {here()}.",
            "The second argument is global_step, a variable that counts; write var_list= before the variables.",
        )
    )
