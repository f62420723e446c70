"""Datasets of the lines and records of files."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from minigraph.graph.invalid import invalid
from minigraph.ops.data.dataset_op import DatasetOp, number
from minigraph.ops.data.pipeline import Pipeline, Scope
from minigraph.ops.io.disk import on_disk, text_of
from minigraph.records.tfrecord import read_records

__all__ = ["Records", "opened"]


class _Reading:
    """Iterate over the records of files, one file after the other."""

    def __init__(self, names: list[str], records: Callable[[str], Iterator]):
        self._names, self._records = names, records
        self._at = 0
        self._current: Iterator = iter(())

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> tuple:
        while True:
            found = on_disk(next, self._current, None)
            if found is not None:
                return found
            if self._at == len(self._names):
                raise StopIteration
            self._current = on_disk(self._records, self._names[self._at])
            self._at += 1


class Records(Pipeline):
    """The records of files.

    Args:
        names: the names of the files.
        records: a function of the name of a file that returns the iterator of its elements.
    """

    def __init__(self, names: Any, records: Callable[[str], Iterator]):
        super().__init__()
        self._names, self._records = [text_of(name) for name in np.ravel(names)], records

    def iterate(self, scope: Scope) -> Iterator:
        """Return an iterator of the records."""
        return _Reading(self._names, self._records)


def opened(name: str, compression: str) -> Any:
    """Return a file opened for reading bytes; `compression` is "", "ZLIB" or "GZIP"."""
    if compression == "GZIP":
        return gzip.open(name, "rb")
    if compression == "ZLIB":
        with open(name, "rb") as file:
            return io.BytesIO(zlib.decompress(file.read()))
    if compression:
        raise invalid(f"Unsupported compression_type: {compression}.")
    return open(name, "rb")


def _text(value: bytes) -> tuple[np.ndarray]:
    return (np.array(value, object),)


class TextLineDataset(DatasetOp):
    """The lines of files."""

    inputs = ("filenames: string", "compression_type: string", "buffer_size: int64")
    side_effect = True

    def kernel(self, xp, filenames, compression_type, buffer_size):
        compression = text_of(compression_type)
        return Records(filenames, lambda name: _lines(opened(name, compression)))


def _lines(file: Any) -> Iterator[tuple]:
    with file:
        for line in file:
            yield _text(line.rstrip(b"\n").replace(b"\r", b""))  # as TF1, which drops any carriage return


class TFRecordDataset(DatasetOp):
    """The records of TensorFlow's files of records."""

    inputs = ("filenames: string", "compression_type: string", "buffer_size: int64")
    side_effect = True

    def kernel(self, xp, filenames, compression_type, buffer_size):
        compression = text_of(compression_type)
        return Records(filenames, lambda name: _records(open(name, "rb"), compression))


def _records(file: Any, compression: str) -> Iterator[tuple]:
    with file:
        for record in read_records(file, compression):
            yield _text(record)


class FixedLengthRecordDatasetV2(DatasetOp):
    """The records of one size in files."""

    inputs = (
        "filenames: string",
        "header_bytes: int64",
        "record_bytes: int64",
        "footer_bytes: int64",
        "buffer_size: int64",
        "compression_type: string",
    )
    side_effect = True

    def kernel(self, xp, filenames, header_bytes, record_bytes, footer_bytes, buffer_size, compression_type):
        header, size, footer = map(number, (header_bytes, record_bytes, footer_bytes))
        compression = text_of(compression_type)
        if size <= 0:
            raise invalid("`record_bytes` must be > 0")

        def records(name: str) -> Iterator:
            with opened(name, compression) as file:
                data = file.read()
            body = data[header : len(data) - footer]
            if len(body) % size:
                raise invalid(
                    f'Excluding the header ({header} bytes) and footer ({footer} bytes), input file "{name}" has body '
                    f"length {len(body)} bytes, which is not an exact multiple of the record length ({size} bytes)."
                )
            return iter([_text(body[start : start + size]) for start in range(0, len(body), size)])

        return Records(filenames, records)
