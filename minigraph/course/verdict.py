"""What a check of an exercise says, and how checks are written."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

__all__ = ["NotYet", "Verdict", "check", "expect", "kind_of"]


class NotYet(Exception):
    """Raised inside a check, with what is wrong with the answer and where to look."""


class Verdict:
    """The result of a check: true if the answer is right; it shows itself as one sentence or two.

    Example:
        >>> Verdict(False, "The shape is (2,), where (2, 3) was asked for.")
        Not yet: The shape is (2,), where (2, 3) was asked for.
    """

    __slots__ = ("right", "text")

    def __init__(self, right: bool, text: str):
        self.right, self.text = right, text

    def __bool__(self) -> bool:
        return self.right

    def __repr__(self) -> str:
        return f"{'Right' if self.right else 'Not yet'}: {self.text}"


def expect(holds: Any, text: str) -> None:
    """Raise `NotYet` with this text unless `holds` is true."""
    if not holds:
        raise NotYet(text)


def check(function: Callable[..., str]) -> Callable[..., Verdict]:
    """Return a check that gives a `Verdict`, made of a function that returns praise or raises `NotYet`.

    Answers that were not written yet (`...`), None, and errors of a student's function become verdicts too.

    Example:
        >>> @check
        ... def half_of_ten(answer):
        ...     expect(isinstance(answer, int), "Write a whole number.")
        ...     expect(answer == 5, f"{answer} + {answer} is {answer + answer}.")
        ...     return "5 + 5 is 10."
        >>> half_of_ten(...), half_of_ten(4)
        (Not yet: replace the ... with your answer., Not yet: 4 + 4 is 8.)
        >>> half_of_ten("5"), half_of_ten(5)
        (Not yet: Write a whole number., Right: 5 + 5 is 10.)
        >>> half_of_ten(print())
        <BLANKLINE>
        Not yet: Your answer is None: what you called returns nothing.
    """

    @functools.wraps(function)
    def run(*answers: Any) -> Verdict:
        if any(answer is ... for answer in answers):
            return Verdict(False, "replace the ... with your answer.")
        if any(answer is None for answer in answers):
            return Verdict(False, "Your answer is None: what you called returns nothing.")
        try:
            return Verdict(True, function(*answers))
        except NotYet as wrong:
            return Verdict(False, str(wrong))
        except Exception as error:
            first = str(error).split("\n")[0]
            if answers and not isinstance(answers[0], (list, tuple, set, dict)) and "has no len()" in first:
                return Verdict(False, f"{kind_of(answers[0])} is no list: write a list.")
            return Verdict(False, f"your answer raised {type(error).__name__}: {first}")

    return run


def kind_of(value: Any) -> str:
    """Return what kind of thing a value is, with its article.

    Example:
        >>> kind_of(3), kind_of("text")
        ('an int', 'a str')
    """
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiouAEIO' else 'a'} {name}"
