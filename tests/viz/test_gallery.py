"""The gallery shows the pictures that its script makes."""

import pathlib
import re
import runpy
from xml.etree import ElementTree

import pytest
from arrow_ends import ends_in_the_air

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"


def test_the_gallery_has_its_pictures():
    shown = set(re.findall(r"\(pictures/(\w+)\.svg\)", (DOCS / "gallery.md").read_text()))
    made = {path.stem for path in (DOCS / "pictures").iterdir()}
    views = {name for name, _, _ in runpy.run_path(str(DOCS / "gallery.py"))["pictures"]()}
    assert shown == made == views | {"curves"}


def test_pictures_are_small_and_whole():
    for path in (DOCS / "pictures").iterdir():
        assert path.stat().st_size < 100_000, path
        root = ElementTree.fromstring(path.read_text())
        assert root.get("viewBox") and "max-width:100%" in root.get("style", "max-width:100%")


@pytest.mark.parametrize("path", sorted(DOCS.glob("pictures/*.svg")), ids=lambda path: path.stem)
def test_arrows_end_at_the_outlines_of_what_they_lead_to(path):
    assert ends_in_the_air(path.read_text()) == []
