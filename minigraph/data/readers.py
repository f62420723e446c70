"""Datasets of the lines and records of files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.data import structure
from minigraph.data.dataset import Dataset
from minigraph.data.experimental.interleaving import interleaved
from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.ops import namespace
from minigraph.ops.data import files

__all__ = ["FixedLengthRecordDataset", "TFRecordDataset", "TextLineDataset", "optional"]

tf: Any = namespace
_BUFFER = 256 * 1024  # bytes, TensorFlow's default; recorded only
_TEXT = structure.TensorSpec([], dtypes.string)


def optional(name: str, value: Any, default: Any = 0, dtype: Any = dtypes.int64) -> Tensor:
    """Return an argument as a tensor, or the default if it is None."""
    return convert_to_tensor(default if value is None else value, dtype, name=name)


class _FileDataset(Dataset):
    """Base: the records of files, one file after the other, or several in turn."""

    def __init__(self, filenames: Any, of_one_file: Callable, num_parallel_reads: int | None):
        with get_default_graph().atomic():
            names = _names(filenames)
            self._filenames = names

            def read(name: Tensor) -> Dataset:
                return Dataset(of_one_file(convert_to_tensor(name, dtypes.string, name="filename")), _TEXT)

            if num_parallel_reads is None:
                found = names.flat_map(read)
            elif num_parallel_reads == -1:
                found = names.interleave(read, num_parallel_calls=-1)
            else:
                found = interleaved(names, read, num_parallel_reads)
        super().__init__(found._variant_tensor, _TEXT, [names], found._traced)


def _names(filenames: Any) -> Dataset:
    """Return the names of files as a dataset of strings."""
    if not isinstance(filenames, Dataset):
        names = convert_to_tensor(filenames, dtypes.string)
        return Dataset.from_tensor_slices(tf.reshape(names, [-1], name="flat_filenames"))
    if filenames.output_types != dtypes.string:
        raise TypeError("`filenames` must be a `tf.data.Dataset` of `tf.string` elements.")
    if not filenames.output_shapes.is_compatible_with([]):
        raise TypeError("`filenames` must be a `tf.data.Dataset` of scalar `tf.string` elements.")
    return filenames


class TextLineDataset(_FileDataset):
    """The lines of text files, without the ends of lines.

    Args:
        filenames: a name, a vector of names, or a dataset of names.
        compression_type: "", "ZLIB" or "GZIP".
        buffer_size: recorded only.
        num_parallel_reads: how many files are read at a time, in turn; one after the other by default.

    Raises:
        NotFoundError: in a run, if there is no such file.

    Example:
        >>> import os, tempfile
        >>> path = os.path.join(tempfile.mkdtemp(), "poem.txt")
        >>> with open(path, "w") as file:
        ...     print("one\\ntwo", file=file)
        >>> line = tf.data.TextLineDataset(path).skip(1).make_one_shot_iterator().get_next()
        >>> print(sess.run(line))
        b'two'
    """

    _shown_as = "TextLineDatasetV1"

    def __init__(
        self,
        filenames: Any,
        compression_type: str | None = None,
        buffer_size: int | None = None,
        num_parallel_reads: int | None = None,
    ):
        def read(name: Tensor) -> Tensor:
            kind = optional("compression_type", compression_type, "", dtypes.string)
            return apply(files.TextLineDataset(), name, kind, optional("buffer_size", buffer_size, _BUFFER))

        super().__init__(filenames, read, num_parallel_reads)


class TFRecordDataset(_FileDataset):
    """The records of TensorFlow's files of records, as strings.

    Args:
        filenames, compression_type, buffer_size, num_parallel_reads: those of `TextLineDataset`.

    Raises:
        NotFoundError, DataLossError: in a run, if there is no such file, or it is damaged.

    Example:
        >>> import os, tempfile
        >>> path = os.path.join(tempfile.mkdtemp(), "two.tfrecord")
        >>> with tf.python_io.TFRecordWriter(path) as writer:
        ...     writer.write(b"first")
        ...     writer.write(b"second")
        >>> record = tf.data.TFRecordDataset(path).batch(2).make_one_shot_iterator().get_next()
        >>> print(sess.run(record))
        [b'first' b'second']
    """

    _shown_as = "TFRecordDatasetV1"

    def __init__(
        self,
        filenames: Any,
        compression_type: str | None = None,
        buffer_size: int | None = None,
        num_parallel_reads: int | None = None,
    ):
        def read(name: Tensor) -> Tensor:
            kind = optional("compression_type", compression_type, "", dtypes.string)
            return apply(files.TFRecordDataset(), name, kind, optional("buffer_size", buffer_size, _BUFFER))

        super().__init__(filenames, read, num_parallel_reads)


class FixedLengthRecordDataset(_FileDataset):
    """The records of one size in binary files, as strings.

    Args:
        record_bytes: the size of a record.
        header_bytes, footer_bytes: what is skipped at the beginning and the end of a file.
        filenames, compression_type, buffer_size, num_parallel_reads: those of `TextLineDataset`.
    """

    _shown_as = "FixedLengthRecordDatasetV1"

    def __init__(
        self,
        filenames: Any,
        record_bytes: Any,
        header_bytes: Any = None,
        footer_bytes: Any = None,
        buffer_size: int | None = None,
        compression_type: str | None = None,
        num_parallel_reads: int | None = None,
    ):
        def read(name: Tensor) -> Tensor:
            given = [
                optional("header_bytes", header_bytes),
                convert_to_tensor(record_bytes, dtypes.int64, name="record_bytes"),
                optional("footer_bytes", footer_bytes),
                optional("buffer_size", buffer_size, _BUFFER),
                optional("compression_type", compression_type, "", dtypes.string),
            ]
            return apply(files.FixedLengthRecordDatasetV2(), name, *given)

        super().__init__(filenames, read, num_parallel_reads)
