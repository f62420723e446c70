"""Texts in lower and upper case, stripped, cut; their lengths."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand
from minigraph.graph.shapes import broadcast
from minigraph.ops.strings.texts import Texts, as_texts, mapped, texts_of

__all__ = ["string_length", "string_lower", "string_strip", "string_upper", "substr"]

_UNITS = ("BYTE", "UTF8_CHAR")


class _Case(Texts):
    """Base: other cases of letters; of ASCII letters only where no encoding is given."""

    encoding: str = ""

    def kernel(self, xp, input):
        demand(self.encoding in ("", "utf-8"), f"only utf8 or '' (no encoding) is supported, received {self.encoding}")
        if not self.encoding:
            return mapped(self._changed, input)
        return mapped(lambda text: self._changed(text.decode("utf-8", "replace")).encode(), input)

    def _changed(self, text: Any) -> Any:
        raise NotImplementedError


class StringLower(_Case):
    """The texts in lower case."""

    def _changed(self, text):
        return text.lower()


class StringUpper(_Case):
    """The texts in upper case."""

    def _changed(self, text):
        return text.upper()


class StringStrip(Texts):
    """The texts without white space at both ends."""

    def kernel(self, xp, input):
        return mapped(bytes.strip, input)


class StringLength(Texts):
    """The lengths of the texts, in bytes or characters."""

    unit: str = "BYTE"

    outputs = ("int32",)
    choices = {"unit": _UNITS}

    def kernel(self, xp, input):
        return mapped(len if self.unit == "BYTE" else _characters, input, np.int32)


def _characters(text: bytes) -> int:
    """Return the number of bytes that begin a character of UTF-8."""
    return sum(byte & 0xC0 != 0x80 for byte in text)


class Substr(OpDef):
    """A part of each text, by its position (from the end if it is negative) and length."""

    unit: str = "BYTE"

    inputs = ("input: string", "pos: T", "len: T")
    outputs = ("string",)
    allowed = {"T": dtypes.INDICES}
    type_defaults = {"T": dtypes.int32}
    choices = {"unit": _UNITS}

    def shape(self, input, pos, len):
        demand(
            pos.ndims is None or len.ndims is None or pos.ndims == len.ndims,
            f"Shapes must be equal rank, but are {pos.ndims} and {len.ndims}",
        )
        return broadcast(input, pos)

    def kernel(self, xp, input, pos, len):
        arrays = np.broadcast_arrays(np.asarray(input, object), pos, len)
        taken = [
            self._part(text, int(start), int(count), i)
            for i, (text, start, count) in enumerate(zip(texts_of(arrays[0]), arrays[1].ravel(), arrays[2].ravel()))
        ]
        return as_texts(taken, arrays[0].shape)

    def _part(self, text: bytes, start: int, count: int, i: int) -> bytes:
        units: Any = text if self.unit == "BYTE" else text.decode("utf-8", "surrogateescape")
        size = len(units)
        shown = text.decode(errors="replace")
        demand(-size <= start <= size, f"pos {start} out of range for string b'{shown}' at index {i}")
        start = start + size if start < 0 else start
        part = units[start : start + max(count, 0)]
        return part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape")

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


def string_lower(input: Any, encoding: str = "", name: str | None = None) -> Tensor:
    """Convert texts to lower case.

    Args:
        input: texts.
        encoding: "utf-8" for all letters; "" for ASCII letters only.
        name: the name of the node.

    Example:
        >>> print(tf.strings.lower(["ABC", "dE"]).eval())
        [b'abc' b'de']
    """
    return apply(StringLower(encoding), input, name=name)


def string_upper(input: Any, encoding: str = "", name: str | None = None) -> Tensor:
    """Convert texts to upper case; see `tf.strings.lower`."""
    return apply(StringUpper(encoding), input, name=name)


def string_strip(input: Any, name: str | None = None) -> Tensor:
    """Remove white space at both ends of each text.

    Example:
        >>> print(tf.strings.strip([" a b ", "c"]).eval())
        [b'a b' b'c']
    """
    return apply(StringStrip(), input, name=name)


def string_length(input: Any, name: str | None = None, unit: str = "BYTE") -> Tensor:
    """Return the length of each text, an int32.

    Args:
        input: texts.
        name: the name of the node.
        unit: what is counted: "BYTE", or "UTF8_CHAR" for characters.

    Example:
        >>> print(tf.strings.length(["abc", ""]).eval())
        [3 0]
    """
    return apply(StringLength(unit), input, name=name)


def substr(input: Any, pos: Any, len: Any, name: str | None = None, unit: str = "BYTE") -> Tensor:
    """Return a part of each text.

    Args:
        input: texts.
        pos: the first position, int32 or int64; a negative one counts from the end.
        len: the length, of the type and shape of `pos`; both are broadcast with the texts.
        name: the name of the node.
        unit: what is counted: "BYTE", or "UTF8_CHAR" for characters.

    Raises:
        ValueError: if the shapes do not fit.
        InvalidArgumentError: in a run, if a position is out of range.

    Example:
        >>> print(tf.strings.substr(["hello", "world"], 1, 3).eval())
        [b'ell' b'orl']
    """
    return apply(Substr(unit), input, pos, len, name=name)
