"""Functions for `Dataset.apply` that change the elements of one dataset, or their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.data import structure
from minigraph.data.dataset import Dataset
from minigraph.data.functions import Traced
from minigraph.data.mapped import with_state
from minigraph.data.reordered import int64
from minigraph.data.seeds import seed_tensors
from minigraph.graph import dtypes
from minigraph.graph.apply import apply, apply_op
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.ops.data import batching, grouping, iterators, mapping, passing, shuffling

__all__ = [
    "cardinality",
    "enumerate_dataset",
    "get_single_element",
    "ignore_errors",
    "map_and_batch",
    "map_and_batch_with_legacy_function",
    "prefetch_to_device",
    "scan",
    "shuffle_and_repeat",
    "take_while",
    "unbatch",
    "unique",
]

Transformation = Callable[[Dataset], Dataset]

_BOOLEAN = structure.TensorSpec([], dtypes.bool_)


def unbatch() -> Transformation:
    """Return a function for `Dataset.apply` that takes batches apart: `Dataset.unbatch`."""
    return lambda dataset: dataset.unbatch()


def enumerate_dataset(start: Any = 0) -> Transformation:
    """Return a function for `Dataset.apply` that counts elements: `Dataset.enumerate`."""
    return lambda dataset: dataset.enumerate(start)


def ignore_errors() -> Transformation:
    """Return a function for `Dataset.apply` that leaves out the elements whose computation fails.

    Example:
        >>> inverse = tf.data.Dataset.from_tensor_slices([1.0, 0.0, 4.0]).map(
        ...     lambda x: tf.check_numerics(1.0 / x, "not finite"))
        >>> inverse = inverse.apply(tf.data.experimental.ignore_errors())
        >>> print(sess.run(inverse.batch(3).make_one_shot_iterator().get_next()))
        [1.   0.25]
    """
    return lambda dataset: _same(dataset, passing.IgnoreErrorsDataset)


def unique() -> Transformation:
    """Return a function for `Dataset.apply` that leaves out elements that have been there before.

    Raises:
        TypeError: when applied, if an element is not one tensor of type int32, int64 or string.

    Example:
        >>> numbers = tf.data.Dataset.from_tensor_slices([1, 37, 2, 37, 1]).apply(tf.data.experimental.unique())
        >>> print(sess.run(numbers.batch(5).make_one_shot_iterator().get_next()))
        [ 1 37  2]
    """
    return _distinct


def _distinct(dataset: Dataset) -> Dataset:
    if dataset.output_types not in (dtypes.int32, dtypes.int64, dtypes.string):
        raise TypeError(
            "`tf.data.experimental.unique()` only supports inputs with a single `tf.int32`, `tf.int64`, or `tf.string` "
            "component."
        )
    return _same(dataset, grouping.UniqueDataset)


def _same(dataset: Dataset, kind: Any) -> Dataset:
    with get_default_graph().atomic():
        return dataset._made(kind(**structure.flat(dataset.element_spec)))


def shuffle_and_repeat(buffer_size: Any, count: Any = None, seed: int | None = None) -> Transformation:
    """Return a function for `Dataset.apply` that shuffles for each of `count` epochs.

    Args:
        buffer_size: the size of the buffer of which elements are drawn.
        count: the number of epochs; None or -1 for no end.
        seed: the seed of the orders.

    Example:
        >>> epochs = tf.data.Dataset.range(3).apply(tf.data.experimental.shuffle_and_repeat(3, count=2, seed=1))
        >>> print(sess.run(epochs.batch(6).make_one_shot_iterator().get_next()))
        [0 2 1 1 2 0]
    """

    def shuffled(dataset: Dataset) -> Dataset:
        with get_default_graph().atomic():
            size, epochs = int64(buffer_size, "buffer_size"), int64(-1 if count is None else count, "count")
            seeds = seed_tensors(seed)
            kind = shuffling.ShuffleAndRepeatDataset(**structure.flat(dataset.element_spec))
            return dataset._made(kind, size, *seeds, epochs)

    return shuffled


def map_and_batch(
    map_func: Callable,
    batch_size: Any,
    num_parallel_batches: Any = None,
    drop_remainder: Any = False,
    num_parallel_calls: Any = None,
) -> Transformation:
    """Return a function for `Dataset.apply` that maps elements by several threads, and stacks the results.

    Args:
        map_func: the function of an element.
        batch_size: the number of elements in a batch.
        num_parallel_batches: how many batches are computed at a time; or
        num_parallel_calls: how many elements are, by default `batch_size`.
        drop_remainder: leave out a last batch that is smaller.

    Raises:
        ValueError: if both numbers are given.

    Example:
        >>> squares = tf.data.Dataset.range(5).apply(tf.data.experimental.map_and_batch(lambda x: x * x, 3))
        >>> print(sess.run(squares.make_one_shot_iterator().get_next()))
        [0 1 4]
    """
    if num_parallel_batches is not None and num_parallel_calls is not None:
        raise ValueError("The `num_parallel_batches` and `num_parallel_calls` arguments are mutually exclusive.")
    calls = num_parallel_calls
    if calls is None:
        calls = batch_size if num_parallel_batches is None else batch_size * num_parallel_batches

    def batches(dataset: Dataset) -> Dataset:
        with get_default_graph().atomic():
            traced = Traced(map_func, "tf.data.experimental.map_and_batch()", dataset.element_spec)
            size, number = int64(batch_size, "batch_size"), int64(calls, "num_parallel_calls")
            drop = convert_to_tensor(drop_remainder, dtypes.bool_, name="drop_remainder")
            known = constant_value(size) if constant_value(drop) else None
            spec = structure.map_structure(lambda each: each.batched(known), traced.spec)
            kind = batching.MapAndBatchDataset(traced.body, preserve_cardinality=True, **structure.flat(spec))
            variant = apply(kind, dataset._variant_tensor, *traced.captures, size, number, drop)
            return Dataset(variant, spec, [dataset], [traced])

    return batches


map_and_batch_with_legacy_function = map_and_batch


def scan(initial_state: Any, scan_func: Callable) -> Transformation:
    """Return a function for `Dataset.apply` that maps elements by a function with a state.

    Args:
        initial_state: the first state, a structure of tensors.
        scan_func: a function of the state and an element that returns the next state and what becomes of the element.

    Raises:
        TypeError: when applied, if the function does not return a pair, or changes the types of the state.

    Example:
        >>> sums = tf.data.Dataset.range(5).apply(
        ...     tf.data.experimental.scan(tf.constant(0, tf.int64), lambda state, x: (state + x, state + x)))
        >>> print(sess.run(sums.batch(5).make_one_shot_iterator().get_next()))
        [ 0  1  3  6 10]
    """

    def scanned(dataset: Dataset) -> Dataset:
        with get_default_graph().atomic():
            state = structure.normalized(initial_state)
            of = "tf.data.experimental.scan()"
            traced, spec = with_state(scan_func, of, structure.spec_of(state), dataset.element_spec, counted=0)
            tensors, result = structure.tensors_of(spec, state), traced.spec[1]
            kind = mapping.ScanDataset(
                traced.body,
                Tstate=structure.flat(spec)["output_types"],
                preserve_cardinality=True,
                **structure.flat(result),
            )
            variant = apply(kind, dataset._variant_tensor, *tensors, *traced.captures)
            return Dataset(variant, result, [dataset], [traced])

    return scanned


def take_while(predicate: Callable) -> Transformation:
    """Return a function for `Dataset.apply` that ends a dataset where a function first returns False.

    Raises:
        ValueError: when applied, if it does not return a scalar boolean.

    Example:
        >>> small = tf.data.Dataset.range(9).apply(tf.data.experimental.take_while(lambda x: x < 4))
        >>> print(sess.run(small.batch(9).make_one_shot_iterator().get_next()))
        [0 1 2 3]
    """

    def taken(dataset: Dataset) -> Dataset:
        with get_default_graph().atomic():
            traced = Traced(predicate, "tf.data.experimental.take_while()", dataset.element_spec)
            if not (isinstance(traced.spec, structure.TensorSpec) and traced.spec.is_compatible_with(_BOOLEAN)):
                raise ValueError("`predicate` must return a scalar boolean tensor.")
            kind = mapping.TakeWhileDataset(traced.body, **structure.flat(dataset.element_spec))
            return dataset._made(kind, *traced.captures, functions=[traced])

    return taken


def prefetch_to_device(device: str, buffer_size: Any = None) -> Transformation:
    """Return a function for `Dataset.apply` that computes elements ahead: `Dataset.prefetch`.

    There is one memory here, so that nothing is copied to the device.
    """
    return lambda dataset: dataset.prefetch(buffer_size)


def get_single_element(dataset: Dataset) -> Any:
    """Return the tensors of the only element of a dataset.

    Raises:
        TypeError: if the argument is not a dataset.
        InvalidArgumentError: in a run, if it has no element, or more than one.

    Example:
        >>> print(sess.run(tf.data.experimental.get_single_element(tf.data.Dataset.range(4).batch(4))))
        [0 1 2 3]
    """
    if not isinstance(dataset, Dataset):
        raise TypeError("`dataset` must be a `tf.data.Dataset` object.")
    with get_default_graph().atomic():
        kind = iterators.DatasetToSingleElement(**structure.flat(dataset.element_spec))
        op = apply_op(kind, dataset._variant_tensor)
        return structure.from_tensors(dataset.element_spec, op.all_outputs)


def cardinality(dataset: Dataset) -> Tensor:
    """Return the number of elements of a dataset, a scalar of type int64.

    It is INFINITE_CARDINALITY (-1) if there is no end, and UNKNOWN_CARDINALITY (-2) if only reading would tell.

    Example:
        >>> print(sess.run(tf.data.experimental.cardinality(tf.data.Dataset.range(10).batch(4))))
        3
    """
    return apply(iterators.DatasetCardinality(), dataset._variant_tensor)
