"""`Variable`: a cell in the graph with an initial value, a node to read it and operations to write it.

A variable is four nodes: the initial value, `VariableV2` (the cell), `Assign` (the initializer) and `read` (an Identity
made with the variable). Whoever takes the variable as a value takes `read`, which hands on the variable's memory: an
operation that computes with it sees what is there when it runs.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from minigraph.graph.collections import GraphKeys
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.displayed import Displayed
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.operation import Reference, Tensor
from minigraph.graph.register_conversion import register_tensor_conversion_function
from minigraph.graph.scopes import atomic_scope, colocate_with, device, init_scope
from minigraph.graph.shapes import TensorShape, unknown_shape
from minigraph.graph.walks import ancestors
from minigraph.ops.arrays import identity
from minigraph.ops.control.cond import cond
from minigraph.ops.variables import assign, is_initialized
from minigraph.variables import kinds
from minigraph.variables.initial_values import from_inside, guarded
from minigraph.variables.messages import Messages
from minigraph.variables.modes import VariableAggregation, VariableSynchronization, checked_modes
from minigraph.variables.operand import Operand
from minigraph.variables.rows import Rows
from minigraph.variables.sharing import warn_if_unshared
from minigraph.variables.store import current_store
from minigraph.variables.writes import Writes

__all__ = ["Variable", "is_resource_variable"]


class Variable(Writes, Rows, Operand, Messages, Displayed):
    """A value that lives in a session from run to run.

    The value is the variable's memory. An operation that computes with it reads what is there when it runs, so after
    the writes that it waits for (`tf.control_dependencies`); what only hands it on, as `tf.identity` does, and what a
    run fetches, shows what is there at the end. `v + 0.0` gives a value that later writes do not change.

    Args:
        initial_value: a tensor, a Python value, or a function without arguments that gives one.
        trainable: True to add it to the collection TRAINABLE_VARIABLES; the default, unless `synchronization` is
            ON_READ.
        collections: the collections it is added to, by default GLOBAL_VARIABLES.
        validate_shape: False lets values of any shape be assigned.
        caching_device: the device on which `read` runs.
        name: its name, "Variable" by default; made unique.
        dtype: the element type of the initial value.
        constraint: a function applied to the variable after each update by an optimizer.
        synchronization, aggregation: modes for several copies, kept as attributes.
        use_resource: True for a `ResourceVariable`, whose reads are copies made where it is used; by default what the
            variable scope, or `tf.enable_resource_variables`, says: False if nothing does.
        expected_shape, variable_def, import_scope, shape: accepted, as in TF1.

    Raises:
        ValueError: if there is no initial value, or its shape is not known while `validate_shape` is set.

    Example:
        >>> v = tf.Variable([1.0, 2.0], name="v")
        >>> sess.run(v.initializer)
        >>> print(v, sess.run(v), sess.run(v.assign(v * 10.0)))
        <tf.Variable 'v:0' shape=(2,) dtype=float32_ref> [1. 2.] [10. 20.]
    """

    _is_resource = False

    def __init__(
        self,
        initial_value: Any = None,
        trainable: bool | None = None,
        collections: Any = None,
        validate_shape: bool = True,
        caching_device: Any = None,
        name: str | None = None,
        variable_def: Any = None,
        dtype: Any = None,
        expected_shape: Any = None,
        import_scope: str | None = None,
        constraint: Callable | None = None,
        use_resource: bool | None = None,
        synchronization: Any = VariableSynchronization.AUTO,
        aggregation: Any = VariableAggregation.NONE,
        shape: Any = None,
    ):
        if type(self) is Variable and kinds.uses_resources(use_resource):
            self.__class__ = kinds.ResourceVariable  # the kind that was asked for, by the one name that both have
        if initial_value is None:
            raise ValueError("initial_value must be specified.")
        if constraint is not None and not callable(constraint):
            raise ValueError("The `constraint` argument must be a callable.")
        modes = checked_modes(synchronization, aggregation, trainable, name)
        self._synchronization, self._aggregation, self._trainable = modes
        self._constraint = constraint
        with init_scope():
            graph = get_default_graph()
            with graph.atomic():
                self._build(initial_value, name, dtype, validate_shape, caching_device)
                scope = current_store().scopes.current
                if scope is not None and scope.reuse and graph.get_stage() != "apply":
                    warn_if_unshared(self, name or "Variable", scope)
                graph.add_to_collections(_collections(collections, self._trainable), self)

    def _build(
        self, initial_value: Any, name: str | None, dtype: Any, validate_shape: bool, caching_device: Any
    ) -> None:
        with atomic_scope(name, "Variable", [initial_value] if isinstance(initial_value, Tensor) else None) as scope:
            if not scope:
                raise ValueError("'' is not a valid node name")
            if callable(initial_value):
                mark = {"_class": [b"loc:@" + scope[:-1].encode()]}
                with get_default_graph().attr_scope(mark), atomic_scope("Initializer"), device(None):
                    self._initial_value = convert_to_tensor(initial_value(), dtype, "initial_value")
            else:
                mark = {}
                self._initial_value = convert_to_tensor(initial_value, dtype, "initial_value")
                if self._initial_value.graph is not get_default_graph():
                    raise from_inside(self._initial_value, scope)
            shape = self._initial_value.shape
            if validate_shape and not shape.is_fully_defined():
                told = "Call set_shape on it, or pass validate_shape=False."
                raise ValueError(f"initial_value must have a shape specified: {self._initial_value}\n{told}")
            with get_default_graph().attr_scope(mark):
                of_cell = shape if validate_shape else unknown_shape()
                self._variable = assign.variable_op(of_cell, self._initial_value.dtype, name=scope)
            value = self._independent_value(scope)
            self._initializer_op = assign.assign(self._variable, value, validate_shape=validate_shape).op
            with device(caching_device) if caching_device is not None else colocate_with(self._variable.op):
                self._snapshot = identity.identity(self._variable, name="read")

    def _independent_value(self, scope: str) -> Tensor:
        """Return the initial value, made anew where it depends on other variables."""
        value = self._initial_value
        depends = any(isinstance(op.op_def, assign.VariableV2) for op in ancestors([value]))
        return guarded(value, scope) if depends else value

    # What it is

    name = property(attrgetter("_variable.name"), doc='The name, such as "dense/kernel:0".')
    op = property(attrgetter("_variable.op"), doc="The `VariableV2` operation.")
    dtype = property(attrgetter("_variable.dtype"), doc="The ref element type.")
    shape = property(attrgetter("_variable.shape"), doc="The static shape.")
    graph = property(attrgetter("_variable.graph"), doc="The graph.")
    device = property(attrgetter("_variable.device"), doc="The device asked for.")
    trainable = property(attrgetter("_trainable"), doc="True if optimizers update it by default.")
    constraint = property(attrgetter("_constraint"), doc="The function applied after an optimizer's update.")
    synchronization = property(attrgetter("_synchronization"), doc="The mode given, AUTO by default.")
    aggregation = property(attrgetter("_aggregation"), doc="The mode given, NONE by default.")
    initial_value = property(attrgetter("_initial_value"), doc="The tensor that the initializer assigns.")
    initializer = property(attrgetter("_initializer_op"), doc="The operation that assigns the initial value.")

    def get_shape(self) -> TensorShape:
        """Return the static shape."""
        return self.shape

    def set_shape(self, shape: Any) -> None:
        """Add to the static shape of the cell and its `read`."""
        self._variable.set_shape(shape)
        self._snapshot.set_shape(shape)

    def experimental_ref(self) -> Reference:
        """Return a hashable reference to the variable; here the variable itself is hashable too."""
        return Reference(self)

    # Reading

    def value(self) -> Tensor:
        """Return the `read` made with the variable: its memory, which shows each write."""
        return self._snapshot

    def read_value(self) -> Tensor:
        """Return a new read, which runs after the control dependencies in force; it is the variable's memory too."""
        return identity.identity(self._variable, name="read")

    def initialized_value(self) -> Tensor:
        """Return the value, or the initial value if there is none yet: for initial values of other variables."""
        with init_scope():
            return cond(is_initialized.is_variable_initialized(self), self.read_value, lambda: self.initial_value)

    def eval(self, session: Any = None) -> Any:
        """Compute the value in `session`, by default the default session."""
        return self._variable.eval(session=session)

    # As part of a graph

    def _as_graph_element(self) -> Tensor:
        return self._variable

    def _ref(self) -> Tensor:
        return self._variable

    def _AsTensor(self) -> Tensor:
        return self._snapshot

    def _converted(self, dtype: DType | None, as_ref: bool) -> Tensor:
        if dtype is not None and not dtype.is_compatible_with(self.dtype):
            both = f"type '{dtype.name}' for variable of type '{self.dtype.name}'"
            raise ValueError(f"Incompatible type conversion requested to {both}")
        return self._ref() if as_ref else self.value()

    @property
    def _shared_name(self) -> str:
        return self.name[:-2]

    def __repr__(self) -> str:
        return f"<tf.Variable '{self.name}' shape={self.shape} dtype={self.dtype.name}>"

    __str__ = __repr__


def _collections(given: Any, trainable: bool) -> Any:
    """Return the collections of a new variable."""
    if not (given is None or isinstance(given, (list, tuple, set))):
        wanted = "collections argument to Variable constructor must be a list, tuple, or set"
        raise ValueError(f"{wanted}. Got {given} of type {type(given)}")
    found = [GraphKeys.GLOBAL_VARIABLES] if given is None else [*given]
    return found + [GraphKeys.TRAINABLE_VARIABLES] if trainable else found


def is_resource_variable(v: Any) -> bool:
    """Return True if this is a variable with a handle."""
    return isinstance(v, Variable) and v._is_resource


def _from_variable(value: Variable, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Tensor:
    return value._converted(as_dtype(dtype) if dtype is not None else None, as_ref)


register_tensor_conversion_function(Variable, _from_variable, 50)
