"""Finishing touches on the SVG that Graphviz writes: a title that is read aloud, names, a size that fits."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from minigraph.viz.svg.style import FONT
from minigraph.viz.text import clean

__all__ = ["polished"]

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(rb"<!DOCTYPE.*?>", re.DOTALL)


def polished(svg: bytes, title: str, names: dict[str, str]) -> str:
    """Return the SVG with a title and description for screen readers, and without Graphviz's internal names.

    Args:
        svg: what Graphviz wrote.
        title: the picture's title.
        names: for each box's DOT name what to call it.
    """
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    root = ElementTree.fromstring(_DOCTYPE.sub(b"", _COMMENT.sub(b"", svg)))
    root.attrib.update({"role": "img", "aria-labelledby": "graph-title", "style": "max-width:100%;height:auto"})
    heading = ElementTree.Element(f"{{{_SVG}}}title", {"id": "graph-title"})
    heading.text = clean(title)
    root.insert(0, heading)
    for group in root.iter(f"{{{_SVG}}}g"):
        _rename(group, names)
    root.set("font-family", FONT)  # said once, not for each word
    for text in root.iter(f"{{{_SVG}}}text"):
        if text.get("font-family") == FONT:
            del text.attrib["font-family"]
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _rename(group: Any, names: dict[str, str]) -> None:
    """Replace the titles of groups, shown as tooltips: say what it is, or, of frames and arrows, nothing."""
    title = group.find(f"{{{_SVG}}}title")
    if title is None:
        return
    name = names.get(title.text or "")
    if name is None:
        group.remove(title)
    else:
        title.text = clean(name)
