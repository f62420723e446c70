"""Why no variable has a gradient: the path on which it is lost, or what the loss depends on instead."""
from __future__ import annotations

from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.messages import made, made_all, message, path, path_text
from minigraph.graph.operation import Operation, Tensor

__all__ = ["no_gradients"]


def no_gradients(given: Any, variables: list) -> str:
    """The message where the gradients of all variables are None.

    Args:
        given: what the user gave as loss: a tensor, a function, a value perhaps.
        variables: the variables.
    """
    text = ("No gradients provided for any variable, check your graph for ops that do not support gradients, between "
            f"variables {[str(v) for v in variables]} and loss {given}.")
    if callable(given):
        return message(text, f"What the function gives depends on none of {made_all(variables[:5])}.",
                       "Give minimize a loss that is built on the variables, or var_list=[...] with those to train.")
    if not isinstance(given, Tensor) and not hasattr(given, "op"):
        return message(text, f"The loss is a value, {given}, and no tensor: nothing stands behind it that could be "
                       "differentiated.", "In `loss = sess.run(loss)` the name of the tensor is overwritten: write "
                       "loss_value = sess.run(loss).")
    loss = convert_to_tensor(given)
    for v in variables:
        way = path(loss.op, v.op)
        if way:
            return message(text, f"'{loss.op.name}' depends on {made(v)} by", path_text(way), *_cut(way))
    found = [op for op in loss.graph.get_operations()
             if op.op_def.stateful and op.outputs and op.outputs[0].dtype._is_ref and path(loss.op, op)]
    other = f"It depends on {made_all(found[:5])}." if found else "It depends on no variable at all."
    return message(text, f"{made(loss)} depends on none of {made_all(variables[:5])}.", other,
                   "Give minimize the loss that is built on the variables, or var_list=[...] with those to train.")


def _cut(way: list[Operation]) -> list[str]:
    """Which operation of a path from a loss to a variable lets no gradient through."""
    for op in reversed(way[:-1]):
        if not any(t.dtype.base_dtype.is_floating or t.dtype.base_dtype.is_complex for t in op.outputs):
            kind = op.outputs[0].dtype.name if op.outputs else "nothing"
            return [f"and no gradient goes through {made(op)}: {op.type} gives {kind}.",
                    "Compute the loss from the floating point values before that operation."]
    return ["and one of these operations lets no gradient through: see minigraph.explain.why_none(loss, v)."]
