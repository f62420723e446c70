"""Functions for `Dataset.apply` that put elements with equal keys together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from minigraph.data import structure
from minigraph.data.base import DatasetSpec
from minigraph.data.dataset import Dataset
from minigraph.data.functions import Traced
from minigraph.data.mapped import with_state
from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import control_dependencies, name_scope
from minigraph.graph.shapes import TensorShape
from minigraph.ops import namespace
from minigraph.ops.data import grouping

__all__ = ["Reducer", "bucket_by_sequence_length", "group_by_reducer", "group_by_window"]

tf: Any = namespace
_KEY = structure.TensorSpec([], dtypes.int64)


def group_by_window(
    key_func: Callable, reduce_func: Callable, window_size: Any = None, window_size_func: Callable | None = None
) -> Callable[[Dataset], Dataset]:
    """Return a function for `Dataset.apply` that makes datasets of elements with equal keys.

    Args:
        key_func: a function of an element that returns its key, a scalar of type int64.
        reduce_func: a function of a key and the dataset of a group that returns a dataset; its elements follow.
        window_size: the number of elements of a group; the last groups may be smaller. Or
        window_size_func: a function of the key that returns that number.

    Raises:
        ValueError: if both or neither of them are given.

    Example:
        >>> parity = tf.data.experimental.group_by_window(lambda x: x % 2, lambda key, group: group.batch(3), 3)
        >>> element = tf.data.Dataset.range(6).apply(parity).make_one_shot_iterator().get_next()
        >>> print(sess.run(element), sess.run(element))
        [0 2 4] [1 3 5]
    """
    if (window_size is None) == (window_size_func is None):
        raise ValueError("Must pass either window_size or window_size_func.")
    size_of = window_size_func or (lambda key: window_size)

    def grouped(dataset: Dataset) -> Dataset:
        of = "tf.data.experimental.group_by_window()"
        with get_default_graph().atomic():
            key = Traced(lambda *element: _int64(key_func(*element)), of, dataset.element_spec)
            _demand(_KEY.is_compatible_with(key.spec), "`key_func` must return a single tf.int64 scalar tensor.")
            reduce = Traced(reduce_func, of, (_KEY, DatasetSpec(dataset.element_spec)))
            if not isinstance(reduce.spec, DatasetSpec):
                raise TypeError("`reduce_func` must return a `Dataset` object.")
            size = Traced(lambda key: _int64(size_of(key)), of, _KEY)
            text = "`window_size_func` must return a single tf.int64 scalar tensor."
            _demand(_KEY.is_compatible_with(size.spec), text)
            return _called(grouping.GroupByWindowDataset, dataset, [key, reduce, size], reduce.spec.element_spec)

    return grouped


def _int64(value: Any) -> Tensor:
    return convert_to_tensor(value, dtypes.int64)


def _demand(condition: bool, text: str) -> None:
    if not condition:
        raise ValueError(text)


def _called(kind: Any, dataset: Dataset, functions: list[Traced], spec: Any) -> Dataset:
    """Return the dataset of an operation with several functions, which may capture tensors."""
    captures = [each.captures for each in functions]
    types = [tuple([t.dtype for t in each]) for each in captures]
    definition = kind(*[each.body for each in functions], *types, **structure.flat(spec))
    variant = apply(definition, dataset._variant_tensor, *[t for each in captures for t in each])
    return Dataset(variant, spec, [dataset], functions)


class Reducer(NamedTuple):
    """How `group_by_reducer` combines the elements of a group.

    Args:
        init_func: a function of the key that returns the first state.
        reduce_func: a function of the state and an element that returns the next state.
        finalize_func: a function of the last state that returns the element for the group.
    """

    init_func: Callable
    reduce_func: Callable
    finalize_func: Callable


def group_by_reducer(key_func: Callable, reducer: Reducer) -> Callable[[Dataset], Dataset]:
    """Return a function for `Dataset.apply` that combines the elements with equal keys, in the order of the keys.

    Args:
        key_func: a function of an element that returns its key, a scalar of type int64.
        reducer: how they are combined.

    Example:
        >>> total = tf.data.experimental.Reducer(
        ...     lambda key: np.int64(0), lambda state, x: state + x, lambda state: state)
        >>> sums = tf.data.Dataset.range(6).apply(tf.data.experimental.group_by_reducer(lambda x: x % 2, total))
        >>> print(sess.run(sums.batch(2).make_one_shot_iterator().get_next()))
        [6 9]
    """

    def reduced(dataset: Dataset) -> Dataset:
        of = "tf.data.experimental.group_by_reducer()"
        with get_default_graph().atomic():
            key = Traced(key_func, of, dataset.element_spec)
            if not (isinstance(key.spec, structure.TensorSpec) and _KEY.is_compatible_with(key.spec)):
                raise ValueError(
                    "`key_func` must return a single tf.int64 tensor. "
                    f"Got type={structure.types_of(key.spec)} and shape={structure.shapes_of(key.spec)}"
                )
            begin = Traced(reducer.init_func, of, _KEY)
            reduce, state = with_state(reducer.reduce_func, of, begin.spec, dataset.element_spec)
            finish = Traced(reducer.finalize_func, of, state)
            functions = [key, begin, reduce, finish]
            return _called(grouping.ExperimentalGroupByReducerDataset, dataset, functions, finish.spec)

    return reduced


def bucket_by_sequence_length(
    element_length_func: Callable,
    bucket_boundaries: Sequence[int],
    bucket_batch_sizes: Sequence[int],
    padded_shapes: Any = None,
    padding_values: Any = None,
    pad_to_bucket_boundary: bool = False,
    no_padding: bool = False,
    drop_remainder: bool = False,
) -> Callable[[Dataset], Dataset]:
    """Return a function for `Dataset.apply` that makes padded batches of elements of similar lengths.

    Args:
        element_length_func: a function of an element that returns its length.
        bucket_boundaries: the lengths at which the buckets but the first begin.
        bucket_batch_sizes: the sizes of the batches of each bucket, one more than there are boundaries.
        padded_shapes: those of `Dataset.padded_batch`; by default unknown sizes are filled up to the largest.
        padding_values: those of `Dataset.padded_batch`.
        pad_to_bucket_boundary: fill up to the boundary less one instead; no element may then be longer.
        no_padding: the elements have equal shapes, and are stacked.
        drop_remainder: leave out batches that are smaller.

    Raises:
        ValueError: if the numbers of boundaries and sizes do not match.

    Example:
        >>> ragged = tf.data.Dataset.from_tensor_slices([1, 4, 2, 5]).map(lambda n: tf.fill([n], n))
        >>> buckets = tf.data.experimental.bucket_by_sequence_length(lambda row: tf.shape(row)[0], [3], [2, 2])
        >>> print(sess.run(ragged.apply(buckets).make_one_shot_iterator().get_next()))
        [[1 0]
         [2 2]]
    """
    with name_scope("bucket_by_seq_length"):
        if len(bucket_batch_sizes) != len(bucket_boundaries) + 1:
            raise ValueError("len(bucket_batch_sizes) must equal len(bucket_boundaries) + 1")
        sizes = tf.constant(list(bucket_batch_sizes), dtypes.int64)
        limits = np.iinfo(np.int32)
        lower, upper = [limits.min, *bucket_boundaries], [*bucket_boundaries, limits.max]

        def bucket_of(*element: Any) -> Tensor:
            length = element_length_func(*element)
            is_inside = tf.logical_and(tf.less_equal(lower, length), tf.less(length, upper))
            return tf.reduce_min(tf.where(is_inside))

        def size_of(bucket: Tensor) -> Tensor:
            return sizes[bucket]

        def batches(bucket: Tensor, group: Dataset) -> Dataset:
            size = size_of(bucket)
            if no_padding:
                return group.batch(size, drop_remainder=drop_remainder)
            filler = _boundary_of(bucket, bucket_boundaries) if pad_to_bucket_boundary else None
            shapes = structure.map_structure(lambda shape: _filled(shape, filler), padded_shapes or group.output_shapes)
            return group.padded_batch(size, shapes, padding_values, drop_remainder=drop_remainder)

        return group_by_window(bucket_of, batches, window_size_func=size_of)


def _boundary_of(bucket: Tensor, boundaries: Sequence[int]) -> Tensor:
    check = tf.assert_less(
        bucket,
        tf.constant(len(boundaries), dtypes.int64),
        message="When pad_to_bucket_boundary=True, elements must have length < max(bucket_boundaries).",
    )
    with control_dependencies([check]):
        return tf.constant(list(boundaries), dtypes.int64)[bucket] - 1


def _filled(shape: Any, filler: Tensor | None) -> list:
    return [filler if size is None else size for size in TensorShape(shape).as_list()]
