"""What may be fed: from a user's feed_dict to tensors and arrays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minigraph.graph import nest
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.to_array import encoded
from minigraph.graph.variable_cell import Cell
from minigraph.runtime import failures, refused
from minigraph.runtime.plan import Plan, is_read

__all__ = ["as_feed", "check_feeds", "expand_feeds", "feed_value", "resolve_feed_key"]


def resolve_feed_key(graph: Graph, key: Any) -> list[Tensor]:
    """Return the tensors that a key of feed_dict stands for."""
    if hasattr(type(key), "value_type"):  # IndexedSlices, a SparseTensor
        return key.nest_parts()
    try:
        tensor = graph.as_graph_element(key, allow_operation=False)
    except (TypeError, ValueError, KeyError) as error:
        raise refused.unknown_feed(graph, key, error) from None
    if not graph.is_feedable(tensor):
        raise ValueError(f"Tensor {tensor} may not be fed.")
    return [tensor]


def _items(feed_dict: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the pairs of a feed_dict; a tuple of keys, such as a recurrent network's state, has structured values."""
    if not hasattr(feed_dict, "items"):
        raise refused.not_a_dict(feed_dict)
    for key, value in feed_dict.items():
        if not nest.is_nested(key):
            yield key, value
            continue
        keys, values = nest.flatten(key), nest.flatten(value)
        if len(keys) != len(values):
            raise refused.unequal(keys, values)
        yield from zip(keys, values)


def expand_feeds(graph: Graph, feed_dict: Any) -> dict[Tensor, Any]:
    """Check a feed_dict and return tensors and numpy values."""
    feeds: dict[Tensor, Any] = {}
    for key, value in _items(feed_dict):
        tensors = resolve_feed_key(graph, key)
        values = [value] if len(tensors) == 1 else refused.parts(key, tensors, value)
        for tensor, one in zip(tensors, values):
            feeds[tensor] = feed_value(tensor, one)
    return feeds


def check_feeds(plan: Plan) -> None:
    """Raise what there is to raise before a run: a placeholder is not fed, or a variable is fed that must be there."""
    if plan.unfed:
        raise failures.unfed(plan)
    fed = {t: i for i, t in enumerate(sorted(plan.feeds, key=lambda t: t.name)) if t.dtype._is_ref}
    for op in plan.steps if fed else ():
        for j, t in enumerate(op.inputs):
            if t in fed and not is_read(op, j):
                raise failures.fed_in_place(op, j, t, fed[t])


def as_feed(tensor: Tensor, value: Any) -> Any:
    """Return the value to run with for a fed tensor: where a ref is fed, a cell that holds a copy of the value."""
    return Cell(tensor.name, None, np.array(value)) if tensor.dtype._is_ref else value


def feed_value(tensor: Tensor, value: Any) -> Any:
    """Return `value` as an array that may stand for `tensor`; TF1's errors where it may not."""
    wanted = tensor.dtype.base_dtype.as_numpy_dtype
    if type(value) is np.ndarray and value.dtype == wanted and wanted is not object:
        array = value
    else:
        array = _converted(tensor, value, wanted)
    known = tensor.shape._dims
    if known is not None and array.shape != known and not tensor.shape.is_compatible_with(array.shape):
        raise refused.wrong_shape(tensor, array.shape, known)
    return array


def _converted(tensor: Tensor, value: Any, wanted: Any) -> np.ndarray:
    if value is None or isinstance(value, (Tensor, Operation)) or hasattr(value, "_as_graph_element"):
        raise refused.not_a_value(tensor, value)
    try:
        if isinstance(value, int) and not _holds(wanted, value):
            raise OverflowError
        if tensor.dtype.base_dtype.name == "string":
            array = np.array(value, dtype=object)
            strings = array.ravel().tolist()
            for each in strings:
                if not isinstance(each, (str, bytes)):
                    raise refused.not_bytes(each)
            return encoded(strings, array.shape)
        return np.asarray(value, dtype=wanted)
    except (OverflowError, TypeError, ValueError) as error:
        raise refused.not_convertible(tensor, value, error) from None


def _holds(wanted: Any, value: int) -> bool:
    """Return True if the type has an element equal to the integer."""
    with np.errstate(all="ignore"):
        return wanted is not object and wanted(value).item() == value
