"""Pictures of graphs: `viz.render(graph, "graph.svg")`.

Graph → `View` (what is visible) → DOT → SVG, PNG or PDF. Each step is a function of its own, and nothing of
the package below knows this room.
"""
from __future__ import annotations

import os
import tempfile
from typing import Any

from minigraph.viz import compose as _compose
from minigraph.viz import dot as _dot
from minigraph.viz import layout as _layout
from minigraph.viz import style as _style
from minigraph.viz import svg as _svg
from minigraph.viz.layout import GraphvizError
from minigraph.viz.networkx_view import to_networkx
from minigraph.viz.page import Page, page
from minigraph.viz.text import amount
from minigraph.viz.view import View

__all__ = ["View", "GraphvizError", "to_dot", "to_svg", "render", "to_networkx", "page", "Page", "install"]

_FORMATS = (*_layout.FORMATS, "dot")


def _view(graph: Any, options: dict) -> View:
    if isinstance(graph, View):
        if options:
            raise TypeError(f"a View is given, which has its own {', '.join(options)}")
        return graph
    return View(graph, **options)


def to_dot(graph: Any = None, *, theme: str = "light", legend: bool = True, **options: Any) -> str:
    """Gives a graph as DOT, the language of Graphviz. Needs no Graphviz.

    Args:
        graph: a `Graph`, a `View`, or something with a graph; by default the default graph.
        theme: "light" or "dark".
        legend: explain the signs that occur.
        **options: those of `View`: depth, fold, unfold, fetches, by, show_constants, show_helpers, show_init,
            title, max_boxes.

    Returns:
        The text.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default() as graph:
        ...     y = tf.square(tf.constant(1.0, name="x"))
        >>> text = tf.viz.to_dot(graph)
        >>> text.startswith("digraph"), "x = 1" in text
        (True, True)
    """
    return _dot.source_of(_view(graph, options), _style.theme_named(theme), legend)


def to_svg(graph: Any = None, *, theme: str = "light", legend: bool = True, max_nodes: int = 300,
           timeout: float = 60.0, **options: Any) -> str:
    """Gives a picture of a graph as SVG text.

    Args:
        graph, theme, legend, **options: see `to_dot`.
        max_nodes: refuse to lay out more boxes than these.
        timeout: seconds that the layout may take.

    Returns:
        The SVG.

    Raises:
        ValueError: if there are more boxes (or many more arrows) than Graphviz lays out in reasonable time.
        GraphvizError: if there is no Graphviz, or it takes longer than `timeout`.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default() as graph:
        ...     x = tf.square(tf.constant(1.0), name="x")
        >>> "<svg" in tf.viz.to_svg(graph)
        True
    """
    view = _view(graph, options)
    return _drawn(view, "svg", theme, legend, max_nodes, timeout).decode("utf-8")


def render(graph: Any, path: Any, *, theme: str = "light", legend: bool = True, max_nodes: int = 300,
           timeout: float = 60.0, **options: Any) -> str:
    """Writes a picture of a graph to a file: all of it, or, where something fails, nothing.

    Args:
        graph: see `to_dot`.
        path: the file; its ending says what is written: .svg, .png, .pdf or .dot.
        theme, legend, max_nodes, timeout, **options: see `to_svg`.

    Returns:
        The path, as a string.

    Raises:
        ValueError: for another ending, and as `to_svg`.
        OSError: if the file can't be written; one that was there is whole still.
        GraphvizError: as `to_svg`.

    Example:
        >>> import os, tempfile, minigraph as tf
        >>> with tf.Graph().as_default() as graph:
        ...     x = tf.square(tf.constant(1.0), name="x")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = tf.viz.render(graph, os.path.join(folder, "graph.svg"), depth=1)
        ...     os.path.getsize(path) > 500
        True
    """
    path = os.fspath(path)
    ending = os.path.splitext(path)[1].lower().lstrip(".")
    if ending not in _FORMATS:
        raise ValueError(f"cannot tell what to write from the name {path!r}: it must end in "
                         f"{', '.join('.' + f for f in _FORMATS)}")
    folder = os.path.dirname(os.path.abspath(path))
    if not os.path.isdir(folder):
        raise FileNotFoundError(f"there is no folder {folder!r} to write {os.path.basename(path)!r} to")
    view = _view(graph, options)
    if ending == "dot":
        data = _dot.source_of(view, _style.theme_named(theme), legend).encode("utf-8")
    else:
        data = _drawn(view, ending, theme, legend, max_nodes, timeout)
    _replace(path, folder, data)
    return path


def _drawn(view: View, format: str, theme: str, legend: bool, max_nodes: int, timeout: float) -> bytes:
    colours = _style.theme_named(theme)
    _refuse_too_much(view, max_nodes)
    if any(section.number for section in view.sections):
        data = _layout.draw(_compose.composed(view, colours, legend, timeout), format, timeout, "nop2")
    else:
        data = _layout.draw(_dot.source_of(view, colours, legend), format, timeout)
    if format != "svg":
        return data
    return _svg.polished(data, view.title,
                         {box.id: box.path or box.title for box in view.boxes}).encode("utf-8")


def _refuse_too_much(view: View, most: int) -> None:
    boxes, arrows = len(view.boxes), len(view.arrows)
    if boxes <= most and arrows <= 5 * most:
        return
    raise ValueError(
        f"the picture would have {amount(boxes, 'box')} and {amount(arrows, 'arrow')}; for more than "
        f"{most:,} boxes (or {5 * most:,} arrows) Graphviz may need minutes, and nobody can read it.\n"
        "Ask for less: leave out depth= (it folds by itself), or depth=1, fold=['scope'], fetches=[tensor]; "
        "or insist by max_nodes= and timeout=.")


def _replace(path: str, folder: str, data: bytes) -> None:
    """Writes beside the file first, so that the old one stays whole if the disk is full."""
    handle, beside = tempfile.mkstemp(prefix=".minigraph-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, _mode(path))
        os.replace(beside, path)
    except BaseException:
        if os.path.exists(beside):
            os.unlink(beside)
        raise


def _mode(path: str) -> int:
    """The permissions of the old file, or those that a new one gets."""
    if os.path.exists(path):
        return os.stat(path).st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _repr_mimebundle(graph: Any, include: Any = None, exclude: Any = None) -> dict[str, str]:
    """What a notebook shows for a graph: its picture where it can be drawn, and text always."""
    bundle = {"text/plain": repr(graph)}
    picture = _repr_svg(graph)
    if picture is not None:
        bundle["image/svg+xml"] = picture
    return bundle


def _repr_svg(graph: Any) -> str | None:
    """The picture, or None: a notebook must not fail because no Graphviz is there."""
    try:
        return to_svg(graph, timeout=20.0)
    except (GraphvizError, ValueError):
        return None


def install() -> None:
    """Makes graphs show themselves in notebooks.

    Example:
        >>> import minigraph as tf
        >>> sorted(tf.Graph()._repr_mimebundle_())
        ['image/svg+xml', 'text/plain']
    """
    from minigraph.graph.graph import Graph
    Graph._repr_svg_ = _repr_svg                        # type: ignore[attr-defined]
    Graph._repr_mimebundle_ = _repr_mimebundle          # type: ignore[attr-defined]
