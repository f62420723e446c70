"""Look up a graph's tensors and operations by name, with errors that suggest close names."""

from __future__ import annotations

from typing import Any

from minigraph.graph.text import Plain, close_names, message

__all__ = ["named_element"]

_FORM = 'Tensor names must be of the form "<op_name>:<output_index>".'


def named_element(graph: Any, name: str, allow_tensor: bool, allow_operation: bool) -> Any:
    """Return the tensor or operation of that name; ValueError if that is not allowed, KeyError if there is none."""
    if ":" not in name:
        return _operation(graph, name, allow_operation)
    if not allow_tensor:
        raise ValueError(f"Name {name!r} appears to refer to a Tensor, not a Operation.")
    return _tensor(graph, name)


def _operation(graph: Any, name: str, is_allowed: bool) -> Any:
    op = graph._by_name.get(name)
    if is_allowed and op is None:
        raise _missing(f"The name {name!r} refers to an Operation not in the graph.", graph, name)
    if is_allowed:
        return op
    if op is not None:
        first = f"The name {name!r} refers to an Operation, not a Tensor. {_FORM}"
        raise ValueError(f"{first}\nDid you mean {name + ':0'!r}?")
    first = f"The name {name!r} looks like an (invalid) Operation name, not a Tensor. {_FORM}"
    raise ValueError(message(first, close_names(name, graph._by_name)))


def _tensor(graph: Any, name: str) -> Any:
    op_name, _, number = name.partition(":")
    try:
        index = int(number)
    except ValueError:
        raise ValueError(f"The name {name!r} looks a like a Tensor name, but is not a valid one. {_FORM}") from None
    first = f"The name {name!r} refers to a Tensor which does not exist. The operation, {op_name!r},"
    op = graph._by_name.get(op_name)
    if op is None:
        raise _missing(f"{first} does not exist in the graph.", graph, op_name)
    if index >= len(op.all_outputs):
        raise KeyError(f"{first} exists but only has {len(op.all_outputs)} outputs.")
    return op.all_outputs[index]


def _missing(text: str, graph: Any, name: str) -> KeyError:
    return KeyError(Plain(message(text, close_names(name, graph._by_name))))
