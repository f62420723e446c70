"""A view as DOT, the language of Graphviz, by the `graphviz` package."""

from __future__ import annotations

import html
import itertools
from typing import Any

import graphviz

from minigraph.graph.text import amount
from minigraph.viz.svg import style
from minigraph.viz.text import clean, clipped
from minigraph.viz.view.marks import MARKS
from minigraph.viz.view.view import Frame, View

__all__ = ["source_of", "pieces_of"]

_SMALL = "9"
_SMALL_PICTURE = 12  # boxes; wider legends would be wider than the picture
_HIDDEN_AS = {"constant": "constant", "helper": "shape computation", "init": "initializer", "read": "variable read"}


def source_of(view: View, theme: style.Theme = style.LIGHT, legend: bool = True) -> str:
    """Return the DOT text of a view.

    Names never become part of the syntax: boxes are called n0, n1…, and what is read is escaped.

    Args:
        view: what to show.
        theme: the colours.
        legend: explain the signs that occur.
    """
    dot = _digraph(theme)
    with dot.subgraph(name="cluster_picture") as inner:
        inner.attr(
            label=_heading(view),
            labelloc="t",
            labeljust="l",
            peripheries="0",
            style="",
            margin="4",
            tooltip=_tip(view.title),
        )
        for call, frames in itertools.groupby(enumerate(view.frames), lambda pair: pair[1].section.call):
            with inner.subgraph(name=f"cluster_column_{call}") as column:
                column.attr(label="", peripheries="0", style="", margin="12" if view.sections[0].number else "0")
                for number, frame in frames:
                    _frame(column, frame, f"cluster_{number}", theme, {})
        if legend and view.boxes:
            _legend(inner, view, theme, {})
            _hang_legend(inner, view)
        places = _Places(view)
        for arrow in view.arrows:
            _arrow(inner, arrow, places, theme)
        _stack(inner, view, places)
    return dot.source


def pieces_of(view: View, theme: style.Theme, legend: bool, places: dict[str, dict[str, str]]) -> str:
    """Return the DOT text of the parts of a view, each by itself, or at given positions.

    Args:
        view, theme, legend: see `source_of`.
        places: for the name of each node, cluster and arrow ("a0" is the view's first) the attributes that say where
            it is. An arrow between two parts is left out if it has none.
    """
    dot = _digraph(theme)
    dot.node(
        "heading",
        label=_heading(view),
        shape="plaintext",
        style="",
        fontsize="13",
        margin="0",
        tooltip=_tip(view.title),
        **places.get("heading", {}),
    )
    for number, frame in enumerate(view.frames):
        _frame(dot, frame, f"cluster_{number}", theme, places)
    if legend and view.boxes:
        _legend(dot, view, theme, places)
    for number, arrow in enumerate(view.arrows):
        name = f"a{number}"
        if arrow.tail.section is arrow.head.section or name in places:
            _drawn_arrow(
                dot,
                arrow,
                {**style.arrow_style(arrow, theme), "arrow": name, **places.get(name, {})},
                arrow.tail.section is not arrow.head.section,
            )
    return dot.source


def _drawn_arrow(dot: Any, arrow: Any, attrs: dict[str, str], leaves: bool) -> None:
    """Write an arrow from box to box; one that leaves its part leads to what is written, not from it."""
    ends = [arrow.tail.id, arrow.head.id]
    if leaves and arrow.kind == "write":
        ends.reverse()
        attrs.update(dir="forward", arrowhead="normal")
    _edge(dot, arrow, ends, attrs)


def _digraph(theme: style.Theme) -> Any:
    return graphviz.Digraph(
        "graph", node_attr=_node_attr(theme), edge_attr=_edge_attr(theme), graph_attr=_graph_attr(theme)
    )


def _graph_attr(theme: style.Theme) -> dict[str, str]:
    return {
        "rankdir": "TB",
        "compound": "true",
        "newrank": "true",
        "bgcolor": theme.paper,
        "fontname": style.FONT,
        "fontcolor": theme.ink,
        "fontsize": "13",
        "nodesep": "0.22",
        "ranksep": "0.34",
        "pad": "0.15",
        "tooltip": " ",
        "charset": "UTF-8",
    }


def _node_attr(theme: style.Theme) -> dict[str, str]:
    return {
        "fontname": style.FONT,
        "fontsize": "11",
        "fontcolor": theme.ink,
        "style": "filled",
        "margin": "0.1,0.05",
        "height": "0.3",
        "width": "0.5",
    }


def _edge_attr(theme: style.Theme) -> dict[str, str]:
    return {"fontname": style.FONT, "fontsize": _SMALL, "fontcolor": theme.faint, "arrowsize": "0.7"}


def _html(text: str) -> str:
    return html.escape(clean(text)).replace("\\", "&#92;")  # Graphviz reads \N as the node's name


def _tip(text: str) -> str:
    """Return a tooltip: a plain DOT string, in which backslashes and newlines are written out; blank rather than
    absent, since Graphviz puts internal names where there is none."""
    return graphviz.nohtml(graphviz.escape(clean(text)).replace("\n", "\\n") or " ")


