"""What all explanations are: findings, each with a code, a sentence, operations and a line of the user's program."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from minigraph import viz
from minigraph.graph.default import get_default_graph
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.text import listed
from minigraph.reading.finding import Finding
from minigraph.runtime.feeds import resolve_feed_key
from minigraph.runtime.fetches import Fetches

__all__ = ["Report", "elements", "fed_tensors", "as_list", "only_element"]


@dataclass(repr=False, eq=False)
class Report:
    """A list of findings that prints itself, shows itself in a notebook, and can be drawn.

    Attributes:
        graph: the graph that it is about.
        title: the first line.
        findings: what was found.

    Example:
        >>> graph = tf.get_default_graph()
        >>> op = tf.constant(1.0, name="c").op
        >>> report = Report(graph, "1 finding", [Finding("lonely", "nothing uses 'c'", (op,))])
        >>> print(report)
        1 finding
          lonely: nothing uses 'c'
        >>> len(report), report.highlights
        (1, {'ops': ['c'], 'edges': []})
    """

    mark: ClassVar[str] = "bad"  # how a picture marks what was found; "" where it is no fault, but much

    graph: Graph
    title: str
    findings: list[Finding] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the text below the title."""
        return told(self.findings)

    @property
    def codes(self) -> list[str]:
        """The codes of the findings."""
        return [finding.code for finding in self.findings]

    @property
    def highlights(self) -> dict[str, list]:
        """What a picture should show: the names of operations, and of the two ends of edges."""
        ops = dict.fromkeys(op for finding in self.findings for op in finding.ops)
        edges = [pair for finding in self.findings for pair in finding.edges]
        names = dict.fromkeys(op.name for op in ops if not isinstance(op.graph, FuncGraph))
        return {"ops": list(names), "edges": list(dict.fromkeys((a.name, b.name) for a, b in edges))}

    def to_networkx(self) -> Any:
        """Return the highlighted operations and the edges between them, as `viz.to_networkx` gives them."""
        return viz.to_networkx(self.graph).subgraph(self.highlights["ops"])

    def render(self, path: Any, **options: Any) -> str:
        """Draw the operations that the report is about, with all that they need, into a file.

        Args:
            path: a file whose name ends in .svg, .png, .pdf or .dot.
            **options: those of `viz.render`.

        Returns:
            The path.
        """
        found = self.highlights
        ops, edges = found["ops"], found["edges"]
        marked = {"overlay": viz.Marks(ops, edges, self.mark)} if self.mark and ops else {}
        title = self.title.partition("\n")[0]
        return viz.render(self.graph, path, **{**marked, "fetches": ops or None, "title": title, **options})

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __bool__(self) -> bool:
        return True  # a report without findings is a report

    def __str__(self) -> str:
        return "\n".join([self.title, *self.lines()])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        title, body = html.escape(self.title), html.escape("\n".join(self.lines()))
        return f'<div><b>{title}</b><pre style="white-space: pre-wrap; margin: 0.3em 0">{body}</pre></div>'


def told(findings: list[Finding], most: int = 25) -> list[str]:
    """Return the lines that tell findings, the first of them where there are many."""
    lines = [f"  {line}" for finding in findings[:most] for line in str(finding).splitlines()]
    return lines + ([f"  and {len(findings) - most:,} more"] if len(findings) > most else [])


def as_list(values: Any) -> list:
    """Return the leaves of nested lists, tuples and dicts."""
    if isinstance(values, dict):
        values = list(values.values())
    is_nested = isinstance(values, (list, tuple, set))
    return [leaf for value in values for leaf in as_list(value)] if is_nested else [values]


def elements(fetches: Any) -> tuple[Graph, list]:
    """Return the graph, and the tensors and operations, of whatever a session may fetch.

    Raises:
        TypeError: for what is no part of a graph.
    """
    graph: Any = None
    for each in as_list(fetches):
        graph = getattr(each, "graph", None) or graph
    graph = graph if isinstance(graph, Graph) else get_default_graph()
    return graph, Fetches(graph, fetches).unique


def fed_tensors(graph: Graph, feeds: Any) -> tuple[Tensor, ...]:
    """Give the tensors that a feed_dict, or a list of what would be fed, stands for; None feeds nothing."""
    return tuple(t for key in feeds or () for t in resolve_feed_key(graph, key))


def only_element(fetch: Any, asked: str) -> tuple[Graph, Any]:
    """Return the graph and the one tensor or operation that `fetch` stands for.

    Raises:
        TypeError: if it is a list, or no part of a graph; the message names `asked`, what is wanted.
    """
    if isinstance(fetch, (list, tuple, dict, set)) or fetch is None:
        raise TypeError(f"{asked} is wanted here, not {fetch!r}")
    graph, found = elements(fetch)
    if len(found) != 1:
        raise TypeError(
            f"{asked} is wanted here, not {fetch!r}\nName one of its parts: {listed(t.name for t in found)}"
        )
    return graph, found[0]


def op_of(element: Any) -> Operation:
    """Return the operation of a tensor, variable or operation."""
    return element if isinstance(element, Operation) else element.op


def tensor_of(element: Any, graph: Graph) -> Tensor:
    """Return the tensor that a tensor, variable, operation with one output, or name stands for."""
    found = graph.as_graph_element(element)
    return found if isinstance(found, Tensor) else found.outputs[0]
