"""`tf.data.Dataset`: datasets, and what makes others of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.data import structure
from minigraph.data.base import DatasetBase, DatasetSpec
from minigraph.data.batched import Batched
from minigraph.data.combining import concatenated, list_of_files, number_of, zipped
from minigraph.data.functions import Traced
from minigraph.data.generators import from_generator
from minigraph.data.mapped import mapped, with_state
from minigraph.data.options import Options, merged
from minigraph.data.reordered import int64
from minigraph.graph import dtypes
from minigraph.graph.apply import apply, apply_op
from minigraph.graph.default import get_default_graph
from minigraph.graph.scopes import name_scope
from minigraph.graph.shapes import Dimension
from minigraph.ops.data import batching, mapping, nesting, sources

__all__ = ["Dataset"]

_BOOLEAN = structure.TensorSpec([], dtypes.bool_)


class Dataset(Batched):
    """A sequence of elements: tuples and dicts of tensors, nested, which a run gets from an iterator.

    A dataset is made of arrays, of files or of a Python generator, and others are made of it: mapped, shuffled,
    repeated, batched. Each is a node of the graph; nothing is read before an iterator runs.

    Example:
        >>> images, labels = np.arange(8.0).reshape(4, 2), np.array([0, 1, 0, 1])
        >>> dataset = tf.data.Dataset.from_tensor_slices((images, labels))
        >>> dataset = dataset.map(lambda image, label: (image / 8.0, label)).repeat(2).batch(4)
        >>> image, label = dataset.make_one_shot_iterator().get_next()
        >>> print(sess.run(label), image.shape)
        [0 1 0 1] (?, 2)
    """

    # Sources

    @staticmethod
    def from_tensors(tensors: Any) -> Dataset:
        """Return a dataset of one element.

        Args:
            tensors: the element.

        Example:
            >>> tf.data.Dataset.from_tensors({"a": [1, 2]}).output_shapes["a"].as_list()
            [2]
        """
        with get_default_graph().atomic():
            element = structure.normalized(tensors)
            spec = structure.spec_of(element)
            shapes = structure.flat(spec)["output_shapes"]
            return Dataset(apply(sources.TensorDataset(shapes), *structure.tensors_of(spec, element)), spec)

    @staticmethod
    def from_tensor_slices(tensors: Any) -> Dataset:
        """Return a dataset whose elements are the rows of tensors.

        Args:
            tensors: a tensor, or tuples and dicts of tensors, with the same number of rows.

        Raises:
            ValueError: if the numbers of rows differ, or a tensor is a scalar.

        Example:
            >>> rows = tf.data.Dataset.from_tensor_slices(([1, 2, 3], [[4], [5], [6]]))
            >>> rows
            <DatasetV1Adapter shapes: ((), (1,)), types: (tf.int32, tf.int32)>
        """
        with get_default_graph().atomic():
            element = structure.normalized(tensors)
            whole = structure.spec_of(element)
            spec = structure.map_structure(lambda each: each.unbatched(), whole)
            found = structure.rows_of(whole, element)
            for each in found:
                if each.shape.ndims == 0:
                    raise ValueError(f"Value {each} has insufficient rank for batching.")
            rows = Dimension(found[0].shape[0].value)
            for each in found[1:]:
                rows.assert_is_compatible_with(Dimension(each.shape[0].value))
            return Dataset(apply(sources.TensorSliceDataset(structure.flat(spec)["output_shapes"]), *found), spec)

    @staticmethod
    def from_generator(generator: Callable, output_types: Any, output_shapes: Any = None, args: Any = None) -> Dataset:
        """Return a dataset of what a Python generator yields.

        Args:
            generator: a function that returns an iterable, called at the beginning of each epoch.
            output_types: the types of the components of an element.
            output_shapes: their static shapes, in the same structure; None if they are not known.
            args: tensors whose values the generator gets.

        Raises:
            TypeError: if `generator` is not callable.
            InvalidArgumentError: in a run, if it yields something else.

        Example:
            >>> def count():
            ...     yield from (1, 2)
            >>> element = tf.data.Dataset.from_generator(count, tf.int32, []).make_one_shot_iterator().get_next()
            >>> print(sess.run(element), sess.run(element))
            1 2
        """
        with get_default_graph().atomic():
            inner = from_generator(generator, output_types, output_shapes, args)
            return Dataset.from_tensors(0).flat_map(lambda dummy: Dataset(*inner(dummy)))

    @staticmethod
    def range(*args: Any) -> Dataset:
        """Return a dataset of numbers of type int64, for the arguments of Python's `range`.

        Raises:
            ValueError: if there are no or more than three arguments.

        Example:
            >>> element = tf.data.Dataset.range(1, 6, 2).batch(3).make_one_shot_iterator().get_next()
            >>> print(sess.run(element))
            [1 3 5]
        """
        if not 1 <= len(args) <= 3:
            raise ValueError(f"Invalid arguments to RangeDataset: {args}")
        start, stop, step = {1: (0, *args, 1), 2: (*args, 1), 3: args}[len(args)]
        with get_default_graph().atomic():
            spec = structure.TensorSpec([], dtypes.int64)
            given = [int64(v, name) for v, name in ((start, "start"), (stop, "stop"), (step, "step"))]
            return Dataset(apply(sources.RangeDataset(**structure.flat(spec)), *given), spec)

    @staticmethod
    def zip(datasets: Any) -> Dataset:
        """Return a dataset of the elements of several ones side by side, as long as the shortest.

        Args:
            datasets: tuples and dicts of datasets, nested.

        Raises:
            TypeError: if there is something else in them.

        Example:
            >>> a, b = tf.data.Dataset.range(3), tf.data.Dataset.range(5, 10)
            >>> tf.data.Dataset.zip((a, {"b": b})).output_types
            (tf.int64, {'b': tf.int64})
        """
        with get_default_graph().atomic():
            return Dataset(*zipped(datasets))

    @staticmethod
    def list_files(file_pattern: Any, shuffle: bool | None = None, seed: Any = None) -> Dataset:
        """Return a dataset of the names of the files that match a pattern, in a random order.

        Args:
            file_pattern: a pattern such as "data/*.txt", or several.
            shuffle: False for the alphabetical order.
            seed: the seed of the order.

        Raises:
            InvalidArgumentError: in a run, if there is no such file.
        """
        with get_default_graph().atomic(), name_scope("list_files"):
            files = list_of_files(file_pattern)
            dataset = Dataset.from_tensor_slices(files)
            return dataset if shuffle is False else dataset.shuffle(number_of(files), seed=seed)

    def concatenate(self, dataset: Dataset) -> Dataset:
        """Return a dataset of these elements and then those of another one.

        Raises:
            TypeError: if their types differ.
        """
        with get_default_graph().atomic():
            return Dataset(*concatenated(self, dataset))

    def enumerate(self, start: Any = 0) -> Dataset:
        """Return a dataset of pairs of a number, from `start` on, and an element.

        Example:
            >>> tf.data.Dataset.from_tensors("a").enumerate().output_types
            (tf.int64, tf.string)
        """
        with get_default_graph().atomic():
            return Dataset.zip((Dataset.range(start, np.iinfo(np.int64).max), self))

    # Batches

    def unbatch(self) -> Dataset:
        """Return a dataset of the rows of the elements.

        Raises:
            ValueError: if a component is a scalar, or the numbers of rows differ.
        """
        with get_default_graph().atomic():
            shapes = structure.flat(self._element_spec)["output_shapes"]
            if any(shape.ndims == 0 for shape in shapes):
                raise ValueError("Cannot unbatch an input with scalar components.")
            rows = Dimension(None)
            for shape in shapes:
                try:
                    rows = rows.merge_with(shape[0])
                except ValueError:
                    raise ValueError("Cannot unbatch an input whose components have different batch sizes.") from None
            whole = self.map(lambda *parts: structure.rows_of(self._element_spec, parts))
            spec = structure.map_structure(lambda each: each.unbatched(), self._element_spec)
            kind = batching.UnbatchDataset(**structure.flat(spec))
            return Dataset(apply(kind, whole._variant_tensor), spec, [whole])

    # Functions

    def map(self, map_func: Callable, num_parallel_calls: Any = None) -> Dataset:
        """Return a dataset of what a function returns for the elements.

        Args:
            map_func: a function of tensors; it is called once, with the components of an element as arguments, to
                build what then runs for each element.
            num_parallel_calls: how many elements are computed at a time, by threads; the order stays.

        Raises:
            TypeError: if it returns something that is not made of tensors.

        Example:
            >>> squares = tf.data.Dataset.range(4).map(lambda x: x * x)
            >>> print(sess.run(squares.batch(4).make_one_shot_iterator().get_next()))
            [0 1 4 9]
        """
        with get_default_graph().atomic():
            return Dataset(*mapped(self, map_func, num_parallel_calls))

    map_with_legacy_function = map

    def flat_map(self, map_func: Callable) -> Dataset:
        """Return a dataset of the elements of the datasets that a function returns, one dataset after the other.

        Raises:
            TypeError: if it does not return a dataset.

        Example:
            >>> rows = tf.data.Dataset.from_tensor_slices([[1, 2], [3, 4]])
            >>> numbers = rows.flat_map(lambda row: tf.data.Dataset.from_tensor_slices(row))
            >>> print(sess.run(numbers.batch(4).make_one_shot_iterator().get_next()))
            [1 2 3 4]
        """
        with get_default_graph().atomic():
            traced, spec = self._to_datasets(map_func, "Dataset.flat_map()")
            kind = nesting.FlatMapDataset(traced.body, **structure.flat(spec))
            return Dataset(apply(kind, self._variant_tensor, *traced.captures), spec, [self], [traced])

    def interleave(
        self, map_func: Callable, cycle_length: Any = -1, block_length: Any = 1, num_parallel_calls: Any = None
    ) -> Dataset:
        """Return a dataset of the elements of the datasets that a function returns, several datasets in turn.

        Args:
            map_func: the function.
            cycle_length: how many datasets are open at a time; -1 leaves it to the machine.
            block_length: how many elements are taken of one before it is the next one's turn.
            num_parallel_calls: if given, threads read ahead; the order stays.

        Example:
            >>> twice = tf.data.Dataset.range(2).interleave(
            ...     lambda x: tf.data.Dataset.from_tensors(x).repeat(3), cycle_length=2)
            >>> print(sess.run(twice.batch(6).make_one_shot_iterator().get_next()))
            [0 1 0 1 0 1]
        """
        with get_default_graph().atomic():
            traced, spec = self._to_datasets(map_func, "Dataset.interleave()")
            given = [int64(cycle_length, "cycle_length"), int64(block_length, "block_length")]
            kind: Any = nesting.InterleaveDataset
            if num_parallel_calls is not None:
                kind = nesting.ParallelInterleaveDatasetV2
                given.append(int64(num_parallel_calls, "num_parallel_calls"))
            definition = kind(traced.body, **structure.flat(spec))
            return Dataset(apply(definition, self._variant_tensor, *traced.captures, *given), spec, [self], [traced])

    def _to_datasets(self, function: Callable, of: str) -> tuple[Traced, Any]:
        traced = Traced(function, of, self._element_spec)
        if not isinstance(traced.spec, DatasetSpec):
            raise TypeError(f"`map_func` must return a `Dataset` object. Got {type(traced.spec)}")
        return traced, traced.spec.element_spec

    def filter(self, predicate: Callable) -> Dataset:
        """Return a dataset of the elements for which a function returns True.

        Raises:
            ValueError: if it does not return a scalar boolean.

        Example:
            >>> even = tf.data.Dataset.range(6).filter(lambda x: tf.equal(x % 2, 0))
            >>> print(sess.run(even.batch(6).make_one_shot_iterator().get_next()))
            [0 2 4]
        """
        with get_default_graph().atomic():
            traced = Traced(predicate, "Dataset.filter()", self._element_spec)
            if not (isinstance(traced.spec, structure.TensorSpec) and traced.spec.is_compatible_with(_BOOLEAN)):
                raise ValueError(
                    f"`predicate` return type must be convertible to a scalar boolean tensor. Was {traced.spec}."
                )
            kind = mapping.FilterDataset(traced.body, **structure.flat(self._element_spec))
            return self._made(kind, *traced.captures, functions=[traced])

    filter_with_legacy_function = filter

    def reduce(self, initial_state: Any, reduce_func: Callable) -> Any:
        """Return the last state of a function that combines a state and an element.

        Args:
            initial_state: the first state, a structure of tensors.
            reduce_func: a function of the state and an element that returns the next state.

        Returns:
            The state, tensors in that structure, computed in each run from the first element on.

        Raises:
            TypeError: if the function changes the types.

        Example:
            >>> total = tf.data.Dataset.range(5).reduce(np.int64(0), lambda state, x: state + x)
            >>> print(sess.run(total))
            10
        """
        with get_default_graph().atomic():
            with name_scope("initial_state"):
                state = structure.normalized(initial_state)
            traced, spec = with_state(reduce_func, "reduce()", structure.spec_of(state), self._element_spec)
            tensors = structure.tensors_of(spec, state)
            flat = structure.flat(spec)
            kind = mapping.ReduceDataset(traced.body, flat["output_types"], **flat)
            op = apply_op(kind, self._variant_tensor, *tensors, *traced.captures)
            return structure.from_tensors(spec, op.all_outputs)

    def apply(self, transformation_func: Callable) -> Dataset:
        """Return what a function of this dataset returns, another dataset.

        Raises:
            TypeError: if it returns something else.
        """
        found = transformation_func(self)
        if not isinstance(found, Dataset):
            raise TypeError(f"`transformation_func` must return a Dataset. Got {found}.")
        return found

    def with_options(self, options: Options) -> Dataset:
        """Return this dataset with options; ValueError if they contradict those that it has."""
        if not isinstance(options, Options):
            raise TypeError(f"Incompatible options type: {type(options)} vs {Options}")
        both = merged(self.options(), options)
        return Dataset(self._variant_tensor, self._element_spec, [self], options=both)


DatasetBase._dataset_class = Dataset
