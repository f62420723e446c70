"""Pages with the source of the files that the documentation names, and the role that links to a line of them.

`source` takes a path in the repository and perhaps a line: {source}`minigraph/graph/graph.py:20`.
"""

import html
import pathlib
import re
from collections.abc import Iterator

from docutils import nodes
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_for_filename
from pygments.util import ClassNotFound
from sphinx.application import Sphinx
from sphinx.util.docutils import ReferenceRole

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Source(ReferenceRole):
    """A link to a file, or to a line of it."""

    def run(self) -> tuple[list[nodes.Node], list]:
        path, _, line = self.target.partition(":")
        if not (ROOT / path).is_file():
            return [], [self.inliner.reporter.warning(f"no such file: {path}", line=self.lineno)]
        self.env.domaindata.setdefault("sources", {}).setdefault(self.env.docname, set()).add(path)
        address = "../" * self.env.docname.count("/") + f"source/{path}.html" + (f"#line-{line}" if line else "")
        return [nodes.reference("", "", nodes.literal("", self.title), internal=True, refuri=address)], []


def _purge(app: Sphinx, env: object, docname: str) -> None:
    env.domaindata.get("sources", {}).pop(docname, None)


def _merge(app: Sphinx, env: object, docnames: list[str], other: object) -> None:
    env.domaindata.setdefault("sources", {}).update(
        {name: paths for name, paths in other.domaindata.get("sources", {}).items() if name in docnames}
    )


def _pages(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    for path in sorted(set().union(*app.env.domaindata.get("sources", {}).values())):
        text = (ROOT / path).read_text()
        try:
            formatter = HtmlFormatter(linenos="inline", linespans="line", wrapcode=True)
            code = highlight(text, get_lexer_for_filename(path), formatter)
            code = re.sub(r'id="line-(\d+)"', r'id="line-\1" class="source-line"', code)
        except ClassNotFound:
            code = f"<pre>{html.escape(text)}</pre>"
        yield f"source/{path}", {"title": path, "body": f"<h1>{html.escape(path)}</h1>{code}"}, "page.html"


def setup(app: Sphinx) -> dict:
    app.add_role("source", Source())
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("html-collect-pages", _pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
