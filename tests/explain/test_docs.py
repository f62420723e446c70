"""The programs of docs/explain.md print what the page says."""

import contextlib
import io
import pathlib
import re
import warnings

import pytest

import minigraph as tf

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "explain.md"
BLOCKS = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", PAGE.read_text(), re.S)


def printed(code):
    """Return what a program prints, run as a file `program.py` in a new graph."""
    out = io.StringIO()
    with tf.Graph().as_default(), contextlib.redirect_stdout(out), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(code, "program.py", "exec"), {"__name__": "program"})
    return out.getvalue()


def test_all_programs_have_their_output():
    assert len(BLOCKS) == PAGE.read_text().count("```python") >= 10


@pytest.mark.parametrize("code, output", BLOCKS, ids=range(len(BLOCKS)))
def test_program(code, output):
    assert printed(code) == output
