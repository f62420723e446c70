"""Which operations a graph uses, and what they are, as a `MetaGraphDef` says it; attributes that are as by default."""

from __future__ import annotations

import functools
import lzma
import pathlib
from collections.abc import Iterator
from typing import Any

from minigraph.graph import protos

__all__ = ["operations", "ops_used_by_graph_def", "strip_graph_default_valued_attrs", "stripped_op_list_for_graph"]


@functools.cache
def operations() -> dict[str, Any]:
    """Return the `OpDef` messages of the operations of TensorFlow 1.15, by type.

    Raises:
        ImportError: if the package tensorboard is not installed.
    """
    content = lzma.decompress(pathlib.Path(__file__).with_name("operations.xz").read_bytes())
    return {op.name: op for op in protos.OpList.FromString(content).op}


def _all_nodes(graph_def: Any) -> Iterator[Any]:
    """Yield the nodes of a graph, then those of its functions."""
    yield from graph_def.node
    for function in graph_def.library.function:
        yield from function.node_def


def ops_used_by_graph_def(graph_def: Any) -> list[str]:
    """Return the types of the operations in a graph and in its functions, sorted.

    Example:
        >>> x = tf.constant(1.0) + 2.0
        >>> ops_used_by_graph_def(tf.get_default_graph().as_graph_def())
        ['AddV2', 'Const']
    """
    functions = {function.signature.name for function in graph_def.library.function}
    return sorted({node.op for node in _all_nodes(graph_def)} - functions)


def stripped_op_list_for_graph(graph_def: Any) -> Any:
    """Return the `OpList` message of the operations in a graph; those that only a program has defined are left out.

    Example:
        >>> x = tf.constant(1.0)
        >>> ops = stripped_op_list_for_graph(tf.get_default_graph().as_graph_def()).op
        >>> ops[0].name, ops[0].output_arg[0].type_attr, [attr.name for attr in ops[0].attr]
        ('Const', 'dtype', ['value', 'dtype'])
    """
    known = operations()
    return protos.OpList(op=[known[name] for name in ops_used_by_graph_def(graph_def) if name in known])


def strip_graph_default_valued_attrs(meta_graph_def: Any) -> None:
    """Remove, in a `MetaGraphDef`, the attributes of nodes that are as by default, and say so in it.

    A program of an earlier version then reads the graph, if it knows the operations but not what they can do since.
    """
    known = operations()
    for node in _all_nodes(meta_graph_def.graph_def):
        for attr in known[node.op].attr if node.op in known else ():
            if attr.HasField("default_value") and node.attr.get(attr.name) == attr.default_value:
                del node.attr[attr.name]
    meta_graph_def.meta_info_def.stripped_default_attrs = True
