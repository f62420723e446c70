"""The store of a graph's shared variables: finds the one of a name, or makes it, as `reuse` demands."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable
from typing import Any

from minigraph.graph import dtypes, provenance
from minigraph.graph.code import code
from minigraph.graph.collections import GraphKeys
from minigraph.graph.default import get_default_graph
from minigraph.graph.scopes import atomic_scope, colocate_with, init_scope
from minigraph.graph.shapes import as_shape
from minigraph.graph.text import close_names, listed, message
from minigraph.variables.initializers.base import Initializer
from minigraph.variables.initializers.constant import zeros_initializer
from minigraph.variables.initializers.variance_scaling import glorot_uniform_initializer
from minigraph.variables.variable import Variable

__all__ = ["Store", "current_store", "default_initializer", "get_single"]


class _InForce(threading.local):
    """What each thread has of its own: the scope in force, and how often each scope was opened."""

    def __init__(self) -> None:
        self.opened: dict[str, int] = {}  # default names are made unique by it
        self.current: Any = None  # a `VariableScope`; None where none was asked for yet

    def open(self, name: str) -> None:
        """Count the scope; the count is taken back where an atomic block fails."""
        opened, before = self.opened, self.opened.get(name, 0)
        opened[name] = before + 1
        get_default_graph().on_rollback(lambda: opened.update({name: before}))

    def close_below(self, name: str) -> None:
        """Forget what was opened inside the scope: entered again, it gives the same default names again."""
        for key in self.opened:
            if key.startswith(name + "/"):  # none is below "", as TF1 sees it: its names go on
                self.opened[key] = 0

    def unique(self, prefix: str) -> str:
        """Return a name within the scope in force that no scope has."""
        full = f"{self.current.name}/{prefix}" if self.current.name else prefix
        if not self.opened.get(full):
            return prefix
        i = 1
        while self.opened.get(f"{full}_{i}"):
            i += 1
        return f"{prefix}_{i}"


class Store:
    """The variables of a graph that `get_variable` made, and the scopes."""

    def __init__(self) -> None:
        self.variables: dict[str, Variable] = {}
        self.opened_with: dict[str, str] = {}  # the name scopes opened by variable scopes, and their names
        self.scopes = _InForce()


def current_store() -> Store:
    """Return the store of the default graph; a function body shares that of its outer graph."""
    graph = get_default_graph()
    while graph.outer_graph is not None:
        graph = graph.outer_graph
    return graph.kept("variables", Store)


def get_single(
    name: str,
    shape: Any = None,
    dtype: Any = dtypes.float32,
    initializer: Any = None,
    regularizer: Any = None,
    reuse: Any = None,
    trainable: bool | None = None,
    collections: Any = None,
    caching_device: Any = None,
    partitioner: Any = None,
    validate_shape: bool = True,
    use_resource: bool | None = None,
    constraint: Any = None,
    synchronization: Any = None,
    aggregation: Any = None,
) -> Variable:
    """Return the variable of that full name: the one that exists, or a new one, as `reuse` demands."""
    if partitioner is not None:
        raise ValueError(f"variable {name}: MiniGraph has no partitioned variables; leave out `partitioner`")
    is_value = initializer is not None and not callable(initializer)
    if shape is not None and is_value:
        raise ValueError("If initializer is a constant, do not specify shape.")
    dtype, shape = dtypes.as_dtype(dtype).base_dtype, as_shape(shape)
    existing = current_store().variables
    if name in existing:
        return _existing(name, existing[name], shape, dtype, reuse)
    if reuse is True:
        raise ValueError(_missing(name, existing))
    initial_value, variable_dtype = _initial_value(name, shape, dtype, initializer, is_value)
    graph = get_default_graph()
    with graph.atomic():
        v = Variable(
            initial_value,
            name=name,
            trainable=trainable,
            collections=collections,
            caching_device=caching_device,
            dtype=variable_dtype,
            validate_shape=validate_shape,
            constraint=constraint,
            use_resource=use_resource,
            synchronization=synchronization,
            aggregation=aggregation,
        )
        existing[name] = v
        graph.on_rollback(lambda: existing.pop(name, None))
        if regularizer is not None:
            _regularize(name, v, regularizer)
    return v


def _existing(name: str, found: Variable, shape: Any, dtype: dtypes.DType, reuse: Any) -> Variable:
    if not reuse:
        raise ValueError(_taken(name, found.op.where, provenance.user_trace(2)))
    if not shape.is_compatible_with(found.shape):
        raise ValueError(
            message(
                f"Trying to share variable {name}, but specified shape {shape} and found shape {found.shape}.",
                f"The variable was made at {provenance.format_chain(found.op.where)}.",
                "Give each its own scope, or both the same shape.",
            )
        )
    if not dtype.is_compatible_with(found.dtype):
        raise ValueError(
            message(
                f"Trying to share variable {name}, but specified dtype {dtype.name} and found dtype "
                f"{found.dtype.name}.",
                f"The variable was made at {provenance.format_chain(found.op.where)}.",
                f"Ask for it with {code(f'dtype=tf.{found.dtype.base_dtype.name}')}, and write "
                f"{code(f'tf.cast(v, tf.{dtype.name})', 'v')} where you need that type; or give each its own scope.",
            )
        )
    return found


def _taken(name: str, made: tuple, now: tuple) -> str:
    """Return the message for a variable that exists, by how it came to be asked for twice."""
    scope = name.rpartition("/")[0]
    share = code(
        f'with tf.variable_scope("{scope}", reuse=tf.AUTO_REUSE):'
        if scope
        else "with tf.variable_scope(tf.get_variable_scope(), reuse=tf.AUTO_REUSE):"
    )
    reset = code("tf.reset_default_graph()")
    if provenance.ran_again(made, now):
        advice = [
            "This cell ran before, and the graph still has what it made then.",
            f"Call {reset} at its top, and make a new session.",
        ]
    else:
        twice = ["The same line ran twice, in a function, a loop or a cell."] if made[:1] == now[:1] else []
        edited = (
            "one cell of a notebook that was edited and ran again wants"
            if provenance.in_two_cells(made, now)
            else "in a notebook, where a cell runs again, call"
        )
        advice = twice + [
            f"To share the variable write `{share}` around both.",
            f"For two variables give the scopes two names; {edited} {reset} first.",
        ]
    return message(
        f"Variable {name} already exists, disallowed. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in "
        "VarScope? Originally defined at:",
        f"  {provenance.format_chain(made)}",
        f"Asked for again at {provenance.format_chain(now)}.",
        *advice,
    )


def _missing(name: str, existing: dict) -> str:
    lines = [
        close_names(name, existing)
        or (f"There are: {listed(existing, 8)}." if existing else "No variable was made so far."),
        "With reuse=tf.AUTO_REUSE the first call makes it and the next ones share it.",
    ]
    if get_default_graph().get_stage() == "apply":
        lines = [
            "An optimizer makes variables of its own, and this one is built where reuse=True is in force.",
            "Build the optimizer outside of that scope.",
        ]
    return message(
        f"Variable {name} does not exist, or was not created with tf.get_variable(). Did you mean to set "
        "reuse=tf.AUTO_REUSE in VarScope?",
        f"Asked for at {provenance.format_chain(provenance.user_trace(2))}.",
        *lines,
    )


def default_initializer(name: str, dtype: dtypes.DType) -> Initializer:
    """Glorot's uniform one for floats, zeros for integers, booleans and text; ValueError for other types."""
    if dtype.is_floating:
        return glorot_uniform_initializer()
    if dtype.is_integer or dtype.is_bool or dtype == dtypes.string:
        return zeros_initializer()
    raise ValueError(f"An initializer for variable {name} of {dtype.base_dtype} is required")


