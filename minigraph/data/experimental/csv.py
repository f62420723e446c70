"""Datasets of files of comma-separated values."""

from __future__ import annotations

import csv
import glob
import gzip
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from minigraph.data import structure
from minigraph.data.dataset import Dataset
from minigraph.data.experimental.interleaving import parallel_interleave
from minigraph.data.experimental.transformations import ignore_errors as without_errors
from minigraph.data.experimental.transformations import shuffle_and_repeat
from minigraph.data.mapped import mapped
from minigraph.data.options import Options
from minigraph.data.readers import optional
from minigraph.data.reordered import AUTOTUNE
from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.operation import Tensor
from minigraph.ops import namespace
from minigraph.ops.data.csv import CSVDataset

__all__ = ["CsvDataset", "make_csv_dataset"]

tf: Any = namespace
_BUFFER = 4 * 1024 * 1024  # bytes, TensorFlow's default; recorded only
_TYPES = (dtypes.float32, dtypes.float64, dtypes.int32, dtypes.int64, dtypes.string)


class CsvDataset(Dataset):
    """The rows of files of comma-separated values: tuples of scalars.

    Args:
        filenames: a name, or a vector of names.
        record_defaults: for each column that is read its type, if it must not be missing, or its value where it is.
            Types are float32, float64, int32, int64 and string.
        compression_type: "", "ZLIB" or "GZIP".
        buffer_size: recorded only.
        header: leave out the first line of each file.
        field_delim: what stands between fields, one character.
        use_quote_delim: fields may stand between quotation marks.
        na_value: a text that stands for a missing value, as no text does.
        select_cols: the indices of the columns that are read, in ascending order; all by default.

    Raises:
        InvalidArgumentError: in a run, for a row that cannot be read; the next run goes on with the next row.

    Example:
        >>> import os, tempfile
        >>> path = os.path.join(tempfile.mkdtemp(), "people.csv")
        >>> with open(path, "w") as file:
        ...     print("name,age\\nAda,36\\nAlan,", file=file)
        >>> rows = tf.data.experimental.CsvDataset(path, [tf.string, [0]], header=True)
        >>> name, age = rows.batch(2).make_one_shot_iterator().get_next()
        >>> print(*sess.run([name, age]))
        [b'Ada' b'Alan'] [36  0]
    """

    _shown_as = "CsvDatasetV1"

    def __init__(
        self,
        filenames: Any,
        record_defaults: Sequence,
        compression_type: Any = None,
        buffer_size: Any = None,
        header: Any = False,
        field_delim: Any = ",",
        use_quote_delim: Any = True,
        na_value: Any = "",
        select_cols: Any = None,
    ):
        with get_default_graph().atomic():
            names = convert_to_tensor(filenames, dtypes.string, name="filenames")
            compression = optional("compression_type", compression_type, "", dtypes.string)
            given = [_default(each) for each in record_defaults]
            defaults = [convert_to_tensor(each, name=f"record_defaults_{i}") for i, each in enumerate(given)]
            options = [
                optional("buffer_size", buffer_size, _BUFFER),
                convert_to_tensor(header, dtypes.bool_, name="header"),
                convert_to_tensor(field_delim, dtypes.string, name="field_delim"),
                convert_to_tensor(use_quote_delim, dtypes.bool_, name="use_quote_delim"),
                convert_to_tensor(na_value, dtypes.string, name="na_value"),
                optional("select_cols", select_cols, []),
            ]
            spec = tuple([structure.TensorSpec([], each.dtype) for each in defaults])
            variant = apply(CSVDataset(**structure.flat(spec)), names, compression, *options, *defaults)
        super().__init__(variant, spec)


def _default(value: Any) -> Any:
    """Return the tensor without elements that stands for a type; anything else as it is."""
    is_type = isinstance(value, DType) or isinstance(value, (str, type)) and _names_type(value)
    return tf.constant([], as_dtype(value)) if is_type else value


def _names_type(value: Any) -> bool:
    try:
        return as_dtype(value) in _TYPES
    except TypeError:
        return False


