"""A graph as data, in the form of TensorFlow's GraphDef: names, inputs, attributes; `str()` is its text form.

These are TensorFlow's own messages where tensorboard is installed, made in the room `interop`. Elsewhere they
are light objects with the same names and the same text, which cannot be turned into bytes.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from minigraph.graph import protos
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.shapes import TensorShape

__all__ = ["NodeDef", "GraphDef", "VERSIONS", "graph_def", "node_def"]

VERSIONS = SimpleNamespace(producer=134, min_consumer=0)  # TensorFlow 1.15 writes 134
exporter = ""  # the module that makes messages of nodes and graphs; set by the package, since this floor knows none


def graph_def(graph: Any, from_version: int = 0, add_shapes: bool = False) -> Any:
    """Return a graph as a `GraphDef` message; a light `GraphDef` where tensorboard is not installed."""
    return _made("graph_def", GraphDef)(graph, from_version, add_shapes)


def node_def(op: Any) -> Any:
    """Return an operation as a `NodeDef` message; a light `NodeDef` where tensorboard is not installed."""
    return _made("node_def", NodeDef)(op)


def _made(what: str, light: Callable) -> Callable:
    """Return the function that makes messages, or the class of light objects."""
    return getattr(importlib.import_module(exporter), what) if protos.are_there() else light


class _Light:
    """Data without bytes."""

    def SerializeToString(self, deterministic: bool = False) -> bytes:
        """Raise ImportError: bytes need TensorFlow's messages."""
        protos.tensorboard("compat.proto")
        raise TypeError("This was made without the package tensorboard; make it again")


class NodeDef(_Light):
    """One node: `name`, `op`, `input` (names; "^x" is a control input), `device`, `attr`.

    Example:
        >>> print(NodeDef(tf.add(1.0, 2.0, name="sum").op))
        name: "sum"
        op: "Add"
        input: "sum/x"
        input: "sum/y"
        attr {
          key: "T"
          value {
            type: DT_FLOAT
          }
        }
        <BLANKLINE>
    """

    def __init__(self, op: Any, add_shapes: bool = False):
        self.name, self.op, self.device = op.name, op.type, op.device
        self.input = [t.op.name if t.value_index == 0 else t.name for t in op.inputs]
        self.input += ["^" + c.name for c in op.control_inputs]
        self.attr: dict[str, Any] = dict(sorted(op.attrs.items()))
        if add_shapes:
            self.attr["_output_shapes"] = [t.shape for t in op.outputs]

    def __str__(self) -> str:
        lines = [f'name: "{self.name}"', f'op: "{self.op}"', *(f'input: "{i}"' for i in self.input)]
        if self.device:
            lines.append(f'device: "{self.device}"')
        for key, value in self.attr.items():
            lines += ["attr {", f'  key: "{key}"', "  value {", *("    " + x for x in attr_lines(value)), "  }", "}"]
        return "\n".join(lines) + "\n"

    __repr__ = __str__


_ENUM_NAMES = {"float32": "FLOAT", "float64": "DOUBLE", "float16": "HALF"}


def _type_name(dtype: DType) -> str:
    base = dtype.base_dtype.name
    return "DT_" + _ENUM_NAMES.get(base, base.upper()) + ("_REF" if dtype._is_ref_dtype else "")


def attr_lines(value: Any) -> list[str]:
    """Return the lines of an attribute's value in GraphDef's text form."""
    for kind, lines in _LINES_OF.items():
        if isinstance(value, kind):
            return lines(value)
    return [f"s: {_quoted(str(value))}"]


def _block(name: str, lines: list[str]) -> list[str]:
    return [f"{name} {{", *("  " + line for line in lines), "}"]


_LINES_OF: dict[Any, Callable[[Any], list[str]]] = {  # the first kind that fits: a bool is an int too
    DType: lambda value: [f"type: {_type_name(value)}"],
    bool: lambda value: [f"b: {str(value).lower()}"],
    int: lambda value: [f"i: {value}"],
    float: lambda value: [f"f: {value!r}"],
    (str, bytes): lambda value: [f"s: {_quoted(value)}"],
    TensorShape: lambda value: _block("shape", _shape_lines(value)),
    np.ndarray: lambda value: _block("tensor", _tensor_lines(value)),
    (list, tuple): lambda value: _block("list", [line for item in value for line in attr_lines(item)]),
}


_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "'": "\\'", "\\": "\\\\"}
_ESCAPED = [_NAMED.get(c) or (c if " " <= c <= "~" else f"\\{ord(c):03o}") for c in map(chr, range(256))]


def _quoted(value: Any) -> str:
    """Return text or bytes in quotation marks, with special characters escaped."""
    data = value if isinstance(value, bytes) else str(value).encode()
    return '"' + "".join(map(_ESCAPED.__getitem__, data)) + '"'


def _shape_lines(shape: TensorShape) -> list[str]:
    if shape.ndims is None:
        return ["unknown_rank: true"]
    return [
        line
        for d in shape.as_list()
        for line in (("dim {", "}") if d == 0 else ("dim {", f"  size: {-1 if d is None else d}", "}"))
    ]


def _tensor_lines(value: np.ndarray) -> list[str]:
    dtype = as_dtype(value.dtype)
    shape = _shape_lines(TensorShape(value.shape))
    lines = [f"dtype: {_type_name(dtype)}", "tensor_shape {", *("  " + x for x in shape), "}"]
    if value.size != 1 and dtype.name not in _LISTED:
        return lines + [f"tensor_content: {_quoted(value.tobytes())}"] if value.size else lines
    field, convert = _LISTED.get(dtype.name) or (f"{_ALONE.get(dtype.name, 'int')}_val", lambda v: [repr(v.item())])
    return lines + [f"{field}: {text}" for each in value.ravel() for text in convert(each)]


_ALONE = {"float32": "float", "float64": "double", "int64": "int64", "uint32": "uint32", "uint64": "uint64"}
# Fields that are written value by value: the field, and the texts of one value.
_LISTED: dict[str, tuple] = {
    "string": ("string_val", lambda v: [_quoted(v)]),
    "bool": ("bool_val", lambda v: [str(bool(v)).lower()]),
    "float16": ("half_val", lambda v: [str(int(v.view(np.uint16)))]),
    "uint16": ("int_val", lambda v: [str(int(v))]),
    "complex64": ("scomplex_val", lambda v: [repr(float(v.real)), repr(float(v.imag))]),
    "complex128": ("dcomplex_val", lambda v: [repr(float(v.real)), repr(float(v.imag))]),
}


class GraphDef(_Light):
    """A whole graph as data: `node` is the list of `NodeDef`s, in creation order."""

    def __init__(self, graph: Any, from_version: int = 0, add_shapes: bool = False):
        self.node = [NodeDef(op, add_shapes) for op in graph.get_operations()[from_version:]]
        self.versions = VERSIONS

    def __str__(self) -> str:
        nodes = ["node {\n" + "".join(f"  {line}\n" for line in str(n).splitlines()) + "}\n" for n in self.node]
        return "".join(nodes) + f"versions {{\n  producer: {self.versions.producer}\n}}\n"
