"""Creation of operations from the name of their type, for `Graph.create_op`."""

from __future__ import annotations

import importlib
from typing import Any

from minigraph.graph import errors
from minigraph.graph.apply import apply_op
from minigraph.graph.graph import Graph
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor

__all__ = ["definition_of", "create_op", "modules"]

# The module that defines each operation type; filled by `ops`, which this floor does not know.
modules: dict[str, str] = {}


def definition_of(op_type: str) -> type[OpDef]:
    """Return the class that defines an operation type; NotFoundError if there is none.

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
    """Return the definition of that type among the modules imported so far, or None."""
    classes = [OpDef]
    for each in classes:  # grows while it is walked
        if each.type == op_type and not each.is_base:
            return each
        classes += each.__subclasses__()
    return None


def create_op(
    graph: Graph,
    op_type: str,
    inputs: Any,
    dtypes: Any = None,
    input_types: Any = None,
    name: str | None = None,
    attrs: dict[str, Any] | None = None,
    op_def: Any = None,
    compute_shapes: bool = True,
    compute_device: bool = True,
) -> Operation:
    """Add an operation by the name of its type; programs seldom need this, since each type has a function.

    Args:
        op_type: the type, such as "MatMul".
        inputs: a list of tensors.
        dtypes, input_types, op_def, compute_shapes, compute_device: accepted, as in TF1; the types follow from
            the inputs and attributes.
        name: the name of the node.
        attrs: values of attributes.

    Raises:
        TypeError: if an input is not a tensor.
        ValueError: if one belongs to another graph, or an attribute is not the type's.
        NotFoundError: if there is no such type.

    Example:
        >>> graph = tf.get_default_graph()
        >>> one = tf.ones([2, 2])
        >>> graph.create_op("MatMul", [one, one], attrs={"transpose_b": True}, name="product")
        <tf.Operation 'product' type=MatMul>
    """

    for i, value in enumerate(inputs):
        if not isinstance(value, Tensor):
            raise TypeError(f"Input #{i} is not a tensor: {value}")
        graph.as_graph_element(value)  # an error if it belongs to another graph
    kind = definition_of(op_type)
    types = {spec.type for spec in kind.specs}  # inferred from the inputs
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


Graph.create_op = create_op
