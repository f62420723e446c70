"""Datasets read in turn, by threads or by chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from minigraph.data import structure
from minigraph.data.base import DatasetSpec
from minigraph.data.combining import common_spec
from minigraph.data.dataset import Dataset
from minigraph.data.experimental.numbers import RandomDataset
from minigraph.data.functions import Traced
from minigraph.data.mapped import mapped
from minigraph.data.reordered import int64
from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.ops import namespace
from minigraph.ops.data import directed, nesting
from minigraph.ops.random.multinomial import StatelessMultinomial

__all__ = ["choose_from_datasets", "interleaved", "parallel_interleave", "sample_from_datasets"]

tf: Any = namespace
_INDEX = structure.TensorSpec([], dtypes.int64)


def interleaved(
    dataset: Dataset,
    map_func: Callable,
    cycle_length: Any,
    block_length: Any = 1,
    sloppy: Any = False,
    buffer_output_elements: Any = None,
    prefetch_input_elements: Any = None,
) -> Dataset:
    """Return the dataset that `parallel_interleave` makes."""
    with get_default_graph().atomic():
        traced = Traced(map_func, "tf.data.experimental.parallel_interleave()", dataset.element_spec)
        if not isinstance(traced.spec, DatasetSpec):
            raise TypeError("`map_func` must return a `Dataset` object.")
        spec = traced.spec.element_spec
        ahead = 2 * block_length if buffer_output_elements is None else buffer_output_elements
        inputs_ahead = 2 * cycle_length if prefetch_input_elements is None else prefetch_input_elements
        given = [
            int64(cycle_length, "cycle_length"),
            int64(block_length, "block_length"),
            convert_to_tensor(sloppy, dtypes.bool_, name="sloppy"),
            int64(ahead, "buffer_output_elements"),
            int64(inputs_ahead, "prefetch_input_elements"),
        ]
        kind = nesting.ParallelInterleaveDataset(traced.body, **structure.flat(spec))
        return Dataset(apply(kind, dataset._variant_tensor, *traced.captures, *given), spec, [dataset], [traced])


def parallel_interleave(
    map_func: Callable,
    cycle_length: Any,
    block_length: Any = 1,
    sloppy: Any = False,
    buffer_output_elements: Any = None,
    prefetch_input_elements: Any = None,
) -> Callable[[Dataset], Dataset]:
    """Return a function for `Dataset.apply`: the elements of datasets in turn, each read ahead by a thread.

    Args:
        map_func: a function that returns a dataset.
        cycle_length: how many datasets are open at a time.
        block_length: how many elements are taken of one before it is the next one's turn.
        sloppy: recorded only; the order stays.
        buffer_output_elements: how many elements of each may wait.
        prefetch_input_elements: recorded only.

    Example:
        >>> turns = tf.data.experimental.parallel_interleave(
        ...     lambda x: tf.data.Dataset.from_tensors(x).repeat(3), cycle_length=2)
        >>> dataset = tf.data.Dataset.range(2).apply(turns)
        >>> print(sess.run(dataset.batch(6).make_one_shot_iterator().get_next()))
        [0 1 0 1 0 1]
    """
    rest = cycle_length, block_length, sloppy, buffer_output_elements, prefetch_input_elements
    return lambda dataset: interleaved(dataset, map_func, *rest)


def choose_from_datasets(datasets: Sequence[Dataset], choice_dataset: Dataset) -> Dataset:
    """Return a dataset whose elements another one chooses among several datasets.

    Args:
        datasets: the datasets, with elements of the same types.
        choice_dataset: a dataset of scalars of type int64: the index of the dataset whose turn it is.

    Raises:
        TypeError: if the types differ, or the choices are no such scalars.

    Example:
        >>> words = [tf.data.Dataset.from_tensors(word).repeat() for word in ("foo", "bar")]
        >>> chosen = tf.data.experimental.choose_from_datasets(words, tf.data.Dataset.range(2).repeat(2))
        >>> print(sess.run(chosen.batch(4).make_one_shot_iterator().get_next()))
        [b'foo' b'bar' b'foo' b'bar']
    """
    spec = choice_dataset.element_spec
    if not (isinstance(spec, structure.TensorSpec) and spec.is_compatible_with(_INDEX)):
        raise TypeError("`choice_dataset` must be a dataset of scalar `tf.int64` tensors.")
    return _directed(choice_dataset, list(datasets))


def _directed(choices: Dataset, datasets: list[Dataset]) -> Dataset:
    first = datasets[0]
    if any((d.output_types, d.output_classes) != (first.output_types, first.output_classes) for d in datasets):
        raise TypeError("All datasets must have the same type and class.")
    with get_default_graph().atomic():
        spec = common_spec(datasets)
        kind = directed.DirectedInterleaveDataset(**structure.flat(spec))
        variant = apply(kind, choices._variant_tensor, *[each._variant_tensor for each in datasets])
        return Dataset(variant, spec, [choices, *datasets])


def sample_from_datasets(datasets: Sequence[Dataset], weights: Any = None, seed: int | None = None) -> Dataset:
    """Return a dataset that draws at random from which of several datasets the next element comes.

    Args:
        datasets: the datasets, with elements of the same types.
        weights: the probability of each; or a dataset of such vectors. By default all are equal.
        seed: the seed of the choices.

    Raises:
        TypeError: if the types differ, or the weights are not floating-point numbers.
        ValueError: if there are more or fewer weights than datasets.

    Example:
        >>> ones, twos = [tf.data.Dataset.from_tensors(value).repeat() for value in (1, 2)]
        >>> mixed = tf.data.experimental.sample_from_datasets([ones, twos], weights=[0.0, 1.0], seed=1)
        >>> print(sess.run(mixed.batch(3).make_one_shot_iterator().get_next()))
        [2 2 2]
    """
    with get_default_graph().atomic():
        if isinstance(weights, Dataset):
            rows = weights.map(lambda row: tf.log(row, name="logits"))
            given = Dataset.zip((rows, RandomDataset(seed).batch(2)))
            return _directed(Dataset(*mapped(given, _drawn, None, False)), list(datasets))
        logits = [[1.0] * len(datasets)] if weights is None else _logits(weights, len(datasets))
        if len(datasets) == 1:
            return datasets[0]
        pairs = RandomDataset(seed).batch(2)
        return _directed(Dataset(*mapped(pairs, lambda pair: _drawn(logits, pair), None, False)), list(datasets))


def _logits(weights: Any, count: int) -> Tensor:
    weights = convert_to_tensor(weights, name="weights")
    if weights.dtype not in (dtypes.float32, dtypes.float64):
        raise TypeError("`weights` must be convertible to a tensor of `tf.float32` or `tf.float64` elements.")
    if not weights.shape.is_compatible_with([count]):
        raise ValueError("`weights` must be a vector of length `len(datasets)`.")
    return tf.expand_dims(tf.log(weights, name="logits"), 0)


def _drawn(logits: Any, seed: Tensor) -> Tensor:
    return tf.squeeze(apply(StatelessMultinomial(), logits, 1, seed), axis=[0, 1])
