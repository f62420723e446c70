"""Tables whose entries are given once: `StaticHashTable`, `HashTable`."""

from __future__ import annotations

import uuid
from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape
from minigraph.ops.tables import tables
from minigraph.tables.initializers import TableInitializerBase
from minigraph.tables.interface import LookupInterface, check_keys, values_of, with_values_of

__all__ = ["HashTable", "InitializableLookupTableBase", "StaticHashTable"]


class InitializableLookupTableBase(LookupInterface):
    """The base of tables whose entries are given once, by an initializer.

    Args:
        default_value: the value of keys that are not there, a scalar.
        initializer: what gives the entries.
        shared_name: the name of the table in messages.
        name: the name of its node.

    Raises:
        ValueError: if the default value is not a scalar.
    """

    def __init__(
        self,
        default_value: Any,
        initializer: TableInitializerBase,
        shared_name: str | None = None,
        name: str | None = None,
    ):
        super().__init__(initializer.key_dtype, initializer.value_dtype)
        with get_default_graph().atomic():
            self._default_value = convert_to_tensor(default_value, self._value_dtype)
            self._default_value.shape.merge_with(TensorShape([]))
            self._handle = tables.hash_table(self._key_dtype, self._value_dtype, shared_name, name or "hash_table")
            self._init_op = initializer.initialize(self)

    @property
    def resource_handle(self) -> Tensor:
        """The handle of the table."""
        return self._handle

    @property
    def default_value(self) -> Tensor:
        """The value of keys that are not there."""
        return self._default_value

    @property
    def name(self) -> str:
        """The name of the node, without its scopes."""
        return self._handle.op.name.split("/")[-1]

    @property
    def initializer(self) -> Operation:
        """The operation that gives the table its entries; `tf.tables_initializer()` runs those of all tables."""
        return self._init_op

    @property
    def init(self) -> Operation:
        """The former name of `initializer`."""
        return self._init_op

    def size(self, name: str | None = None) -> Tensor:
        """Return the number of entries, an int64."""
        with atomic_scope(name, f"{self.name}_Size", [self._handle]):
            return tables.lookup_table_size(self._handle)

    def lookup(self, keys: Any, name: str | None = None) -> Any:
        """Return the values at keys, the default value where there is none.

        Args:
            keys: a tensor or a sparse one.
            name: the name scope.

        Returns:
            A tensor of the shape of `keys`; a sparse one for sparse keys.

        Raises:
            TypeError: if the keys have another type than those of the table.
            FailedPreconditionError: in a run, if the table has no entries yet.
        """
        check_keys(self, keys)
        flat = values_of(keys)
        with atomic_scope(name, f"{self.name}_Lookup", [self._handle, flat, self._default_value]):
            values = tables.lookup_table_find(self._handle, flat, self._default_value)
        values.set_shape(flat.shape)
        return with_values_of(keys, values)

    def export(self, name: str | None = None) -> tuple[Tensor, Tensor]:
        """Return all keys and values, in no order."""
        with atomic_scope(name, f"{self.name}_Export", [self._handle]) as scope:
            inner = scope if self._exports_by_scope else None
            keys, values = tables.lookup_table_export(self._handle, self._key_dtype, self._value_dtype, inner)
        values.set_shape(keys.shape.concatenate(self._default_value.shape))
        return keys, values

    _exports_by_scope = False


class StaticHashTable(InitializableLookupTableBase):
    """A table whose entries are given once.

    Args:
        initializer: what gives the entries.
        default_value: the value of keys that are not there.
        name: the name of the node.

    Raises:
        ValueError: if the default value is not a scalar.

    Example:
        >>> pairs = tf.lookup.KeyValueTensorInitializer(["a", "b"], [10.0, 20.0])
        >>> table = tf.lookup.StaticHashTable(pairs, 0.0)
        >>> sess.run(table.initializer)
        >>> print(*sess.run([table.lookup(tf.constant(["b", "z"])), table.size()]))
        [20.  0.] 2
    """

    def __init__(self, initializer: TableInitializerBase, default_value: Any, name: str | None = None):
        shared_name = initializer._shared_name or f"hash_table_{uuid.uuid4()}"
        super().__init__(default_value, initializer, shared_name, name)


class HashTable(InitializableLookupTableBase):
    """The `StaticHashTable` of `tf.contrib.lookup`, which may have a `shared_name`."""

    _exports_by_scope = True

    def __init__(
        self,
        initializer: TableInitializerBase,
        default_value: Any,
        shared_name: str | None = None,
        name: str | None = None,
    ):
        super().__init__(default_value, initializer, shared_name, name)
