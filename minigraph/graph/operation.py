"""`Operation` and `Tensor`: a node of the graph and one of its outputs, with TF1's public API."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, repeat
from typing import TYPE_CHECKING, Any

from minigraph.graph import dtypes, errors, provenance
from minigraph.graph.no_value import NoValue
from minigraph.graph.opdef import OpDef, attrs_of, input_counts
from minigraph.graph.reference import Reference
from minigraph.graph.shapes import TensorShape, as_shape, brackets

__all__ = ["Operation", "Tensor"]


class Operation:
    """A node of a `Graph`: an operation definition applied to tensors.

    Made by the public functions (`tf.matmul`…) through `apply`; never by hand.

    Example:
        >>> op = tf.add(1.0, 2.0, name="sum").op
        >>> op
        <tf.Operation 'sum' type=Add>
        >>> op.type, op.name, [t.name for t in op.inputs], op.get_attr("T")
        ('Add', 'sum', ['sum/x:0', 'sum/y:0'], tf.float32)
    """

    __slots__ = (
        "_op_def",
        "_name",
        "_graph",
        "_inputs",
        "_control_inputs",
        "_control_outputs",
        "_outputs",
        "_id",
        "_device",
        "_where",
        "_stage",
        "_extra_attrs",
        "_original_op",
        "__weakref__",
    )

    def __init__(
        self,
        graph: Any,
        op_def: OpDef,
        name: str,
        inputs: tuple,
        control_inputs: tuple,
        output_types: tuple,
        output_shapes: tuple,
        where: tuple,
        stage: str | None,
        device: str,
    ):
        self._graph, self._op_def, self._name = graph, op_def, name
        self._inputs, self._control_inputs = inputs, control_inputs
        self._control_outputs: list[Operation] | None = None
        self._id = -1
        self._where, self._stage, self._device = where, stage, device
        self._extra_attrs: dict[str, Any] | None = None
        self._original_op: Operation | None = None
        self._outputs = tuple(map(Tensor, repeat(self), count(), output_types, output_shapes))

    @property
    def op_def(self) -> OpDef:
        """The definition: attributes and rules."""
        return self._op_def

    @property
    def graph(self) -> Any:
        """The `Graph` that holds this node."""
        return self._graph

    @property
    def name(self) -> str:
        """The unique name."""
        return self._name

    @property
    def type(self) -> str:
        """The operation type, such as "MatMul"."""
        return self._op_def.type

    @property
    def inputs(self) -> tuple[Tensor, ...]:
        """The tensors that flow in."""
        return self._inputs

    @property
    def control_inputs(self) -> list[Operation]:
        """The operations that must run before this one without giving it a value."""
        return list(self._control_inputs)

    @property
    def control_outputs(self) -> list[Operation]:
        """The operations that wait for this one without taking a value."""
        return list(self._control_outputs or ())

    @property
    def outputs(self) -> list[Tensor]:
        """The tensors that flow out."""
        return list(self.values())

    def values(self) -> tuple[Tensor, ...]:
        """Return the tensors that flow out, as a tuple."""
        return self._outputs[: len(self._outputs) - self._op_def.hidden_outputs]

    @property
    def device(self) -> str:
        """The device asked for, such as "/device:CPU:0", or ""."""
        return self._device

    @property
    def where(self) -> tuple:
        """The frames of the user's program that made this node: see `provenance`."""
        return self._where

    @property
    def stage(self) -> str | None:
        """The part of a training op that this node belongs to ("gradients", "clipping"…), or None."""
        return self._stage

    @property
    def traceback(self) -> tuple[tuple, ...]:
        """(file, line, function, source line) of the frames that made this node, outermost first."""
        import linecache

        return tuple(
            [
                (c.co_filename, line, c.co_name, linecache.getline(c.co_filename, line).strip())
                for c, line in reversed(self._where)
            ]
        )

    @property
    def traceback_with_start_lines(self) -> tuple[tuple, ...]:
        """As `traceback`, with the first line of each function at the end."""
        lines = [code.co_firstlineno for code, _ in reversed(self._where)]
        return tuple([(*frame, line) for frame, line in zip(self.traceback, lines)])

    def colocation_groups(self) -> list[bytes]:
        """Return the groups of operations that are to run on one device, as b"loc:@name"."""
        found = (self._extra_attrs or {}).get("_class", ())
        groups = [g for g in found if g.startswith(b"loc:@")]
        return groups or [b"loc:@" + self._name.encode()]

    def get_attr(self, name: str) -> Any:
        """Return the value of an attribute; of a text its bytes, of several values a list, as TF1 does.

        Raises:
            ValueError: if the operation has no attribute of that name.
        """
        value = self._attr(name)
        if isinstance(value, tuple):
            return [v.encode() if isinstance(v, str) else v for v in value]
        return value.encode() if isinstance(value, str) else value

    def _attr(self, name: str) -> Any:
        if self._extra_attrs and name in self._extra_attrs:
            return self._extra_attrs[name]
        if name in self._op_def.fields:
            return self._op_def.attr(name)
        try:
            types = tuple([t._dtype.base_dtype for t in self._inputs])
            found = self._op_def.type_attr(name, types)
            return list(found) if isinstance(found, tuple) else found
        except (KeyError, IndexError):
            pass
        if name == "N" and any(spec.is_list for spec in self._op_def.specs):
            counts = input_counts(self._op_def, len(self._inputs))
            return next(n for n, spec in zip(counts, self._op_def.specs) if spec.is_list)
        raise ValueError(f"Operation '{self._name}' has no attr named '{name}'.")

    @property
    def attrs(self) -> dict[str, Any]:
        """All attributes, the types that were read off the inputs included."""
        found = attrs_of(self._op_def)
        for spec in self._op_def.specs:
            if spec.type:
                found[spec.type] = self._attr(spec.type)
            if spec.is_list and not spec.is_heterogeneous:
                found["N"] = self._attr("N")
        found.update(self._extra_attrs or {})
        return found

    def _set_attr(self, name: str, value: Any) -> None:
        if self._extra_attrs is None:
            self._extra_attrs = {}
        self._extra_attrs[name] = value

    @property
    def node_def(self) -> Any:
        """This node in the form of a GraphDef: name, op, input, device, attr; `str()` prints it as text."""
        from minigraph.graph.node_def import NodeDef

        return NodeDef(self)

    def run(self, feed_dict: Any = None, session: Any = None) -> None:
        """Run this operation in `session`, by default the default session."""
        from minigraph.graph.context import session_for

        session_for(self._graph, session, "execute", "operation").run(self, feed_dict)

    def __str__(self) -> str:
        return str(self.node_def)

    def __repr__(self) -> str:
        return f"<tf.Operation '{self._name}' type={self.type}>"


