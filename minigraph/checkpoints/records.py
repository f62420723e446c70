"""What the index of a checkpoint says of a value: its type, shape and place; and of which slices it is made."""

from __future__ import annotations

import math
from typing import NamedTuple

from minigraph.checkpoints.wire import damaged, fields, fixed32, message
from minigraph.graph.dtypes import DType, as_dtype

__all__ = [
    "Record",
    "Slice",
    "header",
    "parse_slice",
    "read_record",
    "record",
    "shape_message",
    "slice_key",
    "slices_in",
]

Slice = tuple[tuple[int, int | None], ...]  # for each dimension the first index and the length; None: all of it


class Record(NamedTuple):
    """What the index says of one value, or of one slice of it."""

    dtype: DType
    shape: tuple[int, ...]
    shard: int = 0  # the number of the data file
    offset: int = 0
    size: int = 0
    checksum: int = 0
    slices: tuple[Slice, ...] = ()  # of which it is put together; each has a record of its own


def header(shards: int) -> bytes:
    """Return what stands first in the index: the number of data files, and the format's version, 1."""
    return message((1, shards), (3, message((1, 1))))


def record(entry: Record) -> bytes:
    """Return the message of a record."""
    head = ((1, entry.dtype.as_datatype_enum), (2, shape_message(entry.shape)))
    if entry.slices:
        return message(*head, *[(7, _slice_message(each)) for each in entry.slices])
    place = ((3, entry.shard), (4, entry.offset), (5, entry.size))
    return message(*head, *place) + fixed32(6, entry.checksum)


def read_record(data: bytes) -> Record:
    """Return the record in a message.

    Raises:
        DataLossError: if it is none.
    """
    numbers = {1: 0, 3: 0, 4: 0, 5: 0, 6: 0}
    shape: tuple[int, ...] = ()
    slices: list[Slice] = []
    for number, value in fields(data):
        if number in numbers and isinstance(value, int):
            numbers[number] = value
        elif number == 2 and isinstance(value, bytes):
            shape = shape_in(value)
        elif number == 7 and isinstance(value, bytes):
            slices.append(slices_in(value))
    return Record(dtype_of(numbers[1]), shape, numbers[3], numbers[4], numbers[5], numbers[6], tuple(slices))


def dtype_of(number: int) -> DType:
    """Return the type with a number.

    Raises:
        DataLossError: if there is none.
    """
    try:
        return as_dtype(number).base_dtype
    except TypeError:
        raise damaged(f"a value has the unknown type {number}") from None


def shape_message(shape: tuple[int, ...]) -> bytes:
    """Return the message of a shape."""
    return message(*[(2, message((1, size))) for size in shape])


def shape_in(data: bytes) -> tuple[int, ...]:
    """Return the shape in a message; DataLossError if a size is negative or the rank unknown."""
    sizes = [_number(value, 1) or 0 for number, value in fields(data) if number == 2]
    if any(number == 3 for number, _ in fields(data)) or math.prod(sizes) >= 1 << 63:
        raise damaged("a value has no valid shape")
    return tuple(sizes)


def _number(data: int | bytes, wanted: int) -> int | None:
    """Return a number in a message, None if it is not there."""
    found = [value for number, value in fields(data) if number == wanted] if isinstance(data, bytes) else []
    return found[-1] if found and isinstance(found[-1], int) else None


def _slice_message(extents: Slice) -> bytes:
    parts = []
    for start, length in extents:
        # A length is written even where it is 0: without one, the extent is the whole dimension.
        parts.append((1, b"" if length is None else message((1, start)) + (message((2, length)) or b"\x10\0")))
    return message(*parts)


def slices_in(data: bytes) -> Slice:
    """Return the slice in a message."""
    extents = [value for number, value in fields(data) if number == 1]
    return tuple([(_number(each, 1) or 0, _number(each, 2)) for each in extents])


def parse_slice(text: str) -> tuple[tuple[int, ...], Slice]:
    """Return the shape of the whole and the extents, from the text with which operations name a slice.

    Raises:
        ValueError: if the text does not name a slice.

    Example:
        >>> parse_slice("4 3 0,2:-")
        ((4, 3), ((0, 2), (0, None)))
    """
    *sizes, spec = text.split(" ")
    shape = tuple([int(size) for size in sizes])
    extents: list[tuple[int, int | None]] = []
    for part in spec.split(":") if spec else []:
        start, comma, length = part.partition(",")
        extents.append((int(start), int(length)) if comma else (0, None))
        if not comma and part != "-":
            raise ValueError(f"{text!r} names no slice")
    if len(extents) != len(shape):
        raise ValueError(f"{text!r} has {len(shape)} sizes and {len(extents)} extents")
    for size, (first, extent) in zip(shape, extents):
        if not 0 <= first <= first + (extent or 0) <= size:
            raise ValueError(f"{text!r}: a slice leaves the shape")
    return shape, tuple(extents)


def slice_key(name: str, extents: Slice) -> bytes:
    """Return the key under which the index has a slice: an encoding that sorts as its parts do."""
    parts = [_unsigned(0), _text(name.encode()), _unsigned(len(extents))]
    for start, length in extents:
        parts += [_signed(start), _signed(-1 if length is None else length)]
    return b"".join(parts)


def _unsigned(number: int) -> bytes:
    size = (number.bit_length() + 7) // 8
    return bytes([size]) + number.to_bytes(size, "big")


def _text(text: bytes) -> bytes:
    escaped = {0: b"\0\xff", 255: b"\xff\0"}
    return b"".join([escaped.get(byte, bytes([byte])) for byte in text]) + b"\0\1"


def _signed(number: int) -> bytes:
    """Return a number in as few bytes as hold it and, in unary at the front, how many these are."""
    size = (number if number >= 0 else ~number).bit_length() // 7 + 1
    bits = number & ((1 << 8 * size) - 1)
    return (bits ^ ((1 << size) - 1) << 7 * size).to_bytes(size, "big")
