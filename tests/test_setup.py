"""What installing says to a Python that is too old."""

from __future__ import annotations

import ast
import pathlib
import runpy
import sys

import pytest

SETUP = pathlib.Path(__file__).parent.parent / "setup.py"


def test_an_old_python_is_told_which_is_needed(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 18, "final", 0))
    with pytest.raises(SystemExit, match=r"^MiniGraph needs Python 3\.10 or later, and this is Python 3\.9\. "):
        runpy.run_path(str(SETUP))


def test_an_old_python_can_read_it():
    for node in ast.walk(ast.parse(SETUP.read_text(), feature_version=(3, 4))):
        assert not isinstance(node, (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr)), ast.dump(node)
