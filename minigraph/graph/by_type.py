"""Operations made from the name of their type: what stands behind `Graph.create_op`."""

from __future__ import annotations

import importlib
from typing import Any

from minigraph.graph import errors
from minigraph.graph.apply import apply_op
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor

__all__ = ["definition_of", "create_op", "modules"]

modules: dict[
    str, str
] = {}  # operation type: the module that defines it; filled by `ops`, which this floor does not know


def definition_of(op_type: str) -> type[OpDef]:
    """Return the class that defines a type; NotFoundError if there is none.

    Example:
        >>> definition_of("MatMul").__doc__
        'The product of two matrices.'
    """
    found = _known(op_type)
    if found is None and op_type in modules:
        importlib.import_module(modules[op_type])
        found = _known(op_type)
    if found is None:
        raise errors.NotFoundError(None, None, f"Op type not registered '{op_type}'")
    return found


def _known(op_type: str) -> type[OpDef] | None:
    """Return the definition of that type among those of the modules imported so far."""
    classes = [OpDef]
    for each in classes:  # grows while it is walked
        if each.type == op_type and each is not OpDef:
            return each
        classes += each.__subclasses__()
    return None


def create_op(graph: Any, op_type: str, inputs: Any, attrs: dict[str, Any] | None, name: str | None) -> Operation:
    """`Graph.create_op`."""
    for i, value in enumerate(inputs):
        if not isinstance(value, Tensor):
            raise TypeError(f"Input #{i} is not a tensor: {value}")
        graph.as_graph_element(value)  # an error if it is another graph's
    kind = definition_of(op_type)
    types = {spec.type for spec in kind.specs}  # read off the inputs
    values = {}
    for key, value in (attrs or {}).items():
        if key in kind.fields:
            values[kind.fields[key]] = value
        elif key not in types and key != "N":
            raise ValueError(
                f"NodeDef mentions attr '{key}' not in Op<name={op_type}>; it has: "
                f"{', '.join(sorted({*kind.fields, *types}))}"
            )
    with graph.as_default():
        return apply_op(kind(**values), *inputs, name=name)
