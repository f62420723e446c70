"""Variable scopes: `get_variable`, and the rules by which variables are named and shared."""
from __future__ import annotations

import enum
import functools
import inspect
from typing import Any, Callable

from minigraph.graph import dtypes
from minigraph.graph.collections import GraphKeys
from minigraph.graph.context import default_graph, get_collection, get_default_graph, graph_of, name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.variables.store import current_store, get_single
from minigraph.variables.variable import Variable, VariableAggregation, VariableSynchronization

__all__ = ["AUTO_REUSE", "VariableScope", "get_variable", "get_local_variable", "get_variable_scope", "variable_scope",
           "variable_op_scope", "no_regularizer"]


class _ReuseMode(enum.Enum):
    AUTO_REUSE = 1


AUTO_REUSE = _ReuseMode.AUTO_REUSE


def no_regularizer(_: Any) -> None:
    """A regularizer that regularizes nothing; keeps a scope's own from a variable."""


class VariableScope:
    """The settings in force for `get_variable`: a name prefix, whether to share, and defaults.

    Made by `variable_scope`; see there for the settings.
    """

    def __init__(self, reuse: Any, name: str = "", initializer: Any = None, regularizer: Any = None,
                 caching_device: Any = None, partitioner: Any = None, custom_getter: Any = None, name_scope: str = "",
                 dtype: Any = dtypes.float32, use_resource: bool | None = None, constraint: Any = None):
        self._name, self._reuse, self._original_name_scope = name, reuse, name_scope
        self._settings = dict(initializer=initializer, regularizer=regularizer, caching_device=caching_device,
                              partitioner=partitioner, custom_getter=custom_getter, dtype=dtype,
                              use_resource=use_resource, constraint=constraint)

    @property
    def name(self) -> str:
        """The prefix of the variables' names, without a slash at the end."""
        return self._name

    @property
    def original_name_scope(self) -> str:
        """The name scope that was opened with this scope."""
        return self._original_name_scope

    @property
    def reuse(self) -> Any:
        """False, True or AUTO_REUSE."""
        return self._reuse

    def reuse_variables(self) -> None:
        """From here on, share the variables that exist."""
        self._reuse = True

    def get_collection(self, name: str) -> list:
        """The items of a collection whose names are in this scope."""
        return get_collection(name, self._name + "/" if self._name else "")

    def trainable_variables(self) -> list:
        """The trainable variables in this scope."""
        return self.get_collection(GraphKeys.TRAINABLE_VARIABLES)

    def global_variables(self) -> list:
        """The global variables in this scope."""
        return self.get_collection(GraphKeys.GLOBAL_VARIABLES)

    def local_variables(self) -> list:
        """The local variables in this scope."""
        return self.get_collection(GraphKeys.LOCAL_VARIABLES)

    def get_variable(self, name: str, **options: Any) -> Variable:
        """`get_variable` with this scope's settings; `options` that are None take the scope's."""
        full_name = f"{self._name}/{name}" if self._name else name
        if options.get("reuse") is None:
            options["reuse"] = self._reuse
        initializer, dtype = options.get("initializer"), options.get("dtype")
        with name_scope(None):
            if dtype is not None and initializer is not None and not callable(initializer):
                found = convert_to_tensor(initializer).dtype.base_dtype
                if found != dtypes.as_dtype(dtype):
                    raise ValueError(f"Initializer type '{found}' and explicit dtype '{dtypes.as_dtype(dtype)}' don't "
                                     "match.")
            for key, value in self._settings.items():
                if options.get(key) is None:
                    options[key] = value
            getter = options.pop("custom_getter")
            if getter is None:
                return get_single(full_name, **options)
            if not callable(getter):
                raise ValueError(f"Passed a custom_getter which is not callable: {getter}")
            return getter(getter=get_single, name=full_name, **_spelled_out(getter, options))


def _spelled_out(getter: Callable, options: dict) -> dict:
    """What a custom getter is called with: it sees the defaults, and `constraint` only where it knows of it."""
    defaults = dict(trainable=True, synchronization=VariableSynchronization.AUTO, aggregation=VariableAggregation.NONE)
    options = {**options, **{key: value for key, value in defaults.items() if options.get(key) is None}}
    parameters = inspect.signature(getter).parameters.values()
    if not any(p.name == "constraint" or p.kind is p.VAR_KEYWORD for p in parameters):
        del options["constraint"]
    return options


