"""Serialized `tf.train.Example`s as tensors: `parse_example`, `parse_single_example`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply_op
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.graph.sparse_tensor import SparseTensor
from minigraph.ops.io.features import LISTS, Columns, SparseFeature
from minigraph.ops.rows.sparse_parts import sparse_parts
from minigraph.ops.sparse.conversions import sparse_merge
from minigraph.records.example import Example

__all__ = ["parse_example", "parse_single_example"]

_SPARSE = "Expected type: {wanted}, Actual type: {found}"
_DENSE = "Data type: {found} but expected type: {wanted}"
_TYPES = {name: dtype for dtype, name in LISTS.items()}


def _name(dtype: DType) -> str:
    """Return a type's name in TF1's messages of parsing."""
    return "float" if dtype is dtypes.float32 else dtype.name


class Parser(OpDef, base=True):
    """Base: features by name."""

    @staticmethod
    def sparse_dtypes(types: tuple) -> list[DType]:
        """Return the types of the outputs for sparse features of these types."""
        return [*[dtypes.int64] * len(types), *types, *[dtypes.int64] * len(types)]

    @staticmethod
    def sparse_shapes(types: tuple, rank: int) -> list[TensorShape]:
        """Return the shapes of the outputs for sparse features of these types."""
        kinds = TensorShape.of((None, rank)), TensorShape.of((None,)), TensorShape.of((rank,))
        return [kind for kind in kinds for _ in types]

    def _row(self, features: Any, key: str, dtype: DType, where: str) -> np.ndarray:
        """Return the values of a sparse feature, none if the example lacks it."""
        values = self.values(features, key, dtype, f"{where or f'Key: {key}'}.  ", _SPARSE)
        return self.array(() if values is None else values, dtype, -1)

    @staticmethod
    def parsed(kind: Any, text: bytes) -> Any:
        """Return the message of that kind; InvalidArgumentError if the text is none."""
        try:
            return kind.FromString(text)
        except (errors.DataLossError, TypeError, AttributeError, UnicodeDecodeError):
            shown = text.decode(errors="replace")
            raise errors.InvalidArgumentError(None, None, f"Could not parse example input, value: '{shown}'") from None

    def values(self, features: Any, key: str, dtype: DType, where: str, form: str) -> Any:
        """Return the values of a feature; None if the example lacks it."""
        kind = features[key].WhichOneof() if key in features else None
        if kind is None:
            return None
        if kind != LISTS[dtype]:
            kinds = form.format(found=_name(_TYPES[kind]), wanted=_name(dtype), feature=features[key])
            raise errors.InvalidArgumentError(None, None, f"{where}Data types don't match. {kinds}")
        return getattr(features[key], kind).value

    def array(self, values: Sequence, dtype: DType, shape: Any) -> np.ndarray:
        """Return values as an array."""
        if dtype is dtypes.string:
            return np.array([*values, None], object)[:-1].reshape(shape)
        return np.array(values, dtype.as_numpy_dtype).reshape(shape)

    def _dense(self, features: Any, key: str, dtype: DType, shape: TensorShape, default: Any, index: Any) -> Any:
        """Return a feature of one example: of its shape, or as rows where the first size is not known."""
        batched = index is not None
        where, at = ("Name: <unknown>, ", f", Index: {index}") if batched else ("", "")
        values = self.values(features, key, dtype, f"{where}Key: {key}{at}.  ", _DENSE)
        if shape.ndims and shape.tuple[0] is None:
            return self.array(() if values is None else values, dtype, (-1, *shape.as_list()[1:]))
        if values is None:
            return self._standard(default, dtype, shape, f"{where}Feature: {key} ")
        if len(values) == shape.num_elements():
            return self.array(values, dtype, shape.as_list())
        text = f"{where}Key: {key}.  Can't parse serialized Example."
        if batched:
            text = (
                f"{where}Key: {key}{at}.  Number of {_name(dtype)} values != expected.  "
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


class ParseSingleExample(Parser):
    """The features of one example."""

    sparse_types: tuple
    dense_shapes: tuple
    num_sparse: int
    sparse_keys: tuple
    dense_keys: tuple

    inputs = ("serialized: string", "*dense_defaults: *Tdense")
    outputs = (
        "num_sparse * sparse_indices: int64",
        "*sparse_values: *sparse_types",
        "num_sparse * sparse_shapes: int64",
        "*dense_values: *Tdense",
    )
    lengths = {"dense_defaults": "dense_keys"}

    def dtype(self, serialized, *defaults):
        return (*self.sparse_dtypes(self.sparse_types), *defaults)

    def shape(self, serialized, *defaults):
        return (*self.sparse_shapes(self.sparse_types, 1), *self.dense_shapes)

    def kernel(self, xp, serialized, *defaults):
        features = self.parsed(Example, np.asarray(serialized).item()).features.feature
        rows = [self._row(features, key, kind, "") for key, kind in zip(self.sparse_keys, self.sparse_types)]
        indices = [np.arange(len(row), dtype=np.int64)[:, None] for row in rows]
        sizes = [np.array([len(row)], np.int64) for row in rows]
        dense = [
            self._dense(features, key, dtypes.as_dtype(np.asarray(default).dtype), shape, default, None)
            for key, shape, default in zip(self.dense_keys, self.dense_shapes, defaults)
        ]
        return unpacked([*indices, *rows, *sizes, *dense])


class ParseExample(Parser):
    """The features of several examples, stacked."""

    sparse_types: tuple
    dense_shapes: tuple
    Nsparse: int
    Ndense: int

    inputs = (
        *("serialized: string", "names: string", "Nsparse * sparse_keys: string", "Ndense * dense_keys: string"),
        "*dense_defaults: *Tdense",
    )
    outputs = (
        "Nsparse * sparse_indices: int64",
        "*sparse_values: *sparse_types",
        "Nsparse * sparse_shapes: int64",
        "*dense_values: *Tdense",
    )
    lengths = {"sparse_keys": "Nsparse", "dense_keys": "Ndense", "dense_defaults": "Ndense"}
    minimum = {"sparse_keys": 0, "dense_keys": 0}

    def dtype(self, serialized, names, *rest):
        return (*self.sparse_dtypes(self.sparse_types), *rest[self.Nsparse + self.Ndense :])

    def shape(self, serialized, names, *rest):
        batch = TensorShape.of((None,)) if serialized.ndims is None else serialized
        return (*self.sparse_shapes(self.sparse_types, 2), *[batch.concatenate(shape) for shape in self.dense_shapes])

    def kernel(self, xp, serialized, names, *rest):
        count = self.Nsparse + self.Ndense
        keys = [np.asarray(key).item().decode() for key in rest[:count]]
        examples = [
            self.parsed(Example, text).features.feature for text in np.asarray(serialized, object).ravel().tolist()
        ]
        sparse = [self._stacked(examples, key, kind) for key, kind in zip(keys, self.sparse_types)]
        dense = []
        for key, shape, default in zip(keys[self.Nsparse :], self.dense_shapes, rest[count:]):
            dtype = dtypes.as_dtype(np.asarray(default).dtype)
            rows = [self._dense(each, key, dtype, shape, default, i) for i, each in enumerate(examples)]
            dense.append(_padded(rows, np.asarray(default)))
        return unpacked([*[each[part] for part in range(3) for each in sparse], *dense])

    def _stacked(self, examples: list, key: str, dtype: DType) -> tuple:
        """Return the values of a feature of all examples as the parts of a sparse matrix."""
        rows = [
            self._row(each, key, dtype, f"Name: <unknown>, Key: {key}, Index: {i}") for i, each in enumerate(examples)
        ]
        return sparse_parts(rows, object if dtype is dtypes.string else dtype.as_numpy_dtype)


def unpacked(found: list) -> Any:
    """Return outputs as a kernel gives them: the only one as it is."""
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


def parse_single_example(
    serialized: Any, features: dict, name: str | None = None, example_names: Any = None
) -> dict[str, Any]:
    """Parse a serialized `tf.train.Example`.

    Args:
        serialized: a scalar string.
        features: for each name a `FixedLenFeature`, `FixedLenSequenceFeature`, `VarLenFeature` or `SparseFeature`.
        name: the name.
        example_names: not used.

    Returns:
        A dict of tensors, of the shapes of the features, and of sparse tensors.

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
    columns = Columns.of(features)
    with atomic_scope(name, "ParseSingleExample", _tensors(serialized)):
        text = convert_to_tensor(serialized, name="serialized")
        sparse, kinds = tuple(columns.sparse), tuple(columns.sparse.values())
        definition = ParseSingleExample(kinds, columns.shapes, len(sparse), sparse, tuple(columns.dense))
        found = apply_op(definition, text, *columns.defaults(), name=name)
        parsed = tensors_of(columns, list(found.outputs))
    return _merged(features, parsed)


