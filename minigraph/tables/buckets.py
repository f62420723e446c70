"""Tables of words with hashes for all other words."""

from __future__ import annotations

from typing import Any, NamedTuple

from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, name_scope
from minigraph.ops.arrays import cast, where_v2
from minigraph.ops.control.group import no_op
from minigraph.ops.math import arithmetic, comparison
from minigraph.ops.strings import formats
from minigraph.tables.initializers import TableInitializerBase
from minigraph.tables.interface import LookupInterface, check_keys, values_of, with_values_of
from minigraph.tables.static import StaticHashTable

__all__ = ["FastHashSpec", "HasherSpec", "IdTableWithHashBuckets", "StaticVocabularyTable", "StrongHashSpec"]


class HasherSpec(NamedTuple):
    """A hash function: "fasthash", "legacy" or "stronghash", and a key for the last one."""

    hasher: str
    key: Any


FastHashSpec = HasherSpec("fasthash", None)


class StrongHashSpec(HasherSpec):
    """A hash function with a key.

    Args:
        key: two integers.

    Raises:
        ValueError: if there are not two.
        TypeError: if they are not integers.
    """

    __slots__ = ()

    def __new__(cls, key: Any) -> StrongHashSpec:
        """Return the function with that key."""
        if len(key) != 2:
            raise ValueError(f"key must have size 2, got {len(key)}.")
        if not all(isinstance(part, int) for part in key):
            raise TypeError(f"Invalid key {key}. Must be unsigned integer values.")
        return super().__new__(cls, "stronghash", key)


class _WithBuckets(LookupInterface):
    """Base: the ids of a table, and above them hashes for all keys that it does not have."""

    def __init__(self, table: Any, buckets: int, spec: HasherSpec, name: str | None, key_dtype: DType):
        super().__init__(key_dtype, dtypes.int64)
        self._table, self._buckets, self._spec = table, buckets, spec
        name = (name or "").rstrip("/") or ("hash_bucket" if table is None else table.name)
        self._name = name.split("/")[-1]

    @property
    def initializer(self) -> Operation:
        """The operation that gives the table its entries."""
        if self._table is not None:
            return self._table.initializer
        with name_scope(None, "init"):
            return no_op()

    @property
    def init(self) -> Operation:
        """The former name of `initializer`."""
        return self.initializer

    @property
    def resource_handle(self) -> Tensor | None:
        """The handle of the table, None if there are only hashes."""
        return None if self._table is None else self._table.resource_handle

    @property
    def name(self) -> str:
        """The name of the table."""
        return self._name

    def size(self, name: str | None = None) -> Tensor:
        """Return the number of different ids, hashes included."""
        with atomic_scope(name, f"{self.name}_Size"):
            known = convert_to_tensor(0, dtypes.int64) if self._table is None else self._table.size()
            return known + self._buckets

    def lookup(self, keys: Any, name: str | None = None) -> Any:
        """Return the ids of keys, hashes for those that the table does not have.

        Args:
            keys: a tensor or a sparse one.
            name: the name scope.

        Raises:
            TypeError: if the keys have another type than those of the table.
        """
        check_keys(self, keys)
        flat = values_of(keys)
        if self._table is not None and self._table.key_dtype.base_dtype is dtypes.int64:
            flat = cast.cast(flat, dtypes.int64)
        if not self._buckets:
            return with_values_of(keys, self._table.lookup(flat, name=name))
        with atomic_scope(name, f"{self.name}_Lookup"):
            ids = self._hashes(flat)
            if self._table is not None:
                known = self._table.lookup(flat)
                ids = arithmetic.add(ids, self._table.size())
                ids = where_v2.where_v2(comparison.not_equal(known, self._table.default_value), known, ids)
        return with_values_of(keys, ids)

    def _hashes(self, keys: Tensor) -> Tensor:
        texts = keys if keys.dtype.base_dtype is dtypes.string else formats.as_string(keys)
        if self._spec.hasher == "stronghash":
            return formats.string_to_hash_bucket_strong(texts, self._buckets, self._spec.key, name="hash_bucket")
        kinds: dict[str, Any] = {
            "fasthash": formats.string_to_hash_bucket_fast,
            "legacy": formats.string_to_hash_bucket,
        }
        if self._spec.hasher not in kinds:
            raise ValueError(f"Unknown hasher {self._spec.hasher}")
        return kinds[self._spec.hasher](texts, self._buckets, name="hash_bucket")


