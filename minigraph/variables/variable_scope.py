"""`variable_scope`: puts a variable scope in force, with the name scope that goes with it."""

from __future__ import annotations

from contextlib import ExitStack, nullcontext
from typing import Any

from minigraph.graph.default import default_graph, get_default_graph
from minigraph.graph.graph import graph_of
from minigraph.variables.pure_scope import PureScope, unique_name
from minigraph.variables.scope import AUTO_REUSE, VariableScope, settings_among
from minigraph.variables.store import current_store

__all__ = ["variable_scope", "variable_op_scope"]


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
        self._pure: PureScope | None = None  # this and the name scope are made at the first entering
        self._name_scope: Any = None
        self._default: Any = None

    def __enter__(self) -> VariableScope:
        building = get_default_graph().building_function
        self._default = nullcontext() if building else default_graph(self._graph)
        with ExitStack() as entered:
            entered.enter_context(self._default)
            scope = self._enter(entered)
            entered.pop_all()
        return scope

    def _enter(self, entered: ExitStack) -> VariableScope:
        names, pure = self._name_scope, self._pure
        if names is None:
            names = self._opened_name_scope()
        op_scope = entered.enter_context(names)
        if pure is None:
            pure = PureScope(self._wanted(), self._reuse, self._given, op_scope)
        scope = pure.__enter__()
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
        assert self._pure is not None
        try:
            self._pure.__exit__(*error)
        finally:
            try:
                self._name_scope.__exit__(*error)
            finally:
                self._default.__exit__(*error)


def variable_op_scope(values: Any, name_or_scope: Any, default_name: str | None = None, **options: Any) -> Any:
    """Open a `variable_scope`, by its older form with `values` first."""
    return variable_scope(name_or_scope, default_name, values, **options)
