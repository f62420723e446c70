"""The dataset of the rows of files of comma-separated values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.invalid import invalid
from minigraph.ops.data.dataset_op import DatasetOp
from minigraph.ops.data.files import Records, opened
from minigraph.ops.io.decoding import DecodeCSV
from minigraph.ops.io.disk import text_of

__all__: list[str] = []

_LINE_END = re.compile(rb"\r\n|\n|\r")
_QUOTED_LINE_END = re.compile(rb'"|\r\n|\n|\r')
_QUOTED = re.compile(rb'"((?:[^"]|"")*)"', re.DOTALL)


class _Rows:
    """The rows of a file; one that cannot be read raises an error, and does not end the file."""

    def __init__(self, data: bytes, decode: Any, is_quoted: bool):
        self._data, self._decode, self._is_quoted = data, decode, is_quoted
        self._at = 0

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> tuple:
        if self._at >= len(self._data):
            raise StopIteration
        return self._decode(self.next_line(self._is_quoted))

    def next_line(self, is_quoted: bool = False) -> bytes:
        """Return the next line; a quoted one may have line ends between quotation marks."""
        start = self._at
        end = self._quoted_end(start) if is_quoted else _LINE_END.search(self._data, start)
        self._at = end.end() if end else len(self._data)
        return self._data[start : end.start()] if end else self._data[start:]

    def _quoted_end(self, at: int) -> Any:
        is_inside = False
        for found in _QUOTED_LINE_END.finditer(self._data, at):
            if found.group() == b'"':
                is_inside = not is_inside
            elif not is_inside:
                return found
        if is_inside:
            self._at = len(self._data)
            raise invalid("Reached end of file without closing quoted field in record")
        return None


class _Decoder:
    """Make an element of a row.

    Args:
        delimiter: what stands between fields.
        is_quoted: whether fields may be quoted.
        missing: the texts of missing fields.
        columns: the indices of the fields that are wanted; all if there are none.
        defaults: the values of missing fields, one or none for each.
    """

    def __init__(self, delimiter: bytes, is_quoted: bool, missing: tuple, columns: list[int], defaults: Sequence):
        self._delimiter, self._is_quoted, self._missing, self._columns = delimiter, is_quoted, missing, columns
        self._defaults = defaults
        self._types = [dtypes.as_dtype(np.asarray(each).dtype) for each in defaults]

    def __call__(self, line: bytes) -> tuple:
        is_plain = not self._is_quoted or b'"' not in line
        fields = line.split(self._delimiter) if is_plain else _quoted_fields(line, self._delimiter)
        count = len(self._types)
        if self._columns:
            fields = [fields[i] for i in self._columns if i < len(fields)]
        values = [self._value(i, *each) for i, each in enumerate(zip(fields, self._types, self._defaults))]
        if len(fields) != count:
            raise invalid(f"Expect {count} fields but have {'more' if len(fields) > count else len(fields)} in record")
        return tuple(values)

    def _value(self, i: int, field: bytes, dtype: Any, default: Any) -> Any:
        if field in self._missing:
            if np.size(default) != 1:
                raise invalid(f"Field {i} is required but missing in record!")
            return np.asarray(default).reshape(())
        if dtype is dtypes.string:
            return np.array(field, object)
        found = DecodeCSV.parsed(field, dtype)
        if found is None:
            raise invalid(f"Field {i} in record is not a valid {dtype.name}: {field.decode(errors='replace')}")
        return found


def _quoted_fields(line: bytes, delimiter: bytes) -> list[bytes]:
    """Split a row in which fields may be quoted."""
    found, at = [], 0
    while True:
        if line[at : at + 1] == b'"':
            quoted = _QUOTED.match(line, at)
            end = quoted.end() if quoted else -1
            if not quoted or line[end : end + 1] not in (b"", delimiter):
                raise invalid("Quote inside a string has to be escaped by another quote")
            found.append(quoted.group(1).replace(b'""', b'"'))
        else:
            end = line.find(delimiter, at)
            end = len(line) if end < 0 else end
            found.append(line[at:end])
            if b'"' in found[-1]:
                raise invalid("Unquoted fields cannot have quotes inside")
        if end == len(line):
            return found
        at = end + 1


class CSVDataset(DatasetOp):
    """The rows of files of comma-separated values."""

    output_types: tuple
    output_shapes: tuple

    inputs = (
        "filenames: string",
        "compression_type: string",
        "buffer_size: int64",
        "header: bool",
        "field_delim: string",
        "use_quote_delim: bool",
        "na_value: string",
        "select_cols: int64",
        "*record_defaults: *output_types",
    )
    side_effect = True

    def kernel(self, xp, filenames, compression_type, buffer_size, header, *given):
        field_delim, use_quote_delim, na_value, select_cols, *defaults = given
        delimiter, compression, columns = text_of(field_delim), text_of(compression_type), select_cols.tolist()
        if len(delimiter) != 1:
            raise invalid("field_delim should be only 1 char")
        if any(a >= b for a, b in zip(columns, columns[1:])):
            raise invalid("select_cols should be strictly increasing indices")
        is_quoted, missing = bool(use_quote_delim), (b"", text_of(na_value).encode())
        decode = _Decoder(delimiter.encode(), is_quoted, missing, columns, defaults)

        def rows(name: str) -> Iterator:
            with opened(name, compression) as file:
                found = _Rows(file.read(), decode, is_quoted)
            if header:
                found.next_line()
            return found

        return Records(filenames, rows)
