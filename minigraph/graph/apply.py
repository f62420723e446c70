"""`apply`: the one door through which every operation enters a graph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from minigraph.graph.apply_errors import (
    list_message,
    not_a_choice,
    not_allowed,
    not_convertible,
    shape_message,
    too_short,
    type_mismatch,
)
from minigraph.graph.constant_value import StaticInput
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import default_graph, get_default_graph
from minigraph.graph.dtypes import DType, resource
from minigraph.graph.graph import Graph, graph_of
from minigraph.graph.graph_scopes import as_text
from minigraph.graph.handles import value_shape
from minigraph.graph.input_spec import InputSpec
from minigraph.graph.opdef import OpDef, input_counts
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import TensorShape

__all__ = ["apply", "apply_op"]


def apply(op_def: OpDef, *inputs: Any, name: str | None = None) -> Any:
    """Add an operation to the graph of its inputs (the default graph if they are plain values).

    Convert the inputs in the operation's name scope, check their types, infer the output shapes and name the node
    (`name`, by default the operation type; one that ends in "/" is taken as it is). The elements of a list input are
    separate arguments. If anything fails the graph is unchanged.

    Returns:
        The output tensor, a list if there are several, the `Operation` if there is none.

    Raises:
        TypeError: if an input has a type that the operation does not take.
        ValueError: if the shapes do not fit, or the inputs belong to different graphs.
    """
    op = apply_op(op_def, *inputs, name=name)
    outputs = op.all_outputs
    return outputs[0] if len(outputs) == 1 else list(outputs) if outputs else op


def apply_op(op_def: OpDef, *inputs: Any, name: str | None = None) -> Operation:
    """Add an operation as `apply` does, but always return the `Operation`."""
    graph = graph_of(inputs)
    if graph is get_default_graph():
        return _apply_in(graph, op_def, inputs, name)
    with default_graph(graph):
        return _apply_in(graph, op_def, inputs, name)


def _apply_in(graph: Graph, op_def: OpDef, inputs: tuple, name: str | None) -> Operation:
    with graph._lock:
        mark = graph._mark()
        try:
            if name is not None and type(name) is not str:
                name = as_text(name)
            if name and name.endswith("/"):
                scope = name[:-1]
            else:
                if name and op_def.opens_scope:
                    graph.check_scope_name(name)
                scope = graph.unique_name(name or op_def.type)
            tensors = _resolve(graph, op_def, inputs, scope)
            types = [t.dtype.base_dtype for t in tensors]
            if op_def.fields:
                op_def = _without_refs(op_def)
                _check_attributes(op_def)
            output_types = op_def.dtype(*types)
            if isinstance(output_types, DType):
                output_types = (output_types,)
            checked = output_types or op_def.writes or type(op_def).shape is not OpDef.shape
            shapes = _infer_shapes(op_def, scope, tensors, len(output_types)) if checked else ()
            return graph.add_op(op_def, scope, tensors, tuple(output_types), shapes)
        except BaseException:
            graph._rollback(mark)
            raise


def _without_refs(op_def: OpDef) -> OpDef:
    """Return the definition with value types where its attributes name the ref types of variables (`v.dtype`)."""
    values = {field: getattr(op_def, field) for field in op_def.fields.values()}
    plain = {field: _without_ref(value) for field, value in values.items()}
    return op_def if plain == values else type(op_def)(**plain)


def _without_ref(value: Any) -> Any:
    if type(value) is DType:
        return value.base_dtype
    return tuple(map(_without_ref, value)) if type(value) is tuple else value


def _check_attributes(op_def: OpDef) -> None:
    for name, least in op_def.minimum.items():
        value = op_def.attr(name) if name in op_def.fields else least
        if value < least:
            raise ValueError(f"Attr '{name}' of '{op_def.type}' Op passed {value} less than minimum {least}.")
    for name, words in op_def.choices.items():
        word = op_def.attr(name)
        if not isinstance(word, str) or word not in words:
            raise not_a_choice(op_def, name, word, words)
    for name, allowed in op_def.allowed.items():
        if name in op_def.fields and op_def.attr(name).base_dtype not in allowed:
            raise not_allowed(name, op_def.attr(name), allowed)


def _resolve(graph: Graph, op_def: OpDef, inputs: tuple, scope: str) -> tuple[Tensor, ...]:
    """Convert the inputs to tensors of the types that the operation takes."""
    specs = op_def.specs
    known: dict[str, tuple[DType, str]] = {}  # type attribute: its dtype, and the input that decided it
    scopes = graph._scopes
    before, scopes.name = scopes.name, scope
    try:
        if op_def.has_lists:
            return tuple(_resolve_lists(graph, op_def, inputs, known))
        if len(inputs) != len(specs):
            raise TypeError(f"'{op_def.type}' takes {len(specs)} inputs but {len(inputs)} were given")
        return tuple([_convert(graph, op_def, spec, value, spec.name, known) for spec, value in zip(specs, inputs)])
    finally:
        scopes.name = before


def _resolve_lists(graph: Graph, op_def: OpDef, inputs: tuple, known: dict) -> Iterator[Tensor]:
    given = iter(inputs)
    for spec, count in zip(op_def.specs, input_counts(op_def, len(inputs))):
        values: Any = tuple(islice(given, count))
        if spec.is_list and not spec.is_heterogeneous:
            least = op_def.minimum.get(spec.name, 1)
            if count < least and spec.type not in op_def.fields:
                raise too_short(op_def, spec, count, least)
            values = _convert_list(op_def, spec, values, known)
        for i, value in enumerate(values):
            yield _convert(graph, op_def, spec, value, f"{spec.name}_{i}" if spec.is_list else spec.name, known)


def _wanted(op_def: OpDef, spec: InputSpec, known: dict) -> DType | None:
    """Return the type that an input must have: a fixed one, that of an attribute, or that of an earlier input."""
    if spec.type in known:
        return known[spec.type][0]
    if spec.type in op_def.fields and not spec.is_heterogeneous:
        return op_def.attr(spec.type)
    return spec.dtype


def _convert(graph: Graph, op_def: OpDef, spec: InputSpec, value: Any, name: str, known: dict) -> Tensor:
    wanted = _wanted(op_def, spec, known)
    tensor = value if type(value) is Tensor else _convert_value(op_def, spec, value, name, wanted)
    found = tensor.dtype.base_dtype
    if wanted is not None and found is not wanted:
        raise type_mismatch(op_def, spec, tensor, wanted, known)
    if spec.is_ref and not tensor.dtype._is_ref:
        text = f"'{op_def.type}' Op requires that input '{spec.name}' be a mutable tensor (e.g.: a tf.Variable)"
        raise TypeError(text)
    if spec.type and spec.type not in known and not spec.is_heterogeneous:
        allowed = op_def.allowed.get(spec.type)
        if allowed is not None and found not in allowed:
            raise not_allowed(spec.name, found, allowed)
        known[spec.type] = (found, spec.name)
    return tensor if tensor.op.graph is graph else graph.capture(tensor)


def _convert_value(op_def: OpDef, spec: InputSpec, value: Any, name: str, wanted: DType | None) -> Tensor:
    try:
        return convert_to_tensor(value, wanted, name, op_def.type_defaults.get(spec.type), as_ref=spec.is_ref)
    except TypeError as error:
        if wanted is None:
            raise
        raise not_convertible(op_def, spec, value, wanted, error) from None
    except ValueError:
        try:
            return convert_to_tensor(value, None, name, as_ref=spec.is_ref)  # its own type shows what is wrong
        except ValueError as plain:
            raise ValueError(f"Tried to convert '{spec.name}' to a tensor and failed. Error: {plain}") from None


def _convert_list(op_def: OpDef, spec: InputSpec, values: tuple, known: dict) -> list[Tensor]:
    """Convert a list of tensors of one type: the one already decided, else that of the first tensor."""
    first = next((v.dtype.base_dtype for v in values if isinstance(v, Tensor)), None)
    wanted, hint = _wanted(op_def, spec, known) or first, op_def.type_defaults.get(spec.type)
    try:
        tensors = [
            convert_to_tensor(value, wanted, f"{spec.name}_{i}", hint, as_ref=spec.is_ref)
            for i, value in enumerate(values)
        ]
        if len({t.dtype.base_dtype for t in tensors}) > 1:
            raise TypeError
        return tensors
    except (TypeError, ValueError):
        raise TypeError(list_message(op_def, spec, values, known)) from None


def _infer_shapes(op_def: OpDef, name: str, tensors: tuple, count: int) -> tuple[TensorShape, ...]:
    shapes: list[Any] = [value_shape(t) if t.dtype is resource else t._shape for t in tensors]
    for i in range(len(tensors)) if op_def.static_inputs is ... else op_def.static_inputs:
        shapes[i] = StaticInput(tensors[i])
    try:
        found = op_def.shape(*shapes)
    except ValueError as error:
        asked = {i for i, shape in enumerate(shapes) if isinstance(shape, StaticInput) and shape.asked}
        raise ValueError(shape_message(str(error), op_def, name, tensors, asked)) from None
    return (found,) * count if isinstance(found, TensorShape) else tuple(found)
