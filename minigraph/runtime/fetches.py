"""What may be fetched and fed: from the user's structures to tensors and operations, and back to structures."""
from __future__ import annotations

from typing import Any, Callable

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.graph import Graph
from minigraph.graph.indexed_slices import IndexedSlices, IndexedSlicesValue
from minigraph.graph.operation import Operation, Tensor

__all__ = ["Fetches", "expand_feeds", "register_composite"]

_composites: list[tuple[type, Callable, Callable]] = [(
    IndexedSlices,
    lambda s: [s.values, s.indices] + ([] if s.dense_shape is None else [s.dense_shape]),
    lambda values: IndexedSlicesValue(*values))]


def register_composite(kind: type, components: Callable, rebuild: Callable) -> None:
    """Makes instances of `kind` fetchable and feedable: `components(x)` gives its tensors, `rebuild(values)` the
    value that a session gives for it."""
    _composites.append((kind, components, rebuild))


class Fetches:
    """A structure of fetches, flattened.

    Args:
        graph: the session's graph.
        structure: a tensor, operation, variable or name, or lists, tuples, namedtuples and dicts of them.

    Attributes:
        unique: the different tensors and operations, in order of appearance.

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
        self._build = self._mapper(structure, structure, "")
        self.unique = list(self._index)

    def rebuild(self, values: list) -> Any:
        """Puts the values of `unique` in the places of the structure."""
        return self._build([_plain(v) for v in values])

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
        for composite, components, rebuild in _composites:
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


def _plain(value: Any) -> Any:
    """A value as TF1 gives it: numpy scalars for scalars, bytes for a string, arrays that nobody else holds."""
    if isinstance(value, np.ndarray):
        if value.ndim:
            return value.copy()     # the run's own array may be a constant, a variable's value or the user's feed
        return value[()]
    return value


def resolve_feed_key(graph: Graph, key: Any) -> list[Tensor]:
    """Gives the tensors that a key of feed_dict stands for."""
    for composite, components, _ in _composites:
        if isinstance(key, composite):
            return components(key)
    try:
        tensor = graph.as_graph_element(key, allow_operation=False)
    except (TypeError, ValueError, KeyError) as error:
        text = error.args[0] if error.args else error
        close = ""
        if isinstance(key, Operation):
            close = f"\nDid you mean {key.name + ':0'!r}?" if key.outputs else ""
        raise TypeError(f"Cannot interpret feed_dict key as Tensor: {text}{close}") from None
    if not graph.is_feedable(tensor):
        raise ValueError(f"Tensor {tensor} may not be fed.")
    return [tensor]


def expand_feeds(graph: Graph, feed_dict: Any) -> dict[Tensor, Any]:
    """Checks a feed_dict and gives tensors and numpy values."""
    feeds: dict[Tensor, Any] = {}
    try:
        items = feed_dict.items()
    except AttributeError:
        raise TypeError(f"feed_dict must be a dict of tensors and values, not {type(feed_dict).__name__}: "
                        "write feed_dict={x: value}") from None
    for key, value in items:
        tensors = resolve_feed_key(graph, key)
        values = [value] if len(tensors) == 1 and not isinstance(key, IndexedSlices) else list(value)
        for tensor, one in zip(tensors, values):
            feeds[tensor] = feed_value(tensor, one)
    return feeds


def feed_value(tensor: Tensor, value: Any) -> Any:
    """Gives `value` as an array that may stand for `tensor`; TF1's errors where it may not."""
    dtype = tensor._dtype.base_dtype
    wanted = dtype.as_numpy_dtype
    if type(value) is np.ndarray and value.dtype.type is wanted and wanted is not object:
        array = value
    else:
        array = _converted(tensor, value, dtype, wanted)
    known = tensor._shape._dims
    if known is not None and array.shape != known and not tensor._shape.is_compatible_with(array.shape):
        raise ValueError(f"Cannot feed value of shape {array.shape!r} for Tensor {tensor.name!r}, which has shape "
                         f"'{tensor._shape}'{_shape_advice(array.shape, known)}")
    return array


def _converted(tensor: Tensor, value: Any, dtype: dtypes.DType, wanted: Any) -> np.ndarray:
    if isinstance(value, (Tensor, Operation)) or hasattr(value, "_as_graph_element"):
        raise TypeError("The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python "
                        "scalars, strings, lists, numpy ndarrays, or TensorHandles. For reference, the tensor object "
                        f"was {value} which was passed to the feed with key {tensor}.\nRun it first, "
                        f"`value = sess.run(...)`, or build the graph on it in place of '{tensor.name}'.")
    if value is None:
        raise TypeError(f"The value of a feed cannot be None: it was passed to the feed with key {tensor}.")
    if wanted is object and dtype is dtypes.string:
        array = np.array(value, dtype=object)
        return np.vectorize(lambda v: v.encode() if isinstance(v, str) else v, otypes=[object])(array) \
            if array.size else array
    try:
        if isinstance(value, int) and dtype.is_integer and not dtype.min <= value <= dtype.max:
            raise OverflowError
        return np.asarray(value, dtype=wanted)
    except OverflowError:
        raise TypeError(f"Type of feed value {value!r} with type {type(value)} is not compatible with Tensor type "
                        f"{dtype.name}. Try explicitly setting the type of the feed tensor to a larger type (e.g. "
                        "int64).") from None
    except (TypeError, ValueError) as error:
        raise type(error)(f"{error}\nThe value was fed for Tensor {tensor.name!r} of dtype {dtype.name} and shape "
                          f"{tensor._shape}.") from None


def _shape_advice(found: tuple, known: tuple) -> str:
    if len(found) == len(known) == 2 and known[1] in (None, found[0]) and known[0] in (None, found[1]):
        return "\nThe axes look swapped: feed value.T"
    if len(found) + 1 == len(known) and all(k in (None, f) for k, f in zip(known[1:], found)):
        return "\nThe batch axis is missing: feed value[None]"
    if len(found) == len(known):
        wrong = [i for i, (k, f) in enumerate(zip(known, found)) if k not in (None, f)]
        return f"\nAxis {wrong[0]} has size {found[wrong[0]]} where {known[wrong[0]]} is needed."
    return f"\nThe value has {len(found)} axes where {len(known)} are needed."
