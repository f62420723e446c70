"""Run the lessons as notebooks, and as text.

`python -m tests.course.notebooks` records what their cells print, in `outputs/`; look at the difference before you commit.
"""

from __future__ import annotations

import ast
import pathlib
import re
import sys
import tempfile

import jupytext
import nbclient

HERE = pathlib.Path(__file__).resolve().parent
LESSONS = sorted((HERE.parent.parent / "docs" / "lessons").glob("[0-9]*.md"))
OUTPUTS = HERE / "outputs"


def cells(lesson: pathlib.Path) -> list:
    """Return the code cells of a lesson, each a node of nbformat with its tags in `metadata`."""
    return [cell for cell in jupytext.read(lesson, fmt="md:myst").cells if cell.cell_type == "code"]


def tags(cell: object) -> list:
    return cell.metadata.get("tags", [])


def executed(lesson: pathlib.Path) -> str:
    """Return all that the cells of a lesson show, when a kernel runs them in order."""
    notebook = jupytext.read(lesson, fmt="md:myst")
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = []
    for number, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1):
        text = "".join(map(output_text, cell.outputs))
        if text.strip():
            shown.append(f"[{number}]\n{text.rstrip()}\n")
    return "\n".join(shown)


def output_text(output: object) -> str:
    """Return what a student sees of one output, without what differs from run to run."""
    if output.output_type == "stream":
        text = output.text
    elif output.output_type == "error":
        text = f"{output.ename}: {output.evalue}\n"
    else:
        text = f"{output.data.get('text/plain', '')}\n"
        if "image/svg+xml" in output.data or "text/html" in output.data:
            text = f"{text.splitlines()[0]}  (shown as a picture)\n"
    text = re.sub(r"/tmp/ipykernel_\d+/\d+\.py|<ipython-input-[^>]*>", "CELL", text)
    text = re.sub(r"np\.(?:float|u?int)\d+\(([^()]*)\)|np\.(True|False)_", r"\1\2", text)  # as numpy 1 shows scalars
    text = re.sub(r"0x[0-9a-f]{6,}", "0x…", text)
    text = re.sub(rf"{re.escape(tempfile.gettempdir())}[\\/]tmp\w{{8}}", "FOLDER", text)
    return re.sub(r"\b\d+(\.\d+)? (µs|ms|s)\b", "TIME", text)


def unsolved(lesson: pathlib.Path) -> list:
    """Return what the checks of a lesson say, when its solutions are left out, in the order of the exercises."""
    from minigraph.course.verdict import Verdict

    scope: dict = {}
    found = []
    for cell in cells(lesson):
        if "solution" in tags(cell) or "raises-exception" in tags(cell):
            continue
        *before, last = ast.parse(cell.source).body
        exec(ast.unparse(before), scope)
        if not isinstance(last, ast.Expr):
            exec(ast.unparse(last), scope)
            continue
        value = eval(ast.unparse(last), scope)
        if isinstance(value, Verdict):
            found.append(value)
    return found


if __name__ == "__main__":
    for path in LESSONS:
        if len(sys.argv) == 1 or path.stem in sys.argv[1:]:
            OUTPUTS.mkdir(exist_ok=True)
            (OUTPUTS / f"{path.stem}.txt").write_text(executed(path))
