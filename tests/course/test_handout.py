"""The lessons as notebooks, and the command that hands them out."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

from minigraph.course import handout
from tests.course import notebooks

jupytext = pytest.importorskip("jupytext")
nbformat = pytest.importorskip("nbformat")
ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture
def command(tmp_path):
    def call(*args):
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
        return subprocess.run(
            [sys.executable, "-m", "minigraph", "lessons", *args],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=env,
            timeout=120,
        )

    return call


@pytest.mark.parametrize("lesson", notebooks.LESSONS, ids=lambda path: path.stem)
def test_a_notebook_has_what_jupytext_reads(lesson):
    made = nbformat.from_dict(handout.notebook(lesson.read_text()))
    nbformat.validate(made)
    wanted = jupytext.read(lesson, fmt="md:myst").cells
    assert len(made.cells) == len(wanted)
    for cell, other in zip(made.cells, wanted):
        if "solution" in notebooks.tags(other):
            assert cell.cell_type == "markdown" and f"```python\n{other.source}\n```" in cell.source
        else:
            assert (cell.cell_type, cell.source) == (other.cell_type, other.source)
            assert notebooks.tags(cell) == notebooks.tags(other)


def test_no_cell_of_code_answers_for_the_student():
    for lesson in handout.lessons():
        with_, without = (handout.notebook(lesson.read_text(), solutions=wanted)["cells"] for wanted in (True, False))
        assert not any("solution" in cell["metadata"].get("tags", []) for cell in with_)
        exercises = sum("exercise" in cell["metadata"].get("tags", []) for cell in with_)
        assert len(with_) - len(without) == exercises >= 2
        assert "<summary>Solution" not in str(without)


def test_the_command_writes_each_lesson(command, tmp_path):
    done = command()
    assert done.returncode == 0 and "11 lessons written" in done.stderr and "jupyter lab lessons" in done.stderr
    files = sorted((tmp_path / "lessons").iterdir())
    assert [file.stem for file in files] == [lesson.stem for lesson in notebooks.LESSONS]
    for file in files:
        nbformat.validate(nbformat.read(file, as_version=4))


def test_without_solutions_into_a_folder(command, tmp_path):
    assert command("week 1/lab", "--no-solutions").returncode == 0
    assert "Solution" not in (tmp_path / "week 1" / "lab" / "01-fetches.ipynb").read_text()


def test_the_work_of_a_student_is_not_touched(command, tmp_path):
    mine = tmp_path / "lessons" / "01-fetches.ipynb"
    mine.parent.mkdir()
    mine.write_text("my answers")
    done = command()
    assert done.returncode == 0 and mine.read_text() == "my answers"
    assert "there already, and not touched: 01-fetches.ipynb" in done.stderr and "10 lessons written" in done.stderr


def test_wrong_uses(command, tmp_path):
    (tmp_path / "taken").write_text("a file")
    done = command("taken")
    assert done.returncode == 3 and "taken" in done.stderr and "Traceback" not in done.stderr
    done = command("lessons", "--no-solution")
    assert done.returncode == 2 and "lessons does not know --no-solution" in done.stderr
    assert not (tmp_path / "lessons").exists()


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "lesson.ipynb"
    with pytest.raises(UnicodeEncodeError):
        handout._write_new(path, "a" * 100_000 + "\ud800")
    assert not path.exists()


def test_an_installation_without_lessons_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(handout, "_FOLDERS", (tmp_path,))
    with pytest.raises(FileNotFoundError, match="this installation has no lessons"):
        handout.write(tmp_path / "lessons")
    assert not (tmp_path / "lessons").exists()


def test_a_build_carries_the_lessons(tmp_path):
    pytest.importorskip("setuptools")
    build = [sys.executable, "setup.py", "-q", "build_py", "--build-lib", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    built = sorted((tmp_path / "minigraph" / "course" / "lessons").iterdir())
    assert [(each.name, each.read_text()) for each in built] == [
        (each.name, each.read_text()) for each in notebooks.LESSONS
    ]


def test_a_notebook_is_plain_json():
    text = json.dumps(handout.notebook("# T\n\n```{code-cell}\n:tags: [exercise]\n\nx = ...\n```\n\nThe end.\n"))
    cells = json.loads(text)["cells"]
    assert [cell["source"] for cell in cells] == ["# T", "x = ...", "The end."]
    assert cells[1]["metadata"] == {"tags": ["exercise"]} and len({cell["id"] for cell in cells}) == 3
