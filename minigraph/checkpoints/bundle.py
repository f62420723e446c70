"""Checkpoints of version 2: an index, and the bytes of the values in one or several data files."""

from __future__ import annotations

import contextlib
import glob
import math
import os
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from minigraph.checkpoints import files
from minigraph.checkpoints.records import Record, Slice, header, read_record, record, slice_key
from minigraph.checkpoints.stored import array_from, bytes_of, check_size
from minigraph.checkpoints.table import read_table, table
from minigraph.checkpoints.wire import damaged, fields
from minigraph.graph import errors
from minigraph.graph.dtypes import DType

__all__ = ["Bundle", "Entry", "data_file", "data_files", "merge_bundles", "write_bundle"]


def data_file(prefix: str, shard: int = 0, shards: int = 1) -> str:
    """Return the name of a data file of a checkpoint."""
    return f"{prefix}.data-{shard:05d}-of-{shards:05d}"


class Entry(NamedTuple):
    """A value, or a slice of one, to be written."""

    name: str
    dtype: DType
    array: np.ndarray
    whole: tuple[int, ...] = ()  # for a slice the shape of the whole value
    extents: Slice | None = None


class Bundle:
    """A checkpoint of version 2, opened to be read.

    Args:
        prefix: the name of its files without their ends.

    Raises:
        NotFoundError: if there is no such index.
        DataLossError: if it is damaged.
    """

    def __init__(self, prefix: str):
        self.prefix = prefix
        try:
            with open(f"{prefix}.index", "rb") as file:
                found = dict(read_table(file.read()))
        except FileNotFoundError as error:
            raise errors.NotFoundError(None, None, f"{prefix}.index; {error.strerror}") from None
        first = dict(fields(found.pop(b"", b"")))
        if first.get(2):
            raise errors.UnimplementedError(None, None, f"{prefix} was written by a machine with big-endian numbers.")
        shards = first.get(1, 1)
        if not isinstance(shards, int):
            raise damaged("the index has no valid header")
        self._shards = shards
        self.entries = found  # of the index, slices included
        self._records = {_name(key): read_record(data) for key, data in found.items() if key[:1] != b"\0"}

    @property
    def names(self) -> list[str]:
        """The names of the values, sorted."""
        return sorted(self._records)

    def record(self, name: str) -> Record:
        """Return what the index says of a value; NotFoundError if it has none of that name."""
        if name not in self._records:
            raise errors.NotFoundError(None, None, f"Key {name} not found in checkpoint")
        return self._records[name]

    def read(self, name: str) -> np.ndarray:
        """Return a value, put together if it is there in slices.

        Raises:
            NotFoundError: if there is none of that name, or its data file is missing.
            OutOfRangeError: if the data file ends too early.
            DataLossError: if the data are damaged.
        """
        whole = self.record(name)
        if not whole.slices:
            return self._array(name, whole)
        parts = []
        for extents in whole.slices:
            data = self.entries.get(slice_key(name, extents))
            if data is None or len(extents) != len(whole.shape):
                raise damaged(f"a slice of {name} is missing")
            parts.append((extents, self._array(name, read_record(data))))
        if sum(array.size for _, array in parts) < math.prod(whole.shape):
            raise errors.NotFoundError(None, None, f"The slices of {name} in checkpoint are not all of it.")
        result = np.empty(whole.shape, whole.dtype.as_numpy_dtype)
        for extents, array in parts:
            place = result[_index(extents)]
            if place.shape != array.shape:
                raise damaged(f"a slice of {name} has the wrong shape")
            place[...] = array
        return result

    def _array(self, name: str, part: Record) -> np.ndarray:
        check_size(name, part.dtype, part.shape, part.size)
        path = data_file(self.prefix, part.shard, self._shards)
        try:
            with open(path, "rb") as file:
                if part.offset + part.size > os.fstat(file.fileno()).st_size:
                    raise errors.OutOfRangeError(None, None, f"Read less bytes than requested\n{path} is cut off.")
                file.seek(part.offset)
                raw = file.read(part.size)
        except FileNotFoundError as error:
            raise errors.NotFoundError(None, None, f"{path}; {error.strerror}") from None
        return array_from(raw, part.dtype, part.shape, part.checksum)


