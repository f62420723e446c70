"""What readers by keyboard or screen reader need beside what the theme gives: levels of captions, code that scrolls."""

from typing import Any

_CAPTION = 'role="heading"'  # of a list of pages, which Sphinx writes without the level that ARIA asks for


def _add_levels(app: Any, page: str, template: str, context: dict, doctree: Any) -> None:
    """Give the captions of the lists of pages, in the side bar and in the text, their level."""
    for part in ("body", "furo_navigation_tree"):
        if part in context:
            context[part] = context[part].replace(_CAPTION, f'{_CAPTION} aria-level="2"')


def setup(app: Any) -> dict[str, bool]:
    """Register with Sphinx; the theme has made its side bar by then."""
    app.connect("html-page-context", _add_levels, priority=900)
    app.add_js_file("scrolls.js", loading_method="defer")
    return {"parallel_read_safe": True}
