"""The lessons as notebooks for Jupyter.

A lesson is a text file in MyST's notation, in docs/lessons; a wheel carries the files beside this module. Reading one
needs no package: a head between two lines of dashes, prose, and cells of code between fences.
"""

from __future__ import annotations

import json
import os
import pathlib
import re
from typing import Any

__all__ = ["lessons", "notebook", "write"]

_HERE = pathlib.Path(__file__).resolve().parent
_FOLDERS = _HERE / "lessons", _HERE.parents[1] / "docs" / "lessons"  # of a wheel, of a checkout
_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(?::tags: \[([^\]\n]*)\]\n)?\n?(.*?)^```$\n?", re.DOTALL | re.MULTILINE)
_KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def lessons() -> list[pathlib.Path]:
    """Return the text files of the lessons, in their order.

    Raises:
        FileNotFoundError: if this installation has none.

    Example:
        >>> lessons()[0].name
        '01-fetches.md'
    """
    for folder in _FOLDERS:
        if found := sorted(folder.glob("[0-9]*.md")):
            return found
    raise FileNotFoundError(f"this installation has no lessons in {_FOLDERS[0]}: install MiniGraph from its wheel")


def notebook(text: str, solutions: bool = True) -> dict[str, Any]:
    """Return a lesson as a notebook, format 4.5.

    A solution becomes folded prose: as a cell of code it would run after the student's own answer and replace it.

    Args:
        text: the lesson.
        solutions: False leaves them out.

    Example:
        >>> lesson = "# One\\n\\n```{code-cell}\\n1 + 1\\n```\\n"
        >>> [(cell["cell_type"], cell["source"]) for cell in notebook(lesson)["cells"]]
        [('markdown', '# One'), ('code', '1 + 1')]
    """
    parts = _CELL.split(_HEAD.sub("", text, count=1))
    cells = [_prose(parts[0])]
    for tags, source, prose in zip(parts[1::3], parts[2::3], parts[3::3]):
        names = [tag.strip() for tag in (tags or "").split(",") if tag.strip()]
        if "solution" not in names:
            cells.append(_code(source.strip("\n"), names))
        elif solutions:
            cells.append(_prose(f"<details>\n<summary>Solution</summary>\n\n```python\n{source}```\n\n</details>"))
        cells.append(_prose(prose))
    kept = [cell for cell in cells if cell["source"]]
    return {
        "cells": [{"id": f"cell-{number}", **cell} for number, cell in enumerate(kept, 1)],
        "metadata": {"kernelspec": _KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _prose(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.strip("\n")}


def _code(source: str, tags: list[str]) -> dict[str, Any]:
    metadata = {"tags": tags} if tags else {}
    return {"cell_type": "code", "execution_count": None, "metadata": metadata, "outputs": [], "source": source}


def write(folder: str | os.PathLike, solutions: bool = True) -> tuple[list[pathlib.Path], list[pathlib.Path]]:
    """Write the lessons as notebooks into a folder, which is made.

    A file that is there already is a student's work: it is not touched.

    Args:
        folder: the folder.
        solutions: False leaves the solutions out.

    Returns:
        The files that were written, and those that were there.

    Raises:
        OSError: if a file cannot be written; it is then not there.
    """
    texts = {lesson.stem: notebook(lesson.read_text(encoding="utf-8"), solutions) for lesson in lessons()}
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[pathlib.Path] = []
    kept: list[pathlib.Path] = []
    for name, content in texts.items():
        path = folder / f"{name}.ipynb"
        (written if _write_new(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n") else kept).append(path)
    return written, kept


def _write_new(path: pathlib.Path, text: str) -> bool:
    """Write a file that is not there yet, whole or not at all; return False if it is there."""
    try:
        file = open(path, "x", encoding="utf-8", newline="\n")
    except FileExistsError:
        return False
    try:
        with file:
            file.write(text)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return True