def _key_type(table: Any, wanted: Any, shown: DType) -> DType:
    """Return the type of the keys that are looked up in a table of ids; TypeError if the table cannot have them."""
    known = table.key_dtype
    wanted = known if wanted is None else dtypes.as_dtype(wanted)
    allowed = dtypes.int64, dtypes.string
    if known not in allowed:
        raise TypeError(f"Invalid key dtype, expected one of {allowed}, but got {shown}.")
    if known.is_integer != wanted.is_integer:
        kind = "integer" if wanted.is_integer else "non-integer"
        raise TypeError(f"Invalid key dtype, expected {kind} but got {known}.")
    if table.value_dtype != dtypes.int64:
        raise TypeError(f"Invalid value dtype, expected {dtypes.int64} but got {table.value_dtype}.")
    return wanted


def _checked_kind(key_dtype: Any) -> DType:
    key_dtype = dtypes.as_dtype(key_dtype)
    if not key_dtype.is_integer and key_dtype is not dtypes.string:
        raise TypeError(f"Invalid key_dtype, expected integer or string, got {key_dtype}.")
    return key_dtype


class IdTableWithHashBuckets(_WithBuckets):
    """A table of ids with hashes for keys that it does not have.

    Args:
        table: a table with values of type int64; None for hashes only.
        num_oov_buckets: the number of different hashes.
        hasher_spec: the hash function: `FastHashSpec` or a `StrongHashSpec`.
        name: the name of the table.
        key_dtype: the type of the keys that are looked up, where it is another integer type than the table's.

    Raises:
        ValueError: if there is neither a table nor a hash.
        TypeError: if a type is not right.

    Example:
        >>> words = tf.contrib.lookup.index_table_from_tensor(["a", "b"], num_oov_buckets=3)
        >>> sess.run(tf.tables_initializer())
        >>> print(sess.run(words.lookup(tf.constant(["b", "other"]))))
        [1 4]
    """

    def __init__(
        self,
        table: Any,
        num_oov_buckets: int,
        hasher_spec: HasherSpec = FastHashSpec,
        name: str | None = None,
        key_dtype: Any = None,
    ):
        if table is not None:
            key_dtype = _key_type(table, key_dtype, key_dtype or table.key_dtype)
        elif num_oov_buckets <= 0:
            raise ValueError("oov_buckets must be > 0 if no table is supplied.")
        key_dtype = _checked_kind(key_dtype or dtypes.string)
        if not isinstance(hasher_spec, HasherSpec):
            raise TypeError(f"hasher_spec must be of type HasherSpec, got {hasher_spec}")
        super().__init__(table, num_oov_buckets, hasher_spec, name, key_dtype)


class StaticVocabularyTable(_WithBuckets):
    """The ids of words, with hashes for all others.

    Args:
        initializer: what gives the ids, of type int64; None for hashes only.
        num_oov_buckets: the number of different hashes.
        lookup_key_dtype: the type of the keys that are looked up, where it is another integer type.
        name: the name of the table.

    Raises:
        ValueError: if `num_oov_buckets` is not positive.
        TypeError: if a type is not right.
    """

    def __init__(
        self,
        initializer: TableInitializerBase | None,
        num_oov_buckets: int,
        lookup_key_dtype: Any = None,
        name: str | None = None,
    ):
        if num_oov_buckets <= 0:
            raise ValueError("oov_buckets must be > 0.")
        table, key_dtype = None, dtypes.string
        if initializer is not None:
            key_dtype = _key_type(initializer, lookup_key_dtype, initializer.key_dtype)
            table = StaticHashTable(initializer, default_value=-1)
        super().__init__(table, num_oov_buckets, FastHashSpec, name, _checked_kind(key_dtype))
