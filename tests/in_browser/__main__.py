"""Run the lessons of the site in Pyodide, under node, and compare what they show with what they show in Jupyter.

    python -m tests.in_browser PYODIDE

PYODIDE is the folder of a release of Pyodide with numpy and IPython. The wheels that are installed in it are those that
`docs/lite.py` puts into its site. Neither this nor `tests.in_browser.site` is part of `bash .ci/run`, since both need such
a release; `output.txt` has what they printed.
"""

from __future__ import annotations

import difflib
import json
import pathlib
import runpy
import subprocess
import sys
import tempfile
from types import SimpleNamespace

from tests.course import notebooks

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def main(pyodide: str) -> int:
    lite = runpy.run_path(str(ROOT / "docs" / "lite.py"))
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        lite["collect_wheels"](work / "wheels")
        (work / "root").mkdir()
        for lesson in lite["lessons"]():
            sources = [cell.source for cell in notebooks.cells(lesson)]
            (work / "root" / f"{lesson.stem}.json").write_text(json.dumps(sources))
        places = [pathlib.Path(pyodide).resolve(), work / "wheels", work / "root", HERE / "cells.py"]
        command = ["node", str(HERE / "run.mjs"), *map(str, places)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    different = 0
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            different += not is_same(json.loads(line))
        else:
            print(line)
    return different


def is_same(run: dict) -> bool:
    """Return True if a lesson shows what was recorded, and print what is different."""
    shown = []
    for number, outputs in enumerate(run["outputs"], 1):
        text = "".join(notebooks.output_text(SimpleNamespace(**output)) for output in outputs)
        if text.strip():
            shown.append(f"[{number}]\n{text.rstrip()}\n")
    recorded = (notebooks.OUTPUTS / f"{run['lesson']}.txt").read_text()
    # Python is a 32-bit program there, whose numpy does not name the type of an array of int32.
    texts = [text.replace(", dtype=int32", "").splitlines() for text in (recorded, "\n".join(shown))]
    difference = list(difflib.unified_diff(*texts, lineterm="", n=0))
    verdict = f"{sum(line.startswith('@@') for line in difference)} differences" if difference else "the same"
    print(f"{run['lesson']}: {len(run['outputs'])} cells in {run['seconds']:.1f} s, {verdict}")
    print("".join(f"    {line}\n" for line in difference[2:]), end="")
    return not difference


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
