"""Attributes of a NodeDef: the values of an operation's fields, checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np

from minigraph.graph.c_names import c_name
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef
from minigraph.graph.shapes import TensorShape
from minigraph.graph.tensor_protos import array_of

__all__ = ["check_allowed", "dtype_of", "fields_of", "shape_of", "value_of"]

_LISTS: dict[str, Callable] = {}  # the field of a list of values: what converts one of them
_MOST_AXES = 254  # of a tensor, as in TensorFlow

# The kinds of values, as TensorFlow's messages call them, and the annotations of fields that hold them.
_KINDS = {"DType": "type", "int": "int", "float": "float", "bool": "bool", "str": "string"}
_KINDS |= {"TensorShape": "shape", "ndarray": "tensor", "FuncGraph": "func", "tuple": "list(...)"}
_NAMES = {"type": "type", "i": "int", "f": "float", "b": "bool", "s": "string", "shape": "shape", "tensor": "tensor"}
_NAMES |= {"func": "func", "list": "list(...)"}

# What TensorFlow's registry says of attributes that a definition here always gives.
_DEFAULTS: dict[tuple[str, str], Any] = {
    ("Placeholder", "shape"): TensorShape(None),
    **{(kind, "Tout"): as_dtype("float32") for kind in ("Angle", "ComplexAbs", "Imag", "Real")},
    ("Complex", "Tout"): as_dtype("complex64"),
    ("PriorityQueueV2", "component_types"): (),
    ("ScatterNdUpdate", "use_locking"): True,
    ("ScatterUpdate", "use_locking"): True,
}


def dtype_of(number: int) -> DType:
    """Return the type of a number in a message; ValueError if there is none."""
    try:
        return as_dtype(number)
    except TypeError:
        raise ValueError(f"Invalid DataType: {number}") from None


def shape_of(message: Any) -> TensorShape:
    """Return the shape in a message, in which -1 stands for an unknown size; ValueError for other negative ones."""
    if message.unknown_rank:
        return TensorShape(None)
    sizes = [dim.size for dim in message.dim]
    if len(sizes) > _MOST_AXES:
        raise ValueError(f"Shape has more than {_MOST_AXES} dimensions.")
    if any(size < -1 for size in sizes):
        raise ValueError(f"Shape {sizes} has dimensions with negative sizes")
    return TensorShape.of(tuple([None if size < 0 else size for size in sizes]))


def _text(data: bytes) -> Any:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data


_LISTS.update(type=dtype_of, i=int, f=float, b=bool, s=_text, shape=shape_of, tensor=lambda message: tensor_of(message))


def value_of(message: Any, body_of: Callable) -> Any:
    """Return the value of an `AttrValue`.

    Args:
        message: the attribute.
        body_of: returns what stands for a function, given its `NameAttrList`.

    Raises:
        ValueError: if there is no such type or shape, or the elements do not fit their shape.
    """
    kind = message.WhichOneof("value")
    try:
        if kind == "list":
            found = [(field.name, values) for field, values in message.list.ListFields()]
            if any(name == "func" for name, _ in found):
                return tuple(body_of(each) for each in message.list.func)
            return tuple(_LISTS[name](each) for name, values in found for each in values)
        if kind == "func":
            return body_of(message.func)
        if kind == "placeholder":
            raise ValueError(f"Attr value is the placeholder {message.placeholder!r}")
        return None if kind is None else _LISTS[kind](getattr(message, kind))
    except TypeError as error:  # of arrays
        raise ValueError(str(error)) from None


def fields_of(kind: type[OpDef], values: Mapping[str, Any], types: Collection[str]) -> tuple[dict, dict]:
    """Return the fields of a definition, and the attributes that are not part of it: their names begin with "_".

    Args:
        kind: the definition.
        values: (message, value) by name.
        types: the attributes that follow from the inputs.

    Raises:
        ValueError: if an attribute is unknown, missing, or of another kind.
    """
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for name, (message, value) in values.items():
        if name in kind.fields:
            field = kind.fields[name]
            fields[field] = _checked(kind, name, field, message, value)
        elif name.startswith("_"):
            extra[name] = list(value) if isinstance(value, tuple) else value
        elif name not in types:
            raise ValueError(
                f"NodeDef mentions attr '{name}' not in Op<name={kind.type}>. (Check whether your "
                "GraphDef-interpreting binary is up to date with your GraphDef-generating binary.)."
            )
    for (op_type, name), value in _DEFAULTS.items():
        if op_type == kind.type:
            fields.setdefault(kind.fields[name], value)
    missing = [name for name, field in kind.fields.items() if field in kind.required and field not in fields]
    if missing:
        raise ValueError(f"NodeDef missing attr '{missing[0]}' from Op<name={kind.type}>")
    return fields, extra


def _checked(kind: type[OpDef], name: str, field: str, message: Any, value: Any) -> Any:
    """Return the value of a field; ValueError if it is of another kind than the field."""
    found = message.WhichOneof("value") or "" if message is not None else ""
    wanted = _annotated(kind, field) if message is not None else ""
    if wanted and _NAMES.get(found) != wanted:
        told = _NAMES.get(found, "none")
        raise ValueError(f"AttrValue had value with type '{told}' when '{wanted}' expected\n\t for attr '{name}'")
    if name in kind.choices and value not in kind.choices[name]:
        words = ", ".join(f'"{word}"' for word in kind.choices[name])
        raise ValueError(f"Value for attr '{name}' of \"{value}\" is not in the list of allowed values: {words}")
    if name in kind.allowed and isinstance(value, DType):
        check_allowed(kind, name, value)
    if name in kind.minimum and value < kind.minimum[name]:
        raise ValueError(f"Value for attr '{name}' of {value} must be at least minimum {kind.minimum[name]}")
    return value


def check_allowed(kind: type[OpDef], name: str, value: DType) -> None:
    """Raise ValueError if a type attribute may not be that type."""
    if value not in kind.allowed.get(name, (value,)):
        types = ", ".join(map(c_name, kind.allowed[name]))
        raise ValueError(f"Value for attr '{name}' of {c_name(value)} is not in the list of allowed values: {types}")


def tensor_of(message: Any) -> np.ndarray:
    """Return the array of a `TensorProto`; ValueError if a size is negative."""
    sizes = [dim.size for dim in message.tensor_shape.dim]
    if message.tensor_shape.unknown_rank or any(size < 0 for size in sizes):
        raise ValueError(f"Shape {sizes} is not fully defined")
    return array_of(message)


def _annotated(kind: type[OpDef], field: str) -> str:
    """Return the kind of values that a field holds, as TensorFlow calls it; "" if that is not known."""
    for base in kind.__mro__:
        found = base.__dict__.get("__annotations__", {}).get(field)
        if found is not None:
            name = found if isinstance(found, str) else found.__name__
            return _KINDS.get(name.rpartition(".")[2].partition("[")[0], "")
    return ""
