"""What `docs/lite.py` puts into the site, as far as that needs neither network nor JupyterLite."""

import json
import pathlib
import runpy
import sys

import pytest

from minigraph.course import handout

LITE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "lite.py"


@pytest.fixture
def lite(monkeypatch):
    monkeypatch.setattr(sys, "path", list(sys.path))
    return runpy.run_path(str(LITE))


def test_a_notebook_installs_minigraph_first(lite, tmp_path):
    lite["write_lessons"](tmp_path / "files", True)
    files = sorted((tmp_path / "files").iterdir())
    assert [file.stem for file in files] == [lesson.stem for lesson in lite["lessons"]()]
    for file in files:
        made = json.loads(file.read_text())
        assert made["cells"][0]["source"] == "%pip install -q minigraph"
        assert made["metadata"]["kernelspec"]["name"] == "python"  # JupyterLite's, not the python3 of Jupyter
        assert len({cell["id"] for cell in made["cells"]}) == len(made["cells"])


def test_what_is_left_out_is_a_lesson(lite):
    everything = [lesson.stem for lesson in handout.lessons()]
    there = [lesson.stem for lesson in lite["lessons"]()]
    assert set(lite["LEFT_OUT"]) <= set(everything)
    assert there == [name for name in everything if name not in lite["LEFT_OUT"]] and there[0] == "01-fetches"


def test_of_pyodide_only_what_is_needed_is_copied(lite, tmp_path):
    depends = {name: [] for name in lite["LOADED"]}
    depends |= {
        "ipython": ["prompt_toolkit"],
        "prompt-toolkit": ["wcwidth"],
        "wcwidth": ["ipython"],
        "pandas": ["numpy"],
    }
    packages = {name: {"depends": names, "file_name": f"{name}-1.0.whl"} for name, names in depends.items()}
    release = tmp_path / "release"
    release.mkdir()
    (release / "pyodide-lock.json").write_text(json.dumps({"packages": packages}))
    core = ["pyodide.asm.js", "pyodide.asm.wasm", "pyodide.mjs", "python_stdlib.zip", "pyodide-lock.json"]
    unneeded = ["pyodide_http-1.0.whl", "README.md"]
    for name in [*core, *unneeded, *(package["file_name"] for package in packages.values())]:
        path = release / name
        path.write_text(path.read_text() if path.exists() else name)
    lite["copy_pyodide"](release, tmp_path / "site" / "pyodide")
    wanted = [packages[name]["file_name"] for name in packages if name != "pandas"]
    assert sorted(path.name for path in (tmp_path / "site" / "pyodide").iterdir()) == sorted([*core, *wanted])


def test_a_folder_that_is_no_release_is_refused_before_anything_is_built(lite, tmp_path, monkeypatch, capsys):
    (tmp_path / "site").mkdir()
    monkeypatch.setattr(sys, "argv", ["lite.py", str(tmp_path / "site"), "--pyodide", str(tmp_path)])
    with pytest.raises(SystemExit):
        lite["main"]()
    assert "has no pyodide-lock.json" in capsys.readouterr().err and (tmp_path / "site").is_dir()


def test_what_the_wheels_hold_is_what_minigraph_needs(lite):
    """A requirement that is added to setup.cfg must come with the site."""
    lines = (LITE.parents[1] / "setup.cfg").read_text().partition("install_requires =")[2].partition("\n\n")[0]
    needed = {line.strip().partition(">=")[0] for line in lines.splitlines() if line.strip()}
    assert needed - {"pygraphviz"} == {*lite["WHEELS"], "numpy"} - {"comm"}
