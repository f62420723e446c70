"""`ResourceVariable`: TF1's other kind of variable, which `use_resource=True` asks for.

Its handle names the cell, and each use of the variable as a value makes a read of its own, where it is used. What was
read is a copy, so no later write changes it: `v + 1` before an assignment that waits for it is the old value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.dtypes import resource as resource_dtype
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with, control_dependencies, device
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays import identity
from minigraph.ops.variables import resource_ops
from minigraph.variables.variable import Variable

__all__ = ["ResourceVariable"]


class ResourceVariable(Variable):
    """A variable whose reads are copies, made where it is used: `tf.Variable(1.0, use_resource=True)`.

    Args:
        *args, **kwargs: those of `Variable`; the shape of the initial value need not be known.

    Example:
        >>> v = tf.Variable([1.0, 2.0], name="v", use_resource=True)
        >>> old = v * 1.0
        >>> with tf.control_dependencies([old]):
        ...     new = v.assign_add([10.0, 10.0])
        >>> sess.run(v.initializer)
        >>> print(type(v).__name__, v.op.type, sess.run([old, new]))
        ResourceVariable VarHandleOp [array([1., 2.], dtype=float32), array([11., 12.], dtype=float32)]
    """

    _is_resource = True
    _cached_value: Tensor | None = None

    def _build(
        self, initial_value: Any, name: str | None, dtype: Any, validate_shape: bool, caching_device: Any
    ) -> None:
        dtype = as_dtype(dtype).base_dtype if dtype is not None else None
        with atomic_scope(name, "Variable", None if callable(initial_value) else [initial_value]) as scope:
            if not scope:
                raise ValueError("'' is not a valid node name")
            with get_default_graph().attr_scope({"_class": [b"loc:@" + scope[:-1].encode()]}):
                with atomic_scope("Initializer"), device(None):
                    value = initial_value() if callable(initial_value) else initial_value
                    self._initial_value = convert_to_tensor(value, dtype, "initial_value")
                self._shape, self._dtype = self._initial_value.shape, self._initial_value.dtype.base_dtype
                self._variable = resource_ops.handle_op(self._shape, self._dtype, scope, scope[:-1])
            with atomic_scope("IsInitialized"):
                self._is_initialized_op = apply(resource_ops.VarIsInitializedOp(), self._variable)
            with atomic_scope("Assign") as assign_scope, colocate_with(None, ignore_existing=True), device(self.device):
                self._initializer_op = apply(
                    resource_ops.AssignVariableOp(), self._variable, self._independent_value(scope), name=assign_scope
                )
            with atomic_scope("Read"), device(self.device):
                self._graph_element = self._read_variable_op()
                if caching_device is not None:
                    with device(caching_device):
                        self._graph_element = self._cached_value = identity.identity(self._graph_element)

    def _read_variable_op(self) -> Tensor:
        return resource_ops.read(self._variable, self._dtype)

    def _snapshot_tensor(self) -> Tensor:
        return self._graph_element

    def _take_snapshot(self, snapshot: Any) -> None:
        """Take the read of a variable whose other parts are there; by default the one made with it."""
        handle = self._variable.op
        self._shape, self._dtype = handle.op_def.attr("shape"), handle.op_def.attr("dtype")
        if snapshot is None:
            snapshot = handle.graph.as_graph_element(f"{handle.name}/Read/ReadVariableOp:0")
        self._graph_element = snapshot
        self._cached_value = None if snapshot.op.type == "ReadVariableOp" else snapshot

    # What it is

    @property
    def handle(self) -> Tensor:
        """The tensor of type resource that names the cell."""
        return self._variable

    @property
    def dtype(self) -> Any:
        """The element type."""
        return self._dtype

    @property
    def shape(self) -> TensorShape:
        """The static shape."""
        return self._shape

    def set_shape(self, shape: Any) -> None:
        """Raise NotImplementedError, as in TF1."""
        raise NotImplementedError("ResourceVariable does not implement set_shape()")

    @property
    def create(self) -> Operation:
        """The operation that gives it its initial value."""
        return self._initializer_op

    _in_graph_mode = True

    @property
    def _handle_name(self) -> str:
        return self._variable.name

    # Reading

    def value(self) -> Tensor:
        """Return a read made now: its value when this new node runs, after the control dependencies in force."""
        if self._cached_value is not None:
            return self._cached_value
        with colocate_with(None, ignore_existing=True), device(self.device):
            return self._read_variable_op()

    def read_value(self) -> Tensor:
        """Return a new read, also where there is a caching device."""
        with atomic_scope("Read"), device(self.device):
            value = self._read_variable_op()
        return identity.identity(value)

    def is_initialized(self, name: str | None = None) -> Tensor:
        """Return a bool tensor: whether the variable has a value in the session that runs it."""
        return apply(resource_ops.VarIsInitializedOp(), self._variable, name=name)

    def eval(self, session: Any = None) -> Any:
        """Compute the value in `session`, by default the default session."""
        return self._graph_element.eval(session=session)

    def sparse_read(self, indices: Any, name: str | None = None) -> Tensor:
        """Return the rows that `indices` name, without a read of the others."""
        with atomic_scope("Gather" if name is None else name) as scope:
            found = apply(resource_ops.ResourceGather(dtype_=self._dtype), self._variable, indices, name=scope)
        return identity.identity(found)

    def gather_nd(self, indices: Any, name: str | None = None) -> Tensor:
        """Return the elements or slices that index vectors name."""
        with atomic_scope("GatherNd" if name is None else name) as scope:
            found = apply(resource_ops.ResourceGatherNd(self._dtype), self._variable, indices, name=scope)
        return identity.identity(found)

    def numpy(self) -> Any:
        """Raise NotImplementedError, as in TF1."""
        raise NotImplementedError(
            "numpy() is only available when eager execution is enabled.\nWrite sess.run(v), or v.eval()."
        )

    # Writing

    def _assigned(self, definition: Any, value: Any, name: str | None, read_value: bool) -> Any:
        value = convert_to_tensor(value, self._dtype)
        self._shape.assert_is_compatible_with(value.shape)
        op = apply(definition, self._variable, value, name=name)
        return self._lazy_read(op) if read_value else op

    def assign(
        self, value: Any, use_locking: bool | None = None, name: str | None = None, read_value: bool = True
    ) -> Any:
        """Make an operation that gives it a value; what reads the variable after it, or (not `read_value`) the
        operation itself."""
        return self._assigned(resource_ops.AssignVariableOp(), value, name, read_value)

    def assign_add(
        self, delta: Any, use_locking: bool | None = None, name: str | None = None, read_value: bool = True
    ) -> Any:
        """Make an operation that adds to it."""
        return self._assigned(resource_ops.AssignAddVariableOp(), delta, name, read_value)

    def assign_sub(
        self, delta: Any, use_locking: bool | None = None, name: str | None = None, read_value: bool = True
    ) -> Any:
        """Make an operation that subtracts from it."""
        return self._assigned(resource_ops.AssignSubVariableOp(), delta, name, read_value)

    def _lazy_read(self, op: Operation) -> Variable:
        """Return what stands for the variable after `op`: whatever uses it reads it then."""
        return _UnreadVariable(self, op)

    def batch_scatter_update(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Any:
        """Make an operation that replaces, in each entry along the first axes, the rows that its indices name."""
        if not isinstance(sparse_delta, IndexedSlices):
            raise TypeError(f"sparse_delta is not IndexedSlices: {sparse_delta}")
        return self._lazy_read(super().batch_scatter_update(sparse_delta, use_locking, name).op)

    def _scatter_nd(self, function: Callable, indices: Any, updates: Any, name: str | None) -> Any:
        return super()._scatter_nd(function, indices, convert_to_tensor(updates, self._dtype), name)

    # As part of a graph

    def _as_graph_element(self) -> Tensor:
        return self._graph_element

    def _AsTensor(self) -> Tensor:
        return self.value()

    def _converted(self, dtype: DType | None, as_ref: bool) -> Tensor:
        return self._variable if as_ref or dtype is resource_dtype else super()._converted(dtype, False)

    def __bool__(self) -> bool:
        return bool(self.read_value())

    def __deepcopy__(self, memo: Any) -> Any:
        raise NotImplementedError(
            "__deepcopy__() is only available when eager execution is enabled.\n"
            "Write tf.Variable(v.initialized_value()) for another variable of the same value."
        )


class _UnreadVariable(ResourceVariable):
    """A resource variable after an operation that writes it."""

    def __init__(self, variable: ResourceVariable, op: Operation):
        self.__dict__.update(variable.__dict__)
        self._cached_value, self._parent_op = None, op
        self._graph_element = self._read_variable_op()

    @property
    def name(self) -> str:
        """The name of the operation."""
        return self._parent_op.name

    @property
    def op(self) -> Operation:
        """The operation that writes the variable."""
        return self._parent_op

    def _read_variable_op(self) -> Tensor:
        with control_dependencies([self._parent_op]):
            return super()._read_variable_op()
