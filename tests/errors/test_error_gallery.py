"""The gallery of errors: docs/errors.md is what the programs print, and each message keeps the rules of messages."""

import re

import gallery
import pytest

SILENT = {
    "fetch_by_operation_name",
    "growing_graph",
    "unshared_variable",
    "name_scope_and_variables",
    "global_step_not_counted",
    "update_ops",
    "update_on_identity",
    "outside_the_block",
    "unordered_operations",
    "cond_outside",
    "print_unused",
}  # what TF1 lets pass: the result is not what was meant

UNPLACED = {
    "feed_key",
    "fetch_none",
    "value_fetched",
    "name_not_in_graph",
    "eval_without_session",
    "minimize_a_value",
    "clip_pairs",
    "clip_none",
    "clip_one_tensor",
    "keep_prob_zero",
    "gradient_tape",
    "keras_model",
}  # the traceback's line is the whole of it


def test_every_program_is_in_the_gallery():
    found = sorted(path.stem for path in (gallery.HERE / "programs").glob("*.py"))
    assert found == sorted(gallery.NAMES)


@pytest.mark.parametrize("name", gallery.NAMES)
def test_the_page_has_what_the_program_prints(name):
    assert gallery.entry(name) in gallery.PAGE.read_text(), "run `python tests/errors/gallery.py`"


def test_nothing_else_is_on_the_page():
    assert gallery.PAGE.read_text() == gallery.page()


@pytest.mark.parametrize("name", gallery.NAMES)
def test_messages_are_short_and_name_a_line_of_the_program(name):
    printed, error = gallery.run(gallery.example(name).code, f"{name}.py")
    assert (error is None) == (name in SILENT)
    if error is not None:
        _, *lines = str(error).split("\n")
        assert 1 <= len(lines) <= 8
        assert max(map(len, lines)) <= 100
        assert name in UNPLACED or re.search(rf"{name}.py:\d|In\[3\]:3", "\n".join(lines))
        assert "minigraph/" not in printed


@pytest.mark.parametrize("name", gallery.NAMES)
def test_the_fix_is_one(name, capfd):
    before, _ = gallery.run(gallery.example(name).code, f"{name}.py")
    after, error = gallery.run(gallery.fixed(name), f"{name}.py")
    assert error is None and "Warning" not in after
    assert after + capfd.readouterr().err != before  # it prints something else, or at least no error


@pytest.mark.parametrize("name", gallery.NAMES)
def test_the_story_is_told(name):
    found = gallery.example(name)
    assert found.title and found.cause and found.fix and not found.title.endswith(".")
