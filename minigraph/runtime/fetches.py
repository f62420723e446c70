"""What may be fetched: from the user's structures to tensors and operations, and back to structures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.dead import DEAD
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.runtime import refused

__all__ = ["Fetches", "is_flat", "key_of", "plain", "take"]


class Fetches:
    """A structure of fetches, flattened; `session_made` is the trace of the call that made the session, for messages.

    Raises:
        TypeError, ValueError: with TF1's messages and the place in the structure, for what cannot be fetched.

    Example:
        >>> graph = tf.get_default_graph()
        >>> a = tf.constant(1.0, name="a")
        >>> fetches = Fetches(graph, {"x": a, "y": ["a:0"]})
        >>> fetches.unique, fetches.rebuild([1.0])
        ([<tf.Tensor 'a:0' shape=() dtype=float32>], {'x': 1.0, 'y': [1.0]})
    """

    def __init__(self, graph: Graph, structure: Any, session_made: tuple = ()):
        self._graph, self._session_made = graph, session_made
        self._index: dict[Any, int] = {}
        self.rebuild = self._mapper(structure, "")  # puts the values of `unique` in the places of the structure
        self.unique = list(self._index)  # the different tensors and operations, in order of appearance
        self.is_single = isinstance(structure, (Tensor, Operation))

    def _mapper(self, fetch: Any, place: str, beside: Any = ()) -> Callable[[list], Any]:
        """Return the function from the values of `unique` to what goes to this place, among the fetches `beside`."""
        if fetch is None:
            raise refused.none_fetched(self._graph, place, beside)
        if isinstance(fetch, (list, tuple)):
            kind = type(fetch)
            parts = [self._mapper(f, f"{place}[{i}]", fetch) for i, f in enumerate(fetch)]
            make: Callable = kind._make if hasattr(kind, "_make") else kind
            return lambda values: make([part(values) for part in parts])
        if isinstance(fetch, dict):
            mapping: Callable = type(fetch)
            pairs = [(k, self._mapper(f, f"{place}[{k!r}]", fetch.values())) for k, f in fetch.items()]
            return lambda values: mapping((k, part(values)) for k, part in pairs)
        if (made := getattr(type(fetch), "value_type", None)) is not None:  # IndexedSlices, a SparseTensor
            places = [self._place(t, fetch, place) for t in fetch.nest_parts()]
            return lambda values: made(*[values[i] for i in places])
        index = self._place(fetch, fetch, place)
        return lambda values: values[index]

    def _place(self, fetch: Any, original: Any, place: str) -> int:
        """Return the index in `unique` of a fetch, which is `original` or one of its components."""
        try:
            element = self._graph.as_graph_element(fetch)
        except (TypeError, ValueError, KeyError) as error:
            raise refused.unknown_fetch(self._graph, self._session_made, fetch, original, place, error) from None
        if self._session_made and isinstance(fetch, (str, bytes)) and isinstance(element, Operation):  # to be run
            refused.hint_at_outputs(element)
        if not self._graph.is_fetchable(element):
            raise refused.inaccessible(self._graph, element if isinstance(element, Operation) else element.op)
        if isinstance(element, Tensor) and element.dtype.base_dtype is dtypes.variant:
            raise refused.inconvertible(element)
        return self._index.setdefault(element, len(self._index))


def key_of(fetches: Any) -> Any:
    """Return the key of fetches, which tells a list from a tuple and from a namedtuple (unless they stand inside)."""
    if isinstance(fetches, (list, tuple)):
        return type(fetches), *fetches
    return (type(fetches), *fetches.items()) if isinstance(fetches, dict) else fetches


def is_flat(things: Any) -> bool:
    """Return True if there are no tuples inside: equal ones may differ in kind, and stand for several feeds."""
    inside = things.values() if isinstance(things, dict) else things if isinstance(things, (list, tuple)) else ()
    return not any(isinstance(thing, tuple) for thing in inside)


def take(fetch: Any, value: Any) -> Any:
    """Return a fetched value; a variable is read at the end of the run."""
    if value is DEAD:
        raise errors.InvalidArgumentError(None, None, f"Retval[0] does not have value\n{fetch.name} did not run.")
    if not isinstance(fetch, Tensor) or not fetch.dtype._is_ref:
        return value
    try:
        return value.read()
    except errors.FailedPreconditionError as error:
        error.minigraph_op, error.minigraph_inputs = fetch.op, []  # type: ignore[attr-defined]
        raise


def plain(value: Any) -> Any:
    """Return a value as TF1 gives it: numpy scalars for scalars, bytes for a string, arrays that nobody else holds."""
    if isinstance(value, np.ndarray):
        return value.copy() if value.ndim else value[()]
    return value
