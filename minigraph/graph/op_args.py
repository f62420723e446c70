"""The declared inputs and outputs of an operation type in the form of TensorFlow's OpDef."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["ArgDef", "input_args", "output_args"]


class ArgDef(NamedTuple):
    """One input or output; a list counts as one.

    Attributes: `name`; `type_attr` the attribute that holds its type, or `type` the number of its fixed type;
    `number_attr` the attribute that holds the length of a list, `type_list_attr` that of a list of mixed types;
    `is_ref`: True for the cell of a variable.
    """

    name: str
    type: int = 0
    type_attr: str = ""
    number_attr: str = ""
    type_list_attr: str = ""
    is_ref: bool = False


def _arg(spec: Any, name: str) -> ArgDef:
    if spec.is_heterogeneous:
        return ArgDef(name, type_list_attr=spec.type, is_ref=spec.is_ref)
    kind = 0 if spec.dtype is None else spec.dtype.as_datatype_enum
    return ArgDef(name, kind, spec.type, spec.number if spec.is_list else "", is_ref=spec.is_ref and kind != 20)


def input_args(op_def: Any) -> list[ArgDef]:
    """Return the declared inputs of a definition.

    Example:
        >>> from minigraph.ops.linalg.matmul_op import MatMul
        >>> [arg.name for arg in input_args(MatMul())], input_args(MatMul())[0].type_attr
        (['a', 'b'], 'T')
    """
    return [_arg(spec, spec.name) for spec in op_def.specs]


def output_args(op_def: Any) -> list[ArgDef]:
    """Return the declared outputs of a definition.

    Example:
        >>> from minigraph.ops.nn.top_k import TopKV2
        >>> [arg.name for arg in output_args(TopKV2())]
        ['values', 'indices']
    """
    return [_arg(spec, spec.name) for spec in op_def.results]
