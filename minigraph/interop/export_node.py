"""A node as a `NodeDef` message: its attributes, and the names by which others take its outputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minigraph.graph import protos
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import TensorShape, as_shape
from minigraph.graph.tensor_protos import tensor_proto

__all__ = ["attr_value", "attrs_of_node", "bare_node", "output_names", "tensor_name"]

# The first kind that fits: a bool is an int too.
_FIELDS: dict[Any, str] = {
    DType: "type",
    (bool, np.bool_): "b",
    (int, np.integer): "i",
    (float, np.floating): "f",
    (str, bytes): "s",
    TensorShape: "shape",
    np.ndarray: "tensor",
}


def attr_value(value: Any) -> Any:
    """Return the `AttrValue` message of an attribute's value.

    Args:
        value: a type, a shape, an array, a number, text, or a list of one kind of them.

    Raises:
        TypeError: for anything else; function bodies and Python functions have no value by themselves.

    Example:
        >>> attr_value(tf.float32).type, attr_value([1, 2]).list.i, attr_value(True).b
        (1, [1, 2], True)
    """
    if isinstance(value, protos.AttrValue):
        return value
    if isinstance(value, (list, tuple)):
        found = protos.AttrValue(list={})
        for item in value:
            field = _field(item)
            getattr(found.list, field).append(_content(field, item))
        return found
    field = _field(value)
    return protos.AttrValue(**{field: _content(field, value)})


def _field(value: Any) -> str:
    for kind, field in _FIELDS.items():
        if isinstance(value, kind):
            return field
    raise TypeError(f"An attribute of type {type(value).__name__} cannot be exported: {value!r}")


def _content(field: str, value: Any) -> Any:
    if field == "type":
        return value.as_datatype_enum
    if field == "s":
        return value if isinstance(value, bytes) else value.encode()
    if field == "shape":
        return value.as_proto()
    if field == "tensor":
        if value.size > 1 and not any(value.strides):  # one element stands for all, see `constant`
            return tensor_proto(value[(slice(1),) * value.ndim].reshape(1), as_dtype(value.dtype), value.shape)
        return tensor_proto(value, as_dtype(value.dtype))
    return value


def bare_node(op: Operation, name: str | None = None) -> Any:
    """Return the `NodeDef` of an operation without inputs and attributes."""
    return protos.NodeDef(name=op.name if name is None else name, op=op.type, device=op.device)


def attrs_of_node(op: Operation, add_shapes: bool = False) -> Iterator[tuple[str, Any]]:
    """Yield the names of a node's attributes and their messages, except those that are functions."""
    for key, value in op.attrs.items():
        if not isinstance(value, FuncGraph):
            yield key, attr_value(value)
    if add_shapes and op.outputs:
        yield "_output_shapes", attr_value([as_shape(t.shape) for t in op.outputs])


def tensor_name(tensor: Tensor) -> str:
    """Return the name by which nodes of a graph take a tensor: that of its operation, if it is its first output."""
    return tensor.name if tensor.value_index else tensor.op.name


def output_names(op: Operation) -> list[tuple[str, int]]:
    """Return for each output the name of the declared output to which it belongs, and its position there.

    Example:
        >>> output_names(tf.nn.top_k([3.0, 1.0])[0].op)
        [('values', 0), ('indices', 0)]
        >>> output_names(tf.split([1, 2, 3], 3)[0].op)
        [('output', 0), ('output', 1), ('output', 2)]
    """
    op_def, total = op.op_def, len(op.outputs)
    lists = [spec for spec in op_def.results if spec.is_list]
    rest = total - (len(op_def.results) - len(lists))
    found = []
    for spec in op_def.results:
        count = 1
        if spec.is_list:
            count = rest if len(lists) == 1 else _length(op, spec)
        found += [(spec.name, i) for i in range(count)]
    return found


def _length(op: Operation, spec: Any) -> int:
    """Return the length of an output that is one list of several."""
    return len(op.op_def.attr(spec.type)) if spec.is_heterogeneous else op.op_def.attr(spec.number)
