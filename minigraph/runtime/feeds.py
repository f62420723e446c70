"""What may be fed: from a user's feed_dict to tensors and arrays, with TF1's errors for what does not fit."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors, nest
from minigraph.graph.code import code, name_of, session_name
from minigraph.graph.graph import Graph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.messages import made
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.text import message
from minigraph.graph.variable_cell import Cell
from minigraph.runtime.fetches import composites

__all__ = ["as_feed", "expand_feeds", "feed_value", "resolve_feed_key"]


def resolve_feed_key(graph: Graph, key: Any) -> list[Tensor]:
    """Return the tensors that a key of feed_dict stands for."""
    for composite, components, _ in composites:
        if isinstance(key, composite):
            return components(key)
    try:
        tensor = graph.as_graph_element(key, allow_operation=False)
    except (TypeError, ValueError, KeyError) as error:
        text, *lines = str(error.args[0]).split("\n")
        if isinstance(key, Operation) and key.outputs:
            lines.append(f"Did you mean its output, {key.outputs[0].name!r}?")
        elif getattr(key, "graph", graph) is not graph:
            lines.append("Feed the placeholder that belongs to the graph of the session.")
        elif not isinstance(key, (str, bytes)):
            written = code("feed_dict={x: value}", "x", "value")
            lines.append(f"Write {written}: the keys are placeholders or other tensors.")
        raise TypeError(message(f"Cannot interpret feed_dict key as Tensor: {text}", *lines)) from None
    if not graph.is_feedable(tensor):
        raise ValueError(f"Tensor {tensor} may not be fed.")
    return [tensor]


def _items(feed_dict: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the pairs of a feed_dict; a tuple of keys, such as a recurrent network's state, has structured values."""
    try:
        items = feed_dict.items()
    except AttributeError:
        raise TypeError(
            f"input must be a dictionary\nfeed_dict is a {type(feed_dict).__name__}; write "
            f"{code('feed_dict={x: value}', 'x', 'value')}."
        ) from None
    for key, value in items:
        if not nest.is_nested(key):
            yield key, value
            continue
        keys, values = nest.flatten(key), nest.flatten(value)
        if len(keys) != len(values):
            raise ValueError(
                f"Could not flatten dictionary. Key had {len(keys)} elements, but value had {len(values)} "
                f"elements. Key: {keys}, value: {values}."
            )
        yield from zip(keys, values)


def expand_feeds(graph: Graph, feed_dict: Any) -> dict[Tensor, Any]:
    """Check a feed_dict and return tensors and numpy values."""
    feeds: dict[Tensor, Any] = {}
    for key, value in _items(feed_dict):
        tensors = resolve_feed_key(graph, key)
        values = [value] if len(tensors) == 1 and not isinstance(key, IndexedSlices) else list(value)
        for tensor, one in zip(tensors, values):
            feeds[tensor] = feed_value(tensor, one)
    return feeds


def as_feed(tensor: Tensor, value: Any) -> Any:
    """Return the value to run with for a fed tensor: where a ref is fed, a cell that holds a copy of the value."""
    return Cell(tensor.name, None, np.array(value)) if tensor.dtype._is_ref else value


def feed_value(tensor: Tensor, value: Any) -> Any:
    """Return `value` as an array that may stand for `tensor`; TF1's errors where it may not."""
    dtype = tensor.dtype.base_dtype
    wanted = dtype.as_numpy_dtype
    if type(value) is np.ndarray and value.dtype == wanted and wanted is not object:
        array = value
    else:
        array = _converted(tensor, value, dtype, wanted)
    known = tensor.shape._dims
    if known is not None and array.shape != known and not tensor.shape.is_compatible_with(array.shape):
        raise ValueError(
            message(
                f"Cannot feed value of shape {array.shape!r} for Tensor {tensor.name!r}, which has shape "
                f"'{tensor.shape}'",
                f"{made(tensor)} was given that shape there.",
                _shape_advice(array.shape, known),
            )
        )
    return array


