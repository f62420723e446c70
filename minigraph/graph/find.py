"""Look up a graph's tensors and operations by name or object, with errors that suggest close names."""

from __future__ import annotations

from typing import Any

from minigraph.graph.messages import belongs, graph_text
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.text import Plain, close_names, message

__all__ = ["graph_element", "operation_named", "to_wait_for"]


def operation_named(graph: Any, name: str) -> Operation | None:
    """Return the operation of that name, or None; unlike `graph_element` it prepares no message for a miss."""
    return graph._by_name.get(name)


def to_wait_for(value: Any) -> Any:
    """Return the operation or tensor that represents a value in control dependencies and colocation.

    For a resource variable it is the operation that creates or writes it, so that waiting for it does not read it.
    """
    if hasattr(value, "handle"):
        return value.op
    convert = getattr(value, "_as_graph_element", None)
    return convert() if convert is not None else value


_WANTED: dict[tuple[bool, bool], tuple[tuple, str]] = {  # by whether tensors and operations are allowed
    (True, True): ((Tensor, Operation), "Tensor or Operation"),
    (True, False): ((Tensor,), "Tensor"),
    (False, True): ((Operation,), "Operation"),
}


def graph_element(graph: Any, obj: Any, allow_tensor: bool = True, allow_operation: bool = True) -> Any:
    """Find a graph element as `Graph.as_graph_element` does."""
    wanted = _WANTED.get((bool(allow_tensor), bool(allow_operation)))
    if wanted is None:
        raise ValueError("allow_tensor and allow_operation can't both be False.")
    convert = getattr(obj, "_as_graph_element", None)
    if convert is not None:
        obj = convert()
    if isinstance(obj, (str, bytes)):
        name = obj if isinstance(obj, str) else obj.decode()
        return _by_name(graph, name, allow_tensor, allow_operation)
    kinds, words = wanted
    if isinstance(obj, kinds):
        if obj.graph is not graph:
            _check_inside(graph, obj)
        return obj
    raise TypeError(f"Can not convert a {type(obj).__name__} into a {words}.")


def _by_name(graph: Any, name: str, allow_tensor: bool, allow_operation: bool) -> Any:
    if ":" in name and allow_tensor:
        op_name, _, number = name.partition(":")
        try:
            index = int(number)
        except ValueError:
            raise ValueError(
                f"The name {name!r} looks a like a Tensor name, but is not a valid one. Tensor names "
                'must be of the form "<op_name>:<output_index>".'
            ) from None
        op = graph._by_name.get(op_name)
        if op is None:
            raise _missing(
                f"The name {name!r} refers to a Tensor which does not exist. The operation, {op_name!r}, "
                "does not exist in the graph.",
                graph,
                op_name,
            )
        if index >= len(op.all_outputs):
            raise KeyError(
                f"The name {name!r} refers to a Tensor which does not exist. The operation, "
                f"{op_name!r}, exists but only has {len(op.all_outputs)} outputs."
            )
        return op.all_outputs[index]
    if ":" in name:
        raise ValueError(f"Name {name!r} appears to refer to a Tensor, not a Operation.")
    op = graph._by_name.get(name)
    if not allow_operation:
        if op is not None:
            raise ValueError(
                f"The name {name!r} refers to an Operation, not a Tensor. Tensor names must be of the "
                f'form "<op_name>:<output_index>".\nDid you mean {name + ":0"!r}?'
            )
        raise ValueError(
            message(
                f"The name {name!r} looks like an (invalid) Operation name, not a Tensor. Tensor names must be of "
                f"the form "
                '"<op_name>:<output_index>".',
                close_names(name, graph._by_name),
            )
        )
    if op is None:
        raise _missing(f"The name {name!r} refers to an Operation not in the graph.", graph, name)
    return op


def _check_inside(graph: Any, element: Any) -> None:
    if not element.graph._is_inside(graph):
        first = f"{type(element).__name__} {element} is not an element of this graph."
        raise ValueError(message(first, belongs(element), f"This graph is {graph_text(graph)}."))


def _missing(text: str, graph: Any, name: str) -> KeyError:
    return KeyError(Plain(message(text, close_names(name, graph._by_name))))
