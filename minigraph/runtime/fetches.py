"""What may be fetched: from the user's structures to tensors and operations, and back to structures."""
from __future__ import annotations

from typing import Any, Callable

import numpy as np

from minigraph.graph.graph import Graph
from minigraph.graph.indexed_slices import IndexedSlices, IndexedSlicesValue
from minigraph.graph.operation import Operation, Tensor

__all__ = ["Fetches", "register_composite", "composites"]

composites: list[tuple[type, Callable, Callable]] = [(
    IndexedSlices,
    lambda s: [s.values, s.indices] + ([] if s.dense_shape is None else [s.dense_shape]),
    lambda values: IndexedSlicesValue(*values))]


def register_composite(kind: type, components: Callable, rebuild: Callable) -> None:
    """Makes instances of `kind` fetchable and feedable: `components(x)` gives its tensors, `rebuild(values)` the
    value that a session gives for it."""
    composites.append((kind, components, rebuild))


class Fetches:
    """A structure of fetches, flattened.

    Args:
        graph: the session's graph.
        structure: a tensor, operation, variable or name, or lists, tuples, namedtuples and dicts of them.

    Attributes:
        unique: the different tensors and operations, in order of appearance.
        rebuild: puts the values of `unique` in the places of the structure.
        is_single: the structure is one tensor or operation.

    Raises:
        TypeError, ValueError: with TF1's messages and the place in the structure, for what cannot be fetched.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default() as graph:
        ...     a = tf.constant(1.0, name="a")
        ...     fetches = Fetches(graph, {"x": a, "y": ["a:0"]})
        >>> fetches.unique, fetches.rebuild([1.0])
        ([<tf.Tensor 'a:0' shape=() dtype=float32>], {'x': 1.0, 'y': [1.0]})
    """

    def __init__(self, graph: Graph, structure: Any):
        self._graph = graph
        self._index: dict[Any, int] = {}
        self.rebuild = self._mapper(structure, structure, "")
        self.unique = list(self._index)
        self.is_single = isinstance(structure, (Tensor, Operation))

    def _mapper(self, fetch: Any, whole: Any, place: str) -> Callable[[list], Any]:
        if fetch is None:
            at = f"\nIt stands at fetches{place}." if place else ""
            raise TypeError(f"Fetch argument {whole!r} has invalid type {type(fetch)!r}{at}\nA gradient that is None, "
                            "merge_all() without summaries and a function without `return` give None.")
        if isinstance(fetch, (list, tuple)):
            kind = type(fetch)
            parts = [self._mapper(f, f, f"{place}[{i}]") for i, f in enumerate(fetch)]
            make: Callable = kind._make if hasattr(kind, "_make") else kind
            return lambda values: make([part(values) for part in parts])
        if isinstance(fetch, dict):
            mapping: Callable = type(fetch)
            pairs = [(k, self._mapper(f, f, f"{place}[{k!r}]")) for k, f in fetch.items()]
            return lambda values: mapping((k, part(values)) for k, part in pairs)
        for composite, components, rebuild in composites:
            if isinstance(fetch, composite):
                places = [self._place(t, fetch, place) for t in components(fetch)]
                return lambda values: rebuild([values[i] for i in places])
        index = self._place(fetch, fetch, place)
        return lambda values: values[index]

    def _place(self, fetch: Any, original: Any, place: str) -> int:
        try:
            element = self._graph.as_graph_element(fetch)
        except TypeError as error:
            raise TypeError(f"Fetch argument {original!r} has invalid type {type(original)!r}, must be a string or "
                            f"Tensor. ({error}){_advice(original, place)}") from None
        except (ValueError, KeyError) as error:
            raise ValueError(f"Fetch argument {original!r} cannot be interpreted as a Tensor. ({error})") from None
        if not self._graph.is_fetchable(element):
            raise ValueError(f"Operation {element.name!r} has been marked as not fetchable.")
        return self._index.setdefault(element, len(self._index))


def _advice(value: Any, place: str) -> str:
    at = f"\nIt stands at fetches{place}." if place else ""
    if isinstance(value, (int, float, complex, np.ndarray, np.generic)):
        return (f"{at}\nThis is a value, as an earlier run() gives it: in `loss = sess.run(loss)` the name of the "
                "tensor is\noverwritten. Write `loss_value = sess.run(loss)`.")
    return at
