"""What gives a lookup table its entries: tensors of keys and values, or a file."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.collections import add_to_collection
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.graph_keys import GraphKeys
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays.constant import is_constant
from minigraph.ops.tables import tables

__all__ = [
    "KeyValueTensorInitializer",
    "TableInitializerBase",
    "TextFileIdTableInitializer",
    "TextFileIndex",
    "TextFileInitializer",
    "TextFileStringTableInitializer",
]


class TextFileIndex:
    """What of a line becomes a key or a value, where it is not the number of a column."""

    WHOLE_LINE = tables.WHOLE_LINE
    LINE_NUMBER = tables.LINE_NUMBER


class TableInitializerBase:
    """The base: what gives a table its entries.

    Args:
        key_dtype, value_dtype: the types of keys and values.
    """

    _shared_name = ""

    def __init__(self, key_dtype: Any, value_dtype: Any):
        self._key_dtype, self._value_dtype = as_dtype(key_dtype), as_dtype(value_dtype)

    @property
    def key_dtype(self) -> DType:
        """The type of the keys."""
        return self._key_dtype

    @property
    def value_dtype(self) -> DType:
        """The type of the values."""
        return self._value_dtype

    def initialize(self, table: Any) -> Operation:
        """Build the operation that gives a table its entries."""
        raise NotImplementedError

    def _check_types(self, table: Any) -> None:
        if self._key_dtype.base_dtype != table.key_dtype:
            raise TypeError(f"Invalid key dtype, expected {table.key_dtype} but got {self._key_dtype}.")
        if self._value_dtype.base_dtype != table.value_dtype:
            raise TypeError(f"Invalid value dtype, expected {table.value_dtype} but got {self._value_dtype}.")


class KeyValueTensorInitializer(TableInitializerBase):
    """Keys and values from two tensors.

    Args:
        keys, values: two tensors of one shape.
        key_dtype, value_dtype: their types, where they are plain values.
        name: the name scope of the initializer.

    Example:
        >>> pairs = tf.lookup.KeyValueTensorInitializer(["a", "b"], [1, 2])
        >>> table = tf.lookup.StaticHashTable(pairs, default_value=-1)
        >>> sess.run(tf.tables_initializer())
        >>> print(sess.run(table.lookup(tf.constant(["b", "x"]))))
        [ 2 -1]
    """

    def __init__(self, keys: Any, values: Any, key_dtype: Any = None, value_dtype: Any = None, name: str | None = None):
        self._keys = convert_to_tensor(keys, key_dtype, name="keys")
        self._values = convert_to_tensor(values, value_dtype, name="values")
        self._name = name if name is not None else "key_value_init"
        super().__init__(self._keys.dtype, self._values.dtype)

    def initialize(self, table: Any) -> Operation:
        """Build the operation that gives a table its entries.

        Raises:
            TypeError: if the types are not those of the table.
        """
        self._check_types(table)
        with atomic_scope(self._name, values=[table.resource_handle, self._keys, self._values]):
            made = tables.lookup_table_import(table.resource_handle, self._keys, self._values)
        add_to_collection(GraphKeys.TABLE_INITIALIZERS, made)
        return made


class TextFileInitializer(TableInitializerBase):
    """Keys and values from the lines of a file.

    Args:
        filename: the name of the file.
        key_dtype: the type of the keys, int64 or string.
        key_index: the number of their column, or `TextFileIndex.WHOLE_LINE` or `TextFileIndex.LINE_NUMBER`.
        value_dtype: the type of the values.
        value_index: the number of their column, likewise.
        vocab_size: the number of lines that are read; all by default.
        delimiter: what separates columns.
        name: the name scope of the initializer.

    Raises:
        ValueError: if there is no name of a file, or types and columns do not go together.

    Example:
        >>> import tempfile, os
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     name = os.path.join(folder, "words.txt")
        ...     with open(name, "w") as file:
        ...         print("a 5", "b 7", sep="\\n", file=file)
        ...     lines = tf.lookup.TextFileInitializer(name, tf.string, 0, tf.int64, 1, delimiter=" ")
        ...     table = tf.lookup.StaticHashTable(lines, -1)
        ...     sess.run(table.initializer)
        >>> print(sess.run(table.lookup(tf.constant(["b"]))))
        [7]
    """

    def __init__(
        self,
        filename: Any,
        key_dtype: Any,
        key_index: int,
        value_dtype: Any,
        value_index: int,
        vocab_size: int | None = None,
        delimiter: str = "\t",
        name: str | None = None,
    ):
        if not isinstance(filename, Tensor) and not filename:
            raise ValueError(f"Filename required for {name}.")
        super().__init__(key_dtype, value_dtype)
        _check_columns(self._key_dtype, key_index, self._value_dtype, value_index)
        if vocab_size is not None and vocab_size <= 0:
            raise ValueError(f"Invalid vocab_size {vocab_size}.")
        self._key_index, self._value_index, self._vocab_size = key_index, value_index, vocab_size
        self._delimiter, self._name = delimiter, name
        size = f"_{vocab_size}" if vocab_size else ""
        self._shared_name = f"hash_table_{filename}{size}_{key_index}_{value_index}"
        self._filename = convert_to_tensor(filename, dtypes.string, name="asset_path")

    def initialize(self, table: Any) -> Operation:
        """Build the operation that gives a table its entries; TypeError if the types are not those of the table."""
        self._check_types(table)
        with atomic_scope(self._name, "text_file_init", [table.resource_handle]):
            size = -1 if self._vocab_size is None else self._vocab_size
            columns = self._key_index, self._value_index, size, self._delimiter
            made = tables.initialize_table_from_text_file(table.resource_handle, self._filename, *columns)
        add_to_collection(GraphKeys.TABLE_INITIALIZERS, made)
        if is_constant(self._filename):
            add_to_collection(GraphKeys.ASSET_FILEPATHS, self._filename)
        return made


def _check_columns(key_dtype: DType, key_index: int, value_dtype: DType, value_index: int) -> None:
    """Raise ValueError for columns that cannot have these types."""
    kinds = ("Keys", "key", key_dtype, key_index), ("Values", "value", value_dtype, value_index)
    for plural, single, dtype, index in kinds:
        if index < TextFileIndex.WHOLE_LINE:
            raise ValueError(f"Invalid {single} index {index}.")
        if index == TextFileIndex.LINE_NUMBER and dtype is not dtypes.int64:
            raise ValueError(f"Signature mismatch. {plural} must be dtype {dtypes.int64}, got {dtype}.")
        if index == TextFileIndex.WHOLE_LINE and dtype is not dtypes.string:
            if single == "value":
                raise ValueError(f"Signature mismatch. {plural} must be dtype {dtypes.string}, got {dtype}.")
            if not dtype.is_integer:
                raise ValueError(f"Signature mismatch. {plural} must be integer or string, got {dtype}.")


class TextFileStringTableInitializer(TextFileInitializer):
    """Strings from the lines of a file, by the numbers of the lines; see `TextFileInitializer`."""

    def __init__(
        self,
        filename: Any,
        key_column_index: int = TextFileIndex.LINE_NUMBER,
        value_column_index: int = TextFileIndex.WHOLE_LINE,
        vocab_size: int | None = None,
        delimiter: str = "\t",
        name: str = "text_file_string_table_init",
    ):
        columns = dtypes.int64, key_column_index, dtypes.string, value_column_index
        super().__init__(filename, *columns, vocab_size=vocab_size, delimiter=delimiter, name=name)


class TextFileIdTableInitializer(TextFileInitializer):
    """The numbers of the lines of a file, by the lines; see `TextFileInitializer`."""

    def __init__(
        self,
        filename: Any,
        key_column_index: int = TextFileIndex.WHOLE_LINE,
        value_column_index: int = TextFileIndex.LINE_NUMBER,
        vocab_size: int | None = None,
        delimiter: str = "\t",
        name: str = "text_file_id_table_init",
        key_dtype: Any = dtypes.string,
    ):
        columns = key_dtype, key_column_index, dtypes.int64, value_column_index
        super().__init__(filename, *columns, vocab_size=vocab_size, delimiter=delimiter, name=name)
