"""Lessons as pages: each cell of a notebook, and below it what it shows.

The outputs are those recorded in `tests/course/outputs`, which a test holds true. A solution is folded.
"""

import pathlib
import re

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

OUTPUTS = pathlib.Path(__file__).resolve().parents[2] / "tests" / "course" / "outputs"


def recorded(lesson: str) -> dict[int, str]:
    """Return what the cells of a lesson show: the number of a cell, counted from 1, and its text."""
    file = OUTPUTS / f"{lesson}.txt"
    if not file.exists():
        return {}
    parts = re.split(r"^\[(\d+)\]\n", file.read_text(), flags=re.MULTILINE)
    return {int(number): text.rstrip() for number, text in zip(parts[1::2], parts[2::2])}


class CodeCell(SphinxDirective):
    """A cell of a notebook in MyST's notation."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {"tags": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        lesson = pathlib.PurePosixPath(self.env.docname).name
        file = OUTPUTS / f"{lesson}.txt"
        self.env.note_dependency(str(file))
        counts = self.env.temp_data
        counts["cells"] = number = counts.get("cells", 0) + 1
        tags = [tag.strip() for tag in self.options.get("tags", "").strip("[]").split(",")]
        code = nodes.literal_block("\n".join(self.content), "\n".join(self.content), language="python")
        cell = nodes.container("", code, classes=["cell", *(f"tag-{tag}" for tag in tags if tag)])
        self.set_source_info(code)
        if output := recorded(lesson).get(number):
            cell += nodes.literal_block(output, output, language="text", classes=["output"])
        if "solution" not in tags:
            return [cell]
        opened = nodes.raw("", '<details class="solution"><summary>Solution</summary>', format="html")
        return [opened, cell, nodes.raw("", "</details>", format="html")]


def setup(app: Sphinx) -> dict:
    app.add_directive("code-cell", CodeCell)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
