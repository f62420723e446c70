"""Pictures as text and as files: `to_dot`, `to_svg`, `render`."""

from __future__ import annotations

import os
from typing import Any

from minigraph.graph.text import amount
from minigraph.viz import files
from minigraph.viz.svg import dot, layout, polish, run_graphviz, style
from minigraph.viz.view.view import View

__all__ = ["to_dot", "to_svg", "render"]

_WIDTH = 1700.0  # pixels: what is wider is too small to read on a screen
_POINT = 4 / 3  # pixels
_FORMATS = (*run_graphviz.FORMATS, "dot")


def _view(graph: Any, options: dict) -> View:
    if isinstance(graph, View):
        if options:
            raise TypeError(f"a View is given, which has its own {', '.join(options)}")
        return graph
    return View(graph, **options)


def to_dot(graph: Any = None, *, theme: str = "light", legend: bool = True, **options: Any) -> str:
    """Return a graph as DOT, the language of Graphviz. Needs no Graphviz.

    Args:
        graph: a `Graph`, a `View`, or something with a graph; by default the default graph.
        theme: "light", "dark" or "print" (black on white).
        legend: explain the signs that occur.
        **options: those of `View`: depth, fold, unfold, fetches, by, show_constants, show_helpers, show_init,
            title, max_boxes, path, around, since, overlay, reads, repeats.

    Returns:
        The text.

    Example:
        >>> graph = tf.get_default_graph()
        >>> y = tf.square(tf.constant(1.0, name="x"))
        >>> text = tf.viz.to_dot(graph)
        >>> text.startswith("digraph"), "x = 1" in text
        (True, True)
    """
    return _source(_view(graph, options), theme, legend)


def to_svg(
    graph: Any = None,
    *,
    theme: str = "light",
    legend: bool = True,
    max_nodes: int = 300,
    timeout: float = 60.0,
    width: float = _WIDTH,
    **options: Any,
) -> str:
    """Return a picture of a graph as SVG text.

    Args:
        graph, theme, legend, **options: see `to_dot`.
        max_nodes: refuse to lay out more boxes than these.
        timeout: seconds that the layout may take.
        width: how many pixels wide the picture should be: its parts stand in as few columns as that takes. One part
            that is wider stays so.

    Returns:
        The SVG.

    Raises:
        ValueError: if there are more boxes (or many more arrows) than Graphviz lays out in reasonable time.
        GraphvizError: if there is no Graphviz, or it takes longer than `timeout`.

    Example:
        >>> graph = tf.get_default_graph()
        >>> x = tf.square(tf.constant(1.0), name="x")
        >>> "<svg" in tf.viz.to_svg(graph)
        True
    """
    view = _view(graph, options)
    _refuse_too_much(view, max_nodes)
    return _drawn(view, "svg", theme, legend, timeout, width).decode("utf-8")


def render(
    graph: Any = None,
    path: Any = None,
    *,
    theme: str = "light",
    legend: bool = True,
    max_nodes: int = 300,
    timeout: float = 60.0,
    width: float = _WIDTH,
    **options: Any,
) -> Any:
    """Write a picture of a graph to a file: all of it, or, where something fails, nothing.

    Without a path nothing is written, and the `View` is returned: what a notebook shows as a picture.

    Args:
        graph: see `to_dot`.
        path: the file; its ending says what is written: .svg, .png, .pdf or .dot. None for no file.
        theme, legend, max_nodes, timeout, width, **options: see `to_svg`.

    Returns:
        The path, as a string; the `View` if there is none.

    Raises:
        ValueError: for another ending, and as `to_svg`.
        OSError: if the file can't be written; one that was there is whole still.
        GraphvizError: as `to_svg`.

    Example:
        >>> import os, tempfile
        >>> graph = tf.get_default_graph()
        >>> x = tf.square(tf.constant(1.0), name="x")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = tf.viz.render(graph, os.path.join(folder, "graph.svg"), depth=1)
        ...     os.path.getsize(path) > 500
        True
    """
    if path is None:
        return _view(graph, options)
    path = os.fspath(path)
    ending = os.path.splitext(path)[1].lower().lstrip(".")
    if ending not in _FORMATS:
        raise ValueError(
            f"cannot tell what to write from the name {path!r}: it must end in {', '.join('.' + f for f in _FORMATS)}"
        )
    files.folder_of(path)  # fail before the work is done
    view = _view(graph, options)
    if ending == "dot":
        data = _source(view, theme, legend).encode("utf-8")
    else:
        _refuse_too_much(view, max_nodes)
        data = _drawn(view, ending, theme, legend, timeout, width)
    files.replace(path, data)
    return path


def _source(view: View, theme: str, legend: bool) -> str:
    return dot.source_of(view, style.theme_named(theme), legend)


def _drawn(view: View, format: str, theme: str, legend: bool, timeout: float, width: float) -> bytes:
    colours = style.theme_named(theme)
    if view.sections:
        data = run_graphviz.draw(
            layout.composed(view, colours, legend, timeout, width / _POINT), format, timeout, "nop2"
        )
    else:
        data = run_graphviz.draw(_source(view, theme, legend), format, timeout)
    if format != "svg":
        return data
    names = {box.id: box.path or box.title for box in view.boxes}
    return polish.polished(data, view.title, names).encode("utf-8")


def _refuse_too_much(view: View, most: int) -> None:
    boxes, arrows = len(view.boxes), len(view.arrows)
    if boxes <= most and arrows <= 5 * most:
        return
    raise ValueError(
        f"the picture would have {amount(boxes, 'box')} and {amount(arrows, 'arrow')}: Graphviz may need minutes\n"
        f"for more than {most:,} boxes or {5 * most:,} arrows, and nobody can read them.\n"
        "Ask for less: leave out depth= (it folds by itself), or depth=1, fold=['scope'],\n"
        "fetches=[tensor], path=(a, b), around=variable; or insist by max_nodes= and timeout=."
    )
