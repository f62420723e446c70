"""`Operation` and `Tensor`: a node of the graph and one of its outputs, with TF1's public API."""

from __future__ import annotations

from itertools import count, repeat
from typing import TYPE_CHECKING, Any

from minigraph.graph import dtypes, traces
from minigraph.graph.attributes import attribute, attributes
from minigraph.graph.displayed import Displayed
from minigraph.graph.no_value import NoArray
from minigraph.graph.node_def import NodeDef, node_def
from minigraph.graph.opdef import OpDef
from minigraph.graph.read_only import read_only
from minigraph.graph.reference import Reference
from minigraph.graph.session_for import session_for
from minigraph.graph.shape_rules import merge
from minigraph.graph.shapes import TensorShape, as_shape

__all__ = ["Operation", "Tensor"]


class Operation(Displayed):
    """A node of a `Graph`: an operation definition applied to tensors, made by `apply` only and immutable in its graph.

    Example:
        >>> op = tf.add(1.0, 2.0, name="sum").op
        >>> op
        <tf.Operation 'sum' type=Add>
        >>> op.type, op.name, [t.name for t in op.inputs], op.get_attr("T")
        ('Add', 'sum', ['sum/x:0', 'sum/y:0'], tf.float32)
    """

    __slots__ = tuple(
        "_op_def _name _graph _inputs _waits_for _all_outputs _id _device _where _stage _extra_attrs _original_op "
        "_control_outputs __weakref__".split()
    )

    def __init__(self, graph: Any, op_def: OpDef, name: str, inputs: tuple, waits_for: tuple, types: Any, shapes: Any):
        self._graph, self._op_def, self._name = graph, op_def, name
        self._inputs, self._waits_for = inputs, waits_for
        self._all_outputs = tuple(map(Tensor, repeat(self), count(), types, shapes))
        self._id, self._device = -1, ""
        self._where: tuple = ()
        self._stage: str | None = None
        self._extra_attrs: dict[str, Any] | None = None
        self._original_op: Operation | None = None
        self._control_outputs: list[Operation] | None = None

    op_def: OpDef = read_only("_op_def", "The definition: attributes and rules.")
    name: str = read_only("_name", "The unique name.")
    graph: Any = read_only("_graph", "The `Graph` that holds this node.")
    inputs: tuple[Tensor, ...] = read_only("_inputs", "The tensors that flow in.")
    waits_for: tuple[Operation, ...] = read_only("_waits_for", "The operations of `control_inputs`, as a tuple.")
    all_outputs: tuple[Tensor, ...] = read_only("_all_outputs", "The tensors of `outputs`, then hidden ones.")
    id: int = read_only("_id", "The position in the graph's creation order.")
    device: str = read_only("_device", 'The requested device, such as "/device:CPU:0", or "".')
    where: tuple = read_only("_where", "The frames of the user's program that made this node: see `provenance`.")
    stage: str | None = read_only("_stage", 'The part of a training op to which it belongs ("gradients"…).')
    extra_attrs: dict[str, Any] | None = read_only("_extra_attrs", "The attributes that open scopes gave it, or None.")
    original_op: Operation | None = read_only("_original_op", "The operation whose gradient it is part of, or None.")
    type: str = read_only("_op_def.type", 'The operation type, such as "MatMul".')

    @property
    def control_inputs(self) -> list[Operation]:
        """The operations that must run before this one without passing it a value."""
        return list(self._waits_for)

    @property
    def control_outputs(self) -> list[Operation]:
        """The operations that wait for this one without taking a value from it."""
        return list(self._control_outputs or ())

    @property
    def outputs(self) -> list[Tensor]:
        """The output tensors."""
        return list(self.values())

    def values(self) -> tuple[Tensor, ...]:
        """Return the output tensors as a tuple."""
        return self._all_outputs[: len(self._all_outputs) - self._op_def.hidden_outputs]

    traceback: Any = property(traces.frames, doc="(file, line, function, source line) of its frames, outermost first.")
    traceback_with_start_lines: Any = property(
        traces.frames_with_start_lines, doc="The same, and each function's line."
    )

    def colocation_groups(self) -> list[bytes]:
        """Return the groups of operations to be placed on one device, as b"loc:@name"."""
        found = (self._extra_attrs or {}).get("_class", ())
        groups = [g for g in found if g.startswith(b"loc:@")]
        return groups or [b"loc:@" + self._name.encode()]

    def get_attr(self, name: str) -> Any:
        """Return an attribute (bytes for text, a list for several values); ValueError if there is no such one."""
        value = attribute(self, name)
        if isinstance(value, tuple):
            return [v.encode() if isinstance(v, str) else v for v in value]
        return value.encode() if isinstance(value, str) else value

    attrs: Any = property(attributes, doc="All attributes, including types inferred from the inputs.")

    def _set_attr(self, name: str, value: Any) -> None:
        if self._extra_attrs is None:
            self._extra_attrs = {}
        self._extra_attrs[name] = value

    node_def: Any = property(node_def, doc="This node in the form of a GraphDef; `str()` formats it as text.")

    def run(self, feed_dict: Any = None, session: Any = None) -> None:
        """Run this operation in `session`, by default the default session."""
        session_for(self._graph, session, "execute", "operation").run(self, feed_dict)

    def __str__(self) -> str:
        return str(NodeDef(self))

    def __repr__(self) -> str:
        return f"<tf.Operation '{self._name}' type={self.type}>"


