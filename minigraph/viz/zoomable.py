"""A picture as HTML for a notebook: as wide as the column, and larger where one asks for it. It needs no script."""

from __future__ import annotations

import re
import zlib

__all__ = ["COLUMN", "zoomable"]

COLUMN = 960  # pixels: the column of a notebook
_SMALLEST = 12.0  # pixels: the small words of a picture at its own size
_READABLE = 10.0
_PIXELS = {"pt": 4 / 3, "px": 1.0, "": 1.0}
_SIZES = (("fit", 0), ("full size", 1), ("twice", 2))


def zoomable(svg: str) -> str:
    """Return HTML that shows a picture in a column, with buttons for its own size and for twice that, scrolled.

    Args:
        svg: the picture.

    Example:
        >>> html = zoomable('<svg width="1800" height="10"></svg>')
        >>> "width:1800px" in html, "width:3600px" in html, "words are small" in html
        (True, True, True)
    """
    width = _width(svg)
    key = f"mg{zlib.crc32(svg.encode()):08x}"
    small = width * _READABLE > COLUMN * _SMALLEST
    hint = " &nbsp;the words are small at this width: choose another, or open <code>tf.viz.page(...)</code>" * small
    buttons = [
        f'<input type="radio" name="{key}" id="{key}-{times}" class="mg-{times}"{" checked" * (not times)}>'
        f'<label for="{key}-{times}">{words}</label>'
        for words, times in _SIZES
    ]
    rules = [
        f"#{key} .mg-{times}:checked ~ div svg {{width:{width * times:.0f}px; max-width:none !important}}"
        for _, times in _SIZES
        if times
    ]
    return "\n".join(
        [
            f'<div id="{key}" style="max-width:{COLUMN}px; font:12px sans-serif">',
            f"<style>#{key} > div {{overflow:auto}} #{key} label {{margin-right:1em}}",
            *rules,
            "</style>",
            *buttons,
            *([f"<span>{hint}</span>"] if hint else []),
            f"<div>{svg.replace('graph-title', key + '-title')}</div></div>",
        ]
    )


def _width(svg: str) -> float:
    """Return how many pixels wide a picture is at its own size."""
    found = re.search(r'<svg[^>]*?\swidth="([\d.]+)(pt|px|)"', svg)
    return float(found[1]) * _PIXELS[found[2]] if found else float(COLUMN)
