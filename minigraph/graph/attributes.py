"""The attributes of a node: those of its definition, those that follow from its inputs, those that scopes gave it."""

from __future__ import annotations

from typing import Any

from minigraph.graph.opdef import input_counts

__all__ = ["attribute", "attributes", "attrs_of"]


def attribute(op: Any, name: str) -> Any:
    """Return the value of an attribute; ValueError if the operation does not have it."""
    op_def = op.op_def
    if name in (op.extra_attrs or ()):
        return op.extra_attrs[name]
    if name in op_def.fields:
        return op_def.attr(name)
    try:
        found = op_def.type_attr(name, tuple([t.dtype.base_dtype for t in op.inputs]))
        return list(found) if isinstance(found, tuple) else found
    except (KeyError, IndexError):
        pass
    if op_def.has_lists and any(name == spec.number for spec in op_def.specs if spec.is_list):
        counts = input_counts(op_def, len(op.inputs))
        return next(n for n, spec in zip(counts, op_def.specs) if spec.is_list)
    raise ValueError(f"Operation '{op.name}' has no attr named '{name}'.")


def attributes(op: Any) -> dict[str, Any]:
    """Return all attributes, including types inferred from the inputs."""
    found = attrs_of(op.op_def)
    for spec in op.op_def.specs:
        if spec.type:
            found[spec.type] = attribute(op, spec.type)
        if spec.is_list and not spec.is_heterogeneous:
            found[spec.number] = attribute(op, spec.number)
    return found | (op.extra_attrs or {})


def attrs_of(op_def: Any) -> dict[str, Any]:
    """Return the attributes that are fields of a definition, under TF1's names."""
    return {name: op_def.attr(name) for name in op_def.fields}