def make_csv_dataset(
    file_pattern: Any,
    batch_size: int,
    column_names: Sequence[str] | None = None,
    column_defaults: Sequence | None = None,
    label_name: str | None = None,
    select_columns: Sequence | None = None,
    field_delim: str = ",",
    use_quote_delim: bool = True,
    na_value: str = "",
    header: bool = True,
    num_epochs: int | None = None,
    shuffle: bool = True,
    shuffle_buffer_size: int = 10000,
    shuffle_seed: int | None = None,
    prefetch_buffer_size: int | None = None,
    num_parallel_reads: int | None = None,
    sloppy: bool = False,
    num_rows_for_inference: int | None = 100,
    compression_type: str | None = None,
    ignore_errors: bool = False,
) -> Dataset:
    """Return a dataset of batches of the rows of files: dicts of the columns by their names.

    Args:
        file_pattern: a pattern of names of files, or several.
        batch_size: the number of rows in a batch.
        column_names: the names of the columns; by default those in the first line of the files.
        column_defaults: those of `CsvDataset`; by default the first rows decide the types, and nothing must be there.
        label_name: a column that stands apart: the elements are then pairs of a dict and that column.
        select_columns: the names or indices of the columns that are read.
        field_delim, use_quote_delim, na_value, header, compression_type: those of `CsvDataset`.
        num_epochs: how often the files are read; None for no end.
        shuffle, shuffle_buffer_size, shuffle_seed: whether and how the rows are shuffled.
        prefetch_buffer_size: how many batches are computed ahead.
        num_parallel_reads: how many files are read at a time.
        sloppy: recorded only.
        num_rows_for_inference: how many rows decide the types; None for all.
        ignore_errors: leave out rows that cannot be read.

    Raises:
        ValueError: if there is no such file or column, or the names cannot be known.

    Example:
        >>> import os, tempfile
        >>> path = os.path.join(tempfile.mkdtemp(), "iris.csv")
        >>> with open(path, "w") as file:
        ...     print("width,kind\\n0.5,a\\n2,b", file=file)
        >>> rows = tf.data.experimental.make_csv_dataset(path, 2, label_name="kind", shuffle=False)
        >>> columns, kind = rows.make_one_shot_iterator().get_next()
        >>> print(*sess.run([columns["width"], kind]))
        [0.5 2. ] [b'a' b'b']
    """
    with get_default_graph().atomic():
        names = _file_names(file_pattern)
        dataset = Dataset.from_tensor_slices(names)
        if shuffle:
            dataset = dataset.shuffle(len(names), shuffle_seed)
        table = _Table(names, compression_type, field_delim, use_quote_delim, header)
        columns = list(column_names) if column_names is not None else table.names()
        if len(columns) != len(set(columns)):
            raise ValueError("Cannot have duplicate column names.")
        indices = None if select_columns is None else _indices(select_columns, columns)
        if column_defaults is None:
            defaults = table.defaults(len(columns), na_value, num_rows_for_inference, indices)
        else:
            defaults = [_default(each) for each in column_defaults]
        columns = _chosen(columns, indices, len(defaults), label_name)

        def rows_of(name: Tensor) -> Dataset:
            rows = CsvDataset(
                name, defaults, compression_type, None, header, field_delim, use_quote_delim, na_value, indices
            )
            return rows.apply(without_errors()) if ignore_errors else rows

        def named(*values: Tensor) -> Any:
            features = OrderedDict(zip(columns, values))
            return features if label_name is None else (features, features.pop(label_name))

        dataset = _read(dataset, rows_of, num_parallel_reads, sloppy)
        dataset = _epochs(dataset, num_epochs, shuffle, shuffle_buffer_size, shuffle_seed)
        dataset = dataset.batch(batch_size, drop_remainder=num_epochs is None)
        dataset = Dataset(*mapped(dataset, named, use_inter_op_parallelism=False))
        return dataset.prefetch(prefetch_buffer_size)


def _file_names(file_pattern: Any) -> list[str]:
    if isinstance(file_pattern, list) and not file_pattern:
        raise ValueError("File pattern is empty.")
    patterns = file_pattern if isinstance(file_pattern, list) else [file_pattern]
    names = sorted(name for pattern in patterns for name in glob.glob(pattern))
    if not names:
        raise ValueError(f"No files match {file_pattern}.")
    return names


def _read(dataset: Dataset, rows_of: Callable, number: int | None, sloppy: bool) -> Dataset:
    if number == AUTOTUNE:
        options = Options()
        options.experimental_deterministic = not sloppy
        return dataset.interleave(rows_of, num_parallel_calls=number).with_options(options)
    return dataset.apply(parallel_interleave(rows_of, 1 if number is None else number, sloppy=sloppy))


