"""`page`: a graph as one HTML file, to be opened in a browser: no network, no server, no other file."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

from minigraph.graph.text import amount
from minigraph.viz import files
from minigraph.viz.page.findings import Findings
from minigraph.viz.page.graph_data import GraphData, with_bodies
from minigraph.viz.page.runs import race_data, run_data, runs_of
from minigraph.viz.svg import style
from minigraph.viz.text import clean
from minigraph.viz.view.view import program_of

__all__ = ["Page", "page"]

_ASSETS = Path(__file__).with_name("assets")
_SCRIPTS = (
    "dom",
    "data",
    "values",
    "tree",
    "arrows",
    "layout",
    "columns",
    "shapes",
    "labels",
    "draw",
    "open",
    "camera",
    "details",
    "search",
    "fetch",
    "run",
    "step",
    "race",
    "compare",
    "findings",
    "export",
    "notes",
    "keys",
    "frame",
    "main",
)


def page(
    graph: Any = None,
    *,
    runs: Any = (),
    path: Any = None,
    since: Any = None,
    title: str | None = None,
    theme: str = "auto",
    races: Any = None,
    by: str = "stage",
) -> Page:
    """Make a page to explore a graph in: open and close scopes, search, step through runs.

    The page is one file that needs no network. It shows the graph as its scopes, folded at first; a click on a box
    shows its details: type, attributes, shapes, the line of source that made it. It finds out what a fetch would run,
    and plays recorded runs again. It lists what `tf.explain.races`, `lint` and `why_none` have to say of the graph and
    the runs. A reader can write notes, and save the page with them.

    Args:
        graph: a `Graph`, a `View`, or something with a graph, such as a Session; by default the default graph.
        runs: recorded runs, or one: the `RunMetadata` of runs with `tf.RunOptions(trace_level=FULL_TRACE,
            trace_values=True)`, or their traces.
        path: a file to write to, such as "graph.html"; by default none is written: see `Page.save`.
        since: another graph, or the number of nodes that this one had (`graph.version`), to compare with.
        title: a heading; by default the file that made most of the graph, or the number of nodes.
        theme: "light", "dark", or "auto" to follow the reader's system.
        races: pairs of operations (or names) whose order is in question, or a report that has such `pairs`: they are
            marked where two runs stand side by side. By default those that are found.
        by: what its parts are: "stage", "scope", "role", "device" or "job"; see `View`, which has its own.

    Returns:
        The page. In a notebook it shows itself.

    Raises:
        TypeError: if `graph` is nothing that has a graph, `runs` holds no runs, or `races` no pairs.
        KeyError: if `races` names nothing of the graph.
        ValueError: if a run is one of another graph, or `theme` or `by` is something else.
        OSError: if the file can't be written; one that was there is whole still.

    Example:
        >>> import os, tempfile
        >>> graph = tf.get_default_graph()
        >>> x = tf.square(tf.constant(1.0), name="x")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     made = tf.viz.page(graph, path=os.path.join(folder, "graph.html"))
        ...     os.path.getsize(made.path) > 100_000
        True
    """
    if theme not in ("auto", "light", "dark"):
        raise ValueError(f"theme must be 'auto', 'light' or 'dark', not {theme!r}")
    shown = GraphData(graph, by)
    moment, others = _compared_with(since)
    program = program_of(shown.ops)
    heading = str(title) if title is not None else program or amount(len(shown.ops), "node")
    names = {op.name: i for op, i in shown.index.items()}
    traces = runs_of(runs)
    graphs = with_bodies([shown, *others])
    played = [run_data(trace, names) for trace in traces]  # refuses runs of another graph
    found = Findings(shown.view.graph, traces)
    made = Page(
        {
            "title": clean(heading),
            "file": clean(program),  # by which a page that is saved again is called
            "graphs": [each.data for each in graphs],
            "other": 1 if others else None,
            "since": moment,
            "runs": played,
            "races": race_data(found if races is None else races, shown.view.graph, shown.index),
            "findings": found.data(graphs),
            "failure": None,  # what ended the script that made the graph, if something did
            "handed": None,  # the notes of a reader who hands the page in
        },
        theme,
    )
    if path is not None:
        made.save(path)
    return made


def _compared_with(since: Any) -> tuple[int | None, list[GraphData]]:
    """Return the number of nodes or the graph that a page compares with, which `since` may be."""
    if since is None:
        return None, []
    if isinstance(since, int) and not isinstance(since, bool):
        return since, []
    return None, [GraphData(since)]


class Page:
    """A page that was made.

    Args:
        data: what it shows.
        theme: "light", "dark" or "auto".

    Attributes:
        data: as given.
        path: the file that it was last written to, or None.
    """

    def __init__(self, data: dict[str, Any], theme: str = "auto"):
        self.data, self.path, self._theme = data, None, theme

    @property
    def html(self) -> str:
        """The text of the page."""
        script = _script()
        parts = {
            "TITLE": html.escape(self.data["title"]),
            "THEME": self._theme,
            "STYLE": _style(),
            "SCRIPT": script,
            "POLICY": _policy(script),
            "DATA": inert(self.data),
        }
        return re.sub("@([A-Z]+)@", lambda match: parts[match[1]], (_ASSETS / "page.html").read_text("utf-8"))

    def save(self, path: Any) -> str:
        """Write the page to a file: all of it, or, where something fails, nothing.

        Args:
            path: the file.

        Returns:
            The path, as a string.

        Raises:
            OSError: if the file can't be written; one that was there is whole still.
        """
        path = os.fspath(path)
        files.replace(path, self.html.encode("utf-8"))
        self.path = path
        return path

    def _repr_html_(self) -> str:
        """Return the page in a frame of its own, so that a notebook's styles and the page's leave each other alone."""
        return (
            f'<iframe srcdoc="{html.escape(self.html)}" title="{html.escape(self.data["title"])}" '
            'style="width:100%;height:640px;border:1px solid #8884;border-radius:6px" '
            'sandbox="allow-scripts allow-downloads"></iframe>'
        )

    def __repr__(self) -> str:
        where = f", written to {self.path}" if self.path else ""
        return f"<Page: {self.data['title']}{where}>"


def inert(data: Any) -> str:
    """Return JSON that is safe in a page: no text in it can end the element, begin another, or end a line of script.

    Example:
        >>> inert("</script>")
        '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _script() -> str:
    """Return the modules and the layout engine in one function, so that they share names and the page has one
    global.
    """
    engine = (_ASSETS / "dagre" / "dagre.min.js").read_text("utf-8").partition("//# sourceMappingURL")[0]
    licence = (_ASSETS / "dagre" / "LICENSE").read_text("utf-8")
    parts = [(_ASSETS / f"page-{name}.js").read_text("utf-8") for name in _SCRIPTS]
    return (
        "const minigraphPage = (() => {\n'use strict';\n"
        + f"/* dagre, which lays out:\n{licence}*/\n"
        + engine
        + "\n".join(parts)
        + "\nreturn start(document);\n})();\n"
    )


def _policy(script: str) -> str:
    """Return the policy by which nothing may be fetched and only this script may run, whatever the names are."""
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _style() -> str:
    """Return the style sheet, after the colours that static pictures have too."""
    light, dark = style.LIGHT, style.DARK
    colours = {
        f.name: _either(getattr(light, f.name), getattr(dark, f.name))
        for f in fields(style.Theme)
        if isinstance(getattr(light, f.name), str) and f.name != "name"
    }
    for mark, pair in light.marks.items():
        for part, *both in zip(("paper", "line"), pair, dark.marks[mark]):
            colours[f"{mark}-{part}"] = _either(*both)
    stages = "".join(
        f".stage-{stage}{{--stage-paper:{_either(paper, dark.stages[stage][0])};"
        f"--stage-line:{_either(line, dark.stages[stage][1])}}}\n"
        for stage, (paper, line) in light.stages.items()
    )
    return (
        ":root{"
        + "".join(f"--{name}:{colour};" for name, colour in colours.items())
        + f"}}\n{stages}"
        + (_ASSETS / "page.css").read_text("utf-8")
    )


def _either(light: str, dark: str) -> str:
    return f"light-dark({light},{dark})"
