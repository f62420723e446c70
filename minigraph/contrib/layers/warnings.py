"""Warnings of `optimize_loss` about a learning rate or global step that it shares with an earlier call."""

from __future__ import annotations

from typing import Any

from minigraph.contrib.layers.gradient_transforms import say
from minigraph.graph.code import code
from minigraph.graph.constant_value import constant_value
from minigraph.graph.operation import Operation
from minigraph.graph.provenance import user_trace
from minigraph.graph.traces import format_where, ran_again
from minigraph.graph.warn import warn

__all__ = ["warn_of_second_increment", "warn_of_shared_rate"]


def warn_of_shared_rate(rate: Any, learning_rate: float) -> None:
    """Warn if a variable of an earlier call is reused although this call passes another value."""
    initial = constant_value(rate.initial_value)
    if initial is None or float(initial) != float(initial.dtype.type(learning_rate)):
        say(
            f"learning_rate={learning_rate} has no effect: the variable '{rate.name}' exists already "
            f"(made at {format_where(rate.op.where)}, {initial}) and is used again; give this call another `name`"
        )


def warn_of_second_increment(global_step: Any) -> None:
    """Warn if another train op already increments the global step."""
    ref = getattr(global_step, "_ref", None)
    for op in ref().consumers() if ref is not None else ():
        if isinstance(op, Operation) and op.stage == "global_step" and op.type in ("AssignAdd", "AssignAddVariableOp"):
            again = ran_again(op.where, user_trace())
            warn(
                f"optimize_loss: '{op.name}' (made at {format_where(op.where)}) increments '{global_step.name}' "
                "already; if both train ops run in a step it rises by 2. "
                + (
                    f"This cell ran before: call {code('tf.reset_default_graph()')} at its top, or only run the last "
                    "train op."
                    if again
                    else f"Pass {code('increment_global_step=False')} to one of them."
                )
            )
            return
