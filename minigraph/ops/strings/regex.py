"""Regular expressions: texts that match one, and replacements in texts.

The expressions are RE2's. They are carried out by Python's `re` after a translation of what is written differently.
Look-around and references to groups, which RE2 refuses, are refused here too.
"""

from __future__ import annotations

import functools
import re
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.apply import apply
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import with_rank
from minigraph.ops.strings.texts import Texts, mapped

__all__ = ["regex_full_match", "regex_replace"]

_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": r"\x00-\x7F",
    "blank": r"\t ",
    "cntrl": r"\x00-\x1F\x7F",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\t\n\v\f\r ",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}
_PIECES = re.compile(
    r"\\Q(?P<quoted>.*?)(?:\\E|$)|\\(?P<escaped>.)|\[:(?P<class>\w+):\]|\(\?(?P<ahead>[=!]|<[=!])|.", re.S
)
_CODING = "utf-8", "surrogateescape"


@functools.lru_cache(maxsize=256)
def compiled(pattern: bytes) -> re.Pattern:
    """Return an expression of RE2's as one of Python's.

    Raises:
        InvalidArgumentError: if it is not valid.
    """
    text, inside = pattern.decode(*_CODING), False

    def piece(found: re.Match) -> str:
        nonlocal inside
        whole = found.group()
        if found["quoted"] is not None:
            return re.escape(found["quoted"])
        if found["ahead"]:
            raise _invalid(text, f"invalid perl operator: {whole[:3]}")
        if found["escaped"]:
            if found["escaped"] in "123456789":
                raise _invalid(text, f"invalid escape sequence: {whole}")
            return r"\Z" if found["escaped"] == "z" else whole
        if found["class"] is not None:
            if inside and found["class"] in _CLASSES:
                return _CLASSES[found["class"]]
            return whole
        if whole == "[" and inside:
            return r"\["
        if whole in "[]":
            inside = whole == "["
        return r"\Z" if whole == "$" and not inside else whole

    try:
        return re.compile(_PIECES.sub(piece, text), re.ASCII)
    except re.error as error:
        raise _invalid(text, str(error)) from None


def _invalid(pattern: str, why: str) -> errors.OpError:
    return errors.InvalidArgumentError(None, None, f"Invalid pattern: {pattern}, error: {why}")


def _matched(pattern: bytes, texts: Any) -> np.ndarray:
    expression = compiled(pattern)
    return mapped(lambda text: expression.fullmatch(text.decode(*_CODING)) is not None, texts, bool)


def _replaced(pattern: bytes, rewrite: bytes, text: bytes, every: bool) -> bytes:
    """Return a text with matches replaced; an empty match right after another one does not count."""
    source, parts, end, last = text.decode(*_CODING), [], 0, -1
    template = rewrite.decode(*_CODING)
    for match in compiled(pattern).finditer(source):
        if match.start() == match.end() == last:
            continue
        parts += [source[end : match.start()], _expanded(template, match)]
        end = last = match.end()
        if not every:
            break
    return "".join([*parts, source[end:]]).encode(*_CODING)


def _expanded(template: str, match: re.Match) -> str:
    def group(found: re.Match) -> str:
        if not found[1].isdigit():
            return found[1]
        if int(found[1]) > match.re.groups:
            raise errors.InvalidArgumentError(None, None, f"Invalid rewrite pattern: {template}")
        return match.group(int(found[1])) or ""

    return re.sub(r"\\(\d|\\)", group, template)


class StaticRegexFullMatch(Texts):
    """True for each text that a fixed expression matches as a whole."""

    pattern: str

    outputs = ("bool",)

    def kernel(self, xp, input):
        return _matched(_coded(self.pattern), input)


class RegexFullMatch(Texts):
    """True for each text that an expression matches as a whole."""

    inputs = ("input: string", "pattern: string")
    outputs = ("bool",)

    def shape(self, input, pattern):
        with_rank(pattern, 0)
        return input

    def kernel(self, xp, input, pattern):
        return _matched(np.asarray(pattern, object).item(), input)


class StaticRegexReplace(Texts):
    """The texts with matches of a fixed expression replaced."""

    pattern: str
    rewrite: str
    replace_global: bool = True

    def kernel(self, xp, input):
        return mapped(
            lambda text: _replaced(_coded(self.pattern), _coded(self.rewrite), text, self.replace_global), input
        )


class RegexReplace(Texts):
    """The texts with matches of an expression replaced."""

    replace_global: bool = True

    inputs = ("input: string", "pattern: string", "rewrite: string")

    def shape(self, input, pattern, rewrite):
        with_rank(pattern, 0)
        with_rank(rewrite, 0)
        return input

    def kernel(self, xp, input, pattern, rewrite):
        pattern, rewrite = (np.asarray(each, object).item() for each in (pattern, rewrite))
        return mapped(lambda text: _replaced(pattern, rewrite, text, self.replace_global), input)


def _coded(text: Any) -> bytes:
    return text.encode() if isinstance(text, str) else text


def regex_full_match(input: Any, pattern: Any, name: str | None = None) -> Tensor:
    """Return True for each text that a regular expression matches as a whole.

    Args:
        input: texts.
        pattern: a regular expression, of RE2's syntax.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if the expression is not valid.

    Example:
        >>> print(tf.strings.regex_full_match(["a1", "b"], "[a-z][0-9]").eval())
        [ True False]
    """
    if isinstance(pattern, (str, bytes)):
        return apply(StaticRegexFullMatch(pattern), input, name=name)  # type: ignore[arg-type]
    return apply(RegexFullMatch(), input, pattern, name=name)


def regex_replace(
    input: Any, pattern: Any, rewrite: Any, replace_global: bool = True, name: str | None = None
) -> Tensor:
    r"""Replace the matches of a regular expression in each text.

    Args:
        input: texts.
        pattern: a regular expression, of RE2's syntax.
        rewrite: what replaces a match; in it \1 to \9 are groups, \0 is the whole match.
        replace_global: replace all matches, not only the first.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if the expression is not valid.

    Example:
        >>> print(tf.regex_replace(["a-b-c"], "-(.)", r"<\1>").eval())
        [b'a<b><c>']
    """
    if isinstance(pattern, (str, bytes)) and isinstance(rewrite, (str, bytes)):
        return apply(StaticRegexReplace(pattern, rewrite, replace_global), input, name=name)  # type: ignore[arg-type]
    return apply(RegexReplace(replace_global), input, pattern, rewrite, name=name)