def _heading(view: View) -> str:
    hidden = [amount(n, _HIDDEN_AS[role]) for role, n in view.hidden.items() if role in _HIDDEN_AS]
    notes = ["not drawn: " + ", ".join(hidden)] if hidden else []
    if len([section for section in view.sections if section.number]) > 2:
        notes.append("the parts are read down each column, columns from left to right")
    # The space between: Graphviz gives a line the height of its largest letters, and no more.
    space = '<br align="left"/><font point-size="5"> </font>'
    note = f'{space}<br align="left"/><font point-size="10">{"; ".join(notes)}</font>' if notes else ""
    return f'<<b>{_html(clipped(view.title, 120)) or " "}</b>{note}<br align="left"/>>'


def _frame(dot: Any, frame: Frame, name: str, theme: style.Theme, places: dict) -> None:
    """Write a frame with its boxes; around a section without a number it is not seen."""
    section = frame.section
    paper, line = theme.stages.get(section.palette, theme.stages["forward"])
    with dot.subgraph(name=name) as cluster:
        if frame.is_section and not section.number:
            cluster.attr(label="", peripheries="0", style="", margin="0", **places.get(name, {}))
            _parts(cluster, frame, name, theme, places)
            return
        title, nodes = _html(clipped(frame.title, 70)), sum(box.nodes for box in frame.boxes())
        if frame.is_section:
            cluster.attr(
                label=f'<<b>{section.number} · {title}</b>  <font point-size="{_SMALL}">'
                f"{amount(nodes, 'node')}</font>>",
                style="rounded,filled",
                fillcolor=paper,
                peripheries="1",
                color=line,
                fontcolor=line if theme.name == "light" else theme.ink,
                penwidth="1.5",
                margin="10",
            )
        else:
            cluster.attr(
                label=f"<{title}>",
                fontsize="10",
                margin="7",
                fontcolor=theme.ink,
                peripheries="1",
                **style.frame_style(frame, theme),
            )
        cluster.attr(
            labelloc="t",
            labeljust="l",
            tooltip=_tip(f"{frame.path or frame.title}: {amount(nodes, 'node')}"),
            **places.get(name, {}),
        )
        _parts(cluster, frame, name, theme, places)


def _parts(dot: Any, frame: Frame, name: str, theme: style.Theme, places: dict) -> None:
    for number, part in enumerate(frame.parts):
        if isinstance(part, Frame):
            _frame(dot, part, f"{name}_{number}", theme, places)
        else:
            dot.node(
                part.id,
                label=_label(part),
                tooltip=_tip(part.tooltip()),
                **{**style.node_style(part, theme), **places.get(part.id, {})},
            )


def _label(box: Any) -> str:
    lines = [*box.lines, *box.notes]
    if box.kind != "op" and box.nodes > 1:
        lines.append(amount(box.nodes, "node"))
    small = "".join(f'<br/><font point-size="{_SMALL}">{_html(line)}</font>' for line in lines)
    sign = MARKS[box.mark].sign + " " if box.mark and MARKS[box.mark].sign else ""
    return f"<<b>{sign}{_html(box.title) or ' '}</b>{small}>"


class _Places:
    """Where boxes will be, roughly: how far down from the top of their column."""

    def __init__(self, view: View):
        self.boxes = {frame.section: frame.boxes() for frame in view.frames}
        self.frames = {frame.section: f"cluster_{i}" for i, frame in enumerate(view.frames)}
        inside = [a for a in view.arrows if a.tail.section is a.head.section]
        self.tails, self.heads = {a.tail for a in inside}, {a.head for a in inside}
        self.depth = self._depths_in_sections(view, inside)
        self.taken: set[tuple[Any, Any]] = set()
        below: dict[int, int] = {}  # for each column how far down it reaches already
        for section in view.sections:
            start = below.get(section.call, 0)
            for box in self.boxes[section]:
                self.depth[box] += start
                below[section.call] = max(below.get(section.call, 0), self.depth[box] + 1)

    def _depths_in_sections(self, view: View, inside: list[Any]) -> dict[Any, int]:
        """Return how far down each box is in its section: below what leads to it."""
        depth = dict.fromkeys(view.boxes, 0)
        number = {box: i for i, box in enumerate(view.boxes)}
        for arrow in sorted(inside, key=lambda a: number[a.tail]):
            if number[arrow.tail] < number[arrow.head]:
                depth[arrow.head] = max(depth[arrow.head], depth[arrow.tail] + 1)
        lowest: dict[Any, int] = {}  # what nothing leads to is drawn just above what it leads to
        for arrow in inside:
            if arrow.tail not in self.heads:
                lowest[arrow.tail] = min(lowest.get(arrow.tail, len(view.boxes)), depth[arrow.head] - 1)
        return {**depth, **{box: max(0, at) for box, at in lowest.items()}}

    def beside(self, section: Any, box: Any) -> Any:
        """Return a box of the section a little higher than `box` (or lower, at the top), which no other arrow to
        `box` begins or ends at: an arrow that slants has room for its words, two arrows in one place can't be
        told apart."""
        free = [b for b in self.boxes[section] if (b, box) not in self.taken] or self.boxes[section]
        wanted = self.depth[box] + (-1.4 if self.depth[box] > 1 else 1.4)
        found = min(free, key=lambda b: abs(self.depth[b] - wanted))
        self.taken.add((found, box))
        return found

    def first(self, section: Any) -> list[Any]:
        """Return the boxes of a section to which nothing in it leads."""
        return [box for box in self.boxes[section] if box not in self.heads] or self.boxes[section][:1]

    def last(self, section: Any) -> list[Any]:
        """Return the boxes of a section from which nothing in it leads on."""
        return [box for box in self.boxes[section] if box not in self.tails] or self.boxes[section][-1:]


