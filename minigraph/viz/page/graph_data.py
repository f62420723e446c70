"""A graph as the page reads it: columns of numbers, tables of texts.

A page may hold 100,000 nodes, so nothing is said twice: names share beginnings, and what many nodes have in common
(types, attributes, shapes, lines of source) stands in a table once.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

from minigraph.reading import roles
from minigraph.runtime.access import accesses, cell_of
from minigraph.viz.text import attr_text, clean, clipped, least_bytes, tensor_text
from minigraph.viz.view import tree
from minigraph.viz.view.arrows import arrows_of
from minigraph.viz.view.boxes import box_of_op, input_names
from minigraph.viz.view.view import View

__all__ = ["GraphData", "with_bodies"]

_WIDEST = 24  # entries of a scope; more are brought together, so that any scope can be laid out
_MOST_BOXES = 40
_LONGEST_ATTR = 200
_MOST_GRAPHS = 100


class Table:
    """Number things, equal things alike.

    Example:
        >>> table = Table()
        >>> table["a"], table["b"], table["a"], table.entries
        (0, 1, 0, ['a', 'b'])
    """

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def __getitem__(self, entry: Any) -> int:
        return self._numbers.setdefault(entry, len(self._numbers))

    @property
    def entries(self) -> list[Any]:
        """The things, by number."""
        return list(self._numbers)


class GraphData:
    """A graph, encoded.

    Args:
        graph: a `Graph`, or a `View` of one, whose sections and open scopes are those of the first look.
        by: what the sections of a `Graph` are; see `View`.

    Attributes:
        ops: the operations; everywhere else a node is its place in this list.
        index: the place of each operation.
        data: what the page reads, ready for `json.dumps`.

    Example:
        >>> graph = tf.get_default_graph()
        >>> x = tf.constant(2.0, name="x")
        >>> y = tf.square(x, name="x_squared")
        >>> data = GraphData(graph).data
        >>> data["names"], data["inputs"]
        ([0, 'x', 1, '_squared'], [[], [1, 0]])
    """

    def __init__(self, graph: Any, by: str = "stage"):
        self.view = graph if isinstance(graph, View) else View(graph, by=by, max_boxes=_MOST_BOXES)
        self.ops: list[Any] = self.view.anatomy.ops
        self.index = {op: i for i, op in enumerate(self.ops)}
        self.data: dict[str, Any] = {"names": shared_beginnings([clean(op.name) for op in self.ops])}
        self._add_columns()
        self._add_edges()
        self._add_state()
        self._add_gradients()
        self._add_tree()
        self._add_arrows()

    def _add_columns(self) -> None:
        view, nowhere, results = self.view, SimpleNamespace(stage=None), _results_of(self.view.graph)
        of: dict[str, Callable[[Any], Any]] = {
            "types": lambda op: op.type,
            "stages": lambda op: view.anatomy.part[op][1],
            "outputs": lambda op: tuple(map(tensor_text, op.outputs)),
            "attrs": _attrs,
            "lines": lambda op: (*map(clean, box_of_op(view, op, nowhere, "").lines), *results.get(op, ())),
            "wheres": _frames,
            "inputNames": lambda op: tuple(input_names(op)),
        }
        tables = {name: Table() for name in of}
        self.data.update({name: [tables[name][entry(op)] for op in self.ops] for name, entry in of.items()})
        self.data["roles"] = [_ROLES.index(view.anatomy.role[op]) for op in self.ops]
        self.data["homes"] = [self.index.get(view.home[op], -1) for op in self.ops]
        self.data["tables"] = {
            **{name: table.entries for name, table in tables.items()},
            "wheres": [_where(frames) for frames in tables["wheres"].entries],
            "roles": _ROLES,
            "docs": _docs(self.ops),
        }

    def _add_edges(self) -> None:
        """Add inputs as pairs (how far back the operation is, which output): neighbours are mostly near."""
        index, inputs, control = self.index, [], {}
        for i, op in enumerate(self.ops):
            inputs.append([n for t in op.inputs if t.op in index for n in (i - index[t.op], t.value_index)])
            waits = [index[c] for c in op.control_inputs if c in index]
            if waits:
                control[i] = waits
        self.data.update(inputs=inputs, control=control)

    def _add_state(self) -> None:
        """Add which variables each node reads and writes; in a function body, the arguments that stand for them."""
        reads: dict[int, dict[int, None]] = {}
        writes: dict[int, dict[int, None]] = {}
        local = self._cells_here()
        for i, op in enumerate(self.ops):
            for _, cell, is_read, is_written in accesses(op):
                for found, applies in ((reads, is_read), (writes, is_written)):
                    if applies and cell in local:
                        found.setdefault(i, {})[local[cell]] = None
        self.data.update(
            reads={i: list(cells) for i, cells in reads.items()}, writes={i: list(cells) for i, cells in writes.items()}
        )

    def _cells_here(self) -> dict[Any, int]:
        """Return for each variable the node in this graph from which its cell comes."""
        sources = ((cell_of(t), i) for i, op in enumerate(self.ops) if not op.inputs for t in op.outputs)
        return {cell: i for cell, i in sources if cell is not None}

    def _add_gradients(self) -> None:
        """Add for each node that differentiates another, that other."""
        by_name = {op.name: i for i, op in enumerate(self.ops)}
        found = {}
        for i, op in enumerate(self.ops):
            match = roles.GRADIENT_SCOPE.search(op.name) if op.stage == "gradients" else None
            if match and match[1] in by_name:
                found[i] = by_name[match[1]]
        self.data["gradientOf"] = found

    def _add_tree(self) -> None:
        """List the sections, and the scopes in them: what lies in each, operations as i, scopes as -1 - i."""
        scopes: list[dict[str, Any]] = []
        sections = []
        for section in self.view.sections:
            inside = narrowed(section.root, section.stage == roles.FORWARD)
            numbers = {id(scope): len(scopes) + i for i, scope in enumerate(inside)}
            for scope in inside:
                entries = [-1 - numbers[id(e)] if isinstance(e, tree.Scope) else self.index[e] for e in scope.entries]
                scopes.append(
                    {
                        "path": clean(scope.path),
                        "label": clean(scope.label),
                        "open": int(scope.is_open),
                        "variables": int(scope.path in self.view.variable_scopes),
                        "entries": entries,
                    }
                )
            sections.append(
                {
                    "stage": section.stage,
                    "palette": section.palette,
                    "call": section.call,
                    "number": section.number,
                    "title": clean(section.title),
                    "root": numbers[id(section.root)],
                    "open": int(section.is_open),
                }
            )
        if any(section.is_device for section in self.view.sections):
            self.data["bytes"] = [
                [n if exact else -1 - n for n, exact in map(least_bytes, op.outputs)] for op in self.ops
            ]
        self.data.update(scopes=scopes, sections=sections)

    def _add_arrows(self) -> None:
        """List what flows between drawn nodes: [tail, head, kind, then (operation, output) of each]."""
        drawn = SimpleNamespace(anatomy=self.view.anatomy, home=self.view.home, box_of=_Itself())
        kinds = ("data", "write", "control")
        index = self.index
        self.data["arrows"] = [
            [
                index[a.tail],
                index[a.head],
                kinds.index(a.kind),
                *(n for s in a.sources for n in ((index[s], -1) if s in index else (index[s.op], s.value_index))),
            ]
            for a in arrows_of(drawn)
        ]


def with_bodies(graphs: list[GraphData]) -> list[GraphData]:
    """Add the bodies of functions (of `tf.cond`, `tf.while_loop`…), and those of functions in them, behind the graphs.

    Each graph is told, for each operation that has some, what they are called and which place they have in the list.
    """
    found = list(graphs)
    for graph in found:  # which grows on the way
        bodies = graph.data["bodies"] = {}
        for i, op in enumerate(graph.ops):
            for name in getattr(op.op_def, "functions", ()):
                if len(found) < _MOST_GRAPHS:
                    bodies.setdefault(i, []).append([name.rstrip("_"), len(found)])
                    found.append(_of_body(op.op_def.attr(name)))
    return found


def _results_of(graph: Any) -> dict[Any, list[str]]:
    """Return for each operation that computes results of a body the line that says which."""
    found: dict[Any, list[int]] = {}
    for i, tensor in enumerate(getattr(graph, "outputs", ())):
        if not tensor.op.op_def.must_feed:  # an argument that is handed on
            found.setdefault(tensor.op, []).append(i)
    return {op: [f"result {', '.join(map(str, numbers))}"] for op, numbers in found.items()}


def _of_body(body: Any) -> GraphData:
    """Return a body, encoded; with which nodes are its arguments, and which [node, output] its results, in order."""
    encoded = GraphData(body)
    index = encoded.index
    encoded.data["body"] = {
        "inputs": [index.get(t.op, -1) for t in body.inputs],
        "outputs": [[index.get(t.op, -1), t.value_index] for t in body.outputs],
    }
    return encoded


_ROLES = [
    "variable",
    "read",
    "placeholder",
    "constant",
    "init",
    "update",
    "summary",
    "control",
    "gradient",
    "train_op",
    "loss",
    "helper",
    "forward",
]


class _Itself(dict):
    """Each drawn operation is its own box."""

    def __missing__(self, op: Any) -> Any:
        return op

    def get(self, op: Any, default: Any = None) -> Any:
        return op


def shared_beginnings(names: Iterable[str]) -> list[Any]:
    """Return for each name how much of it the name before has too, and the rest.

    Example:
        >>> shared_beginnings(["dense/kernel", "dense/bias"])
        [0, 'dense/kernel', 6, 'bias']
    """
    found: list[Any] = []
    before = ""
    for name in names:
        n, most = 0, min(len(before), len(name))
        while n < most and before[n] == name[n] and name[n] <= "\uffff":  # beyond, JavaScript counts two
            n += 1
        found += [n, name[n:]]
        before = name
    return found


def narrowed(root: tree.Scope, flows: bool) -> list[tree.Scope]:
    """Group the entries of wide scopes, and return all scopes, this one first.

    Args:
        root: the tree, which is changed.
        flows: see `tree.squeeze`.
    """
    found, todo = [], [root]
    while todo:
        scope = todo.pop()
        found.append(scope)
        if len(scope.entries) > _WIDEST and not scope.is_group:
            tree.squeeze(scope, _WIDEST, lambda op: op.type if op.op_def.writes else None, flows)
        if len(scope.entries) > _WIDEST:
            _cut(scope)
        todo += [e for e in reversed(scope.entries) if isinstance(e, tree.Scope)]
    return found


def _cut(scope: tree.Scope) -> None:
    """Make groups of neighbours."""
    size = -(-len(scope.entries) // _WIDEST)
    pieces = [scope.entries[i : i + size] for i in range(0, len(scope.entries), size)]
    scope.entries = [
        tree.Scope(f"{scope.path}*", piece, " … ".join(tree.short_name(piece[i]) for i in (0, -1))) for piece in pieces
    ]


def _attrs(op: Any) -> tuple:
    return tuple(
        [
            (clean(name), clean(clipped(attr_text(value), _LONGEST_ATTR)))
            for name, value in getattr(op, "attrs", {}).items()
        ]
    )


def _frames(op: Any) -> tuple:
    return tuple([(code.co_filename, line) for code, line in getattr(op, "where", ())])


def _where(frames: tuple) -> list[list[Any]]:
    """Return [file, line, the line's text] of each frame, innermost first."""
    return [
        [
            clean(name.replace("\\", "/").rpartition("/")[2]),
            line,
            clean(clipped(linecache.getline(name, line).strip(), 160)),
        ]
        for name, line in frames
    ]


def _docs(ops: list[Any]) -> dict[str, str]:
    """Return what the definition of each type says of itself; a dataclass without words says its fields, which is no
    help.
    """
    found: dict[str, str] = {}
    for op in ops:
        if op.type not in found:
            text = type(op.op_def).__doc__ or ""
            found[op.type] = "" if text.startswith(type(op.op_def).__name__ + "(") else " ".join(text.split())
    return {kind: text for kind, text in found.items() if text}
