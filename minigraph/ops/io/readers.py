"""Readers in the graph: nodes that hold one in each session, and the operations on them."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from minigraph.graph import errors
from minigraph.graph.apply import apply, apply_op
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.ops.io import reading

__all__ = [
    "fixed_length_record_reader",
    "identity_reader",
    "reader_num_records_produced",
    "reader_num_work_units_completed",
    "reader_read",
    "reader_read_up_to",
    "reader_reset",
    "text_line_reader",
    "tf_record_reader",
    "whole_file_reader",
]


class _ReaderOp(OpDef):
    outputs = ("reader_handle: resource",)
    stateful = holds_resource = True

    def shape(self):
        return TensorShape.of(())

    def kernel(self, xp, state):
        return state

    def gradient(self, tf, dy, y):
        return ()

    def __eq__(self, other):  # two nodes never share a reader
        return self is other

    def __hash__(self):
        return id(self)


class WholeFileReaderV2(_ReaderOp):
    """A reader of whole files."""

    container: str = ""
    shared_name: str = ""

    def initial_state(self, name):
        return reading.Reader(name, reading.whole)


class IdentityReaderV2(_ReaderOp):
    """A reader that returns what is in the queue."""

    container: str = ""
    shared_name: str = ""

    def initial_state(self, name):
        return reading.Reader(name, reading.itself)


class TextLineReaderV2(_ReaderOp):
    """A reader of lines."""

    skip_header_lines: int = 0
    container: str = ""
    shared_name: str = ""

    def initial_state(self, name):
        return reading.Reader(name, reading.lines(self.skip_header_lines))


class TFRecordReaderV2(_ReaderOp):
    """A reader of TensorFlow's files of records."""

    container: str = ""
    shared_name: str = ""
    compression_type: str = ""

    def initial_state(self, name):
        return reading.Reader(name, reading.records(self.compression_type))


class FixedLengthRecordReaderV2(_ReaderOp):
    """A reader of records of one size."""

    header_bytes: int = 0
    record_bytes: int = 0
    footer_bytes: int = 0
    hop_bytes: int = 0
    container: str = ""
    shared_name: str = ""
    encoding: str = ""

    def initial_state(self, name):
        if self.record_bytes <= 0:
            raise errors.InvalidArgumentError(None, None, f"record_bytes must be >0 but is {self.record_bytes}")
        sizes = self.record_bytes, self.header_bytes, self.footer_bytes, self.hop_bytes
        return reading.Reader(name, reading.fixed_length(*sizes))


class _ReaderUse(OpDef):
    inputs: ClassVar[tuple[str, ...]] = ("reader_handle: &resource",)
    outputs: ClassVar[tuple[str, ...]] = ()
    side_effect = True
    waits = True

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


class ReaderReadV2(_ReaderUse):
    """The next record and its key."""

    inputs = ("reader_handle: &resource", "queue_handle: &resource")
    outputs = ("key: string", "value: string")

    def shape(self, reader_handle, queue_handle):
        return TensorShape.of(()), TensorShape.of(())

    def kernel(self, xp, reader_handle, queue_handle):
        key, value = reader_handle.read(queue_handle)
        return np.array(key, object), np.array(value, object)


class ReaderReadUpToV2(_ReaderUse):
    """The next records of one file and their keys."""

    inputs = ("reader_handle: &resource", "queue_handle: &resource", "num_records: int64")
    outputs = ("keys: string", "values: string")

    def shape(self, reader_handle, queue_handle, num_records):
        return TensorShape.of((None,)), TensorShape.of((None,))

    def kernel(self, xp, reader_handle, queue_handle, num_records):
        pairs = reader_handle.read_up_to(queue_handle, int(num_records))
        return tuple([np.array([*column, None], object)[:-1] for column in zip(*pairs)])


class _ReaderCount(_ReaderUse):
    def shape(self, reader_handle):
        return TensorShape.of(())


