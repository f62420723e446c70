"""Why something cannot be fetched or fed: errors with TF1's first sentence, and what to write in its place."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.code import code, graph_name, name_of, session_name
from minigraph.graph.graph import Graph
from minigraph.graph.messages import graph_text, made
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.text import message
from minigraph.graph.traces import format_where
from minigraph.graph.warn import warn

__all__ = ["hint_at_outputs", "inaccessible", "none_fetched", "unknown_fetch", "wrong_shape"]
__all__ += ["not_a_dict", "not_a_value", "not_bytes", "not_convertible", "parts", "unequal", "unknown_feed"]

# Fetches


def none_fetched(graph: Graph, place: str, beside: Any) -> TypeError:
    """Return the error for a None among the fetches `beside` it, and say where it may come from."""
    if any(isinstance(f, Tensor) and f.op.stage == "gradients" for f in beside):
        lines = [
            "The others there are gradients: that of a variable on which the loss does not depend is None.",
            f"{code('tf.explain.why_none(loss, v)', 'loss', 'v')} says why; leave it out: "
            f"{code('[g for g in grads if g is not None]', 'grads')}.",
        ]
    elif not graph.get_collection("summaries"):
        lines = [
            "A gradient can be None; merge_all() gives None here, since the graph has no summaries; and so "
            "does a function without `return`."
        ]
    else:
        lines = ["A gradient that is None and a function without `return` give None."]
    return TypeError(message(f"Fetch argument None has invalid type {type(None)!r}", _at(place), *lines))


def unknown_fetch(
    graph: Graph, session_made: tuple, fetch: Any, original: Any, place: str, error: Exception
) -> Exception:
    """Return the error for what is not, or does not name, an element of the session's graph."""
    if isinstance(error, TypeError):
        shown = str(original) if isinstance(original, np.generic) else repr(original)
        text = f"Fetch argument {shown} has invalid type {type(original)!r}, must be a string or Tensor. ({error})"
        return TypeError(message(text, _at(place), *_overwritten(original)))
    text, *lines = str(error.args[0]).split("\n")
    if getattr(fetch, "graph", graph) is not graph:
        told = code(f"tf.Session(graph={graph_name(fetch.graph)})", "graph")
        lines[1:] = [
            f"The session, made at {format_where(session_made)}, runs {graph_text(graph)}.",
            f"Make it with the graph: {told}; after reset_default_graph() make all anew.",
        ]
    text = f"Fetch argument {original!r} cannot be interpreted as a Tensor. ({text})"
    return ValueError(message(text, _at(place), *lines))


def inaccessible(graph: Graph, op: Operation) -> ValueError:
    """Return the error for an operation that may not be fetched."""
    name = getattr(op.graph, "name_outside", lambda op: op.name)(op)
    lines = [
        f"It is {made(op)}, in the body of a conditional or loop.",
        "Return it from the function in which it is made, and fetch what the conditional or loop gives.",
    ] * (op.graph is not graph)
    return errors.InaccessibleTensorError(message(f"Operation {name!r} has been marked as not fetchable.", *lines))


def inconvertible(tensor: Tensor) -> errors.OpError:
    """Return the error for a variant, which has no numpy value."""
    lines = f"{tensor.name} is a variant, as the flow of a TensorArray is.", "Fetch its elements: array.stack()."
    text = message("Tensorflow type 21 not convertible to numpy dtype.", *lines)
    return errors.InternalError(None, tensor.op, text)


def hint_at_outputs(op: Operation) -> None:
    """Warn where an operation was fetched by name that does nothing but give a value."""
    if op.op_def.is_pure and op.outputs:
        run = code(f"{session_name(op.graph)}.run({op.outputs[0].name!r})", "sess")
        warn(message(f"fetching the operation {op.name!r} gives None.", f"For its value write {run}."))


def _at(place: str) -> str:
    return f"It stands at fetches{place}." if place else ""


def _overwritten(value: Any) -> list[str]:
    if not isinstance(value, (int, float, complex, np.ndarray, np.generic)):
        return ["What can be fetched: tensors, operations, variables, names, and lists, tuples or dicts of them."]
    return [
        "This is a value, as an earlier run() gives it: in `loss = sess.run(loss)` the name of the tensor is "
        f"overwritten. Write `{code('loss_value = sess.run(loss)', 'sess', 'loss')}`."
    ]


# Feeds


