"""Serialized `tf.train.SequenceExample`s as tensors: `parse_single_sequence_example`."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply_op
from minigraph.graph.dtypes import DType
from minigraph.graph.invalid import invalid
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape
from minigraph.ops.io.examples import Parser, tensors_of, unpacked
from minigraph.ops.io.features import Columns, FixedLenFeature, FixedLenSequenceFeature, VarLenFeature
from minigraph.ops.rows.sparse_parts import sparse_parts
from minigraph.records.sequence_example import SequenceExample

__all__ = ["parse_single_sequence_example"]


_FORM = "Expected type: {wanted}  Feature is: {feature}"


class ParseSingleSequenceExample(Parser):
    """The features of one example, and its lists of features."""

    outputs = (
        "Ncontext_sparse * context_sparse_indices: int64",
        "*context_sparse_values: *context_sparse_types",
        "Ncontext_sparse * context_sparse_shapes: int64",
        "*context_dense_values: *Tcontext_dense",
        "Nfeature_list_sparse * feature_list_sparse_indices: int64",
        "*feature_list_sparse_values: *feature_list_sparse_types",
        "Nfeature_list_sparse * feature_list_sparse_shapes: int64",
        "*feature_list_dense_values: *feature_list_dense_types",
    )

    Ncontext_sparse: int
    Ncontext_dense: int
    Nfeature_list_sparse: int
    Nfeature_list_dense: int
    context_sparse_types: tuple
    feature_list_dense_types: tuple
    context_dense_shapes: tuple
    feature_list_sparse_types: tuple
    feature_list_dense_shapes: tuple

    inputs = (
        *(
            "serialized: string",
            "feature_list_dense_missing_assumed_empty: string",
            "Ncontext_sparse * context_sparse_keys: string",
        ),
        *(
            "Ncontext_dense * context_dense_keys: string",
            "Nfeature_list_sparse * feature_list_sparse_keys: string",
            "Nfeature_list_dense * feature_list_dense_keys: string",
        ),
        *("*context_dense_defaults: *Tcontext_dense", "debug_name: string"),
    )
    lengths = {
        "context_sparse_keys": "Ncontext_sparse",
        "context_dense_keys": "Ncontext_dense",
        "feature_list_sparse_keys": "Nfeature_list_sparse",
        "feature_list_dense_keys": "Nfeature_list_dense",
        "context_dense_defaults": "Ncontext_dense",
    }
    minimum = {name: 0 for name in lengths if name.endswith("keys")}

    def dtype(self, serialized, empty, *rest):
        return (
            *self.sparse_dtypes(self.context_sparse_types),
            *rest[len(rest) - 1 - self.Ncontext_dense : -1],
            *self.sparse_dtypes(self.feature_list_sparse_types),
            *self.feature_list_dense_types,
        )

    def shape(self, serialized, empty, *rest):
        return (
            *self.sparse_shapes(self.context_sparse_types, 1),
            *self.context_dense_shapes,
            *self.sparse_shapes(self.feature_list_sparse_types, 2),
            *[TensorShape([None]).concatenate(shape) for shape in self.feature_list_dense_shapes],
        )

    def kernel(self, xp, serialized, empty, *rest):
        example = self.parsed(SequenceExample, np.asarray(serialized, object).item())
        features, lists = example.context.feature, example.feature_lists.feature_list
        counts = self.Ncontext_sparse, self.Ncontext_dense, self.Nfeature_list_sparse, self.Nfeature_list_dense
        texts = iter([np.asarray(key, object).item().decode() for key in rest[: sum(counts)]])
        keys = [[next(texts) for _ in range(count)] for count in counts]
        name = np.asarray(rest[-1], object).item().decode()
        context = self._of_context(features, keys[0], list(zip(keys[1], rest[sum(counts) : -1])), name)
        return unpacked([*context, *self._of_lists(lists, keys[2], keys[3], np.ravel(empty).tolist(), name)])

    def _of_context(self, features: Any, sparse: list, dense: list, name: str) -> list:
        """Return the outputs for the features of the example."""
        rows = [self._context_row(features, key, kind, name) for key, kind in zip(sparse, self.context_sparse_types)]
        return [
            *[np.arange(len(row), dtype=np.int64)[:, None] for row in rows],
            *rows,
            *[np.array([len(row)], np.int64) for row in rows],
            *[
                self._context(features, key, shape, default, name)
                for (key, default), shape in zip(dense, self.context_dense_shapes)
            ],
        ]

    def _of_lists(self, lists: Any, sparse: list, dense: list, empty: list, name: str) -> list:
        """Return the outputs for the lists of features."""
        steps = [self._steps(lists, key, kind, name) for key, kind in zip(sparse, self.feature_list_sparse_types)]
        missing = {each.decode() for each in empty}
        kinds = zip(dense, self.feature_list_dense_types, self.feature_list_dense_shapes)
        return [
            *[part for column in zip(*steps) for part in column],
            *[self._stacked(lists, *each, missing, name) for each in kinds],
        ]

    def _context_row(self, features: Any, key: str, dtype: DType, name: str) -> np.ndarray:
        values = self.values(features, key, dtype, f"Name: {name}, Context feature: {key}.  ", _FORM)
        return self.array(() if values is None else values, dtype, -1)

    def _context(self, features: Any, key: str, shape: TensorShape, default: Any, name: str) -> np.ndarray:
        dtype = dtypes.as_dtype(np.asarray(default).dtype)
        values = self.values(features, key, dtype, f"Name: {name}, Context feature: {key}.  ", _FORM)
        if values is None:
            if np.size(default) == 0 and shape.num_elements() != 0:
                raise invalid(f"Name: {name}, Context feature '{key}' is required but could not be found.")
            return np.broadcast_to(np.asarray(default), shape.as_list())
        return self._checked(values, dtype, shape, f"Name: {name}, Key: {key}, Index: 0.  ")

    def _checked(self, values: Any, dtype: DType, shape: TensorShape, where: str) -> np.ndarray:
        if len(values) != shape.num_elements():
            raise invalid(
                f"{where}Number of {dtype.name} values != expected.  values size: {len(values)} but output shape: "
                f"{shape.as_list()}".replace("float32 values", "float values")
            )
        return self.array(values, dtype, shape.as_list())

    def _rows(self, lists: Any, key: str, dtype: DType, where: str) -> list:
        """Return the values of each step of a list."""
        found = lists[key].feature if key in lists else []
        rows = [self.values({key: each}, key, dtype, f"{where}{i}.  ", _FORM) for i, each in enumerate(found)]
        return [() if row is None else row for row in rows]

    def _steps(self, lists: Any, key: str, dtype: DType, name: str) -> tuple:
        kind = object if dtype is dtypes.string else dtype.as_numpy_dtype
        return sparse_parts(self._rows(lists, key, dtype, f"Name: {name}, Feature List: {key}, Index: "), kind)

    def _stacked(self, lists: Any, key: str, dtype: DType, shape: TensorShape, missing: set, name: str) -> np.ndarray:
        if key not in lists and key not in missing:
            raise invalid(
                f"Name: {name}, Feature list '{key}' is required but could not be found.  Did you mean to include it "
                "in feature_list_dense_missing_assumed_empty or feature_list_dense_defaults?"
            )
        where = f"Name: {name}, Key: {key}, Index: "
        rows = self._rows(lists, key, dtype, f"Name: {name}, Feature list: {key}, Index: ")
        found = [self._checked(row, dtype, shape, f"{where}{i}.  ") for i, row in enumerate(rows)]
        return np.stack(found) if found else self.array((), dtype, (0, *shape.as_list()))


def parse_single_sequence_example(
    serialized: Any,
    context_features: dict | None = None,
    sequence_features: dict | None = None,
    example_name: Any = None,
    name: str | None = None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Parse a serialized `tf.train.SequenceExample`.

    Args:
        serialized: a scalar string.
        context_features: for each name of a feature a `FixedLenFeature` or `VarLenFeature`.
        sequence_features: for each name of a list of features a `FixedLenSequenceFeature`, of the shape of a step, or
            a `VarLenFeature`.
        example_name: the name of the example in messages.
        name: the name.

    Returns:
        Two dicts of tensors and sparse tensors: the features; and the lists, with a row for each step.

    Raises:
        ValueError: if there is no feature, or one is not complete or of another kind.
        InvalidArgumentError: in a run, if the text is no example, or a feature is lacking or has another type or size.

    Example:
        >>> words = [tf.train.Feature(int64_list=tf.train.Int64List(value=[n])) for n in (4, 5, 6)]
        >>> lists = tf.train.FeatureLists(feature_list={"words": tf.train.FeatureList(feature=words)})
        >>> text = tf.train.SequenceExample(feature_lists=lists).SerializeToString()
        >>> _, found = tf.parse_single_sequence_example(
        ...     text, sequence_features={"words": tf.FixedLenSequenceFeature([], tf.int64)}
        ... )
        >>> print(sess.run(found["words"]))
        [4 5 6]
    """
    if not (context_features or sequence_features):
        raise ValueError("Missing features.")
    context = Columns.of(context_features, (VarLenFeature, FixedLenFeature))
    lists = Columns.of(sequence_features, (VarLenFeature, FixedLenSequenceFeature))
    with atomic_scope(name, "ParseSingleSequenceExample", [serialized] if isinstance(serialized, Tensor) else []):
        empty = _assumed_empty(sequence_features or {}, lists)
        definition = ParseSingleSequenceExample(
            *(len(context.sparse), len(context.dense), len(lists.sparse), len(lists.dense)),
            tuple(context.sparse.values()),
            tuple([dtype for dtype, _, _ in lists.dense.values()]),
            context.shapes,
            tuple(lists.sparse.values()),
            lists.shapes,
        )
        keys = [*context.sparse, *context.dense, *lists.sparse, *lists.dense]
        called = "" if example_name is None else example_name
        found = apply_op(definition, serialized, empty, *keys, *context.defaults(), called, name=name)
        outputs, count = list(found.outputs), 3 * len(context.sparse) + len(context.dense)
        return tensors_of(context, outputs[:count]), tensors_of(lists, outputs[count:])


def _assumed_empty(features: dict, lists: Columns) -> list[str]:
    """Return the names of the lists that may lack, which have no step then."""
    for key, (_, _, default) in lists.dense.items():
        if default is not None:
            raise ValueError(f"Value feature_list_dense_defaults[{key}] must be None")
    return [key for key in lists.dense if features[key].allow_missing]
