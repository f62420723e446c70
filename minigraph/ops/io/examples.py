"""Serialized `tf.train.Example`s as tensors: `parse_example`, `parse_single_example` and the features they take."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply_op
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape, as_shape, brackets
from minigraph.ops.arrays.constant import constant
from minigraph.ops.arrays.reshape import reshape
from minigraph.records.example import Example

__all__ = ["FixedLenFeature", "FixedLenSequenceFeature", "parse_example", "parse_single_example"]

_LISTS = {dtypes.string: "bytes_list", dtypes.float32: "float_list", dtypes.int64: "int64_list"}
_TYPES = {name: dtype for dtype, name in _LISTS.items()}


def _name(dtype: DType) -> str:
    """Return a type's name in TF1's messages of parsing."""
    return "float" if dtype is dtypes.float32 else dtype.name


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


class _Parse(OpDef):
    """Base: dense features by name."""

    def _of(self, text: bytes) -> Any:
        try:
            return Example.FromString(text).features.feature
        except (errors.DataLossError, TypeError, AttributeError, UnicodeDecodeError):
            shown = text.decode(errors="replace")
            raise errors.InvalidArgumentError(None, None, f"Could not parse example input, value: '{shown}'") from None

    def _values(self, features: Any, key: str, dtype: DType, where: str) -> Any:
        """Return the values of a feature; None if the example lacks it."""
        kind = features[key].WhichOneof() if key in features else None
        if kind is None:
            return None
        if kind != _LISTS[dtype]:
            found, wanted = _name(_TYPES[kind]), _name(dtype)
            raise errors.InvalidArgumentError(
                None, None, f"{where}Data types don't match. Data type: {found} but expected type: {wanted}"
            )
        return getattr(features[key], kind).value

    def _array(self, values: Sequence, dtype: DType, shape: Sequence) -> np.ndarray:
        if dtype is dtypes.string:
            return np.array([*values, None], object)[:-1].reshape(shape)
        return np.array(values, dtype.as_numpy_dtype).reshape(shape)

    def _dense(self, features: Any, key: str, dtype: DType, shape: TensorShape, default: Any, batched: bool) -> Any:
        """Return a feature of one example: of its shape, or as rows where the first size is not known."""
        where = "Name: <unknown>, " if batched else ""
        values = self._values(features, key, dtype, f"{where}Key: {key}{', Index: 0' if batched else ''}.  ")
        if shape.ndims and shape.tuple[0] is None:
            return self._array(() if values is None else values, dtype, (-1, *shape.as_list()[1:]))
        if values is None:
            return self._standard(default, dtype, shape, f"{where}Feature: {key} ")
        if len(values) == shape.num_elements():
            return self._array(values, dtype, shape.as_list())
        text = f"{where}Key: {key}.  Can't parse serialized Example."
        if batched:
            text = (
                f"{where}Key: {key}, Index: 0.  Number of {_name(dtype)} values != expected.  "
                f"Values size: {len(values)} but output shape: {brackets(shape)}"
            )
        raise errors.InvalidArgumentError(None, None, text)

    @staticmethod
    def _standard(default: Any, dtype: DType, shape: TensorShape, where: str) -> np.ndarray:
        """Return the value of a feature that an example lacks."""
        if np.size(default) == 0 and shape.num_elements() != 0:
            raise errors.InvalidArgumentError(
                None, None, f"{where}(data type: {_name(dtype)}) is required but could not be found."
            )
        return np.broadcast_to(np.asarray(default, object if dtype is dtypes.string else None), shape.as_list())

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


class ParseSingleExample(_Parse):
    """The features of one example."""

    num_sparse: int
    sparse_keys: tuple
    dense_keys: tuple
    sparse_types: tuple
    dense_shapes: tuple

    inputs = ("serialized: string", "*dense_defaults: *Tdense")
    outputs = (
        "num_sparse * sparse_indices: int64",
        "*sparse_values: *sparse_types",
        "num_sparse * sparse_shapes: int64",
        "*dense_values: *Tdense",
    )

    def dtype(self, serialized, *defaults):
        return tuple(defaults)

    def shape(self, serialized, *defaults):
        return tuple(self.dense_shapes)

    def kernel(self, xp, serialized, *defaults):
        features = self._of(np.asarray(serialized).item())
        found = [
            self._dense(features, key, dtypes.as_dtype(np.asarray(default).dtype), shape, default, False)
            for key, shape, default in zip(self.dense_keys, self.dense_shapes, defaults)
        ]
        return tuple(found) if len(found) != 1 else found[0]


class ParseExample(_Parse):
    """The features of several examples, stacked."""

    Nsparse: int
    Ndense: int
    sparse_types: tuple
    dense_shapes: tuple

    inputs = ("serialized: string", "names: string", "Ndense * dense_keys: string", "*dense_defaults: *Tdense")
    outputs = (
        "Nsparse * sparse_indices: int64",
        "*sparse_values: *sparse_types",
        "Nsparse * sparse_shapes: int64",
        "*dense_values: *Tdense",
    )

    def dtype(self, serialized, names, *rest):
        return tuple(rest[self.Ndense :])

    def shape(self, serialized, names, *rest):
        return tuple([serialized.concatenate(shape) for shape in self.dense_shapes])

    def kernel(self, xp, serialized, names, *rest):
        keys, defaults = rest[: self.Ndense], rest[self.Ndense :]
        examples = [self._of(text) for text in np.asarray(serialized, object).ravel().tolist()]
        found = []
        for key, shape, default in zip(keys, self.dense_shapes, defaults):
            dtype = dtypes.as_dtype(np.asarray(default).dtype)
            rows = [
                self._dense(each, np.asarray(key).item().decode(), dtype, shape, default, True) for each in examples
            ]
            found.append(_padded(rows, np.asarray(default)))
        return tuple(found) if len(found) != 1 else found[0]


def _padded(rows: list[np.ndarray], default: np.ndarray) -> np.ndarray:
    """Stack arrays, filled up to the longest by the default value."""
    if len({row.shape for row in rows}) == 1:
        return np.stack(rows)
    longest = max(len(row) for row in rows)
    result = np.full((len(rows), longest, *rows[0].shape[1:]), default.item(), rows[0].dtype)
    for target, row in zip(result, rows):
        target[: len(row)] = row
    return result


class _Dense(NamedTuple):
    """The dense features of a call, in the order of their names."""

    keys: tuple
    types: list
    shapes: tuple
    defaults: list


def _checked(key: str, feature: Any) -> tuple[DType, TensorShape]:
    """Return the type and the shape of a feature, if it can be parsed."""
    if not isinstance(feature, (FixedLenFeature, FixedLenSequenceFeature)):
        raise ValueError(f"Invalid feature {key}:{feature}.")
    if not feature.dtype:
        raise ValueError(f"Missing type for feature {key}.")
    if feature.shape is None:
        raise ValueError(f"Missing shape for feature {key}.")
    dtype, shape = as_dtype(feature.dtype), as_shape(feature.shape)
    if dtype not in _LISTS:
        raise TypeError(
            f"Value passed to parameter 'dense_defaults' has DataType {dtype.name} not in list of allowed values: "
            "float32, int64, string"
        )
    if isinstance(feature, FixedLenSequenceFeature):
        if not feature.allow_missing:
            raise ValueError("Unsupported: FixedLenSequenceFeature requires allow_missing to be True.")
        return dtype, TensorShape([None]).concatenate(shape)
    if shape.ndims and shape.tuple[0] is None:
        raise ValueError(f"First dimension of shape for feature {key} unknown. Consider using FixedLenSequenceFeature.")
    if not shape.is_fully_defined():
        raise ValueError(f"All dimensions of shape for feature {key} need to be known but received {feature.shape}.")
    return dtype, shape


def _dense(features: dict) -> _Dense:
    """Build the defaults of features."""
    keys = tuple(sorted(features))
    kinds = [_checked(key, features[key]) for key in keys]
    defaults = [_default(key, features[key], *kind) for key, kind in zip(keys, kinds)]
    return _Dense(keys, [dtype for dtype, _ in kinds], tuple([shape for _, shape in kinds]), defaults)


def _default(key: str, feature: Any, dtype: DType, shape: TensorShape) -> Tensor:
    """Build the tensor that a feature has where it lacks; of no element if it must not."""
    value, called = feature.default_value, re.sub(r"[^A-Za-z0-9_.\-/]", "_", key)
    if isinstance(feature, FixedLenSequenceFeature):
        if value is None:
            return convert_to_tensor("" if dtype is dtypes.string else 0, dtype=dtype)
        return reshape(convert_to_tensor(value, dtype=dtype, name=f"padding_{called}"), [])
    if value is None:
        return constant([], dtype=dtype)
    if isinstance(value, Tensor):
        return value
    return reshape(convert_to_tensor(value, dtype=dtype, name=f"key_{called}"), shape)


def parse_single_example(
    serialized: Any, features: dict, name: str | None = None, example_names: Any = None
) -> dict[str, Tensor]:
    """Parse a serialized `tf.train.Example`.

    Args:
        serialized: a scalar string.
        features: for each name a `FixedLenFeature` or `FixedLenSequenceFeature`.
        name: the name.
        example_names: not used.

    Returns:
        A dict of tensors, of the shapes of the features.

    Raises:
        ValueError: if there is no feature, or one is not complete.
        InvalidArgumentError: in a run, if the text is no example, or a feature is lacking or has another type or size.

    Example:
        >>> label = tf.train.Feature(int64_list=tf.train.Int64List(value=[7]))
        >>> text = tf.train.Example(features=tf.train.Features(feature={"label": label})).SerializeToString()
        >>> found = tf.parse_single_example(text, {"label": tf.FixedLenFeature([], tf.int64)})
        >>> print(sess.run(found["label"]))
        7
    """
    if not features:
        raise ValueError("Missing features.")
    with atomic_scope(name, "ParseSingleExample", _tensors(serialized)):
        text = convert_to_tensor(serialized, name="serialized")
        dense = _dense(features)
        definition = ParseSingleExample(0, (), dense.keys, (), dense.shapes)
        found = apply_op(definition, text, *dense.defaults, name=name)
        return dict(zip(dense.keys, found.outputs))


def parse_example(
    serialized: Any, features: dict, name: str | None = None, example_names: Any = None
) -> dict[str, Tensor]:
    """Parse several serialized messages, each a `tf.train.Example`.

    Args:
        serialized: a vector of strings.
        features: for each name a `FixedLenFeature` or `FixedLenSequenceFeature`.
        name: the name.
        example_names: names of the examples, not used.

    Returns:
        A dict of tensors: the features of all examples, stacked along a new first axis.

    Raises:
        ValueError: if there is no feature, or one is not complete.
        InvalidArgumentError: in a run, if a text is no example, or a feature is lacking or has another type or size.
    """
    if not features:
        raise ValueError(f"Missing: features was {features}.")
    with atomic_scope(name, "ParseExample", _tensors(serialized, example_names)):
        dense = _dense(features)
        definition = ParseExample(0, len(dense.keys), (), dense.shapes)
        names = [] if example_names is None else example_names
        found = apply_op(definition, serialized, names, *dense.keys, *dense.defaults, name=name)
        return dict(zip(dense.keys, found.outputs))


def _tensors(*values: Any) -> list:
    """Return the values with which a name scope is opened."""
    return [each for each in values if isinstance(each, Tensor) or hasattr(each, "_as_graph_element")]