def _name(key: bytes) -> str:
    try:
        return key.decode()
    except UnicodeDecodeError:
        raise damaged("a name is no text") from None


def _index(extents: Slice) -> tuple[slice, ...]:
    return tuple([slice(start, None if length is None else start + length) for start, length in extents])


def write_bundle(prefix: str, entries: list[Entry]) -> None:
    """Write a checkpoint.

    Whenever the process stops, the checkpoint that had the prefix before is whole, or the new one is.

    Args:
        prefix: the name of its files without their ends. Their folder is made if only it is missing.
        entries: the values; slices of one value have its name.

    Raises:
        OSError: if a file cannot be written; then nothing is left of the attempt.
        ValueError: if two values have the same name.
    """
    folder = os.path.dirname(os.path.abspath(prefix))
    if not os.path.isdir(folder):
        os.mkdir(folder)
    index: dict[bytes, bytes] = {}

    def data() -> Iterator[Any]:
        offset = 0
        for name, dtype, array, _, extents in entries:
            raw, checksum = bytes_of(array, dtype)
            key = name.encode() if extents is None else slice_key(name, extents)
            if key in index:
                raise ValueError(f"Adding duplicate key: {name}")
            index[key] = record(Record(dtype, array.shape, 0, offset, len(raw), checksum))
            offset += len(raw)
            yield raw

    temporary = files.temporary(data_file(prefix))
    files.put(temporary, data())
    wholes: dict[str, Record] = {}
    for name, dtype, _, shape, extents in entries:
        if extents is not None:
            before = wholes.get(name, Record(dtype, shape))
            wholes[name] = before._replace(slices=(*before.slices, extents))
    _commit(prefix, [temporary], index | {name.encode(): record(whole) for name, whole in wholes.items()})


def merge_bundles(prefixes: list[str], prefix: str) -> None:
    """Make one checkpoint of several, whose data files it takes over; they are no checkpoints any longer.

    Raises:
        NotFoundError, DataLossError: if one of them cannot be read.
        ValueError: if two have a value of the same name.
    """
    index: dict[bytes, bytes] = {}
    for shard, each in enumerate(prefixes):
        for key, data in Bundle(each).entries.items():
            found = read_record(data)
            if found.slices and key in index:
                found = found._replace(slices=(*read_record(index[key]).slices, *found.slices))
            elif key in index:
                raise ValueError(f"Adding duplicate key: {key.decode(errors='replace')}")
            index[key] = record(found if found.slices else found._replace(shard=shard))
    _commit(prefix, [data_file(each) for each in prefixes], index)
    for each in prefixes:
        os.remove(f"{each}.index")
    for folder in {os.path.dirname(each) for each in prefixes} - {os.path.dirname(prefix)}:
        with contextlib.suppress(OSError):
            os.rmdir(folder)


def _commit(prefix: str, sources: list[str], index: dict[bytes, bytes]) -> None:
    """Give data files, which have other names until now, those of the checkpoint, and write its index.

    Until the new index is there, an old one needs its data. So where there is one, the new data are first called as if
    there were one file more, with an index that says so; then they get their usual names, and an index of them.
    """
    shards = len(sources)
    exists = os.path.exists(f"{prefix}.index")
    first = [data_file(prefix, i, shards + exists) for i in range(shards)]
    try:
        for source, path in zip(sources, first):
            os.replace(source, path)
        _put_index(prefix, index, shards + exists)
    except BaseException:
        for path in (*sources, *first):
            with contextlib.suppress(OSError):
                os.remove(path)
        raise
    if exists:
        for i, path in enumerate(first):
            files.link(path, data_file(prefix, i, shards))
        _put_index(prefix, index, shards)
    files.sync_folder(prefix)
    for path in set(data_files(prefix)) - {data_file(prefix, i, shards) for i in range(shards)}:
        os.remove(path)


def _put_index(prefix: str, index: dict[bytes, bytes], shards: int) -> None:
    files.put(f"{prefix}.index", [table([(b"", header(shards)), *sorted(index.items())])])


def data_files(prefix: str) -> list[str]:
    """Return the names of all data files that have a prefix."""
    return glob.glob(glob.escape(prefix) + ".data-?????-of-?????")
