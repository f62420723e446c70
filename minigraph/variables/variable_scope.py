"""`variable_scope`: puts a variable scope in force, with the name scope that goes with it."""

from __future__ import annotations

from contextlib import ExitStack, nullcontext
from typing import Any

from minigraph.graph.default import default_graph, get_default_graph
from minigraph.graph.graph import graph_of
from minigraph.variables.custom_getters import chain
from minigraph.variables.scope import AUTO_REUSE, VariableScope, get_variable_scope, settings_among
from minigraph.variables.store import current_store

__all__ = ["PureScope", "unique_name", "variable_scope", "variable_op_scope"]


class PureScope:
    """A variable scope without a name scope.

    Like TF1's it can be entered again, and remembers the last time only: entered inside itself it can't be left twice.

    Args:
        wanted: a name below the scope in force, or a `VariableScope` to enter again.
        reuse: what to add to the sharing of that scope, or of the one around.
        given: the settings, None where there is none.
        op_scope: the name scope that a new scope remembers as its own.
    """

    def __init__(self, wanted: Any, reuse: Any, given: dict, op_scope: str | None = None):
        self._wanted, self._reuse, self._given, self._op_scope = wanted, reuse, given, op_scope
        self._store = current_store().scopes
        is_scope = isinstance(wanted, VariableScope)
        self._again = self._made(wanted, wanted.name, wanted.original_name_scope) if is_scope else None
        self._scope: Any = None

    def __enter__(self) -> VariableScope:
        store = self._store
        self._outer: Any = get_variable_scope()
        self._scope = self._again or self._below(self._outer)
        store.open(self._scope.name)
        self._counts = dict(store.opened) if self._again else None
        store.current = self._scope
        return self._scope

    def _below(self, outer: VariableScope) -> VariableScope:
        """Return a new scope below the one around."""
        name = f"{outer.name}/{self._wanted}" if outer.name else self._wanted
        return self._made(outer, name, self._wanted if self._op_scope is None else self._op_scope)

    def _made(self, base: VariableScope, name: str, name_scope: str) -> VariableScope:
        """Return a new scope with the settings of `base`, where no other is given."""
        settings = {}
        for key, inherited in base._settings.items():
            given = self._given.get(key)
            if key == "custom_getter" and given is not None and inherited is not None:
                given = chain(given, inherited)
            elif key == "constraint":
                inherited = None  # TF1 does not hand constraints down
            settings[key] = inherited if given is None else given
        return VariableScope(self._reuse or base.reuse, name, name_scope=name_scope, **settings)

    def __exit__(self, *error: Any) -> None:
        store = self._store
        if store.current is not self._scope:
            raise RuntimeError("Improper nesting of variable_scope.")
        if self._counts is None:
            store.close_below(self._scope.name)
        else:
            store.opened.clear()
            store.opened.update(self._counts)
        store.current = self._outer


def unique_name(prefix: str) -> str:
    """Return the prefix, made unique among the variable scopes within the current one."""
    get_variable_scope()
    return current_store().scopes.unique(prefix)


class variable_scope:
    """A scope for `get_variable`: prefixes names (of operations too) and sets whether variables are shared.

    Args:
        name_or_scope: a name within the scope in force, or a `VariableScope` to enter again.
        default_name: used, made unique, where `name_or_scope` is None.
        values: tensors that choose the graph.
        initializer, regularizer, caching_device, partitioner, custom_getter, dtype, constraint: defaults for
            `get_variable` inside.
        reuse: True: only share; AUTO_REUSE: share or make; None or False: as the scope around.
        use_resource: True makes the variables inside resource variables.
        auxiliary_name_scope: False leaves the name scope of operations as it is.

    Raises:
        TypeError: if `name_or_scope` is neither name nor scope.
        ValueError: if neither name is given, or `reuse` without a name.

    Example:
        >>> with tf.variable_scope("model"):
        ...     w = tf.get_variable("w", [])
        >>> with tf.variable_scope("model", reuse=True):
        ...     print(tf.get_variable("w") is w, tf.constant(1.0).name)
        True model_1/Const:0
    """

    def __init__(
        self,
        name_or_scope: Any,
        default_name: str | None = None,
        values: Any = None,
        initializer: Any = None,
        regularizer: Any = None,
        caching_device: Any = None,
        partitioner: Any = None,
        custom_getter: Any = None,
        reuse: Any = None,
        dtype: Any = None,
        use_resource: bool | None = None,
        constraint: Any = None,
        auxiliary_name_scope: bool = True,
    ):
        if default_name is None and name_or_scope is None:
            raise TypeError("If default_name is None then name_or_scope is required")
        if reuse not in (None, False, True, AUTO_REUSE):
            raise ValueError("The reuse parameter must be True or False or None.")
        if not isinstance(auxiliary_name_scope, bool):
            raise TypeError(f"The auxiliary_name_scope must be `True` or `False`, while get {auxiliary_name_scope}")
        self._name_or_scope, self._default_name = name_or_scope, default_name
        self._reuse = reuse or None  # False is None: a scope inside a sharing one shares
        self._graph, self._auxiliary = graph_of(values or ()), auxiliary_name_scope
        self._given = settings_among(locals())
        self._pure: Any = None  # this and the name scope are made at the first entering
        self._name_scope: Any = None
        self._default: Any = None

    def __enter__(self) -> VariableScope:
        building = get_default_graph().building_function
        self._default = nullcontext() if building else default_graph(self._graph)
        with ExitStack() as entered:
            entered.enter_context(self._default)
            names = self._name_scope or self._opened_name_scope()
            op_scope = entered.enter_context(names)
            pure = self._pure or PureScope(self._wanted(), self._reuse, self._given, op_scope)
            scope = pure.__enter__()
            entered.pop_all()
        self._name_scope, self._pure = names, pure
        if self._auxiliary and op_scope:
            current_store().opened_with[op_scope[:-1]] = scope.name
        return scope

    def _opened_name_scope(self) -> Any:
        """Return what opens the name scope that goes with the variable scope; nothing for the root."""
        wanted, graph = self._name_or_scope, get_default_graph()
        if not (wanted is None or isinstance(wanted, (str, VariableScope))):
            raise TypeError("VariableScope: name_or_scope must be a string or VariableScope.")
        if not self._auxiliary:
            name = graph._scopes.name
            return graph.name_scope(name and name + "/")
        if wanted is None:
            return graph.name_scope(self._default_name)
        name = wanted if isinstance(wanted, str) else wanted.name.split("/")[-1]
        return graph.name_scope(name) if name else nullcontext("")

    def _wanted(self) -> Any:
        """Return the name or scope for `PureScope`."""
        if self._name_or_scope is not None:
            return self._name_or_scope
        if self._reuse:
            raise ValueError("reuse=True cannot be used without a name_or_scope")
        return unique_name(self._default_name or "")

    def __exit__(self, *error: Any) -> None:
        leaving = ExitStack()
        for entered in (self._default, self._name_scope, self._pure):
            leaving.push(entered)
        leaving.__exit__(*error)


def variable_op_scope(values: Any, name_or_scope: Any, default_name: str | None = None, **options: Any) -> Any:
    """Open a `variable_scope`, by its older form with `values` first."""
    return variable_scope(name_or_scope, default_name, values, **options)
