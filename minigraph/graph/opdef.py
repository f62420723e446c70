"""`OpDef`: what an operation *is*, as a frozen value with its attributes and rules.

A definition knows nothing of the graph that contains it. Its class name is TF1's operation type, its fields (the
annotated names, as in a dataclass) are TF1's attributes, its methods are the rules, all of which take the operation's
inputs in the same order. An attribute with the name of a rule is a field with a trailing underscore:
`dtype_`, `shape_`.

Each input is declared as `"name: type"`:

    inputs = ("x", "y")                      both of the same type, T
    inputs = ("input: T", "axis: Tidx")      two types, each inferred from its input
    inputs = ("pred: bool", "image: float32")  fixed types
    inputs = ("*values: T", "axis: Tidx")    any number, all of one type
    inputs = ("*data: *T",)                  any number, each with its own type
    inputs = ("ref: &T", "value: T")         the cell of a variable, not a value

and `outputs` likewise, where a type may also be a field that holds one; "num * output: T" is a list as long as `num`
says. "output" needs no name; that of a single output of type T stands in the head: `class Add(OpDef, output="z")`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.input_spec import InputSpec, parse_spec
from minigraph.graph.op_args import input_args, output_args
from minigraph.graph.read_only import read_only
from minigraph.graph.shapes import TensorShape, brackets, broadcast, unknown_shape

if TYPE_CHECKING:
    from typing import dataclass_transform  # Python 3.11 and later
else:

    def dataclass_transform(**_):
        """Describe definitions to a type checker; there is nothing to do at run time."""
        return lambda kind: kind


__all__ = ["OpDef", "need_kernel", "no_gradient", "scalar"]


@dataclass_transform(frozen_default=True, eq_default=False)
class OpDef:
    """The base class of all operation definitions; see the module's docstring for the declarations.

    It is made like a dataclass: the fields in order or by name. (A dataclass would write four functions for each of
    some hundred classes whenever the package is imported.)

    Example:
        >>> class Twice(OpDef):
        ...     inputs = ("x",)
        ...     def kernel(self, xp, x): return x + x
        >>> Twice() == Twice(), Twice().type, Twice().is_pure
        (True, 'Twice', True)
        >>> class Times(Twice):
        ...     count: int
        ...     exact: bool = True
        >>> Times(3), Times(3) == Times(count=3, exact=True)
        (Times(count=3, exact=True), True)
    """

    # What a definition may declare:
    inputs: ClassVar[tuple[str, ...]] = ()
    outputs: ClassVar[tuple[str, ...]] = ("T",)
    # for a type letter, or a field that holds a type, the dtypes that it may stand for (others raise TF1's TypeError)
    allowed: ClassVar[dict[str, tuple]] = {}
    choices: ClassVar[dict[str, tuple[str, ...]]] = {}  # for a field that holds a word, the allowed words
    minimum: ClassVar[dict[str, int]] = {}  # the smallest value of a numeric field, the least length of a list input
    lengths: ClassVar[dict[str, str]] = {}  # for each list input the field that has its length, where these differ
    type_defaults: ClassVar[dict[str, dtypes.DType]] = {}  # for a type letter the dtype of Python values by themselves
    # indices of inputs whose constant value the shape rule needs: it gets a `StaticInput` there; `...` for all
    static_inputs: ClassVar[Any] = ()
    shape_inputs: ClassVar[tuple[int, ...]] = ()  # those of them that are read as shapes
    reads: ClassVar[tuple[int, ...]] = ()  # indices of ref inputs whose cell is read (and so must have a value)
    writes: ClassVar[tuple[int, ...]] = ()  # indices of ref inputs whose cell is written
    # passes on the memory of an input if there is nothing to compute: its kernel then returns that input, or a view of
    # all of it; the results of other operations never share memory with a variable
    forwards: ClassVar[bool] = False
    chooses: ClassVar[bool] = False  # forwards one of its other inputs, which the first one decides if it is a scalar
    elementwise: ClassVar[bool] = False  # an update by a formula for elements: all arrays have one shape, or none
    must_feed: ClassVar[bool] = False  # has no value of its own: each run must feed one
    stateful: ClassVar[bool] = False  # has state in each session (`initial_state`), passed to the kernel as `state=`
    holds_resource: ClassVar[bool] = False  # its state is a `Resource`, to which its output is a handle
    side_effect: ClassVar[bool] = False  # does more than compute values: never folded, merged or dropped
    calls_back: ClassVar[bool] = False  # calls a user function, which may run the session again
    waits: ClassVar[bool] = False  # may wait for another run; no lock is held meanwhile
    kills: ClassVar[bool] = False  # may give `DEAD` for an output: what takes that does not run
    takes_dead: ClassVar[bool] = False  # runs unless all of its inputs are `DEAD`
    # names of fields that hold a `FuncGraph`: the kernel gets them as callables, `functions=`, and the shape rule as
    # functions of shapes when a run is recorded; the gradient rule gets what differentiates them, `differentiate=`
    functions: ClassVar[tuple[str, ...]] = ()
    hidden_outputs: ClassVar[int] = 0  # the number of last outputs that `Operation.outputs` does not show
    # its name is also a name scope for inputs made of Python values, and so must be valid as one
    opens_scope: ClassVar[bool] = True

    # What follows from the declarations:
    is_base: ClassVar[bool] = True  # only there for others to inherit from: `class Rows(OpDef, base=True)`
    specs: ClassVar[tuple[InputSpec, ...]] = ()
    has_lists: ClassVar[bool] = False
    results: ClassVar[tuple[InputSpec, ...]] = ()  # the declared outputs, parsed
    places: ClassVar[dict[str, int]] = {}  # type attribute: the first declared input with it
    type: ClassVar[str] = "OpDef"
    fields: ClassVar[dict[str, str]] = {}  # TF1's attribute name: the field that holds it
    float_fields: ClassVar[tuple[str, ...]] = ()
    required: ClassVar[tuple[str, ...]] = ()  # the fields without a default
    _only: ClassVar[Any] = None  # the one object of a type without fields

    def __init_subclass__(cls, base: bool = False, output: str = "", **kwargs: Any):
        super().__init_subclass__(**kwargs)
        cls.outputs = (f"{output}: T",) if output else cls.outputs
        cls.is_base = base or cls.__name__.startswith("_")
        cls.specs = tuple(parse_spec(text) for text in cls.inputs)
        cls.has_lists = any(spec.is_list for spec in cls.specs)
        cls.results = tuple(parse_spec(text if ":" in text else f"output: {text}") for text in cls.outputs)
        cls.places = {spec.type: i for i, spec in reversed(list(enumerate(cls.specs)))}
        cls.type = cls.__name__
        own = {n: kind for n, kind in cls.__annotations__.items() if "ClassVar" not in str(kind)}
        above: list[Any] = [base for base in reversed(cls.__bases__) if hasattr(base, "fields")]
        cls.fields = {k: n for base in above for k, n in base.fields.items()} | {n.rstrip("_"): n for n in own}
        floats = [n for base in above for n in base.float_fields] + [n for n in own if own[n] in (float, "float")]
        cls.float_fields = tuple(dict.fromkeys(floats))
        cls.required = tuple(n for n in cls.fields.values() if not hasattr(cls, n))
        for name in cls.float_fields:
            if name in cls.__dict__:
                setattr(cls, name, _single(cls.__dict__[name]))
        cls._only = None if cls.fields else object.__new__(cls)

    def __new__(cls, *values: Any, **named: Any):
        """Return one shared object for all definitions of a type without fields, of which a graph has many."""
        return object.__new__(cls) if cls._only is None else cls._only

    def __init__(self, *values: Any, **named: Any):
        if values or named:
            names = self.fields.values()
            given = dict(zip(names, values))
            wrong = named.keys() & given.keys() or named.keys() - set(names)
            if wrong or len(values) > len(names):
                why = f"{min(wrong)} is unknown or given twice" if wrong else "too many values"
                raise TypeError(f"{self.type} has the fields ({', '.join(names)}): {why}")
            given |= named
            given |= {name: _single(given[name]) for name in self.float_fields if name in given}
            self.__dict__.update(given)
        missing = [name for name in self.required if name not in self.__dict__]
        if missing:
            raise TypeError(f"{self.type} needs a value for {', '.join(missing)}")

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"cannot assign to field {name!r}: a definition is a value")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"cannot delete field {name!r}: a definition is a value")

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.fields.values())
        return f"{type(self).__qualname__}({fields})"

    name = read_only("type", "The operation type, as in `op.op_def.name`.")

    input_arg = property(input_args, doc="The declared inputs, in the form of TensorFlow's OpDef.")
    output_arg = property(output_args, doc="The declared outputs, in the form of TensorFlow's OpDef.")

    @property
    def is_pure(self) -> bool:
        """True if operations of this type may be folded, merged and moved."""
        if self.stateful or self.side_effect or self.writes or self.reads:
            return False
        return not self.functions or all(getattr(self, name).is_pure for name in self.functions)

    @property
    def has_state(self) -> bool:
        """True if TF1 counts the type as stateful, and with it a conditional that has it in a branch."""
        return any(getattr(self, name).has_state for name in self.functions) if self.functions else not self.is_pure

    def __eq__(self, other: Any) -> bool:
        return type(self) is type(other) and all(getattr(self, n) == getattr(other, n) for n in self.fields.values())

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, n) for n in self.fields.values())))

    def attr(self, name: str) -> Any:
        """Return the attribute of that TF1 name; KeyError if there is none."""
        return getattr(self, self.fields[name])

    # The rules, with their defaults.

    def dtype(self, *input_types: Any) -> Any:
        """Return the output types (one dtype or a tuple) for the inputs' base dtypes; those declared by default."""
        return tuple([self._output_type(spec, input_types) for spec in self.results])

    def _output_type(self, spec: InputSpec, input_types: tuple) -> dtypes.DType:
        if spec.type in self.fields:
            found = self.attr(spec.type)
        else:
            found = spec.dtype or self.type_attr(spec.type, input_types)
        return found._as_ref if spec.is_ref else found

    def type_attr(self, name: str, input_types: tuple) -> Any:
        """Infer the type attribute `name` from the inputs (a tuple for a list of mixed types)."""
        if not self.has_lists:
            return input_types[self.places[name]]
        at = 0
        for spec, count in zip(self.specs, input_counts(self, len(input_types))):
            if spec.type == name:
                return tuple(input_types[at : at + count]) if spec.is_heterogeneous else input_types[at]
            at += count
        raise KeyError(name)

    def shape(self, *shapes: Any, **extra: Any) -> Any:
        """Return the output shape(s); by default that of an elementwise operation with broadcasting."""
        if not shapes:
            return unknown_shape()
        result = shapes[0]
        for other in shapes[1:]:
            result = broadcast(result, other)
        return result

    def as_shape(self, *inputs: Any) -> TensorShape | None:
        """Return the known part of the output read as a shape (inputs are `StaticInput`s), or None if there is none."""
        return None

    def static_value(self, *inputs: Any) -> Any:
        """Return the output's value (numpy) if the static shapes of the inputs (`StaticInput`s) determine it.

        Otherwise None. Operations on constants do not need it: their kernel is run.
        """
        return None

    def kernel(self, xp: Any, *arrays: Any, **extra: Any) -> Any:
        """Compute the output array(s) with functions of the namespace `xp` (numpy or jax.numpy)."""
        raise NotImplementedError(f"{self.type} has no kernel")

    def failure(self, *arrays: Any) -> str | None:
        """Return TF1's message for a kernel failure on these arrays, or None if the kernel's own message will do."""
        if type(self).shape is not OpDef.shape or len(arrays) != 2:
            return None
        a, b = (np.shape(array) for array in arrays)
        fits = all(m == n or 1 in (m, n) for m, n in zip(reversed(a), reversed(b)))
        return None if fits else f"Incompatible shapes: {brackets(a)} vs. {brackets(b)}"

    def update(self, xp: Any, *arrays: Any, **extra: Any) -> Any:
        """Compute, for an operation with `writes`, the new value(s) of the cells that it writes, in that order."""
        raise NotImplementedError(f"{self.type} has no update rule")

    # For an operation that writes a few elements of its cells: `write(*arrays)` changes the cells' arrays in place.
    # It checks everything before it changes anything. The `update` rule, on copies, is then `write_copies`.
    write: ClassVar[Callable | None] = None

    def write_copies(self, *arrays: Any) -> Any:
        """Compute the result of `update` by calling `write` on copies of the old values."""
        given = [array.copy() if i in self.writes else array for i, array in enumerate(arrays)]
        self.write(*given)  # type: ignore[misc]
        results = tuple([given[i] for i in self.writes])
        return results if len(results) > 1 else results[0]

    def initial_state(self, name: str) -> Any:
        """Return the state with which a `stateful` operation starts in a new session."""
        return None

    def gradient(self, tf: Any, dy: Any, y: Any, /, *inputs: Any, **extra: Any) -> Any:
        """Build the gradient for each input (tensor, IndexedSlices or None) with the operations in the namespace `tf`.

        `dy` and `y` are lists if there are several outputs.
        """
        raise LookupError(f"No gradient defined for operation type {self.type}")