def _arrow(dot: Any, arrow: Any, places: _Places, theme: style.Theme) -> None:
    attrs = style.arrow_style(arrow, theme)
    tail, head = arrow.tail, arrow.head
    begin, end = arrow.from_section, arrow.to_section
    if begin is not None and begin.number:
        attrs["ltail"] = places.frames[begin]
        if not begin.call:
            tail = places.beside(begin, head)
    if end is not None and end.number:
        attrs["lhead"] = places.frames[end]
        if not end.call:
            head = places.beside(end, tail)
    here, there = tail.section, head.section
    if here is not there:  # the places of the sections are those of the story: see _stack
        attrs["constraint"] = str(here.call == there.call and here.number < there.number).lower()
    _edge(dot, arrow, [tail.id, head.id], attrs)


def _edge(dot: Any, arrow: Any, ends: list[str], attrs: dict[str, str]) -> None:
    tip = _tip(arrow.tooltip())
    label = graphviz.nohtml(graphviz.escape(clean(f"   {arrow.label}   "))) if arrow.label else None
    dot.edge(*ends, tooltip=tip, labeltooltip=tip, **{"label": label, **attrs})


def _stack(dot: Any, view: View, places: _Places) -> None:
    """Put the stages of each training op into a column, in order, beside the forward part.

    Dot would pull sections to wherever most arrows lead. Invisible edges say what comes below what instead.
    """
    told = [section for section in view.sections if section.number]
    columns = [
        places.first(below)[0].id
        for above, below in zip([None, *told], told)
        if above is None or above.call != below.call
    ]
    _side_by_side(dot, columns)
    for above, below in zip(told, told[1:]):
        if above.call == below.call:
            _below(dot, above, below, places)


def _below(dot: Any, above: Any, below: Any, places: _Places) -> None:
    """Say by invisible edges that one section comes below another."""
    last = places.last(above)
    for end in places.boxes[above]:
        for start in places.first(below):
            dot.edge(end.id, start.id, style="invis", weight="3" if end in last else "0")


def _legend(dot: Any, view: View, theme: style.Theme, places: dict) -> None:
    """Write samples of the signs that occur, in rows."""
    boxes, lines = style.legend_of(view)
    per_row = 4 if len(view.boxes) < _SMALL_PICTURE else 10
    with dot.subgraph(name="cluster_legend") as cluster:
        cluster.attr(
            label="<<b>legend</b>>",
            labelloc="t",
            labeljust="l",
            style="rounded",
            color=theme.faint,
            fontsize="10",
            penwidth="0.7",
            margin="6",
            tooltip="what shapes and colours mean",
            peripheries="1",
            **places.get("cluster_legend", {}),
        )
        names = [f"legend{i}" for i in range(len(boxes))]
        for name, (role, words, doubled, mark) in zip(names, boxes):
            cluster.node(
                name,
                label=words,
                fontsize=_SMALL,
                tooltip=words,
                **style.sample(role, theme, doubled, mark),
                **places.get(name, {}),
            )
        if lines:
            names.append("legend_arrows")
            colors = {**vars(theme), "data": theme.ink, "control": theme.faint}
            text = "".join(
                f'<font color="{colors[kind]}">{sign}</font>  {_html(words)}<br align="left"/>'
                for kind, sign, words in lines
            )
            cluster.node(
                "legend_arrows",
                label=f"<{text}>",
                shape="plaintext",
                fontsize=_SMALL,
                style="",
                tooltip="the arrows",
                **places.get("legend_arrows", {}),
            )
        if places:
            return
        rows = [names[i : i + per_row] for i in range(0, len(names), per_row)]
        for row in rows:
            _side_by_side(cluster, row)
        for above, below in zip(rows, rows[1:]):
            cluster.edge(above[0], below[0], style="invis")


def _side_by_side(dot: Any, names: list[str]) -> None:
    """Put nodes into one row, in this order."""
    with dot.subgraph() as row:
        row.attr(rank="same")
        for left, right in zip(names, names[1:]):
            row.edge(left, right, style="invis")


def _hang_legend(dot: Any, view: View) -> None:
    """Put the legend below the picture: below the boxes that nothing comes after."""
    tails = {arrow.tail for arrow in view.arrows}
    for box in view.boxes:
        if box not in tails:
            dot.edge(box.id, "legend0", style="invis", weight="0")
