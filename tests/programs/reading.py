"""What a program prints, as words and numbers, and the comparison of two such texts."""

from __future__ import annotations

import re
from itertools import zip_longest

__all__ = ["difference", "numbers", "parts"]

RELATIVE = 1e-4  # of a number with a decimal point: training in single precision, with sums in another order
ABSOLUTE = 1e-6  # one rounding of a float32 near one and a few more, where equal numbers cancel
# A number stands by itself: the 1 of "Adam_1:0" and the 32 of "float32" belong to names.
_NUMBER = r"(?<![\w.])[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|nan|inf)(?![\w])"
_PART = re.compile(rf"(?P<number>{_NUMBER})|\w[\w.:/-]*\w|\S")


def parts(text: str) -> list[str]:
    """Return the words, numbers and signs of a text. Spaces, and where lines end, depend on how long numbers are.

    Example:
        >>> parts("step 3: loss=[0.5   -1e-05]")
        ['step', '3', ':', 'loss', '=', '[', '0.5', '-1e-05', ']']
    """
    return [found[0] for found in _PART.finditer(text)]


def numbers(text: str) -> list[str]:
    """Return the numbers in a text.

    Example:
        >>> numbers("Adam_1:0 float32 (3, 2) 0.25")
        ['3', '2', '0.25']
    """
    return [found[0] for found in _PART.finditer(text) if found["number"]]


def difference(expected: str, got: str, relative: float = RELATIVE) -> str | None:
    """Return what differs first between two printed texts, or None.

    Words, signs and whole numbers must be equal. Numbers with a decimal point may differ by `relative`, and, if they are
    printed with three digits or more, by one in the last digit, since what is printed is rounded.
    """
    before: list[str] = []
    for a, b in zip_longest(parts(expected), parts(got)):
        if a is None or b is None or not _agree(a, b, relative):
            return f"after {' '.join(before[-8:])!r}: expected {a or 'no more'}, got {b or 'no more'}"
        before.append(a)
    return None


def _agree(a: str, b: str, relative: float) -> bool:
    if a == b:
        return True
    if not (_is_floating(a) and _is_floating(b)):
        return False
    x, y = float(a), float(b)
    return abs(x - y) <= ABSOLUTE + max(relative * abs(x), _last_digit(a), _last_digit(b))


def _is_floating(part: str) -> bool:
    return bool(re.fullmatch(_NUMBER, part)) and ("." in part or "e" in part.lower())


def _last_digit(number: str) -> float:
    """Return what one in the last printed digit is worth; 0 where so few digits are printed that it is much."""
    mantissa, _, exponent = number.lower().partition("e")
    if len(re.sub(r"\D", "", mantissa).lstrip("0")) < 3:
        return 0.0
    return 1.01 * 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