# Rules that many definitions share: `gradient = no_gradient`, `shape = scalar`.


def no_gradient(self: OpDef, tf: Any, dy: Any, y: Any, /, *inputs: Any) -> list[None]:
    """Return None for each input: no gradient flows through the operation, as in TF1."""
    return [None] * len(inputs)


def scalar(self: OpDef, *shapes: Any) -> TensorShape:
    """Return the shape of an operation whose result is a scalar."""
    return TensorShape.of(())


def need_kernel(op_def: OpDef, x: Any, kinds: str) -> None:
    """Reject types with which TF1 can build a graph but has no kernel to run it; `kinds` are those that have one."""
    if x.dtype.kind not in kinds:
        attrs = f"[T=DT_{dtypes.as_dtype(x.dtype).name.upper()}]"
        text = f"No OpKernel was registered to support Op '{op_def.type}' with these attrs: {attrs}"
        raise errors.InvalidArgumentError(None, None, text)


def _single(number: Any) -> float:
    """Return a number in the single precision of TF1's attributes."""
    return float(np.float32(number))


@functools.cache
def ref_positions(op_def_type: Any, count: int, handles: bool = False) -> tuple[int, ...]:
    """Return the positions, among `count` inputs, of those that an operation of that type takes as cells.

    With `handles`, also those that may have any type: a handle is passed on as it is.
    """
    if not (handles or any(spec.is_ref for spec in op_def_type.specs)):
        return ()
    counts = input_counts(op_def_type, count)
    specs = [spec for spec, length in zip(op_def_type.specs, counts) for _ in range(length)]
    return tuple([i for i, spec in enumerate(specs) if spec.is_ref or handles and spec.dtype is None])


def input_counts(op_def: Any, count: int) -> list[int]:
    """Return how many of `count` inputs belong to each declared input; lists of unknown length are equally long."""
    known = [_length(op_def, spec) for spec in op_def.specs]
    each = (count - sum(filter(None, known))) // max(1, known.count(None))
    return [each if length is None else length for length in known]


def _length(op_def: Any, spec: InputSpec) -> int | None:
    """Return the length of a declared input if an attribute says it: 1 if it is not a list."""
    given = getattr(op_def, op_def.lengths.get(spec.name, spec.type), None) if spec.is_list else 1
    return given if isinstance(given, int) else len(given) if isinstance(given, tuple) else None
