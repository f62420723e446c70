"""Wrong lists of gradients: errors that say what to give instead."""

from typing import Any

from minigraph.graph.code import code
from minigraph.graph.text import message

_BLANKS = ("grad", "clip_norm", "grads_and_vars", "grads", "optimizer", "clipped", "variables")


def no_gradient_of_a_variable() -> ValueError:
    """Return the error for a None in place of a gradient."""
    told = code("tf.explain.why_none(loss, v)", "loss", "v")
    return ValueError(
        message(
            "None values not supported.",
            f"The gradient of a variable on which the loss does not depend is None; {told} says why.",
            "Leave it out: [(clip(g), v) for g, v in grads_and_vars if g is not None].",
        )
    )


def no_list(given: Any) -> TypeError:
    """Return the error for one gradient in place of a list."""
    told = code("tf.clip_by_norm(grad, clip_norm)", *_BLANKS)
    advice = f"Put one gradient into a list, [grad], or use {told}."
    return TypeError(message("t_list should be a sequence", f"It is {given!r}.", advice))


def a_pair(i: int, name: str) -> TypeError:
    """Return the error for a pair of a gradient and a variable of that name, at a place in the list."""
    found = f"t_list[{i}] is a pair of a gradient and the variable '{name}'."
    return TypeError(
        message(
            f"t_list should be a sequence of gradients, but {found}",
            f"Take the pairs apart: {code('grads, variables = zip(*grads_and_vars)', *_BLANKS)}",
            f"clip: {code('clipped, norm = tf.clip_by_global_norm(grads, clip_norm)', *_BLANKS)}",
            f"and pair them again: {code('optimizer.apply_gradients(zip(clipped, variables))', *_BLANKS)}",
        )
    )