def _converted(tensor: Tensor, value: Any, dtype: dtypes.DType, wanted: Any) -> np.ndarray:
    if isinstance(value, (Tensor, Operation)) or hasattr(value, "_as_graph_element"):
        run = code(f"value = {session_name(tensor.graph)}.run({name_of(value, '...')})", "sess")
        raise TypeError(
            message(
                "The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python scalars, "
                "strings, "
                "lists, numpy ndarrays, or TensorHandles. For reference, the tensor object "
                f"was {value} which was passed to the feed with key {tensor}.",
                f"The value is {made(value)}, the key is {made(tensor)}.",
                f"Run it first, {run}, or build on it in place of '{tensor.name}'.",
            )
        )
    if value is None:
        raise TypeError(
            f"The value of a feed cannot be None: it was passed to the feed with key {tensor}.\n"
            "Is it what a function without `return` gave?"
        )
    try:
        if isinstance(value, int) and not _holds(wanted, value):
            raise OverflowError
        if wanted is object and dtype is dtypes.string:
            array = np.array(value, dtype=object)
            return _TO_BYTES(array) if array.size else array
        return np.asarray(value, dtype=wanted)
    except OverflowError:
        kind = bool if wanted is np.bool_ else wanted
        raise TypeError(
            f"Type of feed value {value!r} with type {type(value)} is not compatible with Tensor type "
            f"{kind}. Try explicitly setting the type of the feed tensor to a larger type (e.g. int64)."
        ) from None
    except (TypeError, ValueError) as error:
        text, *more = str(error).partition(" The requested array has an inhomogeneous shape")
        raise type(error)(
            message(
                text,
                f"The value was fed for Tensor {tensor.name!r} of dtype {dtype.name} and shape {tensor.shape}.",
                "Its rows have different lengths: fill them up, or feed one by one." if more[0] else "",
            )
        ) from None


def _holds(wanted: Any, value: int) -> bool:
    """Return True if the type has an element equal to the integer."""
    if wanted is object:
        return False
    with np.errstate(all="ignore"):
        return wanted(value).item() == value


def _bytes(value: Any) -> bytes:
    if isinstance(value, str):
        return value.encode()
    if not isinstance(value, bytes):
        raise errors.InternalError(
            None, None, f"Unsupported object type {type(value).__name__}\nA string tensor takes strings and bytes."
        )
    return value


_TO_BYTES = np.vectorize(_bytes, otypes=[object])


def _shape_advice(found: tuple, known: tuple) -> str:
    """Return what to write so that a value of shape `found` fits a tensor of shape `known`."""
    if len(found) == len(known) == 2 and _fits(found[::-1], known):
        return "The axes look swapped: feed " + code("value.T", "value")
    if _fits((1, *found), known):
        return "The batch axis is missing: feed " + code("value[None]", "value")
    if _fits((*found, 1), known):
        return "The last axis is missing: feed " + code("value[:, None]", "value")
    if _has_other_rows(found, known):
        return "The rows have the right number of elements: feed " + code(f"value.reshape({[-1, *known[1:]]})", "value")
    if len(found) != len(known):
        return f"The value has {_axes(len(found))} where {_axes(len(known))} are needed."
    wrong = [i for i, (k, f) in enumerate(zip(known, found)) if k not in (None, f)]
    return f"Axis {wrong[0]} has size {found[wrong[0]]} where {known[wrong[0]]} is needed."


def _has_other_rows(found: tuple, known: tuple) -> bool:
    """Return True if a value has the right rows but for their shape: as many elements, on more or fewer axes."""
    rows = tuple(size or 1 for size in found[:1])
    return (
        len(found) != len(known)
        and _fits((*rows, *known[1:]), known)
        and math.prod(found[1:]) == math.prod(size or 0 for size in known[1:])
    )


def _axes(count: int) -> str:
    return "1 axis" if count == 1 else f"{count} axes"


def _fits(found: tuple, known: tuple) -> bool:
    return len(found) == len(known) and all(k in (None, f) for k, f in zip(known, found))
