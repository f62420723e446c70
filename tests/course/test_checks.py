"""Each check of an exercise tells three wrong answers apart, and takes more than one right one.

The cases lie in files `cases_*.py` beside this one: `CASES` is a list of `Case`.
"""

import importlib
import inspect
import pathlib
import pkgutil

import pytest

import minigraph as tf
import minigraph.course
from minigraph.course.verdict import Verdict

HERE = pathlib.Path(__file__).resolve().parent
CASES = [
    case
    for path in sorted(HERE.glob("cases_*.py"))
    for case in importlib.import_module(f"tests.course.{path.stem}").CASES
]
ids = [case.check.__name__ for case in CASES]


def checks() -> set:
    """Return all checks of the course."""
    found = set()
    for info in pkgutil.iter_modules(minigraph.course.__path__, "minigraph.course."):
        module = importlib.import_module(info.name)
        if not info.name.endswith((".verdict", ".handout")):
            found.update(getattr(module, name) for name in module.__all__)
    return found


def verdict(case, answer: str) -> Verdict:
    """Return what a check says of an answer, written as the student writes it, in a fresh graph."""
    tf.reset_default_graph()
    scope: dict = {"tf": tf}
    exec(inspect.cleandoc(case.before), scope)
    exec(inspect.cleandoc(answer), scope)
    return case.check(*[eval(each, scope) for each in case.given])


def test_every_check_has_a_case():
    assert {case.check for case in CASES} == checks()


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_wrong_answers_get_different_messages(case):
    found = [verdict(case, answer) for answer in case.wrong]
    assert not any(found), [each for each in found if each]
    assert len({repr(each) for each in found}) == len(found) >= 3
    assert not [each for each in found if "raised" in repr(each)], "say what is wrong, not that something failed"


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_more_than_one_answer_is_right(case):
    assert len(case.right) >= 2
    for answer in case.right:
        assert verdict(case, answer), f"{answer}: {verdict(case, answer)}"
