"""Why no variable has a gradient: the path on which it is lost, or what the loss depends on instead."""

from __future__ import annotations

from typing import Any

from minigraph.autodiff.backward import gradient_rule
from minigraph.graph.advice import reference, variable
from minigraph.graph.code import code, session_name
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.messages import made, made_all, path_text
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.paths import path
from minigraph.graph.text import message
from minigraph.ops.variables.assign import VariableV2
from minigraph.ops.variables.resource_ops import VarHandleOp

__all__ = ["no_gradients", "no_gradients_to_apply"]


def no_gradients(given: Any, variables: list) -> str:
    """Return the message where the gradients of all variables are None.

    Args:
        given: what the user gave as loss: a tensor, a function, a value perhaps.
        variables: the variables.
    """
    first = (
        "No gradients provided for any variable, check your graph for ops that do not support gradients, "
        f"between variables {[str(v) for v in variables]} and loss {given}."
    )
    if callable(given):
        return message(
            first,
            f"What the function gives depends on none of {made_all(variables[:5])}.",
            "Give minimize a loss that is built on the variables, or var_list=[...] with those to train.",
        )
    return message(first, *_reason(convert_to_tensor(given), given, variables))


def no_gradients_to_apply(variables: list, differentiated: tuple | None) -> str:
    """Return the message of `apply_gradients` for gradients that are all None.

    Args:
        variables: the variables.
        differentiated: the loss that gave them, as a tensor and as the user gave it; None where it is not known.
    """
    first = f"No gradients provided for any variable: {[str(v) for v in variables]}."
    if differentiated is not None:
        loss, given = differentiated
        return message(first, *_reason(loss, given, variables))
    return message(
        first,
        "All gradients in the list are None: what was differentiated depends on none of the "
        "variables, or an operation between lets no gradient through.",
        f"{_why_none('loss', variables[0], 'loss')} says which.",
    )


def _reason(loss: Tensor, given: Any, variables: list) -> list[str]:
    """Explain which path loses the gradient, or what the loss is if there is no path."""
    if not isinstance(given, Tensor) and not hasattr(given, "op"):
        session = session_name(loss.graph)
        return [
            f"The loss is a value, {given}, and no tensor: nothing stands behind it that could be differentiated.",
            f"In `loss = {session}.run(loss)` the name of the tensor is overwritten: write "
            f"{code(f'loss_value = {session}.run(loss)', 'loss', session)}.",
        ]
    for v in variables:
        way = path(loss.op, v.op, of_values=True)
        if way:
            return [f"'{loss.op.name}' depends on {made(v)} by", path_text(way), *_cut(way, loss, v)]
    found = [
        op
        for op in loss.graph.get_operations()
        if isinstance(op.op_def, (VariableV2, VarHandleOp)) and path(loss.op, op, of_values=True)
    ]
    other = f"It depends on {made_all(found[:5])}." if found else "It depends on no variable at all."
    if _is_constant(loss.op):
        other = "It is a constant: a number that a run gave, perhaps."
    advice = f"{code('var_list=[…]')} (in optimize_loss {code('variables=[…]')}) with those to train."
    return [
        f"{made(loss)} depends on none of {made_all(variables[:5])}.",
        other,
        f"Give the loss that is built on the variables, or {advice}",
    ]


def _cut(way: list[Operation], loss: Tensor, v: Any) -> list[str]:
    """Explain which operation on a path from a loss to a variable blocks the gradient."""
    for op in reversed(way[:-1]):
        if op.outputs and not any(t.dtype.is_floating or t.dtype.is_complex for t in op.outputs):
            return [
                f"and no gradient goes through {made(op)}: {op.type} gives {op.outputs[0].dtype.name}.",
                "Compute the loss from the floating point values before that operation.",
            ]
        if op.type == "StopGradient":
            return [
                f"and no gradient goes through {made(op)}, which is made to stop it.",
                f"Take {code('tf.stop_gradient')} away there, if '{v.op.name}' is to be trained by this loss.",
            ]
        if not op.op_def.writes and not _has_rule(op):
            return [
                f"and no gradient goes through {made(op)}: {op.type} has none.",
                f"Use another operation there, or give it one: {code('@tf.custom_gradient')}.",
            ]
    told = _why_none(reference(_users(loss)), v)
    return [f"and one of these operations lets no gradient through: {told} says which."]


def _users(loss: Tensor) -> Tensor:
    """Return the loss before what the failed call made of it, which is taken off the graph again."""
    while loss.op.stage is not None and loss.op.type == "Identity":
        loss = loss.op.inputs[0]
    return loss


def _is_constant(op: Operation) -> bool:
    while op.type == "Identity":
        op = op.inputs[0].op
    return op.type == "Const"


def _has_rule(op: Operation) -> bool:
    try:
        return gradient_rule(op) is not None
    except LookupError:
        return False


def _why_none(loss: str, v: Any, *blanks: str) -> str:
    return code(f"tf.explain.why_none({loss}, {variable(v.op)})", *blanks)