class ReaderNumRecordsProducedV2(_ReaderCount):
    """The number of records read."""

    outputs = ("records_produced: int64",)

    def kernel(self, xp, reader_handle):
        return np.int64(reader_handle.produced)


class ReaderNumWorkUnitsCompletedV2(_ReaderCount):
    """The number of files read to their ends."""

    outputs = ("units_completed: int64",)

    def kernel(self, xp, reader_handle):
        return np.int64(reader_handle.completed)


class ReaderResetV2(_ReaderUse):
    """Begin anew."""

    def shape(self, reader_handle):
        return ()

    def kernel(self, xp, reader_handle):
        reader_handle.reset()


def whole_file_reader(name: str | None = None) -> Tensor:
    """Add a reader of whole files; return its handle, a scalar of type resource."""
    return apply(WholeFileReaderV2(), name=name)


def identity_reader(name: str | None = None) -> Tensor:
    """Add a reader that returns what is in the queue; return its handle."""
    return apply(IdentityReaderV2(), name=name)


def text_line_reader(skip_header_lines: int | None = None, name: str | None = None) -> Tensor:
    """Add a reader of lines; return its handle.

    Args:
        skip_header_lines: the number of lines at the beginning of each file that are skipped.
        name: the name of the node.
    """
    return apply(TextLineReaderV2(skip_header_lines or 0), name=name)


def tf_record_reader(name: str | None = None, compression_type: str = "") -> Tensor:
    """Add a reader of TensorFlow's files of records; return its handle.

    Args:
        name: the name of the node.
        compression_type: "", "ZLIB" or "GZIP".
    """
    return apply(TFRecordReaderV2(compression_type=compression_type), name=name)


def fixed_length_record_reader(
    record_bytes: int,
    header_bytes: int | None = None,
    footer_bytes: int | None = None,
    hop_bytes: int | None = None,
    encoding: str | None = None,
    name: str | None = None,
) -> Tensor:
    """Add a reader of records of one size; return its handle.

    Args:
        record_bytes: the size of a record.
        header_bytes, footer_bytes: what is skipped at the beginning and the end of a file.
        hop_bytes: the distance of the beginnings of records, by default their size.
        encoding: must be None or "".
        name: the name of the node.

    Raises:
        ValueError: if there is an encoding.
    """
    if encoding:
        raise ValueError(f"files of fixed-length records cannot be compressed here: encoding={encoding!r}")
    sizes = header_bytes or 0, record_bytes, footer_bytes or 0, hop_bytes or 0
    return apply(FixedLengthRecordReaderV2(*sizes), name=name)


def reader_read(reader: Any, queue: Any, name: str | None = None) -> tuple[Tensor, Tensor]:
    """Read the next record when it runs; return its key and value, scalar strings.

    Args:
        reader: the reader's handle.
        queue: the handle of the queue from which the names of files come; the run waits while it is empty.
        name: the name of the node.

    Raises:
        OutOfRangeError: in a run, if the queue is closed and empty, and its files are read.
    """
    return apply(ReaderReadV2(), reader, queue, name=name)


def reader_read_up_to(reader: Any, queue: Any, num_records: Any, name: str | None = None) -> tuple[Tensor, Tensor]:
    """Read the next records of one file when it runs, at most `num_records`; see `reader_read`."""
    return apply(ReaderReadUpToV2(), reader, queue, num_records, name=name)


def reader_num_records_produced(reader: Any, name: str | None = None) -> Tensor:
    """Return the number of records read, a scalar int64, when it runs."""
    return apply(ReaderNumRecordsProducedV2(), reader, name=name)


def reader_num_work_units_completed(reader: Any, name: str | None = None) -> Tensor:
    """Return the number of files read to their ends, a scalar int64, when it runs."""
    return apply(ReaderNumWorkUnitsCompletedV2(), reader, name=name)


def reader_reset(reader: Any, name: str | None = None) -> Operation:
    """Have a reader begin anew when it runs."""
    return apply_op(ReaderResetV2(), reader, name=name)
