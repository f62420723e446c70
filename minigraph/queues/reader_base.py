"""The classes of readers: `TextLineReader`, `TFRecordReader`, `WholeFileReader`…"""

from __future__ import annotations

from typing import Any

from minigraph.graph.operation import Operation, Tensor
from minigraph.ops.io import readers
from minigraph.records.tfrecord import TFRecordOptions

__all__ = [
    "FixedLengthRecordReader",
    "IdentityReader",
    "ReaderBase",
    "TFRecordReader",
    "TextLineReader",
    "WholeFileReader",
]


class ReaderBase:
    """A reader in the graph; what it has read of which file is in the session.

    Args:
        reader_ref: the handle.
        supports_serialize: False; the state of a reader cannot be saved.
    """

    def __init__(self, reader_ref: Tensor, supports_serialize: bool = False):
        self._reader_ref, self._supports_serialize = reader_ref, supports_serialize

    @property
    def reader_ref(self) -> Tensor:
        """The handle."""
        return self._reader_ref

    @property
    def supports_serialize(self) -> bool:
        """True if the state of the reader can be saved."""
        return self._supports_serialize

    def read(self, queue: Any, name: str | None = None) -> tuple[Tensor, Tensor]:
        """Build an operation that reads the next record.

        Args:
            queue: the queue, or its handle, from which the names of files come; a run waits while it is empty.
            name: the name.

        Returns:
            The key and the value, scalar strings.

        Raises:
            OutOfRangeError: in a run, if the queue is closed and empty, and its files are read.
            NotFoundError: in a run, if there is no such file.
        """
        return readers.reader_read(self._reader_ref, _handle(queue), name=name)

    def read_up_to(self, queue: Any, num_records: Any, name: str | None = None) -> tuple[Tensor, Tensor]:
        """Build an operation that reads the next records of one file, at most `num_records`, a scalar int64.

        Returns:
            The keys and the values, strings of shape [n] with at least one element; arguments and errors as for `read`.
        """
        return readers.reader_read_up_to(self._reader_ref, _handle(queue), num_records, name=name)

    def num_records_produced(self, name: str | None = None) -> Tensor:
        """Return the number of records read, a scalar int64 tensor."""
        return readers.reader_num_records_produced(self._reader_ref, name=name)

    def num_work_units_completed(self, name: str | None = None) -> Tensor:
        """Return the number of files read to their ends, a scalar int64 tensor."""
        return readers.reader_num_work_units_completed(self._reader_ref, name=name)

    def reset(self, name: str | None = None) -> Operation:
        """Build an operation after which the reader begins anew, with the next file of the queue."""
        return readers.reader_reset(self._reader_ref, name=name)


def _handle(queue: Any) -> Tensor:
    return queue if isinstance(queue, Tensor) else queue.queue_ref


class WholeFileReader(ReaderBase):
    """A reader that returns whole files; the keys are their names.

    Args:
        name: the name.
    """

    def __init__(self, name: str | None = None):
        super().__init__(readers.whole_file_reader(name))


class IdentityReader(ReaderBase):
    """A reader that returns what is in the queue, as key and value.

    Args:
        name: the name.
    """

    def __init__(self, name: str | None = None):
        super().__init__(readers.identity_reader(name))


class TextLineReader(ReaderBase):
    """A reader that returns lines without their ends; the keys are the file's name and the line's number.

    Args:
        skip_header_lines: the number of lines at the beginning of each file that are skipped.
        name: the name.

    Example:
        >>> import os, tempfile
        >>> path = os.path.join(tempfile.mkdtemp(), "a.csv")
        >>> sess.run(tf.write_file(path, "x,y\\n1,2\\n3,4\\n"))
        >>> queue = tf.train.string_input_producer([path])
        >>> key, line = tf.TextLineReader(skip_header_lines=1).read(queue)
        >>> x, y = tf.decode_csv(line, record_defaults=[[0], [0]])
        >>> threads = tf.train.start_queue_runners(sess)
        >>> print(*sess.run([x, y]), *sess.run([x, y]))
        1 2 3 4
    """

    def __init__(self, skip_header_lines: int | None = None, name: str | None = None):
        super().__init__(readers.text_line_reader(skip_header_lines, name))


class FixedLengthRecordReader(ReaderBase):
    """A reader of records of one size; the keys are the file's name and the record's number.

    Args:
        record_bytes: the size of a record.
        header_bytes, footer_bytes: what is skipped at the beginning and the end of a file.
        hop_bytes: the distance of the beginnings of records, by default their size.
        name: the name.
        encoding: must be None or "".

    Raises:
        ValueError: if there is an encoding.
    """

    def __init__(
        self,
        record_bytes: int,
        header_bytes: int | None = None,
        footer_bytes: int | None = None,
        hop_bytes: int | None = None,
        name: str | None = None,
        encoding: str | None = None,
    ):
        sizes = record_bytes, header_bytes, footer_bytes, hop_bytes
        super().__init__(readers.fixed_length_record_reader(*sizes, encoding=encoding, name=name))


class TFRecordReader(ReaderBase):
    """A reader of TensorFlow's files of records; the keys are the file's name and the position in it.

    Args:
        name: the name.
        options: a `tf.python_io.TFRecordOptions`.
    """

    def __init__(self, name: str | None = None, options: Any = None):
        super().__init__(readers.tf_record_reader(name, TFRecordOptions.get_compression_type_string(options)))
