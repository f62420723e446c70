"""A view as DOT, the language of Graphviz, by the `graphviz` package."""
from __future__ import annotations

import html
import re
from typing import Any

import graphviz

from minigraph.viz import style
from minigraph.viz.text import amount, clipped
from minigraph.viz.view import Frame, View

__all__ = ["source_of"]

_SMALL = "9"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HIDDEN_AS = {"constant": "constant", "helper": "shape computation", "init": "initialiser", "read": "variable read"}


def source_of(view: View, theme: style.Theme = style.LIGHT, legend: bool = True) -> str:
    """Gives the DOT text of a view.

    Names never become part of the syntax: boxes are called n0, n1…, and what is read is escaped.

    Args:
        view: what to show.
        theme: the colours.
        legend: explain the signs that occur.
    """
    dot = graphviz.Digraph("graph", node_attr=_node_attr(theme), edge_attr=_edge_attr(theme),
                           graph_attr=_graph_attr(theme))
    with dot.subgraph(name="cluster_picture") as inner:
        inner.attr(label=_heading(view), labelloc="t", labeljust="l", peripheries="0", style="", margin="4",
                   tooltip=_tip(view.title))
        for number, frame in enumerate(view.frames):
            _frame(inner, frame, f"cluster_{number}", theme)
        if legend and view.boxes:
            _legend(inner, view, theme)
        for arrow in view.arrows:
            _arrow(inner, arrow, view, theme)
    return dot.source


def _graph_attr(theme: style.Theme) -> dict[str, str]:
    return {"rankdir": "TB", "compound": "true", "newrank": "false", "bgcolor": theme.paper, "fontname": style.FONT,
            "fontcolor": theme.ink, "fontsize": "13", "nodesep": "0.22", "ranksep": "0.34", "pad": "0.15",
            "tooltip": " ", "charset": "UTF-8"}


def _node_attr(theme: style.Theme) -> dict[str, str]:
    return {"fontname": style.FONT, "fontsize": "11", "fontcolor": theme.ink, "style": "filled", "margin": "0.1,0.05",
            "height": "0.3", "width": "0.5"}


def _edge_attr(theme: style.Theme) -> dict[str, str]:
    return {"fontname": style.FONT, "fontsize": _SMALL, "fontcolor": theme.faint, "arrowsize": "0.7"}


def _clean(text: str) -> str:
    """Text without the characters that no XML may hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _html(text: str) -> str:
    return html.escape(_clean(text))


def _tip(text: str) -> str:
    """A tooltip: a plain DOT string, in which backslashes and newlines are written out; blank rather than absent,
    since Graphviz puts internal names where there is none."""
    return graphviz.escape(_clean(text)).replace("\n", "\\n") or " "


def _heading(view: View) -> str:
    hidden = [amount(n, _HIDDEN_AS[role]) for role, n in view.hidden.items() if role in _HIDDEN_AS]
    note = f'<br align="left"/><font point-size="10">not drawn: {", ".join(hidden)}</font>' if hidden else ""
    return f'<<b>{_html(clipped(view.title, 120)) or " "}</b>{note}<br align="left"/>>'


def _frame(dot: Any, frame: Frame, name: str, theme: style.Theme) -> None:
    """A frame with its boxes; a section without a number has none around it."""
    section = frame.section
    if frame.is_section and not section.number:
        _parts(dot, frame, name, theme)
        return
    paper, line = theme.stages.get(section.stage, theme.stages["forward"])
    with dot.subgraph(name=name) as cluster:
        title, nodes = _html(clipped(frame.title, 70)), sum(box.nodes for box in frame.boxes())
        if frame.is_section:
            cluster.attr(label=f'<<b>{section.number} · {title}</b>  <font point-size="{_SMALL}">'
                               f'{amount(nodes, "node")}</font>>', style="rounded,filled", fillcolor=paper,
                         color=line, fontcolor=line if theme.name == "light" else theme.ink, penwidth="1.5",
                         margin="10")
        else:
            cluster.attr(label=f"<{title}>", style="rounded", color=line, penwidth="0.8", fontsize="10", margin="7",
                         fontcolor=theme.ink)
        cluster.attr(labelloc="t", labeljust="l", tooltip=_tip(f"{frame.path or frame.title}: {amount(nodes, 'node')}"))
        _parts(cluster, frame, name, theme)


def _parts(dot: Any, frame: Frame, name: str, theme: style.Theme) -> None:
    for number, part in enumerate(frame.parts):
        if isinstance(part, Frame):
            _frame(dot, part, f"{name}_{number}", theme)
        else:
            dot.node(part.id, label=_label(part), tooltip=_tip(part.tooltip()), **style.node_style(part, theme))


def _label(box: Any) -> str:
    lines = list(box.lines)
    if box.kind != "op" and box.nodes > 1:
        lines.append(amount(box.nodes, "node"))
    small = "".join(f'<br/><font point-size="{_SMALL}">{_html(line)}</font>' for line in lines)
    return f"<<b>{_html(box.title) or ' '}</b>{small}>"


def _arrow(dot: Any, arrow: Any, view: View, theme: style.Theme) -> None:
    attrs = style.arrow_style(arrow, theme)
    frames = {frame.section: f"cluster_{i}" for i, frame in enumerate(view.frames)}
    for key, section in (("ltail", arrow.from_section), ("lhead", arrow.to_section)):
        if section is not None and section.number:
            attrs[key] = frames[section]
    tip = _tip(arrow.tooltip())
    label = _clean(arrow.label)
    dot.edge(arrow.tail.id, arrow.head.id, label=f" {label} " if label else None, tooltip=tip, labeltooltip=tip,
             **attrs)


def _legend(dot: Any, view: View, theme: style.Theme) -> None:
    boxes, lines = style.legend_of(view)
    with dot.subgraph(name="cluster_legend") as cluster:
        cluster.attr(label="<<b>legend</b>>", labelloc="t", labeljust="l", style="rounded", color=theme.faint,
                     fontsize="10", penwidth="0.8", margin="8", tooltip="what the signs mean")
        names = [f"legend{i}" for i in range(len(boxes))]
        for name, (role, words, doubled) in zip(names, boxes):
            sample = style.sample(role, theme, doubled)
            cluster.node(name, label=words, fontsize=_SMALL, tooltip=words, **sample)
        if lines:
            names.append("legend_arrows")
            text = "".join(f'{_html(line)}<br align="left"/>' for line in lines)
            cluster.node("legend_arrows", label=f"<{text}>", shape="plaintext", fontsize=_SMALL, style="",
                         tooltip="the arrows")
        for above, below in zip(names, names[1:]):
            cluster.edge(above, below, style="invis")
