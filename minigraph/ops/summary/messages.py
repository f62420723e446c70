"""`Summary` messages, written and read as bytes: a summary in a graph then needs no library of protocol buffers.

A message is a series of fields, each a key (its number and its kind) and a value. Numbers that are 0 and empty texts
are left out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import numpy as np

__all__: list[str] = []  # for the summaries only


def text_of(value: Any) -> str:
    """Return the str of a scalar with text or bytes."""
    value = np.asarray(value).item()
    return value.decode() if isinstance(value, bytes) else str(value)


def summary(*values: bytes) -> np.ndarray:
    """Return a `Summary` of values, as a 0-d array.

    Example:
        >>> summary(value("loss", single(2, 0.5))).item()
        b'\\n\\x0b\\n\\x04loss\\x15\\x00\\x00\\x00?'
    """
    return np.array(b"".join(part(1, each) for each in values), dtype=object)


def value(tag: str, content: bytes) -> bytes:
    """Return one value of a summary: its tag, and the fields of what it holds."""
    return string(1, tag.encode()) + content


def tags(message: bytes) -> Iterator[str]:
    """Yield the tags of a `Summary`.

    Raises:
        ValueError: if it is none.

    Example:
        >>> list(tags(summary(value("a", single(2, 1.0)), value("b", b"")).item()))
        ['a', 'b']
    """
    for number, content in _fields(message):
        if number == 1:
            yield next((found.decode() for field, found in _fields(content) if field == 1), "")


def integer(field: int, number: int) -> bytes:
    """Return a field with a whole number that is not negative."""
    return _varint(field << 3) + _varint(number) if number else b""


def single(field: int, number: float) -> bytes:
    """Return a field with a number of 32 bits, which may be 0: it is one of several that a value can hold."""
    with np.errstate(over="ignore"):
        return _varint(field << 3 | 5) + np.asarray(number, "<f4").tobytes()


def double(field: int, number: float) -> bytes:
    """Return a field with a number of 64 bits."""
    data = struct.pack("<d", number)
    return _varint(field << 3 | 1) + data if any(data) else b""


def string(field: int, text: bytes) -> bytes:
    """Return a field with a text."""
    return part(field, text) if text else b""


def part(field: int, message: bytes) -> bytes:
    """Return a field with a message, which may be empty."""
    return _varint(field << 3 | 2) + _varint(len(message)) + message


def _varint(number: int) -> bytes:
    parts = []
    while number > 127:
        parts.append(number & 127 | 128)
        number >>= 7
    return bytes([*parts, number])


_SIZES = {1: 8, 5: 4}  # by the kind of a field


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the bytes of each field of a message; none for a whole number.

    Raises:
        ValueError: if it is cut off, or no message.
    """
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        kind, size = key & 7, 0
        if kind == 0:
            _, at = _number(message, at)
        elif kind == 2:
            size, at = _number(message, at)
        elif kind in _SIZES:
            size = _SIZES[kind]
        else:
            raise ValueError(f"a field is of the unknown kind {kind}")
        if at + size > len(message):
            raise ValueError("a field is cut off")
        yield key >> 3, message[at : at + size]
        at += size


def _number(message: bytes, at: int) -> tuple[int, int]:
    """Return the whole number at a position, and the position after it."""
    number = 0
    for shift in range(0, 70, 7):
        if at == len(message):
            break
        number |= (message[at] & 127) << shift
        at += 1
        if message[at - 1] < 128:
            return number, at
    raise ValueError("a number is cut off or too long")