def parse_example(
    serialized: Any, features: dict, name: str | None = None, example_names: Any = None
) -> dict[str, Any]:
    """Parse several serialized messages, each a `tf.train.Example`.

    Args:
        serialized: a vector of strings.
        features: for each name a `FixedLenFeature`, `FixedLenSequenceFeature`, `VarLenFeature` or `SparseFeature`.
        name: the name.
        example_names: names of the examples, not used.

    Returns:
        A dict of tensors and sparse tensors: the features of all examples, stacked along a new first axis.

    Raises:
        ValueError: if there is no feature, or one is not complete.
        InvalidArgumentError: in a run, if a text is no example, or a feature is lacking or has another type or size.
    """
    if not features:
        raise ValueError(f"Missing: features was {features}.")
    columns = Columns.of(features)
    with atomic_scope(name, "ParseExample", _tensors(serialized, example_names)):
        kinds = tuple(columns.sparse.values())
        definition = ParseExample(kinds, columns.shapes, len(kinds), len(columns.dense))
        names = [] if example_names is None else example_names
        keys = [*columns.sparse, *columns.dense]
        found = apply_op(definition, serialized, names, *keys, *columns.defaults(), name=name)
        parsed = tensors_of(columns, list(found.outputs))
    return _merged(features, parsed)


def _tensors(*values: Any) -> list:
    """Return the values with which a name scope is opened."""
    return [each for each in values if isinstance(each, Tensor) or hasattr(each, "_as_graph_element")]


def tensors_of(columns: Columns, outputs: list) -> dict[str, Any]:
    """Return the columns by name, of the outputs of a node."""
    count = len(columns.sparse)
    sparse = [SparseTensor(*parts) for parts in zip(*[outputs[i * count : (i + 1) * count] for i in range(3)])]
    return dict(zip([*columns.sparse, *columns.dense], [*sparse, *outputs[3 * count :]]))


def _merged(features: dict, parsed: dict[str, Any]) -> dict[str, Any]:
    """Return the features by name, of the columns that have been parsed."""
    for key in sorted(features):
        feature = features[key]
        if isinstance(feature, SparseFeature):
            one = isinstance(feature.index_key, str)
            ids: Any = parsed[feature.index_key] if one else [parsed[each] for each in feature.index_key]
            size, is_sorted = feature.size, feature.already_sorted
            parsed[key] = sparse_merge(ids, parsed[feature.value_key], size, already_sorted=is_sorted)
    return {key: value for key, value in parsed.items() if key in features}
