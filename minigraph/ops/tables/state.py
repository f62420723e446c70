"""A lookup table in a session: values by keys."""

from __future__ import annotations

import copy
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.dtypes import DType, string
from minigraph.graph.resource import Resource
from minigraph.graph.shapes import brackets

__all__ = ["StaticTable", "Table"]


class Table(Resource):
    """A table of which entries may be added and removed.

    Args:
        name: the name of its node.
        key_dtype: the type of the keys.
        value_dtype: the type of the values.
        value_shape: the shape of a value.
        shared_name: its name in messages; by default made of the node's.

    Example:
        >>> table = Table("t", tf.string, tf.int64, ())
        >>> table.insert(np.array([b"a", b"b"], object), np.array([1, 2]))
        >>> print(table.find(np.array([b"b", b"c"], object), np.array(-1)), table.size())
        [ 2 -1] 2
    """

    def __init__(self, name: str, key_dtype: DType, value_dtype: DType, value_shape: Sequence, shared_name: str = ""):
        super().__init__(name, shared_name)
        self._key_dtype, self._value_dtype, self._value_shape = key_dtype, value_dtype, tuple(value_shape)
        self._values: dict[Any, Any] = {}
        self._lock = threading.Lock()

    def __deepcopy__(self, memo: Any) -> Table:
        """Return a table of its own with the same entries."""
        with self._lock:
            other = copy.copy(self)
            other._values = dict(self._values)
        other._lock = threading.Lock()
        return other

    def size(self) -> int:
        """Return the number of entries."""
        return len(self._values)

    def find(self, keys: np.ndarray, default: np.ndarray) -> np.ndarray:
        """Return the values at keys, an array of their shape followed by that of a value.

        Raises:
            errors.InvalidArgumentError: if the default value has not the shape of a value.
        """
        if np.shape(default) != self._value_shape:
            raise errors.InvalidArgumentError(
                None,
                None,
                f"Expected shape {brackets(self._value_shape)} for default value, got {brackets(np.shape(default))}",
            )
        missing = default[()]
        with self._lock:
            found = [self._values.get(key, missing) for key in np.ravel(keys).tolist()]
        return self._array(found, self._value_dtype).reshape(np.shape(keys) + self._value_shape)

    def insert(self, keys: np.ndarray, values: np.ndarray) -> None:
        """Add entries, or change them.

        Raises:
            errors.InvalidArgumentError: if there are not as many values as keys.
        """
        pairs = self._pairs(keys, values)
        with self._lock:
            self._values.update(pairs)

    def load(self, keys: np.ndarray, values: np.ndarray) -> None:
        """Take the place of all entries; the errors are those of `insert`."""
        pairs = self._pairs(keys, values)
        with self._lock:
            self._values = dict(pairs)

    def remove(self, keys: np.ndarray) -> None:
        """Remove entries; keys that are not there do not matter."""
        with self._lock:
            for key in np.ravel(keys).tolist():
                self._values.pop(key, None)

    def export(self) -> tuple[np.ndarray, np.ndarray]:
        """Return all keys and their values."""
        with self._lock:
            keys, values = list(self._values), list(self._values.values())
        found = self._array(values, self._value_dtype).reshape((len(keys), *self._value_shape))
        return self._array(keys, self._key_dtype), found

    def _pairs(self, keys: np.ndarray, values: np.ndarray) -> list[tuple[Any, Any]]:
        wanted = np.shape(keys) + self._value_shape
        if np.shape(values) != wanted:
            raise errors.InvalidArgumentError(
                None, None, f"Expected shape {brackets(wanted)} for value, got {brackets(np.shape(values))}"
            )
        flat = np.ravel(keys).tolist()
        return list(zip(flat, list(np.reshape(values, (len(flat), *self._value_shape)))))

    @staticmethod
    def _array(values: list, dtype: DType) -> np.ndarray:
        if dtype is string:
            found = np.empty(len(values), object) if not values or np.ndim(values[0]) == 0 else np.array(values, object)
            found[...] = values
            return found
        return np.array(values, dtype.as_numpy_dtype)


class StaticTable(Table):
    """A table whose entries are given once, before it is used."""

    _is_there = False

    def _check(self, kind: type[errors.OpError], text: str) -> None:
        if not self._is_there:
            advice = "Run its initializer once in each session: sess.run(tf.tables_initializer())."
            raise kind(None, None, f"{text}\n{advice}")

    def find(self, keys: np.ndarray, default: np.ndarray) -> np.ndarray:
        """Return the values at keys; FailedPreconditionError if there are none yet."""
        self._check(errors.FailedPreconditionError, "Table not initialized.")
        return super().find(keys, default)

    def export(self) -> tuple[np.ndarray, np.ndarray]:
        """Return all keys and values; AbortedError if there are none yet."""
        self._check(errors.AbortedError, "HashTable is not initialized.")
        return super().export()

    def load(self, keys: np.ndarray, values: np.ndarray) -> None:
        """Give the entries, once.

        Raises:
            errors.FailedPreconditionError: if a key has two values, or there are other entries already.
        """
        entries: dict[Any, Any] = {}
        for key, value in self._pairs(keys, values):
            if entries.setdefault(key, value) != value:
                shown = [each.decode() if isinstance(each, bytes) else each for each in (key, entries[key], value)]
                raise errors.FailedPreconditionError(
                    None,
                    None,
                    f"HashTable has different value for same key. Key {shown[0]} has {shown[1]} and trying to add "
                    f"value {shown[2]}",
                )
        with self._lock:
            if self._is_there and entries != self._values:
                raise errors.FailedPreconditionError(None, None, "Table already initialized.")
            self._values, self._is_there = entries, True
