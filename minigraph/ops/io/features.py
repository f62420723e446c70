"""The features that are parsed out of `tf.train.Example`s: of fixed size, sequences, of any size, sparse."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from minigraph import logging
from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape, as_shape
from minigraph.ops.arrays.constant import constant
from minigraph.ops.arrays.reshape import reshape

__all__ = ["LISTS", "Columns", "FixedLenFeature", "FixedLenSequenceFeature", "SparseFeature", "VarLenFeature"]

LISTS = {dtypes.string: "bytes_list", dtypes.float32: "float_list", dtypes.int64: "int64_list"}


class FixedLenFeature(NamedTuple):
    """A feature with as many values in each example.

    Fields:
        shape: its shape.
        dtype: float32, int64 or string.
        default_value: its value where an example lacks it; None if none may.
    """

    shape: Any
    dtype: Any
    default_value: Any = None


class FixedLenSequenceFeature(NamedTuple):
    """A feature with a different number of rows in each example, padded to the longest.

    Fields:
        shape: the shape of a row.
        dtype: float32, int64 or string.
        allow_missing: True; an example without it has no row.
        default_value: what pads; 0 or "" by default.
    """

    shape: Any
    dtype: Any
    allow_missing: bool = False
    default_value: Any = None


class VarLenFeature(NamedTuple):
    """A feature with any number of values in each example, a sparse tensor.

    Fields:
        dtype: float32, int64 or string.
    """

    dtype: Any


class SparseFeature(NamedTuple):
    """A sparse tensor, of values in one feature and their indices in others; see `tf.sparse.merge`.

    Fields:
        index_key: the name of the feature with the indices, or a list of names for several axes.
        value_key: the name of the feature with the values.
        dtype: the type of the values: float32, int64 or string.
        size: the size of the axis, or a list of sizes.
        already_sorted: True if the indices of each example are in order.
    """

    index_key: Any
    value_key: Any
    dtype: Any
    size: Any
    already_sorted: bool = False


KINDS = (VarLenFeature, SparseFeature, FixedLenFeature, FixedLenSequenceFeature)


class Columns(NamedTuple):
    """What is parsed, in the order of the names: sparse and dense columns."""

    sparse: dict[str, DType]
    dense: dict[str, tuple[DType, TensorShape, Any]]

    @classmethod
    def of(cls, features: dict | None, allowed: tuple = KINDS) -> Columns:
        """Return the columns that features need.

        Args:
            features: the features by name.
            allowed: the kinds of features that may be there; sequences alone have a shape for each step.

        Raises:
            ValueError: if a feature is of another kind or not complete, or two of them want one column with different
                types.
            TypeError: if a type is none that an example can have.
        """
        found = cls({}, {})
        for key, feature in sorted((features or {}).items()):
            if isinstance(feature, KINDS) and not isinstance(feature, allowed):
                raise ValueError(f"Unsupported {type(feature).__name__} {feature}.")
            if isinstance(feature, VarLenFeature):
                _check_type(feature, key)
                found.sparse[key] = as_dtype(feature.dtype)
            elif isinstance(feature, SparseFeature):
                found._add_sparse(key, feature)
            else:
                found.dense[key] = (*_dense(key, feature, FixedLenFeature in allowed), feature.default_value)
        found._check_types()
        return found

    def _check_types(self) -> None:
        kinds = [("sparse_types", kind) for kind in self.sparse.values()]
        kinds += [("dense_defaults", kind) for kind, _, _ in self.dense.values()]
        for parameter, kind in kinds:
            if kind not in LISTS:
                raise TypeError(
                    f"Value passed to parameter '{parameter}' has DataType {kind.name} not in list of allowed values: "
                    "float32, int64, string"
                )

    def _add_sparse(self, key: str, feature: SparseFeature) -> None:
        if not feature.index_key:
            raise ValueError(f"Missing index_key for SparseFeature {feature}.")
        if not feature.value_key:
            raise ValueError(f"Missing value_key for SparseFeature {feature}.")
        _check_type(feature, key)
        indices = [feature.index_key] if isinstance(feature.index_key, str) else list(feature.index_key)
        if len(indices) > 1:
            logging.warning(
                "SparseFeature is a complicated feature config and should only be used after careful consideration of "
                "VarLenFeature."
            )
        for name in sorted(indices):
            known = self.sparse.setdefault(name, dtypes.int64)
            if known is not dtypes.int64:
                raise ValueError(f"Conflicting type {known} vs int64 for feature {name}.")
        kind = as_dtype(feature.dtype)
        known = self.sparse.setdefault(feature.value_key, kind)
        if known is not kind:
            raise ValueError(f"Conflicting type {known} vs {kind} for feature {feature.value_key}.")

    @property
    def shapes(self) -> tuple[TensorShape, ...]:
        """The shapes of the dense columns."""
        return tuple([shape for _, shape, _ in self.dense.values()])

    def defaults(self) -> list[Tensor]:
        """Build the default values of the dense columns."""
        return [_default(key, *column) for key, column in self.dense.items()]


def _check_type(feature: Any, key: str) -> None:
    if not feature.dtype:
        raise ValueError(f"Missing type for feature {key}.")


def _dense(key: str, feature: Any, as_whole: bool) -> tuple[DType, TensorShape]:
    """Return the type and the shape of a dense feature, if it can be parsed; that of a step unless `as_whole`."""
    if not isinstance(feature, (FixedLenFeature, FixedLenSequenceFeature)):
        raise ValueError(f"Invalid feature {key}:{feature}.")
    _check_type(feature, key)
    if feature.shape is None:
        raise ValueError(f"Missing shape for feature {key}.")
    dtype, shape = as_dtype(feature.dtype), as_shape(feature.shape)
    if isinstance(feature, FixedLenSequenceFeature):
        if not as_whole:
            return dtype, shape
        if not feature.allow_missing:
            raise ValueError("Unsupported: FixedLenSequenceFeature requires allow_missing to be True.")
        return dtype, TensorShape([None]).concatenate(shape)
    if shape.ndims and shape.tuple[0] is None:
        raise ValueError(f"First dimension of shape for feature {key} unknown. Consider using FixedLenSequenceFeature.")
    if not shape.is_fully_defined():
        raise ValueError(f"All dimensions of shape for feature {key} need to be known but received {feature.shape}.")
    return dtype, shape


def _default(key: str, dtype: DType, shape: TensorShape, value: Any) -> Tensor:
    """Build the tensor that a feature has where it lacks; of no element if it must not."""
    called = re.sub(r"[^A-Za-z0-9_.\-/]", "_", key)
    if shape.ndims and shape.tuple[0] is None:
        if value is None:
            return convert_to_tensor("" if dtype is dtypes.string else 0, dtype=dtype)
        return reshape(convert_to_tensor(value, dtype=dtype, name=f"padding_{called}"), [])
    if value is None:
        return constant([], dtype=dtype)
    if isinstance(value, Tensor):
        return value
    return reshape(convert_to_tensor(value, dtype=dtype, name=f"key_{called}"), shape)