def _epochs(dataset: Dataset, count: int | None, shuffle: bool, size: int, seed: int | None) -> Dataset:
    if shuffle and count != 1:
        return dataset.apply(shuffle_and_repeat(size, count, seed))
    if shuffle:
        return dataset.shuffle(size, seed)
    return dataset if count == 1 else dataset.repeat(count)


def _indices(columns: Sequence, names: list[str]) -> list[int]:
    """Return the indices of columns that are given by names or indices."""
    found = []
    for column in columns:
        if isinstance(column, int):
            if not 0 <= column < len(names):
                raise ValueError(f"Column index {column} specified in select_columns out of valid range.")
        elif column not in names:
            raise ValueError(f"Value '{column}' specified in select_columns not a valid column index or name.")
        found.append(column if isinstance(column, int) else names.index(column))
    if len(set(found)) != len(found):
        raise ValueError("select_columns contains duplicate columns")
    return sorted(found)


def _chosen(names: list[str], indices: list[int] | None, number: int, label: str | None) -> list[str]:
    """Return the names of the columns that are read, for which there are a number of defaults."""
    if indices is not None:
        if number != len(indices):
            raise ValueError("If specified, column_defaults and select_columns must have same length.")
        names = [names[i] for i in indices]
    if label is not None and label not in names:
        raise ValueError("`label_name` provided must be one of the columns.")
    return names


class _Table:
    """What the text of the files says of their columns, read while the graph is built."""

    def __init__(self, files: list[str], compression_type: str | None, delimiter: str, is_quoted: bool, header: bool):
        self._files, self._compression, self._header = files, compression_type or "", header
        quoting: Any = csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE
        self._format: dict[str, Any] = {"delimiter": delimiter, "quoting": quoting}

    def _rows(self, name: str) -> Iterator[list[str]]:
        if self._compression == "ZLIB":
            raise ValueError(f"compression_type ({self._compression}) is not supported for probing columns")
        if self._compression not in ("", "GZIP"):
            raise ValueError(f"compression_type ({self._compression}) is not supported")
        with gzip.open(name, "rt") if self._compression else open(name) as file:
            yield from csv.reader(file, **self._format)

    def names(self) -> list[str]:
        """Return the names of the columns, which all files begin with."""
        if not self._header:
            raise ValueError("Cannot infer column names without a header line.")
        found = [next(self._rows(name), None) for name in self._files]
        for name, row in zip(self._files, found):
            if row is None:
                raise ValueError(f"Received StopIteration when reading the header line of {name}.  Empty file?")
            if row != found[0]:
                raise ValueError("Files have different column names in the header row.")
        return found[0]  # type: ignore[return-value]

    def defaults(self, count: int, missing: str, limit: int | None, indices: list[int] | None) -> list[Tensor]:
        """Return for each column that is read a tensor with the value of what is missing, of the type that fits."""
        chosen = indices if indices is not None else list(range(count))
        kinds = [-1] * len(chosen)
        for row in self._first_rows(count, limit):
            kinds = [max(k, _kind(row[i])) if row[i] not in ("", missing) else k for k, i in zip(kinds, chosen)]
        types = [_KINDS[kind] for kind in kinds]
        return [tf.constant(["" if each is dtypes.string else 0], each) for each in types]

    def _first_rows(self, count: int, limit: int | None) -> Iterator[list[str]]:
        number = 0
        for name in self._files:
            rows = self._rows(name)
            if self._header:
                next(rows, None)
            for row in rows:
                if number == limit:
                    return
                if len(row) != count:
                    raise ValueError("Problem inferring types: CSV row has different number of fields than expected.")
                number += 1
                yield row


_KINDS = (dtypes.int32, dtypes.int64, dtypes.float32, dtypes.float64, dtypes.string)  # also for -1: no value is known


def _kind(text: str) -> int:
    """Return the index of the first of the types to which a text can be converted."""
    try:
        value = int(text)
    except ValueError:
        pass
    else:
        for kind, dtype in enumerate(_KINDS[:2]):
            if dtype.min <= value <= dtype.max:
                return kind
    try:
        number = float(text)
    except ValueError:
        return 4
    with np.errstate(over="ignore"):
        return 2 if np.float32(number) < np.inf else 3 if number < np.inf else 4
