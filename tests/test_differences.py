"""What docs/differences.md says: its examples run, what it calls absent is absent, and what it names instead is there."""

import doctest
import pathlib
import re

import pytest

import minigraph as tf

PAGE = pathlib.Path(__file__).resolve().parent.parent / "docs" / "differences.md"
TABLE = PAGE.read_text().split("<!-- absent -->")[1].split("<!-- end of absent -->")[0]
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in TABLE.strip().splitlines()[2:]]
NAME = re.compile(r"\btf(?:\.\w+)+")


def is_there(path):
    thing = tf
    for part in path.split(".")[1:]:
        thing = getattr(thing, part, None)
    return thing is not None


PAGES = [("differences.md", 15), ("programs.md", 10), ("leaving.md", 15), ("tensorboard.md", 30)]


@pytest.mark.parametrize("page, least", PAGES)
def test_the_examples_print_what_they_say(page, least):
    with tf.Graph().as_default(), tf.Session() as sess:
        flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
        found = doctest.testfile(
            str(PAGE.parent / page),
            module_relative=False,
            optionflags=flags,
            globs={"tf": tf, "sess": sess},
            encoding="utf-8",
        )
        assert found.attempted >= least and found.failed == 0


@pytest.mark.parametrize("absent, instead", ROWS, ids=lambda cell: NAME.findall(cell)[0] if NAME.search(cell) else "")
def test_what_is_absent_is_absent_and_what_is_named_instead_is_there(absent, instead):
    assert [name for name in NAME.findall(absent) if is_there(name)] == []
    assert [name for name in NAME.findall(instead) if not is_there(name)] == []


def test_the_names_that_only_minigraph_has_are_there():
    last = PAGE.read_text().split("## What is here, and not in TensorFlow")[1]
    assert all(map(is_there, NAME.findall(last)))
