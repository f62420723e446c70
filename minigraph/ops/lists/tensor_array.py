"""`TensorArray`: an array of tensors that a loop reads and writes by index."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.constant_value import constant_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape, as_shape
from minigraph.ops.arrays import cast, identity
from minigraph.ops.control import cond, group
from minigraph.ops.lists import creation, items, joined

__all__ = ["TensorArray"]


class TensorArray:
    """An array of tensors, read and written by index; gradients flow through it, also in loops.

    A method that changes the array returns another `TensorArray`, on which the program goes on. It is built as TF1
    builds it with `tf.enable_control_flow_v2()`: elements can be read as often as you like, and one that has not been
    written counts as zeros if the shape of the elements is known. Memory is managed by Python.

    Args:
        dtype: the type of the elements.
        size: the number of elements, an int32 scalar.
        dynamic_size: a write behind the end makes the array longer.
        clear_after_read, tensor_array_name, colocate_with_first_write_call: accepted, as in TF1.
        handle: must be None.
        flow: in place of `size`, the `flow` of another TensorArray, to wrap it anew.
        infer_shape: elements must have one shape, which is inferred from the first one written.
        element_shape: the shape of the elements, as far as it is known.
        name: the name of the operations.

    Raises:
        ValueError: if neither or both of `size` and `flow` are given, or `flow` and `element_shape`.
        TypeError: if `flow` is not a variant tensor.

    Example:
        >>> x = tf.constant([1.0, 2.0, 3.0])
        >>> squares = tf.TensorArray(tf.float32, size=3)
        >>> _, squares = tf.while_loop(lambda i, _: i < 3, lambda i, s: (i + 1, s.write(i, x[i] ** 2)), [0, squares])
        >>> y = squares.stack()
        >>> print(*sess.run([y, tf.gradients(y, x)[0]]))
        [1. 4. 9.] [2. 4. 6.]
    """

    def __init__(
        self,
        dtype: Any,
        size: Any = None,
        dynamic_size: bool | None = None,
        clear_after_read: bool | None = None,
        tensor_array_name: str | None = None,
        handle: Any = None,
        flow: Any = None,
        infer_shape: bool = True,
        element_shape: Any = None,
        colocate_with_first_write_call: bool = True,
        name: str | None = None,
    ):
        if handle is not None:
            raise ValueError("A TensorArray has no handle here\nWrap its flow: tf.TensorArray(dtype, flow=array.flow)")
        if flow is not None:
            _check_flow(flow, size, element_shape)
        elif size is None:
            raise ValueError("Size must be provided if flow is not provided")
        self._dtype = as_dtype(dtype).base_dtype
        self._dynamic_size = bool(dynamic_size)
        self._infer_shape = infer_shape
        self._element_shape = [as_shape(element_shape)]  # one for all arrays that are made of this one, as in TF1
        with atomic_scope(name, "TensorArrayV2", [v for v in (size, flow) if v is not None]) as scope:
            self._handle = None
            if flow is None:
                flow = creation.tensor_list_reserve(self.element_shape, size, self._dtype, name=scope)
                self._handle = flow.op.inputs[0]
                self._recount(-1)
        self._flow = flow

    # The nodes of TF1's default control flow, which seeds count: an array has a handle there, which a body captures
    # beside the flow, and no constants for the shape of an element. Such a constant is captured for the handle here.

    def _recount(self, more: int) -> None:
        """Count so many nodes more than were made, and the handle among what the body in force captures."""
        graph = get_default_graph()
        if self._handle is not None:
            graph.capture(self._handle)
        graph.count_as(graph._last_id + more)

    @property
    def flow(self) -> Tensor:
        """The array as a variant tensor."""
        return self._flow

    @property
    def dtype(self) -> DType:
        """The type of the elements."""
        return self._dtype

    @property
    def handle(self) -> None:
        """Always None: there is only the flow."""
        return None

    @property
    def element_shape(self) -> TensorShape:
        """The static shape of the elements, as far as it is known."""
        return self._element_shape[0]

    @property
    def dynamic_size(self) -> bool:
        """True if a write behind the end makes the array longer."""
        return self._dynamic_size

    def __repr__(self) -> str:
        return f"<tf.TensorArray '{self._flow.name}' element_shape={self.element_shape} dtype={self._dtype.name}>"

    def nest_parts(self) -> list[Tensor]:
        """Return the flow, for `nest`."""
        return [self._flow]

    def with_nest_parts(self, tensors: list[Tensor]) -> TensorArray:
        """Return an array of the same kind with another flow."""
        return self._with_flow(tensors[0])

    def _with_flow(self, flow: Tensor) -> TensorArray:
        other = TensorArray(self._dtype, flow=flow, dynamic_size=self._dynamic_size, infer_shape=self._infer_shape)
        other._element_shape, other._handle = self._element_shape, self._handle
        return other

    def _merge_shape(self, shape: TensorShape) -> None:
        if not shape.is_compatible_with(self.element_shape):
            raise ValueError(
                f"Inconsistent shapes: saw {shape} but expected {self.element_shape} \n"
                "Elements of different shapes need tf.TensorArray(…, infer_shape=False)."
            )
        if self._infer_shape:
            before = self.element_shape
            get_default_graph().on_rollback(lambda: self._element_shape.__setitem__(0, before))
            self._element_shape[0] = before.merge_with(shape)

    def _converted(self, value: Any) -> Tensor:
        return convert_to_tensor(value, preferred_dtype=self._dtype, name="value")

    def identity(self) -> TensorArray:
        """Return an array with the same elements, made by an operation that obeys the control dependencies in force."""
        return self._with_flow(identity.identity(self._flow))

    def grad(self, source: str, flow: Any = None, name: str | None = None) -> Any:
        """Raise an error: gradients are made by `tf.gradients` alone, as with TF1's second control flow.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("A TensorArray has no gradient array of its own\nUse tf.gradients(ys, xs).")

    def read(self, index: Any, name: str | None = None) -> Tensor:
        """Return the element at `index`; zeros if it has not been written.

        Args:
            index: an int32 scalar.
            name: the name of the node.

        Raises:
            InvalidArgumentError: in a run, if there is no such element.
        """
        with atomic_scope(name, "TensorArrayV2Read", [self._flow, index]):
            found = items.tensor_list_get_item(self._flow, index, self._dtype, self.element_shape, name=name)
            self._recount(-1)
            return found

    def write(self, index: Any, value: Any, name: str | None = None) -> TensorArray:
        """Return the array with `value` at `index`.

        Args:
            index: an int32 scalar.
            value: a tensor of the array's type.
            name: the name of the node.

        Raises:
            ValueError: if the shapes of the elements do not agree.
            InvalidArgumentError: in a run, if there is no such element, or the type is another one.
        """
        with atomic_scope(name, "TensorArrayV2Write", [self._flow, index, value]):
            value = self._converted(value)
            self._merge_shape(value.shape)
            flow = self._long_enough(index) if self._dynamic_size else self._flow
            flow = items.tensor_list_set_item(flow, index, value, name=name)
            self._recount(0)
            return self._with_flow(flow)

    def _long_enough(self, index: Any) -> Tensor:
        """Return the flow of an array that has an element at `index`."""
        graph = get_default_graph()
        flow, count = graph.capture(self._flow), graph._last_id
        size = items.tensor_list_length(flow)
        longer = cond.cond(index >= size, lambda: items.tensor_list_resize(flow, index + 1), lambda: flow)
        graph.count_as(count)
        return longer

    def stack(self, name: str | None = None) -> Tensor:
        """Return all elements stacked along a new first axis.

        Args:
            name: the name of the node.

        Raises:
            InvalidArgumentError: in a run, if the elements differ in shape, or none is written and the shape is
                unknown.
        """
        with atomic_scope(name, "TensorArrayV2Stack", [self._flow]):
            found = joined.tensor_list_stack(self._flow, self._dtype, element_shape=self.element_shape)
            self._recount(3)
            return found

    def gather(self, indices: Any, name: str | None = None) -> Tensor:
        """Return the elements at `indices` (an int32 vector) stacked along a new first axis.

        Args:
            indices: an int32 vector.
            name: the name of the node.

        Raises:
            InvalidArgumentError: in a run, if there is no such element, or they differ in shape.
        """
        with get_default_graph().atomic():
            found = joined.tensor_list_gather(self._flow, indices, self._dtype, self.element_shape, name=name)
            self._recount(-1)
            return found

    def concat(self, name: str | None = None) -> Tensor:
        """Return all elements joined along their first axis, in which they may differ.

        Args:
            name: the name of the node.

        Raises:
            InvalidArgumentError: in a run, if the elements differ in other axes, or are scalars.
        """
        known = self.element_shape.ndims is not None
        shape = [None, *self.element_shape.as_list()[1:]] if known else None
        with get_default_graph().atomic():
            found = joined.tensor_list_concat(self._flow, self._dtype, shape, name=name)
            self._recount(-2)
            return found

    def unstack(self, value: Any, name: str | None = None) -> TensorArray:
        """Return the array of the rows of a tensor.

        Args:
            value: a tensor with at least one axis.
            name: the name of the node.

        Raises:
            ValueError: if the shapes of the elements do not agree.
        """
        with atomic_scope(name, "TensorArrayUnstack", [self._flow, value]):
            value = self._converted(value)
            self._merge_shape(value.shape[1:])
            flow = creation.tensor_list_from_tensor(value, value.shape[1:])
            self._recount(7)
            return self._with_flow(flow)

    def scatter(self, indices: Any, value: Any, name: str | None = None) -> TensorArray:
        """Return the array with the rows of a tensor at `indices`; it grows if it is too short.

        Args:
            indices: an int32 vector.
            value: a tensor with at least one axis.
            name: the name of the node.

        Raises:
            ValueError: if the shapes of the elements do not agree.
            InvalidArgumentError: in a run, if there are not as many indices as rows.
        """
        with atomic_scope(name, "TensorArrayScatter", [self._flow, value, indices]):
            value = self._converted(value)
            self._merge_shape(value.shape[1:])
            flow = joined.tensor_list_scatter(self._flow, value, indices)
            self._recount(0)
            return self._with_flow(flow)

    def split(self, value: Any, lengths: Any, name: str | None = None) -> TensorArray:
        """Return the array of the parts of a tensor along its first axis.

        Args:
            value: a tensor with at least one axis.
            lengths: the sizes of the parts, an integer vector.
            name: the name of the node.

        Raises:
            ValueError: if the shapes of the elements do not agree.
            InvalidArgumentError: in a run, if the sizes do not add up.
        """
        with atomic_scope(name, "TensorArraySplit", [self._flow, value, lengths]):
            value = self._converted(value)
            lengths = cast.cast(lengths, dtypes.int64)
            sizes = constant_value(lengths)
            if value.shape.ndims is not None and sizes is not None and sizes.size and sizes.max() == sizes.min():
                self._merge_shape(TensorShape([int(sizes[0])]).concatenate(value.shape[1:]))
            flow = creation.tensor_list_split(value, self.element_shape, lengths, name=name)
            self._recount(-1)
            return self._with_flow(flow)

    def size(self, name: str | None = None) -> Tensor:
        """Return the number of elements, an int32 scalar."""
        return items.tensor_list_length(self._flow, name=name)

    def close(self, name: str | None = None) -> Operation:
        """Return an operation that does nothing: Python frees the memory."""
        return group.no_op(name=name)


def _check_flow(flow: Any, size: Any, element_shape: Any) -> None:
    """Raise an error if an array cannot be made of a flow: its size and the shape of its elements are given with it."""
    if not isinstance(flow, Tensor) or flow.dtype.base_dtype is not dtypes.variant:
        raise TypeError("flow must be a variant tensor")
    if size is not None:
        raise ValueError("Cannot provide both a flow and size at the same time")
    if element_shape is not None:
        raise ValueError("Cannot provide both a flow and element_shape at the same time")
