"""Errors for inputs that an operation does not take."""

from __future__ import annotations

from typing import Any

from minigraph.graph.code import code, name_of
from minigraph.graph.constant_value import StaticInput
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType
from minigraph.graph.input_spec import InputSpec
from minigraph.graph.messages import made
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import brackets
from minigraph.graph.text import message as told
from minigraph.graph.text import written

__all__ = ["not_allowed", "type_mismatch", "list_message", "shape_message"]
__all__ += ["not_a_choice", "not_convertible", "too_short"]


def not_allowed(name: str, found: DType, allowed: tuple) -> TypeError:
    """Return the error for a type that the operation does not take."""
    return TypeError(
        f"Value passed to parameter '{name}' has DataType {found.name} not in list of allowed values: "
        f"{', '.join(t.name for t in allowed)}"
    )


def not_a_choice(op_def: OpDef, name: str, word: Any, words: tuple) -> Exception:
    """Return the error for an attribute that is not one of the words that it may be."""
    if not isinstance(word, str):
        return TypeError(f"Expected string for argument '{name}' not {word!r}.")
    listed = ", ".join(f'"{each}"' for each in words)
    return ValueError(f"Attr '{name}' of '{op_def.type}' Op passed string '{word}' not in: {listed}.")


def too_short(op_def: OpDef, spec: InputSpec, count: int, least: int) -> ValueError:
    """Return the error for a list of fewer inputs than the operation takes."""
    text = f"List argument '{spec.name}' to '{op_def.type}' Op with length {count}"
    return ValueError(f"{text} shorter than minimum length {least}.")


def not_convertible(op_def: OpDef, spec: InputSpec, value: Any, wanted: DType, error: TypeError) -> TypeError:
    """Return the error for a Python value that cannot have the type that the operation takes."""
    text = f"Expected {wanted.name} passed to parameter '{spec.name}' of op '{op_def.type}', got"
    return TypeError(f"{text} {value!r} of type '{type(value).__name__}' instead. Error: {error}")


def type_mismatch(op_def: OpDef, spec: InputSpec, tensor: Tensor, wanted: DType, known: dict) -> TypeError:
    """Return the error for an input of another type than the operation's other inputs or attributes require."""
    found = tensor.dtype.base_dtype
    prefix = f"Input '{spec.name}' of '{op_def.type}' Op has type {found.name} that does not match"
    common = found if found.is_floating and not wanted.is_floating else wanted
    name = name_of(tensor) if common is wanted else "x"
    cast = code(f"tf.cast({name}, tf.{common.name})", "x")
    lines = [f"{made(tensor)} has type {found.name}.", f"Cast one of them: {cast}"]
    if spec.type in known:
        return TypeError(told(f"{prefix} type {wanted.name} of argument '{known[spec.type][1]}'.", *lines))
    return TypeError(told(f"{prefix} expected type of {wanted.name}.", *lines))


def list_message(op_def: OpDef, spec: InputSpec, values: tuple, known: dict) -> str:
    """Return the message for a list of inputs that do not have one type."""
    types = []
    for value in values:
        try:
            types.append(convert_to_tensor(value, as_ref=spec.is_ref).dtype.base_dtype.name)
        except (TypeError, ValueError):
            types.append("<NOT CONVERTIBLE TO TENSOR>")
    prefix = f"Tensors in list passed to '{spec.name}' of '{op_def.type}' Op have types [{', '.join(types)}]"
    if spec.dtype is not None:
        return f"{prefix} that do not match expected type {spec.dtype.name}."
    if spec.type in known:
        return f"{prefix} that do not match type {known[spec.type][0].name} inferred from earlier arguments."
    return f"{prefix} that don't all match."


def shape_message(text: str, op_def: OpDef, name: str, tensors: tuple, asked: set) -> str:
    """Return the message for inputs whose shapes do not fit; `asked` are the inputs whose value the rule has seen."""
    shapes = ", ".join("?" if t._shape.ndims is None else brackets(t._shape) for t in tensors)
    message = f"{text} for '{name}' (op: '{op_def.type}') with input shapes: {shapes}"
    computed, partial = [], []
    for i in sorted(asked):
        value = StaticInput(tensors[i]).value
        if value is not None and i in op_def.shape_inputs:
            partial.append(f"input[{i}] = {brackets(StaticInput(tensors[i]).as_shape)}")
        elif value is not None:
            computed.append(f"input[{i}] = <{_elements(value)}>")
    if computed:
        message += " and with computed input tensors: " + ", ".join(computed)
    if partial:
        message += " and with input tensors computed as partial shapes: " + ",".join(partial)
    sources = [made(t) + (f" {brackets(t._shape)}" if t._shape.ndims is not None else " ?") for t in tensors[:4]]
    return told(message + ".", f"The inputs: {', '.join(sources)}.")


def _elements(value: Any) -> str:
    if value.ndim < 2:
        return " ".join(written(each) for each in value.ravel())
    return "".join(f"[{_elements(row)}]" for row in value)
