"""Files of records, each with checksums of its length and its data; whole, or compressed by gzip or zlib."""

from __future__ import annotations

import gzip
import os
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from minigraph.checkpoints.crc32c import crc32c, masked
from minigraph.graph import errors

__all__ = ["TFRecordCompressionType", "TFRecordOptions", "TFRecordWriter", "read_records", "tf_record_iterator"]


class TFRecordCompressionType:
    """How a file of records is compressed."""

    NONE = 0
    ZLIB = 1
    GZIP = 2


_NAMES = {TFRecordCompressionType.NONE: "", TFRecordCompressionType.ZLIB: "ZLIB", TFRecordCompressionType.GZIP: "GZIP"}
_LEVELS = {"": 0, "ZLIB": zlib.MAX_WBITS, "GZIP": zlib.MAX_WBITS | 16}


class TFRecordOptions:
    """Options for files of records.

    Args:
        compression_type: one of `TFRecordCompressionType`, or "", "ZLIB" or "GZIP".
        compression_level: from 0 to 9; None for the usual one.

    Raises:
        ValueError: if there is no such compression.
    """

    def __init__(self, compression_type: Any = None, compression_level: int | None = None):
        self.compression_type = self.get_compression_type_string(compression_type)
        self.compression_level = compression_level

    @classmethod
    def get_compression_type_string(cls, options: Any) -> str:
        """Return "", "ZLIB" or "GZIP" for options, a type or a name."""
        if isinstance(options, TFRecordOptions):
            return options.compression_type
        name = "" if options is None else _NAMES.get(options, options)
        if name not in _LEVELS:
            raise ValueError(f"Unknown compression_type: {options!r}")
        return name


class TFRecordWriter:
    """Write records to a file.

    Args:
        path: the name of the file, which is made anew.
        options: a `TFRecordOptions`, or one of `TFRecordCompressionType`.

    Raises:
        NotFoundError: if there is no such folder.

    Example:
        >>> import os, tempfile
        >>> path = os.path.join(tempfile.mkdtemp(), "data.tfrecords")
        >>> with tf.python_io.TFRecordWriter(path) as writer:
        ...     writer.write(b"one")
        ...     writer.write(b"two")
        >>> list(tf.python_io.tf_record_iterator(path))
        [b'one', b'two']
    """

    def __init__(self, path: Any, options: Any = None):
        kind = TFRecordOptions.get_compression_type_string(options)
        level = getattr(options, "compression_level", None)
        try:
            self._file: Any = open(path, "wb")
        except FileNotFoundError as error:
            raise errors.NotFoundError(None, None, f"{error.filename}; {error.strerror}") from None
        self._compress: Any = zlib.compressobj(-1 if level is None else level, wbits=_LEVELS[kind]) if kind else None

    def write(self, record: bytes) -> None:
        """Write a record, bytes."""
        if not isinstance(record, bytes):
            raise TypeError(f"a record is bytes, not {type(record).__name__}; call SerializeToString() for a message")
        length = struct.pack("<Q", len(record))
        data = b"".join((length, _checksum(length), record, _checksum(record)))
        self._file.write(self._compress.compress(data) if self._compress else data)

    def flush(self) -> None:
        """Hand what was written to the operating system."""
        if self._compress:
            self._file.write(self._compress.flush(zlib.Z_SYNC_FLUSH))
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        if not self._file.closed:
            if self._compress:
                self._file.write(self._compress.flush())
            self._file.close()

    def __enter__(self) -> TFRecordWriter:
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()


def _checksum(data: bytes) -> bytes:
    return struct.pack("<I", masked(crc32c(data)))


def tf_record_iterator(path: Any, options: Any = None) -> Iterator[bytes]:
    """Yield the records of a file.

    Args:
        path: the name of the file.
        options: a `TFRecordOptions`, or one of `TFRecordCompressionType`.

    Raises:
        NotFoundError: if there is no such file.
        DataLossError: if a record is damaged or cut off.
    """
    kind = TFRecordOptions.get_compression_type_string(options)
    try:
        with open(os.fspath(path), "rb") as file:
            yield from read_records(file, kind)
    except FileNotFoundError as error:
        raise errors.NotFoundError(None, None, f"{error.filename}; {error.strerror}") from None


def read_records(file: Any, compression_type: str = "") -> Iterator[bytes]:
    """Yield the records of an open file.

    Args:
        file: the file, opened for bytes.
        compression_type: "", "ZLIB" or "GZIP".

    Raises:
        DataLossError: if a record is damaged or cut off.
    """
    stream = _OPEN[compression_type](file)
    at = 0
    while True:
        record = _next_record(stream, at)
        if record is None:
            return
        yield record
        at += len(record) + 16


def _next_record(stream: Any, at: int) -> bytes | None:
    """Return the record that begins here; None at the end of the file."""
    head = stream.read(12)
    if not head:
        return None
    if len(head) < 12:
        raise _corrupted("truncated record", at)
    if _checksum(head[:8]) != head[8:]:
        raise _corrupted("corrupted record", at)
    size = struct.unpack("<Q", head[:8])[0]
    record, checksum = stream.read(size), stream.read(4)
    if len(record) < size or len(checksum) < 4:
        raise _corrupted("truncated record", at)
    if _checksum(record) != checksum:
        raise _corrupted("corrupted record", at)
    return record


def _corrupted(what: str, at: int) -> errors.OpError:
    return errors.DataLossError(None, None, f"{what} at {at}")


class _Inflated:
    """A file compressed by zlib, for reading."""

    def __init__(self, file: Any):
        self._file, self._inflate, self._ready = file, zlib.decompressobj(), b""

    def read(self, size: int) -> bytes:
        while len(self._ready) < size:
            data = self._file.read(1 << 16)
            self._ready += self._inflate.decompress(data) if data else self._inflate.flush()
            if not data:
                break
        found, self._ready = self._ready[:size], self._ready[size:]
        return found


_OPEN: dict[str, Any] = {"": lambda file: file, "ZLIB": _Inflated, "GZIP": lambda file: gzip.GzipFile(fileobj=file)}