class Tensor(NoArray, Displayed):
    """An output of an `Operation`: a value that exists only while a session runs.

    Example:
        >>> x = tf.placeholder(tf.float32, [None, 3], name="x")
        >>> x
        <tf.Tensor 'x:0' shape=(?, 3) dtype=float32>
        >>> print(x)
        Tensor("x:0", shape=(?, 3), dtype=float32)
        >>> bool(x)
        Traceback (most recent call last):
        ...
        minigraph.graph.errors.OperatorNotAllowedInGraphError: using a `tf.Tensor` as a Python `bool` is not allowed\
 in Graph execution. Use Eager execution or decorate this function with @tf.function.
        Tensor 'x:0' (made at ...) has no value until a session runs it.
        For a conditional in the graph write tf.cond(x, fn1, fn2).
        To test whether a Python name holds a tensor write `if x is not None:`.
    """

    __slots__ = ("_op", "_value_index", "_dtype", "_shape", "_users", "_name", "_sliced", "__weakref__")
    __array_priority__ = 100  # so that numpy leaves `array + tensor` to the operators of Tensor
    OVERLOADABLE_OPERATORS: set[str] = set()
    _sliced: Any  # for a slice of a variable, what `assign` needs; unset elsewhere

    if TYPE_CHECKING:  # installed by `ops.operators`, which this floor does not know

        def _operator(self, *args: Any) -> Any: ...

        __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __matmul__ = __rmatmul__ = _operator
        __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = _operator
        __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = __lt__ = __le__ = __gt__ = __ge__ = _operator
        __neg__ = __abs__ = __invert__ = __getitem__ = _operator
        assign: Any

    def __init__(self, op: Operation, index: int, dtype: dtypes.DType, shape: TensorShape):
        self._op, self._value_index, self._dtype, self._shape = op, index, dtype, shape
        self._users: list[Operation] | None = None
        self._name: str | None = None

    op: Operation = read_only("_op", "The operation that produces this value.")
    value_index: int = read_only("_value_index", "Which of the operation's outputs this is.")
    dtype: dtypes.DType = read_only("_dtype", "The type of the elements.")
    graph: Any = read_only("_op._graph", "The `Graph` that holds the operation.")

    @property
    def name(self) -> str:
        """The operation's name and the output's index: "MatMul:0"."""
        if self._name is None:
            self._name = f"{self._op._name}:{self._value_index}"
        return self._name

    device: str = read_only("_op._device", 'The requested device, or "".')
    shape: TensorShape = read_only("_shape", "The static shape: the part that is known before anything runs.")

    def get_shape(self) -> TensorShape:
        """Return the static shape (TF1's older spelling)."""
        return self._shape

    def set_shape(self, shape: Any) -> None:
        """Refine the static shape by what you know; ValueError if it contradicts what is already known."""
        if shape is not self._shape:
            self._shape = merge(self._shape, as_shape(shape))

    @property
    def users(self) -> list[Operation] | None:
        """The operations that take this tensor: the list itself, or None if there is none yet."""
        graph = self._op._graph
        if graph._noted != len(graph._ops):
            graph._note_users()
        return self._users

    def consumers(self) -> list[Operation]:
        """Return the operations that take this tensor."""
        return list(self.users or ())

    def experimental_ref(self) -> Reference:
        """Return a hashable object that stands for this tensor; the tensor itself would do here."""
        return Reference(self)

    def eval(self, feed_dict: Any = None, session: Any = None) -> Any:
        """Compute this tensor in `session`, by default the default session; ValueError if there is none."""
        return session_for(self.graph, session, "evaluate", "tensor").run(self, feed_dict)

    def __copy__(self) -> Tensor:
        return self

    __hash__ = object.__hash__  # a feed_dict hashes each key, so this should not be a Python function

    def __eq__(self, other: Any) -> bool:  # identity, as in 1.x
        return self is other

    def __str__(self) -> str:
        shape = f", shape={self._shape}" if self._shape.ndims is not None else ""
        device = f", device={self.device}" if self.device else ""
        return f'Tensor("{self.name}"{shape}, dtype={self._dtype.name}{device})'

    def __repr__(self) -> str:
        return f"<tf.Tensor '{self.name}' shape={self._shape} dtype={self._dtype.name}>"
