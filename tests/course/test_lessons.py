"""Each lesson runs from top to bottom, shows what it showed before, and its checks wait for an answer."""

import pytest

jupytext = pytest.importorskip("jupytext")
pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

from tests.course import notebooks  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")  # those of Jupyter's own packages


@pytest.mark.parametrize("lesson", notebooks.LESSONS, ids=lambda path: path.stem)
def test_a_lesson_shows_what_it_showed(lesson):
    recorded = notebooks.OUTPUTS / f"{lesson.stem}.txt"
    assert notebooks.executed(lesson) == recorded.read_text()


@pytest.mark.parametrize("lesson", notebooks.LESSONS, ids=lambda path: path.stem)
def test_an_exercise_without_an_answer_is_not_yet_right(lesson):
    verdicts = notebooks.unsolved(lesson)
    exercises = [cell for cell in notebooks.cells(lesson) if "exercise" in notebooks.tags(cell)]
    assert len(verdicts) == len(exercises) >= 2
    assert not any(verdicts) and all("replace the ..." in repr(each) for each in verdicts)


@pytest.mark.parametrize("lesson", notebooks.LESSONS, ids=lambda path: path.stem)
def test_a_lesson_has_what_a_lecturer_counts_on(lesson):
    text = lesson.read_text()
    cells = notebooks.cells(lesson)
    assert len(jupytext.read(lesson).cells) > len(cells), "Jupyter sees no notebook: its head says no extension: .md"
    assert any("raises-exception" in notebooks.tags(cell) for cell in cells) or "wrong program" in text
    assert "## What to remember" in text
    solutions = [cell for cell in cells if "solution" in notebooks.tags(cell)]
    assert len(solutions) == sum("exercise" in notebooks.tags(cell) for cell in cells)