def _setting(key: str) -> None:
    def set_value(self: VariableScope, value: Any) -> None:
        self._settings[key] = value
    set_value.__doc__ = f"Sets the scope's {key}."
    set_value.__name__ = f"set_{key}"
    setattr(VariableScope, f"set_{key}", set_value)
    setattr(VariableScope, key, property(lambda self: self._settings[key], doc=f"The scope's {key}."))


for _key in ("initializer", "regularizer", "caching_device", "partitioner", "custom_getter", "dtype", "use_resource",
             "constraint"):
    _setting(_key)


def get_variable_scope() -> VariableScope:
    """Gives the variable scope in force.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.variable_scope("layer"):
        ...     print(tf.get_variable_scope().name)
        layer
    """
    store = current_store().scopes
    if store.current is None:
        store.current = VariableScope(False)
    return store.current


def get_variable(name: str, shape: Any = None, dtype: Any = None, initializer: Any = None, regularizer: Any = None,
                 trainable: bool | None = None, collections: Any = None, caching_device: Any = None,
                 partitioner: Any = None, validate_shape: bool = True, use_resource: bool | None = None,
                 custom_getter: Any = None, constraint: Any = None, synchronization: Any = None,
                 aggregation: Any = None) -> Variable:
    """Makes a variable, or gives the one of that name where the scope shares variables.

    Args:
        name: its name within the variable scope.
        shape: its shape; not with an initializer that is a value.
        dtype: its element type, float32 by default.
        initializer: a function of (shape, dtype) such as `tf.zeros_initializer()`, a class of such, or a value;
            by default the scope's, else Glorot's uniform one for floats and zeros for integers.
        regularizer: a function of the variable; its result goes to the collection REGULARIZATION_LOSSES.
        trainable, collections, caching_device, validate_shape, constraint: as for `Variable`.
        custom_getter: a function `getter(true_getter, name, **options)` called in place of this one.
        use_resource: True for a resource variable; by default what the scope says.
        partitioner, synchronization, aggregation: accepted, as in TF1 (a partitioner is an error).

    Raises:
        ValueError: if the variable exists and is not to be shared, is to be shared and does not exist, or has another
            shape or dtype.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     for _ in range(2):
        ...         with tf.variable_scope("layer", reuse=tf.AUTO_REUSE):
        ...             print(tf.get_variable("w", [2, 3]))
        <tf.Variable 'layer/w:0' shape=(2, 3) dtype=float32_ref>
        <tf.Variable 'layer/w:0' shape=(2, 3) dtype=float32_ref>
    """
    return get_variable_scope().get_variable(
        name, shape=shape, dtype=dtype, initializer=initializer, regularizer=regularizer, trainable=trainable,
        collections=collections, caching_device=caching_device, partitioner=partitioner, validate_shape=validate_shape,
        use_resource=use_resource, custom_getter=custom_getter, constraint=constraint, synchronization=synchronization,
        aggregation=aggregation)


def get_local_variable(name: str, *args: Any, **options: Any) -> Variable:
    """As `get_variable`, for a variable that is not trained and not saved: in the collection LOCAL_VARIABLES."""
    if options.get("collections"):
        options["collections"] = [*options["collections"], GraphKeys.LOCAL_VARIABLES]
    else:
        options["collections"] = [GraphKeys.LOCAL_VARIABLES]
    options["trainable"] = False
    return get_variable(name, *args, **options)


