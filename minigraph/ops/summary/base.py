"""The base of summaries: a string without a gradient, a scope named by the tag, a collection."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from minigraph.graph.collections import GraphKeys
from minigraph.graph.default import get_default_graph
from minigraph.graph.opdef import OpDef, no_gradient, scalar
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.warn import log

__all__: list[str] = []  # for the summaries only

_ILLEGAL = re.compile(r"[^-/\w\.]")


class SummaryOp(OpDef, base=True):
    """Base of the summaries: a serialized message."""

    outputs = ("summary: string",)
    gradient = no_gradient
    shape = scalar


def _clean(name: str) -> str:
    """Return a valid name for a node, and log it if it differs."""
    if name is None:
        return name
    cleaned = _ILLEGAL.sub("_", name).lstrip("/")
    if cleaned != name:
        log("info", f"Summary name {name} is illegal; using {cleaned} instead.")
    return cleaned


@contextmanager
def summary_scope(name: str, family: str | None, values: Any) -> Iterator[tuple[str, str]]:
    """Open the scope of a summary; return its tag and the scope's name."""
    name, family = _clean(name), _clean(family) if family else None
    base = name if family is None else f"{family}/{name}"
    with get_default_graph().atomic(), atomic_scope(base, values=values) as scope:
        tag = get_default_graph().get_name_scope()
        yield (tag if family is None else f"{family}/{tag}"), scope


def collect(summary: Tensor, collections: Any) -> Tensor:
    """Add a summary to collections, by default SUMMARIES, and return it."""
    get_default_graph().add_to_collections([GraphKeys.SUMMARIES] if collections is None else collections, summary)
    return summary
