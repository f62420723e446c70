"""Text for messages: error texts, lists, counts, close names. Nothing here knows what a graph is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from itertools import islice
from typing import Any

__all__ = ["message", "Plain", "listed", "amount", "close_names", "did_you_mean", "similar", "written"]

_LINES, _COLUMNS = 8, 100


def message(first: str, *lines: str) -> str:
    """Build the text of an error: `first` as it is, then at most eight lines of at most 100 columns.

    Args:
        first: TF1's words, by which people search.
        *lines: MiniGraph's additions; empty ones are left out, long ones are wrapped. The last one says
            what to type: if there is not room for all, earlier ones are dropped.

    Example:
        >>> print(message("It failed.", "", "x is 0.", "Write x = 1."))
        It failed.
        x is 0.
        Write x = 1.
    """
    parts = [
        textwrap.wrap(line, _COLUMNS, subsequent_indent="  ", break_on_hyphens=False)
        if len(line) > _COLUMNS
        else [line]
        for line in lines
        if line
    ]
    while sum(map(len, parts)) > _LINES and len(parts) > 1:
        del parts[-2]
    return "\n".join([first] + [text for part in parts for text in part][:_LINES])


def written(number: Any) -> str:
    """Format a number as TF1's kernels do: floats without trailing zeros, in as few digits as identify it.

    Example:
        >>> written(0.0), written(-1.5), written(3)
        ('0', '-1.5', '3')
    """
    kind = type(number)
    if not issubclass(kind, float) and getattr(number, "dtype", "") not in _FLOATS:
        return str(number)
    short = f"{number:.6g}"
    return short if kind(short) == number else f"{number:.9g}"


_FLOATS = ("float16", "float32", "float64")


class Plain(str):
    """A text whose repr quotes only the first line: `str(KeyError(text))` is the repr of the text, all on one line.

    Example:
        >>> print(KeyError(Plain("one\\ntwo")))
        'one'
        two
    """

    def __repr__(self) -> str:
        first, end, rest = self.partition("\n")
        return str.__repr__(first) + end + rest


def listed(items: Iterable[Any], most: int = 5) -> str:
    """Return "a, b, c and 4 more".

    Example:
        >>> listed("abc"), listed(range(9), 2)
        ('a, b, c', '0, 1 and 7 more')
    """
    texts = [str(item) for item in items]
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more


def amount(count: int, noun: str) -> str:
    """Return a number and a noun: "1 node", "2,000 nodes", "3 boxes".

    Example:
        >>> amount(1, "box"), amount(2000, "box"), amount(0, "node")
        ('1 box', '2,000 boxes', '0 nodes')
    """
    plural = noun + ("es" if noun.endswith(("x", "s")) else "s")
    return f"{count:,} {noun if count == 1 else plural}"


def close_names(name: str, names: Iterable[str]) -> str:
    """Return "Close names: …" with similar names first, or "".

    Example:
        >>> close_names("weight", ["bias", "weights"])
        'Close names: weights'
    """
    close = similar(name, names)
    return "Close names: " + ", ".join(close) if close else ""


def did_you_mean(name: str, names: Iterable[str], most: int = 1) -> str:
    """Return "Did you mean 'a' or 'b'?" if there are names like `name`, else "".

    Example:
        >>> did_you_mean("weight", ["bias", "weights"]), did_you_mean("x", ["bias"])
        ("Did you mean 'weights'?", '')
    """
    close = similar(name, names, most)
    return f"Did you mean {' or '.join(map(repr, close))}?" if close else ""


def similar(name: str, names: Iterable[str], most: int = 3, least: float = 0.6) -> list[str]:
    """Return at most `most` of the names that look like `name`, the closest first.

    Args:
        name: what was given.
        names: what there is; of very many the first ones are looked at.
        most: how many to return.
        least: how alike they have to be, from 0 to 1; upper and lower case are the same.

    Example:
        >>> similar("weight", ["bias", "weights"])
        ['weights']
    """
    import difflib  # takes a few milliseconds, which only an error is worth

    lower: dict[str, list[str]] = {}
    for each in islice(names, 20000):
        lower.setdefault(each.lower(), []).append(each)
    return [each for key in difflib.get_close_matches(name.lower(), lower, most, least) for each in lower[key]][:most]