def not_a_dict(feed_dict: Any) -> TypeError:
    """Return the error for a feed_dict that is not a dict."""
    written = code("feed_dict={x: value}", "x", "value")
    return TypeError(f"input must be a dictionary\nfeed_dict is a {type(feed_dict).__name__}; write {written}.")


def unequal(keys: list, values: list) -> ValueError:
    """Return the error for a tuple of keys that is given a structure of more or fewer values."""
    counts = f"Key had {len(keys)} elements, but value had {len(values)} elements."
    return ValueError(f"Could not flatten dictionary. {counts} Key: {keys}, value: {values}.")


def unknown_feed(graph: Graph, key: Any, error: Exception) -> TypeError:
    """Return the error for a key of feed_dict that is not a tensor of the session's graph."""
    text, *lines = str(error.args[0]).split("\n")
    if isinstance(key, Operation) and key.outputs:
        lines.append(f"Did you mean its output, {key.outputs[0].name!r}?")
    elif getattr(key, "graph", graph) is not graph:
        lines.append("Feed the placeholder that belongs to the graph of the session.")
    elif not isinstance(key, (str, bytes)):
        written = code("feed_dict={x: value}", "x", "value")
        lines.append(f"Write {written}: the keys are placeholders or other tensors.")
    return TypeError(message(f"Cannot interpret feed_dict key as Tensor: {text}", *lines))


def parts(key: Any, tensors: list[Tensor], value: Any) -> Any:
    """Return the parts of what is fed for a sparse tensor or slices; TypeError for anything that has none."""
    if isinstance(value, (tuple, list)):
        return value
    kind, got = type(key).value_type.__name__, type(value).__name__
    raise TypeError(f"'{tensors[0].op.name}' is fed a {kind} or a tuple of its parts, but was given: {got}")


def not_a_value(tensor: Tensor, value: Any) -> TypeError:
    """Return the error for a tensor, or None, that is fed in place of a value."""
    if value is None:
        return TypeError(
            f"The value of a feed cannot be None: it was passed to the feed with key {tensor}.\n"
            "Is it what a function without `return` gave?"
        )
    run = code(f"value = {session_name(tensor.graph)}.run({name_of(value, '...')})", "sess")
    return TypeError(
        message(
            "The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python scalars, strings, "
            "lists, numpy ndarrays, or TensorHandles. For reference, the tensor object "
            f"was {value} which was passed to the feed with key {tensor}.",
            f"The value is {made(value)}, the key is {made(tensor)}.",
            f"Run it first, {run}, or build on it in place of '{tensor.name}'.",
        )
    )


def not_convertible(tensor: Tensor, value: Any, error: Exception) -> Exception:
    """Return the error for a value that numpy cannot convert to the tensor's type."""
    if isinstance(error, OverflowError):
        wanted: Any = tensor.dtype.base_dtype.as_numpy_dtype
        return TypeError(
            f"Type of feed value {value!r} with type {type(value)} is not compatible with Tensor type "
            f"{bool if wanted is np.bool_ else wanted}. Try explicitly setting the type of the feed tensor to a larger "
            "type (e.g. int64)."
        )
    text, inhomogeneous, _ = str(error).partition(" The requested array has an inhomogeneous shape")
    kind = tensor.dtype.base_dtype.name
    return type(error)(
        message(
            text,
            f"The value was fed for Tensor {tensor.name!r} of dtype {kind} and shape {tensor.shape}.",
            "Its rows have different lengths: fill them up, or feed one by one." if inhomogeneous else "",
        )
    )


def not_bytes(value: Any) -> errors.OpError:
    """Return the error for what is fed for a string and is neither text nor bytes."""
    text = f"Unsupported object type {type(value).__name__}\nA string tensor takes strings and bytes."
    return errors.InternalError(None, None, text)


def wrong_shape(tensor: Tensor, found: tuple, known: tuple) -> ValueError:
    """Return the error for a value of another shape than the tensor's, with what to write so that it fits."""
    text = f"Cannot feed value of shape {found!r} for Tensor {tensor.name!r}, which has shape '{tensor.shape}'"
    return ValueError(message(text, f"{made(tensor)} was given that shape there.", _shape_advice(found, known)))


def _shape_advice(found: tuple, known: tuple) -> str:
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
    at = next(i for i, (k, f) in enumerate(zip(known, found)) if k not in (None, f))
    return f"Axis {at} has size {found[at]} where {known[at]} is needed."


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