class Tensor(NoValue):
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
        To choose in the graph write tf.cond(x, fn1, fn2).
        To test whether a Python name holds a tensor write `if x is not None:`.
    """

    __slots__ = ("_op", "_index", "_dtype", "_shape", "_users", "_name", "_sliced", "__weakref__")
    __array_priority__ = 100  # so that numpy leaves `array + tensor` to the operators of Tensor
    OVERLOADABLE_OPERATORS: set[str] = set()
    _sliced: Any  # of a slice of a variable what `assign` needs; unset elsewhere

    if TYPE_CHECKING:  # installed by `ops.operators`, which this floor does not know

        def _operator(self, *args: Any) -> Any: ...

        __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __matmul__ = __rmatmul__ = _operator
        __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = _operator
        __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = __lt__ = __le__ = __gt__ = __ge__ = _operator
        __neg__ = __abs__ = __invert__ = __getitem__ = _operator

    def __init__(self, op: Operation, index: int, dtype: dtypes.DType, shape: TensorShape):
        self._op, self._index, self._dtype, self._shape = op, index, dtype, shape
        self._users: list[Operation] | None = None
        self._name: str | None = None

    @property
    def op(self) -> Operation:
        """The operation that gives this value."""
        return self._op

    @property
    def value_index(self) -> int:
        """Which of the operation's outputs this is."""
        return self._index

    @property
    def dtype(self) -> dtypes.DType:
        """The type of the elements."""
        return self._dtype

    @property
    def graph(self) -> Any:
        """The `Graph` that holds the operation."""
        return self._op._graph

    @property
    def name(self) -> str:
        """The operation's name and the output's index: "MatMul:0"."""
        if self._name is None:
            self._name = f"{self._op._name}:{self._index}"
        return self._name

    @property
    def device(self) -> str:
        """The device asked for, or ""."""
        return self._op._device

    @property
    def shape(self) -> TensorShape:
        """The static shape: what is known before anything runs."""
        return self._shape

    def get_shape(self) -> TensorShape:
        """Return the static shape (TF1's older spelling)."""
        return self._shape

    def set_shape(self, shape: Any) -> None:
        """Add what you know to the static shape.

        Raises:
            ValueError: if it contradicts what is known already.
        """
        given = as_shape(shape)
        if given is self._shape:
            return
        if not self._shape.is_compatible_with(given):
            raise ValueError(_contradiction(self._shape, given))
        self._shape = self._shape.merge_with(given)

    @property
    def _consumers(self) -> list[Operation] | None:
        graph = self._op._graph
        if graph._noted != len(graph._ops):
            graph._note_users()
        return self._users

    def consumers(self) -> list[Operation]:
        """Return the operations that take this tensor."""
        return list(self._consumers or ())

    def experimental_ref(self) -> Reference:
        """Return what stands for this tensor where something hashable is wanted; the tensor itself does as well
        here.
        """
        return Reference(self)

    def eval(self, feed_dict: Any = None, session: Any = None) -> Any:
        """Run what this tensor needs and return its value.

        Args:
            feed_dict: values for placeholders or other tensors.
            session: the session, by default the default one.

        Raises:
            ValueError: if there is no session.
        """
        from minigraph.graph.context import session_for

        return session_for(self.graph, session, "evaluate", "tensor").run(self, feed_dict)

    def _not_allowed(self, task: str, advice: str) -> errors.OperatorNotAllowedInGraphError:
        return errors.OperatorNotAllowedInGraphError(
            f"{task} is not allowed in Graph execution. Use Eager execution or decorate this function with "
            f"@tf.function.\nTensor '{self.name}' (made at {where_text(self._op)}) has no value until a session runs "
            f"it.\n{advice}"
        )

    def __bool__(self) -> bool:
        from minigraph.graph.advice import code, name_of

        told = code(f"tf.cond({name_of(self, 'pred')}, fn1, fn2)", "pred", "fn1", "fn2")
        raise self._not_allowed(
            "using a `tf.Tensor` as a Python `bool`",
            f"To choose in the graph write {told}.\n"
            "To test whether a Python name holds a tensor write `if x is not None:`.",
        )

    def __iter__(self) -> Iterator:
        known = self._shape.tuple
        from minigraph.graph.advice import code, name_of

        name = name_of(self)
        first = (
            f"{code(f'{name}.set_shape({[10, *known[1:]]})', 'x')}, with the right number, then "
            if known and known[0] is None
            else ""
        )
        rows = code(f"tf.unstack({name})", "x") if known else "a list of tensors in its place"
        raise self._not_allowed("iterating over `tf.Tensor`", f"Its shape is {self._shape}; write {first}{rows}.")

    def __len__(self) -> int:
        from minigraph.graph.advice import code, name_of

        size = code(f"tf.shape({name_of(self)})[0]", "x")
        raise TypeError(
            f"len is not well defined for symbolic Tensors. ({self.name}) Please call `x.shape` rather "
            f"than `len(x)` for shape information.\nThe size in a run is {size}."
        )

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(
            f"Cannot convert a symbolic Tensor ({self.name}) to a numpy array.\n"
            f"It was made at {where_text(self._op)} and has no value until a session runs it.\n"
            "Use the operation of tf in place of numpy's, or numpy on sess.run(x)."
        )

    def __copy__(self) -> Tensor:
        return self

    __hash__ = object.__hash__  # a feed_dict takes the hash of each key, so it should be no function of Python's

    def __eq__(self, other: Any) -> bool:  # identity, as in 1.x
        return self is other

    def __str__(self) -> str:
        shape = f", shape={self._shape}" if self._shape.ndims is not None else ""
        device = f", device={self.device}" if self.device else ""
        return f'Tensor("{self.name}"{shape}, dtype={self._dtype.name}{device})'

    def __repr__(self) -> str:
        return f"<tf.Tensor '{self.name}' shape={self._shape} dtype={self._dtype.name}>"


def _contradiction(known: TensorShape, given: TensorShape) -> str:
    if known.ndims != given.ndims:
        return f"Shapes must be equal rank, but are {known.ndims} and {given.ndims}"
    sizes = zip(known.as_list(), given.as_list())
    at, (a, b) = next((i, pair) for i, pair in enumerate(sizes) if None not in pair and pair[0] != pair[1])
    return (
        f"Dimension {at} in both shapes must be equal, but are {a} and {b}. Shapes are {brackets(known)} and "
        f"{brackets(given)}."
    )


def where_text(op: Operation) -> str:
    """Return "train.py:12", the line that made `op`."""
    return provenance.format_where(op._where)
