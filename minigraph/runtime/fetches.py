"""What may be fetched: from the user's structures to tensors and operations, and back to structures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.code import code, graph_name, session_name
from minigraph.graph.errors import InaccessibleTensorError
from minigraph.graph.graph import Graph
from minigraph.graph.indexed_slices import IndexedSlices, IndexedSlicesValue
from minigraph.graph.messages import graph_text, made
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.provenance import format_where, warn
from minigraph.graph.text import message

__all__ = ["Fetches", "check_not_empty", "composites", "is_flat", "key_of", "plain", "register_composite", "take"]

composites: list[tuple[type, Callable, Callable]] = [
    (
        IndexedSlices,
        lambda s: [s.values, s.indices] + ([] if s.dense_shape is None else [s.dense_shape]),
        lambda values: IndexedSlicesValue(*values),
    )
]


def register_composite(kind: type, components: Callable, rebuild: Callable) -> None:
    """Make instances of `kind` fetchable and feedable: `components(x)` gives its tensors, `rebuild(values)` the
    value that a session gives for it."""
    composites.append((kind, components, rebuild))


class Fetches:
    """A structure of fetches, flattened.

    Args:
        graph: the session's graph.
        structure: a tensor, operation, variable or name, or lists, tuples, namedtuples and dicts of them.
        session_made: the trace of the call that made the session, for messages.

    Attributes:
        unique: the different tensors and operations, in order of appearance.
        rebuild: puts the values of `unique` in the places of the structure.
        is_single: the structure is one tensor or operation.

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
        self.rebuild = self._mapper(structure, "")
        self.unique = list(self._index)
        self.is_single = isinstance(structure, (Tensor, Operation))

    def _mapper(self, fetch: Any, place: str, beside: Any = ()) -> Callable[[list], Any]:
        """Return the function from the values of `unique` to what goes to this place; `beside` are the fetches around
        it.
        """
        if fetch is None:
            raise TypeError(
                message(f"Fetch argument {fetch!r} has invalid type {type(fetch)!r}", _at(place), *self._none(beside))
            )
        if isinstance(fetch, (list, tuple)):
            kind = type(fetch)
            parts = [self._mapper(f, f"{place}[{i}]", fetch) for i, f in enumerate(fetch)]
            make: Callable = kind._make if hasattr(kind, "_make") else kind
            return lambda values: make([part(values) for part in parts])
        if isinstance(fetch, dict):
            mapping: Callable = type(fetch)
            pairs = [(k, self._mapper(f, f"{place}[{k!r}]", fetch.values())) for k, f in fetch.items()]
            return lambda values: mapping((k, part(values)) for k, part in pairs)
        for composite, components, rebuild in composites:
            if isinstance(fetch, composite):
                places = [self._place(t, fetch, place) for t in components(fetch)]
                return lambda values: rebuild([values[i] for i in places])
        index = self._place(fetch, fetch, place)
        return lambda values: values[index]

    def _none(self, beside: Any) -> list[str]:
        """Explain where a None may come from."""
        if any(isinstance(f, Tensor) and f.op.stage == "gradients" for f in beside):
            return [
                "The others there are gradients: that of a variable on which the loss does not depend is None.",
                f"{code('tf.explain.why_none(loss, v)', 'loss', 'v')} says why; leave it out: "
                f"{code('[g for g in grads if g is not None]', 'grads')}.",
            ]
        if not self._graph.get_collection("summaries"):
            return [
                "A gradient can be None; merge_all() gives None here, since the graph has no summaries; and so "
                "does a function without `return`."
            ]
        return ["A gradient that is None and a function without `return` give None."]

    def _place(self, fetch: Any, original: Any, place: str) -> int:
        try:
            element = self._graph.as_graph_element(fetch)
        except TypeError as error:
            raise TypeError(
                message(
                    f"Fetch argument {_shown(original)} has invalid type {type(original)!r}, must be a string or "
                    f"Tensor. "
                    f"({error})",
                    _at(place),
                    *_overwritten(original),
                )
            ) from None
        except (ValueError, KeyError) as error:
            text, *lines = str(error.args[0]).split("\n")
            if getattr(fetch, "graph", self._graph) is not self._graph:
                made = format_where(self._session_made)
                told = code(f"tf.Session(graph={graph_name(fetch.graph)})", "graph")
                lines[1:] = [
                    f"The session, made at {made}, runs {graph_text(self._graph)}.",
                    f"Make it with the graph: {told}; after reset_default_graph() make all anew.",
                ]
            raise ValueError(
                message(f"Fetch argument {original!r} cannot be interpreted as a Tensor. ({text})", _at(place), *lines)
            ) from None
        if self._session_made and isinstance(fetch, (str, bytes)) and isinstance(element, Operation):  # to be run
            _hint_at_outputs(element)
        if not self._graph.is_fetchable(element):
            raise self._inaccessible(element if isinstance(element, Operation) else element.op)
        _check_convertible(element)
        return self._index.setdefault(element, len(self._index))

    def _inaccessible(self, op: Operation) -> ValueError:
        name = getattr(op.graph, "name_outside", lambda op: op.name)(op)
        lines = (
            []
            if op.graph is self._graph
            else [
                f"It is {made(op)}, in the body of a conditional or loop.",
                "Return it from the function in which it is made, and fetch what the conditional or loop gives.",
            ]
        )
        return InaccessibleTensorError(message(f"Operation {name!r} has been marked as not fetchable.", *lines))


