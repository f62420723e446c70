"""What a check is tested with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Case:
    """A check, and answers to its exercise.

    Attributes:
        check: the check.
        given: the expressions of its arguments, as the lesson's cell has them.
        before: the program of the lesson before the exercise, as far as the answers need it.
        wrong: answers, each wrong in its own way.
        right: answers, each right in its own way; the lesson's solution first.
    """

    check: Callable
    given: list
    before: str
    wrong: list
    right: list
