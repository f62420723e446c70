"""`MutableHashTable`: a table of which entries may be added and removed."""

from __future__ import annotations

from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with
from minigraph.ops.tables import tables
from minigraph.tables.interface import LookupInterface

__all__ = ["MutableHashTable"]


class MutableHashTable(LookupInterface):
    """A table of which entries may be added and removed; it begins empty in each session.

    Args:
        key_dtype, value_dtype: the types of keys and values.
        default_value: the value of keys that are not there; its shape is that of all values.
        name: the name of the node.
        checkpoint: build the nodes by which TF1 saves the table; a `Saver` here saves variables only.

    Example:
        >>> table = tf.contrib.lookup.MutableHashTable(tf.string, tf.int64, -1)
        >>> sess.run(table.insert(tf.constant(["a", "b"]), tf.constant([1, 2], tf.int64)))
        >>> print(*sess.run([table.lookup(tf.constant(["b", "c"])), table.size()]))
        [ 2 -1] 2
    """

    def __init__(
        self,
        key_dtype: Any,
        value_dtype: Any,
        default_value: Any,
        name: str = "MutableHashTable",
        checkpoint: bool = True,
    ):
        super().__init__(key_dtype, value_dtype)
        with get_default_graph().atomic():
            self._default_value = convert_to_tensor(default_value, self._value_dtype)
            kinds, shape = (self._key_dtype, self._value_dtype), self._default_value.shape
            if shape.ndims == 0:
                self._handle = tables.mutable_hash_table(*kinds, checkpoint, name=name)
            else:
                self._handle = tables.mutable_hash_table_of_tensors(*kinds, shape, checkpoint, name=name)
            if checkpoint:
                self.export()

    @property
    def resource_handle(self) -> Tensor:
        """The handle of the table."""
        return self._handle

    @property
    def name(self) -> str:
        """The name of the node, without its scopes."""
        return self._handle.op.name.split("/")[-1]

    def size(self, name: str | None = None) -> Tensor:
        """Return the number of entries, an int64."""
        with atomic_scope(name, f"{self.name}_Size", [self._handle]), colocate_with(self._handle):
            return tables.lookup_table_size(self._handle)

    def lookup(self, keys: Any, name: str | None = None) -> Tensor:
        """Return the values at keys, the default value where there is none."""
        with atomic_scope(name, f"{self.name}_lookup_table_find", [self._handle, keys, self._default_value]):
            keys = convert_to_tensor(keys, self._key_dtype, name="keys")
            with colocate_with(self._handle):
                values = tables.lookup_table_find(self._handle, keys, self._default_value)
        values.set_shape(keys.shape.concatenate(self._default_value.shape))
        return values

    def insert(self, keys: Any, values: Any, name: str | None = None) -> Operation:
        """Build an operation that adds entries, or changes them.

        Args:
            keys: keys.
            values: a value for each.
            name: the name scope.

        Raises:
            TypeError: if keys or values have another type than those of the table.
            InvalidArgumentError: in a run, if the shapes do not fit.
        """
        with atomic_scope(name, f"{self.name}_lookup_table_insert", [self._handle, keys, values]):
            keys = convert_to_tensor(keys, self._key_dtype, name="keys")
            values = convert_to_tensor(values, self._value_dtype, name="values")
            with colocate_with(self._handle):
                return tables.lookup_table_insert(self._handle, keys, values)

    def remove(self, keys: Any, name: str | None = None) -> Operation:
        """Build an operation that removes entries; TypeError if the keys have another type than those of the table."""
        if keys.dtype != self._key_dtype:
            raise TypeError(f"Signature mismatch. Keys must be dtype {self._key_dtype}, got {keys.dtype}.")
        with atomic_scope(name, f"{self.name}_lookup_table_remove", [self._handle, keys, self._default_value]):
            return tables.lookup_table_remove(self._handle, keys)

    def export(self, name: str | None = None) -> tuple[Tensor, Tensor]:
        """Return all keys and values, in no order."""
        with atomic_scope(name, f"{self.name}_lookup_table_export_values", [self._handle]), colocate_with(self._handle):
            keys, values = tables.lookup_table_export(self._handle, self._key_dtype, self._value_dtype)
        values.set_shape(keys.shape.concatenate(self._default_value.shape))
        return keys, values
