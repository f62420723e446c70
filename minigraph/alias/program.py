"""Scripts and notebooks of TensorFlow 1.x, run as they are: `minigraph run script.py`."""

from __future__ import annotations

import ast
import json
import linecache
import os
import sys
import tokenize
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from types import ModuleType
from typing import Any

import numpy as np

__all__ = ["run_program"]


def run_program(path: str) -> None:
    """Run a script, or the cells of a notebook one after the other, as `__main__`.

    The modules that it imports are looked for beside it first. Numbers print as numpy 1 prints them. What it raises, it
    raises.

    Args:
        path: the file, `.py` or `.ipynb`.

    Raises:
        SyntaxError: if it is not Python 3.
        ValueError: if a notebook is no notebook.
    """
    module = ModuleType("__main__")
    vars(module).update(__file__=path, __builtins__=__builtins__)
    before = sys.modules.get("__main__")
    sys.modules["__main__"] = module
    _without_windows()
    try:
        with _numbers_as_numpy_1():
            for code in _cells(path) if path.endswith(".ipynb") else [_script(path)]:
                exec(code, vars(module))
    finally:
        if before is not None:
            sys.modules["__main__"] = before


def _without_windows() -> None:
    """Let matplotlib draw into files where there is no screen, so that `plt.show()` neither fails nor waits."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        if os.environ.get("MPLBACKEND", "agg").lower() == "agg":
            os.environ["MPLBACKEND"] = "module://minigraph.alias.no_window"


def _numbers_as_numpy_1() -> AbstractContextManager:
    """Print a number in a list as 0.5, as a program of that time expects; numpy 2 prints np.float32(0.5)."""
    return nullcontext() if np.__version__.startswith("1.") else np.printoptions(legacy="1.25")


def _script(path: str) -> Any:
    with tokenize.open(path) as file:
        return compile(file.read(), path, "exec")


def _cells(path: str) -> Iterator[Any]:
    """Yield the code of each cell; a last expression is shown, as a notebook does."""
    with open(path, encoding="utf-8") as file:
        try:
            cells = json.load(file)["cells"]
        except (ValueError, KeyError, TypeError):
            raise ValueError(f"{path} is no notebook (of version 4)") from None
    number = 0
    for cell in cells:
        if cell.get("cell_type") != "code":
            continue
        number += 1
        name = f"{path}[{number}]"
        source = "".join(cell["source"])
        text = "\n".join(_python(source.split("\n"), name)) + "\n"
        linecache.cache[name] = len(text), None, text.splitlines(keepends=True), name
        tree = ast.parse(text, name)
        if tree.body and isinstance(tree.body[-1], ast.Expr) and not source.rstrip().endswith(";"):
            last: ast.Expr = tree.body[-1]
            show = ast.parse("__import__('sys').displayhook", mode="eval").body
            tree.body[-1] = ast.copy_location(ast.Expr(ast.Call(show, [last.value], [])), last)
            ast.fix_missing_locations(tree)
        yield compile(tree, name, "exec")


def _python(lines: list[str], name: str) -> Iterator[str]:
    """Yield the lines of a cell; those that are not Python but IPython's are left out, with a note each."""
    if lines and lines[0].startswith("%%"):
        print(f"note: {name}: the cell is skipped: {lines[0]}", file=sys.stderr)
        yield from ("" for _ in lines)
        return
    for i, line in enumerate(lines, 1):
        start = line.lstrip()
        if start.startswith(("%", "!")) or (start.endswith("?") and not start.startswith("#")):
            print(f"note: {name}:{i}: skipped: {start}", file=sys.stderr)
            yield line[: len(line) - len(start)] + "pass"
        else:
            yield line