def _at(place: str) -> str:
    return f"It stands at fetches{place}." if place else ""


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, np.generic) else repr(value)


def _overwritten(value: Any) -> list[str]:
    if not isinstance(value, (int, float, complex, np.ndarray, np.generic)):
        return ["What can be fetched: tensors, operations, variables, names, and lists, tuples or dicts of them."]
    return [
        "This is a value, as an earlier run() gives it: in `loss = sess.run(loss)` the name of the tensor is "
        f"overwritten. Write `{code('loss_value = sess.run(loss)', 'sess', 'loss')}`."
    ]


def _check_convertible(element: Tensor | Operation) -> None:
    """Raise InternalError for a variant, which has no numpy value."""
    if isinstance(element, Tensor) and element.dtype.base_dtype is dtypes.variant:
        words = "Tensorflow type 21 not convertible to numpy dtype."
        lines = f"{element.name} is a variant, as the flow of a TensorArray is.", "Fetch its elements: array.stack()."
        raise errors.InternalError(None, element.op, message(words, *lines))


def _hint_at_outputs(op: Operation) -> None:
    """Warn where an operation was fetched by name that does nothing but give a value."""
    if op.op_def.is_pure and op.outputs:
        warn(
            message(
                f"fetching the operation {op.name!r} gives None.",
                f"For its value write {code(f'{session_name(op.graph)}.run({op.outputs[0].name!r})', 'sess')}.",
            )
        )


def check_not_empty(handler: Fetches) -> None:
    """Raise InvalidArgumentError if nothing is fetched."""
    if not handler.unique:
        raise errors.InvalidArgumentError(None, None, "Must specify at least one target to fetch or execute.")


def key_of(fetches: Any) -> Any:
    """Return the key of fetches, which tells a list from a tuple and from a namedtuple (unless they stand inside)."""
    return (type(fetches), *fetches) if isinstance(fetches, (list, tuple)) else fetches


def is_flat(things: Any) -> bool:
    """Return True if there are no tuples inside: equal ones may differ in kind, and stand for several feeds."""
    return not any(isinstance(thing, tuple) for thing in (things if isinstance(things, (list, tuple)) else ()))


def take(fetch: Any, value: Any) -> Any:
    """Return a fetched value; a variable is read at the end of the run."""
    if isinstance(fetch, Tensor) and fetch.dtype._is_ref:
        try:
            return value.read()
        except errors.FailedPreconditionError as error:
            error.minigraph_op, error.minigraph_inputs = fetch.op, []  # type: ignore[attr-defined]
            raise
    return value


def plain(value: Any) -> Any:
    """Return a value as TF1 gives it: numpy scalars for scalars, bytes for a string, arrays that nobody else holds."""
    if isinstance(value, np.ndarray):
        return value.copy() if value.ndim else value[()]
    return value
