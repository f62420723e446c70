"""The nodes that hold lookup tables, and the operations on them."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from minigraph.graph import errors
from minigraph.graph.apply import apply, apply_op
from minigraph.graph.c_names import c_name
from minigraph.graph.dtypes import DType, string
from minigraph.graph.opdef import OpDef, scalar
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shape_rules import demand, merge, with_rank
from minigraph.graph.shapes import TensorShape, unknown_shape
from minigraph.ops.io.disk import on_disk, text_of
from minigraph.ops.tables.state import StaticTable, Table

__all__ = [
    "hash_table",
    "initialize_table_from_text_file",
    "lookup_table_export",
    "lookup_table_find",
    "lookup_table_import",
    "lookup_table_insert",
    "lookup_table_remove",
    "lookup_table_size",
    "mutable_hash_table",
    "mutable_hash_table_of_tensors",
]

WHOLE_LINE, LINE_NUMBER = -2, -1  # what becomes a key or a value, in the place of the number of a column


class _TableOp(OpDef):
    container: str
    shared_name: str
    use_node_name_sharing: bool
    key_dtype: DType
    value_dtype: DType

    outputs = ("resource",)
    stateful = holds_resource = True
    kind: ClassVar[Any] = Table
    shape = scalar

    def initial_state(self, name):
        return type(self).kind(name, self.key_dtype, self.value_dtype, self._value_sizes(), self.shared_name)

    def _value_sizes(self):
        return ()

    def kernel(self, xp, state):
        return state

    def gradient(self, tf, dy, y):
        return ()

    def __eq__(self, other):  # two nodes never share a table
        return self is other

    def __hash__(self):
        return id(self)


class HashTableV2(_TableOp):
    """A table whose entries are given once."""

    outputs = ("table_handle: resource",)

    kind = StaticTable


class MutableHashTableV2(_TableOp):
    """A table of which entries may be added and removed."""

    outputs = ("table_handle: resource",)


class MutableHashTableOfTensorsV2(_TableOp):
    """A table of tensors of one shape."""

    outputs = ("table_handle: resource",)

    value_shape: TensorShape

    def _value_sizes(self):
        return self.value_shape.as_list()


class _TableUse(OpDef):
    inputs: ClassVar[tuple[str, ...]] = ("table_handle: &resource",)
    outputs: ClassVar[tuple[str, ...]] = ()
    side_effect = True

    def shape(self, handle, *inputs):
        return ()

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


class LookupTableFindV2(_TableUse):
    """The values at keys."""

    inputs = ("table_handle: &resource", "keys: Tin", "default_value: Tout")
    outputs = ("values: Tout",)

    def shape(self, handle, keys, default):
        return unknown_shape()

    def kernel(self, xp, handle, keys, default):
        return handle.find(np.asarray(keys), np.asarray(default))


class LookupTableInsertV2(_TableUse):
    """Add or change entries."""

    inputs = ("table_handle: &resource", "keys: Tin", "values: Tout")

    def kernel(self, xp, handle, keys, values):
        handle.insert(keys, values)


class LookupTableImportV2(_TableUse):
    """Give the table its entries."""

    inputs = ("table_handle: &resource", "keys: Tin", "values: Tout")

    def shape(self, handle, keys, values):
        merge(with_rank(keys, 1), values)
        return ()

    def kernel(self, xp, handle, keys, values):
        handle.load(keys, values)


class LookupTableRemoveV2(_TableUse):
    """Remove entries."""

    inputs = ("table_handle: &resource", "keys: Tin")

    def kernel(self, xp, handle, keys):
        handle.remove(keys)


class LookupTableSizeV2(_TableUse):
    """The number of entries."""

    outputs = ("size: int64",)
    shape = scalar

    def kernel(self, xp, handle):
        return np.int64(handle.size())


class LookupTableExportV2(_TableUse):
    """All keys and values."""

    Tkeys: DType
    Tvalues: DType

    outputs = ("keys: Tkeys", "values: Tvalues")

    def shape(self, handle):
        return TensorShape.of((None,)), unknown_shape()

    def kernel(self, xp, handle):
        return handle.export()


class InitializeTableFromTextFileV2(_TableUse):
    """Give the table its entries, one from each line of a file."""

    key_index: int
    value_index: int
    vocab_size: int
    delimiter: str

    inputs = ("table_handle: &resource", "filename: string")
    minimum = {"key_index": -2, "value_index": -2, "vocab_size": -1}

    def shape(self, handle, filename):
        with_rank(filename, 0)
        return ()

    def kernel(self, xp, handle, filename):
        name = text_of(filename)
        demand(len(self.delimiter) == 1, "delimiter should be only 1 char")
        lines = on_disk(_lines, name)
        if self.vocab_size != -1:
            count = len(lines)
            if count < self.vocab_size:
                text = f"Invalid vocab_size in {name}: expected {self.vocab_size} but got {count}"
                raise errors.InvalidArgumentError(None, None, text)
            lines = lines[: self.vocab_size]
        keys = [self._part(line, i, self.key_index, handle._key_dtype, name) for i, line in enumerate(lines)]
        values = [self._part(line, i, self.value_index, handle._value_dtype, name) for i, line in enumerate(lines)]
        handle.load(Table._array(keys, handle._key_dtype), Table._array(values, handle._value_dtype))

    def _part(self, line: bytes, number: int, index: int, dtype: DType, name: str) -> Any:
        """Return what becomes the key or the value of a line."""
        if index == LINE_NUMBER:
            return number
        columns = [line] if index == WHOLE_LINE else line.split(self.delimiter.encode())
        demand(
            index < len(columns),
            f"Invalid number of columns in {name} line {number} ({line.decode(errors='replace')}) : expected "
            f"{max(self.key_index, self.value_index)} got {len(columns)}",
        )
        text = columns[max(index, 0)]
        if dtype is string:
            return text
        try:
            return dtype.as_numpy_dtype(text)
        except ValueError:
            shown = text.decode(errors="replace")
            raise errors.InvalidArgumentError(
                None, None, f"Field {shown} in line {number} is not a valid {c_name(dtype)}."
            ) from None


def _lines(name: str) -> list[bytes]:
    """Return the lines of a file without their ends."""
    with open(name, "rb") as file:
        return [line.removesuffix(b"\n").replace(b"\r", b"") for line in file]


def hash_table(key_dtype: Any, value_dtype: Any, shared_name: str | None = None, name: str | None = None) -> Tensor:
    """Add a table whose entries are given once; return its handle.

    Args:
        key_dtype, value_dtype: the types of keys and values.
        shared_name: its name in messages.
        name: the name of the node.
    """
    return apply(HashTableV2("", shared_name or "", False, key_dtype, value_dtype), name=name)


def mutable_hash_table(key_dtype: Any, value_dtype: Any, by_node: bool = False, name: str | None = None) -> Tensor:
    """Add a table of which entries may be added and removed; return its handle.

    Args:
        key_dtype, value_dtype: the types of keys and values.
        by_node: the attribute `use_node_name_sharing`.
        name: the name of the node.
    """
    return apply(MutableHashTableV2("", "", by_node, key_dtype, value_dtype), name=name)


def mutable_hash_table_of_tensors(
    key_dtype: Any, value_dtype: Any, value_shape: TensorShape, by_node: bool = False, name: str | None = None
) -> Tensor:
    """Add a table of tensors of one shape; return its handle. The other arguments are those of `mutable_hash_table`."""
    return apply(MutableHashTableOfTensorsV2("", "", by_node, key_dtype, value_dtype, value_shape), name=name)


def lookup_table_find(handle: Tensor, keys: Any, default_value: Any, name: str | None = None) -> Tensor:
    """Return the values at keys, the default value where there is none."""
    return apply(LookupTableFindV2(), handle, keys, default_value, name=name)


def lookup_table_insert(handle: Tensor, keys: Any, values: Any, name: str | None = None) -> Operation:
    """Add entries to a table, or change them."""
    return apply_op(LookupTableInsertV2(), handle, keys, values, name=name)


def lookup_table_import(handle: Tensor, keys: Any, values: Any, name: str | None = None) -> Operation:
    """Give a table its entries."""
    return apply_op(LookupTableImportV2(), handle, keys, values, name=name)


def lookup_table_remove(handle: Tensor, keys: Any, name: str | None = None) -> Operation:
    """Remove entries from a table."""
    return apply_op(LookupTableRemoveV2(), handle, keys, name=name)


def lookup_table_size(handle: Tensor, name: str | None = None) -> Tensor:
    """Return the number of entries of a table, an int64."""
    return apply(LookupTableSizeV2(), handle, name=name)


def lookup_table_export(handle: Tensor, key_dtype: Any, value_dtype: Any, name: str | None = None) -> list[Tensor]:
    """Return all keys and values of a table."""
    return apply(LookupTableExportV2(key_dtype, value_dtype), handle, name=name)


def initialize_table_from_text_file(
    handle: Tensor,
    filename: Any,
    key_index: int,
    value_index: int,
    vocab_size: int = -1,
    delimiter: str = "\t",
    name: str | None = None,
) -> Operation:
    """Give a table its entries, one from each line of a file.

    Args:
        handle: the handle of the table.
        filename: the name of the file, a scalar.
        key_index, value_index: the columns of the keys and values; -2 for the whole line, -1 for its number.
        vocab_size: the number of lines that are read; all if it is -1.
        delimiter: what separates columns, one character.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if a line has too few columns, or one is not a number.
    """
    definition = InitializeTableFromTextFileV2(key_index, value_index, vocab_size, delimiter)
    return apply_op(definition, handle, filename, name=name)