def _initial_value(name: str, shape: Any, dtype: dtypes.DType, initializer: Any, is_value: bool) -> tuple:
    """Return what `Variable` takes as initial value, and the dtype to ask for."""
    if initializer is None:
        initializer = default_initializer(name, dtype)
    if is_value:
        return initializer, None
    if inspect.isclass(initializer):
        initializer = initializer()
    if shape.is_fully_defined():
        return _calls(initializer, shape.as_list(), dtype), dtype.base_dtype
    try:
        inspect.signature(initializer).bind()
    except TypeError:
        raise ValueError(
            "The initializer passed is not valid. It should be a callable with no arguments and the shape should not "
            "be provided or an instance of `tf.keras.initializers.*' and `shape` should be fully defined.\n"
            f"The shape of the new variable '{name}' is {shape}: give every size, as in "
            f"{code(f'tf.get_variable({name!r}, [2, 3])')}."
        ) from None
    return initializer, None


def _calls(initializer: Callable, shape: list, dtype: dtypes.DType) -> Callable:
    """Bind shape and dtype to an initializer; a user function need not accept `partition_info`."""
    parameters = inspect.signature(initializer).parameters
    takes_any = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    extra = {"partition_info": None} if takes_any or "partition_info" in parameters else {}
    if not takes_any and "dtype" not in parameters:
        return lambda: initializer(shape, **extra)
    return lambda: initializer(shape, dtype=dtype, **extra)


def _regularize(name: str, v: Variable, regularizer: Callable) -> None:
    with colocate_with(v), atomic_scope(name + "/Regularizer/"), init_scope():
        loss = regularizer(v)
    if loss is not None:
        get_default_graph().add_to_collection(GraphKeys.REGULARIZATION_LOSSES, loss)
