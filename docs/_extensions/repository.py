"""Pages that also read well in the repository: what they include and link to there becomes what the site has."""

import pathlib
import re

from sphinx.application import Sphinx

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

_INCLUDE = re.compile(r"^```\{include\} (\S+)\n```$", re.MULTILINE)
_ANCHOR = re.compile(r'^<a id="([\w-]+)"></a>$', re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s:#]+)((?:#[^)\s]*)?)\)")
_PAGES = {ROOT / "README.md": DOCS / "index.md", ROOT / "CHANGES.md": DOCS / "changes.md"}  # what includes a file


def adapted(text: str, here: pathlib.Path, page: pathlib.Path) -> str:
    """Return the text of a file with its links as seen from the page on which it stands.

    A link to a page of `docs` leads to that page; one to another file of the repository, to a page with its source.
    """

    def link(match: re.Match) -> str:
        label, target, anchor = match.groups()
        file = (here.parent / target).resolve()
        if not file.is_file():
            return match.group(0)
        shown = _PAGES.get(file, file)
        if shown.is_relative_to(DOCS) and shown.suffix == ".md":
            up = len(page.parent.relative_to(DOCS).parts)
            return f"[{label}]({'../' * up}{shown.relative_to(DOCS).as_posix()}{anchor})"
        return f"{{source}}`{label.strip('`')} <{file.relative_to(ROOT).as_posix()}>`"

    return _ANCHOR.sub(r"(\1)=", _LINK.sub(link, text))


def _read(app: Sphinx, docname: str, source: list[str]) -> None:
    page = pathlib.Path(app.env.doc2path(docname))
    if page.suffix != ".md":
        return

    def include(match: re.Match) -> str:
        file = (page.parent / match.group(1)).resolve()
        app.env.note_dependency(str(file))
        return adapted(file.read_text(), file, page)

    source[0] = _INCLUDE.sub(include, adapted(source[0], page, page))


def setup(app: Sphinx) -> dict:
    app.connect("source-read", _read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
