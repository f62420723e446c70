"""`tf.data.Iterator`: iterators over datasets, of four kinds."""

from __future__ import annotations

from typing import Any

from minigraph.data import structure
from minigraph.graph import dtypes
from minigraph.graph.apply import apply, apply_op
from minigraph.graph.collections import add_to_collection
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with, device
from minigraph.graph.warn import warn
from minigraph.ops.data import iterators

__all__ = ["Iterator"]

_MANY_CALLS = 32


class Iterator(structure.Structured):
    """An iterator over a dataset: each run of what `get_next` returns gives the next element.

    There are four ways to one: `dataset.make_one_shot_iterator()`, `dataset.make_initializable_iterator()`,
    `Iterator.from_structure`, which is given its dataset in a run, and `Iterator.from_string_handle`, which stands for
    another iterator that is chosen in each run.

    Args:
        iterator_resource: the handle.
        initializer: the operation that begins anew, or None.
        output_types: the structure of specs of an element, or of its types.
        output_shapes: the static shapes, in the same structure.
        output_classes: their classes, in the same structure: `tf.SparseTensor` for what is sparse.
    """

    def __init__(
        self,
        iterator_resource: Tensor,
        initializer: Operation | None,
        output_types: Any,
        output_shapes: Any = None,
        output_classes: Any = None,
    ):
        leaves = structure.flatten(output_types)
        is_spec = output_shapes is None and all(hasattr(each, "tensor_type") for each in leaves)
        self._iterator_resource, self._initializer = iterator_resource, initializer
        self._element_spec = (
            output_types if is_spec else structure.specs_from(output_types, output_shapes, output_classes)
        )
        self._string_handle = apply(iterators.IteratorToStringHandle(), iterator_resource)
        self._calls = 0
        add_to_collection("iterators", iterator_resource)

    @staticmethod
    def from_structure(
        output_types: Any, output_shapes: Any = None, shared_name: str | None = None, output_classes: Any = None
    ) -> Iterator:
        """Return an iterator that is given a dataset by running what `make_initializer` returns.

        Args:
            output_types: the types of the components of an element.
            output_shapes: their static shapes, in the same structure; None if they are not known.
            shared_name: the name in messages.
            output_classes: their classes, in the same structure: `tf.SparseTensor` for what is sparse.

        Example:
            >>> iterator = tf.data.Iterator.from_structure(tf.int64, [])
            >>> element = iterator.get_next()
            >>> for dataset in (tf.data.Dataset.range(3), tf.data.Dataset.range(7, 9)):
            ...     sess.run(iterator.make_initializer(dataset))
            ...     print(sess.run(element))
            0
            7
        """
        spec = structure.specs_from(output_types, output_shapes, output_classes)
        with get_default_graph().atomic(), _on_cpu():
            handle = apply(iterators.IteratorV2(shared_name=shared_name or "", **structure.flat(spec)))
        return Iterator(handle, None, spec)

    @staticmethod
    def from_string_handle(
        string_handle: Any, output_types: Any, output_shapes: Any = None, output_classes: Any = None
    ) -> Iterator:
        """Return an iterator that stands for the one whose handle is fed.

        Args:
            string_handle: a scalar string, which another iterator's `string_handle()` returns.
            output_types: the types of the components of an element.
            output_shapes: their static shapes, in the same structure; None if they are not known.
            output_classes: their classes, in the same structure: `tf.SparseTensor` for what is sparse.

        Raises:
            InvalidArgumentError: in a run, if there is no such iterator, or its elements are others.

        Example:
            >>> handle = tf.placeholder(tf.string, [])
            >>> element = tf.data.Iterator.from_string_handle(handle, tf.int64, []).get_next()
            >>> train = tf.data.Dataset.range(3).make_one_shot_iterator()
            >>> print(sess.run(element, {handle: sess.run(train.string_handle())}))
            0
        """
        spec = structure.specs_from(output_types, output_shapes, output_classes)
        with get_default_graph().atomic():
            given = convert_to_tensor(string_handle, dtypes.string)
            with _on_cpu():
                handle = apply(iterators.IteratorFromStringHandleV2(**structure.flat(spec)), given)
            return Iterator(handle, None, spec)

    @property
    def initializer(self) -> Operation:
        """The operation that begins with the dataset anew.

        Raises:
            ValueError: if there is none, as for an iterator made by `from_structure`.
        """
        if self._initializer is None:
            raise ValueError(
                "Iterator does not have an initializer.\n"
                "An iterator made by from_structure gets one for each dataset: iterator.make_initializer(dataset)"
            )
        return self._initializer

    def make_initializer(self, dataset: Any, name: str | None = None) -> Operation:
        """Return an operation that has this iterator begin with a dataset.

        Raises:
            TypeError: if its elements have other types or shapes.
            ValueError: if they have another structure.
        """
        with get_default_graph().atomic():
            with atomic_scope(name, "make_initializer") as scope:
                structure.assert_same_structure(self._element_spec, dataset.element_spec)
                self._check_alike(dataset)
            with colocate_with(self._iterator_resource.op):
                made = iterators.MakeIterator()
                return apply_op(made, dataset._variant_tensor, self._iterator_resource, name=scope)

    def _check_alike(self, dataset: Any) -> None:
        for mine, other in zip(structure.flatten(self.output_classes), structure.flatten(dataset.output_classes)):
            if mine != other:
                raise TypeError(
                    f"Expected output classes {self.output_classes!r} but got dataset with output class "
                    f"{dataset.output_classes!r}."
                )
        for mine, other in zip(structure.flatten(self.output_types), structure.flatten(dataset.output_types)):
            if mine != other:
                raise TypeError(
                    f"Expected output types {self.output_types!r} but got dataset with output types "
                    f"{dataset.output_types!r}."
                )
        for mine, other in zip(structure.flatten(self.output_shapes), structure.flatten(dataset.output_shapes)):
            if not mine.is_compatible_with(other):
                raise TypeError(
                    f"Expected output shapes compatible with {self.output_shapes!r} but got dataset with output "
                    f"shapes {dataset.output_shapes!r}."
                )

    def get_next(self, name: str | None = None) -> Any:
        """Return the tensors of an element, in its structure. Each run gives the next one.

        One call before the training loop is enough: each one adds a node to the graph.

        Raises:
            OutOfRangeError: in a run, if there is no further element.
            FailedPreconditionError: in a run, if the iterator has not been initialized.
        """
        self._calls += 1
        if self._calls > _MANY_CALLS:
            warn(
                "An unusually high number of `Iterator.get_next()` calls was detected. This often indicates that "
                "`Iterator.get_next()` is being called inside a training loop, which will cause gradual slowdown and "
                "eventual resource exhaustion.\nCall it once before the loop, and run what it returned in the loop."
            )
        op = apply_op(
            iterators.IteratorGetNext(**structure.flat(self._element_spec)), self._iterator_resource, name=name
        )
        return structure.from_tensors(self._element_spec, op.all_outputs)

    def string_handle(self, name: str | None = None) -> Tensor:
        """Return the scalar string that stands for this iterator where one is fed; see `from_string_handle`."""
        if name is None:
            return self._string_handle
        return apply(iterators.IteratorToStringHandle(), self._iterator_resource, name=name)


def _on_cpu() -> Any:
    """Return the scope in which TensorFlow places iterators, unless the program has opened one."""
    return device(None if get_default_graph()._scopes.device else "/cpu:0")
