"""`DatasetBase`: a dataset in the graph, the structure of its elements, and the options that hold for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minigraph.data import structure
from minigraph.data.functions import ByValue, Traced
from minigraph.data.iterator import Iterator
from minigraph.data.options import Options, merged
from minigraph.graph import dtypes
from minigraph.graph.apply import apply, apply_op
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.read_only import read_only
from minigraph.graph.scopes import colocate_with
from minigraph.graph.seeds import get_seed
from minigraph.graph.shapes import TensorShape
from minigraph.graph.walks import ancestors
from minigraph.graph.warn import warn
from minigraph.ops.data import iterators, passing

__all__ = ["DatasetBase", "DatasetSpec"]

_SEED_STEP, _SEEDS = 87654321, 2**63 - 1


class DatasetSpec:
    """The structure of the elements of a dataset that is itself part of an element, as a window is.

    Args:
        element_spec: that structure.
        dataset_shape: must be ().
    """

    tensor_type, tensor_shape = dtypes.variant, TensorShape.of(())

    def __init__(self, element_spec: Any, dataset_shape: Any = ()):
        self._element_spec, self._dataset_shape = element_spec, TensorShape(dataset_shape)

    element_spec = read_only("_element_spec", "The structure of the elements.")

    @property
    def legacy_type(self) -> DatasetSpec:
        """What stands for this in the structures of types, of shapes and of classes."""
        return self

    legacy_shape = legacy_class = legacy_type

    def from_tensor(self, tensor: Tensor) -> DatasetBase:
        """Return the dataset that a tensor of type variant holds."""
        return DatasetBase._dataset_class(tensor, self._element_spec)

    def to_tensor(self, value: Any) -> Tensor:
        """Return the tensor that holds a dataset."""
        return value._variant_tensor

    def is_compatible_with(self, other: Any) -> bool:
        """Return True if the other one is the spec of a dataset with such elements."""
        return isinstance(other, DatasetSpec) and self._element_spec == other._element_spec

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, DatasetSpec) and self._element_spec == other._element_spec

    def __hash__(self) -> int:
        return hash(str(self._element_spec))

    def __repr__(self) -> str:
        return f"DatasetSpec({self._element_spec!r}, {self._dataset_shape})"


class DatasetBase(structure.Structured):
    """A dataset in the graph.

    Args:
        variant: the tensor that holds it.
        spec: the structure of its elements.
        inputs: the datasets from which it takes elements.
        functions: the functions that it calls.
        options: what is asked of it; by default what is asked of its inputs.
    """

    _dataset_class: Any = None  # the public class, of which methods return objects
    _shown_as = "DatasetV1Adapter"

    def __init__(
        self,
        variant: Tensor,
        spec: Any,
        inputs: Sequence[DatasetBase] = (),
        functions: Sequence[Traced] = (),
        options: Options | None = None,
    ):
        self._variant_tensor, self._element_spec = variant, spec
        self._input_datasets, self._traced, self._own_options = tuple(inputs), tuple(functions), options

    @property
    def _spec(self) -> DatasetSpec:
        return DatasetSpec(self._element_spec)

    def __repr__(self) -> str:
        shapes = str(structure.map_structure(str, self.output_shapes)).replace("'", "")
        types = str(structure.map_structure(repr, self.output_types)).replace("'", "")
        return f"<{self._shown_as} shapes: {shapes}, types: {types}>"

    def __iter__(self) -> Any:
        raise RuntimeError(
            "__iter__() is only supported inside of tf.function or when eager execution is enabled.\n"
            "Make an iterator, and run what it returns: sess.run(dataset.make_one_shot_iterator().get_next())"
        )

    def options(self) -> Options:
        """Return the options of this dataset and of those from which it takes elements."""
        if self._own_options is not None:
            return self._own_options
        found = Options()
        for each in self._input_datasets:
            found = merged(found, each.options())
        return found

    # Iterators

    def make_one_shot_iterator(self) -> Iterator:
        """Return an iterator that begins when it is first used, and ends with the dataset.

        Raises:
            ValueError: if the dataset depends on a variable, a placeholder or another stateful operation.

        Example:
            >>> element = tf.data.Dataset.range(2).make_one_shot_iterator().get_next()
            >>> print(sess.run(element), sess.run(element))
            0 1
        """
        with get_default_graph().atomic():
            factory = ByValue("_make_dataset", [op for op in _all_operations(self) if _makes_dataset(op)])
            seed, op_seed = get_seed(None)
            if seed is not None and op_seed is not None:
                factory.seed = (seed + _SEED_STEP * op_seed) % _SEEDS
            try:
                with factory.as_default():
                    factory.outputs = [factory.capture(self._with_options_applied())]
            except ValueError as error:
                if "Cannot capture a stateful node" not in str(error):
                    raise
                raise ValueError(_not_one_shot(error)) from None
            definition = iterators.OneShotIterator(factory, **structure.flat(self._element_spec))
            return Iterator(apply(definition), None, self._element_spec)

    def make_initializable_iterator(self, shared_name: str | None = None) -> Iterator:
        """Return an iterator that begins with the dataset whenever its `initializer` runs.

        Args:
            shared_name: the name in messages.

        Example:
            >>> iterator = tf.data.Dataset.range(2).make_initializable_iterator()
            >>> element = iterator.get_next()
            >>> for epoch in range(2):
            ...     sess.run(iterator.initializer)
            ...     print(sess.run(element))
            0
            0
        """
        with get_default_graph().atomic():
            variant = self._with_options_applied()
            handle = apply(iterators.IteratorV2(shared_name=shared_name or "", **structure.flat(self._element_spec)))
            with colocate_with(handle.op):
                initializer = apply_op(iterators.MakeIterator(), variant, handle)
            return Iterator(handle, initializer, self._element_spec)

    def _with_options_applied(self) -> Tensor:
        """Return the tensor that holds the dataset with the optimizations that its options ask for."""
        options, variant = self.options(), self._variant_tensor
        flat = structure.flat(self._element_spec)
        wanted = options.static_optimizations()
        if wanted and _uses_variables(self):
            warn(
                "tf.data static optimizations are not compatible with tf.Variable. The following optimizations will "
                f"be disabled: {', '.join(wanted)}. To enable optimizations, use resource variables instead by "
                "calling `tf.enable_resource_variables()` at the start of the program."
            )
        elif wanted:
            names = convert_to_tensor(wanted, dtypes.string, name="optimizations")
            definition = passing.OptimizeDataset(optimization_configs=tuple(options.optimization_configs()), **flat)
            variant = apply(definition, variant, names)
        tuning = options.experimental_optimization
        if tuning.autotune is False:
            return variant
        budget = tuning.autotune_cpu_budget or 0
        return apply(passing.ModelDataset(algorithm=tuning.autotune_algorithm or 0, cpu_budget=budget, **flat), variant)


def _not_one_shot(error: ValueError) -> str:
    return (
        "Failed to create a one-shot iterator for a dataset. `Dataset.make_one_shot_iterator()` does not support "
        "datasets that capture stateful objects, such as a `Variable` or `LookupTable`. In these cases, use "
        f"`Dataset.make_initializable_iterator()`. (Original error: {error})"
    )


def _all_datasets(dataset: DatasetBase) -> list[DatasetBase]:
    found = [dataset]
    for each in found:  # grows during the walk
        found += [other for other in each._input_datasets if not any(other is known for known in found)]
    return found


def _all_operations(dataset: DatasetBase) -> list[Operation]:
    return ancestors([dataset._variant_tensor])


def _makes_dataset(op: Operation) -> bool:
    return any(t.dtype is dtypes.variant for t in op.all_outputs)


def _uses_variables(dataset: DatasetBase) -> bool:
    """Return True if a function of the dataset uses a variable of the kind that is memory."""
    captured = [t for each in _all_datasets(dataset) for traced in each._traced for t in traced.captures]
    outputs = [t for op in ancestors(captured) for t in op.all_outputs] if captured else []
    return any(t.dtype._is_ref_dtype for t in [*captured, *outputs])
