"""Check a built site: `python docs/_extensions/check_site.py build/site`.

Every public name has an entry, every link within the site leads somewhere, no page loads anything from outside, and
headings have levels and pictures words for those who cannot see.
"""

import pathlib
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import api

LOADS = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "audio": "src",
    "video": "src",
    "embed": "src",
}


class Page(HTMLParser):
    """What a page links to, what it loads, the ids to which others may link, and what tells a screen reader nothing."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.mute: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = {key: value or "" for key, value in attrs}
        self.ids.update(given[key] for key in ("id", "name") if key in given)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "link" and not {"search", "index", "next", "prev", "top"} & set(given.get("rel", "").split()):
            self.loads.append(given.get("href", ""))
        if given.get("role") == "heading" and "aria-level" not in given or tag == "img" and "alt" not in given:
            self.mute.append(self.get_starttag_text() or tag)
        if tag in LOADS and LOADS[tag] in given:
            self.loads.append(given[LOADS[tag]])


def faults(site: pathlib.Path) -> list[str]:
    """Return what is wrong with a site."""
    site = site.resolve()
    pages = {path: Page(path.read_text()) for path in sorted(site.rglob("*.html"))}
    found = []
    for entry in api.entries():
        page = pages.get(site / f"{entry.page}.html")
        if page is None or entry.name not in page.ids:
            found.append(f"{entry.name} has no entry in {entry.page}.html")
    for path, page in pages.items():
        here = path.relative_to(site)
        found += [f"{here}: no level or words: {element}" for element in page.mute]
        for address in page.loads:
            parts = urlsplit(address)
            if parts.scheme in ("http", "https") or parts.netloc:
                found.append(f"{here} loads {address}")
            elif not parts.scheme and not (path.parent / unquote(parts.path)).is_file():
                found.append(f"{here}: no such file: {address}")
        for address in page.links:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file():
                found.append(f"{here}: no such file: {address}")
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
                found.append(f"{here}: no such anchor: {address}")
    for path in sorted((site / "_static").rglob("*.css")):
        text = path.read_text()
        found += [f"{path.name} loads from outside" for sign in ("url(http", "url(//", '@import "http') if sign in text]
    return found


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    wrong = faults(folder)
    print("\n".join(wrong[:50]))
    count = len(list(folder.rglob("*.html")))
    print(f"{count} pages, {len(api.entries())} public names, {len(wrong)} faults")
    sys.exit(bool(wrong))