class variable_scope:
    """A scope for `get_variable`: prefixes names (of operations too) and sets whether variables are shared.

    Args:
        name_or_scope: a name within the scope in force, or a `VariableScope` to enter again.
        default_name: used, made unique, where `name_or_scope` is None.
        values: tensors that choose the graph.
        initializer, regularizer, caching_device, custom_getter, dtype, constraint: defaults for `get_variable` inside.
        reuse: True: only share; AUTO_REUSE: share or make; None or False: as the scope around.
        use_resource: True makes the variables inside resource variables.
        partitioner: accepted, as in TF1.
        auxiliary_name_scope: False leaves the name scope of operations as it is.

    Raises:
        TypeError: if `name_or_scope` is neither name nor scope.
        ValueError: if neither name is given, or `reuse` without a name.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     with tf.variable_scope("model"):
        ...         w = tf.get_variable("w", [])
        ...     with tf.variable_scope("model", reuse=True):
        ...         print(tf.get_variable("w") is w, tf.constant(1.0).name)
        True model_1/Const:0
    """

    def __init__(self, name_or_scope: Any, default_name: str | None = None, values: Any = None, initializer: Any = None,
                 regularizer: Any = None, caching_device: Any = None, partitioner: Any = None,
                 custom_getter: Any = None, reuse: Any = None, dtype: Any = None, use_resource: bool | None = None,
                 constraint: Any = None, auxiliary_name_scope: bool = True):
        if default_name is None and name_or_scope is None:
            raise TypeError("If default_name is None then name_or_scope is required")
        if not (name_or_scope is None or isinstance(name_or_scope, (str, VariableScope))):
            raise TypeError("VariableScope: name_or_scope must be a string or VariableScope.")
        if not isinstance(auxiliary_name_scope, bool):
            raise TypeError(f"The auxiliary_name_scope must be `True` or `False`, while get {auxiliary_name_scope}")
        if reuse not in (None, False, True, AUTO_REUSE):
            raise ValueError("The reuse parameter must be True or False or None.")
        if name_or_scope is None and reuse:
            raise ValueError("reuse=True cannot be used without a name_or_scope")
        self._name_or_scope, self._default_name = name_or_scope, default_name
        self._reuse = reuse or None         # False is None: a scope inside a sharing one shares
        self._values, self._auxiliary = values or (), auxiliary_name_scope
        self._given = dict(initializer=initializer, regularizer=regularizer, caching_device=caching_device,
                           partitioner=partitioner, custom_getter=custom_getter, dtype=dtype, use_resource=use_resource,
                           constraint=constraint)
        self._entered: list = []

    def __enter__(self) -> VariableScope:
        graph = graph_of(self._values)
        opened: list = []
        try:
            if graph is not get_default_graph():
                opened.append(default_graph(graph))
                opened[-1].__enter__()
            wanted = self._name_or_scope
            op_scope = self._open_name_scope(graph, opened)
            whole = current_store()
            store = whole.scopes
            old, counts = get_variable_scope(), None
            if isinstance(wanted, VariableScope):
                scope = self._again(wanted, op_scope)
                store.open(scope.name)
                counts = dict(store.opened)
            else:
                scope = self._below(old, wanted if wanted is not None else store.unique(self._default_name or ""),
                                    op_scope)
                store.open(scope.name)
            store.current = scope
            if opened and op_scope:
                whole.opened_with[op_scope[:-1]] = scope.name
            self._entered.append((store, scope, old, counts, opened))
            return scope
        except BaseException:
            for c in reversed(opened):
                c.__exit__(None, None, None)
            raise

    def _open_name_scope(self, graph: Any, opened: list) -> str:
        """Opens the name scope that goes with the variable scope; gives its full name."""
        wanted = self._name_or_scope
        if not self._auxiliary:
            name = graph.get_name_scope()
            return name + "/" if name else ""
        name = wanted if isinstance(wanted, str) else \
            self._default_name if wanted is None else wanted.name.split("/")[-1]
        if not name:
            return ""
        opened.append(graph.name_scope(name))
        return opened[-1].__enter__()

    def _again(self, scope: VariableScope, op_scope: str) -> VariableScope:
        """Enters a scope again: with its own settings and name, wherever we are."""
        reuse = self._reuse or scope.reuse
        return self._with_settings(VariableScope(reuse, scope.name, name_scope=scope.original_name_scope), scope)

    def _below(self, outer: VariableScope, name: str, op_scope: str) -> VariableScope:
        full = f"{outer.name}/{name}" if outer.name else name
        return self._with_settings(VariableScope(self._reuse or outer.reuse, full, name_scope=op_scope), outer)

    def _with_settings(self, scope: VariableScope, outer: VariableScope) -> VariableScope:
        for key, given in self._given.items():
            inherited = outer._settings[key]
            if key == "custom_getter" and given is not None and inherited is not None:
                given = _chain(given, inherited)
            elif key == "constraint":
                inherited = None        # TF1 does not hand constraints down
            scope._settings[key] = inherited if given is None else given
        return scope

    def __exit__(self, *error: Any) -> None:
        store, scope, old, counts, opened = self._entered.pop()
        try:
            if store.current is not scope:
                raise RuntimeError("Improper nesting of variable_scope.")
            if counts is not None:
                store.opened.clear()
                store.opened.update(counts)
            else:
                store.close_below(scope.name)
            store.current = old
        finally:
            for c in reversed(opened):
                c.__exit__(*error)


def _chain(inner: Callable, outer: Callable) -> Callable:
    """A custom getter inside a scope with one: the inner sees the outer as the true getter."""
    def chained(getter: Callable, *args: Any, **options: Any) -> Any:
        return inner(functools.partial(outer, getter), *args, **options)
    return chained


def variable_op_scope(values: Any, name_or_scope: Any, default_name: str | None = None, **options: Any) -> Any:
    """The older form of `variable_scope`, with `values` first."""
    return variable_scope(name_or_scope, default_name, values, **options)
