"""Words as ids and ids as words: tables made of a list or a file of words."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays import cast, ranges, size_ops
from minigraph.tables.buckets import FastHashSpec, HasherSpec, IdTableWithHashBuckets
from minigraph.tables.initializers import (
    KeyValueTensorInitializer,
    TextFileIdTableInitializer,
    TextFileIndex,
    TextFileStringTableInitializer,
)
from minigraph.tables.static import StaticHashTable

__all__ = [
    "index_table_from_file",
    "index_table_from_tensor",
    "index_to_string",
    "index_to_string_table_from_file",
    "index_to_string_table_from_tensor",
    "string_to_index",
    "string_to_index_table_from_file",
    "string_to_index_table_from_tensor",
]


def index_table_from_file(
    vocabulary_file: Any = None,
    num_oov_buckets: int = 0,
    vocab_size: int | None = None,
    default_value: int = -1,
    hasher_spec: HasherSpec = FastHashSpec,
    key_dtype: Any = dtypes.string,
    name: str | None = None,
    key_column_index: int = TextFileIndex.WHOLE_LINE,
    value_column_index: int = TextFileIndex.LINE_NUMBER,
    delimiter: str = "\t",
) -> Any:
    """Make a table of the lines of a file: a word is looked up, its id is the number of its line.

    Args:
        vocabulary_file: the name of the file.
        num_oov_buckets: the number of different hashes for words that the file does not have.
        vocab_size: the number of lines that are read; all by default.
        default_value: the id of other words where there are no hashes.
        hasher_spec: the hash function.
        key_dtype: the type of the keys, string or an integer.
        name: the name scope.
        key_column_index, value_column_index, delimiter: see `TextFileInitializer`.

    Raises:
        ValueError: if an argument is not valid.
        TypeError: if the keys are neither integers nor strings.
    """
    _check_file(vocabulary_file)
    _check_buckets(num_oov_buckets)
    if vocab_size is not None and vocab_size < 1:
        raise ValueError(f"vocab_size must be greater than 0, got {vocab_size}. vocabulary_file: {vocabulary_file}")
    key_dtype = _checked_type(key_dtype)
    with atomic_scope(name, "string_to_index"):
        with atomic_scope(None, "hash_table"):
            lines = TextFileIdTableInitializer(
                vocabulary_file,
                key_column_index,
                value_column_index,
                vocab_size,
                delimiter,
                "table_init",
                dtypes.int64 if key_dtype.is_integer else key_dtype,
            )
            table: Any = StaticHashTable(lines, default_value)
        if num_oov_buckets:
            table = IdTableWithHashBuckets(table, num_oov_buckets, hasher_spec, key_dtype=key_dtype)
        return table


def index_table_from_tensor(
    mapping: Any,
    num_oov_buckets: int = 0,
    default_value: int = -1,
    hasher_spec: HasherSpec = FastHashSpec,
    dtype: Any = dtypes.string,
    name: str | None = None,
) -> Any:
    """Make a table of a list of words: a word is looked up, its id is its position.

    Args:
        mapping: the words, a vector.
        num_oov_buckets: the number of different hashes for other words.
        default_value: the id of other words where there are no hashes.
        hasher_spec: the hash function.
        dtype: the type of the keys, string or an integer.
        name: the name scope.

    Raises:
        ValueError: if an argument is not valid.
        TypeError: if the keys are neither integers nor strings.

    Example:
        >>> table = tf.contrib.lookup.index_table_from_tensor(["a", "b"], default_value=7)
        >>> sess.run(tf.tables_initializer())
        >>> print(sess.run(table.lookup(tf.constant(["b", "x"]))))
        [1 7]
    """
    if mapping is None:
        raise ValueError("mapping must be specified.")
    _check_buckets(num_oov_buckets)
    dtype = _checked_type(dtype)
    with atomic_scope(name, "string_to_index"):
        keys = convert_to_tensor(mapping)
        if keys.dtype.is_integer != dtype.is_integer:
            raise ValueError(f"Expected {'integer' if dtype.is_integer else 'non-integer'}, got {keys.dtype}.")
        if not dtype.is_integer and keys.dtype.base_dtype != dtype:
            raise ValueError(f"Expected {dtype}, got {keys.dtype}.")
        values = _positions(keys)
        with atomic_scope(None, "hash_table"):
            keys = cast.cast(keys, dtypes.int64) if keys.dtype.is_integer else keys
            pairs = KeyValueTensorInitializer(keys, values, keys.dtype.base_dtype, dtypes.int64, name="table_init")
            table: Any = StaticHashTable(pairs, default_value)
        if num_oov_buckets:
            table = IdTableWithHashBuckets(table, num_oov_buckets, hasher_spec, key_dtype=dtype)
        return table


def _positions(words: Tensor) -> Tensor:
    return cast.cast(ranges.range(size_ops.size(words)), dtypes.int64)


def _check_file(vocabulary_file: Any) -> None:
    if vocabulary_file is None or (isinstance(vocabulary_file, str) and not vocabulary_file):
        raise ValueError("vocabulary_file must be specified and must not be empty.")


def _check_buckets(num_oov_buckets: int) -> None:
    if num_oov_buckets < 0:
        raise ValueError(f"num_oov_buckets must be greater or equal than 0, got {num_oov_buckets}.")


def _checked_type(dtype: Any) -> DType:
    dtype = dtypes.as_dtype(dtype)
    if not dtype.is_integer and dtype.base_dtype is not dtypes.string:
        raise TypeError("Only integer and string keys are supported.")
    return dtype


def index_to_string_table_from_file(
    vocabulary_file: Any,
    vocab_size: int | None = None,
    default_value: Any = "UNK",
    name: str | None = None,
    key_column_index: int = TextFileIndex.LINE_NUMBER,
    value_column_index: int = TextFileIndex.WHOLE_LINE,
    delimiter: str = "\t",
) -> StaticHashTable:
    """Make a table of the lines of a file: an id is looked up, its word is the line of that number.

    Args:
        vocabulary_file: the name of the file.
        vocab_size: the number of lines that are read; all by default.
        default_value: the word of other ids.
        name: the name scope.
        key_column_index, value_column_index, delimiter: see `TextFileInitializer`.

    Raises:
        ValueError: if an argument is not valid.
    """
    _check_file(vocabulary_file)
    if vocab_size is not None and vocab_size < 1:
        raise ValueError(f"vocab_size must be greater than 0, got {vocab_size}.")
    with atomic_scope(name, "index_to_string"):
        columns = key_column_index, value_column_index
        lines = TextFileStringTableInitializer(vocabulary_file, *columns, vocab_size, delimiter, "table_init")
        return StaticHashTable(lines, default_value)


def index_to_string_table_from_tensor(
    mapping: Any, default_value: Any = "UNK", name: str | None = None
) -> StaticHashTable:
    """Make a table of a list of words: an id is looked up, its word is the one at that position.

    Args:
        mapping: the words, a vector of strings.
        default_value: the word of other ids.
        name: the name scope.

    Raises:
        ValueError: if there are no words.

    Example:
        >>> table = tf.contrib.lookup.index_to_string_table_from_tensor(["a", "b"])
        >>> sess.run(tf.tables_initializer())
        >>> print(sess.run(table.lookup(tf.constant([1, 5], tf.int64))))
        [b'b' b'UNK']
    """
    if mapping is None:
        raise ValueError("mapping must be specified.")
    with atomic_scope(name, "index_to_string"):
        words = convert_to_tensor(mapping, dtypes.string)
        pairs = KeyValueTensorInitializer(_positions(words), words, dtypes.int64, dtypes.string, name="table_init")
        return StaticHashTable(pairs, default_value)


def string_to_index(tensor: Any, mapping: Any, default_value: int = -1, name: str | None = None) -> Any:
    """Return the ids of words, their positions in a list; see `index_table_from_tensor`."""
    return index_table_from_tensor(mapping, default_value=default_value, name=name).lookup(tensor)


def index_to_string(tensor: Any, mapping: Any, default_value: Any = "UNK", name: str | None = None) -> Any:
    """Return the words with ids, their positions in a list; see `index_to_string_table_from_tensor`."""
    return index_to_string_table_from_tensor(mapping, default_value, name).lookup(tensor)


def string_to_index_table_from_file(
    vocabulary_file: Any = None,
    num_oov_buckets: int = 0,
    vocab_size: int | None = None,
    default_value: int = -1,
    hasher_spec: HasherSpec = FastHashSpec,
    name: str | None = None,
) -> Any:
    """Make a table of the lines of a file; the former name of `index_table_from_file`."""
    given = vocabulary_file, num_oov_buckets, vocab_size, default_value, hasher_spec
    return index_table_from_file(*given, name=name)


def string_to_index_table_from_tensor(
    mapping: Any,
    num_oov_buckets: int = 0,
    default_value: int = -1,
    hasher_spec: HasherSpec = FastHashSpec,
    name: str | None = None,
) -> Any:
    """Make a table of a list of words; the former name of `index_table_from_tensor`."""
    with atomic_scope(name, "string_to_index") as scope:
        words = convert_to_tensor(mapping)
        if words.dtype.base_dtype is not dtypes.string:
            raise ValueError("string_to_index_table_from_tensor requires string.")
    return index_table_from_tensor(words, num_oov_buckets, default_value, hasher_spec, name=scope)
