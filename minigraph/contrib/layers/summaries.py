"""Summaries of tensors, of the activations of layers, and of collections."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.ops.arrays import cast, older_casts
from minigraph.ops.math import comparison, reductions
from minigraph.ops.summary.histogram import histogram
from minigraph.ops.summary.scalar import scalar

__all__ = [
    "summarize_tensor",
    "summarize_activation",
    "summarize_tensors",
    "summarize_collection",
    "summarize_variables",
    "summarize_weights",
    "summarize_biases",
    "summarize_activations",
]


def summarize_tensor(tensor: Any, tag: str | None = None) -> Tensor | None:
    """Build a scalar summary of a scalar, and a histogram of anything else; None for strings and booleans.

    Args:
        tensor: a tensor or variable.
        tag: the name of the summary, by default that of the tensor with "_summary".

    Example:
        >>> print(tf.contrib.layers.summarize_tensor(tf.constant(1.0, name="x")).name)
        x_summary:0
    """
    if tensor.dtype.base_dtype in (dtypes.string, dtypes.bool_):
        return None
    make = scalar if tensor.shape.ndims == 0 else histogram
    return make(tag or f"{tensor.op.name}_summary", tensor)


def summarize_activation(op: Tensor) -> Tensor:
    """Build a histogram of activations; of a relu or softplus also the fraction of negative inputs, as a scalar.

    Args:
        op: the output of an activation function.

    Returns:
        The histogram's summary.

    Example:
        >>> summary = tf.contrib.layers.summarize_activation(tf.nn.relu([-1.0, 2.0]))
        >>> print([each.op.type for each in tf.get_collection(tf.GraphKeys.SUMMARIES)])
        ['ScalarSummary', 'HistogramSummary']
    """
    with get_default_graph().atomic():
        kind, name = op.op.type, op.op.name
        if kind in ("Relu", "Softplus", "Relu6"):
            _summarize_fraction(comparison.less, op, 0.0, f"{name}/zeros")
        if kind == "Relu6":
            _summarize_fraction(comparison.greater, op, 6.0, f"{name}/sixes")
        return histogram(f"{name}/activation", op)


def _summarize_fraction(compare: Callable, op: Tensor, limit: float, tag: str) -> None:
    given = op.op.inputs[0]
    scalar(tag, reductions.reduce_mean(older_casts.to_float(compare(given, cast.cast(limit, given.dtype)))))


def summarize_tensors(tensors: Any, summarizer: Callable = summarize_tensor) -> list:
    """Return the summaries of several tensors, made by a function of a tensor."""
    return [summarizer(tensor) for tensor in tensors]


def summarize_collection(
    collection: str, name_filter: str | None = None, summarizer: Callable = summarize_tensor
) -> list:
    """Return the summaries of a collection's tensors.

    Args:
        collection: the name of the collection.
        name_filter: a regular expression; only names that begin with a match are summarized.
        summarizer: a function of a tensor.

    Example:
        >>> v, w = tf.get_variable("v", [2]), tf.get_variable("w", [2])
        >>> print([s.name for s in tf.contrib.layers.summarize_collection(tf.GraphKeys.GLOBAL_VARIABLES, "v")])
        ['v_summary:0']
    """
    tensors = get_collection(collection)
    return summarize_tensors(
        [t for t in tensors if name_filter is None or re.match(name_filter, t.op.name)], summarizer
    )


summarize_variables = functools.partial(summarize_collection, GraphKeys.GLOBAL_VARIABLES)
summarize_weights = functools.partial(summarize_collection, GraphKeys.WEIGHTS)
summarize_biases = functools.partial(summarize_collection, GraphKeys.BIASES)


def summarize_activations(name_filter: str | None = None, summarizer: Callable = summarize_activation) -> list:
    """Return the summaries of the tensors in the collection ACTIVATIONS; see `summarize_collection`."""
    return summarize_collection(GraphKeys.ACTIVATIONS, name_filter, summarizer)
