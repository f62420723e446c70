"""Checkpoints of version 1, read: one file (or several), a table of everything, as programs of 2016 wrote them."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.checkpoints.records import Record, Slice, dtype_of, shape_in, slices_in
from minigraph.checkpoints.table import read_table
from minigraph.checkpoints.wire import damaged, fields, read_varint
from minigraph.graph import errors
from minigraph.graph.dtypes import DType, string

__all__ = ["Tables"]

_PACKED = {5: "<f4", 6: "<f8", 9: "<f4", 12: "<f8"}  # fields of TensorProto with numbers that lie side by side
_FIELD = {"float32": 5, "float64": 6, "string": 8, "complex64": 9, "int64": 10, "bool": 11, "complex128": 12}
_FIELD |= {"float16": 13, "bfloat16": 13, "uint32": 16, "uint64": 17}
_FIELD |= dict.fromkeys(("int32", "int16", "int8", "uint8", "uint16"), 7)


class Tables:
    """A checkpoint of version 1, opened to be read.

    Args:
        paths: its files.

    Raises:
        DataLossError: if one of them is none, or damaged.
    """

    def __init__(self, paths: list[str]):
        self._records: dict[str, Record] = {}
        self._parts: dict[str, list[tuple[Slice, bytes]]] = {}
        for path in paths:
            with open(path, "rb") as file:
                data = file.read()
            try:
                self._add(data)
            except errors.DataLossError as error:
                raise damaged(
                    f"Unable to open table file {path}: Data loss: {error.message}: perhaps your file is in a "
                    "different file format and you need to use a different restore operator?"
                ) from None

    def _add(self, data: bytes) -> None:
        for key, value in read_table(data):
            for number, part in fields(value):
                if not isinstance(part, bytes):
                    if not key:
                        raise errors.NotFoundError(
                            None,
                            None,
                            "Unsuccessful TensorSliceReader constructor: this file is the index of a checkpoint; "
                            "give the prefix of its files, without .index",
                        )
                elif number == 1:
                    for each in _messages(part, 1):
                        self._add_record(each)
                elif number == 2:
                    found = _last(part)
                    name = _text(found.get(1, b""))
                    self._parts.setdefault(name, []).append((slices_in(found.get(2, b"")), found.get(3, b"")))

    def _add_record(self, data: bytes) -> None:
        found = _last(data)
        self._records[_text(found.get(1, b""))] = Record(dtype_of(found.get(3, 0)), shape_in(found.get(2, b"")))

    @property
    def names(self) -> list[str]:
        """The names of the values, sorted."""
        return sorted(self._records)

    def record(self, name: str) -> Record:
        """Return the type and shape of a value; NotFoundError if there is none of that name."""
        if name not in self._records:
            raise errors.NotFoundError(None, None, f"Tensor name {name} not found in checkpoint")
        return self._records[name]

    def read(self, name: str) -> np.ndarray:
        """Return a value; NotFoundError if there is none of that name, or not all of it."""
        dtype, shape = self.record(name)[:2]
        parts = [(extents, _values(data, dtype)) for extents, data in self._parts.get(name, ())]
        if sum(values.size for _, values in parts) != int(np.prod(shape, dtype=object)):
            raise damaged(f"{name} is not whole in the checkpoint")
        result = np.empty(shape, dtype.as_numpy_dtype)
        for extents, values in parts:
            place = tuple([slice(a, None if n is None else a + n) for a, n in extents])
            if len(place) != len(shape) or result[place].size != values.size:
                raise damaged(f"a slice of {name} has the wrong shape")
            result[place] = values.reshape(result[place].shape)
        return result


def _messages(data: Any, wanted: int) -> list[bytes]:
    return [value for number, value in fields(data) if number == wanted and isinstance(value, bytes)]


def _last(data: Any) -> dict[int, Any]:
    """Return the fields of a message by number, without repeated ones."""
    if not isinstance(data, bytes):
        raise damaged("a record is no message")
    return dict(fields(data))


def _text(name: Any) -> str:
    if not isinstance(name, bytes):
        raise damaged("a name is no text")
    return name.decode(errors="replace")


def _values(data: bytes, dtype: DType) -> np.ndarray:
    """Return the numbers (or texts) in a TensorProto, flat."""
    number = _FIELD.get(dtype.name)
    if number is None:
        raise errors.UnimplementedError(None, None, f"Checkpoints of version 1 with {dtype.name} are not read.")
    found = [value for each, value in fields(data) if each == number]
    if dtype is string:
        return np.array([*found, None], object)[:-1]
    if number in _PACKED:
        raw = b"".join([v if isinstance(v, bytes) else v.to_bytes(int(_PACKED[number][-1]), "little") for v in found])
        parts = np.frombuffer(raw[: len(raw) // 8 * 8 if number == 12 else len(raw) // 4 * 4], _PACKED[number])
        return parts.view(dtype.as_numpy_dtype)
    numbers = np.array([each for value in found for each in _varints(value)], np.uint64)
    if number == 13:
        return numbers.astype(np.uint16).view(dtype.as_numpy_dtype)
    return numbers.astype(np.int64).astype(dtype.as_numpy_dtype)


def _varints(value: int | bytes) -> list[int]:
    if isinstance(value, int):
        return [value]
    at, found = 0, []
    while at < len(value):
        number, at = read_varint(value, at)
        found.append(number)
    return found
