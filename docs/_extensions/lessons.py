"""Lessons as pages: each cell of a notebook, and below it what it shows.

Texts are those recorded in `tests/course/outputs`, which a test holds true. A lesson with pictures is run as it is
read, to draw them. Solutions are folded.
"""

import ast
import base64
import contextlib
import io
import pathlib
import re
import warnings
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import minigraph

OUTPUTS = pathlib.Path(__file__).resolve().parents[2] / "tests" / "course" / "outputs"
PICTURE = "(shown as a picture)"


def recorded(file: pathlib.Path) -> dict[int, str]:
    """Return what the cells of a lesson show: the number of a cell, counted from 1, and its text."""
    if not file.exists():
        return {}
    parts = re.split(r"^\[(\d+)\]\n", file.read_text(), flags=re.MULTILINE)
    return {int(number): text.rstrip() for number, text in zip(parts[1::2], parts[2::2])}


def run(source: str, number: int, scope: dict) -> Any:
    """Run a cell and return the value of its last expression.

    What the cell prints is recorded already, and a cell that fails belongs to the lesson.
    """
    tree = ast.parse(source)
    last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(tree, f"In[{number}]", "exec"), scope)
            return eval(compile(last, f"In[{number}]", "eval"), scope) if last else None
    except Exception:
        return None


def shown(value: Any) -> str | None:
    """Return what a notebook shows for a value, as HTML, or None if that is only text."""
    bundle = value._repr_mimebundle_() if hasattr(value, "_repr_mimebundle_") else {}
    svg = bundle.get("image/svg+xml") or (value._repr_svg_() if hasattr(value, "_repr_svg_") else None)
    if svg:
        data = base64.b64encode(svg.encode()).decode()  # as an image: ids of one drawing do not meet those of another
        return f'<img alt="the picture that the cell draws" src="data:image/svg+xml;base64,{data}">'
    return bundle.get("text/html") or (value._repr_html_() if hasattr(value, "_repr_html_") else None)


class CodeCell(SphinxDirective):
    """A cell of a notebook in MyST's notation."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {"tags": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        file = OUTPUTS / f"{pathlib.PurePosixPath(self.env.docname).name}.txt"
        self.env.note_dependency(str(file))
        number = self.env.temp_data["cells"] = self.env.temp_data.get("cells", 0) + 1
        tags = [tag.strip() for tag in self.options.get("tags", "").strip("[]").split(",")]
        source = "\n".join(self.content)
        code = nodes.literal_block(source, source, language="python")
        self.set_source_info(code)
        cell = nodes.container("", code, classes=["cell", *(f"tag-{tag}" for tag in tags if tag)])
        cell += self.output(recorded(file), number, source)
        if "solution" not in tags:
            return [cell]
        opened = nodes.raw("", '<details class="solution"><summary>Solution</summary>', format="html")
        return [opened, cell, nodes.raw("", "</details>", format="html")]

    def output(self, texts: dict[int, str], number: int, source: str) -> list[nodes.Node]:
        drawn = [each for each, text in texts.items() if PICTURE in text]
        text, picture = texts.get(number, ""), None
        if number == 1:
            minigraph.reset_default_graph()
            self.env.temp_data["scope"] = {"__name__": "__main__"}
        if number <= max(drawn, default=0):
            value = run(source, number, self.env.temp_data["scope"])
            picture = shown(value) if number in drawn else None
        if picture:
            text = "\n".join(line for line in text.splitlines() if PICTURE not in line).rstrip()
        found = [nodes.literal_block(text, text, language="text", classes=["output"])] if text else []
        return found + ([nodes.raw("", f'<div class="picture">{picture}</div>', format="html")] if picture else [])


def setup(app: Sphinx) -> dict:
    app.add_directive("code-cell", CodeCell)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
